"""In: a YAML list of mappings or a TSV file with a header. Out: its entries, each with the file and line where it begins.

Lines that start with "#" are comments in both.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

import yaml

from dragoman.codebook.errors import CodebookError

Folder = Path | Traversable
Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Entry:
    """The fields of one entry; ``where`` is its file and line, as in ``plover.yaml:12``."""

    where: str
    fields: dict[str, Any]


def text_of(folder: Folder, file: str) -> str:
    try:
        return (folder / file).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise CodebookError(file, f"cannot be read: {error}") from error


def yaml_entries(folder: Folder, file: str) -> list[Entry]:
    """Entries of a YAML list. CodebookError where it is not a list of mappings, or a key is there twice (YAML would keep the last)."""
    loader = Loader(text_of(folder, file))
    try:
        root = loader.get_single_node()
        if not isinstance(root, yaml.SequenceNode):
            raise CodebookError(f"{file}:1", "a list of entries was expected")
        return [yaml_entry(loader, node, file) for node in root.value]
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise CodebookError(f"{file}:{line}", f"not valid YAML: {error.problem}") from error
    finally:
        loader.dispose()


def yaml_entry(loader: Any, node: yaml.Node, file: str) -> Entry:
    where = f"{file}:{node.start_mark.line + 1}"
    if not isinstance(node, yaml.MappingNode):
        raise CodebookError(where, "an entry with named fields was expected")
    for line, key in repeated_keys(node):
        raise CodebookError(f"{file}:{line}", f"{key!r} is there twice")
    return Entry(where, loader.construct_document(node))


def repeated_keys(node: yaml.Node) -> Iterator[tuple[int, str]]:
    """Line and name of each key that a mapping at or under ``node`` has already."""
    if isinstance(node, yaml.SequenceNode):
        for child in node.value:
            yield from repeated_keys(child)
    if isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            if key.value in seen:
                yield key.start_mark.line + 1, key.value
            seen.add(key.value)
            yield from repeated_keys(value)


def tsv_entries(folder: Folder, file: str) -> list[Entry]:
    """Entries of a tab-separated file, all fields text. CodebookError where a line has not as many columns as the header."""
    lines = [(number, line) for number, line in enumerate(text_of(folder, file).splitlines(), 1) if line.strip() and line[0] != "#"]
    if not lines:
        raise CodebookError(f"{file}:1", "a header line was expected")
    columns = lines[0][1].split("\t")
    return [tsv_entry(f"{file}:{number}", columns, line.split("\t")) for number, line in lines[1:]]


def tsv_entry(where: str, columns: list[str], values: list[str]) -> Entry:
    if len(values) != len(columns):
        raise CodebookError(where, f"{len(values)} columns, but {len(columns)} in the header")
    return Entry(where, dict(zip(columns, values, strict=True)))
