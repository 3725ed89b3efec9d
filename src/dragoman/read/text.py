"""In: a stream with one plain text. Out: its article, or a Problem."""

from __future__ import annotations

import io

from dragoman.read.base import article_of, problem
from dragoman.read.streams import decoded
from dragoman.schema import Article, Problem

BYTES_A_CHARACTER = 4


def read_text(stream: io.BufferedReader, source: str, published: str | None, max_chars: int) -> Article | Problem:
    """One stream is one article; what is longer than ``max_chars`` is not read to its end."""
    data = stream.read(max_chars * BYTES_A_CHARACTER + 1)
    if not data.strip():
        return problem(source, "it is empty; there is nothing to code")
    if len(data) > max_chars * BYTES_A_CHARACTER:
        return problem(source, f"the text has more than the {max_chars:,} characters allowed; split it or raise the limit")
    try:
        return article_of(decoded(data), published, source=source, max_chars=max_chars)
    except ValueError as error:
        return problem(source, str(error))
