"""With what a run codes. In: its options. Out: its ``RunRecord``, with versions and with hashes of model, codebook, knowledge and code."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Any

from dragoman.store.manifest import RunRecord

PACKAGE = Path(__file__).parent
PARTS = {"model": "events/model", "codebook": "codebook", "knowledge": "knowledge"}
NOT_CODE = (".pyc",)
GENERATED = "__pycache__"
WITHOUT_EFFECT = frozenset({"sources", "format", "out", "store", "workers", "quiet", "retry_problems"})  # on what is read or coded
OF_THE_CODER = frozenset({"types", "knowledge"})  # options that change what is coded, not what is read


def run_record(options: Mapping[str, Any], sources: Sequence[str], types: Path | None, knowledge: Path | None) -> RunRecord:
    """The record of a run that begins now. ``settings`` in it is equal for runs that give the same records to the same articles."""
    hashes = {**hashes_of_package(), **own_hashes(types, knowledge)}
    run = RunRecord(command="dragoman code", packages=dict(packages()), hashes=hashes, options=plain(options), sources=[*sources])
    run.settings = digest({"dragoman": run.dragoman, "packages": run.packages, "hashes": hashes})
    return run


def reading_settings(options: Mapping[str, Any]) -> str:
    """A hash of what decides how a source is read: the options that matter to it, and the readers."""
    mattering = {name: value for name, value in plain(options).items() if name not in WITHOUT_EFFECT | OF_THE_CODER}
    return digest({"options": mattering, "readers": hash_of_folder(PACKAGE / "read")})


def plain(options: Mapping[str, Any]) -> dict[str, Any]:
    return {name: str(value) if isinstance(value, Path) else value for name, value in options.items() if name != "sources"}


def own_hashes(types: Path | None, knowledge: Path | None) -> dict[str, str]:
    """Of the user's event types and facts, where there are any."""
    files = {"types": types, "own_knowledge": knowledge}
    return {name: hash_of_folder(path) if path.is_dir() else hash_of_files([path], path.parent) for name, path in files.items() if path}


@cache
def hashes_of_package() -> dict[str, str]:
    """Of the parts that have a name, and of everything else in the package as ``code``."""
    parts = {name: PACKAGE / folder for name, folder in PARTS.items()}
    rest = [file for file in files_below(PACKAGE) if not any(file.is_relative_to(part) for part in parts.values())]
    return {**{name: hash_of_folder(part) for name, part in parts.items()}, "code": hash_of_files(rest, PACKAGE)}


@cache
def packages() -> dict[str, str]:
    """Versions of what dragoman needs, as installed; none where dragoman itself is not."""
    try:
        needed = metadata.requires("dragoman") or []
    except metadata.PackageNotFoundError:
        return {}
    names = [re.split(r"[\s<>=!~\[;]", entry, maxsplit=1)[0] for entry in needed if "extra ==" not in entry]
    return {name: found for name in sorted(names) if (found := version_of(name)) is not None}


def version_of(name: str) -> str | None:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None


def files_below(folder: Path) -> list[Path]:
    found = (file for file in folder.rglob("*") if file.is_file() and GENERATED not in file.parts and file.suffix not in NOT_CODE)
    return sorted(found, key=lambda file: file.relative_to(folder).as_posix())


def hash_of_folder(folder: Path) -> str:
    return hash_of_files(files_below(folder), folder)


def hash_of_files(files: Iterable[Path], folder: Path) -> str:
    """SHA-256 over names and contents."""
    return digest([(file.relative_to(folder).as_posix(), hash_of_file(file)) for file in files])


def hash_of_file(file: Path, on_bytes: Callable[[int], None] = lambda count: None) -> str:
    """SHA-256 of a file's content. OSError where it cannot be read."""
    hashed = hashlib.sha256()
    with file.open("rb") as stream:
        while chunk := stream.read(2**20):
            hashed.update(chunk)
            on_bytes(len(chunk))
    return hashed.hexdigest()


def digest(value: object) -> str:
    return hashlib.sha256(json.dumps(value, sort_keys=True, default=str).encode()).hexdigest()
