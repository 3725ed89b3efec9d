"""What is asked of a store, for the command line and for Python. In: a store's file and a question. Out: records or counts, written."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from dragoman import knowledge, write
from dragoman.merging.asking import warn_if_stale, write_merged
from dragoman.store import Store
from dragoman.store.errors import QueryError
from dragoman.store.merged import UNIT_EVENT, UNIT_REPORT
from dragoman.store.panel import PLAIN, Panel, Wide
from dragoman.store.query import days_of
from dragoman.write import results


class Written(NamedTuple):
    """How much was written."""

    articles: int
    events: int


def opened(store: Path) -> Store:
    """The store, read-only, with names of countries for queries."""
    return Store(store, readonly=True, country_of=country_of)


def country_of(name: str) -> str | None:
    """The code of a country that is named; what is known of the world is loaded for the first one."""
    return knowledge.load().place_country(name)


def count(store: Path, question: str, unit: str, one_a_day: bool) -> int:
    with opened(store) as there:
        warn_if_stale(there, unit)
        return there.count(question, unit, one_a_day)


def export(
    store: Path,
    question: str,
    format: str | None,
    out: Path | None,
    limit: int | None = None,
    unit: str = UNIT_REPORT,
    one_a_day: bool = False,
) -> Written:
    """Writes what a query finds, or everything. DragomanError, before a file is made, for a query that is not understood."""
    articles = events = 0
    with opened(store) as there:
        warn_if_stale(there, unit)
        if unit == UNIT_EVENT and write_merged(there.merged(question, limit, one_a_day), format, out):
            return Written(articles, events)
        codings = there.codings(question, limit, unit, one_a_day)
        with write.opened(format, out) as writer:
            for coding in codings:
                writer.write(coding)
                articles += coding.article is not None
                events += len(coding.events)
    return Written(articles, events)


def answer_sql(store: Path, query: str, format: str | None, out: Path | None) -> None:
    results.format_of(format, out)
    with opened(store) as there:
        results.write_rows(there.sql(query), format, out)


def layout(by: tuple[str, ...], wide: str | None, score: bool, fill: bool, period: str | None, undirected: bool) -> Panel:
    """A panel as it is asked for in words. QueryError for what does not fit."""
    columns: dict[str, Wide] = {"type": "type", "quad": "quad"}
    if wide is not None and wide not in columns:
        raise QueryError(wide, "columns can be made of type or quad, not of", PLAIN)
    within = days_of(period) if period else None
    filled = fill or within is not None
    return Panel(by, columns[wide] if wide else None, score, filled, within, undirected)


def panel(
    store: Path, layout: Panel, question: str, format: str | None, out: Path | None, unit: str = UNIT_REPORT, one_a_day: bool = False
) -> None:
    results.format_of(format, out)
    with opened(store) as there:
        warn_if_stale(there, unit)
        results.write_rows(there.panel_batches(layout, question, unit, one_a_day), format, out)
