"""Records for people. In: codings. Out: for each a headline, a table of events, then a line for each other record, as wide as the page.

Colour tells the quad class and shows only on a terminal. Nothing that an article says can move the cursor or colour the page.
"""

from __future__ import annotations

from typing import TextIO

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from dragoman.schema import ArticleRecord, Coding, Entity, Event, Problem
from dragoman.write import wording
from dragoman.write.plain import one_line

STYLE_OF_QUAD = {1: "green", 2: "bold green", 3: "yellow", 4: "bold red"}
ROOM_FOR_SENTENCES = 110  # columns; a narrower page shows the trigger alone
NO_WRAP = ("date", "what")


class TableWriter:
    """Writes a readable page for each coding; ``width`` in columns, of the terminal (or 80) if it is not given."""

    def __init__(self, stream: TextIO, width: int | None = None) -> None:
        self.console = Console(file=stream, width=width, highlight=False, markup=False, emoji=False, force_jupyter=False)

    def write(self, coding: Coding) -> None:
        if coding.article:
            self.heading(coding.article)
        if coding.article or coding.events:
            self.console.print(self.events(coding.events) if coding.events else Text("no events", style="dim"))
            self.console.print()
        for statement in coding.statements:
            self.line(wording.attitude(statement), "cyan", wording.said(statement))
        self.relations(coding)
        for expectation in coding.expectations:
            self.line(expectation.kind or "expected", "magenta", wording.expectation(expectation))
        for problem in coding.problems:
            self.line("problem", "bold red", problem_text(problem))
        if coding.statements or coding.relations or coding.expectations or coding.problems:
            self.console.print()

    def close(self) -> None:
        self.console.file.flush()

    def heading(self, article: ArticleRecord) -> None:
        self.console.print(Text(one_line(article.headline or f"article {article.id}"), style="bold"))
        if origin := wording.origin(article):
            self.console.print(Text(origin, style="dim"))
        self.console.print()

    def events(self, events: list[Event]) -> Table:
        """One row an event; the columns of dates and sources only where one is known."""
        wide = self.console.width >= ROOM_FOR_SENTENCES
        columns: dict[str, list[Text]] = {
            "date": [days(event) for event in events] if any(event.date for event in events) else [],
            "who": [parties(event.actor) for event in events],
            "what": [Text("\n".join(wording.what(event)), style=STYLE_OF_QUAD.get(event.quad, "")) for event in events],
            "whom": [parties(event.recipient) for event in events],
            "on whose word": [Text(wording.on_whose_word(event)) for event in events] if any(map(wording.on_whose_word, events)) else [],
            "text": [Text(wording.sentence(event) if wide else one_line(event.trigger.text), style="italic") for event in events],
        }
        shown = {name: cells for name, cells in columns.items() if cells}
        table = Table(box=SIMPLE_HEAD, show_edge=False, padding=0, leading=0)
        for name in shown:
            table.add_column(name, no_wrap=name in NO_WRAP, overflow="fold", header_style="bold")
        for row in zip(*shown.values(), strict=True):
            table.add_row(*row)
        return table

    def relations(self, coding: Coding) -> None:
        """What stands between whom, a line each; the offices in as few lines as they need."""
        offices = [wording.standing(one) for one in coding.relations if one.kind == "office"]
        for one in coding.relations:
            if one.kind != "office":
                self.line("stands", "magenta", wording.standing(one))
        if offices:
            self.console.print(Text.assemble(("offices", "magenta"), "  ", "; ".join(offices)))

    def line(self, label: str, style: str, text: str) -> None:
        """One line, cut at the edge of the page."""
        self.console.print(Text.assemble((label, style), "  ", text), no_wrap=True, overflow="ellipsis")


def days(event: Event) -> Text:
    return Text("\n–".join(wording.days(event.date)) or wording.UNKNOWN)


def parties(entities: list[Entity]) -> Text:
    """Names, each with its code below."""
    if not entities:
        return Text(wording.UNKNOWN)
    lines = (part for entity in entities for part in (Text(wording.who(entity)), Text(wording.code(entity), style="dim")) if part)
    return Text("\n").join(lines)


def problem_text(problem: Problem) -> str:
    where = f"{problem.source}: " if problem.source else ""
    return one_line(f"{where}{problem.message} ({problem.stage})")
