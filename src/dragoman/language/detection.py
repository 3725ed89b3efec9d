"""In: the language that came with an article, if any, and its running text. Out: which language it is in, as far as that can be told.

Whoever gives a language is believed. Else English is known by its commonest words, which costs next to nothing; only where they are rare
is a detector asked, which costs milliseconds and takes two seconds to load. A text too short to tell has no language and is coded.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from importlib import resources
from typing import NamedTuple

from dragoman.tables import rows

ENGLISH = "en"
NAMES_OF_ENGLISH = frozenset({"en", "eng", "english"})
UNSAID = frozenset({"", "und", "unknown", "mul", "mis", "zxx", "none", "null", "n/a"})
NO_LANGUAGE = "zxx"  # what the detector says of tables and lists
SAMPLE = 1_500  # characters looked at
WORD = re.compile(r"[^\W\d_]+")
LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]")
# Measured on 269 English stories, 1,833 English sentences and samples in 28 languages; see docs/decisions.md.
FEWEST_WORDS, FEWEST_FOREIGN = 20, 8  # words in lower case below which a text is short, and too short
FEWEST_COMMON = 4  # commonest words that make a short text English
FEWEST_LETTERS = 20  # of a script that English has not
COMMON_SHARE = 0.15
IN_CAPITALS = 0.25  # share of words in lower case below which a text is written in capitals


class Language(NamedTuple):
    """A code of ISO 639, or what was given in its place; None where it cannot be told."""

    code: str | None
    given: bool = False

    @property
    def is_english(self) -> bool:
        """Whether an article is coded as English: it is, or nobody can say that it is not."""
        return self.code in (None, ENGLISH)

    @property
    def name(self) -> str:
        return names().get(self.code or "", self.code or "unknown")


def language_of(given: str | None, text: str) -> Language:
    """The language of an article with this running text."""
    said = " ".join((given or "").split())
    if said.casefold() not in UNSAID:
        return Language(given_code(said), given=True)
    return Language(detected(text[:SAMPLE]))


def given_code(given: str) -> str:
    """ "en" for all that means English ("eng", "en-US", "English"), else what was given."""
    first = re.split(r"[-_ (]", given.casefold(), maxsplit=1)[0]
    return ENGLISH if first in NAMES_OF_ENGLISH else given


def detected(text: str) -> str | None:
    """The code of the language of a text; None where it is too short to tell."""
    found = WORD.findall(text)
    letters = sum(map(len, found))
    if letters >= FEWEST_LETTERS and len(LATIN.findall(text)) < letters / 2:
        return asked(text)
    lower = [word for word in found if word.islower()]
    in_capitals = len(lower) < IN_CAPITALS * len(found)
    if in_capitals:
        lower = [word.lower() for word in found]
    common = sum(map(common_words().__contains__, lower))
    if len(lower) < FEWEST_WORDS and common < FEWEST_COMMON:
        return None if common or in_capitals or len(lower) < FEWEST_FOREIGN else foreign(text, lower)
    return ENGLISH if common >= COMMON_SHARE * len(lower) else asked(text)


def foreign(text: str, lower: list[str]) -> str | None:
    """The language of a short text that has no common word of English, if its names are not what it is told by."""
    code = asked(text)
    return code if code != ENGLISH and code == asked(" ".join(lower)) else None


def asked(text: str) -> str | None:
    code = detector()(text)
    return None if code == NO_LANGUAGE else code


@cache
def detector() -> Callable[[str], str]:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # two seconds to load, and English needs it seldom

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE)
    return lambda text: str(identifier.classify(text)[0])


@cache
def common_words() -> frozenset[str]:
    return frozenset(word for _, (word,) in rows(resources.files("dragoman.language") / "en", "common_words.tsv", ("word",)))


@cache
def names() -> dict[str, str]:
    """English names of languages by code."""
    return {code: name for _, (code, name) in rows(resources.files("dragoman.language"), "languages.tsv", ("code", "name"))}
