"""What a text names. In: a text. Out: its names, those among them that are places, and the countries that its words name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from dragoman import knowledge
from dragoman.merge.frequencies import is_common, is_known

TOKEN = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
COUNTRY_WORDS = frozenset({"name", "former", "adjective", "people", "capital", "metonym"})  # they say a side, which is compared by itself
TOWNS = frozenset({"city", "region"})
PLACES = TOWNS | {"capital", "metonym"}
AT = frozenset({"in", "near", "at", "around", "outside", "over", "off"})
OF = frozenset({"of", "from"})  # places that the tables know stand behind them, and much else


class Token(NamedTuple):
    """A word with a capital, or two that are one name; what stands before it, and whether it begins the text."""

    text: str
    before: str
    is_first: bool


def names_in(texts: Iterable[str]) -> tuple[frozenset[str], frozenset[str]]:
    """Names in small letters, and those among them that say where; without countries, peoples, days and months.

    A capital may stand for its country ("Paris said") and says where only behind a word such as "in".
    """
    names: set[str] = set()
    places: set[str] = set()
    for text in texts:
        for token in capitalised(text):
            kinds = kinds_of(token.text)
            located = is_located(token, kinds)
            if located or (kinds and kinds <= TOWNS and not token.before[:1].isupper()):
                places.add(token.text.casefold())
            if located or not kinds & COUNTRY_WORDS:
                names.add(token.text.casefold())
    return frozenset(names), frozenset(places)


def is_located(token: Token, kinds: frozenset[str]) -> bool:
    return not kinds - PLACES and (token.before in AT or (token.before in OF and bool(kinds)))


def capitalised(text: str) -> Iterator[Token]:
    """Words with a capital; common ones only if the tables know them, and two as one if these do (Hong Kong)."""
    tokens = [match[0].replace("’", "'").removesuffix("'s") for match in TOKEN.finditer(text)]
    place = 0
    while place < len(tokens):
        both = " ".join(tokens[place : place + 2])
        token = both if tokens[place][:1].isupper() and kinds_of(both) else tokens[place]
        if token[:1].isupper() and len(token) > 2 and (kinds_of(token) or not is_plain(token.casefold(), place == 0)):
            yield Token(token, tokens[place - 1] if place else "", place == 0)
        place += 1 + token.count(" ")


def is_plain(word: str, is_first: bool) -> bool:
    """Whether a word has its capital for other reasons than being a name: any word may that begins the text."""
    return is_known(word) if is_first else is_common(word)


@lru_cache(maxsize=20_000)
def kinds_of(token: str) -> frozenset[str]:
    """What the tables have a name for: city, region, capital, name, people ..."""
    return frozenset(str(kind) for meaning in knowledge.load().cased.get(token) if (kind := getattr(meaning, "kind", None)))


def countries_in(text: str) -> frozenset[str]:
    """The countries that words of a text name: Moroccan, Paris, the Kremlin; not those that cities lie in."""
    return frozenset(country for token in capitalised(text) for country in countries_of(token.text))


@lru_cache(maxsize=20_000)
def countries_of(token: str) -> frozenset[str]:
    return countries_as(token, COUNTRY_WORDS)


def countries_as(token: str, kinds: frozenset[str]) -> frozenset[str]:
    """The countries of what the tables have a name for, of some kinds."""
    found = ((getattr(meaning, "kind", None), getattr(meaning, "country", None)) for meaning in knowledge.load().cased.get(token))
    return frozenset(str(country) for kind, country in found if kind in kinds and country)


def lands_in(text: str) -> frozenset[str]:
    """The countries in which places that a text names may lie."""
    return frozenset(country for token in capitalised(text) for country in lands_of(token.text))


@lru_cache(maxsize=20_000)
def lands_of(token: str) -> frozenset[str]:
    return countries_as(token, TOWNS)


def people_in(text: str) -> frozenset[str]:
    """Names that no table has, in small letters."""
    return frozenset(token.text.casefold() for token in capitalised(text) if not knowledge.load().cased.get(token.text))
