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
    found = False
    for where, line in lines_of(stream, source, options):
        found = True
        yield line if isinstance(line, Problem) else from_line(line, where, options)
    if not found:
        yield problem(source, "it is empty; there is nothing to code")


def lines_of(stream: io.BufferedReader, source: str, options: Options) -> Iterator[tuple[str, bytes | Problem]]:
    """The lines that are not empty, each with its place; a Problem for one that is longer than an article can be."""
    limit = options.max_chars * BYTES_A_CHARACTER + OTHER_KEYS
    number = read = 0
    while line := stream.readline(limit + 1):
        number += 1
        begins, read = read, read + len(line)
        where = f"{source}:{number}"
        if len(line) > limit and not line.endswith(b"\n"):
            line = b""
            read += pass_over_line(stream)
            most = f"{limit:,} bytes; split the article or raise the limit of {options.max_chars:,} characters"
            options.spot.set(begins)
            yield where, problem(where, f"the line is longer than {most}")
        elif line.strip():
            options.spot.set(begins)
            yield where, line


def pass_over_line(stream: io.BufferedReader) -> int:
    """Reads on to the end of a line; how many bytes that took."""
    passed = 0
    while rest := stream.readline(OTHER_KEYS):
        passed += len(rest)
        if rest.endswith(b"\n"):
            break
    return passed


def from_line(line: bytes, where: str, options: Options) -> Article | Problem:
    try:
        value = parsed(decoded(line.rstrip(), first_line=0))
    except ValueError as error:
        return problem(where, str(error))
    return item_of(value, where, options)
