"""Which events have both sides among their actors. In: ``reciprocal.tsv``. Out: names of types."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from dragoman.codebook.loading import load
from dragoman.errors import DataError
from dragoman.tables import Folder, rows


@cache
def reciprocal_types() -> tuple[str, ...]:
    """Types of which several actors without a recipient act on each other, such as a meeting."""
    return read(files("dragoman.codebook"))


def read(folder: Folder) -> tuple[str, ...]:
    """The types that the folder's file lists. DataError names file and line of what is wrong."""
    found = []
    for where, (name, because) in rows(folder, "reciprocal.tsv", ("type", "because")):
        if name not in load().types or not because:
            raise DataError(where, f"an event type and a reason were expected, found {name!r}")
        found.append(name)
    return tuple(found)
