"""Tables of others, column for column. In: a TSV file that lists a table's columns, and rows by the names of values. Out: lines of tabs.

``column`` is the name that users' scripts read, ``value`` what of ours stands there, ``note`` what to know, or why it is always empty.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import NamedTuple, TextIO, TypeAlias

from dragoman.schema import ArticleRecord, Coding, Event, Place
from dragoman.tables import rows
from dragoman.write.plain import flat, no_formula

Cell: TypeAlias = str | int | float | None
Cells: TypeAlias = Mapping[str, Cell]
RowsOf: TypeAlias = Callable[[Event, ArticleRecord], Iterable[Cells]]
HEADER = ("column", "value", "note")


class Column(NamedTuple):
    """One column of a published table; ``value`` is empty where we have no counterpart."""

    name: str
    value: str
    note: str


@cache
def columns_of(table: str) -> tuple[Column, ...]:
    """The columns of ``polecat``, ``icews`` or ``gdelt`` in their order."""
    return tuple(Column(*fields) for _, fields in rows(files("dragoman.write"), f"{table}.tsv", HEADER))


class ColumnsWriter:
    """Writes the events of a coding as rows of a published table; every row has all columns, on one line."""

    def __init__(self, stream: TextIO, table: str, rows_of: RowsOf, header: bool = True) -> None:
        self.stream = stream
        self.rows_of = rows_of
        self.values = [column.value for column in columns_of(table)]
        self.lines = csv.writer(stream, delimiter="\t", lineterminator="\n")
        if header:
            self.lines.writerow([column.name for column in columns_of(table)])

    def write(self, coding: Coding) -> None:
        if coding.article is None:
            return
        for event in coding.events:
            for cells in self.rows_of(event, coding.article):
                self.lines.writerow([written(cells[value]) if value else "" for value in self.values])

    def close(self) -> None:
        self.stream.flush()


def written(cell: Cell) -> str:
    """A cell's text: nothing for what is unknown, one line for what is text."""
    return "" if cell is None else no_formula(flat(str(cell)))


def place_cells(place: Place | None) -> dict[str, Cell]:
    """What is known of a place, under the names of values. One of unknown kind counts as a city."""
    if place is None:
        names = ("place", "city", "province", "place_kind", "place_country", "latitude", "longitude", "geonameid", "place_text")
        return dict.fromkeys(names)
    return {
        "city": place.name if place.kind in ("city", None) else None,
        "province": place.region,
        "place_kind": place.kind,
        "place": place.name,
        "place_country": place.country,
        "latitude": place.lat,
        "longitude": place.lon,
        "geonameid": place.geonameid,
        "place_text": place.text,
    }


def listed(items: Iterable[str | None], separator: str) -> str:
    """Items in one cell, empty ones too so that lists stay beside each other; nothing where all are. Their own separators become commas
    or, between commas, spaces."""
    instead = " " if separator == "," else ","
    texts = [(item or "").replace(separator, instead) for item in items]
    return separator.join(texts) if any(texts) else ""
