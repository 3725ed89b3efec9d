"""In: files, folders, patterns and "-" for standard input. Out: their articles one by one, a Problem for each that cannot be read.

Only one article is held at a time; nothing here raises for bad input.
"""

from __future__ import annotations

import glob
import os
import sys
import zlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

from dragoman.read.base import MAX_CHARS, day_of, problem
from dragoman.read.jsonl import is_document, looks_like_json, read_document, read_jsonl
from dragoman.read.streams import HEAD, Unreadable, content
from dragoman.read.text import read_text
from dragoman.schema import Article, Problem

STDIN = "-"
TEXT = ".txt"
LINES = (".jsonl", ".ndjson")
DOCUMENT = ".json"
ENDINGS = (TEXT, *LINES, DOCUMENT)
OnBytes = Callable[[int], None]
Items = Iterator[Article | Problem]
Around = Callable[[str | Path, Items], Items]


def read(
    sources: Sequence[str],
    *,
    published: str | None = None,
    max_chars: int = MAX_CHARS,
    stdin: BinaryIO | None = None,
    on_bytes: OnBytes | None = None,
    around: Around | None = None,
) -> Items:
    """Articles of files, folders (with what is below them), patterns and standard input ("-"), in the order given.

    ``published`` is the day (YYYY-MM-DD) of articles that bring none, ``on_bytes`` is called with the number of bytes just read.
    ``around`` is called with each file (or "-", or what cannot be looked up) and its items, which are read as they are asked for, and gives
    those that are handed on.
    ValueError, at once, where ``published`` is no date; whatever is wrong with an input becomes a Problem with stage "read".
    """
    day = day_of(published)
    return _read(sources, day, max_chars, stdin, on_bytes, around or (lambda source, items: items))


def _read(
    sources: Sequence[str], published: str | None, max_chars: int, stdin: BinaryIO | None, on_bytes: OnBytes | None, around: Around
) -> Items:
    for source in sources:
        if source == STDIN:
            stream = stdin or sys.stdin.buffer
            yield from around(STDIN, read_stream(stream, STDIN, published, max_chars, on_bytes))
            continue
        for found in files_of(source):
            if isinstance(found, Problem):
                yield from around(source, iter([found]))
            else:
                yield from around(found, read_file(found, published, max_chars, on_bytes))


def total_bytes(sources: Sequence[str]) -> int | None:
    """Bytes of all files as they lie on disk; None where standard input is among them."""
    if STDIN in sources:
        return None
    return sum(size_of(found) for source in sources for found in files_of(source) if isinstance(found, Path))


def size_of(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def files_of(source: str) -> Iterator[Path | Problem]:
    """The files that a source stands for; a Problem where there is none."""
    try:
        path = Path(source)
        if source and path.is_dir():
            yield from files_below(path)
        elif source and (path.exists() or not glob.has_magic(source)):
            yield path
        elif source:
            yield from files_like(source)
        else:
            yield problem(source, "an empty name; give a file, a folder, a pattern, or - for standard input")
    except (OSError, ValueError) as error:
        yield problem(shown(source), f"cannot be looked up: {reason(error)}")


def files_like(pattern: str) -> Iterator[Path | Problem]:
    matches = sorted(glob.glob(pattern, recursive=True))
    if not matches:
        yield problem(shown(pattern), "nothing matches this pattern; look at it and at the folder you are in")
    for match in map(Path, matches):
        if match.is_dir():
            if not pattern.rstrip("/").endswith("**"):
                yield from files_below(match)
        else:
            yield match


def files_below(folder: Path) -> Iterator[Path | Problem]:
    """Files with a known ending in a folder and its folders, sorted; hidden ones are left out."""
    unreadable: list[OSError] = []
    found = False
    for parent, folders, files in os.walk(folder, onerror=unreadable.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            if has_known_ending(name) and not name.startswith(".") and (path := Path(parent, name)).is_file():
                found = True
                yield path
    for error in unreadable:
        yield problem(shown(error.filename or folder), f"the folder cannot be read: {reason(error)}")
    if not found and not unreadable:
        yield problem(shown(folder), f"no articles in this folder; files that end in {', '.join(ENDINGS)} (also with .gz) are read")


def ending_of(name: str) -> str:
    """The ending that says what a file holds, without ".gz"."""
    return Path(name.lower().removesuffix(".gz")).suffix


def has_known_ending(name: str) -> bool:
    return ending_of(name) in ENDINGS


def read_file(path: Path, published: str | None, max_chars: int, on_bytes: OnBytes | None) -> Iterator[Article | Problem]:
    source = shown(path)
    try:
        raw = path.open("rb", buffering=0)
    except (OSError, ValueError) as error:
        yield problem(source, f"cannot be opened: {reason(error)}")
        return
    with raw:
        yield from read_stream(raw, source, published, max_chars, on_bytes, ending_of(path.name))


def read_stream(
    raw: BinaryIO, source: str, published: str | None, max_chars: int, on_bytes: OnBytes | None, ending: str = ""
) -> Iterator[Article | Problem]:
    """The articles of one stream; what kind it is tells the ending, else the content."""
    try:
        stream = content(raw, on_bytes)
        head = stream.peek(HEAD)[:HEAD]
        if ending in LINES:
            yield from read_jsonl(stream, source, published, max_chars)
        elif ending == TEXT or (ending != DOCUMENT and not looks_like_json(head)):
            yield read_text(stream, source, published, max_chars)
        elif is_document(head):
            yield from read_document(stream, source, published, max_chars)
        else:
            yield from read_jsonl(stream, source, published, max_chars)
    except Unreadable as error:
        yield problem(source, str(error))
    except EOFError:
        yield problem(source, "the packed file ends too early, so the rest of it is lost; fetch it again")
    except (zlib.error, UnicodeError) as error:
        yield problem(source, f"the file is damaged, so the rest of it is lost; fetch it again ({error})")
    except OSError as error:
        yield problem(source, f"cannot be read to its end: {reason(error)}")


def reason(error: OSError | ValueError) -> str:
    """What went wrong and what to do about it."""
    if isinstance(error, FileNotFoundError):
        return "there is no such file; look at the name and at the folder you are in"
    if isinstance(error, PermissionError):
        return "you have no permission to read it; change that, as with: chmod u+r"
    if isinstance(error, IsADirectoryError):
        return "it is a folder"
    return getattr(error, "strerror", None) or str(error)


def shown(path: str | os.PathLike[str]) -> str:
    """A path as text that can be written, also where its name is no UTF-8."""
    return os.fsencode(path).decode("utf-8", "replace")
