"""Two actors, or one, on a page that needs nothing else. In: what was found of them. Out: HTML; all that comes from an article is text.

Who reads on paper or at 390 pixels reads the same: records are a list with their day beside them, and only numbers are in tables.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape

from dragoman.codebook import QUAD_NAMES
from dragoman.expecting import Row as Promise
from dragoman.relating.graph import Row as Relation
from dragoman.schema import ArticleRecord, Event, Outcome, Statement
from dragoman.serve.naming import called, capital
from dragoman.write import wording
from dragoman.write.page import bar, document, figure, number, table
from dragoman.write.plain import one_line

ARROW = " → "
OUTCOMES: tuple[Outcome, ...] = ("met", "broken", "lapsed", "open")


@dataclass(frozen=True, slots=True)
class Side:
    """An actor: the code that records have, its name, that name within a sentence, and there with what else was asked for.

    ``RUS``, ``Russia``, ``Russia``, ``Russia (military)``.
    """

    code: str
    name: str
    within_text: str
    shown: str


@dataclass(frozen=True, slots=True)
class Count:
    """Events of a type: from one to the other (or by the one alone), back (or upon it), all; mean of their scores."""

    type: str
    quad: int
    there: int
    back: int
    all: int
    score: float | None


@dataclass(frozen=True, slots=True)
class Said:
    """What one side says of the other: the first of ``total``."""

    heading: str
    total: int
    statements: list[Statement]


@dataclass(frozen=True, slots=True)
class Dossier:
    """All that a page tells; ``first`` and ``last`` are days of the events, ``as_of`` that of the outcomes."""

    sides: Sequence[Side]
    period: str
    source: str
    data: str
    as_of: str | None
    total: int
    first: str
    last: str
    picture: str
    counts: Sequence[Count]
    events: Sequence[Event]
    statements: Sequence[Said]
    relations: Sequence[Relation]
    promises: Sequence[Promise]
    articles: Mapping[str, ArticleRecord]


def page(found: Dossier) -> str:
    """The document."""
    title = capital(" and ".join([*(side.shown for side in found.sides), "all others"][:2]))
    parts = {
        "Events by type": types(found),
        f"Standing relations ({len(found.relations):,})": relations(found.relations, found.articles) if found.relations else "",
        f"Promises, plans and threats ({len(found.promises):,})": promises(found) if found.promises else "",
        **{f"{said.heading} ({said.total:,})": quotations(said, found.articles) for said in found.statements},
        f"Events ({found.total:,})": events(found) if found.events else "",
    }
    there = [(heading, body) for heading, body in parts.items() if body]
    body = [lead(found), contents([heading for heading, _ in there]), figure(found.picture)]
    body += [f'<section id="s{place}"><h2>{text(heading)}</h2>{part}</section>' for place, (heading, part) in enumerate(there)]
    if not found.events:
        body.append("<p>No events.</p>")
    return document(title, "".join(body))


def text(words: str) -> str:
    return escape(one_line(words))


def lead(found: Dossier) -> str:
    """What the page tells, and of which data."""
    days = f" from {found.first} to {found.last}" if found.first else ""
    within = f", within {found.period}" if found.period else ""
    return (
        f'<p class="lead">{text(f"{found.total:,} events{days}{within}")}, with what is said, promised and standing besides.</p>'
        f'<p class="quiet">Source: {text(found.source)}, data {text(found.data)}. A program coded each record from the words that stand '
        "with it: read them before you rely on it.</p>"
    )


def contents(headings: Sequence[str]) -> str:
    links = "".join(f'<a href="#s{place}">{text(heading)}</a>' for place, heading in enumerate(headings))
    return f'<nav aria-label="On this page">{links}</nav>' if links else ""


def types(found: Dossier) -> str:
    if not found.counts:
        return ""
    most = max(count.all for count in found.counts)
    names = [side.name for side in found.sides]
    ways = (ARROW.join(names), ARROW.join(names[::-1])) if len(names) == 2 else (f"by {names[0]}", f"upon {names[0]}")
    head = "".join(
        [
            "<th>type</th>",
            "<th>kind</th>",
            *(f'<th class="number">{text(way)}</th>' for way in ways),
            '<th class="number">all</th><th></th><th class="number">mean score</th>',
        ]
    )
    return table(head, "".join(type_row(count, most) for count in found.counts), "Events by type") + (
        '<p class="quiet">An event with several actors counts in each way that it goes, once under “all”. '
        "The score runs from −10, conflict, to 10, cooperation.</p>"
    )


def type_row(count: Count, most: int) -> str:
    score = "–" if count.score is None else f"{count.score:.1f}".replace("-", "−")
    cells = [
        f"<td>{chip(count.type, count.quad)}</td><td>{QUAD_NAMES[count.quad]}</td>",
        *(number(f"{n:,}") for n in (count.there, count.back, count.all)),
    ]
    return f"<tr>{''.join(cells)}<td>{bar(count.all / most, kind=f'q{count.quad}')}</td>{number(score)}</tr>"


def chip(words: str, quad: int) -> str:
    return f'<span class="chip q{quad}">{text(words)}</span>'


def item(day: str, head: str, words: str, foot: Iterable[str], anchor: str = "") -> str:
    """One record: day and head are HTML of ours, the others text."""
    below = " · ".join(text(part) for part in foot if part)
    named = f' id="{anchor}"' if anchor else ""
    said = f'<p class="words">{text(words)}</p>' if words else ""
    return f'<li{named}><span class="day">{text(day)}</span><div><p>{head}</p>{said}<p class="quiet">{below}</p></div></li>'


def events(found: Dossier) -> str:
    items = "".join(event_item(event, found.articles, f"e{place}") for place, event in enumerate(found.events))
    return f'{only_the_first(len(found.events), found.total, "date")}<ol class="records">{items}</ol>'


def event_item(event: Event, articles: Mapping[str, ArticleRecord], anchor: str) -> str:
    kind, *more = wording.what(event)
    actors, recipients = (", ".join(map(wording.party, side)) for side in (event.actor, event.recipient))
    sides = ARROW.join(filter(None, (actors or wording.UNKNOWN, recipients)))
    head = f"{chip(kind, event.quad)} <b>{text(sides)}</b> {text(' '.join(more))}"
    foot = (wording.on_whose_word(event), origin(event.article_id, articles))
    return item("–".join(wording.days(event.date)) or "no date", head, wording.sentence(event), foot, anchor)


def origin(article_id: str, articles: Mapping[str, ArticleRecord]) -> str:
    """Publication, day and headline of the article, and its id, by which the store finds it."""
    article = articles.get(article_id)
    told = [article.headline or "", wording.origin(article)] if article else []
    return " · ".join([*filter(None, told), f"article {article_id}"])


def quotations(said: Said, articles: Mapping[str, ArticleRecord]) -> str:
    items = "".join(statement_item(one, articles) for one in said.statements)
    shown = len(said.statements)
    if not shown:
        return "<p>Nothing that was coded.</p>"
    return f'{only_the_first(shown, said.total, "publication")}<ol class="records">{items}</ol>'


def only_the_first(shown: int, total: int, order: str) -> str:
    return f'<p class="quiet">The first {shown:,} by {order} are listed.</p>' if total > shown else ""


def statement_item(one: Statement, articles: Mapping[str, ArticleRecord]) -> str:
    addressee = f" to {wording.party(one.addressee)}" if one.addressee else ""
    article = articles.get(one.article_id)
    day = "–".join(wording.days(one.date)) or (article.published.value if article else None) or "no date"
    head = f"<b>{text(wording.party(one.speaker))}</b> {text(wording.attitude(one) + addressee)}"
    return item(day, head, one.content.text, (f"{one.kind} speech", origin(one.article_id, articles)))


def promises(found: Dossier) -> str:
    by_outcome = Counter(row.settled.outcome for row in found.promises)
    counted = ", ".join(f"{by_outcome[name]:,} {name}" for name in OUTCOMES if by_outcome[name])
    anchors = {event.id: f"e{place}" for place, event in enumerate(found.events)}
    items = "".join(promise_item(row, anchors, found.articles) for row in found.promises)
    return f'<p class="quiet">{counted}, by the articles up to {text(found.as_of or "")}.</p><ol class="records">{items}</ol>'


def promise_item(row: Promise, anchors: Mapping[str, str], articles: Mapping[str, ArticleRecord]) -> str:
    one, promise = row.settled, row.settled.promise
    sides = ARROW.join(named(code, name) for code, name in zip((promise.from_, promise.to), promise.names, strict=True) if code)
    due = f", due {one.due}" if one.due else ""
    condition = f", {row.condition}" if row.condition else ""
    what = f"{promise.kind or 'expected'}: {promise.type}{due}{condition}"
    head = f'<span class="chip {one.outcome}">{one.outcome}</span>{decided(row, anchors)} <b>{text(sides)}</b> {text(what)}'
    return item(promise.published, head, promise.text, (origin(promise.article_id, articles),))


def decided(row: Promise, anchors: Mapping[str, str]) -> str:
    """On which day, with a link to the event where it is on the page."""
    one = row.settled
    day = f"on {text(one.decided)}" if one.decided else ""
    anchor = anchors.get(one.met_by or "")
    return f' <a href="#{anchor}">{day or "by this event"}</a>' if anchor else f" {day}"


def named(code: str, name: str | None) -> str:
    """``Shigeru Ishiba (JPN)``, or the name of what has no code."""
    return f"{name} ({code})" if name and len(code) == 3 and code.isupper() else name or code


def relations(found: Sequence[Relation], articles: Mapping[str, ArticleRecord]) -> str:
    return f'<ol class="records">{"".join(relation_item(row, articles) for row in found)}</ol>'


def relation_item(row: Relation, articles: Mapping[str, ArticleRecord]) -> str:
    what = row.title or row.kind.replace("_", " ")
    sides = ARROW.join(called(side) for side in (row.source, row.target) if side)
    times = ", ".join(
        filter(None, ("past" if row.past else "", row.since and f"since {row.since}", row.until and f"until {row.until}", row.change))
    )
    head = f"{text(what)}: <b>{text(sides)}</b> {text(times)}"
    seen = f"told by {row.stories:,} articles, first {row.first_seen}" if row.stories > 1 else ""
    claimed = row.status if row.status != "reported" else ""
    return item(row.last_seen or "no date", head, row.evidence, (claimed, seen, origin(row.article_id, articles)))
