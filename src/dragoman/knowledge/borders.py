"""In: data/borders.tsv. Out: which states share a land border."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from dragoman.errors import DataError
from dragoman.tables import rows

FILE = "borders.tsv"


@cache
def borders() -> dict[str, frozenset[str]]:
    """The states that border on each by land, by code. DataError for a line that is no pair of codes."""
    found: dict[str, set[str]] = {}
    for where, pair in rows(files("dragoman.knowledge") / "data", FILE, ("one", "other")):
        if not all(len(code) == 3 and code.isupper() for code in pair):
            raise DataError(where, "two codes of states are expected")
        for one, other in (pair, pair[::-1]):
            found.setdefault(one, set()).add(other)
    return {code: frozenset(others) for code, others in found.items()}
