"""In: nothing. Out: the facts that the tables hold, one class a table, and the rule for dates.

Dates are texts, YYYY, YYYY-MM or YYYY-MM-DD, as precise as they are known; an empty one means that no bound is known.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from dragoman.errors import DataError

DAY = 10
DATE = re.compile(r"(?:\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?)?")


class Name(NamedTuple):
    """What a text means: a state (name, former, adjective, people), a place (capital, city, region), or a body for
    which a place or house stands (metonym); or nobody at all (waters: "South China Sea"), without a country.
    """

    text: str
    country: str
    kind: str
    sector: str | None
    since: str
    until: str


class Organisation(NamedTuple):
    """An organisation, party, armed group or medium in a period in which country and sector held."""

    name: str
    country: str | None
    sector: str | None
    other_sectors: tuple[str, ...]
    wikidata: str | None
    since: str
    until: str


@dataclass(frozen=True, slots=True)
class Agent:
    """A role noun: "soldier", "riot police"."""

    text: str
    sector: str
    number: str
    flags: frozenset[str]

    @property
    def weak(self) -> bool:
        return "weak" in self.flags

    @property
    def instrument(self) -> bool:
        return "instrument" in self.flags

    @property
    def arms(self) -> bool:
        return "arms" in self.flags


class Title(NamedTuple):
    """A title: "foreign minister", "general", "mr"; ``kind`` is title, honorific or modifier."""

    text: str
    office: str | None
    sector: str | None
    kind: str


class Holding(NamedTuple):
    """One person in one office from one day to another."""

    person: str
    country: str
    office: str
    sector: str | None
    title: str
    since: str
    until: str
    wikidata: str | None
    source: str = ""


class Line(NamedTuple):
    """A line of a holders table that has not been taken apart beyond its first three columns."""

    file: str
    number: int
    country: str
    rest: str


@dataclass(slots=True, eq=False)
class Person:
    """A person of the tables; ``forms`` are name and aliases as they are written, ``lines`` what the tables say of the offices."""

    name: str
    forms: list[str] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    _holdings: list[Holding] | None = None

    @property
    def holdings(self) -> list[Holding]:
        """All offices, in the order of the tables. DataError for a line with something that is no date."""
        if self._holdings is None:
            self._holdings = [_holding(self.name, line) for line in self.lines]
        return self._holdings


def _holding(person: str, line: Line) -> Holding:
    office, sector, title, since, until, wikidata, source = line.rest.split("\t")
    if not (DATE.fullmatch(since) and DATE.fullmatch(until)):
        where = f"{line.file}:{line.number}"
        since, until = checked_date(since, where), checked_date(until, where)
    return Holding(person, line.country, office, sector or None, title, since, until, wikidata or None, source)


class Membership(NamedTuple):
    """A state that belongs to an organisation from one day to another."""

    organisation: str
    country: str
    since: str
    until: str


def is_in_force(since: str, until: str, day: str, last_day: bool = False) -> bool:
    """Whether a day (YYYY-MM-DD) lies in a period. A bound that is only a month or a year belongs to the period wholly;
    an exact ``until`` is the day on which it was over, unless ``last_day`` says that it was the last one."""
    if since and day[: len(since)] < since:
        return False
    if not until:
        return True
    if len(until) == DAY and not last_day:
        return day < until
    return day[: len(until)] <= until


def is_over(until: str, day: str) -> bool:
    return bool(until) and (day >= until if len(until) == DAY else day[: len(until)] > until)


def checked_date(text: str, where: str) -> str:
    """The text, if it is empty or a date. DataError where it is neither."""
    if text and DATE.fullmatch(text) is None:
        raise DataError(where, f"{text!r} is no date; YYYY, YYYY-MM or YYYY-MM-DD is expected")
    return text
