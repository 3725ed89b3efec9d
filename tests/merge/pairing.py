"""The pairs of pairs.yaml and stories.yaml, coded. In: the files. Out: for each pair the events at its marked words, where the coder found them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

import yaml

from dragoman import Coder
from dragoman.merge.reports import Report, report_of
from dragoman.schema import Article, Coding, Event

FILE = Path(__file__).with_name("pairs.yaml")
STORIES = Path(__file__).with_name("stories.yaml")
MARK = re.compile(r"\*([^*]+)\*")
HELD_OUT_EVERY = 3
NEIGHBOURS = 6  # pairs in a row of pairs.yaml that may tell the same events, so that cross-validation must not part them
REACH = 60  # characters between mark and trigger at the most, where the coder tells the same act by another word of the sentence


@dataclass(frozen=True, slots=True)
class Side:
    """A report as it was written: the article, and where the marked words begin and end."""

    article: Article
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Judged:
    """A pair as it was judged; pairs of one ``group`` may have texts in common."""

    kind: str
    same: bool
    held_out: bool
    one: Side
    other: Side
    group: str


@dataclass(frozen=True, slots=True)
class Pair:
    """A pair as it was coded: reports are None where no event was found; ``at_marks`` if both events are told by the marked words."""

    judged: Judged
    one: Report | None
    other: Report | None
    at_marks: bool

    @property
    def same(self) -> bool:
        return self.judged.same


def pairs(file: Path = FILE) -> list[Judged]:
    entries = yaml.safe_load(file.read_text(encoding="utf-8"))
    return [
        Judged(
            e["kind"],
            e["same"],
            n % HELD_OUT_EVERY == 0,
            side(f"{n:03}a", "A", e["a"]),
            side(f"{n:03}b", "B", e["b"]),
            f"pairs {n // NEIGHBOURS}",
        )
        for n, e in enumerate(entries, 1)
    ]


def stories(file: Path = STORIES) -> list[Judged]:
    """All pairs of reports of the same story: those in one list tell the same event."""
    found = []
    for n, events in enumerate(yaml.safe_load(file.read_text(encoding="utf-8")), 1):
        told = [
            (place, side(f"s{n:03}-{place}{letter}", letter, entry))
            for place, event in enumerate(events)
            for letter, entry in zip("ABC", event, strict=False)
        ]
        for (first, one), (second, other) in combinations(told, 2):
            found.append(Judged("story", first == second, False, one, other, f"story {n}"))
    return found


def side(article_id: str, publication: str, entry: str) -> Side:
    day, marked = entry.split(" ", 1)
    (mark,) = MARK.finditer(marked)
    text = MARK.sub(r"\1", marked)
    return Side(Article(id=article_id, text=text, published=day, publication=publication), mark.start(), mark.end() - 2)


def distance(event: Event, side: Side) -> tuple[int, int]:
    """Characters between the trigger and the marked words."""
    return max(event.trigger.start - side.end, side.start - event.trigger.end, 0), event.trigger.start


def event_at(coding: Coding, side: Side) -> Event | None:
    """The event whose trigger is in the marked words, else the one with the nearest trigger within reach."""
    near = [event for event in coding.events if distance(event, side)[0] <= REACH]
    return min(near, key=lambda event: distance(event, side), default=None)


def codings(judged: list[Judged], coder: Coder | None = None) -> list[tuple[Coding, Coding]]:
    articles = {side.article.id: side.article for pair in judged for side in (pair.one, pair.other)}
    coded = dict(zip(articles, (coder or Coder()).pipe(articles.values()), strict=True))
    return [(coded[pair.one.article.id], coded[pair.other.article.id]) for pair in judged]


def coded(judged: list[Judged]) -> list[Pair]:
    made = []
    for pair, both in zip(judged, codings(judged), strict=True):
        sides = (pair.one, pair.other)
        events = [event_at(coding, side) for coding, side in zip(both, sides, strict=True)]
        one, other = (event and report_of(event, side.article.published) for event, side in zip(events, sides, strict=True))
        at_marks = all(event and not distance(event, side)[0] for event, side in zip(events, sides, strict=True))
        made.append(Pair(pair, one, other, at_marks))
    return made
