"""Which events have both sides among their actors. In: ``reciprocal.tsv``. Out: names of types."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from dragoman import codebook

HEADER = ["type", "because"]


@cache
def reciprocal_types() -> tuple[str, ...]:
    """Types of which several actors without a recipient act on each other, such as a meeting."""
    return read(files("dragoman.store").joinpath("reciprocal.tsv"))


def read(file: Traversable) -> tuple[str, ...]:
    """The types that the file lists. ValueError names file and line of what is wrong."""
    rows = list(fields_by_line(file))
    if not rows or rows[0][1] != HEADER:
        raise ValueError(f"{file.name}:1: the columns must be {', '.join(HEADER)}")
    known = codebook.load().types
    for number, row in rows[1:]:
        if len(row) != len(HEADER) or row[0] not in known or not row[1]:
            raise ValueError(f"{file.name}:{number}: expected an event type and a reason, found {row}")
    return tuple(row[0] for _, row in rows[1:])


def fields_by_line(file: Traversable) -> Iterator[tuple[int, list[str]]]:
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
        if line and not line.startswith("#"):
            yield number, line.split("\t")
