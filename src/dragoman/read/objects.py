"""In: JSON as text, and its values. Out: an article or a Problem for each value; what the readers of JSON share."""

from __future__ import annotations

import json
import re
from typing import Any

from dragoman.read.base import Options, article_of, id_of, kind_of, problem
from dragoman.schema import Article, Problem

LOOKS_LIKE_JSON = re.compile(rb"\s*(?:\{\s*[\"}]|\[\s*[\]{])")
OTHER_KEYS = 2**16  # bytes of an object for keys beside the text


def looks_like_json(head: bytes) -> bool:
    return LOOKS_LIKE_JSON.match(head) is not None


def looks_like_lines(head: bytes) -> bool:
    """Whether the first line neither begins a list nor stops where more must follow; it may be a broken line among others."""
    line, line_end, _ = head.lstrip().partition(b"\n")
    return not (line.startswith(b"[") or (line_end != b"" and line.rstrip().endswith((b"{", b"[", b",", b":"))))


def item_of(value: Any, where: str, options: Options) -> Article | Problem:
    """The article of one JSON value."""
    if not isinstance(value, dict):
        return problem(where, f'this is {kind_of(value)}, but an object like {{"id": ..., "text": ...}} was expected')
    try:
        return article_of(value, options.published, source=where, max_chars=options.max_chars)
    except ValueError as error:
        return problem(where, str(error), known_id(value))


def known_id(value: dict[str, Any]) -> str | None:
    try:
        return id_of(value.get("id"))
    except ValueError:
        return None


def parsed(text: str) -> Any:
    """A JSON value. ValueError says at which column it is broken."""
    try:
        return json.loads(text, parse_constant=refused, parse_int=whole_number)
    except json.JSONDecodeError as error:
        what = error.msg.removesuffix(" at")
        raise ValueError(f"no valid JSON: {what} at column {error.colno:,}; one whole object a line was expected") from error
    except RecursionError as error:
        raise ValueError("no usable JSON: it is nested too deeply") from error


def whole_number(digits: str) -> int:
    try:
        return int(digits)
    except ValueError as error:  # Python refuses thousands of digits
        raise ValueError(f"no usable JSON: a number of {len(digits):,} digits; write it as text") from error


def refused(constant: str) -> Any:
    raise ValueError(f"no valid JSON: {constant} is no JSON number")
