"""In: a text as given. Out: its paragraphs as blocks, hard-wrapped lines joined; each knows its characters.

A block's ``text`` has a space for every line break inside, so that a position in it is ``start`` apart from one in the article.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import NamedTuple

from dragoman.drafts import Stretch

LINE = re.compile(r"[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")
BREAK = re.compile(r"[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
NO_TEXT = " \t\u00a0\u200b\ufeff"
WIDTH = 110  # columns beyond which no one wraps text by hand
WRAPPED = 0.25  # share of short lines that go on in lower case on the next line, from which a text counts as wrapped
RAGGED = 8  # columns that a wrapped line may fall short of what would have fitted
FINISHED = re.compile(r"[.!?…:;。！？؟][\s\"'”’»)\]]*\Z")


class Line(NamedTuple):
    """Characters start, ..., end - 1 without space around; ``indented`` by space, ``apart`` from the line before by an empty one."""

    start: int
    end: int
    indented: bool
    apart: bool


class Block(NamedTuple):
    start: int
    end: int
    text: str

    def stretch(self, start: int = 0, end: int | None = None) -> Stretch:
        """The characters of the article for positions in ``text``."""
        return Stretch(self.start + start, self.start + (len(self.text) if end is None else end))


def lines_of(text: str) -> list[Line]:
    found: list[Line] = []
    for match in LINE.finditer(text):
        raw = match.group()
        body = raw.strip().strip(NO_TEXT).strip()
        if not body:
            continue
        start = match.start() + raw.find(body)
        gap = text[found[-1].end : start].replace("\r\n", "\n") if found else ""
        found.append(Line(start, start + len(body), start > match.start(), len(BREAK.findall(gap)) > 1))
    return found


def is_address(text: str, line: Line) -> bool:
    word = text[line.start : min(line.end, line.start + WIDTH)].split(None, 1)[0]
    return "@" in word or "://" in word or word.startswith("www.")


def goes_on(text: str, line: Line, after: Line) -> bool:
    """Whether a line stops in the middle of a sentence that the next one, in lower case, continues."""
    if after.apart or not text[after.start].islower() or is_address(text, after):
        return False
    return not FINISHED.search(text[max(line.start, line.end - 8) : line.end])


def wrap_width(text: str, lines: list[Line]) -> int | None:
    """Columns at which the text is wrapped; None where a line is a paragraph."""
    short = [(line, after) for line, after in pairwise(lines) if not after.apart and line.end - line.start <= WIDTH]
    continued = [line for line, after in short if goes_on(text, line, after)]
    if not continued or len(continued) < WRAPPED * len(short):
        return None
    return max(line.end - line.start for line in continued)


def joins(text: str, line: Line, after: Line, width: int | None) -> bool:
    """Whether the next line belongs to the same paragraph."""
    if after.apart:
        return False
    if goes_on(text, line, after):
        return True
    if width is None or (after.indented and not line.indented):
        return False
    first_word = text[after.start : min(after.end, after.start + WIDTH)].split(None, 1)[0]
    return width - RAGGED < line.end - line.start + 1 + len(first_word) and line.end - line.start <= width + RAGGED


def blocks_of(text: str) -> list[Block]:
    lines = lines_of(text)
    width = wrap_width(text, lines)
    found: list[Block] = []
    first = 0
    for i, line in enumerate(lines):
        if i + 1 < len(lines) and joins(text, line, lines[i + 1], width):
            continue
        start, end = lines[first].start, line.end
        found.append(Block(start, end, BREAK.sub(" ", text[start:end])))
        first = i + 1
    return found
