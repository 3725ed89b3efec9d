"""The query language. In: a line such as ``JPN -> USA, SUPPORT, 2024``. Out: a Condition on events, or a QueryError.

Terms between commas must all hold; alternatives stand between ``|`` or the word "or"; ``!`` or "not" before a term excludes what it
describes.

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
from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import date
from typing import TypeAlias

from dragoman.store import conditions
from dragoman.store.conditions import ANYONE, Condition, Party
from dragoman.store.errors import QueryError
from dragoman.store.terms import Terms

CountryOf: TypeAlias = Callable[[str], str | None]

NO_DATE = "no date, which looks like 2024, 2024-11, 2024-11-06 or 2024-01..2024-06"
SEE_TERMS = "; dragoman query --help shows examples, docs/query.md lists the terms"
THE = re.compile(r"^the ", re.IGNORECASE)
COMMA = re.compile(",")
OR = re.compile(r"\||\s+or\s+", re.IGNORECASE)
NOT = re.compile(r"!\s*|not\s+", re.IGNORECASE)
CODE = re.compile(r"[A-Z]{3}")
YEAR = re.compile(r"\b\d{4}\b")
DAY = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
DIRECTED = re.compile(r"\s*(?:->|→)\s*")
EITHER_WAY = re.compile(r"\s*(?:<->|↔)\s*|\s+[-–—]\s+|(?<=\b[A-Z]{3})-(?=[A-Z]{3}\b)")


def parsed(query: str, country_of: CountryOf | None = None, own_types: Collection[str] = ()) -> Condition:
    """What the query asks for; an empty one asks for everything.

    ``country_of`` gives the code of a country's name ("Japan"), None if it is none; without it only codes are understood.
    ``own_types`` are names of event types beside the codebook's. QueryError names the term that is not understood.
    """
    reader = Reader(Terms.of_codebook().with_types(own_types), country_of)
    return conditions.all_of([reader.term(term) for term in split(query, COMMA)])


def split(text: str, separator: re.Pattern[str]) -> Iterator[str]:
    """The parts between separators without the space around them; QueryError for one that is empty, unless the whole is."""
    for part in separator.split(text) if text.strip() else []:
        if not part.strip():
            sign = "','" if separator is COMMA else "'|'"
            raise QueryError(text.strip(), f"nothing between two {sign}, or after the last")
        yield " ".join(part.split())


class Reader:
    """Understands single terms."""

    def __init__(self, terms: Terms, country_of: CountryOf | None) -> None:
        self.terms = terms
        self.country_of = country_of

    def term(self, term: str) -> Condition:
        if not term:
            raise QueryError(term, "nothing after '!'")
        if excluding := NOT.match(term):
            return conditions.negated(self.term(term[excluding.end() :]))
        if sides := sides_of(EITHER_WAY, term):
            return conditions.any_of([self.dyad(*sides), self.dyad(sides[1], sides[0])])
        if sides := sides_of(DIRECTED, term):
            return self.dyad(*sides)
        return conditions.any_of([self.alternative(one) for one in split(term, OR)])

    def dyad(self, actors: str, recipients: str) -> Condition:
        return conditions.acts_on(self.parties(actors), self.parties(recipients))

    def parties(self, side: str) -> list[Party]:
        return [self.party(one) for one in split(side, OR)]

    def party(self, text: str) -> Party:
        party = ANYONE if text == "*" else self.party_or_none(text)
        if party is None:
            raise self.not_understood(text, "no such country or sector", [*self.terms.actors, *as_code(text)])
        return party

    def alternative(self, text: str) -> Condition:
        condition = self.prefixed(text) or self.terms.condition(text) or date_condition(text, conditions.dated)
        if condition:
            return condition
        party = self.party_or_none(text)
        if party is None:
            raise self.not_understood(text)
        return conditions.takes_part(party)

    def not_understood(self, text: str, what: str = "not understood", known: Sequence[str] = ()) -> QueryError:
        """The error that names the word to blame, and what to do."""
        words = text.split()
        strange = [word for word in words if not self.understood(word)] if len(words) > 1 else words
        if not strange and not known:
            advice = f'; put a comma between what must hold ({", ".join(words)}), "or" between alternatives'
            return QueryError(text, what, otherwise=advice)
        if YEAR.search(text):
            return QueryError(text, what, otherwise=f"; it is {NO_DATE}")
        blamed = strange[0] if len(strange) == 1 else text
        return QueryError(blamed, what, known or as_code(blamed) or self.terms.known, SEE_TERMS)

    def understood(self, word: str) -> bool:
        try:
            self.term(word)
        except QueryError:
            return False
        return True

    def prefixed(self, text: str) -> Condition | None:
        """``published:``, ``mode:``, ``context:``; None for anything else."""
        prefix, colon, value = text.partition(":")
        if not colon:
            return None
        if prefix.strip().casefold() == "published":
            condition = date_condition(value.strip(), conditions.published)
            if condition is None:
                raise QueryError(text, NO_DATE)
            return condition
        return self.terms.of_kind(prefix.strip(), value.strip())

    def party_or_none(self, text: str) -> Party | None:
        """A country, a sector, or a country and its sector."""
        if text.upper() in self.terms.sectors:
            return Party(sector=text.upper())
        if country := self.country(text):
            return Party(country)
        name, _, sector = text.rpartition(" ")
        if sector.upper() not in self.terms.sectors:
            sector, _, name = text.partition(" ")
        if name and sector.upper() in self.terms.sectors:
            return Party(None if name == "*" else self.known_country(name), sector.upper())
        return None

    def known_country(self, name: str) -> str:
        country = self.country(name)
        if country is None:
            raise QueryError(name, "no such country", [*self.terms.actors, *as_code(name)])
        return country

    def country(self, name: str) -> str | None:
        if CODE.fullmatch(name):
            return name
        return self.country_of(THE.sub("", name)) if self.country_of else None


def as_code(text: str) -> list[str]:
    """Three letters as the code of a country is written, in capitals; nothing for anything else."""
    return [text.upper()] if CODE.fullmatch(text.upper()) else []


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
    dates = dates_in(text)
    return made(*dates) if dates else None


def days_of(text: str) -> tuple[str, str]:
    """First and last day of a date or two with ``..`` between. QueryError for what is none."""
    dates = dates_in(text)
    if dates is None:
        raise QueryError(text, NO_DATE)
    first, last = conditions.between(*dates)
    return first.isoformat(), last.isoformat()


def dates_in(text: str) -> tuple[str, str] | None:
    """A date twice, or two with ``..`` between, each as long as it is written; None if it is no date."""
    first, _, last = (part.strip() for part in text.partition(".."))
    if not DAY.fullmatch(first) or (".." in text and not DAY.fullmatch(last)):
        return None
    last = last or first
    for day in (first, last):
        if not is_calendar_date(day):
            raise QueryError(day, "no such date")
    if first > last:
        raise QueryError(text, "the first date is after the second")
    return first, last


def is_calendar_date(day: str) -> bool:
    try:
        date.fromisoformat(day + "0000-01-01"[len(day) :])
    except ValueError:
        return False
    return True
