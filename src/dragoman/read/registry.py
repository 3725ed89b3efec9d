"""In: the beginning and the ending of a stream, or a reader's name. Out: the reader of it.

A reader is a module of this room: what it is called, the endings of its files, what its content looks like, and how it is read. Modules
are loaded when they are first needed, so that one may look others up here, and those that need a library may be missing.
"""

from __future__ import annotations

import importlib
import io
from collections.abc import Iterator
from functools import cache
from importlib.util import find_spec
from typing import Protocol, cast

from dragoman.read.base import Options
from dragoman.schema import Article, Problem

MODULES = (  # in the order of detection: what can be told surely first, plain text last
    "docx",
    "zipped",
    "tarred",
    "parquet",
    "warc",
    "mbox",
    "eml",
    "rtf",
    "newsml",
    "nitf",
    "feed",
    "exports",
    "html",
    "ninjs",
    "json_document",
    "jsonl",
    "delimited",
    "text",
)
TEXT = "text"


class Reader(Protocol):
    """What a module of this room offers. ``looks_like`` and ``read`` never raise, whatever the bytes are."""

    NAME: str
    ENDINGS: tuple[str, ...]

    def looks_like(self, head: bytes, /) -> bool:
        """Whether a stream that begins so (64 KiB of it, or all) is for this reader."""

    def read(self, stream: io.BufferedReader, source: str, options: Options, /) -> Iterator[Article | Problem]:
        """Its articles one by one; a Problem for each that cannot be read."""


@cache
def readers() -> tuple[Reader, ...]:
    """All readers, in the order in which they are asked whether they know a content."""
    found = (f"{__package__}.{name}" for name in MODULES)
    return tuple(cast(Reader, importlib.import_module(name)) for name in found if find_spec(name) is not None)


def names() -> list[str]:
    """What can be asked for by name."""
    return [reader.NAME for reader in readers()]


def by_name(name: str) -> Reader | None:
    return next((reader for reader in readers() if name == reader.NAME), None)


def endings() -> list[str]:
    """The endings of files that are read in a folder or archive, plain text's first."""
    return [ending for reader in reversed(readers()) for ending in reader.ENDINGS]


def detected(head: bytes, ending: str = "") -> Reader:
    """The reader of a stream that begins with ``head``, of a file with this ending ("" where there is none).

    An ending counts where the content does not contradict it; whatever nobody knows is left to the reader of the ending, else of plain
    text, which say what is wrong with it.
    """
    own = [reader for reader in readers() if ending in reader.ENDINGS]
    others = [reader for reader in readers() if reader.NAME != TEXT]
    known = next((reader for reader in (*own, *others) if reader.looks_like(head)), None)
    return known or (own[-1] if own else readers()[-1])
