"""``dragoman report``: one page on two actors, or on one. In: a store, the sides, a period. Out: what ``dossier.py`` makes a page of."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from pathlib import Path
from typing import Protocol

from dragoman import asking, expecting, settling
from dragoman.dossier import Count, Dossier, Said, Side, page
from dragoman.errors import DragomanError
from dragoman.expectations.promises import Promise
from dragoman.picturing import picture, source_of, unit_for
from dragoman.relating.graph import Asked as Relating
from dragoman.relating.graph import graph, told
from dragoman.schema import ArticleRecord, Statement
from dragoman.searching.index import data_version
from dragoman.serve.naming import called, capital, within_text
from dragoman.store import Store, expected, reading
from dragoman.store.asked import spoken_by, spoken_of
from dragoman.store.conditions import Condition, all_of, published
from dragoman.store.panel import COUNT, MEAN
from dragoman.store.query import dates_in, days_of
from dragoman.write import wording
from dragoman.write.opening import stream_to

QUOTED = 200  # statements of one side
BY_PUBLICATION = "(SELECT published.value FROM articles WHERE articles.id = article_id) NULLS LAST, article_id, id"


class OfArticle(Protocol):
    @property
    def article_id(self) -> str: ...


def report(store: Path, sides: str, period: str | None, limit: int, out: Path) -> int:
    """Writes a page on two actors, or on one; how many events it tells."""
    with asking.opened(store) as there:
        found = dossier(there, sides, period, limit)
    with stream_to(out) as stream:
        stream.write(page(found))
    return len(found.events)


def dossier(store: Store, sides: str, period: str | None, limit: int) -> Dossier:
    """All that is told of two actors, or of one; at most ``limit`` events. DragomanError for more sides, QueryError for what is none."""
    names = [name.strip() for name in sides.split(",")]
    if not all(names) or len(names) > 2:
        raise DragomanError(f"--between takes one actor or two, such as JPN,USA, not {sides!r}")
    if period:
        days_of(period)
    question = ", ".join(filter(None, (" <-> ".join(names), period)))
    total = store.count(question)
    events = list(islice(store.events(question), limit))
    asked = [side_of(store, name) for name in names]
    days = [day for event in events for day in wording.days(event.date)]
    first, last = (min(days), max(days)) if days else ("", "")
    title = capital(" and ".join([*(side.within_text for side in asked), "all others"][:2]))
    promises = expected_of(store, asked, period)
    quoted = statements(store, asked, period)
    spoken = [one for said in quoted for one in said.statements]
    standing = graph(told(store.connection), Relating(tuple(side.code for side in asked)))
    return Dossier(
        sides=asked,
        period=period or "",
        source=source_of(store, question),
        data=data_version(store.path),
        as_of=expected.latest_day(store.connection),
        total=total,
        first=first,
        last=last,
        picture=picture(store, question, unit_for(first, last), f"{title}: cooperation and conflict"),
        counts=counts(store, question, asked),
        events=events,
        statements=quoted,
        relations=standing,
        promises=promises,
        articles=articles(store, [*events, *standing, *(row.settled.promise for row in promises), *spoken]),
    )


def side_of(store: Store, name: str) -> Side:
    """A country by its code or name; of what else it is (``RUS MIL``) the country is what statements and promises are looked up by."""
    found = store.country_of(name) if store.country_of else None
    code = found or name.split(" ")[0]
    whole = name if name.split(" ")[0] == code else code
    return Side(code, called(code), within_text(code), within_text(whole))


def expected_of(store: Store, asked: list[Side], period: str | None) -> list[expecting.Row]:
    """What was promised between two, of one with it on either side, that was published in the period; and what became of it."""
    first, last = days_of(period) if period else ("", "9999")
    sides = {expecting.side_asked(side.code) for side in asked}

    def is_asked(promise: Promise) -> bool:
        return sides <= {promise.from_, promise.to} and first <= promise.published <= last

    return [expecting.Row(one, condition) for one, condition in settling.outcomes(store, is_asked)]


def statements(store: Store, asked: list[Side], period: str | None) -> list[Said]:
    """What each says of the other; what one says, and what others say of it."""
    dates = dates_in(period) if period else None
    within = [published(*dates)] if dates else []
    if len(asked) == 2:
        ways = [
            (f"{capital(one.within_text)} on {other.within_text}", [*spoken_by(one.code), spoken_of(other.code)])
            for one, other in (asked, asked[::-1])
        ]
    else:
        (one,) = asked
        ways = [
            (f"What {one.within_text} says", spoken_by(one.code)),
            (f"What others say to {one.within_text} or of what it does", [spoken_of(one.code), others_than(one.code)]),
        ]
    return [said(store, heading, all_of([*conditions, *within])) for heading, conditions in ways]


def others_than(code: str) -> Condition:
    return Condition("speaker.country IS DISTINCT FROM ?", (code,))


def said(store: Store, heading: str, where: Condition) -> Said:
    """The first by publication, and how many there are."""
    ((total,),) = reading.rows(store.connection, f"SELECT count(*) FROM statements WHERE {where.sql}", where.parameters)
    return Said(heading, int(total), list(reading.records(store.connection, Statement, where, BY_PUBLICATION, QUOTED)))


def counts(store: Store, question: str, asked: list[Side]) -> list[Count]:
    """Events by type, those of most events first: each way, of one as actor and as recipient, and all."""
    whole = store.panel(("type", "quad"), question, score=True)
    ways = directed(store, question, *asked) if len(asked) == 2 else alone(store, question, asked[0])
    found = [Count(r["type"], r["quad"], ways[0].get(r["type"], 0), ways[1].get(r["type"], 0), r[COUNT], r[MEAN]) for r in whole]
    return sorted(found, key=lambda count: (-count.all, count.type))


def directed(store: Store, question: str, one: Side, other: Side) -> list[dict[str, int]]:
    """By type how many events go from one to the other, and how many back."""
    found = store.panel(("dyad", "type"), question)
    return [
        {r["type"]: r[COUNT] for r in found if (r["actor"], r["recipient"]) == way}
        for way in ((one.code, other.code), (other.code, one.code))
    ]


def alone(store: Store, question: str, one: Side) -> list[dict[str, int]]:
    """By type how many events are by it, and how many upon it."""
    ways = {side: store.panel((side, "type"), question) for side in ("actor", "recipient")}
    return [{r["type"]: r[COUNT] for r in found if r[side] == one.code} for side, found in ways.items()]


def articles(store: Store, records: Iterable[OfArticle]) -> dict[str, ArticleRecord]:
    """Where records come from, by the article's id."""
    among = Condition("id IN (SELECT unnest(?))", (tuple({one.article_id for one in records}),))
    return {one.id: one for one in reading.records(store.connection, ArticleRecord, among, reading.BY_ID)}
