"""In: a stream of JSON objects, one a line. Out: an article or a Problem for each, one in memory at a time."""

from __future__ import annotations

import io
from collections.abc import Iterator

from dragoman.read.base import Options, problem
from dragoman.read.objects import OTHER_KEYS, item_of, looks_like_json, looks_like_lines, parsed
from dragoman.read.streams import decoded
from dragoman.schema import Article, Problem

NAME = "jsonl"
ENDINGS = (".jsonl", ".ndjson")
BYTES_A_CHARACTER = 8  # of a text in JSON, where escapes make it longer


def looks_like(head: bytes) -> bool:
    return looks_like_json(head) and looks_like_lines(head)


def read(stream: io.BufferedReader, source: str, options: Options) -> Iterator[Article | Problem]:
    """An article or a Problem for each line; empty lines are passed over."""
    limit = options.max_chars * BYTES_A_CHARACTER + OTHER_KEYS
    number, found = 0, False
    while line := stream.readline(limit + 1):
        number += 1
        where = f"{source}:{number}"
        if len(line) > limit and not line.endswith(b"\n"):
            line, found = b"", True
            pass_over_line(stream)
            yield problem(
                where,
                f"the line is longer than {limit:,} bytes; split the article or raise the limit of {options.max_chars:,} characters",
            )
        elif line.strip():
            found = True
            yield from_line(line, where, options)
    if not found:
        yield problem(source, "it is empty; there is nothing to code")


def pass_over_line(stream: io.BufferedReader) -> None:
    while (rest := stream.readline(OTHER_KEYS)) and not rest.endswith(b"\n"):
        pass


def from_line(line: bytes, where: str, options: Options) -> Article | Problem:
    try:
        value = parsed(decoded(line.rstrip(), first_line=0))
    except ValueError as error:
        return problem(where, str(error))
    return item_of(value, where, options)
