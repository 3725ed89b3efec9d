"""Where records go. In: the name of a format and a file or folder, or neither. Out: a writer on that, or on the standard output."""

from __future__ import annotations

import sys
from collections.abc import Collection, Iterator
from contextlib import AbstractContextManager, contextmanager
from difflib import get_close_matches
from io import TextIOWrapper
from pathlib import Path
from typing import BinaryIO, TextIO

from dragoman.errors import DragomanError
from dragoman.write.base import Writer
from dragoman.write.formats import FOR_PEOPLE, FOR_PROGRAMS, Target, formats


@contextmanager
def opened(format: str | None = None, out: Path | None = None) -> Iterator[Writer]:
    """A writer that is closed, and its file with it, at the end of the block.

    Without a format: as the file's name ends, else a table on a terminal and JSON lines elsewhere. Without a file: the standard output.
    DragomanError for an unknown format, or a file or folder that cannot be written.
    """
    made = formats()[format_of(format, out)]
    with target_of(made.target, out) as target:
        writer = made(target)
        try:
            yield writer
        finally:
            writer.close()


def format_of(format: str | None, out: Path | None) -> str:
    """The name of the format that is meant. DragomanError where what it writes cannot go where it should; nothing is made yet."""
    name = known_format(format) if format is not None else implied_format(out, formats(), FOR_PEOPLE, FOR_PROGRAMS)
    match formats()[name].target:
        case "folder":
            check_folder(name, out)
        case "binary" if out is None and sys.stdout.isatty():
            raise DragomanError(f"{name} is not for a terminal: name a file with --out")
    return name


def implied_format(out: Path | None, known: Collection[str], for_people: str, for_programs: str) -> str:
    """The format that is meant where none is named: as the file's name ends, else one for people on a terminal and one for programs."""
    if out is None:
        return for_people if sys.stdout.isatty() else for_programs
    ending = out.suffix.removeprefix(".").lower()
    return ending if ending in known else for_programs


def check_folder(name: str, out: Path | None) -> None:
    """A folder is made, or taken if it is empty: nothing in it is overwritten, nothing old left among the new."""
    if out is None:
        raise DragomanError(f"{name} is a folder: name one with --out")
    if out.exists() and not out.is_dir():
        raise DragomanError(f"{name} is a folder, but {out} is a file: name another")
    if out.is_dir() and any(out.iterdir()):
        raise DragomanError(f"{name} is a folder, and {out} is not empty: empty it, or name another")


def known_format(name: str) -> str:
    return named_of(name, formats())


def named_of(name: str, known: Collection[str]) -> str:
    """The name, if it is one of a format. DragomanError with the one that was meant otherwise."""
    if name in known:
        return name
    near = get_close_matches(name.lower(), known, n=1)
    hint = f"; did you mean {near[0]}?" if near else ""
    raise DragomanError(f"there is no format {name!r}, only {', '.join(known)}{hint}")


def target_of(target: Target, out: Path | None) -> AbstractContextManager[TextIO | BinaryIO | Path]:
    """What a writer is made with."""
    if target == "folder" and out is not None:
        return folder_at(out)
    return bytes_to(out) if target == "binary" else stream_to(out)


@contextmanager
def folder_at(out: Path) -> Iterator[Path]:
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise DragomanError(f"cannot make the folder {out}: {error.strerror}; name another") from error
    yield out


@contextmanager
def bytes_to(out: Path | None) -> Iterator[BinaryIO]:
    if out is None:
        yield sys.stdout.buffer
        return
    try:
        file = out.open("wb")
    except OSError as error:
        raise DragomanError(f"cannot write {out}: {error.strerror}; name another file") from error
    with file:
        yield file


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
