"""In: en.yaml and shortened.tsv. Out: the words by which English tells where something is, checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache
from importlib.resources import files

import yaml

from dragoman.errors import DataError
from dragoman.tables import rows

FILE = "en.yaml"


@dataclass(frozen=True, slots=True)
class Words:
    """A set of words for each list of en.yaml, which says what they are; ``shortened`` are regions and their countries."""

    inner: frozenset[str]
    articles: frozenset[str]
    never: frozenset[str]
    alone: frozenset[str]
    calendar: frozenset[str]
    directions: frozenset[str]
    facilities: frozenset[str]
    sites: frozenset[str]
    missions: frozenset[str]
    prefixes: frozenset[str]
    streets: frozenset[str]
    bodies: frozenset[str]
    regions: frozenset[str]
    parts: frozenset[str]
    at: frozenset[str]
    also: frozenset[str]
    moving: frozenset[str]
    entering: frozenset[str]
    acting: frozenset[str]
    upon: frozenset[str]
    lists: frozenset[str]
    listing: frozenset[str]
    based: frozenset[str]
    towns: frozenset[str]
    unmoved: frozenset[str]
    given: frozenset[str]
    particles: frozenset[str]
    states: frozenset[str]
    light: frozenset[str]
    effects: frozenset[str]
    people: frozenset[str]
    shortened: Mapping[str, tuple[str, str]]


@cache
def load() -> Words:
    """DataError where the file has other lists than these."""
    folder = files("dragoman.where")
    lists = yaml.safe_load((folder / FILE).read_text(encoding="utf-8"))
    names = [f.name for f in fields(Words) if f.name != "shortened"]
    if not isinstance(lists, dict) or sorted(lists) != sorted(names):
        raise DataError(FILE, f"the lists {', '.join(names)} were expected")
    shortened = {short: (name, country) for _, (short, name, country) in rows(folder, "shortened.tsv", ("short", "name", "country"))}
    return Words(**{name: frozenset(str(lists[name]).split()) for name in names}, shortened=shortened)
