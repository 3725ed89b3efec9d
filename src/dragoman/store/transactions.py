"""Changes to a store, whole or not at all. In: a connection and what is to be written. Out: rows, or a StoreError and no rows."""

from __future__ import annotations

import errno
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from typing import Any

import duckdb
import pyarrow as pa

from dragoman.columns import quoted
from dragoman.store.errors import StoreError

Connection = duckdb.DuckDBPyConnection

GIVEN = "given"
ARROW = {"VARCHAR": pa.string(), "BIGINT": pa.int64(), "VARCHAR[]": pa.list_(pa.string())}
FULL = ("no space left", "disk quota", f"errno {errno.ENOSPC}", "file too large", "could not write all bytes", "out of disk")


@contextmanager
def transaction(connection: Connection) -> Iterator[None]:
    """All of what happens inside, or nothing of it. StoreError where the file cannot be written."""
    try:
        connection.begin()
        yield
        connection.commit()
    except BaseException as error:
        with suppress(duckdb.Error):
            connection.rollback()
        if isinstance(error, duckdb.Error):
            raise StoreError(why_unwritten(str(error))) from error
        raise


def why_unwritten(message: str) -> str:
    """DuckDB's reason for not writing, in words that say what was lost and what to do."""
    what = "the store cannot be written, nothing of this batch was"
    if any(sign in message.lower() for sign in FULL):
        return f"{what}: the disk is full; free some space and give the same command again, it goes on where it stopped"
    return f"{what}: {message.splitlines()[0]}"


def insert(connection: Connection, table: str, given: pa.Table, rows: str = f"SELECT * FROM {GIVEN}") -> None:
    """Appends the rows of an Arrow table, or what a query makes of them."""
    if given.num_rows:
        changed(connection, given, f"INSERT INTO {quoted(table)} BY NAME {rows}")


def changed(connection: Connection, given: pa.Table, sql: str) -> int:
    """How many rows a statement changed that sees an Arrow table as GIVEN.

    It is no view, since what that looks at is held in memory until the transaction ends.
    """
    found = connection.from_arrow(given).query(GIVEN, sql)
    return int(found.fetchall()[0][0]) if found else 0


def counted(connection: Connection, sql: str, parameters: Sequence[object] = ()) -> int:
    """The one number that a query gives, or how many rows a statement changed, within the transaction that is open."""
    found = connection.execute(sql, list(parameters)).fetchall()  # to the end: DuckDB does nothing else before that
    return int(found[0][0]) if found else 0


def rows_as_arrow(columns: Mapping[str, str], rows: Iterable[Mapping[str, Any]]) -> pa.Table:
    """Rows of a table that is no record's, by the DuckDB types of its columns."""
    return pa.Table.from_pylist([*rows], schema=pa.schema([(name, ARROW[kind]) for name, kind in columns.items()]))
