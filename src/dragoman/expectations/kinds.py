"""In: outcomes.tsv. Out: by which types of event an expected type is met or broken, and what deeds it means where no word says."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import NamedTuple

from dragoman import codebook
from dragoman.errors import DataError
from dragoman.expectations import wording
from dragoman.tables import Folder, rows

FILE = "outcomes.tsv"
COLUMNS = ("type", "met", "also", "broken", "deeds")


class Types(NamedTuple):
    """By which types an expected one is met, met if words agree, and broken."""

    met: tuple[str, ...]
    also: tuple[str, ...]
    broken: tuple[str, ...]
    plain: tuple[str, ...] = ()
    deeds: tuple[str, ...] = ()

    def rules(self) -> list[tuple[str, bool, bool, bool]]:
        """Each type that tells something, whether it breaks, whether it is of the same kind, whether it needs no words."""
        return [
            *((name, False, name in self.met, False) for name in (*self.met, *self.also)),
            *((name, True, False, name in self.plain) for name in self.broken),
        ]


@cache
def load() -> dict[str, Types]:
    return load_from(resources.files(__package__))


def load_from(folder: Folder) -> dict[str, Types]:
    """Outcomes by the type that is expected. DataError names the line of what is no type."""
    found = {}
    for where, fields in rows(folder, FILE, COLUMNS):
        if len(fields) != len(COLUMNS):
            raise DataError(where, f"{len(fields)} columns, but {len(COLUMNS)} in the header")
        name, *others, deeds = fields
        if unknown := set(deeds.split()) - wording.load().deeds:
            raise DataError(where, f"no deed {min(unknown)!r}")
        plain = tuple(kind[1:] for kind in others[-1].split() if kind.startswith("!"))
        parts = [tuple(part.replace("!", "").split()) for part in others]
        for kind in (name, *(k for part in parts for k in part)):
            if kind not in codebook.load().types:
                raise DataError(where, f"no type {kind!r}")
        met, also, broken = parts
        found[name] = Types(met, also, broken, plain, tuple(deeds.split()))
    return found
