"""In: the members of an archive, of whatever kind. Out: their articles, by the readers that their contents tell; what is refused.

Nothing is ever written to disk under a member's name. Of members, as of files in a folder, those with a known ending are read, and those
without any.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import PurePosixPath
from typing import IO, BinaryIO, cast

from dragoman.read.base import Options, problem
from dragoman.read.opening import ending_of, has_known_ending, read_stream
from dragoman.read.unpacking import Budget
from dragoman.schema import Article, Problem

MAX_DEPTH = 3  # archives in archives: years of months of days
LEADS_OUT = re.compile(r"[/\\]|[A-Za-z]:|(?:.*[/\\])?\.\.(?:[/\\].*)?\Z", re.DOTALL)
BESIDE = "__MACOSX"


class Member(io.RawIOBase):
    """The content of a member, counted against what may be unpacked; errors of the packer are those of other streams."""

    def __init__(self, stream: IO[bytes], budget: Budget) -> None:
        self.stream = stream
        self.budget = budget

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return False

    def read(self, size: int = -1) -> bytes:
        try:
            data = self.stream.read(size)
        except zipfile.BadZipFile as error:
            raise zlib.error(str(error)) from error
        self.budget.spend(len(data))
        return data


def is_wanted(name: str) -> bool:
    """Whether a member with this name is read: neither hidden nor of a kind that nobody reads."""
    path = PurePosixPath(name.replace("\\", "/"))
    hidden = any(part.startswith(".") and part != ".." for part in path.parts) or BESIDE in path.parts
    return not hidden and (has_known_ending(name) or not path.suffix)


def too_deep(source: str, options: Options) -> Problem | None:
    if options.depth < MAX_DEPTH:
        return None
    return problem(source, f"an archive in {MAX_DEPTH} others; unpack the outer ones first")


def articles_of(stream: IO[bytes], source: str, name: str, options: Options) -> Iterator[Article | Problem]:
    """The articles of a member with a name."""
    inner = replace(options, depth=options.depth + 1, budget=Budget(options.budget))
    content = cast(BinaryIO, Member(stream, options.budget))
    yield from read_stream(content, member_of(source, name), inner, ending_of(name))


def leads_out(source: str, name: str) -> Problem | None:
    """A Problem for a name that would lie outside of the folder in which the archive is unpacked: such an archive was made to do harm."""
    if not LEADS_OUT.match(name):
        return None
    return problem(member_of(source, name), "its name leads out of the archive, so it is not read; ask where the archive comes from")


def member_of(source: str, name: str) -> str:
    return f"{source}!{name}".encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def nothing_in(source: str) -> Problem:
    return problem(source, "no articles in this archive; members with the endings that are read in folders were looked for")
