"""The store. In: codings, appended exactly once each. Out: the same records again, chosen by a query, and counts of them."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import Any

from dragoman.schema import ArticleRecord, Coding, Event, Problem
from dragoman.store import manifest, reading, writing
from dragoman.store.checks import Fault, structural_faults
from dragoman.store.conditions import TRUE, Condition
from dragoman.store.database import canonical_tables, layout_of, opened
from dragoman.store.errors import StoreError
from dragoman.store.locking import give_up
from dragoman.store.log import Log
from dragoman.store.migrations import LAYOUT, LAYOUTS
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
        self._log: Log | None = None

    def __enter__(self) -> Store:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        if self._log is not None:
            with suppress(StoreError):
                self._log.close(manifest.WHOLE)
            self._log = None
        self._connection.close()
        if not self.readonly:
            give_up(self.path)

    def log(self, run: manifest.RunRecord) -> Log:
        """A ledger for a run that fills this store; ``add`` takes it."""
        return Log(self._connection, run)

    def _own_log(self) -> Log:
        """The ledger of what is added without one of its own, from Python: a run as long as the store is open."""
        if self._log is None:
            self._log = self.log(manifest.RunRecord())
        return self._log

    def runs(self) -> Iterator[manifest.RunRecord]:
        """What filled the store, first to last: with which versions and options, how many records, and how it ended."""
        return manifest.runs(self._connection)

    def add(self, codings: Iterable[Traced], log: Log | None = None) -> Added:
        """Appends codings, with the article's text where it comes along as ``(coding, text)``.

        An article whose id is there already is left out; if its text is another one, a problem is stored in its place. A coding
        without an article leaves its problems. Articles are stored whole or not at all, in batches; when the iterable raises, what
        it gave before is stored.
        """
        log = log or self._own_log()
        added, batch, began = Added(), list[Traced](), time.monotonic()
        try:
            for coding in codings:
                batch.append(coding)
                if len(batch) == BATCH or time.monotonic() - began > BATCH_SECONDS:
                    full, batch, began = batch, [], time.monotonic()
                    added = writing.sum_of(added, writing.add_batch(self._connection, full, log))
        finally:
            if batch:
                added = writing.sum_of(added, writing.add_batch(self._connection, batch, log))
        return added

    def add_problems(self, problems: Iterable[Problem]) -> int:
        """Stores problems that belong to no coding, such as a file that could not be read; how many were not there already."""
        return writing.add_problems(self._connection, list(problems), self._own_log())

    def known(self, article_ids: Sequence[str] | None = None) -> dict[str, str]:
        """SHA-256 of the text of the articles that are there, by id: of all, or of those asked for."""
        return writing.known(self._connection, article_ids)

    def text(self, article_id: str) -> str | None:
        """The article as it was given; None if it was stored without its text."""
        found = reading.rows(self._connection, "SELECT text FROM texts WHERE article_id = ?", [article_id])
        return next((str(text) for (text,) in found), None)

    def codings_by_id(self) -> Iterator[Coding]:
        """Codings in the order of their articles' ids; last the problems that belong to no article."""
        return reading.whole_codings(self._connection, reading.BY_ID)

    def with_texts(self) -> Iterator[tuple[Coding, str | None]]:
        """All codings with their texts, as ``codings`` gives them."""
        codings = self.codings()
        while page := list(islice(codings, reading.PAGE)):
            found = reading.texts(self._connection, [coding.article.id for coding in page if coding.article])
            yield from ((coding, found.get(coding.article.id) if coding.article else None) for coding in page)

    def structural_faults(self) -> Iterator[Fault]:
        """What in the tables does not fit together."""
        wanted = canonical_tables(self._connection) if self.note_on_layout() is None else {}
        return structural_faults(self._connection, wanted)

    def events(self, query: str = "", limit: int | None = None) -> Iterator[Event]:
        """Events in the order of date (undated last), article and place in the text. QueryError for a query not understood."""
        return reading.records(self._connection, Event, self._asked(query), reading.BY_DATE, limit)

    def count(self, query: str = "") -> int:
        """How many events the query finds."""
        condition = self._asked(query)
        found = reading.rows(self._connection, f"SELECT count(*) FROM events WHERE {condition.sql}", condition.parameters)
        return sum(int(count) for (count,) in found)

    def count_articles(self) -> int:
        """How many articles there are."""
        return sum(int(count) for (count,) in reading.rows(self._connection, "SELECT count(*) FROM articles"))

    def note_on_layout(self) -> str | None:
        """What a person should know about a store of an older dragoman."""
        layout = layout_of(self._connection) or LAYOUT
        if layout == LAYOUT:
            return None
        return f"layout {layout}, of an older dragoman, without: {'; '.join(LAYOUTS[n] for n in range(layout + 1, LAYOUT + 1))}"

    def articles(self) -> Iterator[ArticleRecord]:
        """All articles in the order of publication (undated last) and id."""
        return reading.records(self._connection, ArticleRecord, TRUE, reading.BY_PUBLICATION)

    def problems(self) -> Iterator[Problem]:
        """All problems, by article (none last), source and stage."""
        return reading.records(self._connection, Problem, TRUE, reading.BY_SOURCE)

    def codings(self, query: str = "", limit: int | None = None) -> Iterator[Coding]:
        """Codings in the order of ``articles``; last the problems that belong to no article.

        With a query or limit: only the events that are asked for, and the statements they rest on.
        """
        if not query.strip() and limit is None:
            return reading.whole_codings(self._connection)
        return reading.codings_of_events(self._connection, reading.first_events(self._asked(query), limit))

    def statements(self) -> Iterator[Coding]:
        """Codings with the statements of each article and nothing else, in the order of ``articles``."""
        return reading.codings_of_statements(self._connection, TRUE)

    def panel(self, by: Sequence[str] = ("dyad", "month"), query: str = "") -> list[dict[str, Any]]:
        """Counts of events, one row a group in order: the columns of ``by`` (dyad gives actor and recipient), then ``events``.

        Groups: dyad, actor, recipient (countries), type, quad, day, month, year (of the event's date). QueryError for another.
        """
        columns, condition = columns_of(by), self._asked(query)
        found = reading.rows(self._connection, panel_sql(columns, condition), condition.parameters)
        return [dict(zip([*columns, COUNT], row, strict=True)) for row in found]

    def _asked(self, query: str) -> Condition:
        return parsed(query, self.country_of, reading.types_in(self._connection) if query.strip() else ())
