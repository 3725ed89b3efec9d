"""In: the folder of labelled text (corpus/). Out: its examples: plain text, with the triggers, sides and contexts that are marked in it.

corpus/README.md explains the notation. A mark that the codebook does not know, or that cannot be read, is a DataError with file and line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, cast

from dragoman import codebook
from dragoman.errors import DataError
from dragoman.schema import Auxiliary

NONE = "NONE"
TRAIN, TEST = "train", "test"  # the parts of the corpus
CONTEXTS = re.compile(r"\s*\{([a-z_, ]+)\}$")
MARK = re.compile(r"\[([^\[\]|]+)\|([^\[\]|]+)\]")
SIDE = re.compile(r"([ar])(\d?)")
TRIGGER = re.compile(r"(?:(\d):)?([A-Z]+)((?:\.[a-z-]+)*)((?:\+[a-z]+)*)")
PAIR = "~"
Role = Literal["actor", "recipient"]
ROLES: dict[str, Role] = {"a": "actor", "r": "recipient"}


@dataclass(frozen=True, slots=True)
class Labels:
    """The names of what can be marked, in the order of the codebook. Types begin with NONE; modes are "TYPE.mode"."""

    types: tuple[str, ...] = field(default_factory=lambda: (NONE, *codebook.load().types))
    modes: tuple[str, ...] = field(default_factory=lambda: tuple(f"{t}.{m}" for t, e in codebook.load().types.items() for m in e.modes))
    aux: tuple[str, ...] = field(default_factory=lambda: tuple(codebook.load().auxiliary))
    contexts: tuple[str, ...] = field(default_factory=lambda: tuple(codebook.load().contexts))


@dataclass(frozen=True, slots=True)
class Trigger:
    """Characters start, ..., end - 1 of the text name an event, or with type NONE only look so."""

    start: int
    end: int
    event: int
    type: str
    modes: tuple[str, ...] = ()
    aux: tuple[Auxiliary, ...] = ()


@dataclass(frozen=True, slots=True)
class Side:
    """Characters start, ..., end - 1 of the text name somebody who takes part in an event."""

    start: int
    end: int
    event: int
    role: Role


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence or paragraph. ``contexts`` is None where nobody judged them; ``pair`` says that it differs little from the one before."""

    text: str
    triggers: tuple[Trigger, ...]
    sides: tuple[Side, ...]
    contexts: tuple[str, ...] | None
    pair: bool
    where: str


def files_of(folder: Path) -> list[Path]:
    """The files of examples, in the order of their names. DataError where there are none."""
    files = sorted(folder.rglob("*.txt"))
    if not files:
        raise DataError(str(folder), "no .txt files with labelled sentences")
    return files


def read(folder: Path) -> list[Example]:
    """All examples of a folder. DataError names the first line that cannot be understood."""
    return [example for file in files_of(folder) for example in read_file(file)]


def read_file(file: Path) -> Iterator[Example]:
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
        if line.strip() and not line.startswith("#"):
            yield example_of(line, f"{file.parent.name}/{file.name}:{number}")


def example_of(line: str, where: str) -> Example:
    """The example on a line. DataError says what of it cannot be understood."""
    pair, line = line.startswith(PAIR), line.removeprefix(PAIR).strip()
    contexts = _contexts(line, where)
    line = CONTEXTS.sub("", line)
    text, triggers, sides, done = "", [], [], 0
    for mark in MARK.finditer(line):
        text += line[done : mark.start()]
        start, done = len(text), mark.end()
        text += mark[1]
        found = _marked(mark[2], start, len(text), where)
        triggers += [f for f in found if isinstance(f, Trigger)]
        sides += [f for f in found if isinstance(f, Side)]
    text += line[done:]
    if stray := re.search(r"[\[\]|{}]", text):
        raise DataError(where, f"{stray[0]!r} outside a mark: a mark is [words|label] and holds no other")
    _check_events(triggers, sides, where)
    return Example(text, tuple(triggers), tuple(sides), contexts, pair, where)


def _contexts(line: str, where: str) -> tuple[str, ...] | None:
    found = CONTEXTS.search(line)
    if found is None:
        return None
    names = tuple(name.strip() for name in found[1].split(",") if name.strip())
    if names == ("none",):
        return ()
    for name in names:
        if name not in codebook.load().contexts:
            raise DataError(where, f"no context {name!r} in contexts.yaml")
    return names


def _marked(label: str, start: int, end: int, where: str) -> list[Trigger | Side]:
    trigger = TRIGGER.fullmatch(label)
    if trigger is not None:
        return [_trigger(trigger, start, end, where)]
    parts = [SIDE.fullmatch(part.strip()) for part in label.split(",")]
    if None in parts:
        raise DataError(where, f"label {label!r} is neither a, r, a1,r2 ... nor TYPE.mode+aux")
    return [Side(start, end, int(p[2] or 1), ROLES[p[1]]) for p in parts if p is not None]


def _trigger(found: re.Match[str], start: int, end: int, where: str) -> Trigger:
    name, modes, aux = found[2], found[3].split(".")[1:], found[4].split("+")[1:]
    if name == NONE:
        if modes or aux:
            raise DataError(where, "NONE has no modes")
        return Trigger(start, end, 0, NONE)
    book = codebook.load()
    if name not in book.types:
        raise DataError(where, f"no type {name!r} in plover.yaml")
    for mode in modes:
        if mode not in book.type(name).modes:
            raise DataError(where, f"{name} has no mode {mode!r}")
    for one in aux:
        if one not in book.auxiliary:
            raise DataError(where, f"no auxiliary mode {one!r}")
    return Trigger(start, end, int(found[1] or 1), name, tuple(modes), cast(tuple[Auxiliary, ...], tuple(aux)))


def _check_events(triggers: list[Trigger], sides: list[Side], where: str) -> None:
    types: dict[int, str] = {}
    for trigger in triggers:
        if trigger.type != NONE and types.setdefault(trigger.event, trigger.type) != trigger.type:
            raise DataError(where, f"event {trigger.event} is {types[trigger.event]} and {trigger.type}; number the second 2:")
    for side in sides:
        if side.event not in types:
            raise DataError(where, f"a side of event {side.event}, which has no trigger")
