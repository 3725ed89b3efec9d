"""In: fields under the names that a user's data have for them. Out: the same under dragoman's names, the others kept.

The names that are known without being told stand in columns.tsv, mappings with a name of their own in presets.tsv.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from importlib import resources
from typing import Any

from dragoman import tables
from dragoman.errors import DataError, DragomanError
from dragoman.read.base import KEYS
from dragoman.read.stamps import day_of_stamp

PAIR = re.compile(r"\s*([^=\s]+)\s*=\s*(.+?)\s*\Z")
SEPARATORS = re.compile(r"[\s_-]+")
DISPLACED = "given_"  # before the name of a key that the mapping takes another one for


@cache
def known_names() -> dict[str, tuple[str, ...]]:
    """Names of columns by field, the best first."""
    found: dict[str, list[str]] = {}
    for where, (field, name) in tables.rows(resources.files(__package__), "columns.tsv", ("field", "name")):
        found.setdefault(checked(where, field), []).append(folded(name))
    return {field: tuple(names) for field, names in found.items()}


@cache
def presets() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for where, (preset, field, key) in tables.rows(resources.files(__package__), "presets.tsv", ("preset", "field", "key")):
        found.setdefault(preset, {})[checked(where, field)] = key
    return found


def checked(where: str, field: str) -> str:
    if field not in KEYS:
        raise DataError(where, f"{field!r} is no field of an article, only {', '.join(sorted(KEYS))}")
    return field


def folded(name: str) -> str:
    return SEPARATORS.sub("_", name.strip().casefold())


def columns_of(written: Iterable[str] | None) -> dict[str, str]:
    """Which key holds which field, from ``text=body,published=meta.date`` or a preset's name, given once or several times.

    DragomanError where it is neither.
    """
    found: dict[str, str] = {}
    for part in filter(str.strip, ",".join(written or ()).split(",")):
        pair = PAIR.match(part)
        if pair is None and part.strip() in presets():
            found |= presets()[part.strip()]
        elif pair is None:
            raise DragomanError(
                f"--map {part.strip()!r} is no mapping: write FIELD=KEY, as in text=body,published=date, or one of {', '.join(presets())}"
            )
        elif pair[1] not in KEYS:
            raise DragomanError(f"--map {part.strip()!r}: {pair[1]!r} is no field of an article, only {', '.join(sorted(KEYS))}")
        else:
            found[pair[1]] = pair[2]
    return found


def known_columns(names: Iterable[str]) -> dict[str, str]:
    """Which of these columns hold which field, as far as their names say so."""
    there: dict[str, str] = {}
    for name in names:
        there.setdefault(folded(name), name)
    best = ((field, next((there[name] for name in known if name in there), None)) for field, known in known_names().items())
    return {field: name for field, name in best if name is not None}


def mapped(fields: Mapping[str, Any], columns: Mapping[str, str]) -> dict[str, Any]:
    """Fields with the keys of JSONL input; a key may be a path, as "meta.date" or "parts.0". ValueError where the text's is not there."""
    rest: Any = dict(fields)
    found: dict[str, Any] = {}
    for field, key in columns.items():
        path = [key] if key in fields else key.split(".")
        found[field] = value_at(fields, path)
        rest = without(rest, path)
    if found.get("text", "") is None:
        known = ", ".join(map(repr, list(fields)[:8])) or "no keys at all"
        raise ValueError(f"no {columns['text']!r} in it, which the mapping takes for the text (there is {known})")
    if "published" in found:
        found["published"] = day_of_stamp(found["published"], columns["published"])
    return {**{(DISPLACED + key if key in found else key): value for key, value in rest.items()}, **found}


def value_at(value: Any, path: list[str]) -> Any:
    """What lies at the end of a path of keys and numbers in lists; None where it leads nowhere."""
    for step in path:
        if isinstance(value, Mapping):
            value = value.get(step)
        elif isinstance(value, list) and step.isdecimal() and int(step) < len(value):
            value = value[int(step)]
        else:
            return None
    return value


def without(value: Any, path: list[str]) -> Any:
    """The same without the end of a path, and without what is empty then; nothing is changed in place."""
    step, *further = path
    if not isinstance(value, Mapping) or step not in value:
        return value
    inner = without(value[step], further) if further else None
    rest = {key: part for key, part in value.items() if key != step}
    return {**rest, step: inner} if further and inner not in ({}, None) else rest
