"""In: news texts with their time expressions as TIMEX3 and the day they were written. Out: how many dates we find, and how many right.

The file has one JSON object a line: text, published (YYYY-MM-DD), timexes (start, end, text, type, value). What counts are DATE and TIME
with an absolute value: neither durations (P3D) nor repeated times (SET), nor "now" (PRESENT_REF).
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from dragoman import when
from dragoman.drafts import Layout, Stretch, TimeMention
from dragoman.language import Annotated, annotate, load
from dragoman.learn.lines import json_rows
from dragoman.learn.scores import Score

PARAGRAPH = re.compile(r"\S(?:.*?\S)??(?=\s*\n\s*\n|\s*\Z)", re.DOTALL)
ABSOLUTE = re.compile(r"\d\d")
SAYS_NOTHING = re.compile(r"(?:-XX)+$")
ONE_DIGIT = re.compile(r"(-W)(\d)$")
BATCH = 32
BEFORE, AFTER = 60, 30  # characters of context in the list of errors
WEEKDAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
MONTH = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sep|oct|nov|dec)[a-z]*\.?"
CLASSES = (
    ("clock", re.compile(r".*\d ?[ap]\.?m\b.*|.*\d:\d\d.*|noon|midnight|midday")),
    ("weekday", re.compile(rf".*\b{WEEKDAY}\b.*")),
    ("day", re.compile(rf".*\b{MONTH} \d{{1,2}}\b.*|.*\b\d{{1,2}}(?:st|nd|rd|th)? (?:of )?{MONTH}\b.*|\d{{1,2}}|.*\d[-/.]\d+[-/.]\d.*")),
    ("month", re.compile(rf".*\b{MONTH}\b.*")),
    ("day word", re.compile(r".*\b(?:today|tonight|tomorrow|yesterday|overnight)\b.*|.*\b(?:morning|afternoon|evening|night)\b.*")),
    ("shifted", re.compile(r".*\b(?:ago|earlier|later|before|after|from now)\b.*(?<!this week)(?<!this month)(?<!this year)")),
    ("season", re.compile(r".*\b(?:spring|summer|autumn|fall|winter)\b.*")),
    ("quarter", re.compile(r".*\b(?:quarter|half)\b.*")),
    ("decade", re.compile(r".*\d0s\b.*|.*century.*|.*decade.*")),
    ("year", re.compile(r".*\b\d{4}\b.*")),
    ("relative", re.compile(r".*\b(?:last|this|next|past|coming|current|previous|same|that|recent)\b.*")),
)
OTHER = "other"


class Timex(NamedTuple):
    start: int
    end: int
    text: str
    type: str
    value: str

    @property
    def is_absolute(self) -> bool:
        return self.type in ("DATE", "TIME") and ABSOLUTE.match(self.value) is not None

    @property
    def name(self) -> str:
        """The class under which it is counted."""
        lower = self.text.lower()
        return next((name for name, pattern in CLASSES if pattern.fullmatch(lower)), OTHER)


@dataclass(frozen=True, slots=True)
class Row:
    record: dict[str, Any]
    text: str
    published: str
    gold: list[Timex]


@dataclass(frozen=True, slots=True)
class Judged:
    """A date of the gold with the one of ours that overlaps it; one of both is missing where there is none."""

    row: Row
    gold: Timex | None
    found: Timex | None

    @property
    def name(self) -> str:
        shown = self.gold or self.found
        return shown.name if shown else OTHER

    @property
    def verdict(self) -> str:
        if self.gold is None or self.found is None:
            return "spurious" if self.gold is None else "missed"
        if self.gold.value == self.found.value:
            return "right"
        return "alike" if as_said(self.gold.value) == as_said(self.found.value) else "wrong"


@dataclass(frozen=True, slots=True)
class DateFigures:
    articles: int
    spans: dict[str, Score]
    values: dict[str, Score]
    alike: Score

    def lines(self) -> Iterator[str]:
        yield f"{self.articles} articles"
        yield self.alike.line("value, where 1949-XX counts as 1949 and 2000-W7 as 2000-W07")
        for name in self.spans:
            yield f"{self.spans[name].line(name + ' found'):<58}{self.values[name].line('value')}"


def as_said(value: str) -> str:
    """A value without what says nothing: 1949-XX is 1949, 2000-W7 is 2000-W07."""
    return ONE_DIGIT.sub(r"\g<1>0\2", SAYS_NOTHING.sub("", value))


def rows_of(file: Path) -> list[Row]:
    """The rows of a file. EvaluationError with file and line for one that is not of this shape."""
    return json_rows(file, _row, "text, published and timexes")


def _row(record: dict[str, Any]) -> Row:
    gold = [Timex(int(t["start"]), int(t["end"]), str(t["text"]), str(t["type"]), str(t["value"])) for t in record["timexes"]]
    date.fromisoformat(record["published"])
    return Row(record, str(record["text"]), record["published"], [t for t in gold if t.is_absolute])


def predict(rows: Sequence[Row]) -> list[list[Timex]]:
    """The dates of each row that have a value, in text order; offsets in characters of its text."""
    nlp, found = load(), list[list[Timex]]()
    for first in range(0, len(rows), BATCH):
        batch = rows[first : first + BATCH]
        parsed = annotate(nlp, [(row.text, layout(row.text)) for row in batch])
        found += [timexes(text, when.with_clocks(text, when.find(text, row.published))) for row, text in zip(batch, parsed, strict=True)]
    return found


def layout(text: str) -> Layout:
    """Paragraphs are parted by empty lines: lines alone may be as the agency broke them."""
    return Layout(paragraphs=tuple(Stretch(*match.span()) for match in PARAGRAPH.finditer(text)))


def timexes(annotated: Annotated, mentions: Iterable[TimeMention]) -> list[Timex]:
    """Of an interval that two dates tell both, as TimeML has it."""
    found = []
    for mention in mentions:
        for one in mention.ends or (mention,):
            value = timex_value(one)
            if value is not None and ABSOLUTE.match(value):
                span = annotated.span(one.range)
                found.append(Timex(span.start, span.end, span.text, "TIME" if "T" in value else "DATE", value))
    return found


def timex_value(mention: TimeMention) -> str | None:
    """The value as TIMEX3 writes it: 1998-02-13TMO, 1998-W07, 1998-Q1, 199X."""
    value, precision = mention.value, mention.precision
    if mention.fine is not None or value is None:
        return mention.fine
    if precision == "week":
        year, week, _ = date.fromisoformat(value).isocalendar()
        return f"{year:04}-W{week:02}"
    if precision == "quarter":
        return f"{value[:4]}-Q{(int(value[5:7]) + 2) // 3}"
    return f"{value[:3]}X" if precision == "decade" else value


def judged(row: Row, found: Sequence[Timex]) -> Iterator[Judged]:
    """Each date of the gold, then each of ours that is none of its; of several that overlap, one with the same value is taken first."""
    free = list(found)
    for gold in row.gold:
        over = [one for one in free if one.start < gold.end and gold.start < one.end]
        taken = next((one for one in over if one.value == gold.value), over[0] if over else None)
        if taken is not None:
            free.remove(taken)
        yield Judged(row, gold, taken)
    yield from (Judged(row, None, one) for one in free)


def figures(articles: int, judgements: Sequence[Judged]) -> DateFigures:
    counts = Counter((j.name, j.verdict) for j in judgements)
    names = [name for name, _ in (*CLASSES, (OTHER, None)) if any(n == name for n, _ in counts)]
    spans, values = {}, {}
    for name in ("all", *names):
        of = {verdict: sum(n for (c, v), n in counts.items() if v == verdict and name in (c, "all")) for _, verdict in counts}
        paired = of.get("right", 0) + of.get("alike", 0) + of.get("wrong", 0)
        spans[name] = Score(paired, paired + of.get("spurious", 0), paired + of.get("missed", 0))
        values[name] = replace(spans[name], right=of.get("right", 0))
    alike = sum(n for (_, verdict), n in counts.items() if verdict in ("right", "alike"))
    return DateFigures(articles, spans, values, replace(spans["all"], right=alike))


def evaluate(file: Path, predictions: Path | None = None, errors: Path | None = None) -> DateFigures:
    """Find the dates of every article of ``file``; write what was found as JSON lines, and the errors by class, where asked."""
    rows = rows_of(file)
    found = predict(rows)
    if predictions is not None:
        with predictions.open("w", encoding="utf-8") as stream:
            for row, ours in zip(rows, found, strict=True):
                stream.write(json.dumps({**row.record, "timexes": [one._asdict() for one in ours]}, ensure_ascii=False) + "\n")
    judgements = [j for row, ours in zip(rows, found, strict=True) for j in judged(row, ours)]
    if errors is not None:
        lines = sorted(_error(j) for j in judgements if j.verdict != "right")
        errors.write_text("".join(f"{line}\n" for line in ["class\terror\tpublished\tgold\tfound\tcontext", *lines]), encoding="utf-8")
    return figures(len(rows), judgements)


def _error(judged: Judged) -> str:
    at = judged.gold or judged.found
    context = judged.row.text[max(0, at.start - BEFORE) : at.end + AFTER] if at else ""
    sides = [f"{one.text!r} {one.value}" if one else "" for one in (judged.gold, judged.found)]
    return "\t".join((judged.name, judged.verdict, judged.row.published, *sides, " ".join(context.split())))
