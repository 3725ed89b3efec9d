"""In: cues.tsv and words.yaml. Out: the words that tell of something to come, by lemma, and lists of smaller words.

Both files are checked when they are read; a ``DataError`` names file and line.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, get_args

import yaml

from dragoman.errors import DataError
from dragoman.schema import ExpectationKind, Strength
from dragoman.tables import Folder, rows, text_of

CUES, WORDS = "cues.tsv", "words.yaml"
COLUMNS = ("pos", "lemma", "kind", "strength", "forms")
FORMS = frozenset({"inf", "that", "ing", "obj", "passive", "to", "on", "for", "of", "with", "at"})
LISTS = frozenset(
    {"future", "backshifted", "possible", "forecasters", "conditional", "conditional_prepositions", "money", "aid", "unpolitical"}
    | {"due_prepositions", "strict_prepositions", "open_prepositions", "units", "months", "numbers", "seen_through", "obliging"}
)


@dataclass(frozen=True, slots=True)
class Cue:
    """A word such as "vow"; ``forms`` are the places of grammar in which what is to come may stand."""

    lemma: str
    kind: ExpectationKind
    strength: Strength
    forms: frozenset[str]


@dataclass(frozen=True, slots=True)
class Words:
    """``cues`` by part of speech (v, n, a) and lemma; ``lists`` and ``numbers`` as words.yaml names them."""

    cues: dict[tuple[str, str], tuple[Cue, ...]]
    lists: dict[str, frozenset[str]]
    numbers: dict[str, dict[str, int]]


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
    return Words({key: tuple(cues) for key, cues in found.items()}, lists, numbers)


def _words(folder: Folder) -> tuple[dict[str, frozenset[str]], dict[str, dict[str, int]]]:
    try:
        loaded: Any = yaml.safe_load(text_of(folder, WORDS))
    except yaml.YAMLError as error:
        raise DataError(WORDS, str(error)) from error
    if not isinstance(loaded, dict) or loaded.keys() != LISTS:
        raise DataError(WORDS, f"the lists {', '.join(sorted(LISTS))} were expected")
    for name, words in loaded.items():
        if not all(isinstance(word, str) for word in words) or (isinstance(words, dict) and not all(type(n) is int for n in words.values())):
            raise DataError(WORDS, f"{name}: a list of words, or words with whole numbers, was expected")
    lists = {name: frozenset(words) for name, words in loaded.items() if isinstance(words, list)}
    return lists, {name: words for name, words in loaded.items() if isinstance(words, dict)}
