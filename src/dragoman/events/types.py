"""In: tables/types.tsv. Out: which event types have a property that decides how their participants are found."""

from __future__ import annotations

from functools import cache
from importlib import resources

from dragoman import codebook
from dragoman.errors import DataError
from dragoman.tables import Folder, rows

FILE = "types.tsv"
FACTS = ("suffered", "reaching", "serving", "collective", "violent", "aimed", "answered", "judged", "parts", "moving")


@cache
def facts() -> dict[str, frozenset[str]]:
    """The types by fact, as the package has them."""
    return facts_of(resources.files(__package__) / "tables")


def facts_of(folder: Folder) -> dict[str, frozenset[str]]:
    """The types by fact. DataError names the line of what is no type or no fact, and a type that has no line."""
    found: dict[str, set[str]] = {fact: set() for fact in FACTS}
    listed = set()
    for where, (name, having) in rows(folder, FILE, ("type", "facts")):
        if name not in codebook.load().types or name in listed:
            raise DataError(where, f"{name} is no type, or is there already")
        listed.add(name)
        for fact in having.split():
            if fact not in found:
                raise DataError(where, f"no fact {fact!r}; known: {', '.join(FACTS)}")
            found[fact].add(name)
    if missing := codebook.load().types.keys() - listed:
        raise DataError(FILE, f"no line for {', '.join(sorted(missing))}")
    return {fact: frozenset(types) for fact, types in found.items()}
