"""In: a tar archive, already unpacked. Out: the articles of its members, in one pass; damaged headers are passed over."""

from __future__ import annotations

import io
import tarfile
from collections.abc import Iterator
from dataclasses import replace

from dragoman.read import archives
from dragoman.read.base import Options, problem
from dragoman.schema import Article, Problem

NAME = "tar"
ENDINGS = (".tar", ".tgz", ".tbz2", ".txz", ".tzst")
HEADER = 512


def looks_like(head: bytes) -> bool:
    """By the checksum of the first header, which files without "ustar" have, too."""
    if len(head) < HEADER:
        return False
    try:
        tarfile.TarInfo.frombuf(head[:HEADER], "utf-8", "surrogateescape")
    except (tarfile.TarError, ValueError):
        return False
    return True


def read(stream: io.BufferedReader, source: str, options: Options) -> Iterator[Article | Problem]:
    deep = archives.too_deep(source, options)
    if deep is not None:
        yield deep
        return
    options = replace(options, kind=None) if options.kind == NAME else options
    found = False
    try:
        with tarfile.open(fileobj=stream, mode="r|", ignore_zeros=True) as packed:
            for info in packed:
                packed.members = []  # type: ignore[attr-defined]  # it would keep all of them
                refused = archives.leads_out(source, info.name)
                if not info.isreg() or info.issparse() or not (refused or archives.is_wanted(info.name)):
                    continue
                found = True
                content = packed.extractfile(info)
                if refused is not None:
                    yield refused
                elif content is not None:
                    yield from archives.articles_of(content, source, info.name, options)
                if options.budget.is_spent:
                    return
    except (tarfile.TarError, ValueError, IndexError, OverflowError) as error:
        found = True
        yield problem(source, f"the archive is damaged, so the rest of it is lost; fetch it again ({error})")
    if not found:
        yield archives.nothing_in(source)
