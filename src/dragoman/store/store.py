"""The store. In: codings, appended exactly once each. Out: the same records again, chosen by a query, and counts of them."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any

import duckdb

from dragoman.schema import ArticleRecord, Coding, Event, MergedEvent, Problem
from dragoman.store import merged, reading, writing
from dragoman.store.conditions import TRUE, Condition, all_of
from dragoman.store.database import opened
from dragoman.store.merged import UNIT_EVENT, UNIT_REPORT
from dragoman.store.panel import COUNT, columns_of, panel_sql
from dragoman.store.query import CountryOf, parsed
from dragoman.store.writing import Added, Traced

BATCH = 256  # articles in one transaction
BATCH_SECONDS = 5.0  # after which it is ended all the same, so that a machine that goes down takes little with it


class Store:
    """A DuckDB file of records: ``with Store("events.duckdb") as store: store.add(codings)``.

    It is made where there is none; ``readonly`` lets several processes look at it at once. StoreError says what is wrong with a file
    and what to do. ``country_of`` gives the code of a country's name, so that queries may use names.
    """

    def __init__(self, path: str | Path, readonly: bool = False, country_of: CountryOf | None = None) -> None:
        self.path = Path(path)
        self.readonly = readonly
        self.country_of = country_of
        self._connection = opened(self.path, readonly)

    def __enter__(self) -> Store:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    @property
    def connection(self) -> duckdb.DuckDBPyConnection:
        """The file's tables, for what is made of them as a whole."""
        return self._connection

    def close(self) -> None:
        self._connection.close()

    def add(self, codings: Iterable[Traced]) -> Added:
        """Appends codings, with the article's text where it comes along as ``(coding, text)``.

        An article whose id is there already is left out; if its text is another one, a problem is stored in its place. A coding
        without an article leaves its problems. Articles are stored whole or not at all, in batches; when the iterable raises, what
        it gave before is stored.
        """
        added, batch, began = Added(), list[Traced](), time.monotonic()
        try:
            for coding in codings:
                batch.append(coding)
                if len(batch) == BATCH or time.monotonic() - began > BATCH_SECONDS:
                    full, batch, began = batch, [], time.monotonic()
                    added = writing.sum_of(added, writing.add_batch(self._connection, full))
        finally:
            if batch:
                added = writing.sum_of(added, writing.add_batch(self._connection, batch))
        return added

    def add_problems(self, problems: Iterable[Problem]) -> int:
        """Stores problems that belong to no coding, such as a file that could not be read; how many were not there already."""
        return writing.add_problems(self._connection, list(problems))

    def known(self, article_ids: Sequence[str] | None = None) -> dict[str, str]:
        """SHA-256 of the text of the articles that are there, by id: of all, or of those asked for."""
        return writing.known(self._connection, article_ids)

    def text(self, article_id: str) -> str | None:
        """The article as it was given; None if it was stored without its text."""
        found = reading.rows(self._connection, "SELECT text FROM texts WHERE article_id = ?", [article_id])
        return next((str(text) for (text,) in found), None)

    def events(self, query: str = "", limit: int | None = None, unit: str = UNIT_REPORT, one_a_day: bool = False) -> Iterator[Event]:
        """Events in the order of date (undated last), article and place in the text. QueryError for a query not understood.

        With the unit ``event`` each event once, as the report has it that says most (StoreError before the first ``dragoman merge``);
        ``one_a_day`` leaves one event a day, pair of sides and type.
        """
        return reading.records(self._connection, Event, self._asked(query, unit, one_a_day), reading.BY_DATE, limit)

    def merged(self, query: str = "", limit: int | None = None, one_a_day: bool = False) -> Iterator[MergedEvent]:
        """Each event once, with its reports, publications and disagreements; the query asks about the report that says most."""
        return merged.events(self._connection, self._asked(query, UNIT_EVENT, one_a_day), limit)

    def count(self, query: str = "", unit: str = UNIT_REPORT, one_a_day: bool = False) -> int:
        """How many events the query finds."""
        condition = self._asked(query, unit, one_a_day)
        found = reading.rows(self._connection, f"SELECT count(*) FROM events WHERE {condition.sql}", condition.parameters)
        return sum(int(count) for (count,) in found)

    def articles(self) -> Iterator[ArticleRecord]:
        """All articles in the order of publication (undated last) and id."""
        return reading.records(self._connection, ArticleRecord, TRUE, reading.BY_PUBLICATION)

    def problems(self) -> Iterator[Problem]:
        """All problems, by article (none last), source and stage."""
        return reading.records(self._connection, Problem, TRUE, reading.BY_SOURCE)

    def codings(self, query: str = "", limit: int | None = None, unit: str = UNIT_REPORT, one_a_day: bool = False) -> Iterator[Coding]:
        """Codings in the order of ``articles``; last the problems that belong to no article.

        With a query or limit: only the events that are asked for, and the statements they rest on.
        """
        if not query.strip() and limit is None and unit == UNIT_REPORT and not one_a_day:
            return reading.whole_codings(self._connection)
        return reading.codings_of_events(self._connection, reading.first_events(self._asked(query, unit, one_a_day), limit))

    def statements(self) -> Iterator[Coding]:
        """Codings with the statements of each article and nothing else, in the order of ``articles``."""
        return reading.codings_of_statements(self._connection, TRUE)

    def panel(
        self, by: Sequence[str] = ("dyad", "month"), query: str = "", unit: str = UNIT_REPORT, one_a_day: bool = False
    ) -> list[dict[str, Any]]:
        """Counts of events, one row a group in order: the columns of ``by`` (dyad gives actor and recipient), then ``events``.

        Groups: dyad, actor, recipient (countries), type, quad, day, month, year (of the event's date). QueryError for another.
        """
        columns, condition = columns_of(by), self._asked(query, unit, one_a_day)
        found = reading.rows(self._connection, panel_sql(columns, condition), condition.parameters)
        return [dict(zip([*columns, COUNT], row, strict=True)) for row in found]

    def _asked(self, query: str, unit: str = UNIT_REPORT, one_a_day: bool = False) -> Condition:
        asked = parsed(query, self.country_of, reading.types_in(self._connection) if query.strip() else ())
        chosen = all_of([asked, stands]) if (stands := merged.unit_condition(self._connection, unit, self.path)) else asked
        return merged.one_a_day(chosen) if one_a_day else chosen
