"""In: the knowledge, and the table of what it must cover. Out: what contradicts itself or is missing: ``Finding`` by ``Finding``.

An office that coverage.yaml lists must have one holder on every day of its years, but for the gaps that are explained there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from importlib.resources import files
from itertools import combinations, pairwise

import yaml

from dragoman.knowledge.base import Knowledge, title_key
from dragoman.knowledge.facts import DAY, Holding, Membership
from dragoman.tables import Folder, text_of

HANDOVER = timedelta(days=3)
MONTH = timedelta(days=31)
ALWAYS = date.min, date.max
ALONE = frozenset({"head_of_government", "foreign_minister", "defence_minister", "interior_minister", "finance_minister", "central_bank"})
ACTING = "acting"
BODIES = frozenset({"IGO", "UNO", "EUR", "NGO", "IMG"})
Days = tuple[date, date]


@dataclass(frozen=True, slots=True)
class Finding:
    """``kind`` is gap, overlap, repeated, order or identity; ``where`` a country and office, a person or an organisation."""

    kind: str
    where: str
    what: str


@dataclass(frozen=True, slots=True)
class Coverage:
    """Which offices of which countries must be held on every day from ``first`` to ``last``; ``gaps`` are known and explained.

    ``rivals`` are the times in which a country had two who held the same office.
    """

    first: date
    last: date
    offices: list[tuple[str, str]]
    titles: list[tuple[str, list[str]]]
    gaps: dict[tuple[str, str], list[Days]]
    reasons: list[str]
    rivals: dict[str, list[Days]]


def coverage(folder: Folder | None = None) -> Coverage:
    """The table coverage.yaml."""
    read = yaml.safe_load(text_of(folder or files("dragoman.knowledge") / "data", "coverage.yaml"))
    gaps: dict[tuple[str, str], list[Days]] = {}
    for country, office, since, until, _ in read["gaps"]:
        gaps.setdefault((country, office), []).append((since, until))
    offices = [(c, o) for c in read["countries"] for o in read["offices"] if o not in read["no_such_office"].get(c, [])]
    rivals: dict[str, list[Days]] = {}
    for country, since, until, *_ in read["rivals"]:
        rivals.setdefault(country, []).append((since, until))
    return Coverage(read["first"], read["last"], offices, read["titles"], gaps, [gap[4] for gap in read["gaps"]], rivals)


def check(knowledge: Knowledge, wanted: Coverage | None = None) -> list[Finding]:
    """Everything that is wrong with the tables, gaps first."""
    wanted = wanted or coverage()
    return [
        *_gaps(knowledge, wanted),
        *_overlaps(knowledge, wanted),
        *_repeated(knowledge),
        *_orders(knowledge),
        *_identities(knowledge),
        *_memberships(knowledge),
    ]


def holdings_of(country: str, titles: Iterable[str], knowledge: Knowledge) -> list[Holding]:
    """The holdings of a post that goes by several titles."""
    return [h for title in titles for h in knowledge.by_title.get((country, title_key(title)), [])]


def uncovered(holdings: list[Holding], first: date, last: date) -> Iterator[Days]:
    """First and last day of each time longer than a handover in which nobody holds an office."""
    covered = first
    for holding in sorted(holdings, key=lambda h: first_day(h.since)):
        since = first_day(holding.since)
        if since - covered > HANDOVER and covered <= last:
            yield covered, min(last, since - timedelta(days=1))
        covered = max(covered, day_after(holding.until))
    if last - covered >= HANDOVER:
        yield covered, last


def doubled(holdings: list[Holding], days: Days = ALWAYS) -> Iterator[tuple[Holding, Holding]]:
    """Holdings of different persons at a time, for longer than a bound of a month or a year can explain."""
    for one, other in combinations(sorted(holdings, key=lambda h: first_day(h.since)), 2):
        if one.person != other.person and _shared(one, other, days) > max(MONTH, _vagueness(one.until), _vagueness(other.since)):
            yield one, other


def first_day(bound: str) -> date:
    return date.fromisoformat(f"{bound}-01-01"[:10]) if bound else date.min


def day_after(bound: str) -> date:
    """The first day on which a holding is over: an exact bound itself, else the one after the month or year."""
    if not bound:
        return date.max
    if len(bound) == DAY:
        return date.fromisoformat(bound)
    year, month = int(bound[:4]), int(bound[5:] or 12)
    return date(year + month // 12, month % 12 + 1, 1)


def _vagueness(bound: str) -> timedelta:
    """How far a bound may be off."""
    return timedelta(days={4: 366, 7: 31}.get(len(bound), 0))


def _shared(one: Holding, other: Holding, days: Days) -> timedelta:
    start = max(first_day(one.since), first_day(other.since), days[0])
    return min(day_after(one.until), day_after(other.until), days[1]) - start


def _gaps(knowledge: Knowledge, wanted: Coverage) -> Iterator[Finding]:
    posts = [((country, office), knowledge.by_office.get((country, office), [])) for country, office in wanted.offices]
    posts += [((country, titles[0]), holdings_of(country, titles, knowledge)) for country, titles in wanted.titles]
    for (country, office), holdings in posts:
        explained = wanted.gaps.get((country, office), [])
        for since, until in uncovered(holdings, wanted.first, wanted.last):
            if (since, until) not in explained:
                yield Finding("gap", f"{country} {office}", f"nobody from {since} to {until}")


def _overlaps(knowledge: Knowledge, wanted: Coverage) -> Iterator[Finding]:
    for (country, office), holdings in knowledge.by_office.items():
        if office not in ALONE or country in BODIES:
            continue
        for one, other in doubled([h for h in holdings if not h.title.startswith(ACTING)]):
            since = max(first_day(one.since), first_day(other.since))
            if not any(first <= since <= last for first, last in wanted.rivals.get(country, [])):
                yield Finding("overlap", f"{country} {office}", f"{_shown(one)} and {_shown(other)}")


def _repeated(knowledge: Knowledge) -> Iterator[Finding]:
    for person in knowledge.people.values():
        for one, other in combinations(sorted(person.holdings, key=lambda h: first_day(h.since)), 2):
            is_same = (one.country, one.title) == (other.country, other.title)
            if is_same and day_after(one.until) - first_day(other.since) > max(MONTH, _vagueness(one.until), _vagueness(other.since)):
                yield Finding("repeated", person.name, f"{one.title} since {one.since} and since {other.since}")


def _orders(knowledge: Knowledge) -> Iterator[Finding]:
    for person in knowledge.people.values():
        for holding in person.holdings:
            if holding.until and first_day(holding.since) > day_after(holding.until):
                yield Finding("order", person.name, f"{holding.title} ends before it begins: {holding.since} to {holding.until}")


def _identities(knowledge: Knowledge) -> Iterator[Finding]:
    names: dict[str, set[str]] = {}
    for person in knowledge.people.values():
        ids = {h.wikidata for h in person.holdings if h.wikidata}
        if len(ids) > 1:
            yield Finding("identity", person.name, f"has several Wikidata ids: {', '.join(sorted(ids))}")
        for found in ids:
            names.setdefault(found, set()).add(person.name)
    for found, people in names.items():
        if len(people) > 1:
            yield Finding("identity", found, f"is the Wikidata id of {' and '.join(sorted(people))}")


def _memberships(knowledge: Knowledge) -> Iterator[Finding]:
    for organisation, known in knowledge.members.items():
        by_country: dict[str, list[Membership]] = {}
        for membership in known:
            by_country.setdefault(membership.country, []).append(membership)
        for country, periods in by_country.items():
            ordered = sorted(periods, key=lambda m: m.since)
            for one, other in pairwise(ordered):
                if day_after(one.until) - _vagueness(one.until) > first_day(other.since) + _vagueness(other.since):
                    yield Finding("overlap", organisation, f"{country} is a member twice: since {one.since} and since {other.since}")


def _shown(holding: Holding) -> str:
    return f"{holding.person} ({holding.since} to {holding.until or 'now'})"
