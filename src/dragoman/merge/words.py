"""A text as words that two papers would share. In: a text as given. Out: its words, the same in whatever house style they are printed."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from importlib.resources import files

from dragoman.errors import DataError
from dragoman.tables import Folder, rows

WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)?")
TEXT, ONE_WORD = "text", "word"

Style = dict[str, list[tuple[re.Pattern[str], str]]]


def words(text: str) -> list[str]:
    """The words of a text in order: small letters, no punctuation, one spelling, numbers up to twelve as figures."""
    lowered = text.casefold()
    for pattern, same in house_style()[TEXT]:
        lowered = pattern.sub(same, lowered)
    return [spelt(word) for word in WORD.findall(lowered)]


@lru_cache(maxsize=50_000)
def spelt(word: str) -> str:
    for pattern, same in house_style()[ONE_WORD]:
        word = pattern.sub(same, word)
    return word


@cache
def house_style() -> Style:
    return read(files("dragoman.merge"))


def read(folder: Folder) -> Style:
    """The patterns of ``style.tsv`` with what takes their place. DataError names file and line of what is wrong."""
    found: Style = {TEXT: [], ONE_WORD: []}
    for where, (over, pattern, same) in rows(folder, "style.tsv", ("over", "pattern", "same")):
        if over not in found:
            raise DataError(where, f"text or word was expected, found {over!r}")
        found[over].append((re.compile(pattern), same))
    return found
