"""In: cues.yaml and titles.yaml. Out: ``Cues`` and ``Titles``, the English words that this room goes by, checked and loaded once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, get_args

import yaml

from dragoman.errors import DataError
from dragoman.schema import Change, RelationKind

KINDS = frozenset(get_args(RelationKind))
CHANGES = frozenset(get_args(Change))
CUE_MAPS = ("who", "what")
TITLE_MAPS = ("taken", "changes", "heading", "told_by_term")


@dataclass(frozen=True, slots=True)
class Lists:
    """The lists of a file as sets, and what its mappings say."""

    sets: dict[str, frozenset[str]]
    maps: dict[str, dict[str, str]]

    def __getitem__(self, name: str) -> frozenset[str]:
        return self.sets[name]


@cache
def cues() -> Lists:
    """The words that tell what stands. DataError where something is missing or is no text, or a kind is none."""
    found = _lists("cues.yaml", CUE_MAPS)
    for name in CUE_MAPS:
        for word, kind in found.maps[name].items():
            if kind not in KINDS:
                raise DataError("cues.yaml", f"{name}: {word}: {kind!r} is no kind of relation; it is one of {', '.join(sorted(KINDS))}")
    return found


@cache
def titles() -> Lists:
    """The words that make an office. DataError where something is missing or is no text, or a change is none."""
    found = _lists("titles.yaml", TITLE_MAPS)
    for word, change in found.maps["changes"].items():
        if change not in CHANGES:
            raise DataError("titles.yaml", f"changes: {word}: {change!r} is no change; it is one of {', '.join(sorted(CHANGES))}")
    return found


def _lists(file: str, mappings: tuple[str, ...]) -> Lists:
    return lists_of(yaml.safe_load((files("dragoman.relations") / file).read_text(encoding="utf-8")), file, mappings)


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
    return Lists(sets, maps)
