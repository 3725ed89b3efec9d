"""The query language. In: a line such as ``JPN -> USA, SUPPORT, 2024``. Out: a Condition on events, or a QueryError.

Terms between commas must all hold; alternatives stand between ``|``; ``!`` before a term excludes what it describes.

| term | events |
|---|---|
| ``JPN -> USA``; ``* -> USA``; ``JPN -> *`` | of the first acting on the second; ``*`` is anyone or no one |
| ``JPN <-> USA``, ``JPN - USA`` | in either direction |
| ``JPN``, ``JPN GOV``, ``GOV`` | with that country, sector or both on either side; also in dyads |
| ``SUPPORT``, ``strike``, ``military``, ``Q4``, ``verbal conflict`` | of that type, mode, context, quad class |
| ``mode:cyber``, ``context:cyber`` | where a name is both |
| ``claimed``, ``future`` | of that status, with that auxiliary mode |
| ``2024``, ``2024-11``, ``2024-11-06``, ``2024-01..2024-06`` | known to lie within these dates |
| ``published:2024-11`` | reported within them |
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from datetime import date
from typing import TypeAlias

from dragoman.store import conditions
from dragoman.store.conditions import ANYONE, Condition, Party
from dragoman.store.errors import QueryError
from dragoman.store.terms import Terms

CountryOf: TypeAlias = Callable[[str], str | None]

SEE_TERMS = "; dragoman query --help shows examples, docs/query.md lists the terms"
THE = re.compile(r"^the ", re.IGNORECASE)
CODE = re.compile(r"[A-Z]{3}")
DAY = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
DIRECTED = re.compile(r"\s*(?:->|→)\s*")
EITHER_WAY = re.compile(r"\s*(?:<->|↔)\s*|\s+[-–—]\s+|(?<=\b[A-Z]{3})-(?=[A-Z]{3}\b)")


def parsed(query: str, country_of: CountryOf | None = None, own_types: Collection[str] = ()) -> Condition:
    """What the query asks for; an empty one asks for everything.

    ``country_of`` gives the code of a country's name ("Japan"), None if it is none; without it only codes are understood.
    ``own_types`` are names of event types beside the codebook's. QueryError names the term that is not understood.
    """
    reader = Reader(Terms.of_codebook().with_types(own_types), country_of)
    return conditions.all_of([reader.term(term) for term in split(query, ",")])


def split(text: str, separator: str) -> Iterator[str]:
    """The parts between separators without the space around them; QueryError for one that is empty, unless the whole is."""
    for part in text.split(separator) if text.strip() else []:
        if not part.strip():
            raise QueryError(text.strip(), f"nothing between two {separator!r}, or after the last")
        yield " ".join(part.split())


class Reader:
    """Understands single terms."""

    def __init__(self, terms: Terms, country_of: CountryOf | None) -> None:
        self.terms = terms
        self.country_of = country_of

    def term(self, term: str) -> Condition:
        if not term:
            raise QueryError(term, "nothing after '!'")
        if term.startswith("!"):
            return conditions.negated(self.term(term[1:].strip()))
        if sides := sides_of(EITHER_WAY, term):
            return conditions.any_of([self.dyad(*sides), self.dyad(sides[1], sides[0])])
        if sides := sides_of(DIRECTED, term):
            return self.dyad(*sides)
        return conditions.any_of([self.alternative(one) for one in split(term, "|")])

    def dyad(self, actors: str, recipients: str) -> Condition:
        return conditions.acts_on(self.parties(actors), self.parties(recipients))

    def parties(self, side: str) -> list[Party]:
        return [self.party(one) for one in split(side, "|")]

    def party(self, text: str) -> Party:
        party = ANYONE if text == "*" else self.party_or_none(text)
        if party is None:
            raise QueryError(text, "no such country or sector", self.terms.actors)
        return party

    def alternative(self, text: str) -> Condition:
        condition = self.prefixed(text) or self.terms.condition(text) or date_condition(text, conditions.dated)
        if condition:
            return condition
        party = self.party_or_none(text)
        if party is None:
            known = [text.upper()] if CODE.fullmatch(text.upper()) else self.terms.known
            raise QueryError(text, "not understood", known, SEE_TERMS)
        return conditions.takes_part(party)

    def prefixed(self, text: str) -> Condition | None:
        """``published:``, ``mode:``, ``context:``; None for anything else."""
        prefix, colon, value = text.partition(":")
        if not colon:
            return None
        if prefix.strip().casefold() == "published":
            condition = date_condition(value.strip(), conditions.published)
            if condition is None:
                raise QueryError(text, "no date, which looks like 2024, 2024-11, 2024-11-06 or 2024-01..2024-06")
            return condition
        return self.terms.of_kind(prefix.strip(), value.strip())

    def party_or_none(self, text: str) -> Party | None:
        """A country, a sector, or a country and its sector."""
        if text.upper() in self.terms.sectors:
            return Party(sector=text.upper())
        if country := self.country(text):
            return Party(country)
        name, _, sector = text.rpartition(" ")
        if sector.upper() in self.terms.sectors:
            return Party(None if name == "*" else self.known_country(name), sector.upper())
        return None

    def known_country(self, name: str) -> str:
        country = self.country(name)
        if country is None:
            raise QueryError(name, "no such country", self.terms.actors)
        return country

    def country(self, name: str) -> str | None:
        if CODE.fullmatch(name):
            return name
        return self.country_of(THE.sub("", name)) if self.country_of else None


def sides_of(arrow: re.Pattern[str], term: str) -> tuple[str, str] | None:
    """What stands before and after the arrow; None without one. QueryError for two arrows or an empty side."""
    sides = arrow.split(term)
    if len(sides) == 1:
        return None
    if len(sides) > 2 or not all(sides):
        raise QueryError(term, "a dyad has one actor and one recipient, such as JPN -> USA; * is anyone")
    return sides[0], sides[1]


def date_condition(text: str, made: Callable[[str, str], Condition]) -> Condition | None:
    """The condition for a date or two with ``..`` between; None if it is no date. QueryError if there is no such day."""
    first, _, last = (part.strip() for part in text.partition(".."))
    if not DAY.fullmatch(first) or (".." in text and not DAY.fullmatch(last)):
        return None
    last = last or first
    for day in (first, last):
        if not is_calendar_date(day):
            raise QueryError(day, "no such date")
    if first > last:
        raise QueryError(text, "the first date is after the second")
    return made(first, last)


def is_calendar_date(day: str) -> bool:
    try:
        date.fromisoformat(day + "0000-01-01"[len(day) :])
    except ValueError:
        return False
    return True
