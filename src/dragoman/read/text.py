"""In: a stream with one plain text. Out: its article, or a Problem."""

from __future__ import annotations

import io
from collections.abc import Iterator

from dragoman.read import rtf
from dragoman.read.base import Options, article_of, problem
from dragoman.read.guessing import text_and_note
from dragoman.read.streams import refusal
from dragoman.schema import Article, Problem

NAME = "text"
ENDINGS = (".txt",)
BYTES_A_CHARACTER = 4


def looks_like(head: bytes) -> bool:
    """Whatever is not known to be something else."""
    return refusal(head) is None and not head.lstrip().startswith(rtf.MAGIC)


def read(stream: io.BufferedReader, source: str, options: Options) -> Iterator[Article | Problem]:
    """One stream is one article; what is longer than ``max_chars`` is not read to its end."""
    item = article_in(stream, source, options)
    options.spot.set(0)
    yield item


def article_in(stream: io.BufferedReader, source: str, options: Options) -> Article | Problem:
    data = stream.read(options.max_chars * BYTES_A_CHARACTER + 1)
    refused = refusal(data)
    if refused is not None:
        return problem(source, refused)
    if not data.strip():
        return problem(source, "it is empty; there is nothing to code")
    if len(data) > options.max_chars * BYTES_A_CHARACTER:
        return problem(source, f"the text has more than the {options.max_chars:,} characters allowed; split it or raise the limit")
    try:
        text, note = text_and_note(data)
        return article_of({"text": text, **note}, options.published, source=source, max_chars=options.max_chars)
    except ValueError as error:
        return problem(source, str(error))
