"""In: a folder and the name of a tab-separated file. Out: its rows, each with the file and line where it stands.

Lines that start with "#" are comments; the first other line is the header.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources.abc import Traversable
from pathlib import Path

from dragoman.knowledge.errors import KnowledgeError

Folder = Path | Traversable


def rows(folder: Folder, file: str, columns: tuple[str, ...]) -> Iterator[tuple[str, list[str]]]:
    """Place ("names.tsv:12") and fields of each row. KnowledgeError where the header or the number of fields differs from ``columns``."""
    header = True
    for number, line in enumerate(_text(folder, file).splitlines(), 1):
        if not line or line[0] == "#":
            continue
        fields = line.split("\t")
        if header:
            if tuple(fields) != columns:
                raise KnowledgeError(f"{file}:{number}", f"the header must be {', '.join(columns)}")
            header = False
            continue
        if len(fields) != len(columns):
            raise KnowledgeError(f"{file}:{number}", f"{len(fields)} fields, but {len(columns)} columns")
        if not fields[0].strip():
            raise KnowledgeError(f"{file}:{number}", f"{columns[0]} is empty")
        yield f"{file}:{number}", fields
    if header:
        raise KnowledgeError(f"{file}:1", "a header line was expected")


def _text(folder: Folder, file: str) -> str:
    try:
        return (folder / file).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise KnowledgeError(file, f"cannot be read: {error}") from error
