"""In: a folder and the name of a tab-separated file in it. Out: its lines, each of which knows its file and line.

Lines that start with "#" are comments; the first other line is the header.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, TypeAlias

from dragoman.errors import DataError

TAB = "\t"
Folder: TypeAlias = Path | Traversable


@dataclass(frozen=True, slots=True)
class Entry:
    """The fields of one line by column, and where it stands."""

    file: str
    line: int
    fields: dict[str, Any]

    @property
    def where(self) -> str:
        return f"{self.file}:{self.line}"

    def where_of(self, path: Sequence[int | str]) -> str:
        """File and line of a field."""
        return self.where


def text_of(folder: Folder, file: str) -> str:
    """The text of a file. DataError where it cannot be read."""
    try:
        return (folder / file).read_text(encoding="utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise DataError(file, f"is no UTF-8 ({error.reason} at byte {error.start}); save it in that encoding") from error
    except OSError as error:
        raise DataError(file, f"cannot be read: {error}") from error


def entries(folder: Folder, file: str) -> list[Entry]:
    """The lines of a table with whatever columns its header names. DataError where a line has not as many."""
    (_, columns), *rest = lines(folder, file)
    return [Entry(file, number, dict(zip(columns, _as_many(file, number, columns, fields), strict=True))) for number, fields in rest]


def rows(folder: Folder, file: str, columns: tuple[str, ...]) -> Iterator[tuple[str, list[str]]]:
    """Place ("names.tsv:12") and fields of each line. DataError where the header is not ``columns``, or the first field is empty."""
    for number, line in whole_lines(folder, file, columns):
        yield f"{file}:{number}", line.split(TAB)


def whole_lines(folder: Folder, file: str, columns: tuple[str, ...]) -> Iterator[tuple[int, str]]:
    """The same as numbers and whole lines, for tables of so many that not all are taken apart."""
    filled = _filled(folder, file)
    first, header = next(filled, (1, ""))
    if tuple(header.split(TAB)) != columns:
        raise DataError(f"{file}:{first}", f"the header must be {', '.join(columns)}")
    tabs = len(columns) - 1
    for number, line in filled:
        if line.count(TAB) != tabs:
            raise DataError(f"{file}:{number}", f"{line.count(TAB) + 1} columns, but {len(columns)} in the header")
        if line[0] == TAB or not line.split(TAB, 1)[0].strip():
            raise DataError(f"{file}:{number}", f"{columns[0]} is empty")
        yield number, line


def lines(folder: Folder, file: str) -> list[tuple[int, list[str]]]:
    """Numbers and fields of all lines, the header's first, however many fields they have. DataError where there is no line."""
    found = [(number, line.split(TAB)) for number, line in _filled(folder, file)]
    if not found:
        raise DataError(f"{file}:1", "a header line was expected")
    return found


def _filled(folder: Folder, file: str) -> Iterator[tuple[int, str]]:
    """Numbers and text of the lines that are neither empty nor comments."""
    return ((number, line) for number, line in enumerate(text_of(folder, file).split("\n"), 1) if line and line[0] != "#" and line.strip())


def _as_many(file: str, number: int, columns: list[str], fields: list[str]) -> list[str]:
    if len(fields) != len(columns):
        raise DataError(f"{file}:{number}", f"{len(fields)} columns, but {len(columns)} in the header")
    return fields
