"""In: a stream of one JSON document: one object, or a list of them. Out: an article or a Problem for each."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from dragoman.read import jsonl
from dragoman.read.base import Options, problem
from dragoman.read.objects import item_of, looks_like_json, looks_like_lines, parsed
from dragoman.read.streams import HEAD, decoded
from dragoman.schema import Article, Problem

NAME = "json"
ENDINGS = (".json",)
MAX_DOCUMENT = 64 * 2**20  # bytes of a JSON file that is not one object a line, and so is read whole


def looks_like(head: bytes) -> bool:
    return looks_like_json(head) and not looks_like_lines(head)


def read(stream: io.BufferedReader, source: str, options: Options) -> Iterator[Article | Problem]:
    """The document's articles; what turns out to be lines is read as lines."""
    if looks_like_lines(stream.peek(HEAD)[:HEAD]):
        yield from jsonl.read(stream, source, options)
        return
    try:
        value = document_in(stream)
    except ValueError as error:
        yield problem(source, str(error))
        return
    if not isinstance(value, list):
        yield item_of(value, source, options)
        return
    if not value:
        yield problem(source, "the list is empty; there is nothing to code")
    for number, item in enumerate(value, 1):
        yield item_of(item, f"{source}[{number}]", options)


def document_in(stream: io.BufferedReader) -> Any:
    """The value that the whole stream holds. ValueError where it is too long or no JSON."""
    data = stream.read(MAX_DOCUMENT + 1)
    if len(data) > MAX_DOCUMENT:
        raise ValueError(f"a JSON document of more than {MAX_DOCUMENT:,} bytes; write it as JSON lines, as with: jq -c '.[]'")
    return parsed(decoded(data))
