"""In: cues.tsv and words.yaml. Out: the words that tell of something to come, by lemma, and lists of smaller words.

Both files are checked when they are read; a ``DataError`` names file and line.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, get_args

import yaml

from dragoman import codebook
from dragoman.errors import DataError
from dragoman.schema import ExpectationKind, Strength
from dragoman.tables import Folder, rows, text_of

CUES, ACTS, WORDS = "cues.tsv", "acts.tsv", "words.yaml"
OF_ACTS = ("pos", "lemma", "particle", "type", "side")
COLUMNS = ("pos", "lemma", "kind", "strength", "forms")
FORMS = frozenset(
    {"inf", "that", "ing", "obj", "passive", "to", "on", "for", "of", "about", "with", "at", "place", "days", "dated", "whether"}
)
MAPS = frozenset({"units", "months", "numbers"})
LISTS = frozenset(
    [
        "able",
        "ahead_prepositions",
        "aid",
        "appointed",
        "awaited",
        "backshifted",
        "common",
        "conditional",
        "conditional_prepositions",
        "days",
        "domestic",
        "due_prepositions",
        "else",
        "future",
        "happening",
        "hours",
        "leading",
        "menaces",
        "modal",
        "money",
        "obliging",
        "occasions",
        "open_prepositions",
        "ordering",
        "places",
        "possible",
        "progressive",
        "public_sectors",
        "revising",
        "seen_through",
        "shortened",
        "spurning",
        "stateless_sectors",
        "states",
        "strict_prepositions",
        "suffering",
        "times",
        "today",
        "towards",
        "travel",
        "unpolitical",
        "verbal_months",
        "wishing",
    ]
)


@dataclass(frozen=True, slots=True)
class Cue:
    """A word such as "vow"; ``forms`` are the places of grammar in which what is to come may stand."""

    lemma: str
    kind: ExpectationKind
    strength: Strength
    forms: frozenset[str]


@dataclass(frozen=True, slots=True)
class Named:
    """The type that a noun, or a verb with a particle or without, has where it is promised; ``side`` where somebody else must be named."""

    particle: str
    type: str
    side: bool


@dataclass(frozen=True, slots=True)
class Words:
    """``acts`` by lemma; ``cues`` by part of speech (v, n, a) and lemma; ``lists`` and ``numbers`` as words.yaml names them."""

    cues: dict[tuple[str, str], tuple[Cue, ...]]
    lists: dict[str, frozenset[str]]
    numbers: dict[str, dict[str, int]]
    acts: dict[tuple[str, str], tuple[Named, ...]]


@cache
def load() -> Words:
    return load_from(resources.files(__package__))


def load_from(folder: Folder) -> Words:
    """The words in a folder that holds the same files. DataError for what is wrong in them."""
    found: dict[tuple[str, str], list[Cue]] = {}
    for where, fields in rows(folder, CUES, COLUMNS):
        if len(fields) != len(COLUMNS):
            raise DataError(where, f"{len(fields)} columns, but {len(COLUMNS)} in the header")
        pos, lemma, kind, strength, forms = fields
        if pos not in ("v", "n", "a"):
            raise DataError(where, f"pos is one of v, n, a, not {pos!r}")
        if kind not in get_args(ExpectationKind):
            raise DataError(where, f"no kind {kind!r}")
        if strength not in get_args(Strength):
            raise DataError(where, f"no strength {strength!r}")
        if unknown := set(forms.split()) - FORMS:
            raise DataError(where, f"no form {min(unknown)!r}")
        found.setdefault((pos, lemma), []).append(Cue(lemma, kind, strength, frozenset(forms.split())))  # type: ignore[arg-type]
    lists, numbers = _words(folder)
    return Words({key: tuple(cues) for key, cues in found.items()}, lists, numbers, _acts(folder))


def _acts(folder: Folder) -> dict[tuple[str, str], tuple[Named, ...]]:
    """Verbs with a particle before the same without one."""
    found: dict[tuple[str, str], list[Named]] = {}
    for where, fields in rows(folder, ACTS, OF_ACTS):
        if len(fields) != len(OF_ACTS) or fields[0] not in ("v", "n") or fields[4] not in ("yes", "no"):
            raise DataError(where, f"the columns are {', '.join(OF_ACTS)}, the first v or n, the last yes or no")
        pos, lemma, particle, kind, side = fields
        if kind not in codebook.load().types:
            raise DataError(where, f"no type {kind!r}")
        found.setdefault((pos, lemma), []).append(Named(particle, kind, side == "yes"))
    return {key: tuple(sorted(some, key=lambda one: not one.particle)) for key, some in found.items()}


def _words(folder: Folder) -> tuple[dict[str, frozenset[str]], dict[str, dict[str, int]]]:
    try:
        loaded: Any = yaml.safe_load(text_of(folder, WORDS))
    except yaml.YAMLError as error:
        raise DataError(WORDS, str(error)) from error
    if not isinstance(loaded, dict) or loaded.keys() != LISTS | MAPS:
        raise DataError(WORDS, f"the lists {', '.join(sorted(LISTS | MAPS))} were expected")
    for name, words in loaded.items():
        numbers = list(words.values()) if isinstance(words, dict) else [0]
        if (
            isinstance(words, dict) is not (name in MAPS)
            or not all(isinstance(w, str) for w in words)
            or not all(type(n) is int for n in numbers)
        ):
            raise DataError(WORDS, f"{name}: a list of words, or words with whole numbers, was expected")
    lists = {name: frozenset(words) for name, words in loaded.items() if isinstance(words, list)}
    return lists, {name: words for name, words in loaded.items() if isinstance(words, dict)}
