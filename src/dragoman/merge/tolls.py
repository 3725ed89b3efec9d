"""Numbers on which papers differ. In: a sentence. Out: how many were killed, wounded, arrested ..., where it says."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

from dragoman.merge.hints import amounts
from dragoman.tables import Folder, rows

NUMBER = re.compile(r"(?<![\w.])(\d{1,3}(?:,\d{3})+|\d+)(?![\w%-]|\.\d)|\b([a-z]+)\b")
NEAR = 40  # characters between a number and the word that says what it counts


def tolls(sentences: Iterable[str]) -> dict[str, int]:
    """What is counted to how many; the first number near one of its words, and nothing for a number that another word is nearer to."""
    found: dict[str, int] = {}
    for sentence in sentences:
        lowered = sentence.casefold()
        said = [(m.start(), m.end(), about) for about, pattern in kinds().items() for m in pattern.finditer(lowered)]
        for start, end, value in numbers(lowered):
            near = [(max(first - end, start - last, 0), first < start, about) for first, last, about in said]
            if near and min(near)[0] <= NEAR:
                found.setdefault(min(near)[2], value)
    return found


def numbers(lowered: str) -> Iterable[tuple[int, int, int]]:
    """Start, end and value of whole numbers from two up, which are written out up to twelve; years are none."""
    for match in NUMBER.finditer(lowered):
        figures, word = match.groups()
        value = int(figures.replace(",", "")) if figures else int(amounts().get(word, 0))
        if value > 1 and not (figures and 1900 <= value <= 2100 and len(figures) == 4):
            yield match.start(), match.end(), value


@cache
def kinds() -> dict[str, re.Pattern[str]]:
    return read(files("dragoman.merge"))


def read(folder: Folder) -> dict[str, re.Pattern[str]]:
    """What is counted, and the pattern of the words that say so."""
    return {about: re.compile(pattern) for _, (about, pattern) in rows(folder, "tolls.tsv", ("about", "pattern"))}
