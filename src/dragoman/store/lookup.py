"""What events are looked up by. In: the fields of their records. Out: narrow columns beside these, which no record has.

A list of structs has to be read whole to see one country in it; these are read instead. ``Event`` knows nothing of them: they are written
with the row, follow from it alone, and stand in ``tables`` of ``database``.
"""

from __future__ import annotations

from collections.abc import Iterable

from dragoman.columns import quoted
from dragoman.store.periods import FIRST_OF_EVENT, LAST_OF_EVENT

TABLE = "events"
UNKNOWN = "-"


def countries(side: str) -> str:
    return f"coalesce([e.country FOR e IN {side}], [])"


def codes(side: str) -> str:
    """JPN GOV PTY: country, sector and other sectors of each; a list of one text for each entity."""
    others = "nullif(array_to_string(e.other_sectors, ' '), '')"
    return f"coalesce([concat_ws(' ', coalesce(e.country, '{UNKNOWN}'), e.sector, {others}) FOR e IN {side}], [])"


COLUMNS = {
    "actor_countries": "VARCHAR[]",
    "recipient_countries": "VARCHAR[]",
    "actor_codes": "VARCHAR[]",
    "recipient_codes": "VARCHAR[]",
    "first_day": "DATE",
    "last_day": "DATE",
}
SQL = {
    "actor_countries": countries("actor"),
    "recipient_countries": countries("recipient"),
    "actor_codes": codes("actor"),
    "recipient_codes": codes("recipient"),
    "first_day": FIRST_OF_EVENT,
    "last_day": LAST_OF_EVENT,
}  # over a row of ``events``


def with_columns(rows: str) -> str:
    """A query for the rows of ``rows``, which have the fields of events, and the columns."""
    return f"SELECT *, {', '.join(f'{sql} AS {name}' for name, sql in SQL.items())} FROM {rows}"


def events_with(there: Iterable[str]) -> str:
    """What stands behind FROM for events to be looked up, in a store that has these columns; one of an older layout lacks them."""
    return TABLE if set(COLUMNS) <= set(there) else f"({with_columns(f'(SELECT *, rowid FROM {TABLE})')}) AS {TABLE}"


def fill_sql() -> list[str]:
    """Statements that fill the columns where they are empty, one column at a time, without a look at the others."""
    return [f"ALTER TABLE {TABLE} ALTER COLUMN {quoted(name)} TYPE {COLUMNS[name]} USING {sql}" for name, sql in SQL.items()]


def differing_sql() -> str:
    """A query for the ids of events whose columns do not follow from the record."""
    differs = " OR ".join(f"{name} IS DISTINCT FROM ({sql})" for name, sql in SQL.items())
    return f"SELECT id FROM {TABLE} WHERE {differs} ORDER BY id"
