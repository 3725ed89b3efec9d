"""In: a tab-separated file with a header. Out: its lines as fields by column, each with the file and line where it stands."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources.abc import Traversable
from pathlib import Path

from dragoman.errors import DragomanError

Folder = Path | Traversable


class CueError(DragomanError, ValueError):
    """A line of the cue tables is wrong; the message starts with file and line."""

    def __init__(self, where: str, what: str) -> None:
        super().__init__(f"{where}: {what}")
        self.where = where


@dataclass(frozen=True, slots=True)
class Entry:
    """One line; ``where`` is its file and line, as in ``verbs.tsv:12``."""

    where: str
    fields: dict[str, str]


def entries(folder: Folder, file: str) -> list[Entry]:
    """The lines of a table, without comments and blanks. CueError where a line has not as many columns as the header."""
    try:
        text = (folder / file).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise CueError(file, f"cannot be read: {error}") from error
    lines = [(number, line.split("\t")) for number, line in enumerate(text.splitlines(), 1) if line.strip() and not line.startswith("#")]
    if not lines:
        raise CueError(f"{file}:1", "a header line was expected")
    (_, columns), *rest = lines
    for number, values in rest:
        if len(values) != len(columns):
            raise CueError(f"{file}:{number}", f"{len(columns)} columns were expected, {len(values)} are there")
    return [Entry(f"{file}:{number}", {c: v.strip() for c, v in zip(columns, values, strict=True)}) for number, values in rest]
