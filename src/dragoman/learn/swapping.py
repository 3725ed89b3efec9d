"""In: the words of a sentence. Out: the same with its countries exchanged, so that the classifier learns what was done and not by whom.

Only names and adjectives of one word take part: "France", "French" become "Chile", "Chilean" throughout the sentence.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from random import Random

from dragoman import knowledge
from dragoman.knowledge.facts import Name

KINDS = ("name", "adjective", "capital")


@cache
def forms() -> dict[str, dict[str, str]]:
    """One word a kind by country, of the states that have one of each kind."""
    found: dict[str, dict[str, str]] = {}
    for meanings in knowledge.load().cased.meanings.values():
        for name in meanings:
            if isinstance(name, Name) and name.kind in KINDS and name.text.isalpha() and not name.until:
                found.setdefault(name.country, {}).setdefault(name.kind, name.text)
    return {country: kinds for country, kinds in found.items() if len(kinds) == len(KINDS)}


@cache
def _known() -> dict[str, tuple[str, str]]:
    return {text: (country, kind) for country, kinds in forms().items() for kind, text in kinds.items()}


def countries_in(words: Sequence[str]) -> list[str]:
    """The countries that could be exchanged, in the order of the text."""
    return list(dict.fromkeys(_known()[w][0] for w in words if w in _known()))


def swapped(words: Sequence[str], random: Random) -> list[str]:
    """The words with each country exchanged for another, different ones for different ones."""
    there = countries_in(words)
    others = dict(zip(there, random.sample(sorted(forms()), len(there)), strict=True)) if there else {}
    return [_instead(word, others) for word in words]


def _instead(word: str, others: dict[str, str]) -> str:
    if word not in _known():
        return word
    country, kind = _known()[word]
    return forms()[others[country]][kind]
