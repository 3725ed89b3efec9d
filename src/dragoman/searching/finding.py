"""Looking up in an index. In: words, chosen facets, a cursor. Out: hits with snippets, best first, and what else could be chosen."""

from __future__ import annotations

import base64
import binascii
import json
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from dragoman.searching.index import END, START, SearchError
from dragoman.searching.words import wanted

Kind: TypeAlias = Literal["article", "statement"]
FACETS: dict[Kind, tuple[str, ...]] = {
    "article": ("type", "country", "context", "publication", "year"),
    "statement": ("speaker", "country", "attitude", "publication", "year"),
}
VALUES = 12  # shown of a facet
WORDS = 30  # in a snippet
HEADLINE = 4.0  # how much more a word of the headline weighs


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a snippet; ``hit`` where it is what was looked for."""

    text: str
    hit: bool


@dataclass(frozen=True, slots=True)
class Hit:
    """An article, or a statement with its speaker for a title."""

    id: str
    article_id: str
    day: str | None
    publication: str | None
    title: list[Piece]
    snippet: list[Piece]


@dataclass(frozen=True, slots=True)
class Found:
    """A page of hits, how many there are in all, and for each facet its values with how many of them have it."""

    count: int
    hits: list[Hit]
    facets: dict[str, list[tuple[str, int]]]
    next: str | None


def find(
    connection: sqlite3.Connection, kind: Kind, typed: str, chosen: Mapping[str, Sequence[str]], limit: int, cursor: str | None
) -> Found:
    """What is found for the words, all facets that are chosen holding; the newest first where there are no words."""
    asked = wanted(typed)
    after = values_of(cursor) if cursor else None
    try:
        collect(connection, kind, asked.there, asked.absent, chosen)
        ((count,),) = connection.execute("SELECT count(*) FROM temp.found").fetchall()
        rows = connection.execute(PAGE, [*(after or (None, 0)), limit + 1]).fetchall()
        hits = [hit_of(connection, asked.there, doc) for _, doc in rows[:limit]]
        facets = {name: counts(connection, name) for name in FACETS[kind]}
    except sqlite3.Error as error:
        raise SearchError(f"the index cannot be read: {error}") from error
    return Found(count, hits, facets, cursor_of(rows[limit - 1]) if len(rows) > limit else None)


PAGE = """
    SELECT place, doc FROM temp.found
    WHERE (?1 IS NULL OR (place, doc) > (?1, ?2)) ORDER BY place, doc LIMIT ?3
"""


def collect(connection: sqlite3.Connection, kind: Kind, there: str, absent: str, chosen: Mapping[str, Sequence[str]]) -> None:
    """All that is found, into a table of this connection: document and its place in the order."""
    place = f"bm25(words, {HEADLINE}, 1.0)" if there else "-CAST(replace(coalesce(day, '0'), '-', '') AS REAL)"
    source = "words JOIN docs ON docs.doc = words.rowid" if there else "docs"
    tests, parameters = ["kind = ?"], [kind]
    if there:
        tests.append("words MATCH ?")
        parameters.append(there)
    if absent:
        tests.append("docs.doc NOT IN (SELECT rowid FROM words WHERE words MATCH ?)")
        parameters.append(absent)
    for facet, values in chosen.items():
        for value in values:
            tests.append(
                "docs.doc IN (SELECT doc FROM facets JOIN facet_values ON id = facets.value WHERE facet = ? AND facet_values.value = ?)"
            )
            parameters += [facet, value]
    connection.execute("DROP TABLE IF EXISTS temp.found")
    connection.execute("CREATE TEMP TABLE found (doc INTEGER PRIMARY KEY, place REAL)")
    connection.execute(f"INSERT INTO temp.found SELECT docs.doc, {place} FROM {source} WHERE {' AND '.join(tests)}", parameters)


def counts(connection: sqlite3.Connection, facet: str) -> list[tuple[str, int]]:
    """The commonest values of a facet among what is found."""
    sql = """
        SELECT facet_values.value, count(*) FROM facet_values JOIN facets ON facets.value = facet_values.id JOIN temp.found USING (doc)
        WHERE facet = ? GROUP BY facet_values.id ORDER BY count(*) DESC, facet_values.value LIMIT ?
    """
    return [(str(value), int(count)) for value, count in connection.execute(sql, [facet, VALUES])]


def hit_of(connection: sqlite3.Connection, there: str, doc: int) -> Hit:
    about = connection.execute("SELECT id, article_id, day, publication FROM docs WHERE doc = ?", [doc]).fetchone()
    if there:
        sql = f"SELECT highlight(words, 0, ?, ?), snippet(words, 1, ?, ?, ' … ', {WORDS}) FROM words WHERE words MATCH ? AND rowid = ?"
        title, body = connection.execute(sql, [START, END, START, END, there, doc]).fetchone()
    else:
        title, body = connection.execute("SELECT title, substr(body, 1, 240) FROM words WHERE rowid = ?", [doc]).fetchone()
    return Hit(*about, title=pieces(title), snippet=pieces(body))


def pieces(marked: str) -> list[Piece]:
    """What stands between the marks, and what does not."""
    found: list[Piece] = []
    for place, part in enumerate(marked.split(START)):
        inside, _, outside = part.partition(END) if place else ("", "", part)
        found += [Piece(text, hit) for text, hit in ((inside, True), (outside, False)) if text]
    return found


def cursor_of(values: Sequence[Any]) -> str:
    return base64.urlsafe_b64encode(json.dumps(list(values)).encode()).decode().rstrip("=")


def values_of(cursor: str) -> tuple[float, int]:
    """Place and document that the page before ended with."""
    try:
        place, doc = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        return float(place), int(doc)
    except (binascii.Error, ValueError, TypeError, OverflowError, RecursionError) as error:
        raise SearchError(f"{cursor[:40]!r} is no cursor of a page of hits") from error
