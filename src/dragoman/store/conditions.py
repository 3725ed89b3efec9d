"""Conditions on rows of ``events``, as SQL with bound parameters. In: what is asked for. Out: ``Condition``, never null: true or false."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from dragoman.codebook.reciprocal import reciprocal_types

LAST_DAY, FIRST_DAY = "0000-12-31", "0000-01-01"


Value: TypeAlias = str | int | tuple[str, ...]


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
    return Condition(f"NOT {condition.sql}", condition.parameters)


def equal(column: str, value: str | int) -> Condition:
    return Condition(f"coalesce({column} = ?, false)", (value,))


def always_equal(column: str, value: str | int) -> Condition:
    """Of a column that is never null: DuckDB then leaves out what cannot hold it while it reads."""
    return Condition(f"({column} = ?)", (value,))


def holds(column: str, value: str) -> Condition:
    return Condition(f"coalesce(list_contains({column}, ?), false)", (value,))


def within(value: str, until: str, first: str, last: str) -> Condition:
    """Whether a date lies wholly between two others. Any may be a year or month: its first or last day then counts."""
    begin, end = first + FIRST_DAY[len(first) :], last + LAST_DAY[len(last) :]
    starts = f"{value} || substr('{FIRST_DAY}', length({value}) + 1)"
    latest = f"coalesce({until}, {value})"
    ends = f"{latest} || substr('{LAST_DAY}', length({latest}) + 1)"
    return Condition(f"coalesce({starts} >= ? AND {ends} <= ?, false)", (begin, end))


def dated(first: str, last: str) -> Condition:
    """Events known to lie between the two; one without a date never does."""
    return within("date.value", "date.until", first, last)


def published(first: str, last: str) -> Condition:
    """Events of articles that were published between the two."""
    inner = within("published.value", "published.value", first, last)
    return Condition(f"article_id IN (SELECT id FROM articles WHERE {inner.sql})", inner.parameters)


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
    return Condition(f"coalesce(type IN ({types}) AND len(recipient) = 0 AND len(actor) > 1, false)")


def on_side(side: str, parties: Sequence[Party]) -> Condition:
    """Whether one of the parties stands in ``side``, a list of entities; where anyone will do, nobody needs to be there."""
    if ANYONE in parties:
        return TRUE
    among = matching(side, parties)
    return Condition(f"{among.sql} > 0", among.parameters)


def two_of(parties: Sequence[Party]) -> Condition:
    among = matching("actor", parties)
    return Condition(f"{among.sql} > 1", among.parameters)


def matching(side: str, parties: Sequence[Party]) -> Condition:
    """How many entities of ``side`` are one of the parties."""
    test = any_of([is_party(party) for party in parties])
    return Condition(f"coalesce(len(list_filter({side}, lambda e: {test.sql})), 0)", test.parameters)


def is_party(party: Party) -> Condition:
    tests = [equal("e.country", party.country)] if party.country else []
    if party.sector:
        tests.append(any_of([equal("e.sector", party.sector), holds("e.other_sectors", party.sector)]))
    return all_of(tests)
