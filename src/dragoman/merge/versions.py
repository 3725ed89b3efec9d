"""Which version of a story a text says it is. In: headline and text. Out: 0 for what says nothing, else 1 or the number that it names."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

from dragoman.tables import Folder, rows

HEAD = 300  # characters in which wires place such marks


def version_of(headline: str | None, text: str) -> int:
    """The highest version that headline or first lines name: "UPDATE 2-" is 2, "(Adds quote)" 1, nothing 0."""
    head = f"{headline or ''}\n{text[:HEAD]}".casefold()
    found = [match for pattern in marks() if (match := pattern.search(head))]
    return max((number_in(match) for match in found), default=0)


def number_in(match: re.Match[str]) -> int:
    return int(match[1]) if match.re.groups and match[1] else 1


@cache
def marks() -> tuple[re.Pattern[str], ...]:
    return read(files("dragoman.merge"))


def read(folder: Folder) -> tuple[re.Pattern[str], ...]:
    """The patterns of ``versions.tsv``. DataError names file and line of what is wrong."""
    return tuple(re.compile(pattern) for _, (pattern, _) in rows(folder, "versions.tsv", ("pattern", "because")))
