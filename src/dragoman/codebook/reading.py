"""In: a YAML list of mappings or a TSV file with a header. Out: its entries, each of which knows its file and lines.

Lines that start with "#" are comments in both.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

import yaml

from dragoman.codebook.errors import CodebookError

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

Folder: TypeAlias = "Path | Traversable"
Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Entry:
    """The fields of one entry, and where it begins; ``node`` is its YAML, None for a line of TSV."""

    file: str
    line: int
    fields: dict[str, Any]
    node: yaml.MappingNode | None = None

    @property
    def where(self) -> str:
        return f"{self.file}:{self.line}"

    def where_of(self, path: Sequence[int | str]) -> str:
        """File and line of a field given by keys and indices; where the path leaves the file's contents, of its last part that is there."""
        line = line_of(self.node, path) if self.node else None
        return f"{self.file}:{line or self.line}"


def text_of(folder: Folder, file: str) -> str:
    try:
        return (folder / file).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise CodebookError(file, f"cannot be read: {error}") from error


def yaml_entries(folder: Folder, file: str) -> list[Entry]:
    """Entries of a YAML list. CodebookError where it is not a list of mappings, or a key is there twice (YAML would keep the last)."""
    try:
        loader = Loader(text_of(folder, file))
        root = loader.get_single_node()
        if not isinstance(root, yaml.SequenceNode):
            raise CodebookError(f"{file}:1", "a list of entries was expected")
        return [yaml_entry(loader, node, file) for node in root.value]
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise CodebookError(f"{file}:{line}", f"not valid YAML: {error.problem}") from error
    except yaml.YAMLError as error:
        raise CodebookError(f"{file}:1", f"not valid YAML: {error}") from error


def yaml_entry(loader: Any, node: yaml.Node, file: str) -> Entry:
    line = node.start_mark.line + 1
    if not isinstance(node, yaml.MappingNode):
        raise CodebookError(f"{file}:{line}", "an entry with named fields was expected")
    for repeated, key in repeated_keys(node):
        raise CodebookError(f"{file}:{repeated}", f"{key!r} is there twice")
    return Entry(file, line, loader.construct_document(node), node)


def repeated_keys(node: yaml.Node) -> Iterator[tuple[int, str]]:
    """Line and name of each key that a mapping at or under ``node`` has already."""
    if isinstance(node, yaml.SequenceNode):
        for child in node.value:
            yield from repeated_keys(child)
    if isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            if isinstance(key, yaml.ScalarNode):
                if key.value in seen:
                    yield key.start_mark.line + 1, key.value
                seen.add(key.value)
            yield from repeated_keys(value)


def line_of(node: yaml.Node, path: Sequence[int | str]) -> int:
    """Line of the last part of the path that is under ``node``, counted from 1."""
    line: int = node.start_mark.line + 1
    for step in path:
        if isinstance(node, yaml.MappingNode):
            found = next(((key, value) for key, value in node.value if key.value == step), None)
        elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
            found = node.value[step], node.value[step]
        else:
            found = None
        if found is None:
            break
        marked, node = found
        line = marked.start_mark.line + 1
    return line


def tsv_entries(folder: Folder, file: str) -> list[Entry]:
    """Entries of a tab-separated file, all fields text. CodebookError where a line has not as many columns as the header."""
    lines = [(number, line) for number, line in enumerate(text_of(folder, file).split("\n"), 1) if line.strip() and line[0] != "#"]
    if not lines:
        raise CodebookError(f"{file}:1", "a header line was expected")
    columns = lines[0][1].split("\t")
    return [tsv_entry(file, number, columns, line.split("\t")) for number, line in lines[1:]]


def tsv_entry(file: str, line: int, columns: list[str], values: list[str]) -> Entry:
    if len(values) != len(columns):
        raise CodebookError(f"{file}:{line}", f"{len(values)} columns, but {len(columns)} in the header")
    return Entry(file, line, dict(zip(columns, values, strict=True)))
