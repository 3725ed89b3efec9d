"""In: a stream with a table of articles, CSV or tab-separated. Out: an article or a Problem for each row, one in memory at a time.

What separates the cells is told by the header; a table without one needs numbers of columns (``--map text=3``). A stray quotation mark,
which would swallow the rows behind it, costs its own row.
"""

from __future__ import annotations

import csv
import io
from collections import deque
from collections.abc import Iterator
from typing import NamedTuple

from dragoman.read import rows
from dragoman.read.base import Options, problem
from dragoman.read.guessing import fits, guessed
from dragoman.read.mapping import folded, known_names
from dragoman.read.streams import HEAD, decoded
from dragoman.schema import Article, Problem

NAME = "csv"
ENDINGS = (".csv", ".tsv", ".tab")
DELIMITERS = ",\t;|"
LONGEST_NAME = 60  # characters of a column's name, beyond which a line is no header
BYTES_A_CHARACTER = 4
OTHER_CELLS = 2**16  # characters of a row beside its text
BLANK = "\r\n \t"


def looks_like(head: bytes) -> bool:
    """Whether the first line is a header that names a column of texts."""
    names = header_of(head)[1]
    return len(names) > 1 and all(len(name) <= LONGEST_NAME for name in names) and bool(text_columns(names))


def read(stream: io.BufferedReader, source: str, options: Options) -> Iterator[Article | Problem]:
    head = stream.peek(HEAD)
    if b"\0" in head.partition(b"\n")[0] or not head.strip():
        yield problem(source, "this is binary data, no table of text" if head.strip() else "it is empty; there is nothing to code")
        return
    delimiter, names = header_of(head)
    lines = Lines(stream, options.max_chars)
    numbered = bool(options.columns) and all(key.isdecimal() for key in options.columns.values()) and not text_columns(names)
    if numbered:
        names = [str(number) for number in range(1, len(names) + 1)]
    else:
        next(records(lines, delimiter), None)
    try:
        columns = dict(options.columns) if numbered else rows.columns_in(names, options)
    except ValueError as error:
        yield problem(source, str(error))
        return
    found = False
    for place, cells in records(lines, delimiter):
        where = f"{source}:{place.number}"
        options.spot.set(place.begins)
        found = True
        if isinstance(cells, str):
            yield problem(where, cells)
        elif len(cells) != len(names):
            yield problem(where, f"{len(cells)} cells, but {len(names)} columns in the header; look for a {delimiter!r} or quotation mark")
        else:
            yield rows.article_in(dict(zip(names, cells, strict=True)), columns, where, options, lines.note)
    if not found:
        yield problem(source, "the table has no rows; there is nothing to code")


def header_of(head: bytes) -> tuple[str, list[str]]:
    """What separates the cells of the first line, and the cells; where several may, what tells most known columns apart."""
    line = head[:HEAD].partition(b"\n")[0].decode("utf-8", "replace").strip("\r\n\ufeff")
    ways: list[tuple[str, list[str]]] = []
    for delimiter in DELIMITERS:
        try:
            ways.append((delimiter, next(csv.reader([line], delimiter=delimiter), [])))
        except csv.Error:
            continue
    delimiter, cells = max(ways, key=lambda way: (len(text_columns(way[1])), len(way[1])), default=(",", []))
    return delimiter, apart([cell.strip() for cell in cells])


def text_columns(names: list[str]) -> list[str]:
    return [name for name in names if folded(name) in known_names()["text"]]


def apart(names: list[str]) -> list[str]:
    """Names of columns, none twice."""
    seen: dict[str, int] = {}
    found = []
    for name in names:
        seen[name] = seen.get(name, 0) + 1
        found.append(name if seen[name] == 1 else f"{name} {seen[name]}")
    return found


def records(lines: Lines, delimiter: str) -> Iterator[tuple[Place, list[str] | str]]:
    """Place of the first line and cells of each row, or what is wrong with it."""
    csv.field_size_limit(max(csv.field_size_limit(), lines.limit))  # of the whole process, so it is never lowered
    single = 0
    while (first := next(lines, None)) is not None:
        place, line = first
        if isinstance(line, Broken):
            yield place, line.message
            continue
        if not line.strip(BLANK + delimiter):
            continue
        pulled: list[tuple[Place, str | Broken]] = []
        cells = cells_of(line, lines, pulled, delimiter, alone=single > 0)
        single = max(0, single - 1)
        if cells is None:
            yield place, "a quotation mark that nothing closes; double it, or take it out"
            lines.push_back(pulled)
            single = max(single, len(pulled))  # each of them on its own: no line is read more than twice
        else:
            yield place, cells


def cells_of(line: str, lines: Lines, pulled: list[tuple[Place, str | Broken]], delimiter: str, alone: bool) -> list[str] | None:
    """The cells of a row that begins with ``line`` and goes on as long as a quotation mark is open; None where nothing closes it.

    ``pulled`` takes the further lines that were read.
    """
    size = len(line)

    def whole() -> Iterator[str]:
        nonlocal size
        yield line
        while not alone and size <= lines.limit and (following := next(lines, None)) is not None:
            pulled.append(following)
            if isinstance(following[1], Broken):
                return
            size += len(following[1])
            yield following[1]

    try:
        return next(csv.reader(whole(), delimiter=delimiter, strict=True), None)
    except csv.Error:
        return None


class Place(NamedTuple):
    """The number of a line, counted from 1, and the byte at which it begins."""

    number: int
    begins: int


class Broken:
    """A line that cannot be used, and why."""

    def __init__(self, message: str) -> None:
        self.message = message


class Lines:
    """The lines of a table with their numbers, decoded, none longer than a row with a text of ``max_chars`` can be.

    The first line outside of ASCII tells the encoding of all.
    """

    def __init__(self, stream: io.BufferedReader, max_chars: int) -> None:
        self.stream = stream
        self.limit = max_chars + OTHER_CELLS
        self.is_told = False
        self.encoding: str | None = None
        self.number = self.read = 0
        self.waiting: deque[tuple[Place, str | Broken]] = deque()

    @property
    def note(self) -> dict[str, str]:
        return {"encoding": f"{self.encoding} (guessed)"} if self.encoding else {}

    def __iter__(self) -> Lines:
        return self

    def __next__(self) -> tuple[Place, str | Broken]:
        if self.waiting:
            return self.waiting.popleft()
        most = self.limit * BYTES_A_CHARACTER
        line = self.stream.readline(most + 1)
        if not line:
            raise StopIteration
        self.number += 1
        place = Place(self.number, self.read)
        self.read += len(line)
        if len(line) > most:
            while line and not line.endswith(b"\n"):
                line = self.stream.readline(OTHER_CELLS)
                self.read += len(line)
            return place, Broken(f"the line is longer than {most:,} bytes; split the article or raise the limit of characters")
        return place, self._text_of(line)

    def _text_of(self, line: bytes) -> str | Broken:
        if b"\0" in line:
            return Broken("there is a NUL byte in it, which no text has; write the table anew")
        if not self.is_told and not line.isascii():
            self.is_told = True
            self.encoding = None if fits(line, "utf-8") else guessed(line)
        try:
            return line.decode(self.encoding) if self.encoding else decoded(line, first_line=0)
        except UnicodeDecodeError as error:
            return Broken(f"byte {error.start + 1:,} is none of {self.encoding}, in which the table seems to be written; save it as UTF-8")
        except ValueError as error:
            return Broken(str(error))

    def push_back(self, lines: list[tuple[Place, str | Broken]]) -> None:
        self.waiting.extendleft(reversed(lines))
