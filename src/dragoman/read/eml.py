"""In: a stream with one e-mail (.eml). Out: its article, or a Problem."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

from dragoman.read import mail
from dragoman.read.base import Options, problem
from dragoman.schema import Article, Problem

NAME = "eml"
ENDINGS = (".eml",)
HEADERS = (
    rb"return-path|received|from|to|date|subject|message-id|mime-version|delivered-to|reply-to|x-[\w-]{1,40}|dkim-signature|content-type"
)
FIRST = re.compile(rb"(?:" + HEADERS + rb"):[ \t]", re.IGNORECASE)
TELLING = re.compile(rb"^(?:from|subject|date|message-id|mime-version|received|return-path):", re.IGNORECASE | re.MULTILINE)
ENOUGH = 3  # of these headers, that no text begins with


def looks_like(head: bytes) -> bool:
    return FIRST.match(head) is not None and has_headers(head)


def has_headers(head: bytes) -> bool:
    above = re.split(rb"\r?\n\r?\n", head, maxsplit=1)[0]
    return len({name.lower() for name in TELLING.findall(above)}) >= ENOUGH


def read(stream: io.BufferedReader, source: str, options: Options) -> Iterator[Article | Problem]:
    data = stream.read(mail.MAX_MESSAGE + 1)
    if len(data) > mail.MAX_MESSAGE:
        yield problem(source, f"an e-mail of more than {mail.MAX_MESSAGE:,} bytes; save what is attached and read that")
    elif not data.strip():
        yield problem(source, "it is empty; there is nothing to code")
    else:
        yield from mail.articles(data, source, options)
