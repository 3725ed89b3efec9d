"""How much a word says. In: a word in small letters. Out: what it is compared as, and a weight: the rarer, the more two reports share.

The shares come from ``frequencies.tsv`` and not from the texts that are compared, so that what is merged does not depend on what else is.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from functools import cache, lru_cache
from importlib.resources import files

from dragoman.errors import DataError
from dragoman.tables import Folder, rows

ENDING = re.compile(r"(?:ing|ed|es|s|ly)$")
SHORTEST = 3  # letters that are left of a stem
RAREST = 0.2  # per mille of sentences, of a word that the table has not
COMMON = 4.0  # per mille: words that begin with a capital for other reasons than being a name (Monday, President, March)


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """The word without an ending; wrong now and then, and always the same."""
    cut = ENDING.sub("", word)
    if len(cut) < SHORTEST or word.isdecimal():
        return word
    return cut[:-1] if len(cut) > SHORTEST and cut[-1] == cut[-2] and cut[-1] not in "ls" else cut.removesuffix("e")


@lru_cache(maxsize=50_000)
def sense(word: str) -> str:
    """The stem, or what stands for it and its like in ``synonyms.tsv``."""
    return synonyms().get(stem(word), stem(word))


@lru_cache(maxsize=50_000)
def weight(word: str) -> float:
    """What a shared sense is worth: 0 for one in every sentence, about 10 for one that the table has not."""
    return -math.log(shares().get(word, RAREST) / 1000)


def weights(shared: Iterable[str]) -> float:
    """The worth of several words; summed in their order, so that it is the same to the last bit."""
    return sum(map(weight, sorted(shared)))


def is_common(word: str) -> bool:
    return shares().get(stem(word), 0.0) >= COMMON


def is_known(word: str) -> bool:
    return stem(word) in shares() or sense(word) in shares()


@cache
def shares() -> dict[str, float]:
    """Stems as the table has them, and senses with the sum of their stems."""
    found = read(files("dragoman.merge"))
    summed: dict[str, float] = {}
    for word, same in synonyms().items():
        summed[same] = summed.get(same, 0.0) + found.get(word, RAREST)
    return {**found, **summed}


@cache
def synonyms() -> dict[str, str]:
    return read_synonyms(files("dragoman.merge"))


def read_synonyms(folder: Folder) -> dict[str, str]:
    """Stem to the sense that stands for it, which no stem can be taken for. DataError where a word stands in two lines."""
    found: dict[str, str] = {}
    for where, (same, together) in rows(folder, "synonyms.tsv", ("same", "words")):
        for word in together.split():
            if found.setdefault(stem(word), f"={same}") != f"={same}":
                raise DataError(where, f"{word} stands in another line already")
    return found


def read(folder: Folder) -> dict[str, float]:
    """Stem to the sentences that have it, per mille. DataError names file and line of what is wrong."""
    found = {}
    for where, (word, share) in rows(folder, "frequencies.tsv", ("stem", "permille")):
        try:
            found[word] = float(share)
        except ValueError as error:
            raise DataError(where, f"a number was expected, found {share!r}") from error
    return found
