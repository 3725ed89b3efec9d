"""A DuckDB file that is a store. In: a path. Out: a connection whose tables fit ``schema.py``, or a StoreError that says what to do.

``meta`` holds the layout's version and the dragoman that wrote it; a store of an older dragoman gets its missing columns, and the steps of
``migrations``, when it is opened for writing.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TypeAlias

import duckdb

from dragoman.columns import duckdb_columns, quoted, table_of
from dragoman.schema import RECORDS
from dragoman.store import ledger, lookup, manifest
from dragoman.store.errors import StoreError
from dragoman.store.locking import claim, who
from dragoman.store.migrations import LAYOUT, steps_from
from dragoman.version import dragoman_version

Settings: TypeAlias = dict[str, str | bool | int | float | list[str]]

TEXTS = {"article_id": "VARCHAR", "text": "VARCHAR"}
META = {"key": "VARCHAR", "value": "VARCHAR"}
LEDGER = {"runs": manifest.COLUMNS, "readings": ledger.READINGS, "inputs": ledger.INPUTS}
UNIQUE = {"articles": "id", "texts": "article_id", "meta": "key"}
INDEXED = {
    "readings": "path",  # looked up for every file of a run
    **{table_of(model): "article_id" for model in RECORDS if "article_id" in model.model_fields and "id" in model.model_fields},
}
SETTINGS: Settings = {
    "autoinstall_known_extensions": "false",  # nothing is fetched at run time
    "autoload_known_extensions": "false",
    "memory_limit": "512MB",  # of DuckDB's own; beyond it goes to disk, so that a large store needs no large machine
}
SHUT_IN: Settings = {
    "enable_external_access": "false",
    "python_enable_replacements": "false",  # else the names of tables would find variables of this program
    "lock_configuration": "true",
}


def tables() -> dict[str, dict[str, str]]:
    """Every table of a store: name to columns, column to DuckDB type."""
    found = {table_of(model): duckdb_columns(model) for model in RECORDS}
    found[lookup.TABLE] |= lookup.COLUMNS
    return {**found, "texts": TEXTS, **LEDGER, "meta": META}


def opened(path: Path, readonly: bool) -> duckdb.DuckDBPyConnection:
    """A connection to the store at ``path``; made there if there is none. StoreError says what is wrong and what to do.

    One that only reads reaches no other file and no network, whatever SQL is run.
    """
    check_place(path, readonly)
    try:
        connection = duckdb.connect(path, read_only=readonly, config={**SETTINGS, **(SHUT_IN if readonly else {})})
    except (duckdb.Error, OSError) as error:
        raise StoreError(why_closed(path, str(error))) from error
    try:
        check_store(connection, path, readonly)
    except BaseException:
        connection.close()
        raise
    if not readonly:
        claim(path)
    return connection


def check_place(path: Path, readonly: bool) -> None:
    if path.is_dir():
        raise StoreError(f"{path} is a folder: name a file in it, such as {path / 'events.duckdb'}")
    if not path.parent.is_dir():
        raise StoreError(f"{path.parent} is no folder: make it first (mkdir -p {path.parent})")
    if not path.exists() and readonly:
        raise StoreError(f"there is no store at {path}: make one with dragoman code ARTICLES --store {path}")
    if path.exists() and not path.is_file():
        raise StoreError(f"{path} is no file on a disk: name another one")
    if path.exists() and not path.stat().st_size:
        raise StoreError(f"{path} is an empty file: remove it, or name another file")
    if path.exists() and not is_duckdb(path):
        raise StoreError(f"{path} is no DuckDB file: name another file, it was left as it is")


def is_duckdb(path: Path) -> bool:
    """A DuckDB file has four letters of its own after a checksum of eight bytes. True where it cannot be read, for DuckDB to say why."""
    try:
        with path.open("rb") as file:
            return file.read(12)[8:] == b"DUCK"
    except OSError:
        return True


def is_store(path: Path) -> bool:
    """Whether a file may be a store, as its first letters say."""
    return path.is_file() and is_duckdb(path)


def why_closed(path: Path, message: str) -> str:
    """DuckDB's reason for not opening a file, in words that say what to do."""
    lowered = message.lower()
    if "set lock" in lowered:
        holder = re.search(r"PID (\d+)", message)
        return f"{path} is in use by {who(path, holder[1] if holder else None)}: wait until that has ended, or name another file"
    if "different configuration" in lowered or "already attached" in lowered:
        return f"{path} is open in this process already: close that one first"
    if "permission denied" in lowered or "read-only" in lowered:
        return f"no permission to open {path}: make file and folder writable, or open it read-only"
    if "newer version" in lowered or "storage version" in lowered:
        return f"{path} was written by a newer DuckDB than {duckdb.__version__}: upgrade with pip install -U duckdb"
    return f"{path} cannot be opened as a DuckDB file: {message.splitlines()[0]}"


def check_store(connection: duckdb.DuckDBPyConnection, path: Path, readonly: bool) -> None:
    found = columns_in(connection)
    if not found and not readonly:
        make_tables(connection)
        return
    if not found:
        raise StoreError(f"nothing is stored in {path} yet: fill it with dragoman code ARTICLES --store {path}")
    if "meta" not in found or "articles" not in found:
        raise StoreError(f"{path} is a DuckDB file but no dragoman store: name another file, it was left as it is")
    layout = checked_layout(connection, path)
    if not readonly:
        bring_up_to_date(connection, path, found, layout)


def checked_layout(connection: duckdb.DuckDBPyConnection, path: Path) -> int:
    """The layout that the file has. StoreError where it is none, or one that is not known yet."""
    layout = layout_of(connection)
    if layout is None:
        raise StoreError(f"{path} is a DuckDB file but no dragoman store: name another file, it was left as it is")
    if layout > LAYOUT:
        by = meta_of(connection).get("dragoman", "unknown")
        raise StoreError(f"{path} was written by a newer dragoman ({by}, store layout {layout}): upgrade with pip install -U dragoman")
    return layout


def layout_of(connection: duckdb.DuckDBPyConnection) -> int | None:
    value = meta_of(connection).get("layout", "")
    return int(value) if value.isdecimal() else None


def meta_of(connection: duckdb.DuckDBPyConnection) -> dict[str, str]:
    return dict(connection.execute("SELECT key, value FROM meta").fetchall())


def columns_in(connection: duckdb.DuckDBPyConnection) -> dict[str, dict[str, str]]:
    """What the file holds: table to columns, column to type."""
    rows = connection.execute("SELECT table_name, column_name, data_type FROM duckdb_columns() WHERE NOT internal").fetchall()
    found: dict[str, dict[str, str]] = {}
    for table, column, kind in rows:
        found.setdefault(table, {})[column] = kind
    return found


def make_tables(connection: duckdb.DuckDBPyConnection) -> None:
    """All tables and what ``meta`` says, in one transaction."""
    connection.begin()
    for table, columns in tables().items():
        make_table(connection, table, columns)
    entries = [("layout", str(LAYOUT)), ("dragoman", dragoman_version())]
    connection.executemany("INSERT INTO meta VALUES (?, ?)", entries)
    connection.commit()


def make_table(connection: duckdb.DuckDBPyConnection, table: str, columns: dict[str, str]) -> None:
    declared = [f"{quoted(name)} {kind}{' PRIMARY KEY' if UNIQUE.get(table) == name else ''}" for name, kind in columns.items()]
    connection.execute(f"CREATE TABLE {quoted(table)} ({', '.join(declared)})")
    make_index(connection, table)


def make_index(connection: duckdb.DuckDBPyConnection, table: str) -> None:
    if table in INDEXED:
        name = f"{table}_by_{INDEXED[table]}"
        connection.execute(f"CREATE INDEX IF NOT EXISTS {name} ON {quoted(table)} ({quoted(INDEXED[table])})")


def drop_indexes(connection: duckdb.DuckDBPyConnection) -> None:
    """Of a table that has one no column can be changed."""
    for table, column in INDEXED.items():
        connection.execute(f"DROP INDEX IF EXISTS {table}_by_{column}")


def bring_up_to_date(connection: duckdb.DuckDBPyConnection, path: Path, found: dict[str, dict[str, str]], layout: int) -> None:
    """Adds what today's schema has and the file has not: tables, columns, fields inside columns; they are null in the older rows."""
    wanted = canonical_tables(connection)
    if layout == LAYOUT and all(columns.items() <= found.get(table, {}).items() for table, columns in wanted.items()):
        return
    connection.begin()
    try:
        drop_indexes(connection)
        for table, columns in wanted.items():
            alter_table(connection, table, columns, found.get(table))
        by = meta_of(connection).get("dragoman", "unknown")
        for step in steps_from(layout):
            step(connection, by)
        for table in wanted:
            make_index(connection, table)
        new = [(dragoman_version(), "dragoman"), (str(LAYOUT), "layout")]
        connection.executemany("UPDATE meta SET value = ? WHERE key = ?", new)
        connection.commit()
    except (duckdb.Error, StoreError) as error:
        connection.rollback()
        raise StoreError(f"{path} is of an older dragoman and cannot be brought up to date ({error}): code into a new file") from error


def alter_table(connection: duckdb.DuckDBPyConnection, table: str, wanted: dict[str, str], found: dict[str, str] | None) -> None:
    if found is None:
        make_table(connection, table, wanted)
        return
    for name, kind in wanted.items():
        if name not in found:
            connection.execute(f"ALTER TABLE {quoted(table)} ADD COLUMN {quoted(name)} {kind}")
        elif found[name] != kind:
            connection.execute(f"ALTER TABLE {quoted(table)} ALTER COLUMN {quoted(name)} TYPE {kind}")


def canonical_tables(connection: duckdb.DuckDBPyConnection) -> dict[str, dict[str, str]]:
    """Today's tables, with the types as DuckDB writes them."""
    return {table: {name: canonical(connection, kind) for name, kind in columns.items()} for table, columns in tables().items()}


def canonical(connection: duckdb.DuckDBPyConnection, kind: str) -> str:
    """The type as DuckDB itself writes it, which quotes fewer names."""
    ((found,),) = connection.execute(f"SELECT typeof(CAST(NULL AS {kind}))").fetchall()
    return str(found)
