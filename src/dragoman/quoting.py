"""In: codings, and what is asked for. Out: who said what, one ``Quote`` a statement, for ``dragoman quotes``.

The filters are words as a person types them: a speaker is a part of the name or of the words of the text ("Lavrov", "foreign ministry"), a
country, a sector, or both ("RUS GOV"); a kind is direct, indirect, mixed, what the source does (asks, denies, believes, plans ...) or what
kind of word the cue is (warn, admit ...); a topic is a word, or the beginning of one, of what was said. Without a kind, what is only
believed, wished or planned is left out.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Protocol, TextIO, get_args

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from dragoman import read
from dragoman.console import MAX_PROBLEMS, PROBLEMS_SHOWN, say
from dragoman.errors import DragomanError
from dragoman.schema import ArticleRecord, Attitude, Coding, Entity, Place, Problem, Span, Statement, StatementKind
from dragoman.statements import cues
from dragoman.store import Store, is_store
from dragoman.write import wording
from dragoman.write.plain import harmless, one_json_line, one_line

ALL = "all"
KINDS = (ALL, *get_args(StatementKind), *get_args(Attitude))
UNSAID = frozenset({"believes", "wishes", "plans"})
CODE = re.compile(r"[A-Z]{3}( [A-Z]{3})?")
PERIOD = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")


@dataclass(frozen=True, slots=True)
class Quote:
    """One statement, flat; ``start`` and ``end`` are the code points of what was said in the article."""

    article_id: str
    published: str
    speaker: str
    country: str
    sector: str
    office: str
    kind: str
    manner: str
    attitude: str
    polarity: str
    cue: str
    addressee: str
    place: str
    occasion: str
    content: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked for; an empty field asks for nothing. DragomanError, when made, for a kind or period that there is not."""

    speaker: str = ""
    kind: str = ""
    about: str = ""
    during: str = ""

    def __post_init__(self) -> None:
        known = [*KINDS, *cues.english().manners]
        if self.kind and self.kind not in known:
            raise DragomanError(f"there is no kind {self.kind!r} of statement, only {', '.join(known)}")
        if not all(PERIOD.fullmatch(part) for part in self._bounds()):
            raise DragomanError(f"{self.during!r} is no period: 2023, 2023-05, 2023-05-01 or two of these with .. between")

    def _bounds(self) -> list[str]:
        return self.during.split("..") if self.during else []

    def takes(self, statement: Statement, article: ArticleRecord | None) -> bool:
        """Whether a statement is asked for."""
        return (
            self._is_of_kind(statement)
            and (not self.about or re.search(rf"\b{re.escape(self.about)}", statement.content.text, re.IGNORECASE) is not None)
            and (not self.speaker or _is(self.speaker, statement.speaker))
            and (not self.during or self._is_during(article))
        )

    def _is_of_kind(self, statement: Statement) -> bool:
        if not self.kind:
            return statement.attitude not in UNSAID
        return self.kind in (ALL, statement.kind, statement.attitude, statement.manner)

    def _is_during(self, article: ArticleRecord | None) -> bool:
        day = article.published.value if article is not None else None
        if day is None:
            return False
        first, last = self._bounds()[0], self._bounds()[-1]
        return first <= day[: len(first)] and day[: len(last)] <= last


def _is(asked: str, speaker: Entity | None) -> bool:
    if speaker is None:
        return False
    if CODE.fullmatch(asked):
        codes = {speaker.country, speaker.sector, *speaker.other_sectors}
        return all(part in codes for part in asked.split(" "))
    return any(asked.casefold() in (text or "").casefold() for text in (speaker.name, speaker.text, speaker.office))


def quotes(codings: Iterable[Coding], wanted: Wanted) -> Iterator[Quote]:
    """The statements that are asked for, in the order of the articles."""
    for coding in codings:
        for statement in coding.statements:
            if wanted.takes(statement, coding.article):
                yield _quote(statement, coding.article)


def _quote(statement: Statement, article: ArticleRecord | None) -> Quote:
    speaker = statement.speaker
    return Quote(
        article_id=statement.article_id,
        published=(article.published.value if article is not None else None) or "",
        speaker=wording.who(speaker) if speaker is not None else "",
        country=(speaker.country if speaker is not None else None) or "",
        sector=(speaker.sector if speaker is not None else None) or "",
        office=(speaker.office if speaker is not None else None) or "",
        kind=statement.kind,
        manner=statement.manner or "",
        attitude=statement.attitude or "",
        polarity=statement.polarity,
        cue=_text(statement.cue),
        addressee=wording.who(statement.addressee) if statement.addressee is not None else "",
        place=_text(statement.place),
        occasion=_text(statement.occasion),
        content=statement.content.text,
        start=statement.content.spans[0][0],
        end=statement.content.spans[-1][1],
    )


def _text(span: Span | Place | None) -> str:
    return "" if span is None else span.text


@dataclass(slots=True)
class Source:
    """Codings that are read as they are asked for, and the problems met so far."""

    codings: Iterator[Coding]
    problems: list[Problem]

    def status(self) -> int:
        for problem in self.problems[:PROBLEMS_SHOWN]:
            say(f"{problem.source or problem.article_id}: {problem.message}")
        return min(len(self.problems), MAX_PROBLEMS)


@contextmanager
def opened(
    sources: list[str],
    published: str | None,
    knowledge: Path | None,
    workers: int,
    kind: str | None = None,
    columns: Mapping[str, str] | None = None,
) -> Iterator[Source]:
    """Codings of a store, where one is named, or of articles that are coded now."""
    if len(sources) == 1 and is_store(Path(sources[0])):
        with Store(sources[0], readonly=True) as store:
            yield Source(store.statements(), [])
        return
    from dragoman.coder import Coder

    problems: list[Problem] = []
    items = read.read(sources, published=published, columns=columns, kind=kind)
    codings = Coder(knowledge=knowledge).pipe(items, workers)
    yield Source(_noting(codings, problems), problems)


def _noting(codings: Iterable[Coding], problems: list[Problem]) -> Iterator[Coding]:
    for coding in codings:
        problems.extend(coding.problems)
        yield coding


class QuoteWriter(Protocol):
    """Writes quotes one by one; what is left comes with ``close``."""

    def write(self, quote: Quote) -> None: ...

    def close(self) -> None: ...


class _Csv:
    def __init__(self, stream: TextIO) -> None:
        self.rows = csv.writer(stream, lineterminator="\n")
        self.rows.writerow([field.name for field in fields(Quote)])

    def write(self, quote: Quote) -> None:
        self.rows.writerow([harmless(str(value)) for value in asdict(quote).values()])

    def close(self) -> None:
        pass


class _JsonLines:
    def __init__(self, stream: TextIO) -> None:
        self.stream = stream

    def write(self, quote: Quote) -> None:
        self.stream.write(one_json_line(json.dumps(asdict(quote), ensure_ascii=False)) + "\n")

    def close(self) -> None:
        pass


class _Table:
    """A table as wide as the terminal; it needs all rows before the first can be shown."""

    def __init__(self, stream: TextIO) -> None:
        self.console = Console(file=stream, highlight=False, markup=False, emoji=False, force_jupyter=False)
        self.found: list[Quote] = []

    def write(self, quote: Quote) -> None:
        self.found.append(quote)

    def close(self) -> None:
        if not self.found:
            self.console.print(Text("no statements", style="dim"))
            return
        table = Table(box=SIMPLE_HEAD, show_edge=False, padding=(0, 1, 0, 0))
        dated = len({quote.article_id for quote in self.found}) > 1 and any(quote.published for quote in self.found)
        for name in (*(("published",) if dated else ()), "who", "how", "what"):
            table.add_column(name, overflow="fold", header_style="bold", no_wrap=name == "published", ratio=3 if name == "what" else None)
        for quote in self.found:
            code = " ".join(filter(None, (quote.country, quote.sector)))
            who = Text("\n".join(filter(None, (quote.speaker or wording.UNKNOWN, code))))
            told = (f"to {quote.addressee}" if quote.addressee else "", f"in {quote.place}" if quote.place else "", quote.occasion)
            negated = " (not)" if quote.polarity == "negated" else ""
            how = Text("\n".join(filter(None, ((one_line(quote.cue) or quote.kind) + negated, *map(one_line, told)))))
            what = Text(one_line(quote.content), style="italic" if quote.kind == "direct" else "")
            table.add_row(*([Text(quote.published)] if dated else []), who, how, what)
        self.console.print(table)


FORMATS: dict[str, Callable[[TextIO], QuoteWriter]] = {"table": _Table, "csv": _Csv, "jsonl": _JsonLines}


def writer(format: str, stream: TextIO) -> QuoteWriter:
    """A writer of a format. DragomanError for one that there is not."""
    made = FORMATS.get(format)
    if made is None:
        raise DragomanError(f"there is no format {format!r} of quotes, only {', '.join(FORMATS)}")
    return made(stream)
