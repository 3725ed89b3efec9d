"""Where records go. In: the name of a format and a file, or neither. Out: a writer on that file or on the standard output."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from difflib import get_close_matches
from io import TextIOWrapper
from pathlib import Path
from typing import TextIO

from dragoman.errors import DragomanError
from dragoman.write.base import Writer
from dragoman.write.formats import FOR_PEOPLE, FOR_PROGRAMS, formats


@contextmanager
def opened(format: str | None = None, out: Path | None = None) -> Iterator[Writer]:
    """A writer that is closed, and its file with it, at the end of the block.

    Without a format: as the file's name ends, else a table on a terminal and JSON lines elsewhere. Without a file: the standard output.
    DragomanError for an unknown format or a file that cannot be written.
    """
    made = formats()[format_of(format, out)]
    with stream_to(out) as stream:
        writer = made(stream)
        try:
            yield writer
        finally:
            writer.close()


def format_of(format: str | None, out: Path | None) -> str:
    """The name of the format that is meant."""
    if format is not None:
        return known_format(format)
    if out is None:
        return FOR_PEOPLE if sys.stdout.isatty() else FOR_PROGRAMS
    ending = out.suffix.removeprefix(".").lower()
    return ending if ending in formats() else FOR_PROGRAMS


def known_format(name: str) -> str:
    if name in formats():
        return name
    near = get_close_matches(name.lower(), formats(), n=1)
    hint = f"; did you mean {near[0]}?" if near else ""
    raise DragomanError(f"there is no format {name!r}, only {', '.join(formats())}{hint}")


@contextmanager
def stream_to(out: Path | None) -> Iterator[TextIO]:
    """The file, or the standard output, which then takes UTF-8 whatever the locale; line ends are the same everywhere."""
    if out is None:
        if isinstance(sys.stdout, TextIOWrapper):
            sys.stdout.reconfigure(encoding="utf-8", newline="\n")
        yield sys.stdout
        return
    try:
        file = out.open("w", encoding="utf-8", newline="\n")
    except OSError as error:
        raise DragomanError(f"cannot write {out}: {error.strerror}; name another file") from error
    with file:
        yield file
