"""A story with its evidence marked, for a notebook. In: a coding, and the text or nothing. Out: HTML, all text of the article escaped."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from itertools import pairwise

from dragoman.schema import Coding
from dragoman.write.marks import Mark, Piece, marks_of, pieces_of
from dragoman.write.plain import harmless

GAP = "<p>…</p>"
STYLES = {
    "statement": "border-bottom:2px dotted #888",
    "date": "background:#fff3c4;color:#222",
    "actor": "background:#d7ecff;color:#222",
    "event": "font-weight:bold;background:#eee;color:#222",
}
COLOUR_OF_QUAD = {1: "#d9f2d9", 2: "#b5e6b5", 3: "#ffe2c2", 4: "#ffc9c9"}


def marked_html(coding: Coding, text: str | None = None) -> str:
    """The story with marks and numbers; without its text, the sentences that the records rest on. Empty where nothing is marked."""
    marks = marks_of(coding)
    if not marks:
        return ""
    pieces = pieces_of(coding, text)
    body = GAP.join(f"<p>{''.join(segments(piece, marks))}</p>" for piece in pieces)
    return f'<div class="dragoman marked" style="line-height:1.7;white-space:pre-wrap">{body}</div>'


def segments(piece: Piece, marks: Sequence[Mark]) -> Iterator[str]:
    """The text of a piece, cut wherever a mark begins or ends, so that marks may overlap."""
    inside = [mark for mark in marks if mark.start < piece.end and mark.end > piece.start]
    cuts = {piece.start, piece.end, *(cut for mark in inside for cut in (mark.start, mark.end) if piece.start < cut < piece.end)}
    ordered = sorted(cuts)
    for start, end in pairwise(ordered):
        here = [mark for mark in inside if mark.start <= start and mark.end >= end]
        yield wrapped(piece.text[start - piece.start : end - piece.start], here)
        yield from (f"<sup>{mark.label}</sup>" for mark in here if mark.label and mark.end == end)


def wrapped(text: str, marks: Sequence[Mark]) -> str:
    shown = escape(harmless(text))
    if not marks:
        return shown
    style = ";".join(style_of(mark) for mark in sorted(marks, key=lambda mark: list(STYLES).index(mark.kind)))
    title = "; ".join(dict.fromkeys(mark.says for mark in marks if mark.says))
    return f'<span class="{" ".join(dict.fromkeys(mark.kind for mark in marks))}" style="{style}" title="{escape(title)}">{shown}</span>'


def style_of(mark: Mark) -> str:
    colour = COLOUR_OF_QUAD.get(mark.quad)
    return STYLES[mark.kind] + (f";background:{colour}" if colour else "")
