"""In: a stream with many e-mails, as mail programs keep them (mbox). Out: an article or a Problem for each, one in memory at a time."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

from dragoman.read import eml, mail
from dragoman.read.base import Options, problem
from dragoman.schema import Article, Problem

NAME = "mbox"
ENDINGS = (".mbox", ".mbx")
BEGINS = b"From "
SEPARATOR = re.compile(rb"From \S+ .{0,80}\d\d:\d\d|From - ")  # "From here ..." begins no message
QUOTED = re.compile(rb"^>(>*From )", re.MULTILINE)
LONGEST_LINE = 65_536


def looks_like(head: bytes) -> bool:
    first, _, rest = head.partition(b"\n")
    return first.startswith(BEGINS) and eml.has_headers(rest)


def read(stream: io.BufferedReader, source: str, options: Options) -> Iterator[Article | Problem]:
    number = 0
    for number, (begins, message) in enumerate(messages(stream), 1):
        where = f"{source}[{number}]"
        options.spot.set(begins)
        if len(message) > mail.MAX_MESSAGE:
            yield problem(where, f"an e-mail of more than {mail.MAX_MESSAGE:,} bytes; save what is attached and read that")
        else:
            yield from mail.articles(QUOTED.sub(rb"\1", message), where, options)
    if not number:
        yield problem(source, "no message in it; it is empty")


def messages(stream: io.BufferedReader) -> Iterator[tuple[int, bytes]]:
    """The messages without the lines between them, each with the byte at which the line before it begins.

    Of one that is too long only a little more than is allowed is kept.
    """
    held = bytearray()
    begins = read = 0
    after_empty, starts = True, True  # whether the line before was empty; whether this piece is the beginning of a line
    while line := stream.readline(LONGEST_LINE):
        if starts and after_empty and SEPARATOR.match(line):
            if held.strip():
                yield begins, bytes(held)
            held.clear()
            begins = read
        elif len(held) <= mail.MAX_MESSAGE:
            held += line
        read += len(line)
        after_empty = starts and not line.strip()
        starts = line.endswith(b"\n")
    if held.strip():
        yield begins, bytes(held)
