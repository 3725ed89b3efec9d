"""In: a stream of JSON objects, one a line, or of one JSON document. Out: an article or a Problem for each, one in memory at a time."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from typing import Any

from dragoman.read.base import article_of, id_of, kind_of, problem
from dragoman.read.streams import decoded
from dragoman.schema import Article, Problem

LOOKS_LIKE_JSON = re.compile(rb"\s*(?:\{\s*[\"}]|\[\s*[\]{])")
MAX_DOCUMENT = 64 * 2**20  # bytes of a JSON file that is not one object a line, and so is read whole
BYTES_A_CHARACTER = 8  # of a text in JSON, where escapes make it longer
OTHER_KEYS = 2**16  # bytes of a line for keys beside the text


def looks_like_json(head: bytes) -> bool:
    return LOOKS_LIKE_JSON.match(head) is not None


def is_document(head: bytes) -> bool:
    """Whether the first line begins a list, or stops where more must follow; a broken line among others is none of this."""
    line, line_end, _ = head.lstrip().partition(b"\n")
    return line.startswith(b"[") or (line_end != b"" and line.rstrip().endswith((b"{", b"[", b",", b":")))


def read_jsonl(stream: io.BufferedReader, source: str, published: str | None, max_chars: int) -> Iterator[Article | Problem]:
    """An article or a Problem for each line; empty lines are passed over."""
    limit = max_chars * BYTES_A_CHARACTER + OTHER_KEYS
    number, found = 0, False
    while line := stream.readline(limit + 1):
        number += 1
        where = f"{source}:{number}"
        if len(line) > limit and not line.endswith(b"\n"):
            line, found = b"", True
            pass_over_line(stream)
            yield problem(
                where, f"the line is longer than {limit:,} bytes; split the article or raise the limit of {max_chars:,} characters"
            )
        elif line.strip():
            found = True
            yield from_line(line, where, published, max_chars)
    if not found:
        yield problem(source, "it is empty; there is nothing to code")


def pass_over_line(stream: io.BufferedReader) -> None:
    while (rest := stream.readline(OTHER_KEYS)) and not rest.endswith(b"\n"):
        pass


def from_line(line: bytes, where: str, published: str | None, max_chars: int) -> Article | Problem:
    try:
        value = parsed(decoded(line.rstrip(), first_line=0))
    except ValueError as error:
        return problem(where, str(error))
    return from_value(value, where, published, max_chars)


def from_value(value: Any, where: str, published: str | None, max_chars: int) -> Article | Problem:
    if not isinstance(value, dict):
        return problem(where, f'this is {kind_of(value)}, but an object like {{"id": ..., "text": ...}} was expected')
    try:
        return article_of(value, published, source=where, max_chars=max_chars)
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


def read_document(stream: io.BufferedReader, source: str, published: str | None, max_chars: int) -> Iterator[Article | Problem]:
    """A JSON file with one object, or a list of them; read whole, if it is not too long for that."""
    data = stream.read(MAX_DOCUMENT + 1)
    if len(data) > MAX_DOCUMENT:
        yield problem(source, f"a JSON document of more than {MAX_DOCUMENT:,} bytes; write it as JSON lines, as with: jq -c '.[]'")
        return
    try:
        value = parsed(decoded(data))
    except ValueError as error:
        yield problem(source, str(error))
        return
    if not isinstance(value, list):
        yield from_value(value, source, published, max_chars)
        return
    if not value:
        yield problem(source, "the list is empty; there is nothing to code")
    for number, item in enumerate(value, 1):
        yield from_value(item, f"{source}[{number}]", published, max_chars)
