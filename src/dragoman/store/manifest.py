"""The runs that filled a store. In: what a run is made of. Out: rows of ``runs``: with what, when, how many records, how it ended."""

from __future__ import annotations

import json
import os
import platform
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import duckdb

from dragoman.columns import quoted, table_of
from dragoman.schema import RECORDS
from dragoman.store.reading import rows
from dragoman.store.transactions import counted, insert, rows_as_arrow, transaction
from dragoman.version import dragoman_version

Connection = duckdb.DuckDBPyConnection

RUNNING, WHOLE, INTERRUPTED, FAILED, KILLED, UNRECORDED = "running", "whole", "interrupted", "failed", "killed", "unrecorded"
TABLES = tuple(table_of(model) for model in RECORDS)
COUNTS = (*TABLES, "known", "recoded")  # net rows that a run added to each table; articles left out, and coded again
JSON_COLUMNS = ("packages", "hashes", "options")
COLUMNS = {
    "id": "BIGINT",
    "command": "VARCHAR",
    "started": "VARCHAR",
    "ended": "VARCHAR",
    "outcome": "VARCHAR",
    "reason": "VARCHAR",
    "host": "VARCHAR",
    "pid": "BIGINT",
    "dragoman": "VARCHAR",
    "python": "VARCHAR",
    "system": "VARCHAR",
    **dict.fromkeys(JSON_COLUMNS, "VARCHAR"),
    "settings": "VARCHAR",
    "sources": "VARCHAR[]",
    **dict.fromkeys(COUNTS, "BIGINT"),
}


def now() -> str:
    """This second in UTC, such as 2026-11-27T05:40:12Z."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


@dataclass(slots=True)
class RunRecord:
    """One run. ``settings`` is a hash of all that decides which records an article gets; times are UTC."""

    id: int = 0
    command: str = "Store.add"
    started: str | None = field(default_factory=now)
    ended: str | None = None
    outcome: str = RUNNING
    reason: str | None = None
    host: str | None = field(default_factory=platform.node)
    pid: int | None = field(default_factory=os.getpid)
    dragoman: str = field(default_factory=dragoman_version)
    python: str | None = field(default_factory=platform.python_version)
    system: str | None = field(default_factory=platform.platform)
    packages: dict[str, str] = field(default_factory=dict)
    hashes: dict[str, str] = field(default_factory=dict)
    options: dict[str, Any] = field(default_factory=dict)
    settings: str | None = None
    sources: list[str] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)

    def row(self) -> dict[str, Any]:
        """Column to value, as the table has it."""
        values = {name: getattr(self, name) for name in COLUMNS if name not in COUNTS}
        texts = {name: json.dumps(values[name], ensure_ascii=False, sort_keys=True, default=str) for name in JSON_COLUMNS}
        return {**values, **texts, **{name: self.counts[name] for name in COUNTS}}

    def plain(self) -> dict[str, Any]:
        """The same as values that JSON can write, the counts under ``counts``."""
        values = {name: getattr(self, name) for name in COLUMNS if name not in COUNTS}
        return {**values, "counts": {name: self.counts[name] for name in COUNTS}}


def run_of(row: dict[str, Any]) -> RunRecord:
    """The run that a row holds."""
    values = {name: value for name, value in row.items() if name in COLUMNS and name not in COUNTS}
    for name in JSON_COLUMNS:
        values[name] = json.loads(values.get(name) or "{}")
    values["sources"] = list(values.get("sources") or [])
    return RunRecord(**values, counts=Counter({name: row.get(name) or 0 for name in COUNTS}))


def runs(connection: Connection) -> Iterator[RunRecord]:
    """All runs, first to last; none in a store that is older than their recording."""
    there = {name for (name,) in rows(connection, "SELECT column_name FROM duckdb_columns() WHERE table_name = 'runs'")}
    names = [name for name in COLUMNS if name in there]
    if names:
        for row in rows(connection, f"SELECT {', '.join(map(quoted, names))} FROM runs ORDER BY id"):
            yield run_of(dict(zip(names, row, strict=True)))


def next_id(connection: Connection, table: str) -> int:
    """The id of the next row of a table that is about to be written."""
    with transaction(connection):
        return counted(connection, f"SELECT coalesce(max(id), 0) + 1 FROM {table}")


def insert_run(connection: Connection, run: RunRecord) -> None:
    insert(connection, "runs", rows_as_arrow(COLUMNS, [run.row()]))


def update_run(connection: Connection, run: RunRecord, counts: Counter[str]) -> None:
    """Writes the counts, and how the run stands."""
    values = {"ended": run.ended, "outcome": run.outcome, "reason": run.reason, **{name: counts[name] for name in COUNTS}}
    assigned = ", ".join(f"{quoted(name)} = ?" for name in values)
    connection.execute(f"UPDATE runs SET {assigned} WHERE id = ?", [*values.values(), run.id])


def mark_killed(connection: Connection) -> None:
    """Whoever may write is the only one: a run that is still said to be running has been killed."""
    connection.execute("UPDATE runs SET outcome = ? WHERE outcome = ?", [KILLED, RUNNING])


def insert_unrecorded(connection: Connection, dragoman: str) -> None:
    """A run that stands for all that was stored before runs were recorded."""
    counts = Counter({table: counted(connection, f"SELECT count(*) FROM {quoted(table)}") for table in TABLES})
    if counts.total():
        unknown = RunRecord(started=None, host=None, pid=None, python=None, system=None, dragoman=dragoman)
        unknown.command, unknown.outcome, unknown.counts = "unknown", UNRECORDED, counts
        insert_run(connection, unknown)
