"""Conditions on rows of ``events``, as SQL with bound parameters. In: what is asked for. Out: ``Condition``; null is as false.

They ask the columns of ``lookup``, not the lists of entities.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from dragoman.codebook.reciprocal import reciprocal_types
from dragoman.store.periods import FIRST_DAY

WHOLE_DAY = len("2024-11-06")


Value: TypeAlias = str | int | date | tuple[str, ...]


@dataclass(frozen=True)
class Condition:
    """An SQL expression over a row of ``events`` and the values of its question marks."""

    sql: str
    parameters: tuple[Value, ...] = ()


@dataclass(frozen=True)
class Party:
    """Who may stand on one side: a country, or a code in its place, and a sector; None is any."""

    country: str | None = None
    sector: str | None = None


TRUE = Condition("true")
ANYONE = Party()


def all_of(conditions: Sequence[Condition]) -> Condition:
    return joined(" AND ", conditions) if conditions else TRUE


def any_of(conditions: Sequence[Condition]) -> Condition:
    return joined(" OR ", conditions)


def joined(word: str, conditions: Sequence[Condition]) -> Condition:
    return Condition(f"({word.join(one.sql for one in conditions)})", parameters_of(conditions))


def parameters_of(conditions: Iterable[Condition]) -> tuple[Value, ...]:
    return tuple(value for condition in conditions for value in condition.parameters)


def negated(condition: Condition) -> Condition:
    return Condition(f"NOT coalesce({condition.sql}, false)", condition.parameters)


def equal(column: str, value: str | int) -> Condition:
    return Condition(f"({column} = ?)", (value,))


def holds(column: str, value: str) -> Condition:
    return Condition(f"list_contains({column}, ?)", (value,))


def dated(first: str, last: str) -> Condition:
    """Events known to lie between the two, each a day, month or year; one without a date never does."""
    return Condition("(first_day >= ? AND last_day <= ?)", between(first, last))


def between(first: str, last: str) -> tuple[date, date]:
    """The first day of the one and the last day of the other."""
    year, month = int(last[:4]), int(last[5:7] or 12)
    end = last if len(last) == WHOLE_DAY else f"{last[:4]}-{month:02}-{monthrange(year, month)[1]}"
    return date.fromisoformat(first + FIRST_DAY[len(first) :]), date.fromisoformat(end)


def published(first: str, last: str) -> Condition:
    """Events of articles that were published between the two."""
    begin, end = (day.isoformat() for day in between(first, last))
    return Condition("article_id IN (SELECT id FROM articles WHERE published.value >= ? AND published.value <= ?)", (begin, end))


def takes_part(party: Party) -> Condition:
    """Events with the party on either side."""
    return any_of([on_side("actor", (party,)), on_side("recipient", (party,))])


def acts_on(actors: Sequence[Party], recipients: Sequence[Party]) -> Condition:
    """Events in which one of the first acts on one of the second; in reciprocal ones without a recipient, on each other."""
    directed = all_of([on_side("actor", actors), on_side("recipient", recipients)])
    reciprocal = all_of([is_reciprocal(), on_side("actor", actors), on_side("actor", recipients), two_of((*actors, *recipients))])
    return any_of([directed, reciprocal])


def is_reciprocal() -> Condition:
    """Events whose actors act on each other."""
    types = ", ".join(f"'{name}'" for name in reciprocal_types())
    return Condition(f"(type IN ({types}) AND len(recipient_countries) = 0 AND len(actor_countries) > 1)")


def on_side(side: str, parties: Sequence[Party]) -> Condition:
    """Whether one of the parties stands in ``side``, a list of entities; where anyone will do, nobody needs to be there."""
    return TRUE if ANYONE in parties else any_of([one_on_side(side, party) for party in parties])


def one_on_side(side: str, party: Party) -> Condition:
    tests = [holds(f"{side}_countries", party.country)] if party.country else []
    if party.sector:
        among = matching(side, (party,))
        tests.append(Condition(f"{among.sql} > 0", among.parameters))
    return all_of(tests)


def two_of(parties: Sequence[Party]) -> Condition:
    if ANYONE in parties:
        return Condition("len(actor_countries) > 1")
    among = matching("actor", parties)
    return Condition(f"{among.sql} > 1", among.parameters)


def matching(side: str, parties: Sequence[Party]) -> Condition:
    """How many entities of ``side`` are one of the parties."""
    if any(party.sector for party in parties):
        test = any_of([is_party(party) for party in parties])
        return Condition(f"len(list_filter({side}_codes, lambda e: {test.sql}))", test.parameters)
    test = any_of([equal("e", party.country or "") for party in parties])
    return Condition(f"len(list_filter({side}_countries, lambda e: {test.sql}))", test.parameters)


def is_party(party: Party) -> Condition:
    """Of an entity's codes."""
    tests = [Condition("starts_with(e || ' ', ?)", (f"{party.country} ",))] if party.country else []
    if party.sector:
        tests.append(Condition("contains(e || ' ', ?)", (f" {party.sector} ",)))
    return all_of(tests)
