"""In: the options of ``dragoman read``. Out: what was understood of each input, as a table or as JSON lines, before a long run.

The table says of headline and day whose word they are: "given" by the input, "text" where they were found in it, "option" for --published.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TextIO

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from dragoman import knowledge, read
from dragoman.console import MAX_PROBLEMS, PROBLEMS_SHOWN, say
from dragoman.drafts import Layout
from dragoman.errors import DragomanError
from dragoman.read.base import day_of
from dragoman.schema import Article, Problem
from dragoman.write.opening import stream_to
from dragoman.write.plain import one_json_line, one_line

FORMATS = ("table", "jsonl")
ROWS_SHOWN = 100  # articles in the table without --limit; all are read and counted
LONGEST_HEADLINE = 200  # characters shown of what may be a whole paragraph
INPUT_KEYS = ("id", "headline", "published", "publication", "url", "language", "dateline", "text")


@dataclass(frozen=True, slots=True)
class Reading:
    """One call of ``dragoman read``."""

    sources: list[str]
    published: str | None = None
    format: str | None = None
    out: Path | None = None
    limit: int | None = None
    kind: str | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    max_chars: int = read.MAX_CHARS

    def run(self) -> int:
        """Prints all and returns the exit status. DragomanError, before anything is read, where an option is wrong."""
        name = self.format or ("jsonl" if self.out is not None else "table")
        if name not in FORMATS:
            raise DragomanError(f"there is no format {name!r} of articles, only {', '.join(FORMATS)}")
        try:
            day_of(self.published)
        except ValueError as error:
            raise DragomanError(f"{error} (--published)") from error
        items = read.read(self.sources, max_chars=self.max_chars, columns=self.columns, kind=self.kind)
        problems = articles = 0
        with stream_to(self.out) as stream:
            shown = Lines(stream, self.published) if name == "jsonl" else Rows(stream, self.published, self.limit or ROWS_SHOWN)
            for item in items:
                is_problem = isinstance(item, Problem)
                problems, articles = problems + is_problem, articles + (not is_problem)
                shown.add(item)
                if articles == self.limit:
                    break
            shown.close()
        return min(problems, MAX_PROBLEMS)


class Lines:
    """Articles as JSON lines such as ``dragoman code`` reads, with ``source`` and ``kind``; problems go to the terminal."""

    def __init__(self, stream: TextIO, published: str | None) -> None:
        self.stream = stream
        self.published = published

    def add(self, item: Article | Problem) -> None:
        if isinstance(item, Problem):
            say(f"{item.source or item.article_id}: {item.message}")
            return
        known = item.model_copy(update={"published": item.published or day_of(self.published)}).model_dump(exclude_none=True)
        fields = {key: known[key] for key in INPUT_KEYS if key in known}
        beside = {key: value for key, value in item.extra.items() if key not in fields}
        told = {key: known[key] for key in ("source", "kind") if key in known and key not in beside}
        self.stream.write(one_json_line(json.dumps({**fields, **beside, **told}, ensure_ascii=False)) + "\n")

    def close(self) -> None:
        pass


class Rows:
    """A table as wide as the terminal, an article a row, and the problems below it."""

    def __init__(self, stream: TextIO, published: str | None, most: int) -> None:
        self.most = most
        self.console = Console(file=stream, highlight=False, markup=False, emoji=False, force_jupyter=False)
        self.published = published
        self.place_country = knowledge.load().place_country
        self.problems: list[Problem] = []
        self.count = self.failed = self.undated = 0
        self.table = Table(box=SIMPLE_HEAD, show_edge=False, padding=(0, 1, 0, 0))
        wide = self.console.width >= 110
        self.table.add_column("id", overflow="ellipsis", no_wrap=True, max_width=24 if wide else 10, header_style="bold")
        self.table.add_column("headline", overflow="fold", ratio=1, header_style="bold")
        self.table.add_column("published", no_wrap=True, header_style="bold")
        self.table.add_column("from", no_wrap=True, header_style="bold")
        self.table.add_column("publication", overflow="fold", max_width=26 if wide else 12, header_style="bold")
        self.table.add_column("words", justify="right", no_wrap=True, header_style="bold")
        self.table.add_column("kind", no_wrap=True, header_style="bold")

    def add(self, item: Article | Problem) -> None:
        if isinstance(item, Problem):
            self.failed += 1
            self.problems.extend([item] if len(self.problems) < PROBLEMS_SHOWN else [])
            return
        self.count += 1
        understood = read.layout(item, self.place_country)
        day, whose = self._day(item, understood)
        self.undated += day is None
        if self.count > self.most:
            return
        self.table.add_row(
            Text(one_line(item.id)),
            headline_of(item, understood),
            Text(day or "unknown", style="" if day else "red"),
            Text(whose if day else "", style="dim"),
            Text(one_line(item.publication or understood.publication or understood.agency or "")),
            Text(f"{words_of(item, understood):,}"),
            Text(item.kind or ""),
        )

    def _day(self, article: Article, understood: Layout) -> tuple[str | None, str]:
        """The day, as ``dragoman code`` would take it, and whose word it is."""
        if article.published:
            return article.published, "given"
        option = day_of(self.published)
        return (option, "option") if option else (understood.published, "text")

    def close(self) -> None:
        if self.count:
            self.console.print(self.table)
        if self.count > self.most:
            self.console.print(Text(f"and {self.count - self.most:,} further articles; --limit shows more", style="dim"))
        for problem in self.problems:
            where = f"{problem.source or problem.article_id}: "
            self.console.print(Text(where, style="bold") + Text(one_line(problem.message)), soft_wrap=False)
        if self.failed > len(self.problems):
            self.console.print(Text(f"and {self.failed - len(self.problems):,} further problems", style="dim"))
        undated = f", {self.undated:,} without a day (give --published)" if self.undated else ""
        self.console.print(Text(f"{self.count:,} articles{undated}, {self.failed:,} problems", style="dim"))


def headline_of(article: Article, understood: Layout) -> Text:
    """The headline and whose word it is; where there is none, how the text begins."""
    if article.headline:
        return Text(one_line(article.headline)[:LONGEST_HEADLINE])
    if understood.headline is not None:
        found = article.text[understood.headline.start : understood.headline.end]
        return Text(one_line(found)[:LONGEST_HEADLINE]) + Text(" (text)", style="dim")
    return Text(f"none: {one_line(article.text.strip()[:60])} ...", style="dim")


def words_of(article: Article, understood: Layout) -> int:
    """Words of running text, which is what will be coded."""
    return sum(len(article.text[part.start : part.end].split()) for part in understood.paragraphs)
