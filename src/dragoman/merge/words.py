"""A text as words that two papers would share. In: a text as given. Out: its words, the same in whatever house style they are printed."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

from dragoman.tables import Folder, rows

WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)?")


def words(text: str) -> list[str]:
    """The words of a text in order: small letters, no punctuation, one spelling, numbers up to twelve as figures."""
    lowered = text.casefold()
    for pattern, same in house_style():
        lowered = pattern.sub(same, lowered)
    return WORD.findall(lowered)


@cache
def house_style() -> tuple[tuple[re.Pattern[str], str], ...]:
    return read(files("dragoman.merge"))


def read(folder: Folder) -> tuple[tuple[re.Pattern[str], str], ...]:
    """The patterns of ``style.tsv`` with what takes their place. DataError names file and line of what is wrong."""
    return tuple((re.compile(pattern), same) for _, (pattern, same) in rows(folder, "style.tsv", ("pattern", "same")))
