"""In: the countries that an article names, with where, and its dateline. Out: of which country it speaks at a token, where that is safe.

A bare "the police" in such an article is that country's. Where two countries compete, it is nobody's.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import NamedTuple

from dragoman.actors.words import Words
from dragoman.language.tree import Tree

INTERNATIONAL = frozenset({"IGO", "UNO", "EUR", "NGO", "ISM", "IMG", "MNC"})
OFTEN = 3
INSIDE = ("in", "at", "across", "throughout")


class Naming(NamedTuple):
    """A token that names a country, by an actor of it or only by a place."""

    token: int
    country: str
    is_place: bool


@dataclass(slots=True)
class Setting:
    """``places`` holds the country of each place by its top token; ``dateline`` is null where the place is the seat of an
    international body, where news of anywhere is written (``is_seat``)."""

    dateline: str | None = None
    is_seat: bool = False
    namings: list[Naming] = field(default_factory=list)
    places: dict[int, str] = field(default_factory=dict)

    def name(self, country: str | None, token: int, is_place: bool = False) -> None:
        """Take note that a country is named at a token."""
        if country is not None and country not in INTERNATIONAL:
            self.namings.append(Naming(token, country, is_place))

    @property
    def countries(self) -> set[str]:
        """All countries that the article names."""
        return {n.country for n in self.namings}

    def named(self, start: int, end: int) -> Counter[str]:
        """How often each country is named from one token to before another."""
        return Counter(n.country for n in self.namings if start <= n.token < end)

    def any(self, before: int) -> bool:
        """Whether the article names a country before a token."""
        return any(n.token < before for n in self.namings)

    def only(self, before: int) -> str | None:
        """The only country that the article names before a token; one other than the dateline's only where it is named often, as
        an office abroad would."""
        named = self.named(0, before)
        if len(named) != 1:
            return None
        country, times = named.popitem()
        return country if self.dateline in (None, country) or self.is_seat or times >= OFTEN else None

    def home(self, tree: Tree, noun: int) -> str | None:
        """The dateline's country, if no other one is named near a noun, nor more often before it."""
        if self.dateline is None or self.is_seat:
            return None
        named = self.named(0, noun)
        near = self.named(_start_of_nearness(tree, noun), noun)
        is_foremost = all(named[self.dateline] + 1 > times for country, times in named.items() if country != self.dateline)
        return self.dateline if is_foremost and not near.keys() - {self.dateline} else None

    def local(self, tree: Tree, noun: int) -> str | None:
        """The only country of the actors near a noun, if the article speaks of it far more than of others."""
        start = _start_of_nearness(tree, noun)
        acting = Counter(n.country for n in self.namings if n.token < noun and not n.is_place)
        near = {n.country for n in self.namings if start <= n.token < noun and not n.is_place}
        if len(near) != 1:
            return None
        country = near.pop()
        rivals = max((times for other, times in acting.items() if other != country), default=0)
        is_at_home = self.dateline in (None, country) or self.is_seat
        return country if is_at_home and acting[country] >= OFTEN * rivals else None

    def scene_near(self, tree: Tree, noun: int) -> str | None:
        """The only country of the places in which the sentences near a noun are set."""
        start = _start_of_nearness(tree, noun)
        places = {n.country for n in self.namings if start <= n.token < noun and n.is_place}
        country = places.pop() if len(places) == 1 else None
        return country if self.dateline in (None, country) or self.is_seat else None

    def opening(self, tree: Tree, noun: int, words: Words) -> str | None:
        """The country of "In Lisbon, the government ...": a place that opens the clause of the noun."""
        verb = tree.clause(noun)
        for prep in tree.labelled(verb, "prep"):
            if prep < noun and tree.lower[prep] in words.located:
                for place in tree.labelled(prep, "pobj"):
                    if place in self.places:
                        return self.places[place]
        return None

    def scene_of_clause(self, tree: Tree, noun: int) -> str | None:
        """The country of "Police arrested two men in Quito": the only place in which the clause of a noun lies, the noun being its
        subject or object."""
        verb = tree.clause(noun)
        if tree.head[noun] != verb or not tree.is_verb(verb):
            return None
        within = [kid for kid in tree.labelled(verb, "dobj", "nsubjpass") if kid != noun]
        places = {
            self.places[place]
            for above in (verb, *within)
            for prep in tree.labelled(above, "prep")
            if tree.lower[prep] in INSIDE
            for place in tree.labelled(prep, "pobj")
            if place in self.places
        }
        return places.pop() if len(places) == 1 else None


def _start_of_nearness(tree: Tree, noun: int) -> int:
    """Where the sentence before that of a noun begins."""
    return tree.sentences[max(0, tree.sentence[noun] - 1)].start
