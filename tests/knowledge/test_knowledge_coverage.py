"""That the tables name who holds the main offices on every day, but for the gaps that coverage.yaml lists and explains, and that
each thing that can be wrong with them is found."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dragoman import knowledge
from dragoman.knowledge import Holding, Knowledge, checks

COVERAGE = checks.coverage()


def test_the_tables_have_no_gap_that_is_not_explained_and_do_not_contradict_themselves() -> None:
    assert checks.check(knowledge.load()) == []


@pytest.mark.parametrize("post", COVERAGE.gaps, ids=str)
def test_every_explained_gap_is_there(post: tuple[str, str]) -> None:
    titles = next((t for c, t in COVERAGE.titles if (c, t[0]) == post), None)
    known = knowledge.load()
    holdings = checks.holdings_of(post[0], titles, known) if titles else known.by_office[post]
    assert list(checks.uncovered(holdings, COVERAGE.first, COVERAGE.last)) == COVERAGE.gaps[post]


@pytest.mark.parametrize(("country", "office"), COVERAGE.offices)
def test_an_office_of_state_has_one_holder_at_a_time(country: str, office: str) -> None:
    holdings = knowledge.load().by_office.get((country, office), [])
    assert list(checks.doubled(holdings, (COVERAGE.first, COVERAGE.last))) == []


def test_every_gap_has_a_reason_and_is_of_an_office_that_is_checked() -> None:
    assert set(COVERAGE.reasons) <= {"vacant", "not known", "namesake"}
    assert set(COVERAGE.gaps) <= {*COVERAGE.offices, *((country, titles[0]) for country, titles in COVERAGE.titles)}


def holding(person: str, since: str, until: str, wikidata: str | None = None) -> Holding:
    return Holding(person, "ATL", "foreign_minister", "GOV", "foreign minister", since, until, wikidata, "")


def made_of(*holdings: Holding) -> Knowledge:
    known = replace(knowledge.load(), people={}, _members={}, _offices=None)
    for one in holdings:
        known.people.setdefault(one.person, knowledge.Person(one.person)).holdings.append(one)
    return known


NOTHING = replace(COVERAGE, offices=[], titles=[], gaps={})


@pytest.mark.parametrize(
    ("holdings", "kinds"),
    [
        ([holding("A B", "2001", "2003"), holding("C D", "2003", "2005")], []),
        ([holding("A B", "2001-01-01", "2003-06-01"), holding("C D", "2002-01-01", "")], ["overlap"]),
        ([holding("A B", "2001-01-01", "2003-06-01"), holding("C D", "2003-05-20", "")], []),
        ([holding("A B", "2004-02-01", "2003-06-01")], ["order"]),
        ([holding("A B", "2001", "2002", "Q1"), holding("A B", "2004", "2005", "Q2")], ["identity"]),
        ([holding("A B", "2001", "2002", "Q1"), holding("C D", "2004", "2005", "Q1")], ["identity"]),
    ],
)
def test_what_is_wrong_is_found(holdings: list[Holding], kinds: list[str]) -> None:
    assert [f.kind for f in checks.check(made_of(*holdings), NOTHING)] == kinds


def test_an_office_that_must_be_held_and_is_not_is_a_gap() -> None:
    known = made_of(holding("A B", "2010", "2015-01-01"))
    wanted = replace(NOTHING, offices=[("ATL", "foreign_minister")])
    [finding] = checks.check(known, wanted)
    assert (finding.kind, finding.what) == ("gap", f"nobody from 2015-01-01 to {COVERAGE.last}")


def test_nobody_is_a_member_twice_at_a_time() -> None:
    known = made_of()
    known.members["Union"] = [
        knowledge.Membership("Union", "ATL", "1990-01-01", ""),
        knowledge.Membership("Union", "ATL", "1995-01-01", ""),
    ]
    assert [f.kind for f in checks.check(known, NOTHING)] == ["overlap"]
