"""In which groups of a panel an event belongs. In: an event, and what a judge puts right in it. Out: the cells of the panel.

The same as ``store/panel.py`` does in SQL for events as they are coded; a test compares the two.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import product
from typing import TypeAlias

from dragoman import codebook
from dragoman.audit.lines import NAMES, NONE, Judged, Verdict
from dragoman.codebook.reciprocal import reciprocal_types
from dragoman.days import first_day, last_day
from dragoman.schema import Event
from dragoman.store.panel import SIDES, Panel
from dragoman.store.periods import UNITS

Value: TypeAlias = str | int | None
Cell: TypeAlias = tuple[Value, ...]
UNKNOWN = "?"  # known to be wrong, but not what it should be: in no group that the panel has
CODE = re.compile(r"(?:^|\()([A-Z]{3})(?: [A-Z]{3})?(?:\)|$)")
NEEDED: dict[str, tuple[Judged, ...]] = {
    "actor": ("actor",),
    "recipient": ("recipient",),
    "country_a": ("actor", "recipient"),
    "country_b": ("actor", "recipient"),
    "country": ("actor", "recipient"),
    **dict.fromkeys(UNITS, ("date",)),
}


@dataclass(frozen=True, slots=True)
class Facts:
    """What groups are made of; ``day`` and ``until`` are years, months or days."""

    type: str
    quad: Value
    actors: tuple[Value, ...]
    recipients: tuple[Value, ...]
    day: str | None
    until: str | None


def facts_of(event: Event) -> Facts:
    """As it is coded."""
    date = event.date
    actors, recipients = (tuple(one.country for one in side) for side in (event.actor, event.recipient))
    return Facts(event.type, event.quad, actors, recipients, date.value if date else None, date.until if date else None)


def needed_of(panel: Panel) -> tuple[Judged, ...]:
    """The fields that must be judged to know in which group an event belongs."""
    return tuple(dict.fromkeys(("type", *(name for column in panel.columns for name in NEEDED.get(column, ())))))


def corrected(event: Event, verdicts: Mapping[Judged, Verdict], needed: Sequence[Judged]) -> Facts | None:
    """As it should be coded; None where it is no event. LookupError where a judge does not say what is needed."""
    kind = verdicts["type"]
    if kind.should == NONE:
        return None
    facts = facts_of(event)
    for name in needed:
        verdict = verdicts[name]
        if verdict.verdict == "unsure":
            raise LookupError(name)
        if verdict.verdict == "wrong":
            facts = put_right(facts, name, verdict.should)
    return facts


def put_right(facts: Facts, name: Judged, should: str | None) -> Facts:
    match name:
        case "type":
            book = codebook.load().types
            return replace(facts, type=should or UNKNOWN, quad=book[should].quad if should in book else UNKNOWN)
        case "actor":
            return replace(facts, actors=countries(should))
        case "recipient":
            return replace(facts, recipients=countries(should))
        case "date" if should == NONE:
            return replace(facts, day=None, until=None)
        case "date":
            day, _, until = (should or UNKNOWN).partition("..")
            return replace(facts, day=day, until=until or None)
    return facts


def countries(should: str | None) -> tuple[Value, ...]:
    """Of parties such as ``JPN GOV; the rebels (SYR REB)``; nobody's of words alone."""
    if should is None:
        return (UNKNOWN,)
    if should == NONE:
        return ()
    return tuple(found[1] if (found := CODE.search(one)) else None for one in NAMES.split(should.strip()))


def cells_of(facts: Facts, panel: Panel) -> set[Cell]:
    """All groups that the event counts in."""
    sides = list(pairs(facts)) if SIDES & set(panel.by) else [(None, None)]
    either: list[Value] = list({*facts.actors, *facts.recipients}) if "country" in panel.by else [None]
    found = product(sides, either or [None])
    return {tuple(value_of(column, facts, pair, country) for column in panel.columns) for pair, country in found}


def pairs(facts: Facts) -> Iterator[tuple[Value, Value]]:
    """Each actor with each recipient; where both sides are actors, each with each other."""
    if facts.type in reciprocal_types() and not facts.recipients and len(facts.actors) > 1:
        numbered = list(enumerate(facts.actors))
        yield from ((one, other) for (a, one), (b, other) in product(numbered, numbered) if a != b)
    else:
        yield from product(facts.actors or (None,), facts.recipients or (None,))


def value_of(column: str, facts: Facts, pair: tuple[Value, Value], country: Value) -> Value:
    known = sorted(str(one) for one in pair if one is not None)
    match column:
        case "actor":
            return pair[0]
        case "recipient":
            return pair[1]
        case "country_a":
            return known[0] if known else None
        case "country_b":
            return known[1] if len(known) > 1 else None
        case "country":
            return country
        case "type":
            return facts.type
        case "quad":
            return facts.quad
    return period_of(column, facts)


def period_of(unit: str, facts: Facts) -> str | None:
    """The day, week, month, quarter or year that the whole of a date lies in."""
    if facts.day == UNKNOWN:
        return UNKNOWN
    ends = (first_day(facts.day), last_day(facts.until or facts.day)) if facts.day else (None, None)
    if ends[0] is None or ends[1] is None:
        return None
    first, last = (label(unit, day) for day in (ends[0], ends[1]))
    return first if first == last else None


def label(unit: str, day: date) -> str:
    match unit:
        case "day":
            return day.isoformat()
        case "week":
            return "{}-W{:02}".format(*day.isocalendar())
        case "month":
            return day.isoformat()[:7]
        case "quarter":
            return f"{day.year}-Q{(day.month + 2) // 3}"
    return str(day.year)
