"""A table a page at a time. In: a condition, and the cursor that the page before ended with. Out: records, and the cursor of the next page.

A cursor holds the values that the order goes by, not a number of rows: a page deep in a large store is as fast as the first.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic

from dragoman.columns import quoted, table_of
from dragoman.schema import ArticleRecord, Event, Expectation, Model, Relation, Statement
from dragoman.store import reading
from dragoman.store.conditions import Condition, all_of
from dragoman.store.errors import StoreError
from dragoman.store.reading import Connection, Kind

LATE = "~"  # sorts behind every date
KEYS: dict[type[Model], tuple[str, ...]] = {
    ArticleRecord: (f"coalesce(published.value, '{LATE}')", "id"),
    Event: (f"coalesce(date.value, '{LATE}')", "article_id", "id"),
    Statement: ("article_id", "id"),
    Relation: ("article_id", "id"),
    Expectation: ("article_id", "id"),
}


@dataclass(frozen=True, slots=True)
class Page(Generic[Kind]):
    """Records in their order; ``next`` is the cursor of the page behind, None on the last."""

    records: list[Kind]
    next: str | None


def page(connection: Connection, model: type[Kind], where: Condition, limit: int, cursor: str | None = None) -> Page[Kind]:
    """The first records behind a cursor that fulfil a condition. StoreError for a cursor that no such page gave."""
    keys = KEYS[model]
    chosen = all_of([where, behind(keys, values_of(cursor, len(keys)))]) if cursor else where
    table = reading.looked_up(connection) if model is Event else quoted(table_of(model))
    sql = f"SELECT {', '.join(keys)} FROM {table} WHERE {chosen.sql} ORDER BY {', '.join(keys)} LIMIT ?"
    found = list(reading.rows(connection, sql, [*chosen.parameters, limit + 1]))
    records = fetched(connection, model, found[:limit])
    return Page(records, cursor_of(found[limit - 1]) if len(found) > limit else None)


def fetched(connection: Connection, model: type[Kind], found: Sequence[tuple[str, ...]]) -> list[Kind]:
    """The records with these keys, in this order: only they are read whole, by the articles that they are of."""
    ids = {key[-1] for key in found}
    if model is ArticleRecord:
        among = Condition("id IN (SELECT unnest(?))", (tuple(ids),))
        by_id = {str(getattr(one, "id", None)): one for one in reading.records(connection, model, among, reading.BY_ID)}
    else:
        by_id = {str(getattr(one, "id", None)): one for one in reading.of_articles(connection, model, {key[-2] for key in found}, ids)}
    return [by_id[key[-1]] for key in found]


def behind(keys: tuple[str, ...], values: tuple[str, ...]) -> Condition:
    """Rows that come later in the order. The first key alone is asked first, since only that can be looked up."""
    marks = ", ".join("?" * len(keys))
    return Condition(f"({keys[0]} >= ? AND ({', '.join(keys)}) > ({marks}))", (values[0], *values))


def cursor_of(values: tuple[str, ...]) -> str:
    return base64.urlsafe_b64encode(json.dumps(values).encode()).decode().rstrip("=")


def values_of(cursor: str, number: int) -> tuple[str, ...]:
    try:
        found = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (binascii.Error, ValueError, RecursionError) as error:
        raise StoreError(f"{cursor[:40]!r} is no cursor of a page") from error
    if not (isinstance(found, list) and len(found) == number and all(isinstance(value, str) for value in found)):
        raise StoreError(f"{cursor[:40]!r} is no cursor of a page of this kind")
    return tuple(found)
