"""In: the folder with the codebook's YAML and TSV files. Out: one checked ``Codebook``.

Whatever is wrong in the data is a DataError that names file, line and entry; nothing is repaired or skipped.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TypeVar, get_args

from pydantic import ValidationError

from dragoman.codebook.model import (
    ActorClass,
    AuxiliaryMode,
    CameoEntry,
    Codebook,
    Context,
    EventType,
    Frozen,
    OlderName,
    QuadClass,
    Reduction,
)
from dragoman.codebook.reading import yaml_entries
from dragoman.errors import DataError
from dragoman.schema import Auxiliary
from dragoman.tables import Entry, Folder, entries

M = TypeVar("M", bound=Frozen)
Placed = dict[str, tuple[str, M]]


@cache
def load() -> Codebook:
    """The codebook that comes with the package, read and checked once."""
    return load_from(Path(__file__).parent)


def load_from(folder: Folder) -> Codebook:
    """The codebook in a folder that holds the same files as this package. DataError names file, line and entry of what is wrong."""
    types = placed(yaml_entries(folder, "plover.yaml"), EventType, lambda t: t.name)
    quads = placed(entries(folder, "quads.tsv"), QuadClass, lambda q: str(q.number))
    contexts = placed(yaml_entries(folder, "contexts.yaml"), Context, lambda c: c.name)
    auxiliary = placed(yaml_entries(folder, "auxiliary.yaml"), AuxiliaryMode, lambda a: a.name)
    sectors = placed(entries(folder, "sectors.tsv"), ActorClass, lambda s: s.code)
    international = placed(entries(folder, "international.tsv"), ActorClass, lambda i: i.code)
    crosswalk = placed(listed(entries(folder, "cameo.tsv"), "modes", "contexts"), CameoEntry, lambda c: c.code)
    older = placed(listed(entries(folder, "older.tsv"), "types"), OlderName, lambda o: o.older)
    reductions = [(entry.where, model_of(entry, Reduction)) for entry in yaml_entries(folder, "reductions.yaml")]

    check_auxiliary(auxiliary)
    for where, event_type in types.values():
        check_known(where, event_type.name, "quad class", [str(event_type.quad)], quads)
        check_type(where, event_type, types, contexts, sectors)
    for where, cameo_entry in crosswalk.values():
        check_modes(where, cameo_entry.code, cameo_entry.type, cameo_entry.modes, types)
        check_known(where, cameo_entry.code, "context", cameo_entry.contexts, contexts)
    for where, reduction in reductions:
        check_reduction(where, reduction, types)
    for where, older_name in older.values():
        check_known(where, older_name.older, "type", older_name.types, types)
    return Codebook(
        types=values_of(types),
        quads={quad.number: quad for _, quad in quads.values()},
        contexts=values_of(contexts),
        auxiliary=values_of(auxiliary),
        sectors=values_of(sectors),
        international=values_of(international),
        crosswalk=values_of(crosswalk),
        codes=checked_codes(entries(folder, "to_cameo.tsv"), types, crosswalk),
        reductions=tuple(reduction for _, reduction in reductions),
        older=values_of(older),
    )


def model_of(entry: Entry, model: type[M]) -> M:
    """The entry as a model; its first fault as a DataError with the entry's name and the path to the field."""
    try:
        return model.model_validate(entry.fields)
    except ValidationError as error:
        fault = error.errors()[0]
        field = ".".join(map(str, fault["loc"]))
        raise DataError(entry.where_of(fault["loc"]), f"{label_of(entry)}: {field + ': ' if field else ''}{fault['msg']}") from error


def label_of(entry: Entry) -> str:
    """What to call an entry in a message: its first field, if that is text."""
    first = next(iter(entry.fields.values()), None)
    return first if isinstance(first, str) and first else "entry"


def placed(read: Iterable[Entry], model: type[M], key: Callable[[M], str]) -> Placed[M]:
    """Models by name with the place each was read from. DataError where a name comes twice."""
    found: Placed[M] = {}
    for entry in read:
        value = model_of(entry, model)
        name = key(value)
        if name in found:
            raise DataError(entry.where, f"{name}: is there already, at {found[name][0]}")
        found[name] = entry.where, value
    return found


def values_of(found: Placed[M]) -> dict[str, M]:
    return {name: value for name, (_, value) in found.items()}


def listed(read: Iterable[Entry], *fields: str) -> list[Entry]:
    """Entries whose named fields, texts joined by ";", are lists."""
    return [replace(e, fields={name: split(text) if name in fields else text for name, text in e.fields.items()}) for e in read]


def split(joined: str) -> list[str]:
    return [part.strip() for part in joined.split(";")] if joined.strip() else []


def check_auxiliary(auxiliary: Placed[AuxiliaryMode]) -> None:
    missing = [name for name in get_args(Auxiliary) if name not in auxiliary]
    if missing:
        raise DataError("auxiliary.yaml", f"no entry for {', '.join(missing)}")


def check_type(where: str, event_type: EventType, types: Placed[EventType], contexts: Placed[Context], sectors: Placed[ActorClass]) -> None:
    name, example = event_type.name, event_type.example
    others = [look_alike.type for look_alike in event_type.look_alikes]
    check_known(where, name, "look-alike type", others, types)
    if name in others or len(set(others)) < len(others):
        raise DataError(where, f"{name}: look_alikes name the type itself, or one type twice")
    check_modes(where, f"{name} example", name, example.mode, types)
    check_known(where, name, "context", [mode.context for mode in event_type.modes.values() if mode.context], contexts)
    check_known(where, f"{name} example", "sector", [code[4:] for code in example.actor + example.recipient if " " in code], sectors)
    if event_type.recipient_required and not example.recipient:
        raise DataError(where, f"{name} example: a recipient is required")


def check_known(where: str, entry: str, kind: str, names: Iterable[str], known: Iterable[str]) -> None:
    for name in names:
        if name not in known:
            raise DataError(where, f"{entry}: unknown {kind} {name!r}")


def check_modes(where: str, entry: str, type_name: str, modes: Iterable[str], types: Placed[EventType]) -> None:
    check_known(where, entry, "type", [type_name], types)
    check_known(where, entry, f"mode of {type_name}", modes, types[type_name][1].modes)


def check_reduction(where: str, reduction: Reduction, types: Placed[EventType]) -> None:
    for type_name in reduction.when.type:
        check_modes(where, "when", type_name, reduction.when.mode, types)
    check_modes(where, "becomes", reduction.becomes.type, reduction.becomes.mode, types)


def checked_codes(read: Iterable[Entry], types: Placed[EventType], crosswalk: Placed[CameoEntry]) -> dict[str, dict[str, str]]:
    """CAMEO codes by type and mode. DataError where one is missing, comes twice or is no code of the crosswalk."""
    codes: dict[str, dict[str, str]] = {name: {} for name in types}
    for entry in read:
        if set(entry.fields) != {"type", "mode", "cameo"}:
            raise DataError(entry.where, f"columns type, mode and cameo expected, found {', '.join(entry.fields)}")
        type_name, mode, code = (entry.fields[field] for field in ("type", "mode", "cameo"))
        pair = f"{type_name} {mode}".strip()
        check_modes(entry.where, pair, type_name, [mode] if mode else [], types)
        check_known(entry.where, pair, "CAMEO code", [code], crosswalk)
        if mode in codes[type_name]:
            raise DataError(entry.where, f"{pair}: is there already")
        codes[type_name][mode] = code
    for type_name, (_, event_type) in types.items():
        for mode in ["", *event_type.modes]:
            if mode not in codes[type_name]:
                raise DataError("to_cameo.tsv", f"no CAMEO code for {type_name} {mode}".rstrip())
    return codes
