"""In: the tables of this room. Out: the English words that it goes by, and which states border on which; checked and loaded once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, get_args

import yaml

from dragoman.errors import DataError
from dragoman.schema import Change, RelationKind
from dragoman.tables import text_of

ROOM = files(__package__)
KINDS = frozenset(get_args(RelationKind))
CHANGES = frozenset(get_args(Change))
CUE_MAPS = ("who", "what", "epithets")
FRAMES = "frames.yaml"
TOLD = ("lasting", "ever", "dated")
KIND_MAPS = ("who", "what")
TITLE_MAPS = ("taken", "changes", "heading", "told_by_term")


@dataclass(frozen=True, slots=True)
class Lists:
    """The lists of a file as sets, what its mappings say, and all their words together: of cues.yaml those at which a search starts."""

    sets: dict[str, frozenset[str]]
    maps: dict[str, dict[str, str]]
    every: frozenset[str]

    def __getitem__(self, name: str) -> frozenset[str]:
        return self.sets[name]


@cache
def cues() -> Lists:
    """The words that tell what stands. DataError where something is missing or is no text, or a kind is none."""
    return checked(_lists("cues.yaml", CUE_MAPS), "cues.yaml", KIND_MAPS)


@cache
def beside() -> Lists:
    """The words that count beside a cue only. DataError where one is no text."""
    return _lists("beside.yaml", ())


def checked(found: Lists, file: str, mappings: tuple[str, ...]) -> Lists:
    """The lists, whose mappings name kinds of relations. DataError for one that there is not."""
    for name in mappings:
        for word, kind in found.maps[name].items():
            if kind not in KINDS:
                raise DataError(file, f"{name}: {word}: {kind!r} is no kind of relation; it is one of {', '.join(sorted(KINDS))}")
    return found


@dataclass(frozen=True, slots=True)
class Frame:
    """A way in which a verb tells what stands: the roles of its two sides (subject, object or a preposition), the tenses that count
    (one of ``TOLD``), and the lists of cues.yaml in which its object or a preposition after it must be."""

    kind: RelationKind
    one: tuple[str, ...]
    other: tuple[str, ...]
    told: str
    what: str | None = None
    after: str | None = None


@cache
def frames() -> dict[str, tuple[Frame, ...]]:
    """The frames of each verb, in the order of frames.yaml. DataError where an entry has what there is not."""
    found: dict[str, tuple[Frame, ...]] = {}
    for number, entry in enumerate(_read(FRAMES), 1):
        frame = frame_of(entry, number)
        for verb in entry["verbs"]:
            found[verb] = (*found.get(verb, ()), frame)
    return found


def frame_of(entry: dict[str, Any], number: int) -> Frame:
    """One frame. DataError for a kind, a tense or a list that there is not."""
    lists = [entry[name] for name in ("what", "after") if name in entry]
    wrong = [f"{entry.get('kind')!r} is no kind"] if entry.get("kind") not in KINDS else []
    wrong += [f"{entry.get('told')!r} is none of {', '.join(TOLD)}"] if entry.get("told") not in TOLD else []
    wrong += [f"{name!r} is no list of cues.yaml" for name in lists if name not in cues().sets]
    if wrong or not isinstance(entry.get("verbs"), list):
        raise DataError(FRAMES, f"entry {number}: {'; '.join(wrong) or 'verbs are missing'}")
    roles = (tuple(entry.get("one", ())), tuple(entry.get("other", ())))
    return Frame(entry["kind"], *roles, entry["told"], entry.get("what"), entry.get("after"))


@cache
def titles() -> Lists:
    """The words that make an office. DataError where something is missing or is no text, or a change is none."""
    found = _lists("titles.yaml", TITLE_MAPS)
    for word, change in found.maps["changes"].items():
        if change not in CHANGES:
            raise DataError("titles.yaml", f"changes: {word}: {change!r} is no change; it is one of {', '.join(sorted(CHANGES))}")
    return found


def _lists(file: str, mappings: tuple[str, ...]) -> Lists:
    return lists_of(_read(file), file, mappings)


def _read(file: str) -> Any:
    try:
        return yaml.safe_load(text_of(ROOM, file))
    except yaml.YAMLError as error:
        raise DataError(file, str(error)) from error


def lists_of(data: Any, file: str, mappings: tuple[str, ...]) -> Lists:
    """What a file holds. DataError where a word is no text."""
    if not isinstance(data, dict) or not set(mappings) <= set(data):
        raise DataError(file, f"{', '.join(mappings)} are expected")
    sets: dict[str, frozenset[str]] = {}
    maps: dict[str, dict[str, str]] = {}
    for name, entry in data.items():
        words = [*entry, *entry.values()] if isinstance(entry, dict) else entry
        if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
            raise DataError(file, f"{name}: a list of words is expected")
        if isinstance(entry, dict):
            maps[name] = entry
        sets[name] = frozenset(entry)
    return Lists(sets, maps, frozenset(word for words in sets.values() for word in words))
