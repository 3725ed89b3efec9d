"""Writing the ledger. In: what a run reads and hands on, and each batch that is stored. Out: rows of ``runs``, ``readings`` and ``inputs``.

A row is written in the transaction that stores what it speaks of, so that after any end the ledger says what the store holds. A source
counts as wholly read only when all that was handed on from it before is stored, too.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Sequence
from typing import Any

import duckdb

from dragoman.store import manifest
from dragoman.store.ledger import BEGUN, INPUTS, PROBLEM, READINGS, RECODED, WHOLE, Became, Input, Ledger, Reading
from dragoman.store.transactions import counted, insert, rows_as_arrow, transaction

Connection = duckdb.DuckDBPyConnection

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


class Log:
    """The ledger of one run. The run tells what it reads and hands on, the store when a batch of it is written."""

    def __init__(self, connection: Connection, run: manifest.RunRecord) -> None:
        self._connection = connection
        self.run = run
        self.ledger = Ledger(connection)
        run.id = manifest.next_id(connection, "runs")
        self._next_reading = manifest.next_id(connection, "readings")
        self._is_recorded = False
        self._doubtful = False
        self._begun: list[Reading] = []
        self._written_to = self._reached = self._next_reading - 1  # later readings have nothing in the store yet
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
        inputs = [row for item, one in zip(self._on_way, became, strict=False) if (row := item.row(one)) is not None]
        inputs += self._apart
        outcomes = {reading.id: outcome for _, reading, outcome in self._closable(len(became))}
        self._reached = max([self._written_to, *outcomes, *(row["reading"] for row in inputs)])
        begun = [reading.row(outcomes.get(reading.id, BEGUN)) for reading in self._begun if reading.id <= self._reached]
        insert(self._connection, "readings", rows_as_arrow(READINGS, begun))
        insert(self._connection, "inputs", rows_as_arrow(INPUTS, inputs))
        for _, reading, outcome in self._closable(len(became)):
            self._close(reading, outcome, changes)
        changes["recoded"] += sum(one.outcome == RECODED for one in became)
        manifest.update_run(self._connection, self.run, Counter({name: self.run.counts[name] + changes[name] for name in manifest.COUNTS}))
        self._changes = changes

    def _close(self, reading: Reading, outcome: str, changes: Counter[str]) -> None:
        if reading.id <= self._written_to:
            values = [reading.size, reading.modified, reading.sha256, outcome, reading.articles, reading.problems, reading.id]
            columns = "size = ?, modified = ?, sha256 = ?, outcome = ?, articles = ?, problems = ?"
            self._connection.execute(f"UPDATE readings SET {columns} WHERE id = ?", values)
        if reading.earlier and outcome == WHOLE:
            changes["problems"] -= counted(self._connection, SOLVED, [reading.path, reading.id, reading.id])

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
        self._written_to, self._apart = self._reached, []
        self._begun = [reading for reading in self._begun if reading.id > self._written_to]
        self.run.counts.update(self._changes)
        self._is_recorded = True
        self._doubtful = False

    def close(self, outcome: str, reason: str | None = None) -> None:
        """Notes how the run ended. What may or may not have been written, because an error came between, is not written again."""
        self.run.ended, self.run.outcome, self.run.reason = manifest.now(), outcome, reason
        if not self._doubtful:
            self.flush()
            return
        with transaction(self._connection):
            values = [self.run.ended, outcome, reason, self.run.id]
            self._connection.execute("UPDATE runs SET ended = ?, outcome = ?, reason = ? WHERE id = ?", values)
