"""The store. In: codings, appended exactly once each. Out: the same records again, chosen by a query, and counts of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple, TypeAlias, TypeVar

import duckdb
import pyarrow as pa

from dragoman.columns import fields_of, quoted
from dragoman.schema import RECORDS, ArticleRecord, Coding, Event, Expectation, Model, Problem, Relation, Statement
from dragoman.store import conditions
from dragoman.store.conditions import Condition
from dragoman.store.database import opened
from dragoman.store.errors import StoreError
from dragoman.store.panel import COUNT, columns_of, panel_sql
from dragoman.store.query import CountryOf, parsed
from dragoman.store.rows import arrow_table, record_of, without_surrogates

Kind = TypeVar("Kind", bound=Model)
Traced: TypeAlias = Coding | tuple[Coding, str]

BATCH = 256  # articles in one transaction
PAGE = 1000  # rows fetched at once
IN_ORDER = "date.value NULLS LAST, article_id, trigger.start, id"
TEXT_SCHEMA = pa.schema([("article_id", pa.string()), ("text", pa.string())])


class Added(NamedTuple):
    """What ``Store.add`` did: stored articles and events, articles left out because their id was there already, problems stored."""

    articles: int = 0
    events: int = 0
    skipped: int = 0
    problems: int = 0

    def __add__(self, other: Added) -> Added:  # type: ignore[override]
        return Added(*(mine + theirs for mine, theirs in zip(self, other, strict=True)))


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

    def close(self) -> None:
        self._connection.close()

    # writing

    def add(self, codings: Iterable[Traced]) -> Added:
        """Appends codings, with the article's text where it comes along as ``(coding, text)``.

        An article whose id is there already is left out; if its text is another one, a problem is stored in its place. Articles
        are stored whole or not at all, in batches; when the iterable raises, what it gave before is stored.
        """
        added, batch = Added(), list[Traced]()
        try:
            for coding in codings:
                batch.append(coding)
                if len(batch) == BATCH:
                    full, batch = batch, []
                    added += self._add_batch(full)
        finally:
            if batch:
                added += self._add_batch(batch)
        return added

    def add_problems(self, problems: Iterable[Problem]) -> int:
        """Stores problems that belong to no coding, such as a file that could not be read; how many were not there already."""
        return self._in_transaction(lambda cursor: insert_problems(cursor, list(problems)))

    # reading

    def known(self, article_ids: Sequence[str] | None = None) -> dict[str, str]:
        """SHA-256 of the text of the articles that are there, by id: of all, or of those asked for."""
        if article_ids is None:
            return dict(self._rows("SELECT id, sha256 FROM articles ORDER BY id"))
        return dict(self._rows("SELECT id, sha256 FROM articles WHERE id IN (SELECT unnest(?))", [list(article_ids)]))

    def text(self, article_id: str) -> str | None:
        """The article as it was given; None if it was stored without its text."""
        row = next(self._rows("SELECT text FROM texts WHERE article_id = ?", [article_id]), None)
        return str(row[0]) if row else None

    def events(self, query: str = "", limit: int | None = None) -> Iterator[Event]:
        """Events in the order of date (undated last), article and place in the text. QueryError for a query not understood."""
        return self._records(Event, self._asked(query), IN_ORDER, limit)

    def count(self, query: str = "") -> int:
        """How many events the query finds."""
        condition = self._asked(query)
        return int(next(self._rows(f"SELECT count(*) FROM events WHERE {condition.sql}", condition.parameters))[0])

    def articles(self) -> Iterator[ArticleRecord]:
        """All articles in the order of publication (undated last) and id."""
        return self._records(ArticleRecord, conditions.TRUE, "published.value NULLS LAST, id")

    def problems(self) -> Iterator[Problem]:
        return self._records(Problem, conditions.TRUE, "article_id NULLS LAST, source NULLS LAST, stage, message")

    def codings(self, query: str = "") -> Iterator[Coding]:
        """Whole codings in the order of ``articles``. With a query: only events that it finds, and the statements they rest on."""
        condition = self._asked(query)
        return (self._coding(article, condition) for article in self._articles_with(query, condition))

    def panel(self, by: Sequence[str] = ("dyad", "month"), query: str = "") -> list[dict[str, Any]]:
        """Counts of events, one row a group in order: the columns of ``by`` (dyad gives actor and recipient), then ``events``.

        Groups: dyad, actor, recipient (countries), type, quad, day, month, year (of the event's date). QueryError for another.
        """
        columns, condition = columns_of(by), self._asked(query)
        rows = self._rows(panel_sql(columns, condition), condition.parameters)
        return [dict(zip([*columns, COUNT], row, strict=True)) for row in rows]

    # the way there and back

    def _asked(self, query: str) -> Condition:
        return parsed(query, self.country_of)
