"""In: an article of a store by its id, or a file. Out: the story on the terminal, its evidence marked (``dragoman show``)."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from io import TextIOWrapper
from pathlib import Path
from typing import TypeAlias

from dragoman import asking, read
from dragoman.console import MAX_PROBLEMS
from dragoman.errors import DragomanError
from dragoman.schema import Article, Coding
from dragoman.write.show import ShowWriter

Story: TypeAlias = tuple[Coding, str | None]
NEAR = 5  # ids that an error names


def show(article: str, store: Path | None, published: str | None, knowledge: Path | None, width: int | None) -> int:
    """Writes the story; of a file with several, all. The number of problems, at most 100. DragomanError for no such article."""
    problems = 0
    stories = stored(article, store) if store else coded(article, published, knowledge)
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8")
    writer = ShowWriter(sys.stdout, width)
    for coding, text in stories:
        writer.write(coding, text)
        problems += len(coding.problems)
    writer.close()
    return min(problems, MAX_PROBLEMS)


def stored(article: str, store: Path) -> Iterator[Story]:
    """The article with this id, or the only one whose id begins so; without its text where that is not stored."""
    with asking.opened(store) as there:
        ids = there.ids(article, NEAR)
        if article in ids:
            ids = [article]
        if len(ids) != 1:
            listing = f"dragoman query {store} --sql 'SELECT id, headline FROM articles' lists them"
            hint = f"it may be any of {', '.join(ids)}" if ids else listing
            raise DragomanError(f"no article {article!r} in {store}; {hint}")
        for coding in there.codings_of(ids):
            yield coding, there.text(ids[0])


def coded(file: str, published: str | None, knowledge: Path | None) -> Iterator[Story]:
    """The articles of a file, coded now."""
    from dragoman.coder import Coder

    items = list(read.read([file], published=published))
    for item, coding in zip(items, Coder(knowledge=knowledge).pipe(items), strict=True):
        yield coding, item.text if isinstance(item, Article) else ""
