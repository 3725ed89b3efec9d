"""What can go wrong with the codebook: its data is broken, or somebody asks for a name that it does not have.

In: nothing. Out: the exceptions below; their messages say what to do next.
"""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


class CodebookError(ValueError):
    """The codebook's own data is broken; the message starts with file and line."""

    def __init__(self, where: str, what: str) -> None:
        super().__init__(f"{where}: {what}")
        self.where = where


class UnknownName(KeyError):
    """No such type, mode, context ... ``nearest`` holds up to three names that look like it, best first."""

    def __init__(self, kind: str, name: str, known: Iterable[str]) -> None:
        self.kind = kind
        self.name = name
        self.nearest = nearest_names(name, known)
        hint = f"; nearest: {', '.join(self.nearest)}" if self.nearest else ""
        self.message = f"unknown {kind} {name!r}{hint}"
        super().__init__(self.message)

    def __str__(self) -> str:
        return self.message


class AmbiguousName(UnknownName):
    """An older name that became several of today's, so that the name alone does not say which."""

    def __init__(self, name: str, types: tuple[str, ...], note: str) -> None:
        super().__init__("event type", name, ())
        self.nearest = list(types)
        self.message = f"{name!r} is ambiguous: it became {' and '.join(types)} ({note})"


def nearest_names(name: str, known: Iterable[str]) -> list[str]:
    """Up to three known names that look like ``name``, whatever the case, best first."""
    by_folded: dict[str, str] = {}
    for candidate in known:
        by_folded.setdefault(candidate.casefold(), candidate)
    return [by_folded[match] for match in get_close_matches(name.casefold(), by_folded, n=3, cutoff=0.6)]
