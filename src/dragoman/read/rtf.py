"""In: an RTF file, a database's export with many articles or one document. Out: an article or a Problem for each."""

from __future__ import annotations

import io
from collections.abc import Iterator

from dragoman.read import exports
from dragoman.read.base import Options, problem
from dragoman.read.rtf_text import text_of
from dragoman.schema import Article, Problem

NAME = "rtf"
ENDINGS = (".rtf",)
MAGIC = b"{\\rtf"
MAX_FILE = 64 * 2**20  # bytes of a file, which is read whole; 500 articles of 400 words have 1.3 million


def looks_like(head: bytes) -> bool:
    return head.lstrip().startswith(MAGIC)


def read(stream: io.BufferedReader, source: str, options: Options) -> Iterator[Article | Problem]:
    data = stream.read(MAX_FILE + 1)
    if len(data) > MAX_FILE:
        yield problem(source, f"an RTF file of more than {MAX_FILE:,} bytes; export fewer articles at once")
    elif not looks_like(data):
        yield problem(source, "this is no RTF; save it again as RTF or plain text")
    else:
        yield from exports.articles(text_of(data), source, options)
