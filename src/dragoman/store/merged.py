"""The tables of ``dragoman merge``. In: places of texts, links and clusters of events. Out: the same again, and conditions on events.

``copies``, ``merged_events`` and ``retold`` are for users to read; tables that begin with ``merge_`` keep what the next run goes on from.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

import duckdb
import pyarrow as pa

from dragoman.schema import MergedEvent, Source
from dragoman.store.conditions import Condition
from dragoman.store.errors import StoreError
from dragoman.store.reading import PAGE, events_by_date, rows
from dragoman.store.transactions import insert, transaction

Connection = duckdb.DuckDBPyConnection
Columns = dict[str, pa.DataType]

TABLES: dict[str, dict[str, str]] = {
    "copies": {"article_id": "VARCHAR", "story": "VARCHAR", "role": "VARCHAR", "of": "VARCHAR"},
    "merged_events": {
        "id": "VARCHAR",
        "event_id": "VARCHAR",
        "reports": "BIGINT",
        "stories": "BIGINT",
        "publications": "VARCHAR[]",
        "earliest": "STRUCT(article_id VARCHAR, publication VARCHAR, published VARCHAR)",
        "disagreements": 'STRUCT(about VARCHAR, "value" VARCHAR, event_ids VARCHAR[], publications VARCHAR[])[]',
    },
    "retold": {"article_id": "VARCHAR", "start": "BIGINT", "end": "BIGINT", "merged_id": "VARCHAR", "strength": "DOUBLE"},
    "merge_members": {"event_id": "VARCHAR", "merged_id": "VARCHAR"},
    "merge_texts": {
        "number": "INTEGER",
        "article_id": "VARCHAR",
        "sha256": "VARCHAR",
        "publisher": "VARCHAR",
        "is_agency": "BOOLEAN",
        "day": "INTEGER",
        "version": "INTEGER",
        "length": "INTEGER",
        "hashes": "UINTEGER[]",
    },
    "merge_index": {"hash": "UINTEGER", "number": "INTEGER", "day": "INTEGER"},
    "merge_dates": {"number": "INTEGER", "event_id": "VARCHAR", "first": "INTEGER"},
    "merge_links": {"one": "INTEGER", "other": "INTEGER", "strength": "DOUBLE"},
    "merge_tellings": {
        "number": "INTEGER",
        "text": "INTEGER",
        "start": "INTEGER",
        "end": "INTEGER",
        "sentence_start": "INTEGER",
        "sentence_end": "INTEGER",
        "first": "INTEGER",
        "last": "INTEGER",
    },
    "merge_retellings": {"event": "INTEGER", "telling": "INTEGER", "strength": "DOUBLE"},
}
KEYS = {"copies": "article_id", "merged_events": "id", "merge_members": "event_id"}  # rows of which are replaced
UNIT_REPORT, UNIT_EVENT = "report", "event"
UNITS = (UNIT_REPORT, UNIT_EVENT)
NOT_MERGED = "{path} has not been merged yet: run dragoman merge {path}, or leave out --unit event"
BAD_UNIT = "unit is report or event, not {unit!r}"
STANDS = Condition(
    "(id IN (SELECT event_id FROM merged_events) OR id NOT IN (SELECT event_id FROM merge_members))"
)  # what came after the last merge counts for itself
DAY = "coalesce(CASE WHEN length(date.value) = 10 THEN date.value END, (SELECT published.value FROM articles WHERE id = article_id))"
SIDES = "list_sort(list_distinct(actor_countries)), list_sort(list_distinct(recipient_countries))"


def make_tables(connection: Connection) -> None:
    """Makes those of the tables that are not there."""
    for name, columns in TABLES.items():
        declared = ", ".join(f'"{column}" {kind}' for column, kind in columns.items())
        connection.execute(f"CREATE TABLE IF NOT EXISTS {name} ({declared})")


def is_merged(connection: Connection) -> bool:
    return bool(list(rows(connection, "SELECT 1 FROM duckdb_tables() WHERE table_name = 'merged_events'")))


def replace(connection: Connection, table: str, key_values: Sequence[str], new: Sequence[dict[str, Any]]) -> None:
    """Takes out the rows with these keys and puts others in."""
    if key_values:
        connection.execute(f"DELETE FROM {table} WHERE {KEYS[table]} IN (SELECT unnest(?))", [list(key_values)])
    append(connection, table, new)


def append(connection: Connection, table: str, new: Sequence[dict[str, Any]]) -> None:
    if not new:
        return
    empty = connection.sql(f"SELECT * FROM {table} LIMIT 0").to_arrow_table().schema
    insert(connection, table, pa.Table.from_pylist(list(new), schema=empty))


def clear(connection: Connection) -> None:
    """Forgets what was merged, for a store whose articles have changed."""
    with transaction(connection):
        for name in TABLES:
            connection.execute(f"DELETE FROM {name}")


def unit_condition(connection: Connection, unit: str, path: object) -> Condition | None:
    """Which events stand for a unit: None for all reports. StoreError for a store that was never merged, or another unit."""
    if unit not in UNITS:
        raise StoreError(BAD_UNIT.format(unit=unit))
    if unit == UNIT_REPORT:
        return None
    if not is_merged(connection):
        raise StoreError(NOT_MERGED.format(path=path))
    return STANDS


def events(connection: Connection, chosen: Condition, limit: int | None = None) -> Iterator[MergedEvent]:
    """Merged events for the events that stand for them; one that was reported once is its own."""
    names = ", ".join(f"m.{name}" for name in TABLES["merged_events"])
    found = events_by_date(connection, chosen, limit)
    while page := list(islice(found, PAGE)):
        wanted = [event.id for event in page]
        many = {
            row[1]: row for row in rows(connection, f"SELECT {names} FROM merged_events m WHERE event_id IN (SELECT unnest(?))", [wanted])
        }
        sources = dict(sources_of(connection, [event.article_id for event in page]))
        for event in page:
            source = sources[event.article_id]
            if event.id in many:
                values = dict(zip(TABLES["merged_events"], many[event.id], strict=True))
                yield MergedEvent.model_validate({**{name: values[name] for name in values if name != "event_id"}, "event": event})
            else:
                publications = [source.publication] if source.publication else []
                yield MergedEvent(id=event.id, event=event, reports=1, stories=1, publications=publications, earliest=source)


def sources_of(connection: Connection, article_ids: Sequence[str]) -> Iterator[tuple[str, Source]]:
    sql = "SELECT id, coalesce(publication, agency), published.value FROM articles WHERE id IN (SELECT unnest(?))"
    for article_id, publication, published in rows(connection, sql, [list(article_ids)]):
        yield article_id, Source(article_id=article_id, publication=publication, published=published)


def unmerged(connection: Connection) -> int:
    """Articles with text that came after the last merge."""
    sql = "SELECT count(*) FROM texts t WHERE NOT EXISTS (FROM merge_texts m WHERE m.article_id = t.article_id)"
    return sum(int(number) for (number,) in rows(connection, sql)) if is_merged(connection) else 0


def one_a_day(chosen: Condition, events: str) -> Condition:
    """Of ``events`` that fulfil a condition, the first of each day, pair of sides and type.

    The day is the event's where it is known, else that of publication, as the older data sets took it.
    """
    first = f"row_number() OVER (PARTITION BY {DAY}, {SIDES}, type ORDER BY article_id, trigger.start, id)"
    sql = f"id IN (SELECT id FROM (SELECT id, {first} AS place FROM {events} WHERE {chosen.sql}) WHERE place = 1)"
    return Condition(sql, chosen.parameters)
