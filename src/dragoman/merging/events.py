"""Reports of the same event in a store. In: events that were not compared yet. Out: links, and rows of ``merged_events``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any

import duckdb
import numpy as np

from dragoman.columns import fields_of, quoted
from dragoman.merge.alike import REACH
from dragoman.merge.grouping import Groups, clusters_over
from dragoman.merge.reports import days_of, report_of
from dragoman.merge.summing import Member, merged
from dragoman.merge.window import Dated, Window
from dragoman.rows import record_of
from dragoman.schema import Event, MergedEvent, Source
from dragoman.store.merged import append, replace

Connection = duckdb.DuckDBPyConnection
PAGE = 2_000  # events that are in memory at once
TOGETHER = 0.5  # mean strength of the links between all reports of an event; measured with tests/merge/copies_and_events.py events

COLUMNS = ", ".join(f"e.{quoted(name)}" for name in fields_of(Event))
WAITING = f"""
    SELECT {COLUMNS}, a.published.value FROM events e JOIN articles a ON a.id = e.article_id
    WHERE NOT EXISTS (FROM merge_dates d WHERE d.event_id = e.id) ORDER BY e.id LIMIT {PAGE}
"""
DAYS = f"""
    SELECT first, count(*) FROM merge_dates
    WHERE first IN (SELECT DISTINCT first + step FROM merge_dates, range(-{REACH}, {REACH + 1}) AS steps(step) WHERE number >= ?)
    GROUP BY first ORDER BY first
"""
BETWEEN = f"""
    SELECT {COLUMNS}, a.published.value, d.number
    FROM merge_dates d JOIN events e ON e.id = d.event_id JOIN articles a ON a.id = e.article_id
    WHERE d.first BETWEEN ? AND ? ORDER BY d.first, e.id
"""
MEMBERS = f"""
    SELECT {COLUMNS}, d.number, a.publication, a.agency, a.published.value, coalesce(c.story, a.id), coalesce(c.role, 'stands')
    FROM merge_dates d JOIN events e ON e.id = d.event_id JOIN articles a ON a.id = e.article_id LEFT JOIN copies c ON c.article_id = a.id
    WHERE d.number IN (SELECT unnest(?)) ORDER BY d.number
"""


def waiting(connection: Connection) -> int:
    """How many events were not compared yet."""
    return number(connection, "SELECT count(*) FROM events e WHERE NOT EXISTS (FROM merge_dates d WHERE d.event_id = e.id)")


def first_number(connection: Connection) -> int:
    return number(connection, "SELECT coalesce(max(number) + 1, 0) FROM merge_dates")


def number(connection: Connection, sql: str) -> int:
    return sum(int(found) for (found,) in fetched(connection, sql))


def fetched(connection: Connection, sql: str, parameters: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
    """The rows of a query inside of the transaction that is open; a cursor of its own would not see what that has written."""
    return connection.execute(sql, list(parameters)).fetchall()


def date_batch(connection: Connection) -> int:
    """Notes from which day on each of the next events may have been; how many they were. The caller holds the transaction."""
    batch = fetched(connection, WAITING)
    first = first_number(connection)
    records = []
    for place, (*columns, published) in enumerate(batch, first):
        event = event_of(columns)
        records.append({"number": place, "event_id": event.id, "first": days_of(event, published)[0]})
    append(connection, "merge_dates", records)
    return len(batch)


def event_of(columns: Iterable[Any]) -> Event:
    return record_of(Event, dict(zip(fields_of(Event), columns, strict=True)))


def link_new(connection: Connection, first_new: int) -> Iterator[int]:
    """Links the events from a number on with all that may be the same, in the order of days; yields how many were looked at."""
    window = Window()
    for begin, end in pages_of_days(connection, first_new):
        found: list[tuple[int, int, float]] = []
        page = fetched(connection, BETWEEN, [begin, end])
        for *columns, published, place in page:
            event = event_of(columns)
            found += window.linked(Dated(place, report_of(event, published), place >= first_new))
        append(connection, "merge_links", [{"one": one, "other": other, "strength": strength} for one, other, strength in found])
        yield len(page)


def pages_of_days(connection: Connection, first_new: int) -> Iterator[tuple[int, int]]:
    """First and last of days in a row with about a page of events."""
    days, held = list[int](), 0
    for day, events in fetched(connection, DAYS, [first_new]):
        if days and held + events > PAGE:
            yield days[0], days[-1]
            days, held = [], 0
        days.append(day)
        held += events
    if days:
        yield days[0], days[-1]


def cluster(connection: Connection, first_new: int) -> Iterator[int]:
    """Makes the events anew that the links of new reports belong to; yields how many reports were in them."""
    links = connection.execute("SELECT one, other, strength FROM merge_links").fetchnumpy()
    groups: Groups[int] = Groups()
    for one, other in zip(links["one"], links["other"], strict=True):
        groups.link(int(one), int(other))
    touched = {groups.root(int(end)) for ends in (links["one"], links["other"]) for end in ends if end >= first_new}
    roots = np.fromiter((groups.root(int(one)) for one in links["one"]), np.int64, len(links["one"]))
    order = np.argsort(roots, kind="stable")
    for some in chunks((place for place in order if int(roots[place]) in touched), roots):
        numbered = [(int(links["one"][place]), int(links["other"][place]), float(links["strength"][place])) for place in some]
        yield write_clusters(connection, numbered)


def chunks(places: Iterator[int], roots: np.ndarray[Any, Any]) -> Iterator[list[int]]:
    """Links of whole groups, about a page of them at a time."""
    held: list[int] = []
    for _, group in groupby(places, key=lambda place: int(roots[place])):
        held += group
        if len(held) > PAGE:
            yield held
            held = []
    if held:
        yield held


def write_clusters(connection: Connection, numbered: list[tuple[int, int, float]]) -> int:
    """Writes the clusters that these links make, in place of those that their reports were in."""
    numbers = sorted({end for one, other, _ in numbered for end in (one, other)})
    members = dict(members_of(connection, numbers))
    ids = {place: member.event.id for place, member in members.items()}
    by_id = {member.event.id: member for member in members.values()}
    article = {name: member.event.article_id for name, member in by_id.items()}
    found = clusters_over(((ids[one], ids[other], strength) for one, other, strength in numbered), TOGETHER, article)
    made = [(merged([by_id[name] for name in group]), group) for group in found if len(group) > 1]
    before = fetched(connection, "SELECT DISTINCT merged_id FROM merge_members WHERE event_id IN (SELECT unnest(?))", [sorted(by_id)])
    replace(connection, "merged_events", [name for (name,) in before], [row_of(event) for event, _ in made])
    inside = [{"event_id": name, "merged_id": event.id} for event, group in made for name in group]
    replace(connection, "merge_members", sorted(by_id), inside)
    return len(members)


def members_of(connection: Connection, numbers: list[int]) -> Iterator[tuple[int, Member]]:
    for *columns, place, publication, agency, published, story, role in fetched(connection, MEMBERS, [numbers]):
        event = event_of(columns)
        source = Source(article_id=event.article_id, publication=publication or agency, published=published)
        yield place, Member(event, source, story, role == "stands")


def row_of(event: MergedEvent) -> dict[str, Any]:
    row = event.model_dump(exclude={"event"})
    return {**row, "event_id": event.event.id}
