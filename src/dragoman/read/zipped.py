"""In: a zip archive. Out: the articles of its members, one member open at a time; a damaged member costs itself.

Of one that was cut off, and so has lost its directory, what is there is found by ``zip_pieces``.
"""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from typing import IO, cast

from dragoman.read import archives, zip_pieces
from dragoman.read.base import Options, problem
from dragoman.read.streams import back_and_forth
from dragoman.schema import Article, Problem

NAME = "zip"
ENDINGS = (".zip",)
MAGIC = (b"PK\x03\x04", b"PK\x05\x06")
ENCRYPTED = 0x1
UNUSABLE = "no usable zip archive: {}; fetch it again, or repair it with: zip -FF"
CUT_OFF = "the archive is cut off or damaged, so its directory is lost; what was found of its members is read, fetch it again to have all"
PASSWORD = "it is packed with a password; unpack it first"


def looks_like(head: bytes) -> bool:
    return head.startswith(MAGIC)


def read(stream: io.BufferedReader, source: str, options: Options) -> Iterator[Article | Problem]:
    deep = archives.too_deep(source, options)
    if deep is not None:
        yield deep
        return
    options = replace(options, kind=None) if options.kind == NAME else options
    seekable = back_and_forth(stream)
    if not options.depth:
        options.budget.packed += seekable.seek(0, io.SEEK_END)
    try:
        packed = zipfile.ZipFile(seekable)
    except (zipfile.BadZipFile, ValueError, NotImplementedError, struct.error, OverflowError) as error:
        yield from without_directory(seekable, source, options, error)
        return
    found = False
    with packed:
        for info in packed.infolist():
            if not is_looked_at(info.filename, source):
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
        yield problem(where, PASSWORD)
    else:
        try:
            stream = packed.open(info)
        except (zipfile.BadZipFile, NotImplementedError, RuntimeError, ValueError, EOFError, struct.error) as error:
            yield problem(where, f"it cannot be unpacked: {str(error) or 'the archive ends too early'}; fetch the archive again")
            return
        with stream:
            yield from archives.articles_of(stream, source, info.filename, options)


def is_looked_at(name: str, source: str) -> bool:
    return not name.endswith("/") and (archives.is_wanted(name) or archives.leads_out(source, name) is not None)


def without_directory(stream: IO[bytes], source: str, options: Options, error: Exception) -> Iterator[Article | Problem]:
    """What is there of an archive that cannot be opened."""
    found = False
    stream.seek(0)
    for piece in zip_pieces.pieces(stream):
        found = True
        if is_looked_at(piece.header.name, source):
            yield from piece_of(piece, source, options)
        if options.budget.is_spent:
            return
    yield problem(source, CUT_OFF if found else UNUSABLE.format(error))


def piece_of(piece: zip_pieces.Piece, source: str, options: Options) -> Iterator[Article | Problem]:
    name = piece.header.name
    where = archives.member_of(source, name)
    refused = archives.leads_out(source, name)
    if refused is not None:
        yield refused
    elif piece.header.flags & ENCRYPTED:
        yield problem(where, PASSWORD)
    elif not piece.is_readable:
        yield problem(where, "it cannot be unpacked without the archive's directory; fetch the archive again")
    else:
        yield from archives.articles_of(cast(IO[bytes], piece), source, name, options)
