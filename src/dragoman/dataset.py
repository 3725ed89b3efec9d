"""A store in Python. In: its file. Out: events, statements, articles, panels and answers to SQL, as records, Arrow, pandas or polars.

>>> data = dragoman.open("events.duckdb")
>>> data.events("JPN -> USA, 2024").pandas()
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from html import escape
from importlib import import_module
from itertools import islice
from pathlib import Path
from types import ModuleType, TracebackType
from typing import Any, Generic, TypeVar

import pyarrow as pa

from dragoman import asking, expecting
from dragoman.errors import DragomanError
from dragoman.quoting import Wanted
from dragoman.rows import arrow_table
from dragoman.schema import ArticleRecord, Coding, Event, Model, Statement
from dragoman.store.panel import Panel
from dragoman.write import coding_html, html_of
from dragoman.write.results import cell_of

Row = TypeVar("Row")
ROWS_SHOWN = 20  # in a notebook


class Result(Generic[Row]):
    """What was found: iterate over it for records, or take it whole as a table. It is looked up anew each time."""

    def __init__(self, records: Callable[[], Iterator[Row]], table: Callable[[], pa.Table]) -> None:
        self._records = records
        self._table = table

    def __iter__(self) -> Iterator[Row]:
        return self._records()

    def arrow(self) -> pa.Table:
        """A pyarrow Table; what is a record inside a record is a struct, a list a list."""
        return self._table()

    def pandas(self) -> Any:
        """A pandas DataFrame. DragomanError where pandas isn't installed."""
        needed("pandas")
        return self.arrow().to_pandas()

    def polars(self) -> Any:
        """A polars DataFrame. DragomanError where polars isn't installed."""
        return needed("polars").from_arrow(self.arrow())

    def _repr_html_(self) -> str:
        rows = list(islice(self, ROWS_SHOWN + 1))
        more = f"<p>… the first {ROWS_SHOWN} of more</p>" if len(rows) > ROWS_SHOWN else ""
        return rows_html(rows[:ROWS_SHOWN]) + more


class Story:
    """An article with its evidence marked, for a notebook."""

    def __init__(self, coding: Coding, text: str | None) -> None:
        self.coding = coding
        self.text = text

    def _repr_html_(self) -> str:
        return coding_html(self.coding, self.text)


class Dataset:
    """A store that is open for reading; any number of processes may have it open. StoreError for a file that is none."""

    def __init__(self, path: str | Path) -> None:
        self._store = asking.opened(Path(path))

    def __enter__(self) -> Dataset:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"dragoman.open({str(self._store.path)!r})"

    def close(self) -> None:
        self._store.close()

    def events(self, query: str = "", limit: int | None = None) -> Result[Event]:
        """Events in the order of date, article and place in the text. QueryError for a query not understood."""
        self._store.check(query)
        return Result(lambda: self._store.events(query, limit), lambda: self._store.event_batches(query, limit).read_all())

    def count(self, query: str = "") -> int:
        return self._store.count(query)

    def statements(self, speaker: str = "", kind: str = "", about: str = "", during: str = "") -> Result[Statement]:
        """Who said what, filtered as by ``dragoman quotes``: part of a name or a code, a kind, a word, a period of publication."""
        wanted = Wanted(speaker, kind, about, during)

        def found() -> Iterator[Statement]:
            return (one for coding in self._store.statements() for one in coding.statements if wanted.takes(one, coding.article))

        return Result(found, lambda: arrow_table(Statement, list(found())))

    def articles(self) -> Result[ArticleRecord]:
        """All articles in the order of publication."""
        return Result(self._store.articles, lambda: self._store.article_batches().read_all())

    def codings(self, query: str = "", limit: int | None = None) -> Iterator[Coding]:
        """All records article by article; with a query its events and the statements they rest on."""
        return self._store.codings(query, limit)

    def panel(self, by: str | Sequence[str] = "dyad,month", query: str = "", **layout: Any) -> Result[dict[str, Any]]:
        """Counts of events, one row a group; ``layout`` as for ``dragoman panel``: wide, score, fill, period ("2024"), undirected."""
        groups = tuple(part.strip() for part in by.split(",")) if isinstance(by, str) else tuple(by)
        options = {"wide": None, "score": False, "fill": False, "period": None, "undirected": False, **layout}
        panel: Panel = asking.layout(groups, **options)
        self._store.check(query)
        return self._rows(lambda: self._store.panel_batches(panel, query))

    def expectations(self, **wanted: str) -> Result[dict[str, Any]]:
        """What was expected and what became of it, one row each; ``wanted`` as for ``dragoman expectations``: due, between, by, kind,
        type, outcome, as_of. DragomanError for what there is not."""
        asked = expecting.Wanted(**wanted)
        return self._rows(lambda: expecting.expectations_table(expecting.found(self._store, asked)).to_reader())

    def ledger(self, least: int = 0, **wanted: str) -> Result[dict[str, Any]]:
        """By actor how many expectations were met, broken, lapsed and are open, and the rate kept; filtered in the same way."""
        asked = expecting.Wanted(**wanted)
        return self._rows(lambda: expecting.ledger_table(expecting.found(self._store, asked), least).to_reader())

    def sql(self, query: str) -> Result[dict[str, Any]]:
        """The rows of a query in SQL, which can only read this store. StoreError in one line for what is wrong in it."""
        self._store.sql(query)
        return self._rows(lambda: self._store.sql(query))

    def text(self, article_id: str) -> str | None:
        """The article as it was given; None if it was stored without its text."""
        return self._store.text(article_id)

    def story(self, article_id: str) -> Story:
        """The article for a notebook, its evidence marked. DragomanError for an id that is not there."""
        found = next(self._store.codings_of([article_id]), None)
        if found is None:
            raise DragomanError(f"no article {article_id!r} in {self._store.path}; .articles() has the ids")
        return Story(found, self.text(article_id))

    @staticmethod
    def _rows(batches: Callable[[], pa.RecordBatchReader]) -> Result[dict[str, Any]]:
        def rows() -> Iterator[dict[str, Any]]:
            return (row for batch in batches() for row in batch.to_pylist())

        return Result(rows, lambda: batches().read_all())


def needed(library: str) -> ModuleType:
    """A library that only some users have; it is loaded when asked for. DragomanError where it is missing."""
    try:
        return import_module(library)
    except ImportError as error:
        raise DragomanError(f"{library} isn't installed: pip install {library}; .arrow() needs nothing more") from error


def rows_html(rows: Sequence[Any]) -> str:
    """A table for records or for rows of any columns; all text escaped."""
    if not rows or isinstance(rows[0], Model):
        return html_of(rows)
    head = "".join(f"<th>{escape(name)}</th>" for name in rows[0])
    body = "".join(f"<tr>{''.join(f'<td>{escape(cell_of(value))}</td>' for value in row.values())}</tr>" for row in rows)
    return f'<table class="dragoman rows"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'
