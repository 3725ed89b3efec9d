"""Events as edges between actors, counted before they are written. In: events. Out: nodes and edges in order, each once.

They wait in a temporary file of SQLite's, so that memory does not grow with the number of events.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from typing import NamedTuple

from dragoman.schema import Coding, Entity, Event
from dragoman.write.dates import first_day
from dragoman.write.plain import one_line
from dragoman.write.sides import has_happened, identity, pairs_of

TEMPORARY = ""  # SQLite's name for a file without one, which is gone when it is closed
TABLES = """
    CREATE TABLE nodes (name TEXT PRIMARY KEY, country TEXT, sector TEXT, wikidata TEXT) WITHOUT ROWID;
    CREATE TABLE edges (day TEXT, source TEXT, relation TEXT, target TEXT, quad INTEGER, events INTEGER, score REAL,
                        PRIMARY KEY (day, source, relation, target)) WITHOUT ROWID;
"""
ADD_EDGE = """
    INSERT INTO edges VALUES (?, ?, ?, ?, ?, 1, ?)
    ON CONFLICT DO UPDATE SET events = events + 1, score = score + excluded.score
"""
QUADRUPLES = "SELECT source, relation, target, day FROM edges WHERE day <> '' ORDER BY day, source, relation, target"
TOTALS = """
    SELECT source, relation, target, min(quad), sum(events), sum(score), min(nullif(day, '')), max(nullif(day, ''))
    FROM edges GROUP BY source, relation, target ORDER BY source, relation, target
"""


class Quadruple(NamedTuple):
    """Who did what to whom on which day."""

    subject: str
    relation: str
    object: str
    day: str


class Node(NamedTuple):
    """An actor by name, else by code."""

    name: str
    country: str | None
    sector: str | None
    wikidata: str | None


class Total(NamedTuple):
    """All events of one type from one actor to another; days are of the dated ones."""

    source: str
    relation: str
    target: str
    quad: int
    events: int
    score: float
    first: str | None
    last: str | None


class Edges:
    """Takes events that have happened between two actors who are known; ``close`` throws everything away."""

    def __init__(self) -> None:
        self._connection = sqlite3.connect(TEMPORARY)
        self._connection.executescript(TABLES)

    def add(self, event: Event) -> None:
        if not has_happened(event):
            return
        day, relation = first_day(event.date) or "", one_line(event.type)
        for source, target in pairs_of(event):
            one, other = self._node(source), self._node(target)
            if one and other:
                self._connection.execute(ADD_EDGE, (day, one, relation, other, event.quad, event.score))

    def _node(self, entity: Entity | None) -> str | None:
        """The name of the actor's node, which is made on first sight."""
        name = identity(entity)
        if entity and name:
            facts = (one_line(fact) if fact else None for fact in (entity.country, entity.sector, entity.wikidata))
            self._connection.execute("INSERT OR IGNORE INTO nodes VALUES (?, ?, ?, ?)", (name, *facts))
        return name

    def quadruples(self) -> Iterator[Quadruple]:
        """In the order of days, each once a day however many reports there are; what has no day is left out."""
        return map(Quadruple._make, self._connection.execute(QUADRUPLES))

    def totals(self) -> Iterator[Total]:
        return map(Total._make, self._connection.execute(TOTALS))

    def nodes(self) -> Iterator[Node]:
        """The actors by name; country and sector as first met."""
        return map(Node._make, self._connection.execute("SELECT name, country, sector, wikidata FROM nodes ORDER BY name"))

    def close(self) -> None:
        self._connection.close()


class EdgesWriter:
    """What the writers share that count the events of all codings before they write any."""

    def __init__(self) -> None:
        self.edges = Edges()

    def write(self, coding: Coding) -> None:
        for event in coding.events:
            self.edges.add(event)
