"""In: a YAML list of mappings. Out: its entries, each of which knows its file and lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import yaml

from dragoman.errors import DataError
from dragoman.tables import Entry, Folder, text_of

Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class YamlEntry(Entry):
    """An entry of a YAML list, with its node."""

    node: yaml.MappingNode

    def where_of(self, path: Sequence[int | str]) -> str:
        """File and line of a field given by keys and indices; where the path leaves the file's contents, of its last part that is there."""
        return f"{self.file}:{line_of(self.node, path)}"


def yaml_entries(folder: Folder, file: str) -> list[YamlEntry]:
    """Entries of a YAML list. DataError where it is not a list of mappings, or a key is there twice (YAML would keep the last)."""
    try:
        loader = Loader(text_of(folder, file))
        root = loader.get_single_node()
        if not isinstance(root, yaml.SequenceNode):
            raise DataError(f"{file}:1", "a list of entries was expected")
        return [yaml_entry(loader, node, file) for node in root.value]
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise DataError(f"{file}:{line}", f"not valid YAML: {error.problem}") from error
    except yaml.YAMLError as error:
        raise DataError(f"{file}:1", f"not valid YAML: {error}") from error


def yaml_entry(loader: Any, node: yaml.Node, file: str) -> YamlEntry:
    line = node.start_mark.line + 1
    if not isinstance(node, yaml.MappingNode):
        raise DataError(f"{file}:{line}", "an entry with named fields was expected")
    for repeated, key in repeated_keys(node):
        raise DataError(f"{file}:{repeated}", f"{key!r} is there twice")
    return YamlEntry(file, line, loader.construct_document(node), node)


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
