"""In: words.yaml and given_names.tsv. Out: ``Words``, the English words that this room goes by, checked and loaded once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from dragoman.errors import DataError
from dragoman.tables import Folder, rows

LISTS = (
    "located",
    "directed",
    "movement",
    "directions",
    "first_names",
    "with_the",
    "words_first",
    "surname_words",
    "calendar",
    "courtesy",
    "same",
    "any_body",
    "bonds",
    "institutions",
    "foreign_free",
    "spoken_for",
    "epithets",
    "particles",
    "suffixes",
    "saying",
    "human_verbs",
    "human_objects",
    "feminine",
    "masculine",
    "former_after",
    "definite",
    "counterparts",
    "states",
    "family",
    "localities",
    "groups",
    "sending",
    "humans",
    "things",
    "taking_of",
    "locals",
    "deaths",
    "asked",
    "asking",
    "seats",
    "related",
    "adjacent",
    "posted",
    "regional",
    "unions",
    "union_parts",
)


@dataclass(frozen=True, slots=True)
class Pronoun:
    """What a pronoun can stand for: gender m, f, n or any; number sg, pl or any; person 1, 3 or 0 for relative ones."""

    word: str
    gender: str
    number: str
    person: int


@dataclass(frozen=True, slots=True)
class Words:
    """The lists of words.yaml as sets; see there for what each answers."""

    pronouns: dict[str, Pronoun]
    located: frozenset[str]
    directed: frozenset[str]
    movement: frozenset[str]
    directions: frozenset[str]
    first_names: frozenset[str]
    with_the: frozenset[str]
    words_first: frozenset[str]
    surname_words: frozenset[str]
    calendar: frozenset[str]
    courtesy: frozenset[str]
    same: frozenset[str]
    any_body: frozenset[str]
    bonds: frozenset[str]
    institutions: frozenset[str]
    foreign_free: frozenset[str]
    spoken_for: frozenset[str]
    epithets: frozenset[str]
    particles: frozenset[str]
    suffixes: frozenset[str]
    saying: frozenset[str]
    human_verbs: frozenset[str]
    human_objects: frozenset[str]
    feminine: frozenset[str]
    masculine: frozenset[str]
    former_after: frozenset[str]
    definite: frozenset[str]
    counterparts: frozenset[str]
    states: frozenset[str]
    family: frozenset[str]
    localities: frozenset[str]
    groups: frozenset[str]
    sending: frozenset[str]
    humans: frozenset[str]
    things: frozenset[str]
    taking_of: frozenset[str]
    locals: frozenset[str]
    deaths: frozenset[str]
    asked: frozenset[str]
    asking: frozenset[str]
    seats: frozenset[str]
    related: frozenset[str]
    adjacent: frozenset[str]
    posted: frozenset[str]
    regional: frozenset[str]
    unions: frozenset[str]
    union_parts: frozenset[str]
    human_endings: tuple[str, ...]
    own: dict[str, frozenset[str]]
    sides: dict[str, str]
    halves: tuple[dict[str, str], ...]
    idioms: dict[str, list[str]]
    beyond: dict[str, list[str]]
    given_names: dict[str, str]

    def gender_of(self, *words: str) -> str | None:
        """m or f where one of the words says so."""
        for word in words:
            if word in self.feminine:
                return "f"
            if word in self.masculine:
                return "m"
        return None


@cache
def load() -> Words:
    """The words that come with the package. DataError where a list is missing or an entry is no text."""
    folder = files("dragoman.actors")
    return words_of(yaml.safe_load((folder / "words.yaml").read_text(encoding="utf-8")), given_names(folder))


def given_names(folder: Folder) -> dict[str, str]:
    """Gender by first name. DataError where a gender is neither m nor f."""
    found: dict[str, str] = {}
    for where, (name, gender) in rows(folder, "given_names.tsv", ("name", "gender")):
        if gender not in ("m", "f") or name in found:
            raise DataError(where, f"{name}: gender must be m or f, and each name there once")
        found[name] = gender
    return found


def words_of(data: dict[str, Any], names: dict[str, str]) -> Words:
    for name in (*LISTS, "pronouns", "sides", "idioms", "beyond", "human_endings", "own", "halves"):
        if not data.get(name):
            raise DataError("words.yaml", f"{name} is missing")
    for name in LISTS:
        for word in data[name]:
            if not isinstance(word, str):
                raise DataError("words.yaml", f"{name}: {word!r} is no text")
    return Words(
        pronouns={p["word"]: Pronoun(**p) for p in data["pronouns"]},
        human_endings=tuple(data["human_endings"]),
        own={noun: frozenset(entry["told_by"]) for entry in data["own"] for noun in entry["nouns"]},
        sides=dict(data["sides"]),
        idioms=dict(data["idioms"]),
        beyond=dict(data["beyond"]),
        halves=tuple(dict(pair) for pair in data["halves"]),
        given_names=names,
        **{name: frozenset(data[name]) for name in LISTS},
    )
