"""Events counted by who, what and when. In: names of groups and a Condition. Out: SQL whose rows are groups with their counts.

An event with two actors counts once for each of them, and once for each pair of a dyad. What is unknown is null, and is counted too: an
event without a recipient is in the group of that actor and null.
"""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.columns import quoted
from dragoman.store.conditions import Condition, is_reciprocal
from dragoman.store.errors import QueryError

COUNT = "events"
DYAD = ("actor", "recipient")
PLAIN = ("type", "quad")
DATE_LENGTH = {"year": 4, "month": 7, "day": 10}
PAIRS = """
    SELECT event, a.country AS actor, r.country AS recipient
    FROM chosen LEFT JOIN actors a USING (event) LEFT JOIN recipients r USING (event) WHERE NOT reciprocal
    UNION ALL
    SELECT a.event, a.country, b.country
    FROM chosen JOIN actors a USING (event) JOIN actors b ON a.event = b.event AND a.place <> b.place WHERE reciprocal
"""  # of countries: each actor with each recipient; where both sides are actors, each with each other
GROUPS = ("dyad", *DYAD, *PLAIN, *DATE_LENGTH)


def columns_of(by: Sequence[str]) -> list[str]:
    """The columns of the groups: ``dyad`` is actor and recipient. QueryError for an unknown or repeated group."""
    for name in by:
        if name not in GROUPS:
            raise QueryError(name, f"events can be counted by {', '.join(GROUPS)}; not by", GROUPS)
    columns = [column for name in by for column in (DYAD if name == "dyad" else (name,))]
    twice = next((column for column in columns if columns.count(column) > 1), None)
    if not columns or twice:
        raise QueryError(twice or "", "named twice" if twice else "name what to count by")
    return columns


def panel_sql(columns: Sequence[str], condition: Condition) -> str:
    """One row a group: its columns, then how many events; in the order of the columns, null last."""
    names = ", ".join(quoted(column) for column in columns)
    order = ", ".join(f"{quoted(column)} NULLS LAST" for column in columns)
    cells = ", ".join(f"{cell_of(column)} AS {quoted(column)}" for column in columns)
    pairs = f"JOIN ({PAIRS}) AS pair USING (event)" if set(DYAD) & set(columns) else ""
    return f"""
        WITH chosen AS (SELECT *, row_number() OVER () AS event, {is_reciprocal().sql} AS reciprocal FROM events WHERE {condition.sql}),
        actors AS (SELECT event, unnest(actor).country AS country, generate_subscripts(actor, 1) AS place FROM chosen),
        recipients AS (SELECT event, unnest(recipient).country AS country FROM chosen),
        cells AS (SELECT DISTINCT event, {cells} FROM chosen {pairs})
        SELECT {names}, count(*) AS {COUNT} FROM cells GROUP BY {names} ORDER BY {order}
    """


def cell_of(column: str) -> str:
    """The value of a group column for one event; a date only as far as the whole of it lies within one day, month or year."""
    if column in DYAD:
        return f"pair.{column}"
    if column in PLAIN:
        return f"chosen.{column}"
    length = DATE_LENGTH[column]
    first, last = "chosen.date.value", "coalesce(chosen.date.until, chosen.date.value)"
    known = f"length({first}) >= {length} AND length({last}) >= {length}"
    return f"CASE WHEN {known} AND substr({first}, 1, {length}) = substr({last}, 1, {length}) THEN substr({first}, 1, {length}) END"
