"""That the tables name who holds the main offices on every day, except for the gaps that coverage.yaml lists and explains."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml

from dragoman import knowledge
from dragoman.knowledge import Holding

COVERAGE = yaml.safe_load(Path(__file__).with_name("coverage.yaml").read_text(encoding="utf-8"))
FIRST, LAST = COVERAGE["first"], COVERAGE["last"]
HANDOVER = timedelta(days=3)
MONTH = timedelta(days=31)
Days = tuple[date, date]


def first_day(bound: str) -> date:
    return date.fromisoformat(f"{bound}-01-01"[:10]) if bound else FIRST


def day_after(bound: str) -> date:
    """The first day on which a holding is over: an exact bound itself, else the one after the month or year."""
    if not bound:
        return LAST + timedelta(days=1)
    if len(bound) == 10:
        return date.fromisoformat(bound)
    year, month = int(bound[:4]), int(bound[5:] or 12)
    return date(year + month // 12, month % 12 + 1, 1)


def uncovered(holdings: list[Holding]) -> Iterator[Days]:
    """First and last day of each time longer than a handover in which nobody holds the office."""
    covered = FIRST
    for holding in sorted(holdings, key=lambda h: first_day(h.since)):
        since = first_day(holding.since)
        if since - covered > HANDOVER and covered <= LAST:
            yield covered, min(LAST, since - timedelta(days=1))
        covered = max(covered, day_after(holding.until))
    if LAST - covered >= HANDOVER:
        yield covered, LAST


def doubled(holdings: list[Holding]) -> Iterator[tuple[str, str]]:
    """Persons who both hold an office for longer than a bound of a month can explain."""
    ordered = sorted(holdings, key=lambda h: first_day(h.since))
    for index, earlier in enumerate(ordered):
        for later in ordered[index + 1 :]:
            shared = min(day_after(earlier.until), day_after(later.until)) - max(FIRST, first_day(later.since))
            if shared > MONTH and earlier.person != later.person:
                yield earlier.person, later.person


def gaps_listed(country: str, office: str) -> list[Days]:
    return [(since, until) for c, o, since, until, _ in COVERAGE["gaps"] if (c, o) == (country, office)]


OFFICES = [(c, o) for c in COVERAGE["countries"] for o in COVERAGE["offices"] if o not in COVERAGE["no_such_office"].get(c, [])]


@pytest.mark.parametrize(("country", "office"), OFFICES)
def test_an_office_of_state_is_held_on_every_day(country: str, office: str) -> None:
    holdings = knowledge.load().by_office.get((country, office), [])
    assert list(uncovered(holdings)) == gaps_listed(country, office)
    assert list(doubled(holdings)) == []


@pytest.mark.parametrize(("country", "titles"), COVERAGE["titles"])
def test_a_known_post_is_held_on_every_day(country: str, titles: list[str]) -> None:
    holdings = [h for title in titles for h in knowledge.load().by_title[(country, knowledge.title_key(title))]]
    assert list(uncovered(holdings)) == gaps_listed(country, titles[0])


def test_every_gap_is_explained_and_of_an_office_that_is_checked() -> None:
    posts = {*OFFICES, *((country, titles[0]) for country, titles in COVERAGE["titles"])}
    gaps: list[Any] = COVERAGE["gaps"]
    assert all(why in ("vacant", "not known", "namesake") for *_, why in gaps)
    assert {(country, office) for country, office, *_ in gaps} <= posts
