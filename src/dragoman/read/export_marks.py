"""In: exports.yaml. Out: the marks of databases' exports as patterns, checked when they are loaded."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import yaml

from dragoman import tables
from dragoman.errors import DataError

FILE = "exports.yaml"
LISTS = ("starts", "ends", "body", "tails", "furniture")


@dataclass(frozen=True, slots=True)
class Marks:
    """A pattern for each kind of line; ``labels`` and ``codes`` by what stands in the line, with the field that they hold."""

    starts: re.Pattern[str]
    ends: re.Pattern[str]
    body: re.Pattern[str]
    tails: re.Pattern[str]
    furniture: re.Pattern[str]
    words: re.Pattern[str]
    label: re.Pattern[str]
    labels: dict[str, str]
    code: re.Pattern[str]
    codes: dict[str, str]
    languages: dict[str, str]


@cache
def load() -> Marks:
    return from_text(tables.text_of(resources.files(__package__), FILE))


def from_text(text: str) -> Marks:
    """The marks. DataError where one is missing or no pattern."""
    try:
        data = yaml.safe_load(text)
        missing = [name for name in (*LISTS, "words", "labels", "codes", "languages") if not data.get(name)]
        if missing:
            raise DataError(FILE, f"{missing[0]!r} is missing or empty")
        return Marks(
            **{name: either(data[name]) for name in LISTS[:-1]},
            furniture=either([*data["furniture"], *data["languages"]]),
            words=either([data["words"]]),
            label=re.compile(rf"({'|'.join(map(re.escape, data['labels']))}):\s*(.*)", re.IGNORECASE),
            labels=data["labels"],
            code=re.compile(rf"({'|'.join(data['codes'])})(?:\s+(.*))?"),
            codes=data["codes"],
            languages=data["languages"],
        )
    except (yaml.YAMLError, re.error, AttributeError, TypeError) as error:
        raise DataError(FILE, f"no usable marks: {error}") from error


def either(patterns: Iterable[Any]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE)
