"""In: en.yaml. Out: the words that count, bound, pay and are counted. DataError names the file and what is wrong in it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from typing import Any, get_args

import yaml
from pydantic import ConfigDict, TypeAdapter, ValidationError

from dragoman.errors import DataError
from dragoman.schema import QuantityKind
from dragoman.tables import Folder, text_of

FILE = "en.yaml"
PHRASES = ("low", "high", "both")


@dataclass(frozen=True)
class Words:
    """The sections of the file, under their names; ``bounds`` and ``after_low`` are phrases of several words."""

    __pydantic_config__ = ConfigDict(extra="forbid")

    numbers: dict[str, int]
    multipliers: dict[str, int]
    several: dict[str, int]
    open: frozenset[str]
    bounds: dict[str, list[str]]
    after_low: list[str]
    currencies: dict[str, str]
    national: dict[str, str]
    object: dict[str, QuantityKind]
    subject: dict[str, QuantityKind]
    noun: dict[str, QuantityKind]
    described: dict[str, QuantityKind]
    of: dict[str, QuantityKind]
    tolls: dict[str, QuantityKind]
    leaving: frozenset[str]
    soldiers: frozenset[str]
    forces: frozenset[str]
    sending: frozenset[str]
    people: frozenset[str]
    crowds: frozenset[str]
    things: frozenset[str]
    part: frozenset[str]
    events: dict[QuantityKind, frozenset[str]]
    deeds: dict[QuantityKind, frozenset[str]]

    def bound_before(self, words: list[str]) -> tuple[str, int]:
        """Which bound the words before a number set ("low", "high", "both"), and how many of them do; the longest phrase decides."""
        for length in range(min(4, len(words)), 0, -1):
            if name := self.phrases.get(tuple(words[-length:])):
                return name, length
        return "both", 0

    def bound_behind(self, words: list[str]) -> int:
        """How many of the words behind a number say "or more"."""
        return next((len(p) for p in map(str.split, self.after_low) if words[: len(p)] == p), 0)

    @cached_property
    def phrases(self) -> dict[tuple[str, ...], str]:
        return {tuple(phrase.split()): name for name, listed in self.bounds.items() for phrase in listed}


@cache
def load() -> Words:
    return read(files("dragoman.quantities"))


def read(folder: Folder) -> Words:
    """The words in a folder's file."""
    try:
        found: Any = yaml.safe_load(text_of(folder, FILE))
        words = TypeAdapter(Words).validate_python(found)
    except yaml.YAMLError as error:
        raise DataError(FILE, str(error)) from error
    except ValidationError as error:
        first = error.errors()[0]
        raise DataError(FILE, f"{'.'.join(map(str, first['loc']))}: {first['msg']}") from error
    if missing := set(get_args(QuantityKind)) - words.events.keys():
        raise DataError(FILE, f"events: no types for {min(missing)}")
    if words.bounds.keys() != set(PHRASES):
        raise DataError(FILE, f"bounds: wanted are {', '.join(PHRASES)}")
    return words
