"""The pairs of pairs.yaml, coded. In: the file. Out: for each pair the events at its marked words, where the coder found them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import yaml

from dragoman import Coder
from dragoman.merge.reports import Report, report_of
from dragoman.schema import Article, Coding, Event

FILE = Path(__file__).with_name("pairs.yaml")
MARK = re.compile(r"\*([^*]+)\*")
HELD_OUT_EVERY = 3
REACH = 60  # characters between mark and trigger at the most, where the coder tells the same act by another word of the sentence


@dataclass(frozen=True, slots=True)
class Side:
    """A report as it was written: the article, and where the marked words begin and end."""

    article: Article
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Judged:
    """A pair as it was judged."""

    kind: str
    same: bool
    held_out: bool
    one: Side
    other: Side


@dataclass(frozen=True, slots=True)
class Pair:
    """A pair as it was coded; None where no event was found at the mark."""

    kind: str
    same: bool
    held_out: bool
    one: Report | None
    other: Report | None
    texts: tuple[str, str]


def pairs(file: Path = FILE) -> list[Judged]:
    entries = yaml.safe_load(file.read_text(encoding="utf-8"))
    return [
        Judged(e["kind"], e["same"], n % HELD_OUT_EVERY == 0, side(f"{n:03}a", "A", e["a"]), side(f"{n:03}b", "B", e["b"]))
        for n, e in enumerate(entries, 1)
    ]


def side(article_id: str, publication: str, entry: str) -> Side:
    day, marked = entry.split(" ", 1)
    (mark,) = MARK.finditer(marked)
    text = MARK.sub(r"\1", marked)
    return Side(Article(id=article_id, text=text, published=day, publication=publication), mark.start(), mark.end() - 2)


def event_at(coding: Coding, side: Side) -> Event | None:
    """The event whose trigger is in the marked words, else the one with the nearest trigger within reach."""

    def distance(event: Event) -> tuple[int, int]:
        return max(event.trigger.start - side.end, side.start - event.trigger.end, 0), event.trigger.start

    near = [event for event in coding.events if distance(event)[0] <= REACH]
    return min(near, key=distance, default=None)


def codings(judged: list[Judged], coder: Coder | None = None) -> list[tuple[Coding, Coding]]:
    coder = coder or Coder()
    found = list(coder.pipe([side.article for pair in judged for side in (pair.one, pair.other)]))
    return list(zip(found[::2], found[1::2], strict=True))


def coded(judged: list[Judged]) -> list[Pair]:
    made = []
    for pair, (one, other) in zip(judged, codings(judged), strict=True):
        events = event_at(one, pair.one), event_at(other, pair.other)
        reports = [event and report_of(event, side.article.published) for event, side in zip(events, (pair.one, pair.other), strict=True)]
        texts = (pair.one.article.text, pair.other.article.text)
        made.append(Pair(pair.kind, pair.same, pair.held_out, reports[0], reports[1], texts))
    return made
