"""What became of every input. In: rows of ``readings`` (a source in a run) and ``inputs`` (an item of it). Out: what earlier runs found.

``log`` writes the rows.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import duckdb

from dragoman.rows import without_surrogates
from dragoman.schema import Problem
from dragoman.store.reading import rows

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
    "byte_offset": "BIGINT",
    "article_id": "VARCHAR",
    "sha256": "VARCHAR",
    "outcome": "VARCHAR",
    "stage": "VARCHAR",
    "message": "VARCHAR",
}
BEGUN, WHOLE, CHANGED, UNCHECKED = "begun", "whole", "changed", "unchecked"
CODED, KNOWN, RECODED, PROBLEM = "coded", "known", "recoded", "problem"


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
    """One item that a reader gave: where it stood, counted from 1, and what it is; at which byte it begins, where that is known."""

    reading: Reading | None
    position: int
    place: str | None
    article_id: str | None
    sha256: str | None
    byte_offset: int | None = None

    def row(self, became: Became) -> dict[str, Any] | None:
        if self.reading is None:
            return None
        values = {name: getattr(self, name) for name in ("position", "place", "byte_offset", "article_id", "sha256")}
        return without_surrogates({"reading": self.reading.id, **values, **became._asdict()})  # type: ignore[no-any-return]


class Became(NamedTuple):
    """What became of an input."""

    outcome: str
    stage: str | None = None
    message: str | None = None


def of_problem(problem: Problem, outcome: str = PROBLEM) -> Became:
    return Became(outcome, problem.stage, problem.message)


class Ledger:
    """What a store knows of the inputs of earlier runs."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def is_empty(self) -> bool:
        """Whether nothing has been read for the store yet."""
        return not any(rows(self._connection, "SELECT 1 FROM readings LIMIT 1"))

    def last_reading(self, path: str) -> tuple[Before | None, list[int]]:
        """How a source was found the last time, and the ids of all its readings."""
        sql = "SELECT id, run, sha256, settings, outcome, articles FROM readings WHERE path = ? ORDER BY id"
        found = [Before(*row) for row in rows(self._connection, sql, [path])]
        return (found[-1] if found else None), [before.id for before in found]

    def noted_between(self, readings: Sequence[int], first: int, last: int) -> set[tuple[int, str, str]]:
        """Position, article and hash of the articles that these readings found between two positions."""
        sql = "SELECT position, article_id, sha256 FROM inputs WHERE reading IN (SELECT unnest(?)) AND position BETWEEN ? AND ?"
        return set(rows(self._connection, sql, [list(readings), first, last]))

    def problems_of(self, reading: int) -> Iterator[Problem]:
        """What could not be read of a source, in order."""
        sql = f"SELECT article_id, place, stage, message FROM inputs WHERE reading = ? AND outcome = '{PROBLEM}' ORDER BY position"
        for article_id, place, stage, message in rows(self._connection, sql, [reading]):
            yield Problem(article_id=article_id, source=place, stage=stage, message=message)

    def troubled_articles(self) -> set[str]:
        """The ids of stored articles that could not be coded wholly."""
        sql = "SELECT DISTINCT article_id FROM problems WHERE stage NOT IN ('read', 'store') AND article_id IN (SELECT id FROM articles)"
        return {article_id for (article_id,) in rows(self._connection, sql)}

    def troubled_paths(self) -> list[str]:
        """Sources whose last reading left a problem, or an article that could not be coded wholly, in the order of their first reading."""
        sql = f"""
            WITH latest AS (SELECT path, max(id) AS id, min(id) AS first FROM readings GROUP BY path)
            SELECT path FROM latest WHERE id IN (SELECT reading FROM inputs WHERE outcome = '{PROBLEM}')
            OR path IN (SELECT path FROM readings WHERE id IN (SELECT reading FROM inputs WHERE article_id IN (SELECT unnest(?))))
            ORDER BY first
        """
        articles = sorted(self.troubled_articles())
        return [path for (path,) in rows(self._connection, sql, [articles])]

    def unfinished(self) -> list[tuple[str, int, int]]:
        """Path, run and number of stored articles of the sources whose last reading broke off."""
        sql = f"""
            SELECT r.path, r.run, (SELECT count(*) FROM inputs i WHERE i.reading = r.id AND i.outcome = '{CODED}')
            FROM readings r WHERE r.outcome = '{BEGUN}' AND NOT EXISTS (FROM readings later WHERE later.path = r.path AND later.id > r.id)
            ORDER BY r.id
        """
        return [(path, run, articles) for path, run, articles in rows(self._connection, sql)]

    def other_settings(self, settings: str) -> int:
        """How many articles came from runs with other settings than these."""
        sql = "SELECT coalesce(sum(articles), 0)::BIGINT FROM runs WHERE settings IS DISTINCT FROM ? AND articles > 0"
        return int(next(rows(self._connection, sql, [settings]))[0])
