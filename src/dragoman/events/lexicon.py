"""In: the files of events/lexicon. Out: the entries of each word, most demanding frame first.

``TYPE.tsv`` (one a PLOVER type) and ``operators.tsv`` have the columns pos, lemma, frame, sense or mode, roles; ``classes.yaml``
names sets of lemmas that frames refer to as ``$name``. docs/lexicon.md explains the notation.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any

import yaml
from spacy.tokens import Token

from dragoman import codebook
from dragoman.errors import DragomanError

PARTS_OF_SPEECH = {"v": "verb", "n": "noun", "a": "adjective"}
NONE = "NONE"  # the file of senses that are no events
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
Roles = dict[str, list[str]]
COLUMNS = ["pos", "lemma", "frame", "mode", "roles"]


class LexiconError(DragomanError, ValueError):
    """A line of the lexicon that cannot be understood; names file and line."""


@dataclass(frozen=True, slots=True)
class Condition:
    """One demand of a frame: a slot that holds one of the words, classes or kinds named (or, negated, none of them)."""

    slot: str
    words: frozenset[str] = frozenset()
    types: frozenset[str] = frozenset()
    actor: bool = False
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """A sense of a word: a PLOVER type, or an operator whose type depends on what its complement says."""

    pos: str
    lemma: str
    sense: str
    operator: bool
    modes: tuple[str, ...]
    conditions: tuple[Condition, ...]
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    reciprocal: bool
    where: str

    @property
    def weight(self) -> int:
        return sum(2 if c.words or c.types or c.actor else 1 for c in self.conditions)


@dataclass(frozen=True, slots=True)
class Lexicon:
    entries: dict[tuple[str, str], tuple[Entry, ...]]
    classes: dict[str, frozenset[str]]
    operators: dict[str, dict[str, object]]

    def of(self, pos: str, lemma: str) -> tuple[Entry, ...]:
        return self.entries.get((pos, lemma), ())


def _condition(text: str, classes: dict[str, frozenset[str]], where: str) -> Condition:
    negated, text = text.startswith("!"), text.lstrip("!")
    slot, _, values = text.partition("=")
    words: set[str] = set()
    types: set[str] = set()
    actor = False
    for value in filter(None, values.split("|")):
        if value == "*":
            continue
        if value == "@actor":
            actor = True
        elif value == "@event":
            types.update(codebook.load().types)
        elif value.startswith("@"):
            types.add(codebook.load().type(value[1:]).name)
        elif value.startswith("$"):
            if value[1:] not in classes:
                raise LexiconError(f"{where}: no class {value} in classes.yaml")
            words |= classes[value[1:]]
        else:
            words.add(value.replace("_", " "))
    return Condition(slot, frozenset(words), frozenset(types), actor, negated)


def _roles(text: str, usual: Roles, where: str) -> tuple[tuple[str, ...], tuple[str, ...], bool]:
    actors, recipients = tuple(usual["actors"]), tuple(usual["recipients"])
    reciprocal = False
    for part in text.split():
        key, _, value = part.partition("=")
        slots = tuple(value.split(","))
        if key == "a":
            actors = slots
        elif key == "r":
            recipients = () if value == "-" else (*slots, *(s for s in recipients if s not in (*slots, "obj", "iobj")))
        elif key == "recip":
            recipients, reciprocal = slots, True
        else:
            raise LexiconError(f"{where}: roles are a=, r= or recip=, not {part!r}")
    return actors, recipients, reciprocal


def _entries(
    file: Traversable, classes: dict[str, frozenset[str]], operators: dict[str, dict[str, object]], roles: dict[str, dict[str, Roles]]
) -> list[Entry]:
    kind = file.name.removesuffix(".tsv")
    usual = {**roles["default"], **roles.get(kind, {})}
    found: list[Entry] = []
    with file.open(encoding="utf-8") as stream:
        for number, row in enumerate(csv.reader(stream, delimiter="\t", quoting=csv.QUOTE_NONE), 1):
            where = f"{file.name}:{number}"
            if not row or row[0].startswith("#") or (number == 1 and row == COLUMNS):
                continue
            row = [*row, *[""] * (5 - len(row))]
            pos, lemma, frame, mode, taken = (cell.strip() for cell in row[:5])
            if pos not in PARTS_OF_SPEECH or not lemma:
                raise LexiconError(f"{where}: pos is one of v, n, a and the lemma is not empty")
            operator = kind == "operators"
            sense, modes = (mode, ()) if operator else (kind, tuple(filter(None, mode.split(";"))))
            if operator and sense not in operators:
                raise LexiconError(f"{where}: no operator {sense!r} in operators.yaml")
            unknown = [] if operator or kind == NONE else [m for m in modes if m not in codebook.load().type(kind).modes]
            if unknown:
                raise LexiconError(f"{where}: {kind} has no mode {unknown[0]!r}")
            word, _, particle = lemma.partition(" ")
            conditions = [_condition(c, classes, where) for c in frame.split()]
            if particle:
                conditions.append(Condition("prt", frozenset({particle})))
            found.append(Entry(pos, word, sense, operator, modes, tuple(conditions), *_roles(taken, usual[pos], where), where))
    return found


@cache
def load() -> Lexicon:
    """The lexicon of the package, read and checked once."""
    return load_from(resources.files(__package__) / "lexicon")


def load_from(folder: Traversable) -> Lexicon:
    """The lexicon in a folder that holds the same files. LexiconError names file and line of what is wrong."""
    classes = {name: frozenset(map(str, words)) for name, words in _yaml(folder, "classes.yaml").items()}
    operators = _yaml(folder, "operators.yaml")
    by_word: dict[tuple[str, str], list[Entry]] = {}
    roles = _yaml(folder, "roles.yaml")
    for file in sorted((f for f in folder.iterdir() if f.name.endswith(".tsv")), key=lambda f: f.name):
        for entry in _entries(file, classes, operators, roles):
            by_word.setdefault((entry.pos, entry.lemma), []).append(entry)
    entries = {key: tuple(sorted(rows, key=lambda e: -e.weight)) for key, rows in by_word.items()}
    return Lexicon(entries, classes, operators)


def _yaml(folder: Traversable, name: str) -> dict[str, Any]:
    try:
        loaded: dict[str, Any] = yaml.load((folder / name).read_text("utf-8"), Loader=LOADER)
    except yaml.YAMLError as error:
        raise LexiconError(f"{name}: {error}") from error
    return loaded


def lemma_of(token: Token) -> str:
    """The form in which the lexicon writes a word."""
    return str(token.lemma_).lower()
