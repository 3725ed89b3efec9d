"""In: a zip archive. Out: the articles of its members, one member open at a time; a damaged member costs itself."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Iterator
from dataclasses import replace

from dragoman.read import archives
from dragoman.read.base import Options, problem
from dragoman.read.streams import back_and_forth
from dragoman.schema import Article, Problem

NAME = "zip"
ENDINGS = (".zip",)
MAGIC = (b"PK\x03\x04", b"PK\x05\x06")
ENCRYPTED = 0x1


def looks_like(head: bytes) -> bool:
    return head.startswith(MAGIC)


def read(stream: io.BufferedReader, source: str, options: Options) -> Iterator[Article | Problem]:
    deep = archives.too_deep(source, options)
    if deep is not None:
        yield deep
        return
    options = replace(options, kind=None) if options.kind == NAME else options
    try:
        seekable = back_and_forth(stream)
        if not options.depth:
            options.budget.packed += seekable.seek(0, io.SEEK_END)
        packed = zipfile.ZipFile(seekable)
    except (zipfile.BadZipFile, ValueError, NotImplementedError, struct.error, OverflowError) as error:
        yield problem(source, f"no usable zip archive: {error}; fetch it again, or repair it with: zip -FF")
        return
    found = False
    with packed:
        for info in packed.infolist():
            if info.filename.endswith("/") or not (archives.is_wanted(info.filename) or archives.leads_out(source, info.filename)):
                continue
            found = True
            yield from member(packed, info, source, options)
            if options.budget.is_spent:
                return
    if not found:
        yield archives.nothing_in(source)


def member(packed: zipfile.ZipFile, info: zipfile.ZipInfo, source: str, options: Options) -> Iterator[Article | Problem]:
    where = archives.member_of(source, info.filename)
    refused = archives.leads_out(source, info.filename)
    if refused is not None:
        yield refused
    elif info.flag_bits & ENCRYPTED:
        yield problem(where, "it is packed with a password; unpack it first")
    else:
        try:
            stream = packed.open(info)
        except (zipfile.BadZipFile, NotImplementedError, RuntimeError, ValueError, EOFError, struct.error) as error:
            yield problem(where, f"it cannot be unpacked: {str(error) or 'the archive ends too early'}; fetch the archive again")
            return
        with stream:
            yield from archives.articles_of(stream, source, info.filename, options)
