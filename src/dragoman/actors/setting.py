"""In: the countries that an article names, with where. Out: the one country that it has spoken of so far, where there is only one.

A bare "the police" in such an article is that country's. A dateline alone is no evidence, but one of another country takes it away.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from dragoman.actors.words import Words
from dragoman.language.tree import Tree

INTERNATIONAL = frozenset({"IGO", "UNO", "EUR", "NGO", "ISM", "IMG", "MNC"})


@dataclass(slots=True)
class Setting:
    """``first`` holds the first token that names each country, ``places`` the country of each place by its top token."""

    dateline: str | None = None
    first: dict[str, int] = field(default_factory=dict)
    places: dict[int, str] = field(default_factory=dict)

    def name(self, country: str | None, token: int) -> None:
        """Take note that a country is named at a token."""
        if country is not None and country not in INTERNATIONAL:
            self.first[country] = min(token, self.first.get(country, token))

    def any(self, before: int) -> bool:
        """Whether the article names a country before a token."""
        return any(first < before for first in self.first.values())

    def only(self, before: int) -> str | None:
        """The only country that the article names before a token."""
        named = {country for country, first in self.first.items() if first < before}
        if len(named) != 1 or (self.dateline is not None and self.dateline not in named):
            return None
        return next(iter(named))

    def opening(self, tree: Tree, noun: int, words: Words) -> str | None:
        """The country of "In Lisbon, the government ...": a place that opens the clause of the noun."""
        verb = tree.clause(noun)
        for prep in tree.labelled(verb, "prep"):
            if prep < noun and tree.lower[prep] in words.located:
                for place in tree.labelled(prep, "pobj"):
                    if place in self.places:
                        return self.places[place]
        return None
