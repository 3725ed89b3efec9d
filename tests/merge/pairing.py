"""The pairs of pairs.yaml and stories.yaml, coded. In: the files. Out: for each pair the events at its marked words, where there are."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

import yaml

from dragoman import Coder
from dragoman.merge.reports import Report, ordinal, report_of
from dragoman.merge.tellings import Telling, places_in, telling_of
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
class Coded:
    """A side as it was coded: None where no event was found, and whether the event is told by the marked words; these as a telling."""

    report: Report | None
    at_mark: bool
    telling: Telling | None


@dataclass(frozen=True, slots=True)
class Pair:
    """A pair as it was coded."""

    judged: Judged
    one: Coded
    other: Coded

    @property
    def same(self) -> bool:
        return self.judged.same

    @property
    def at_marks(self) -> bool:
        return self.one.at_mark and self.other.at_mark

    @property
    def of_other_words(self) -> bool:
        """Whether an event of either side is told by other words than those marked."""
        return any(side.report and not side.at_mark for side in (self.one, self.other))


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
    return apart(event.trigger.start, event.trigger.end, side), event.trigger.start


def apart(start: int, end: int, side: Side) -> int:
    return max(start - side.end, side.start - end, 0)


def event_at(coding: Coding, side: Side) -> Event | None:
    """The event whose trigger is in the marked words, else the one with the nearest trigger within reach."""
    near = [event for event in coding.events if distance(event, side)[0] <= REACH]
    return min(near, key=lambda event: distance(event, side), default=None)


def codings(judged: list[Judged], coder: Coder | None = None) -> list[tuple[Coding, Coding]]:
    articles = {side.article.id: side.article for pair in judged for side in (pair.one, pair.other)}
    coded = dict(zip(articles, (coder or Coder()).pipe(articles.values()), strict=True))
    return [(coded[pair.one.article.id], coded[pair.other.article.id]) for pair in judged]


def telling_at(side: Side) -> Telling | None:
    """What the marked words tell, whether the coder has an event there or not; None if they would not be looked at."""
    text = side.article.text
    for place in places_in(text, ordinal(side.article.published)):
        if place.start < side.end and side.start < place.end:
            return telling_of(side.article.id, text[slice(*place.sentence)], place)
    return None


def coded(judged: list[Judged]) -> list[Pair]:
    return [
        Pair(pair, coded_side(one, pair.one), coded_side(other, pair.other))
        for pair, (one, other) in zip(judged, codings(judged), strict=True)
    ]


def coded_side(coding: Coding, side: Side) -> Coded:
    event = event_at(coding, side)
    if event is None:
        return Coded(None, False, telling_at(side))
    return Coded(report_of(event, side.article.published), not distance(event, side)[0], telling_at(side))
