"""Pictures without a server. In: a store and a question. Out: a timeline as SVG, or one page with timeline, events and their sentences."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from itertools import islice
from pathlib import Path
from typing import Any

from dragoman import asking
from dragoman.errors import DragomanError
from dragoman.schema import Expectation, Record, Relation
from dragoman.serve.library import between
from dragoman.store import Store
from dragoman.store.panel import Panel
from dragoman.store.periods import UNITS
from dragoman.version import dragoman_version
from dragoman.write import html, wording
from dragoman.write.opening import stream_to
from dragoman.write.page import document
from dragoman.write.plain import one_line
from dragoman.write.svg import timeline

LONGEST = 1200  # bars of a picture that can still be told apart
SPANS = {"day": 62, "month": 120}  # a unit is chosen as long as a picture has no more bars than this; then years
STANDING = 200  # relations and expectations on a page
NO_PNG = (
    "PNG is not written, for no program that draws SVG is installed with dragoman: write .svg, and turn it into PNG with such a program"
)


def plot(store: Path, question: str, unit: str, title: str | None, out: Path | None) -> None:
    """Writes a timeline as SVG. DragomanError for another format, or what cannot be drawn."""
    if out is not None and out.suffix.lower() != ".svg":
        raise DragomanError(NO_PNG if out.suffix.lower() == ".png" else f"{out.name}: a picture's name ends in .svg")
    with asking.opened(store) as there:
        drawn = picture(there, question, unit, title or one_line(question) or "All events")
    with stream_to(out) as stream:
        stream.write(drawn)


def report(store: Path, sides: str, period: str | None, limit: int, out: Path) -> int:
    """Writes a page on two actors, or on one; how many events it tells."""
    one, _, other = (side.strip() for side in sides.partition(","))
    if not one or "," in other:
        raise DragomanError(f"--between takes one actor or two, such as JPN,USA, not {sides!r}")
    question = ", ".join(filter(None, (f"{one} <-> {other}" if other else one, period)))
    with asking.opened(store) as there:
        page = page_on(there, question, (one, other), limit)
        found = there.count(question)
    with stream_to(out) as stream:
        stream.write(page)
    return min(found, limit)


def page_on(store: Store, question: str, sides: tuple[str, str], limit: int) -> str:
    """One document; everything that comes from an article is text in it."""
    one, other = sides
    title = f"{one} and {other}" if other else one
    total = store.count(question)
    events = list(islice(store.events(question), limit))
    days = [day for event in events for day in wording.days(event.date)]
    first, last = (min(days), max(days)) if days else ("", "")
    figure = picture(store, question, unit_for(first, last), f"{title}: cooperation and conflict")
    more = f" The first {limit:,} by date are listed." if total > limit else ""
    told = f"{total:,} events{f' from {first} to {last}' if days else ''}.{more} Source: {source_of(store, question)}."
    body = [f'<p class="quiet">{escape(told)}</p>', f"<figure>{figure}</figure>", section("Events", events)]
    where = between(code_of(store, one), code_of(store, other), "")
    body.append(section("Standing relations", store.page(Relation, where, STANDING).records))
    body.append(section("Promises, plans and threats", store.page(Expectation, where, STANDING).records))
    return document(title, "".join(body))


def section(title: str, records: Sequence[Record]) -> str:
    if not records:
        return "<p>No events.</p>" if title == "Events" else ""
    return f'<h2>{title} ({len(records):,})</h2><div class="scroll">{html.table(records, records[0].record)}</div>'


def code_of(store: Store, name: str) -> str:
    """The code of a country that is named, and what else it is as it is."""
    found = store.country_of(name) if store.country_of and name else None
    return found or name.split(" ")[0]


def picture(store: Store, question: str, unit: str, title: str) -> str:
    """A timeline of what a query finds."""
    if unit not in UNITS:
        raise DragomanError(f"a picture can be by {', '.join(UNITS)}, not by {unit}")
    rows = counts(store, question, unit)
    if len(rows) > LONGEST:
        raise DragomanError(f"{len(rows):,} bars cannot be told apart: choose a longer unit than {unit}, or a period")
    return timeline(rows, unit, title, source_of(store, question))


def counts(store: Store, question: str, unit: str) -> list[dict[str, Any]]:
    """Events by period and quad class, with zeros for periods without."""
    panel = Panel((unit,), wide="quad", fill=True)
    return [row for batch in store.panel_batches(panel, question) for row in batch.to_pylist()]


def source_of(store: Store, question: str) -> str:
    asked = f", “{one_line(question)}”" if question else ""
    return f"{store.path.name}{asked}, {store.count(question):,} events, dragoman {dragoman_version()}"


def unit_for(first: str, last: str) -> str:
    """The shortest unit that makes a picture of not too many bars."""
    if not first:
        return "year"
    months = (int(last[:4]) - int(first[:4])) * 12 + int(last[5:7] or 12) - int(first[5:7] or 1) + 1
    return "day" if months * 31 <= SPANS["day"] else "month" if months <= SPANS["month"] else "year"
