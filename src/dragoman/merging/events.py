"""Reports of the same event in a store. In: events that were not compared yet. Out: links, and rows of ``merged_events``."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

import duckdb
import numpy as np
import numpy.typing as npt
import pyarrow as pa

from dragoman.columns import fields_of, quoted
from dragoman.merge.alike import REACH
from dragoman.merge.grouping import Link, Roots, clusters_over
from dragoman.merge.reports import Report, Timed, days_of, report_of
from dragoman.merge.summing import Member, merged
from dragoman.merge.window import Dated, Kind, Pair, Window
from dragoman.merging.tellings import NUMBERED, PUBLISHED, looked_up, tellings_between
from dragoman.rows import record_of
from dragoman.schema import Event, MergedEvent, Source
from dragoman.store.merged import append, replace
from dragoman.store.transactions import GIVEN, changed, counted, insert

Connection = duckdb.DuckDBPyConnection
Record = TypeVar("Record", Event, Timed)
Numbers = npt.NDArray[np.int32]
PAGE = 2_000  # events that are in memory at once
LINKS = 20_000  # of whole groups that are in memory at once; one large group may have more
A_REPORT = 10  # links take as much memory as a report
READ = 20_000  # links of which only the numbers are in memory at once
TOGETHER = 0.5  # mean strength of the links between all reports of an event; measured with tests/merge/copies_and_events.py events

COLUMNS = {model: ", ".join(quoted(name) for name in fields_of(model)) for model in (Event, Timed)}
WAITING = "merge_waiting"
NOTE_WAITING = f"""
    CREATE OR REPLACE TEMP TABLE {WAITING} AS
    SELECT rowid AS place FROM events e WHERE NOT EXISTS (FROM merge_dates d WHERE d.event_id = e.id)
"""
NEXT = f"SELECT place FROM {WAITING} WHERE place > ? ORDER BY place LIMIT {PAGE}"
TIMED = f"SELECT {COLUMNS[Timed]} FROM events WHERE rowid IN (SELECT unnest(?))"
EVENTS = f"SELECT {COLUMNS[Event]} FROM events WHERE id IN (SELECT unnest(?))"  # to sort or join such rows would take much memory
SOURCES = "SELECT id, coalesce(publication, agency), published.value FROM articles WHERE id IN (SELECT unnest(?))"
STORIES = "SELECT article_id, story, role FROM copies WHERE article_id IN (SELECT unnest(?))"
DAYS = f"""
    WITH told AS (
        SELECT first, number >= $events AS is_new FROM merge_dates UNION ALL SELECT first, number >= $tellings FROM merge_tellings
    )
    SELECT first, count(*) FROM told
    WHERE first IN (SELECT DISTINCT first + step FROM told, range(-{REACH}, {REACH + 1}) AS steps(step) WHERE is_new)
    GROUP BY first ORDER BY first
"""
BETWEEN = "SELECT event_id, number FROM merge_dates WHERE first BETWEEN ? AND ?"
PAGED = "merge_paged"
SORT_LINKS = f"""
    CREATE OR REPLACE TEMP TABLE {PAGED} AS
    SELECT page, one, other, strength FROM merge_links JOIN {GIVEN} ON number = one ORDER BY page
"""  # so that a page is read without passing over all links
LINKS_OF_PAGE = f"SELECT one, other, strength FROM {PAGED} WHERE page = ? ORDER BY one, other"


def waiting(connection: Connection) -> int:
    """How many events were not compared yet."""
    return counted(connection, "SELECT count(*) FROM events e WHERE NOT EXISTS (FROM merge_dates d WHERE d.event_id = e.id)")


def first_number(connection: Connection) -> int:
    return counted(connection, "SELECT coalesce(max(number) + 1, 0) FROM merge_dates")


def fetched(connection: Connection, sql: str, parameters: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
    """The rows of a query inside of the transaction that is open; a cursor of its own would not see what that has written."""
    return connection.execute(sql, list(parameters)).fetchall()


def date_new(connection: Connection) -> Iterator[int]:
    """Notes from which day on each of the events that came may have been; yields how many. The caller holds the transaction."""
    connection.execute(NOTE_WAITING)
    number, last = first_number(connection), -1
    while places := [place for (place,) in fetched(connection, NEXT, [last])]:
        batch = records_of(connection, Timed, TIMED, places)
        published = published_of(connection, batch)
        found = ((event, days_of(event, published[event.article_id])[0]) for event in batch)
        append(connection, "merge_dates", [{"number": n, "event_id": e.id, "first": day} for n, (e, day) in enumerate(found, number)])
        number, last = number + len(batch), places[-1]
        yield len(batch)
    connection.execute(f"DROP TABLE {WAITING}")


def events_of(connection: Connection, names: list[str]) -> list[Event]:
    """The events with these ids, by id."""
    return sorted(records_of(connection, Event, EVENTS, names), key=lambda event: event.id)


def records_of(connection: Connection, model: type[Record], sql: str, asked: list[Any]) -> list[Record]:
    """The rows that a query asks for by a list, as records."""
    names = list(fields_of(model))
    return [record_of(model, dict(zip(names, columns, strict=True))) for columns in fetched(connection, sql, [asked])]


def published_of(connection: Connection, events: Sequence[Event] | Sequence[Timed]) -> dict[str, str | None]:
    return looked_up(connection, PUBLISHED, {event.article_id for event in events})


class Found:
    """Pairs of numbers with a strength, as few bytes as they need, for a table."""

    def __init__(self, one: str, other: str) -> None:
        self._names = one, other, "strength"
        self._ones, self._others, self._strengths = array("i"), array("i"), array("d")

    def add(self, pairs: Iterable[Pair]) -> None:
        for one, other, strength in pairs:
            self._ones.append(one)
            self._others.append(other)
            self._strengths.append(strength)

    def write(self, connection: Connection, table: str) -> None:
        columns = [np.array(column) for column in (self._ones, self._others, self._strengths)]
        insert(connection, table, pa.table(columns, names=list(self._names)))


def link_new(connection: Connection, first_new: int, first_telling: int) -> Iterator[int]:
    """Links the events and tellings from these numbers on with all that may be the same, in the order of days; yields how many events."""
    window = Window()
    for begin, end in pages_of_days(connection, first_new, first_telling):
        links, recalled = Found("one", "other"), Found("event", "telling")
        reports = by_day(reports_between(connection, begin, end, first_new))
        told = by_day(tellings_between(connection, begin, end, first_telling))
        for day in sorted({*reports, *told}):
            for report in reports.get(day, []):
                links.add(window.linked(report))
                recalled.add(window.recalling(report))
            for telling in told.get(day, []):
                recalled.add(window.recalled(telling))
        links.write(connection, "merge_links")
        recalled.write(connection, "merge_retellings")
        yield sum(map(len, reports.values()))


def by_day(found: Iterable[Dated[Kind]]) -> dict[int, list[Dated[Kind]]]:
    """The same by their first days."""
    days: dict[int, list[Dated[Kind]]] = defaultdict(list)
    for dated in found:
        assert dated.told.first is not None
        days[dated.told.first].append(dated)
    return days


def reports_between(connection: Connection, begin: int, end: int, first_new: int) -> list[Dated[Report]]:
    """The reports of these days, by id."""
    numbers = dict(fetched(connection, BETWEEN, [begin, end]))
    events = events_of(connection, sorted(numbers))
    published = published_of(connection, events)
    return [Dated(numbers[e.id], report_of(e, published[e.article_id]), numbers[e.id] >= first_new) for e in events]


def pages_of_days(connection: Connection, first_new: int, first_telling: int) -> Iterator[tuple[int, int]]:
    """First and last of days in a row with about a page of events and tellings."""
    days, held = list[int](), 0
    for day, events in connection.execute(DAYS, {"events": first_new, "tellings": first_telling}).fetchall():
        if days and held + events > PAGE:
            yield days[0], days[-1]
            days, held = [], 0
        days.append(day)
        held += events
    if days:
        yield days[0], days[-1]


def cluster(connection: Connection, first_new: int) -> Iterator[int]:
    """Makes the events anew that the links of new reports belong to; yields how many reports were in them.

    What is in memory is a few numbers for each report that there ever was, and links of some groups: never all links.
    """
    pages = pages_of_groups(connection, first_new)
    numbers = np.flatnonzero(pages >= 0).astype(np.int32)
    changed(connection, pa.table({"number": numbers, "page": pages[numbers]}), SORT_LINKS)
    for page in range(pages.max(initial=-1) + 1):
        yield write_clusters(connection, connection.sql(LINKS_OF_PAGE, params=[page]).to_arrow_table())
    connection.execute(f"DROP TABLE {PAGED}")


def pages_of_groups(connection: Connection, first_new: int) -> Numbers:
    """For each report the page on which its group is made anew, -1 where nothing new is in it; groups are whole on a page."""
    roots = Roots(first_number(connection))
    for one, other in numbers_of_links(connection):
        for first, second in zip(one.tolist(), other.tolist(), strict=True):
            roots.link(first, second)
    root_of = roots.all()
    held = np.zeros(len(roots), np.int32)
    for one, _ in numbers_of_links(connection):
        np.add.at(held, root_of[one], 1)
    touched = np.unique(root_of[first_new:])
    touched = touched[held[touched] > 0]
    held += A_REPORT * np.bincount(root_of, minlength=len(roots)).astype(np.int32)
    pages: Numbers = np.full(len(roots), -1, np.int32)
    pages[touched] = np.unique(np.cumsum(held[touched], dtype=np.int64) // LINKS, return_inverse=True)[1]
    return np.take(pages, root_of)


def numbers_of_links(connection: Connection) -> Iterator[tuple[Numbers, Numbers]]:
    """The two ends of all links, some at a time, in the order in which they were found."""
    for batch in connection.sql("SELECT one, other FROM merge_links").to_arrow_reader(READ):
        yield batch.column(0).to_numpy(), batch.column(1).to_numpy()


class Links:
    """Links between events, few bytes each, however often they are gone through: five hundred copies of a story have 125,000."""

    def __init__(self, numbered: pa.Table, ids: Mapping[int, str]) -> None:
        self._numbered = numbered
        self._ids = ids

    def __iter__(self) -> Iterator[Link]:
        for batch in self._numbered.to_batches(max_chunksize=READ):
            for one, other, strength in zip(*(column.to_pylist() for column in batch.columns), strict=True):
                yield self._ids[one], self._ids[other], strength


def write_clusters(connection: Connection, numbered: pa.Table) -> int:
    """Writes the clusters that these links make, in place of those that their reports were in."""
    numbers = np.union1d(numbered.column(0), numbered.column(1)).tolist()
    members = dict(members_of(connection, numbers))
    ids = {place: member.event.id for place, member in members.items()}
    by_id = {member.event.id: member for member in members.values()}
    article = {name: member.event.article_id for name, member in by_id.items()}
    found = clusters_over(Links(numbered, ids), TOGETHER, article)
    made = [(merged([by_id[name] for name in group]), group) for group in found if len(group) > 1]
    before = fetched(connection, "SELECT DISTINCT merged_id FROM merge_members WHERE event_id IN (SELECT unnest(?))", [sorted(by_id)])
    replace(connection, "merged_events", [name for (name,) in before], [row_of(event) for event, _ in made])
    inside = [{"event_id": name, "merged_id": event.id} for event, group in made for name in group]
    replace(connection, "merge_members", sorted(by_id), inside)
    return len(members)


def members_of(connection: Connection, numbers: list[int]) -> Iterator[tuple[int, Member]]:
    places = {name: number for number, name in looked_up(connection, NUMBERED, numbers).items()}
    events = events_of(connection, sorted(places))
    articles = sorted({event.article_id for event in events})
    sources = {name: Source(article_id=name, publication=by, published=day) for name, by, day in fetched(connection, SOURCES, [articles])}
    stories = {name: (story, role) for name, story, role in fetched(connection, STORIES, [articles])}
    for event in events:
        story, role = stories.get(event.article_id, (event.article_id, "stands"))
        yield places[event.id], Member(event, sources[event.article_id], story, role == "stands")


def row_of(event: MergedEvent) -> dict[str, Any]:
    row = event.model_dump(exclude={"event"})
    return {**row, "event_id": event.event.id}
