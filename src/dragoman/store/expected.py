"""What was expected and what happened, as plain columns. In: a store's connection. Out: rows for the matching of one with the other.

A side is the code of a state, or the name of an organisation, group or person in small letters.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

import duckdb
import pyarrow as pa

from dragoman import codebook
from dragoman.schema import Expectation
from dragoman.store.conditions import TRUE, Condition
from dragoman.store.periods import last_day
from dragoman.store.reading import batches, columns_there, rows

TEXTS = "articles a JOIN texts t ON t.article_id = a.id"
MARK = "CAST(hash(a.id, a.published.value, t.text, n.places, n.sides) >> 1 AS BIGINT)"
DEED_COLUMNS = ("actor", "other", "type", "published", "id", "article_id", "day", "negated", "sentence")
KNOWN = "coalesce(e.{0}[1].country, e.{0}[1].name) IS NOT NULL"
PLAIN = f"(len(e.actor) = 1 AND len(e.recipient) = 1 AND {KNOWN.format('actor')} AND {KNOWN.format('recipient')})"
DAY = "strftime({0}, '%Y-%m-%d')"
IN = "{0} IN (SELECT unnest(?::VARCHAR[]))"
NOT_DEEDS = "['future', 'hypothetical', 'historical']"


def side(entity: str) -> str:
    """SQL for the side that an entity is."""
    codes = ", ".join(f"'{code}'" for code in sorted(codebook.load().international))
    return (
        f"CASE WHEN {entity}.country IS NOT NULL AND {entity}.country NOT IN ({codes}) THEN {entity}.country "
        f"ELSE lower(coalesce({entity}.name, {entity}.text)) END"
    )


def expectations(connection: duckdb.DuckDBPyConnection) -> Iterator[tuple[Any, ...]]:
    """id, article, type, kind, strength, from, to, published, last day, sentence, name of either side, condition, trigger.

    ``trigger`` is the place in the sentence of the word that promises it.
    """
    there = set(columns_there(connection, Expectation))
    own = {name: f"x.{name}" if name in there else "NULL" for name in ("kind", "strength")}
    condition = "x.condition.text" if "condition" in there else "NULL"
    trigger = "x.trigger.start - x.evidence[1].start" if "trigger" in there else "NULL"
    return rows(
        connection,
        f"""
        SELECT x.id, x.article_id, x.type, {own["kind"]}, {own["strength"]}, {side('x."from"')},
            CASE WHEN x."to" IS NOT NULL THEN {side('x."to"')} END, a.published.value,
            {DAY.format(last_day('coalesce(x.due."until", x.due."value")'))}, x.evidence[1].text,
            coalesce(x."from".name, x."from".text), coalesce(x."to".name, x."to".text), {condition},
            {trigger}
        FROM expectations x JOIN articles a ON a.id = x.article_id WHERE a.published.value IS NOT NULL
        """,
    )


def deeds(connection: duckdb.DuckDBPyConnection, among: Iterable[tuple[str, str | None]] | None = None) -> pa.Table:
    """Events that are told as having taken place: the columns of ``DEED_COLUMNS``, ordered by actor, type, published, id and other.

    ``among`` are who acts and towards whom, None for towards anybody; what decides their promises is then there, and not much besides.

    A row for each who acts ("" where nobody known does) with each other side, null where there is none.

    Most events have one actor and one recipient; only of the others are lists taken apart, which takes its time.
    """
    actors, recipients = (
        f"list_distinct(list_transform(list_filter(e.{party}, lambda x: coalesce(x.country, x.name) IS NOT NULL), lambda x: {side('x')}))"
        for party in ("actor", "recipient")
    )
    asked = TRUE if among is None else between(among)
    told = f"""e.published AS published, {DAY.format(last_day('coalesce(e.date."until", e.date."value")'))} AS day,
        list_contains(e.aux, 'negation') AS negated, coalesce(e.evidence[1].text, e.trigger.text) AS sentence"""
    table = batches(
        connection,
        f"""
        WITH events_told AS NOT MATERIALIZED (
            SELECT e.*, a.published.value AS published FROM events e JOIN articles a ON a.id = e.article_id
            WHERE a.published.value IS NOT NULL AND e.status <> 'denied' AND NOT list_has_any(e.aux, {NOT_DEEDS})
        ), acting AS (
            SELECT *, unnest(CASE WHEN len(actors) > 0 THEN actors ELSE [''] END) AS actor FROM (
                SELECT e.id, e.article_id, e.type, {actors} AS actors, {recipients} AS recipients, {told}
                FROM events_told e WHERE NOT {PLAIN}
            )
        ), beside AS (
            SELECT *, list_filter(list_distinct(actors || recipients), lambda x: x <> actor) AS others FROM acting
        ), every AS (
            SELECT e.id, e.article_id, e.type, {side("e.actor[1]")} AS actor,
                nullif({side("e.recipient[1]")}, {side("e.actor[1]")}) AS other, {told}
            FROM events_told e WHERE {PLAIN}
            UNION ALL
            SELECT id, article_id, type, actor, unnest(CASE WHEN len(others) > 0 THEN others ELSE [NULL] END),
                published, day, negated, sentence
            FROM beside
        )
        SELECT {", ".join(DEED_COLUMNS)} FROM every WHERE {asked.sql} ORDER BY actor, type, published, id, other NULLS FIRST
        """,
        asked.parameters,
    )
    return table.read_all()


def between(among: Iterable[tuple[str, str | None]]) -> Condition:
    """Deeds of those who act towards these others, or towards nobody; of whom none is named all of them, and those of nobody known."""
    sides = sorted(among, key=str)
    to_all = tuple(one for one, other in sides if other is None)
    some = tuple(one for one, other in sides if other is not None)
    others = tuple(other for _, other in sides if other is not None)
    sql = f"(actor = '' OR {IN.format('actor')} OR ({IN.format('actor')} AND (other IS NULL OR {IN.format('other')})))"
    return Condition(sql, (to_all, some, others))


def with_texts(connection: duckdb.DuckDBPyConnection) -> set[str]:
    """The articles that are stored with their texts."""
    return {article for (article,) in rows(connection, "SELECT article_id FROM texts")}


class StoryRow(NamedTuple):
    """An article with its text; the places and sides of those that its records name; ``mark`` is another where any of it is."""

    id: str
    published: str
    mark: int
    text: str
    places: list[int]
    sides: list[str]


def count_stories(connection: duckdb.DuckDBPyConnection, first: str, last: str) -> int:
    """How many articles of those days have texts."""
    ((count,),) = rows(connection, f"SELECT count(*) FROM {TEXTS} WHERE a.published.value BETWEEN ? AND ?", (first, last))
    return int(count)


def stories(connection: duckdb.DuckDBPyConnection, sides: Iterable[str], first: str, last: str) -> Iterator[StoryRow]:
    """Articles that have texts, were published in those days and name one of the sides in their records, in the order of publication."""
    sql = f"""
        {_naming(f"article_id IN (SELECT article_id FROM named WHERE {IN.format('side')})")}
        SELECT a.id, a.published.value, {MARK}, t.text, n.places, n.sides
        FROM {TEXTS} JOIN places n ON n.article_id = a.id WHERE a.published.value BETWEEN ? AND ? ORDER BY a.published.value, a.id
    """
    return map(StoryRow._make, rows(connection, sql, (sorted(sides), first, last)))


def story_marks(connection: duckdb.DuckDBPyConnection) -> dict[str, tuple[str, int]]:
    """Of each article that ``stories`` can give the day of publication and the mark."""
    sql = f"{_naming(TRUE.sql)} SELECT a.id, a.published.value, {MARK} FROM {TEXTS} JOIN places n ON n.article_id = a.id"
    return {id: (day, mark) for id, day, mark in rows(connection, sql) if day is not None}


def _naming(wanted: str) -> str:
    """SQL for the places and sides of those that the records of articles name."""
    known = "list_filter({0}, lambda x: coalesce(x.country, x.name) IS NOT NULL)"
    named = f"list_transform({known.format('actor || recipient')}, lambda x: {{'place': x.start, 'side': {side('x')}}})"
    return f"""
        WITH named AS MATERIALIZED (
            SELECT article_id, unnest({named}, recursive := true) FROM events
            UNION ALL SELECT article_id, speaker.start, {side("speaker")} FROM statements
                WHERE coalesce(speaker.country, speaker.name) IS NOT NULL
            UNION ALL SELECT id, dateline.start, dateline.country FROM articles WHERE dateline.country IS NOT NULL
        ), places AS (
            SELECT article_id, list(place ORDER BY place, side) AS places, list(side ORDER BY place, side) AS sides
            FROM named WHERE {wanted} GROUP BY article_id
        )
    """


def latest_day(connection: duckdb.DuckDBPyConnection) -> str | None:
    """The latest day of publication."""
    return next((day for (day,) in rows(connection, "SELECT max(published.value) FROM articles")), None)
