"""In: the relations of a store, story by story. Out: one row for each pair and kind: when it was first and last told, since when, on what
words.

What is told as over ("former president", a term that ended) has a row of its own beside what stands. Dates are the most precise that a
story tells; of an end it is the last story that counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from typing import Any, NamedTuple

import duckdb

from dragoman.drafts import Identity, Range, Side
from dragoman.relations.scene import ALIKE, key_of
from dragoman.schema import Relation
from dragoman.store.reading import columns_there, rows

NEWER = ("past", "change", "status", "known")  # columns that a store of an older dragoman may lack
SIDE = "{0}.name, {0}.country, {0}.sector, {0}.text"


@dataclass(frozen=True, slots=True)
class Party:
    """A side: ``label`` is the code of a state, else a name, else the words of the story."""

    label: str
    name: str
    country: str
    sector: str


@dataclass(frozen=True, slots=True)
class Told:
    """One relation as one story tells it."""

    kind: str
    subject: Party
    object: Party | None
    title: str
    since: str
    until: str
    past: bool
    change: str
    status: str
    known: bool | None
    evidence: str
    article_id: str
    day: str


@dataclass(frozen=True, slots=True)
class Row:
    """What stands between two sides, over all stories. ``holds`` is whether it is so on the day asked for, if one is."""

    kind: str
    source: str
    target: str
    title: str
    since: str
    until: str
    past: bool
    change: str
    status: str
    known: bool | None
    first_seen: str
    last_seen: str
    stories: int
    article_id: str
    evidence: str

    def fields(self) -> dict[str, Any]:
        return {{"source": "from", "target": "to"}.get(name, name): value for name, value in asdict(self).items()}


class Asked(NamedTuple):
    """Which rows are asked for; an empty field asks for nothing."""

    between: tuple[str, ...] = ()
    kind: str = ""
    on: str | None = None


def told(connection: duckdb.DuckDBPyConnection) -> Iterator[Told]:
    """The relations of all stories, in the order of publication."""
    there = set(columns_there(connection, Relation))
    newer = ", ".join(name if name in there else f"NULL AS {name}" for name in NEWER)
    sql = f"""
        SELECT r.kind, {SIDE.format('r."from"')}, {SIDE.format('r."to"')}, r.title, r.since, r.until, {newer}, r.evidence[1].text,
               r.article_id, a.published.value
        FROM relations AS r LEFT JOIN articles AS a ON a.id = r.article_id
        ORDER BY a.published.value NULLS FIRST, r.article_id, r.rowid
    """
    for row in rows(connection, sql):
        kind, title, since, until, past, change, status, known, evidence, article_id, day = row[0], *row[9:]
        yield Told(
            kind,
            _party(*row[1:5]),
            _party(*row[5:9]) if row[8] is not None else None,
            title or "",
            since or "",
            until or "",
            bool(past),
            change or "",
            status or "reported",
            known,
            evidence or "",
            article_id,
            day or "",
        )


def _party(name: str | None, country: str | None, sector: str | None, text: str | None) -> Party:
    side = Side(Range(0, 0), Identity(name, country, sector))
    return Party(key_of(side, text or "") or text or "", name or "", country or "", sector or "")


def graph(relations: Iterable[Told], asked: Asked) -> list[Row]:
    """The rows that are asked for, by kind and sides."""
    groups: dict[tuple[str, ...], list[Told]] = {}
    for one in relations:
        if (not asked.kind or one.kind == asked.kind) and _is_between(one, asked.between):
            groups.setdefault(_key(one), []).append(one)
    found = [_row(group) for group in groups.values()]
    shown = [row for row in found if asked.on is None or holds(row, asked.on)]
    return sorted(shown, key=lambda r: (r.kind, r.source, r.target, r.title, r.past))


def _ends(one: Told) -> tuple[str, str]:
    """The sides as they are counted: of an office the person, of relations that are alike both ways in the order of the alphabet."""
    source = (one.subject.name or one.subject.label) if one.kind == "office" else one.subject.label
    target = one.object.label if one.object is not None else ""
    return (target, source) if one.kind in ALIKE and target and target < source else (source, target)


def _key(one: Told) -> tuple[str, ...]:
    return (one.kind, *_ends(one), one.title, "past" if one.past else "")


def _is_between(one: Told, between: tuple[str, ...]) -> bool:
    """Whether all that are named are a side."""
    sides = {text.casefold() for p in (one.subject, one.object) if p is not None for text in (p.label, p.name, p.country) if text}
    return all(name.casefold() in sides for name in between)


def _row(group: list[Told]) -> Row:
    first, last = group[0], group[-1]
    source, target = _ends(first)
    days = [one.day for one in group if one.day]
    until = next((one.until for one in reversed(group) if one.until), "")
    return Row(
        kind=first.kind,
        source=source,
        target=target,
        title=first.title,
        since=_most_precise(one.since for one in group),
        until="" if until and not last.past and last.day > until and not last.until else until,
        past=first.past,
        change=next((one.change for one in reversed(group) if one.change), ""),
        status="reported" if any(one.status == "reported" for one in group) else last.status,
        known=last.known,
        first_seen=days[0] if days else "",
        last_seen=days[-1] if days else "",
        stories=len({one.article_id for one in group}),
        article_id=last.article_id,
        evidence=last.evidence,
    )


def _most_precise(values: Iterable[str]) -> str:
    """The first of the longest."""
    return max(values, key=len, default="")


def holds(row: Row, day: str) -> bool:
    """Whether it stands on a day: from its first day on, or else from when a story first tells it, until its end, if one is told.

    What is told as over without an end is not known to hold on any day.
    """
    start = row.since or row.first_seen
    if start and day[: len(start)] < start:
        return False
    if row.until:
        return day[: len(row.until)] <= row.until
    return not row.past
