"""In: the files of events/lexicon. Out: the entries of each word, most demanding frame first.

``TYPE.tsv`` (one a PLOVER type) and ``operators.tsv`` have the columns pos, lemma, frame, sense or mode, roles; ``classes.yaml``
names sets of lemmas that frames refer to as ``$name``. docs/lexicon.md explains the notation.
"""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import yaml
from spacy.tokens import Token

from dragoman import codebook
from dragoman.errors import DataError
from dragoman.events.operators import Operator, operators_of
from dragoman.language.en.pipeline import joined
from dragoman.tables import Folder, lines, text_of

PARTS_OF_SPEECH = {"v": "verb", "n": "noun", "a": "adjective"}
OF_PARSER = {"VERB": "v", "AUX": "v", "NOUN": "n", "PROPN": "n", "ADJ": "a"}
OPERATORS = "operators"  # the file of words that make one type out of another
NONE = "NONE"  # the file of senses that are no events
SURE = "sure"
ACTORS = {"@actor": 1, "@actors": 2}
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
Roles = dict[str, list[str]]
COLUMNS = ["pos", "lemma", "frame", "mode", "roles"]


@dataclass(frozen=True, slots=True)
class Condition:
    """One demand of a frame: a slot that holds one of the words, classes or kinds named (or, negated, none of them).

    ``actors`` is how many political actors it must hold, 0 where none is asked for.
    """

    slot: str
    words: frozenset[str] = frozenset()
    phrases: frozenset[str] = frozenset()
    types: frozenset[str] = frozenset()
    actors: int = 0
    negated: bool = False

    @property
    def asks(self) -> bool:
        """Whether it says what must stand in the slot, and not only that something must."""
        return bool(self.words or self.phrases or self.types or self.actors)


@dataclass(frozen=True, slots=True)
class Entry:
    """A sense of a word: a PLOVER type, or an operator whose type depends on what its complement says.

    One that is ``sure`` demands so much that it stands whatever the model says.
    """

    pos: str
    lemma: str
    sense: str
    operator: bool
    modes: tuple[str, ...]
    conditions: tuple[Condition, ...]
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    reciprocal: bool
    sure: bool
    where: str

    @property
    def weight(self) -> int:
        return sum(2 if c.asks else 1 for c in self.conditions)


@dataclass(frozen=True, slots=True)
class Lexicon:
    entries: dict[tuple[str, str], tuple[Entry, ...]]
    classes: dict[str, frozenset[str]]
    operators: dict[str, Operator]
    roles: dict[str, dict[str, Roles]]

    def usual_roles(self, kind: str, pos: str) -> Roles:
        """The slots of actors and recipients of a type (or of operators) where a line does not name its own."""
        return usual_roles(self.roles, kind, pos)

    def of(self, pos: str, lemma: str) -> tuple[Entry, ...]:
        return self.entries.get((pos, lemma), ())


def _condition(text: str, setting: _Setting, where: str) -> Condition:
    negated, text = text.startswith("!"), text.lstrip("!")
    slot, _, values = text.partition("=")
    setting.check_slots(slot.split("|"), where)
    words: set[str] = set()
    types: set[str] = set()
    actors = 0
    for value in filter(None, values.split("|")):
        if value == "*":
            continue
        if value in ACTORS:
            actors = ACTORS[value]
        elif value == "@event":
            types.update(codebook.load().types)
        elif value.startswith("@"):
            types.add(_known(value[1:], codebook.load().types, f"type {value}", where))
        elif value.startswith("$"):
            words |= setting.classes[_known(value[1:], setting.classes, f"class {value} in classes.yaml", where)]
        else:
            words.add(spaced(value))
    phrases = {word for word in words if " " in word}
    return Condition(slot, frozenset(words - phrases), frozenset(phrases), frozenset(types), actors, negated)


def _known(name: str, names: Container[str], what: str, where: str) -> str:
    if name not in names:
        raise DataError(where, f"no {what}")
    return name


def _roles(text: str, usual: Roles, setting: _Setting, where: str) -> tuple[tuple[str, ...], tuple[str, ...], bool, bool]:
    actors, recipients = tuple(usual["actors"]), tuple(usual["recipients"])
    reciprocal = sure = False
    for part in text.split():
        key, _, value = part.partition("=")
        slots = tuple(value.split(","))
        if part == SURE:
            sure = True
            continue
        setting.check_slots(slots if value != "-" else (), where)
        if key == "a":
            actors = slots
        elif key == "r":
            recipients = () if value == "-" else (*slots, *(s for s in recipients if s not in (*slots, "obj", "iobj")))
        elif key == "recip":
            recipients, reciprocal = slots, True
        else:
            raise DataError(where, f"roles are a=, r=, recip= or {SURE}, not {part!r}")
    return actors, recipients, reciprocal, sure


def usual_roles(roles: dict[str, dict[str, Roles]], kind: str, pos: str) -> Roles:
    return {**roles["default"], **roles.get(kind, {})}[pos]


@dataclass(frozen=True, slots=True)
class _Setting:
    """What the lines of the lexicon refer to."""

    classes: dict[str, frozenset[str]]
    operators: dict[str, Operator]
    roles: dict[str, dict[str, Roles]]
    slots: frozenset[str]

    def check_slots(self, names: Iterable[str], where: str) -> None:
        for name in names:
            _known(name, self.slots, f"slot {name!r} in slots.yaml", where)

    def entry(self, kind: str, where: str, fields: list[str]) -> Entry:
        """A line of the file of a type, of NONE or of the operators. DataError where it cannot be understood."""
        if len(fields) > len(COLUMNS):
            raise DataError(where, f"{len(fields)} columns, but {len(COLUMNS)} in the header")
        pos, lemma, frame, mode, taken = (field.strip() for field in (*fields, *[""] * (len(COLUMNS) - len(fields))))
        if pos not in PARTS_OF_SPEECH or not lemma:
            raise DataError(where, "pos is one of v, n, a and the lemma is not empty")
        word, _, particle = joined().get(lemma, lemma).partition(" ")
        conditions = [_condition(c, self, where) for c in frame.split()]
        if particle:
            conditions.append(Condition("prt", frozenset({particle})))
        usual = usual_roles(self.roles, kind, pos)
        sense, modes = self._sense(kind, mode, where)
        return Entry(pos, word, sense, kind == OPERATORS, modes, tuple(conditions), *_roles(taken, usual, self, where), where)

    def _sense(self, kind: str, mode: str, where: str) -> tuple[str, tuple[str, ...]]:
        if kind == OPERATORS:
            if mode not in self.operators:
                raise DataError(where, f"no operator {mode!r} in operators.yaml")
            return mode, ()
        modes = tuple(filter(None, mode.split(";")))
        unknown = [] if kind == NONE else [m for m in modes if m not in codebook.load().type(kind).modes]
        if unknown:
            raise DataError(where, f"{kind} has no mode {unknown[0]!r}")
        return kind, modes


@cache
def load() -> Lexicon:
    """The lexicon of the package, read and checked once."""
    return load_from(resources.files(__package__) / "lexicon")


def load_from(folder: Folder) -> Lexicon:
    """The lexicon in a folder that holds the same files. DataError names file and line of what is wrong."""
    classes = {name: frozenset(map(spaced, words)) for name, words in _lists(folder, "classes.yaml").items()}
    slots = frozenset(slot for group in _lists(folder, "slots.yaml").values() for slot in group)
    setting = _Setting(classes, operators_of(_yaml(folder, "operators.yaml")), _yaml(folder, "roles.yaml"), slots)
    by_word: dict[tuple[str, str], list[Entry]] = {}
    for file in sorted(f.name for f in folder.iterdir() if f.name.endswith(".tsv")):
        (_, header), *rest = lines(folder, file)
        if header != COLUMNS:
            raise DataError(f"{file}:1", f"the header must be {', '.join(COLUMNS)}")
        for number, fields in rest:
            entry = setting.entry(file.removesuffix(".tsv"), f"{file}:{number}", fields)
            by_word.setdefault((entry.pos, entry.lemma), []).append(entry)
    entries = {key: tuple(sorted(found, key=lambda e: (-e.weight, e.sense != NONE))) for key, found in by_word.items()}
    return Lexicon(entries, classes, setting.operators, setting.roles)


def _yaml(folder: Folder, name: str) -> dict[str, Any]:
    try:
        loaded: dict[str, Any] = yaml.load(text_of(folder, name), Loader=LOADER)
    except yaml.YAMLError as error:
        raise DataError(name, str(error)) from error
    return loaded


def _lists(folder: Folder, name: str) -> dict[str, list[str]]:
    """Lists of words by name. DataError for what is no such list."""
    loaded = _yaml(folder, name)
    for key, words in loaded.items() if isinstance(loaded, dict) else [("", None)]:
        if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
            raise DataError(name, f"{key}: a list of words was expected; quote on, off, yes, no and numbers")
    return loaded


def spaced(value: str) -> str:
    """A value of several words as it is looked up: "phone_call" and "consul-general" are two words; "sit-in" is one to the parser."""
    word = joined().get(value.lower())
    return word if word is not None else value.replace("_", " ").replace("-", " ")


def part_of_speech(token: Token) -> str:
    """v, n or a, as the lexicon has them; "" for what it does not list."""
    return OF_PARSER.get(token.pos_, "")


def senses_of(token: Token) -> tuple[str, ...]:
    """The types that the lexicon lists for a word, whatever its frame; NONE is one, operators and what the model isn't asked are not."""
    entries = load().of(part_of_speech(token), lemma_of(token))
    return tuple(dict.fromkeys(e.sense for e in entries if not (e.operator or e.sure)))


def lemma_of(token: Token) -> str:
    """The form in which the lexicon writes a word."""
    lemma = str(token.lemma_).lower()
    return joined().get(token.lower_, lemma) if "-" in lemma else lemma
