"""What became of every input. In: the readings of a run and the batches that are stored. Out: rows of ``readings`` and ``inputs``.

A row is written in the transaction that stores what it speaks of, so that after any end the ledger says what the store holds. A source
counts as wholly read only when all that was handed on from it before is stored, too.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import duckdb

from dragoman.schema import Problem
from dragoman.store import manifest
from dragoman.store.reading import rows
from dragoman.store.rows import without_surrogates
from dragoman.store.transactions import insert, rows_as_arrow, transaction

Connection = duckdb.DuckDBPyConnection

READINGS = {
    "id": "BIGINT",
    "run": "BIGINT",
    "path": "VARCHAR",
    "size": "BIGINT",
    "modified": "VARCHAR",
    "sha256": "VARCHAR",
    "settings": "VARCHAR",
    "outcome": "VARCHAR",
    "articles": "BIGINT",
    "problems": "BIGINT",
}
INPUTS = {
    "reading": "BIGINT",
    "position": "BIGINT",
    "place": "VARCHAR",
    "article_id": "VARCHAR",
    "sha256": "VARCHAR",
    "outcome": "VARCHAR",
    "stage": "VARCHAR",
    "message": "VARCHAR",
}
BEGUN, WHOLE, CHANGED, UNCHECKED = "begun", "whole", "changed", "unchecked"
CODED, KNOWN, RECODED, PROBLEM = "coded", "known", "recoded", "problem"
APART = 4_096  # inputs without a coding that are kept in memory before they are written
IN_PATHS = "reading IN (SELECT id FROM readings WHERE path = ?)"
THE_SAME = "one.place IS NOT DISTINCT FROM other.place AND one.article_id IS NOT DISTINCT FROM other.article_id"
SOLVED = f"""
    DELETE FROM problems WHERE rowid IN (
        SELECT there.rowid FROM problems there JOIN inputs one
        ON there.source IS NOT DISTINCT FROM one.place AND there.article_id IS NOT DISTINCT FROM one.article_id
        AND there.stage = one.stage AND there.message = one.message
        WHERE one.outcome = '{PROBLEM}' AND one.{IN_PATHS} AND one.reading < ? AND NOT EXISTS (
            SELECT 1 FROM inputs other WHERE other.reading = ? AND {THE_SAME} AND one.stage = other.stage AND one.message = other.message
        )
    )
"""  # what an earlier reading of a source could not read, and the last one, which is whole, could


@dataclass(slots=True)
class Reading:
    """One source as it is read in one run. ``earlier`` are the readings of the same path before it."""

    id: int
    run: int
    path: str
    settings: str
    size: int | None = None
    modified: str | None = None
    sha256: str | None = None
    articles: int = 0
    problems: int = 0
    earlier: list[int] = field(default_factory=list)

    def row(self, outcome: str) -> dict[str, Any]:
        return {**{name: getattr(self, name) for name in READINGS if name != "outcome"}, "outcome": outcome}


class Before(NamedTuple):
    """How a source was found the last time."""

    id: int
    run: int
    sha256: str | None
    settings: str
    outcome: str
    articles: int


@dataclass(frozen=True, slots=True)
class Input:
    """One item that a reader gave: where it stood, counted from 1, and what it is."""

    reading: Reading | None
    position: int
    place: str | None
    article_id: str | None
    sha256: str | None

    def row(self, became: Became) -> dict[str, Any] | None:
        if self.reading is None:
            return None
        values = {name: getattr(self, name) for name in ("position", "place", "article_id", "sha256")}
        return without_surrogates({"reading": self.reading.id, **values, **became._asdict()})  # type: ignore[no-any-return]


class Became(NamedTuple):
    """What became of an input."""

    outcome: str
    stage: str | None = None
    message: str | None = None


def of_problem(problem: Problem, outcome: str = PROBLEM) -> Became:
    return Became(outcome, problem.stage, problem.message)


class Log:
    """The ledger of one run. The run tells what it reads and hands on, the store when a batch of it is written."""

    def __init__(self, connection: Connection, run: manifest.RunRecord) -> None:
        self._connection = connection
        self.run = run
        run.id = manifest.next_id(connection, "runs")
        self._next_reading = manifest.next_id(connection, "readings")
        self._is_recorded = False
        self._doubtful = False
        self._begun: list[Reading] = []
        self._begun_from = self._next_reading
        self._on_way: deque[Input] = deque()
        self._apart: list[dict[str, Any]] = []
        self._handed = self._stored = 0
        self._ended: deque[tuple[int, Reading, str]] = deque()
        self._changes: Counter[str] = Counter()
        self.replaced: set[str] = set()

    def begin(self, path: str, settings: str, **found: Any) -> Reading:
        """Notes that a source is being read."""
        reading = Reading(self._next_reading, self.run.id, path, settings, **found)
        self._next_reading += 1
        self._begun.append(reading)
        return reading

    def hand(self, item: Input) -> None:
        """Notes an input whose coding will be stored; codings come in the order of these."""
        self._handed += 1
        self._on_way.append(item)

    def note(self, item: Input, became: Became) -> None:
        """Notes an input that needs no coding."""
        row = item.row(became)
        if row is not None:
            self._apart.append(row)
        if len(self._apart) >= APART:
            self.flush()

    def end_reading(self, reading: Reading, outcome: str) -> None:
        """Notes that all of a source has been handed on or noted."""
        self._ended.append((self._handed, reading, outcome))

    def flush(self) -> None:
        """Writes what waits."""
        with transaction(self._connection):
            self.write([], Counter())
        self.written(0)

    def write(self, became: Sequence[Became], changes: Counter[str]) -> None:
        """Inside the transaction of a batch: what became of its inputs, in order, and how many rows of which table came with it."""
        self._doubtful = True
        if not self._is_recorded:
            manifest.mark_killed(self._connection)
            manifest.insert_run(self._connection, self.run)
        outcomes = {id(reading): outcome for _, reading, outcome in self._closable(len(became))}
        insert(self._connection, "readings", rows_as_arrow(READINGS, (r.row(outcomes.get(id(r), BEGUN)) for r in self._begun)))
        stored = (item.row(one) for item, one in zip(self._on_way, became, strict=False))
        insert(self._connection, "inputs", rows_as_arrow(INPUTS, [*self._apart, *(row for row in stored if row is not None)]))
        for _, reading, outcome in self._closable(len(became)):
            self._close(reading, outcome, changes)
        changes["recoded"] += sum(one.outcome == RECODED for one in became)
        manifest.update_run(self._connection, self.run, self.run.counts + changes)
        self._changes = changes

    def _close(self, reading: Reading, outcome: str, changes: Counter[str]) -> None:
        if reading.id < self._begun_from:
            values = [reading.size, reading.modified, reading.sha256, outcome, reading.articles, reading.problems, reading.id]
            columns = "size = ?, modified = ?, sha256 = ?, outcome = ?, articles = ?, problems = ?"
            self._connection.execute(f"UPDATE readings SET {columns} WHERE id = ?", values)
        if reading.earlier and outcome == WHOLE:
            solved = self._connection.execute(SOLVED, [reading.path, reading.id, reading.id]).fetchone()
            changes["problems"] -= int(solved[0]) if solved else 0

    def _closable(self, coming: int) -> list[tuple[int, Reading, str]]:
        """The sources of which everything is stored once so many further codings are."""
        return [ended for ended in self._ended if ended[0] <= self._stored + coming]

    def written(self, codings: int) -> None:
        """After the transaction: the batch is there for good."""
        closed = len(self._closable(codings))
        for _ in range(closed):
            self._ended.popleft()
        for _ in range(min(codings, len(self._on_way))):
            self._on_way.popleft()
        self._stored += codings
        self._begun, self._begun_from, self._apart = [], self._next_reading, []
        self.run.counts.update(self._changes)
        self._is_recorded = True
        self._doubtful = False

    def close(self, outcome: str, reason: str | None = None) -> None:
        """Notes how the run ended. What may or may not have been written, because an error came between, is not written again."""
        self.run.ended, self.run.outcome, self.run.reason = manifest.now(), outcome, reason
        if not self._doubtful:
            self.flush()
            return
        self._connection.execute(
            "UPDATE runs SET ended = ?, outcome = ?, reason = ? WHERE id = ?", [self.run.ended, outcome, reason, self.run.id]
        )


def last_reading(connection: Connection, path: str) -> tuple[Before | None, list[int]]:
    """How a source was found the last time, and the ids of all its readings."""
    sql = "SELECT id, run, sha256, settings, outcome, articles FROM readings WHERE path = ? ORDER BY id"
    found = [Before(*row) for row in rows(connection, sql, [path])]
    return (found[-1] if found else None), [before.id for before in found]


def noted_between(connection: Connection, readings: Sequence[int], first: int, last: int) -> set[tuple[int, str, str]]:
    """Position, article and hash of the articles that these readings found between two positions."""
    sql = "SELECT position, article_id, sha256 FROM inputs WHERE reading IN (SELECT unnest(?)) AND position BETWEEN ? AND ?"
    return set(rows(connection, sql, [list(readings), first, last]))


def problems_of(connection: Connection, reading: int) -> Iterator[Problem]:
    """What could not be read of a source, in order."""
    sql = f"SELECT article_id, place, stage, message FROM inputs WHERE reading = ? AND outcome = '{PROBLEM}' ORDER BY position"
    for article_id, place, stage, message in rows(connection, sql, [reading]):
        yield Problem(article_id=article_id, source=place, stage=stage, message=message)


def troubled_articles(connection: Connection) -> set[str]:
    """The ids of stored articles that could not be coded wholly."""
    sql = "SELECT DISTINCT article_id FROM problems WHERE stage NOT IN ('read', 'store') AND article_id IN (SELECT id FROM articles)"
    return {article_id for (article_id,) in rows(connection, sql)}


def troubled_paths(connection: Connection) -> list[str]:
    """The sources whose last reading left a problem, or an article that could not be coded wholly, in the order of their first reading."""
    sql = f"""
        WITH latest AS (SELECT path, max(id) AS id, min(id) AS first FROM readings GROUP BY path)
        SELECT path FROM latest WHERE id IN (SELECT reading FROM inputs WHERE outcome = '{PROBLEM}')
        OR path IN (SELECT path FROM readings WHERE id IN (SELECT reading FROM inputs WHERE article_id IN (SELECT unnest(?))))
        ORDER BY first
    """
    articles = sorted(troubled_articles(connection))
    return [path for (path,) in rows(connection, sql, [articles])]


def unfinished(connection: Connection) -> list[tuple[str, int, int]]:
    """Path, run and number of stored articles of the sources whose last reading broke off."""
    sql = f"""
        SELECT r.path, r.run, (SELECT count(*) FROM inputs i WHERE i.reading = r.id AND i.outcome = '{CODED}')
        FROM readings r WHERE r.outcome = '{BEGUN}' AND NOT EXISTS (FROM readings later WHERE later.path = r.path AND later.id > r.id)
        ORDER BY r.id
    """
    return [(path, run, articles) for path, run, articles in rows(connection, sql)]


def other_settings(connection: Connection, settings: str) -> list[tuple[int, str]]:
    """Number of articles and dragoman's version of the runs with other settings that gave articles to the store."""
    sql = "SELECT sum(articles)::BIGINT, dragoman FROM runs WHERE settings IS DISTINCT FROM ? AND articles > 0 GROUP BY dragoman ORDER BY 2"
    return [(articles, version) for articles, version in rows(connection, sql, [settings])]
