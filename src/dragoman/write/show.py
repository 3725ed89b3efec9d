"""A story on a terminal. In: a coding, and the text or nothing. Out: the text with its evidence marked, a legend, the records beneath.

Where there is no colour, brackets stand for it. The numbers behind events and statements are those of the records.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple, TextIO

from rich.console import Console
from rich.table import Table
from rich.text import Text

from dragoman.schema import Coding, Event, Statement
from dragoman.write import wording
from dragoman.write.marks import Mark, Piece, marks_of, numbered_events, numbered_statements, pieces_of
from dragoman.write.plain import BREAKS, harmless, one_line
from dragoman.write.table import STYLE_OF_QUAD, problem_text

WIDEST = 100  # columns of running text; longer lines are hard to follow
WRAPPED_AT = 100  # columns; a text with longer lines has one paragraph a line
WRAPPED = re.compile(r"(?<=[^\n]{50})\n(?!\n)")  # the end of a long line inside a paragraph, not of a headline
STYLES = {"statement": "italic", "date": "yellow", "actor": "cyan", "event": "bold reverse"}
SIGNS = {"statement": ("{", "}"), "date": ("~", "~"), "actor": ("‹", "›"), "event": ("[", "]")}
GAP = "…"


class Put(NamedTuple):
    """Something to put into the text before the character at ``at``; what closes comes before what opens."""

    at: int
    opens: bool
    nested: int
    text: str


class ShowWriter:
    """Writes stories; ``width`` in columns, of the terminal (or 80) if it is not given."""

    def __init__(self, stream: TextIO, width: int | None = None) -> None:
        self.console = Console(file=stream, width=width, highlight=False, markup=False, emoji=False, force_jupyter=False)
        self.coloured = self.console.is_terminal and not self.console.no_color

    def write(self, coding: Coding, text: str | None = None) -> None:
        marks = marks_of(coding)
        if coding.article:
            headline = coding.article.headline or f"article {coding.article.id}"
            self._line(one_line(headline) if headline not in (text or "") else "", "bold")
            self._line(wording.origin(coding.article), "dim")
        pieces = pieces_of(coding, text)
        for number, piece in enumerate(pieces):
            if number:
                self.console.print(GAP, style="dim")
            self.console.print(self._marked(piece, marks), width=min(self.console.width, WIDEST))
        self.console.print()
        if marks:
            self.console.print(self._legend(marks))
            self.console.print()
        self.console.print(self._records(coding))

    def close(self) -> None:
        self.console.file.flush()

    def _line(self, text: str, style: str) -> None:
        if text:
            self.console.print(Text(text, style=style))
            self.console.print()

    def _marked(self, piece: Piece, marks: Sequence[Mark]) -> Text:
        """The piece with numbers, and with styles or brackets."""
        inside = [mark for mark in marks if mark.start < piece.end and mark.end > piece.start]
        puts = sorted(put for mark in inside for put in self._puts(mark))
        shown = "".join(with_puts(piece, puts))
        if not self.coloured:
            return Text(shown)
        styled, grown = Text(shown), list(accumulate((len(put.text) for put in puts), initial=0))
        for mark in inside:
            before = sum(put.at <= mark.start for put in puts)
            until = sum(put.at < mark.end for put in puts)
            start, end = max(0, mark.start - piece.start) + grown[before], mark.end - piece.start + grown[until]
            styled.stylize(style_of(mark), start, end)
        return styled

    def _puts(self, mark: Mark) -> Iterator[Put]:
        """What stands before and behind a mark: inner brackets open later and close earlier."""
        left, right = ("", "") if self.coloured else SIGNS[mark.kind]
        length = mark.end - mark.start
        yield Put(mark.start, True, -length, left)
        yield Put(mark.end, False, length, f"{right}{number(mark.label)}")

    def _legend(self, marks: Sequence[Mark]) -> Text:
        legend = Text("marked: ", style="dim")
        for kind in dict.fromkeys(mark.kind for mark in sorted(marks, key=lambda mark: list(STYLES).index(mark.kind), reverse=True)):
            left, right = ("", "") if self.coloured else SIGNS[kind]
            behind = {"event": number("E1"), "statement": number("S1")}.get(kind, "")
            legend.append(f"{left}{kind}{right}{behind}", style=STYLES[kind])
            legend.append("  ")
        return legend

    def _records(self, coding: Coding) -> Table:
        table = Table.grid(padding=(0, 2))
        table.add_column(no_wrap=True, style="bold")
        table.add_column(overflow="fold")
        for label, event in numbered_events(coding):
            table.add_row(label, event_text(event))
        for label, statement in numbered_statements(coding):
            table.add_row(label, statement_text(statement))
        for position, relation in enumerate(coding.relations, 1):
            table.add_row(f"R{position}", Text(wording.standing(relation)))
        for problem in coding.problems:
            table.add_row("!", Text(problem_text(problem), style="bold red"))
        if not coding.events and not coding.problems:
            table.add_row("", Text("no events", style="dim"))
        return table


def with_puts(piece: Piece, puts: Sequence[Put]) -> Iterator[str]:
    """The text of a piece on its way, one character for each of the article's, and what is put between."""
    text, at = laid_out(piece.text), piece.start
    for put in puts:
        upto = min(max(put.at, piece.start), piece.end)
        yield text[at - piece.start : upto - piece.start]
        yield put.text
        at = upto
    yield text[at - piece.start :]


def laid_out(text: str) -> str:
    """The text, as long as it was; where short lines stand in paragraphs, each of these in one line, so that it can be broken anew."""
    is_wrapped = "\n\n" in text and max(map(len, text.split("\n"))) <= WRAPPED_AT
    lines = (WRAPPED.sub(" ", text) if is_wrapped else text).split("\n")
    return "\n".join(BREAKS.sub(" ", harmless(line)) for line in lines)


def number(label: str) -> str:
    return f"({label})" if label else ""


def style_of(mark: Mark) -> str:
    return f"{STYLES[mark.kind]} {STYLE_OF_QUAD.get(mark.quad, '')}".strip()


def event_text(event: Event) -> Text:
    """Who did what to whom; beneath it when, on whose word and why."""
    what = Text(" ".join(wording.what(event)), style=STYLE_OF_QUAD.get(event.quad, ""))
    sides = [Text("; ".join(map(wording.party, side)) or wording.UNKNOWN) for side in (event.actor, event.recipient)]
    because = one_line(event.because[0]) if event.because else ""
    known = ("–".join(wording.days(event.date)), wording.on_whose_word(event), ", ".join(event.context), because)
    line = Text.assemble(what, "  ", sides[0], *((" → ", sides[1]) if event.recipient else ()))
    return Text("\n").join([line, Text(" · ".join(part for part in known if part), style="dim")])


def statement_text(statement: Statement) -> Text:
    """Who said it, how, to whom, about which actor and when; what was said is marked in the text."""
    to = f" to {wording.party(statement.addressee)}" if statement.addressee else ""
    about = f" about {wording.party(statement.about)}" if statement.about and statement.about.country else ""
    manner = f"{one_line(statement.manner or 'say')}, {statement.kind}"
    days = "–".join(wording.days(statement.date))
    return Text(" · ".join(part for part in (wording.party(statement.speaker) + to + about, manner, days) if part))
