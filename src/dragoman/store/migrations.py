"""Stores of older dragomans. In: a connection to one, and its layout. Out: the same store in today's layout, in the caller's transaction.

What is only a new table, column or field inside a column needs no step here: ``database`` adds it.
"""

from __future__ import annotations

from collections.abc import Callable

import duckdb

from dragoman.store import lookup
from dragoman.store.manifest import insert_unrecorded

LAYOUT = 3  # raised when a table changes so that an older dragoman would misread it, or would leave out what belongs together
LAYOUTS = {
    1: "records and texts",
    2: "runs, readings and inputs: which run read what, and what became of it",
    3: "columns and indexes by which events are found fast; where in its file an input begins",
}

Step = Callable[[duckdb.DuckDBPyConnection, str], None]


def steps_from(layout: int) -> list[Step]:
    """What has to be done after the new columns are there, oldest first."""
    return [STEPS[target] for target in range(layout + 1, LAYOUT + 1)]


def _to_2(connection: duckdb.DuckDBPyConnection, dragoman: str) -> None:
    insert_unrecorded(connection, dragoman)


def _to_3(connection: duckdb.DuckDBPyConnection, dragoman: str) -> None:
    for sql in lookup.fill_sql():
        connection.execute(sql)


STEPS: dict[int, Step] = {2: _to_2, 3: _to_3}
