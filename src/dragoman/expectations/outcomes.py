"""In: expectations and events of many articles, as light rows, and a day. Out: of each whether it was met, broken, lapsed or open.

An expectation is looked up among the events of who is to act, by type and in the order of their days, so the time grows with the
expectations and not with their pairs with events. The same rows and day always give the same outcomes; nothing is written into records.
"""

from __future__ import annotations

import datetime
import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from functools import cache, lru_cache
from itertools import groupby
from operator import attrgetter
from typing import Any, NamedTuple

from dragoman.expectations import kinds
from dragoman.expectations.cues import load as load_words
from dragoman.expectations.kinds import Types
from dragoman.expectations.promises import UNKNOWN, Deed, Promise, words_of
from dragoman.expectations.telling import Told
from dragoman.schema import Outcome

STEM = 5  # letters by which two words are taken for forms of one
SHORT = 4  # letters from which a word says what something is about
LAG = 3  # days after which the event of an undated report may have been reported
SOON = 14  # days to the due day within which an act of the kind by who was to act is taken for the one that was meant
ANY = "*"
TOLD_AFTER = 60  # days after the due day in which a report may still tell what became of it
TOLD_WITHIN = 400  # days after publication for one without a due day
LOOKED_AT = 100  # events of one side and type that are looked at for one expectation
ENOUGH = 2  # shared words that make up for a type or side that is not as expected


class Settled(NamedTuple):
    """What became of an expectation; ``met_by`` is the event that decided it, ``revises`` the earlier expectation that it moves.

    ``decided`` is the day of the event, else that of the story that tells of it; ``due`` the last day, None where it was moved to no
    known one.
    ``told`` is the sentence of a later story that decided it in plain words, or that moved its day.
    """

    promise: Promise
    outcome: Outcome
    met_by: str | None = None
    decided: str | None = None
    due: str | None = None
    revises: str | None = None
    told: Told | None = None


class Places(NamedTuple):
    """Where deeds of one kind lie in the columns, in the order in which they were reported, and the days of their reports."""

    at: list[int]
    days: list[str]

    def within(self, day: str, last: str) -> list[int]:
        """Of the first ``LOOKED_AT`` that were reported on a day or later, those up to a last day."""
        at, days = self
        first = bisect_left(days, day)
        if first == len(days) or days[first] > last:
            return []
        return at[first : bisect_right(days, last, first, min(first + LOOKED_AT, len(days)))]


NOTHING: Mapping[str, Places] = {}


class Deeds:
    """Deeds in columns, ordered by actor, type, day of report, id and other side; ``columns`` are those of ``Deed``.

    What one side did to another, or to anybody, is found by type, and in it what was reported in a time.
    """

    def __init__(self, columns: Mapping[str, Sequence[Any]]) -> None:
        self.of = columns
        self.told = [columns[name] for name in ("day", "negated", "article_id", "published", "other", "words")]
        self._places: dict[tuple[str, str | None], dict[str, Places]] = {}
        others, published, start = columns["other"], list(columns["published"]), 0
        for (actor, type), some in groupby(zip(columns["actor"], columns["type"], strict=True)):
            end = start + sum(1 for _ in some)
            self._places.setdefault((actor, ANY), {})[type] = Places(list(range(start, end)), published[start:end])
            towards: defaultdict[str | None, list[int]] = defaultdict(list)
            for place in range(start, end):
                towards[others[place]].append(place)
            for other, at in towards.items():
                self._places.setdefault((actor, other), {})[type] = Places(at, [published[place] for place in at])
            start = end

    @classmethod
    def among(cls, deeds: Iterable[Deed]) -> Deeds:
        """Those of records."""
        rows = sorted(deeds, key=lambda d: (d.actor, d.type, d.published, d.id, d.other or ""))
        return cls({name: [getattr(row, name) for row in rows] for name in Deed._fields})

    def between(self, actor: str, other: str | None) -> Mapping[str, Places]:
        """By type, where that lies which one side did to another, or to ``ANY``, in the order in which it was reported."""
        return self._places.get((actor, other), NOTHING)


def settled(
    promises: Iterable[Promise],
    deeds: Deeds,
    as_of: str,
    told: Mapping[str, Sequence[Told]] | None = None,
    read: Set[str] = frozenset(),
    asked: Set[str] | None = None,
) -> list[Settled]:
    """The outcome of each promise on a day, or of those with the ids ``asked``, in the order of their days, articles and ids.

    ``told`` is what later stories say in plain words, by the id of the promise; ``read`` are the articles of which that is known: by an
    event alone these meet nothing, since what meets a promise is told in words of it. ``asked`` are the ids of promises whose outcome is
    wanted; the others only tell which days were moved.
    """
    known = in_order(promises, as_of)
    revised = revisions(known)
    due_of = {p.id: p.due for p in known} if revised else {}
    for later in sorted(revised.values(), key=lambda pair: pair[0].published, reverse=True):
        due_of[later[1].id] = due_of[later[0].id] or due_of[later[1].id]
    wanted = known if asked is None else [promise for promise in known if promise.id in asked]
    found: dict[str, Settled] = {}
    for promise in sorted(wanted, key=attrgetter("from_")):  # one after another, since the deeds of one side lie together in memory
        due = due_of.get(promise.id, promise.due)
        revises = revised[promise.id][1].id if promise.id in revised else None
        found[promise.id] = _settle(promise, deeds, due, as_of, revises, told.get(promise.id, ()) if told else (), read)
    return [found[promise.id] for promise in wanted]


def in_order(promises: Iterable[Promise], as_of: str) -> list[Promise]:
    """Those that were made up to a day, in the order of their days, articles and ids."""
    return sorted((p for p in promises if p.published <= as_of), key=attrgetter("published", "article_id", "id"))


def is_in_time(one: Told, due: str | None) -> bool:
    """Whether a story tells that it came, and so soon that it came in time."""
    return one.says == "met" and (due is None or one.published <= _later(due, LAG))


def _settle(
    promise: Promise, deeds: Deeds, due: str | None, as_of: str, revises: str | None, told: Sequence[Told], read: Set[str]
) -> Settled:
    words, moved = _in_words(promise, due, as_of, told) if told else (None, None)
    if moved is not None:
        due = None
    deciding = _deciding(promise, deeds, due, as_of, read)
    if words is not None and (deciding is None or words.published <= deciding[0]):
        return Settled(promise, "met" if words.says == "met" else "broken", None, words.published, due, revises, words)
    if deciding is not None:
        day, breaks, deed, place = deciding
        return Settled(promise, "broken" if breaks else "met", deed, deeds.of["day"][place] or day, due, revises)
    return Settled(promise, "lapsed" if due is not None and due < as_of else "open", None, None, due, revises, moved)


def _in_words(promise: Promise, due: str | None, as_of: str, told: Sequence[Told]) -> tuple[Told | None, Told | None]:
    """The first story that says that it came in time or will not come, and the last one before that by which its day was moved."""
    moved: Told | None = None
    for one in sorted(told, key=attrgetter("published", "article_id")):
        if one.published > as_of:
            break
        if one.says == "moved":
            moved, due = one, None
        elif one.says == "broken" or is_in_time(one, due):
            return one, moved
    return None, moved


def _deciding(promise: Promise, deeds: Deeds, due: str | None, as_of: str, read: Set[str]) -> tuple[str, bool, str, int] | None:
    """The first deed, of whatever type and way of being named, that meets it or breaks it: day, whether it breaks it, id, place."""
    about: frozenset[str] | None = None
    best: tuple[str, bool, str, int] | None = None
    days, negations, articles, published, others, sentences = deeds.told
    since, last = promise.published, as_of if due is None else min(as_of, _later(due, TOLD_AFTER))
    in_time = None if due is None else _later(due, LAG)
    for actor, other in _sides(promise):
        both = other == promise.to and actor == promise.from_
        there = deeds.between(actor, other)
        for name, breaks, same, plain in _rules(promise.type) if there else ():
            for place in there[name].within(since, last) if name in there else ():
                day, negated = days[place], negations[place]
                if (day is not None and day < since) or articles[place] == promise.article_id or (breaks and negated):
                    continue
                if not breaks and not negated and (_is_late(day, published[place], due, in_time) or (read and articles[place] in read)):
                    continue
                by_other = others[place]
                if actor == UNKNOWN and by_other is not None and by_other not in (promise.from_, promise.to) and len(by_other) == 3:
                    continue
                words = sentences[place]
                named = both or (by_other is None and _shares(words, _beginnings(promise.names[1]), 1))
                soon = due is not None and due <= _later(since, SOON)
                least = _least(named, same and not negated, soon, plain, actor == UNKNOWN)
                if least:
                    about = stems(promise) if about is None else about
                    if not _shares(words, about, least):
                        continue
                if breaks and _is_put_off(words):
                    continue
                found = published[place], breaks or negated, deeds.of["id"][place], place
                if best is None or found < best:
                    best, last = found, found[0]
                break
    return best


def _shares(sentence: str, about: Iterable[str], least: int) -> bool:
    """Whether so many stems stand in a sentence."""
    for stem in about:
        if stem in sentence:
            least -= 1
            if not least:
                return True
    return False


@cache
def _rules(type: str) -> tuple[tuple[str, bool, bool, bool], ...]:
    return tuple((kinds.load().get(type) or Types((type,), (), ())).rules())


def _sides(promise: Promise) -> Iterator[tuple[str, str | None]]:
    """By whom and towards whom an event may be told that is meant: as expected, with a side that is not named, or by somebody unknown."""
    if promise.to is None:
        yield promise.from_, ANY
    else:
        yield promise.from_, promise.to
        yield promise.from_, None
    yield UNKNOWN, ANY


def _least(both: bool, same: bool, soon: bool, plain: bool, unknown: bool) -> int:
    """How many words an event must share with what was expected; ``same`` is its type, ``plain`` one that needs no words."""
    if unknown:
        return ENOUGH
    if (same and (both or soon)) or plain:
        return 0
    return 1 if same or both else ENOUGH


def _is_put_off(words: str) -> bool:
    """Whether what is told is no end of it: "postponed", "delayed"."""
    return _revising().search(words) is not None


@cache
def _revising() -> re.Pattern[str]:
    """The words of a revision, a space before and after each, that of one that ends a sentence not."""
    return re.compile(f" (?:{'|'.join(sorted(load_words().lists['revising']))}) ")


def _is_late(day: str | None, published: str, due: str | None, in_time: str | None) -> bool:
    """Whether an event came after the day; one without a day of its own may have been told some days later."""
    if due is None or in_time is None:
        return False
    return day > due if day is not None else published > in_time


def last_told(promise: Promise) -> str:
    """The last day on which a story may still tell in plain words what became of a promise."""
    return _later(promise.published, TOLD_WITHIN) if promise.due is None else _later(promise.due, TOLD_AFTER)


@cache
def _later(day: str, days: int) -> str:
    return (datetime.date.fromisoformat(day) + datetime.timedelta(days=days)).isoformat()


def revisions(promises: list[Promise]) -> dict[str, tuple[Promise, Promise]]:
    """Later expectations that move an earlier one ("postponed to June"), by id, each with the latest that it can mean."""
    revising = {p.id for p in promises if _revising().search(f"{p.words} ")}
    matters = {(side, p.type) for p in promises if p.id in revising for side in (p.from_, p.to)}
    earlier: dict[tuple[str | None, str], list[Promise]] = {}
    found: dict[str, tuple[Promise, Promise]] = {}
    for promise in promises if revising else ():
        for name in dict.fromkeys((promise.from_, promise.to)):
            if name is None or (name, promise.type) not in matters:
                continue
            before = earlier.setdefault((name, promise.type), [])
            if promise.id in revising and promise.id not in found:
                meant = [p for p in before[-LOOKED_AT:] if p.article_id != promise.article_id and _is_same_matter(p, promise)]
                if meant:
                    found[promise.id] = promise, meant[-1]
            before.append(promise)
    return found


def _is_same_matter(one: Promise, other: Promise) -> bool:
    sides = {one.from_, one.to} - {None} <= {other.from_, other.to} or {other.from_, other.to} - {None} <= {one.from_, one.to}
    return sides and bool(stems(one) & stems(other)) and one.due != other.due


def stems(promise: Promise) -> frozenset[str]:
    """What a promise is about: the beginnings of its longer words, without the sides' names and common words; each after a space."""
    names = _beginnings(promise.names[0]) | _beginnings(promise.names[1])
    return frozenset(stem for stem in map(_stem, promise.words.split()) if stem is not None and stem[: SHORT + 1] not in names)


@lru_cache(maxsize=100_000)
def _stem(word: str) -> str | None:
    return f" {word[:STEM]}" if len(word) >= SHORT and word not in _common() else None


@lru_cache(maxsize=100_000)
def _beginnings(name: str | None) -> frozenset[str]:
    """Of the words of a name, so that "Australian" is known for Australia."""
    return frozenset(f" {w[:SHORT]}" for w in words_of(name or "").split() if len(w) >= SHORT)


def _common() -> frozenset[str]:
    return load_words().lists["common"]
