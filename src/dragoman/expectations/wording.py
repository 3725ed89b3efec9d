"""In: deeds.tsv, traits.tsv, things.tsv and telling.yaml. Out: what the words of a text may stand for, whatever their ending.

All four are checked when they are read; a ``DataError`` names file and line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, NamedTuple

import yaml

from dragoman.errors import DataError
from dragoman.tables import Folder, rows, text_of

DEEDS, THINGS, OF_TRAITS, SMALL, USUAL = "deeds.tsv", "things.tsv", "traits.tsv", "telling.yaml", "usual.tsv"
COLUMNS = {DEEDS: ("deed", "part", "words"), THINGS: ("thing", "kind", "words"), OF_TRAITS: ("trait", "deeds")}
TRAITS = frozenset({"bare", "seen", "personal"})
PARTS, KINDS = ("act", "told", "contrary"), ("thing", "general")
LISTS = frozenset(
    [
        "aspect",
        "begun",
        "bounding",
        "came",
        "conditional",
        "dated",
        "days",
        "heads",
        "light",
        "lying_ahead",
        "moved",
        "negative",
        "nominal",
        "particles",
        "promising",
        "refusing",
        "relating",
        "reporting",
        "shifted",
        "undone",
        "unfinished",
        "vague",
        "partial",
        "entire",
        "without",
        "placing",
    ]
)
SIGNS = frozenset(',;:.“”"()—')
GAP = 6  # words that may stand between a verb and its particle: "pull its tanks back"
WORD = re.compile(r"\d+(?:[.,]\d+)+|[^\W_]+|[^\w\s]")


class Sense(NamedTuple):
    """What a word or phrase may be: ``part`` is one of a deed's, of a thing's or a list of telling.yaml; ``name`` the deed or thing."""

    part: str
    name: str


class Hit(NamedTuple):
    """A sense that words of a text have, from word ``start`` to ``end``."""

    start: int
    end: int
    sense: Sense


@dataclass(frozen=True, slots=True)
class Wording:
    """Phrases by their first stem, longest first; the names of all deeds; ``traits`` that some deeds have; ``particles`` that may stand
    apart from their verb."""

    phrases: dict[str, tuple[tuple[tuple[str, ...], tuple[Sense, ...]], ...]]
    deeds: frozenset[str]
    traits: dict[str, frozenset[str]]
    particles: frozenset[str]
    usual: dict[str, float]

    def hits(self, stems: Sequence[str]) -> Iterator[Hit]:
        """Every sense of every phrase, in the order of their words."""
        there = set(stems)
        for start, stem in enumerate(stems):
            for phrase, senses in self.phrases.get(stem, ()):
                if len(phrase) > 1 and phrase[1] not in there:  # most phrases of the word, so that no words need be compared
                    continue
                end = start + len(phrase)
                if end - start == 1 or tuple(stems[start:end]) == phrase or self._is_parted(phrase, stems[start + 1 : end + GAP]):
                    for sense in senses:
                        yield Hit(start, end, sense)

    def _is_parted(self, phrase: tuple[str, ...], after: Sequence[str]) -> bool:
        return (
            len(phrase) == 2
            and phrase[1] in self.particles
            and phrase[1] in after
            and not SIGNS.intersection(after[: after.index(phrase[1])])
        )


def words_in(text: str) -> list[str]:
    """Words and signs of a text, each by itself."""
    return WORD.findall(text)


@cache
def stem_of(word: str) -> str:
    """A word without case, ending, doubled last letter and silent e: "Arrived", "arriving" and "arrives" are one."""
    stem = word.lower()
    if len(stem) > 4 and stem.endswith(("ies", "ied")):
        stem = stem[:-3] + "y"
    elif len(stem) > 5 and stem.endswith("ing"):
        stem = stem[:-3]
    elif (len(stem) > 3 and stem.endswith("ed")) or (len(stem) > 3 and stem.endswith(("ses", "xes", "zes", "ches", "shes"))):
        stem = stem[:-2]
    elif len(stem) > 3 and stem.endswith("s") and not stem.endswith(("ss", "us", "is")):
        stem = stem[:-1]
    stem = bare if len(bare := stem.rstrip("e")) > 1 else stem
    return stem[:-1] if len(stem) > 3 and stem[-1] == stem[-2] else stem


@cache
def load() -> Wording:
    return load_from(resources.files(__package__))


def load_from(folder: Folder) -> Wording:
    """The words in a folder that holds the same files. DataError for what is wrong in them."""
    found: dict[tuple[str, ...], dict[Sense, None]] = {}
    deeds = set[str]()
    for file, parts in ((DEEDS, PARTS), (THINGS, KINDS)):
        for where, (name, part, words) in rows(folder, file, COLUMNS[file]):
            if part not in parts:
                raise DataError(where, f"{COLUMNS[file][1]} is one of {', '.join(parts)}, not {part!r}")
            _add(found, words.split(","), Sense(part, name), where)
            if file == DEEDS:
                deeds.add(name)
    small = _small(folder)
    particles = frozenset(map(stem_of, small["particles"]))
    for name, some in small.items():
        _add(found, some, Sense(name, ""), SMALL)
    by_first: dict[str, list[tuple[tuple[str, ...], tuple[Sense, ...]]]] = {}
    for phrase, senses in found.items():
        by_first.setdefault(phrase[0], []).append((phrase, tuple(senses)))
    phrases = {first: tuple(sorted(some, key=lambda one: -len(one[0]))) for first, some in by_first.items()}
    return Wording(phrases, frozenset(deeds), _traits(folder, deeds), particles, _usual(folder))


def _usual(folder: Folder) -> dict[str, float]:
    return {stems: float(rate) for _, (stems, rate) in rows(folder, USUAL, ("words", "rate"))}


def _traits(folder: Folder, deeds: Set[str]) -> dict[str, frozenset[str]]:
    """The deeds that have each trait. DataError for a deed that there is not, or another trait."""
    found: dict[str, frozenset[str]] = {}
    for where, (trait, some) in rows(folder, OF_TRAITS, COLUMNS[OF_TRAITS]):
        if unknown := set(some.split()) - deeds:
            raise DataError(where, f"no deed {min(unknown)!r}")
        found[trait] = frozenset(some.split())
    if found.keys() != TRAITS:
        raise DataError(OF_TRAITS, f"the traits {', '.join(sorted(TRAITS))} were expected")
    return found


def _add(found: dict[tuple[str, ...], dict[Sense, None]], words: Sequence[str], sense: Sense, where: str) -> None:
    for phrase in words:
        stems = tuple(map(stem_of, words_in(phrase)))
        if not stems:
            raise DataError(where, "a word is empty")
        found.setdefault(stems, {})[sense] = None


def _small(folder: Folder) -> dict[str, list[str]]:
    try:
        loaded: Any = yaml.safe_load(text_of(folder, SMALL))
    except yaml.YAMLError as error:
        raise DataError(SMALL, str(error)) from error
    if not isinstance(loaded, dict) or loaded.keys() != LISTS or not all(isinstance(w, str) for some in loaded.values() for w in some):
        raise DataError(SMALL, f"the lists {', '.join(sorted(LISTS))} of words were expected")
    return loaded
