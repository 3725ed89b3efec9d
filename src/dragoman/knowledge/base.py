"""In: the tables, read and checked. Out: ``Knowledge``, which answers what a text means and who was what on a day.

A question about a dated fact takes a day (YYYY-MM-DD) or None; without a day it gets only what held at all times that are known.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, TypeAlias, TypeVar

from dragoman.knowledge.alike import Alike
from dragoman.knowledge.facts import Agent, Holding, Membership, Name, Organisation, Person, Title, is_in_force, is_over
from dragoman.knowledge.phrases import Phrases
from dragoman.knowledge.romanising import Romanisations
from dragoman.knowledge.spelling import Spellings

Dated = TypeVar("Dated", Name, Organisation)
Offices: TypeAlias = tuple[dict[tuple[str, str], list[Holding]], dict[tuple[str, str], list[Holding]]]
Members: TypeAlias = dict[str, list[Membership]]
PLACES = ("capital", "city")
LANDS = ("name", "former", "region")


class Role(NamedTuple):
    """A role noun or title as a phrase of the text; ``title`` and ``agent`` are what the tables say of it."""

    text: str
    title: Title | None
    agent: Agent | None
    plural: bool


@dataclass(slots=True)
class Knowledge:
    """Everything the tables hold, indexed. ``cased`` finds names, ``roles`` titles and role nouns in lower case.

    ``family_first`` are the countries where a lone surname is the first word of a name, ``either_order`` those where names occur both ways.
    """

    spellings: Spellings
    romanisations: Mapping[str, Romanisations]
    cased: Phrases[Name | Organisation | Person] = field(default_factory=Phrases)
    roles: Phrases[Role] = field(default_factory=Phrases)
    family_first: frozenset[str] = frozenset()
    either_order: frozenset[str] = frozenset()
    names: dict[str, str] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    by_surname: dict[str, list[Person]] = field(default_factory=dict)
    read_members: Callable[[], Members] = dict
    bodies: set[str] = field(default_factory=set)
    _members: Members | None = None
    _alike: Alike | None = None
    _called: dict[str, frozenset[str]] = field(default_factory=dict)
    _offices: Offices | None = None

    @property
    def members(self) -> Members:
        """Memberships by the name of the organisation. DataError for what is wrong in the table, which is only read when asked for."""
        if self._members is None:
            self._members = self.read_members()
        return self._members

    @property
    def by_office(self) -> dict[tuple[str, str], list[Holding]]:
        """Holdings by country and office ("foreign_minister")."""
        return self._by_offices()[0]

    @property
    def by_title(self) -> dict[tuple[str, str], list[Holding]]:
        """Holdings by country and title as ``title_key`` has it."""
        return self._by_offices()[1]

    def _by_offices(self) -> Offices:
        if self._offices is None:
            office: dict[tuple[str, str], list[Holding]] = {}
            title: dict[tuple[str, str], list[Holding]] = {}
            for person in self.people.values():
                for holding in person.holdings:
                    office.setdefault((holding.country, holding.office), []).append(holding)
                    title.setdefault((holding.country, title_key(holding.title)), []).append(holding)
            self._offices = office, title
        return self._offices

    @property
    def alike(self) -> Alike:
        """Finds persons whose names are spelled or ordered otherwise."""
        if self._alike is None:
            self._alike = Alike(self.spellings, self.romanisations)
            for person in self.people.values():
                countries = {line.country for line in person.lines}
                self._alike.add(person, not countries.isdisjoint(self.family_first), not countries.isdisjoint(self.either_order))
        return self._alike

    def called(self, noun: str) -> frozenset[str]:
        """The countries whose full name says that they are one: of "kingdom" those of the "Kingdom of ..."."""
        if noun not in self._called:
            names = (m for meanings in self.cased.meanings.values() for m in meanings if isinstance(m, Name) and m.kind == "name")
            self._called[noun] = frozenset(n.country for n in names if noun.title() in n.text.split(" "))
        return self._called[noun]

    def place_country(self, text: str) -> str | None:
        """Country of a place as a dateline writes it, in any case; None where the place is not known or lies in several."""
        bare = text.strip()
        bare = bare[4:] if bare[:4].lower() == "the " else bare
        for form in (bare, bare.title()):
            found = {n.country for n in self.cased.get(form) if isinstance(n, Name) and n.kind in (*PLACES, *LANDS) and not n.until}
            if found:
                return found.pop() if len(found) == 1 else None
        return None

    def country_name(self, country: str) -> str | None:
        """The usual name of a state: "Japan" for "JPN"."""
        return self.names.get(country)

    def holders(self, name: str, day: str | None) -> list[Holding]:
        """Offices that a person, or anyone with that surname, holds on a day; none without a day."""
        if day is None:
            return []
        known = self.people.get(name)
        people = [known] if known is not None else self.by_surname.get(name, [])
        return [h for person in people for h in held(person.holdings, day)]

    def holder_of(self, office: str, country: str, day: str | None) -> Holding | None:
        """Who holds an office ("foreign_minister") of a country on a day; None without a day, and where not just one is known."""
        if day is None:
            return None
        found = held(self.by_office.get((country, office), []), day)
        return found[0] if len({h.person for h in found}) == 1 else None

    def holder_titled(self, title: str, country: str, day: str | None) -> Holding | None:
        """Who is called by a title ("president") in a country on a day; None without a day, and where nobody or more than one is known."""
        if day is None:
            return None
        found = held(self.by_title.get((country, title_key(title)), []), day)
        return found[0] if len({h.person for h in found}) == 1 else None


def title_key(title: str) -> str:
    """A title without regard to case and British or American spelling."""
    return title.lower().replace("defense", "defence").replace("labor ", "labour ")


def held(holdings: Iterable[Holding], day: str) -> list[Holding]:
    """The holdings in force on a day."""
    return [h for h in holdings if is_in_force(h.since, h.until, day)]


def ended(holdings: Iterable[Holding], day: str) -> list[Holding]:
    """The holdings that were over on a day."""
    return [h for h in holdings if is_over(h.until, day)]


def current(entries: Sequence[Dated], day: str | None) -> list[Dated]:
    """Names or organisations that mean something on a day: those in force, else, for talk of the past, all that are over by then.

    Without a day all are taken, only of names those that hold today before those that no longer do.
    """
    if day is None:
        return [e for e in entries if isinstance(e, Organisation) or not e.until] or list(entries)
    return [e for e in entries if is_in_force(e.since, e.until, day, last_day=True)] or [e for e in entries if is_over(e.until, day)]


def common(values: Iterable[str | None]) -> str | None:
    """The value that all share, or None."""
    found = set(values)
    return found.pop() if len(found) == 1 else None
