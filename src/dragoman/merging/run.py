"""One call of ``dragoman merge``. In: a store. Out: the same store merged, and how many stories and events there are."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import NamedTuple

import duckdb

from dragoman import interrupts
from dragoman.merging import events, tellings, texts
from dragoman.store import Store, StoreError
from dragoman.store.merged import make_tables
from dragoman.store.reading import rows
from dragoman.store.transactions import transaction

Step = Callable[[int, str], None]

LIMITS = ("40MB", "80MB", "160MB")  # of DuckDB's own memory: what is merged is read page by page, and hardly twice
ALONE = {"threads": "1"}
QUIET = {"enable_progress_bar": "false"}  # which DuckDB shows wherever it takes a person to be watching: ``on_step`` says how far it is


class Merged(NamedTuple):
    """What a store holds once it is merged; ``articles`` and ``reports`` are all, ``new`` what this run compared."""

    articles: int
    stories: int
    reports: int
    events: int
    new: int
    forgotten: bool = False


def merge(store: Store, on_step: Step = lambda done, what: None) -> Merged:
    """Finds copies among the articles and reports of the same event, of those that came since the last time.

    What is stored afterwards depends on the articles alone, not on how many calls they came in. ``on_step`` is told how much was done
    of ``total_of``, and of what. An interruption loses one batch of articles, or the events of this run.
    """
    connection = store.connection
    with transaction(connection):
        make_tables(connection)
    forgotten = texts.forget_if_changed(connection)
    new = texts.waiting(connection)
    with meanwhile(connection, QUIET):
        compare_in_little_memory(connection, on_step)
    return counted(store, new, forgotten)


def compare_in_little_memory(connection: duckdb.DuckDBPyConnection, on_step: Step) -> None:
    """With as little memory as is enough; where it is not, goes on from what is done with more, at last with the limits of the store."""
    for limit in LIMITS:
        try:
            with meanwhile(connection, {**ALONE, "memory_limit": limit}):
                compare(connection, on_step)
            return
        except StoreError as error:
            if not isinstance(error.__cause__, duckdb.OutOfMemoryException):
                raise
    compare(connection, on_step)


def compare(connection: duckdb.DuckDBPyConnection, on_step: Step) -> None:
    """Articles in portions, each in a transaction of its own, and then what they tell, in one."""
    while done := texts.merge_batch(connection):
        interrupts.check()
        on_step(done, "articles")
    with transaction(connection):
        first_new = events.first_number(connection)
        first_telling = tellings.first_number(connection)
        for _ in events.date_new(connection):
            interrupts.check()
        for _ in tellings.note_tellings(connection):
            interrupts.check()
        for done in events.link_new(connection, first_new, first_telling):
            interrupts.check()
            on_step(done, "events")
        for _ in events.cluster(connection, first_new):
            interrupts.check()
        for _ in tellings.write_retold(connection):
            interrupts.check()


@contextmanager
def meanwhile(connection: duckdb.DuckDBPyConnection, settings: Mapping[str, str]) -> Iterator[None]:
    """Settings of DuckDB, such as to hold little and go to disk for more; a connection that holds more already keeps its limits."""
    before = {name: connection.execute(f"SELECT current_setting('{name}')").fetchall()[0][0] for name in settings}
    try:
        with suppress(duckdb.Error):
            for name, value in settings.items():
                connection.execute(f"SET {name} = '{value}'")
        yield
    finally:
        for name, value in before.items():
            connection.execute(f"SET {name} = '{value}'")


def total_of(store: Store) -> int:
    """Steps that a merge of this store takes at the least: articles and events that were not compared yet."""
    with transaction(store.connection):
        make_tables(store.connection)
    return texts.waiting(store.connection) + events.waiting(store.connection)


def counted(store: Store, new: int, forgotten: bool) -> Merged:
    sql = """
        SELECT (SELECT count(*) FROM articles),
        (SELECT count(*) FROM articles) - (SELECT count(*) FROM copies) + (SELECT count(DISTINCT story) FROM copies),
        (SELECT count(*) FROM events),
        (SELECT count(*) FROM events) - (SELECT count(*) FROM merge_members) + (SELECT count(*) FROM merged_events)
    """
    ((articles, stories, reports, merged),) = rows(store.connection, sql)
    return Merged(articles, stories, reports, merged, new, forgotten)
