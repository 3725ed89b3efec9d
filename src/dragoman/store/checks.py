"""Whether the tables of a store fit together. In: a connection. Out: a ``Fault`` for each row or number that does not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import duckdb

from dragoman.columns import quoted
from dragoman.store import lookup, manifest
from dragoman.store.reading import rows

Connection = duckdb.DuckDBPyConnection

WITH_IDS = ("statements", "events", "relations", "expectations")
REFERENCES = (  # column, what it refers to, and which rows need not
    ("statements.article_id", "articles.id", ""),
    ("events.article_id", "articles.id", ""),
    ("relations.article_id", "articles.id", ""),
    ("expectations.article_id", "articles.id", ""),
    ("texts.article_id", "articles.id", ""),
    ("problems.article_id", "articles.id", "stage IN ('read', 'store')"),
    ("events.statement_id", "statements.id", ""),
    ("expectations.met_by", "events.id", ""),
    ("inputs.article_id", "articles.id", "outcome = 'problem'"),
    ("inputs.reading", "readings.id", ""),
    ("readings.run", "runs.id", ""),
)
CODED_BY_RUN = """
    SELECT runs.id, runs.articles, count(inputs.reading) FILTER (inputs.outcome = 'coded')
    FROM runs LEFT JOIN readings ON readings.run = runs.id LEFT JOIN inputs ON inputs.reading = readings.id
    WHERE runs.command = 'dragoman code' GROUP BY ALL ORDER BY 1
"""
LOST = (
    "the file was changed by other means, or is damaged: take a copy from before, or code into a new store and compare with dragoman diff"
)
MISCOUNTED = "rows were added or taken out by other means than dragoman: compare with a copy from before, or with the sources coded anew"
MISSHAPED = "open it once for writing, as dragoman code --store does, which adds what is missing"


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that is not as it must be: what kind, where (a table and an id, or a count), what is wrong and what to do."""

    kind: str
    where: str
    what: str
    advice: str


def structural_faults(connection: Connection, wanted: dict[str, dict[str, str]]) -> Iterator[Fault]:
    """What the tables themselves tell; ``wanted`` are the columns that they should have."""
    there: dict[str, dict[str, str]] = {}
    for table, column, kind in rows(connection, "SELECT table_name, column_name, data_type FROM duckdb_columns() WHERE NOT internal"):
        there.setdefault(table, {})[column] = kind
    yield from faults_of_shape(there, wanted)
    for table in WITH_IDS:
        if table in there:
            yield from twice(connection, table)
    for column, target, exempt in REFERENCES:
        if all(name.split(".")[0] in there for name in (column, target)):
            yield from dangling(connection, column, target, exempt)
    if lookup.COLUMNS.keys() <= there.get(lookup.TABLE, {}).keys():
        for (id,) in rows(connection, lookup.differing_sql()):
            yield Fault("columns", f"{lookup.TABLE} {id}", "the columns beside its record do not follow from it", LOST)
    if "runs" in there:
        yield from miscounted(connection)


def faults_of_shape(there: dict[str, dict[str, str]], wanted: dict[str, dict[str, str]]) -> Iterator[Fault]:
    for table, columns in wanted.items():
        for column, kind in columns.items():
            found = there.get(table, {}).get(column)
            if found != kind:
                what = f"is of type {found}, not {kind}" if found else "is missing"
                yield Fault("layout", f"{table}.{column}", f"the column {what}", MISSHAPED)


def twice(connection: Connection, table: str) -> Iterator[Fault]:
    for id, count in rows(connection, f"SELECT id, count(*) FROM {quoted(table)} GROUP BY id HAVING count(*) > 1 ORDER BY id"):
        yield Fault("doubled", f"{table} {id}", f"{count} rows have this id", LOST)


def dangling(connection: Connection, column: str, target: str, exempt: str) -> Iterator[Fault]:
    (table, name), (other, id) = column.split("."), target.split(".")
    among = f"{quoted(name)} IS NOT NULL" + (f" AND NOT ({exempt})" if exempt else "")
    unknown = f"{quoted(name)} NOT IN (SELECT {id} FROM {quoted(other)})"
    sql = f"SELECT {quoted(name)}, count(*) FROM {quoted(table)} WHERE {among} AND {unknown} GROUP BY 1 ORDER BY 1"
    for value, count in rows(connection, sql):
        yield Fault("reference", f"{column} {value}", f"{count} rows refer to something that is not in {other}", LOST)


def miscounted(connection: Connection) -> Iterator[Fault]:
    sums: dict[str, int] = {table: sum(run.counts[table] for run in manifest.runs(connection)) for table in manifest.TABLES}
    for table, added in sums.items():
        (count,) = next(rows(connection, f"SELECT count(*) FROM {quoted(table)}"))
        if count != added:
            yield Fault("count", table, f"{count:,} rows, but the runs have added {added:,}", MISCOUNTED)
    for run, articles, coded in rows(connection, CODED_BY_RUN):
        if articles != coded:
            yield Fault("count", f"run {run}", f"it added {articles:,} articles, but its ledger names {coded:,}", MISCOUNTED)
