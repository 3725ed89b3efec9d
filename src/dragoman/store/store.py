"""The store. In: codings, appended exactly once each. Out: the same records again, chosen by a query, and counts of them."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import Any

import duckdb
import pyarrow as pa

from dragoman.schema import ArticleRecord, Coding, Event, MergedEvent, Problem
from dragoman.store import manifest, merged, paging, reading, sql, writing
from dragoman.store.checks import Fault, structural_faults
from dragoman.store.conditions import TRUE, Condition, all_of, dated
from dragoman.store.database import canonical_tables, layout_of, opened
from dragoman.store.errors import QueryError, StoreError
from dragoman.store.locking import give_up
from dragoman.store.log import Log
from dragoman.store.merged import UNIT_EVENT, UNIT_REPORT
from dragoman.store.migrations import LAYOUT, LAYOUTS
from dragoman.store.panel import Panel, headings, panel_sql, size_sql
from dragoman.store.query import CountryOf, parsed
from dragoman.store.writing import Added, Traced

BATCH = 256  # articles in one transaction
FILLED_ROWS = 20_000_000  # a panel of a thousand dyads over fifty years of days; more is a slip, such as a date in the year 1
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

    @property
    def connection(self) -> duckdb.DuckDBPyConnection:
        """The file's tables, for what is made of them as a whole."""
        return self._connection

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

    def events(self, query: str = "", limit: int | None = None, unit: str = UNIT_REPORT, one_a_day: bool = False) -> Iterator[Event]:
        """Events in the order of date (undated last), article and place in the text. QueryError for a query not understood.

        With the unit ``event`` each event once, as the report has it that says most (StoreError before the first ``dragoman merge``);
        ``one_a_day`` leaves one event a day, pair of sides and type.
        """
        return reading.events_by_date(self._connection, self._asked(query, unit, one_a_day), limit)

    def page(self, model: type[reading.Kind], where: Condition, limit: int, cursor: str | None = None) -> paging.Page[reading.Kind]:
        """Records of a kind that fulfil a condition, a page of them. StoreError for a cursor that no such page gave."""
        return paging.page(self._connection, model, where, limit, cursor)

    def event_page(self, query: str, limit: int, cursor: str | None = None, unit: str = UNIT_REPORT) -> paging.Page[Event]:
        """Events in the order of date (undated last), a page of them. QueryError for a query not understood."""
        return self.page(Event, self._asked(query, unit), limit, cursor)

    def merged(self, query: str = "", limit: int | None = None, one_a_day: bool = False) -> Iterator[MergedEvent]:
        """Each event once, with its reports, publications and disagreements; the query asks about the report that says most."""
        return merged.events(self._connection, self._asked(query, UNIT_EVENT, one_a_day), limit)

    def check(self, query: str) -> None:
        """QueryError for a query not understood, before it is asked."""
        self._asked(query)

    def count(self, query: str = "", unit: str = UNIT_REPORT, one_a_day: bool = False) -> int:
        """How many events the query finds."""
        condition = self._asked(query, unit, one_a_day)
        sql = f"SELECT count(*) FROM {reading.looked_up(self._connection)} WHERE {condition.sql}"
        found = reading.rows(self._connection, sql, condition.parameters)
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

    def codings(self, query: str = "", limit: int | None = None, unit: str = UNIT_REPORT, one_a_day: bool = False) -> Iterator[Coding]:
        """Codings in the order of ``articles``; last the problems that belong to no article.

        With a query or limit: only the events that are asked for, and the statements they rest on.
        """
        if not query.strip() and limit is None and unit == UNIT_REPORT and not one_a_day:
            return reading.whole_codings(self._connection)
        return reading.codings_of_events(self._connection, self._asked(query, unit, one_a_day), limit)

    def codings_of(self, article_ids: Sequence[str]) -> Iterator[Coding]:
        """Whole codings of the articles with these ids, in the order of ``articles``."""
        return reading.codings_where(self._connection, Condition("id IN (SELECT unnest(?))", (tuple(article_ids),)))

    def ids(self, beginning: str, limit: int) -> list[str]:
        """The first ids of articles that begin so."""
        sql = "SELECT id FROM articles WHERE starts_with(id, ?) ORDER BY id LIMIT ?"
        return [found for (found,) in reading.rows(self._connection, sql, [beginning, limit])]

    def statements(self) -> Iterator[Coding]:
        """Codings with the statements of each article and nothing else, in the order of ``articles``."""
        return reading.codings_of_statements(self._connection, TRUE)

    def panel(
        self,
        by: Sequence[str] = ("dyad", "month"),
        query: str = "",
        unit: str = UNIT_REPORT,
        one_a_day: bool = False,
        **layout: Any,
    ) -> list[dict[str, Any]]:
        """Counts of events, one row a group in order: the columns of ``by`` (dyad gives actor and recipient), then ``events``.

        Groups: dyad, actor, recipient, country (on either side), type, quad, and day, week, month, quarter, year of the event's
        date. ``layout`` is what ``Panel`` takes: wide, score, fill, period, undirected, roles. QueryError for what does not fit.
        """
        return [row for batch in self.panel_batches(Panel(tuple(by), **layout), query, unit, one_a_day) for row in batch.to_pylist()]

    def panel_batches(self, panel: Panel, query: str = "", unit: str = UNIT_REPORT, one_a_day: bool = False) -> pa.RecordBatchReader:
        """The same as Arrow batches. QueryError for a panel of more than ``FILLED_ROWS``, most of them zeros."""
        types, events = reading.types_in(self._connection), reading.looked_up(self._connection)
        condition = self._asked(query, unit, one_a_day)
        if panel.period:
            condition = all_of([condition, dated(*panel.period)])
        if panel.fill:
            [(size,)] = reading.rows(self._connection, size_sql(panel, condition, types, events), condition.parameters)
            if size > FILLED_ROWS:
                raise QueryError(",".join(panel.by), f"zeros filled in would make {size:,} rows; choose a period, or a longer unit than")
        found = reading.batches(self._connection, panel_sql(panel, condition, types, events), condition.parameters)
        return renamed(found, headings(panel, types))

    def sql(self, query: str) -> pa.RecordBatchReader:
        """The rows of a query in SQL, as Arrow batches. StoreError for what is wrong in it, and for a store open for writing."""
        if not self.readonly:
            raise StoreError(f"SQL is only run on a store that cannot be written: open {self.path} with readonly=True")
        return sql.answered(self._connection, query)

    def event_batches(self, query: str = "", limit: int | None = None) -> pa.RecordBatchReader:
        """The rows of ``events`` as Arrow batches."""
        return reading.record_batches(self._connection, Event, self._asked(query), reading.BY_DATE, limit)

    def article_batches(self) -> pa.RecordBatchReader:
        """The rows of ``articles`` as Arrow batches."""
        return reading.record_batches(self._connection, ArticleRecord, TRUE, reading.BY_PUBLICATION, None)

    def _asked(self, query: str, unit: str = UNIT_REPORT, one_a_day: bool = False) -> Condition:
        asked = parsed(query, self.country_of, reading.types_in(self._connection) if query.strip() else ())
        chosen = all_of([asked, stands]) if (stands := merged.unit_condition(self._connection, unit, self.path)) else asked
        return merged.one_a_day(chosen, reading.looked_up(self._connection)) if one_a_day else chosen


def renamed(reader: pa.RecordBatchReader, names: Sequence[str]) -> pa.RecordBatchReader:
    """The same columns under other names."""
    schema = pa.schema([field.with_name(name) for field, name in zip(reader.schema, names, strict=True)])
    return pa.RecordBatchReader.from_batches(schema, (pa.RecordBatch.from_arrays(batch.columns, schema=schema) for batch in reader))
