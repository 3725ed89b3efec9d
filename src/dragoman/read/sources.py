"""In: files, folders, patterns, addresses of the web and "-" for standard input. Out: their articles one by one, or a Problem for each.

Only one article is held at a time; nothing here raises for bad input.
"""

from __future__ import annotations

import glob
import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import BinaryIO

from dragoman.read import registry
from dragoman.read.base import MAX_CHARS, Options, Spot, day_of, problem
from dragoman.read.opening import OnBytes, ending_of, has_known_ending, read_stream, reason
from dragoman.schema import Article, Problem

STDIN = "-"
Items = Iterator[Article | Problem]
Around = Callable[[str | Path, Items], Items]


def read(
    sources: Sequence[str],
    *,
    published: str | None = None,
    max_chars: int = MAX_CHARS,
    columns: Mapping[str, str] | None = None,
    kind: str | None = None,
    allow_private: bool = False,
    stdin: BinaryIO | None = None,
    on_bytes: OnBytes | None = None,
    around: Around | None = None,
    spot: Spot | None = None,
) -> Items:
    """Articles of files, folders (with what is below them), patterns, addresses and standard input ("-"), in the order given.

    ``published`` is the day (YYYY-MM-DD) of articles that bring none, ``on_bytes`` is called with the number of bytes just read.
    ``allow_private`` fetches addresses (https://...) that are not of the open internet as well.
    ``around`` is called with each file (or "-", an address, or what cannot be looked up) and its items, which are read as they are asked
    for, and gives those that are handed on.
    ``spot`` says of each item, as it comes, at which byte it begins, where its reader knows.
    ``columns`` says where the fields of an article stand, ``kind`` which reader reads them all (see ``Options``).
    ValueError, at once, where ``published`` is no date, and DragomanError where there is no such reader; whatever is wrong with an input
    becomes a Problem with stage "read".
    """
    options = Options(day_of(published), max_chars, columns or {}, registry.known_kind(kind), spot=spot or Spot())
    return _read(sources, options, stdin, on_bytes, allow_private, around or (lambda source, items: items))


def _read(
    sources: Sequence[str], options: Options, stdin: BinaryIO | None, on_bytes: OnBytes | None, allow_private: bool, around: Around
) -> Items:
    for source in sources:
        if is_url(source):
            yield from around(source, read_address(source, options, allow_private, on_bytes))
            continue
        if source == STDIN:
            yield from around(STDIN, read_stream(stdin or sys.stdin.buffer, STDIN, options, on_bytes=on_bytes))
            continue
        for found in files_of(source):
            if isinstance(found, Problem):
                yield from around(source, iter([found]))
            else:
                yield from around(found, read_file(found, options, on_bytes))


def total_bytes(sources: Sequence[str]) -> int | None:
    """Bytes of all files as they lie on disk; None where standard input or an address is among them."""
    if STDIN in sources or any(map(is_url, sources)):
        return None
    return sum(size_of(found) for source in sources for found in files_of(source) if isinstance(found, Path))


def is_url(source: str) -> bool:
    return source[:8].lower().startswith(("http://", "https://"))


def read_address(url: str, options: Options, allow_private: bool, on_bytes: OnBytes | None) -> Iterator[Article | Problem]:
    from dragoman.read.fetching import Fetcher  # nobody who reads files need wait for TLS and trafilatura
    from dragoman.read.urls import read_url

    yield from read_url(url, options, Fetcher(allow_private), on_bytes)


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
        yield problem(
            shown(folder), f"no articles in this folder; files that end in {', '.join(registry.endings())} (also with .gz) are read"
        )


def read_file(path: Path, options: Options, on_bytes: OnBytes | None) -> Iterator[Article | Problem]:
    source = shown(path)
    try:
        raw = path.open("rb", buffering=0)
    except (OSError, ValueError) as error:
        yield problem(source, f"cannot be opened: {reason(error)}")
        return
    with raw:
        yield from read_stream(raw, source, options, ending_of(path.name), on_bytes)


def shown(path: str | os.PathLike[str]) -> str:
    """A path as text that can be written, also where its name is no UTF-8."""
    return os.fsencode(path).decode("utf-8", "replace")
