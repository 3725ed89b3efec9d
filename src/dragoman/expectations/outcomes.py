"""In: expectations and events of many articles, as light rows, and a day. Out: of each whether it was met, broken, lapsed or open.

An expectation is looked up among the events of who is to act, by type and in the order of their days, so the time grows with the
expectations and not with their pairs with events. The same rows and day always give the same outcomes; nothing is written into records.
"""

from __future__ import annotations

import datetime
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cache
from operator import attrgetter, itemgetter

from dragoman.expectations import kinds
from dragoman.expectations.cues import load as load_words
from dragoman.expectations.kinds import Types
from dragoman.expectations.promises import UNKNOWN, Deed, Promise, words_of
from dragoman.expectations.telling import Told
from dragoman.schema import Outcome

STEM = 5  # letters by which two words are taken for forms of one
SHORT = 4  # letters from which a word says what something is about
REPORTED = itemgetter(5, 0)  # day and id of a deed
LAG = 3  # days after which the event of an undated report may have been reported
SOON = 14  # days to the due day within which an act of the kind by who was to act is taken for the one that was meant
ANY = "*"
TOLD_AFTER = 60  # days after the due day in which a report may still tell what became of it
LOOKED_AT = 100  # events of one side and type that are looked at for one expectation
ENOUGH = 2  # shared words that make up for a type or side that is not as expected


@dataclass(frozen=True, slots=True)
class Settled:
    """What became of an expectation; ``met_by`` is the event that decided it, ``revises`` the earlier expectation that it moves.

    ``told`` is the sentence of a later story that decided it in plain words, or that moved its day.
    """

    promise: Promise
    outcome: Outcome
    met_by: str | None = None
    decided: str | None = None
    due: str | None = None
    revises: str | None = None
    told: Told | None = None


NOTHING: dict[str, list[Deed]] = {}


class Deeds:
    """Deeds by their two sides and type, in the order in which they were reported; ``ANY`` stands for whatever other side."""

    def __init__(self, deeds: Iterable[Deed], open_sides: Set[str]) -> None:
        """``open_sides`` are those of whom something is expected towards nobody in particular."""
        by_sides: dict[tuple[str, str | None], dict[str, list[Deed]]] = {}
        for deed in sorted(deeds, key=REPORTED):
            actor = deed[3]
            for other in (deed[4], ANY) if actor in open_sides else (deed[4],):
                by_type = by_sides.get((actor, other))
                if by_type is None:
                    by_type = by_sides[actor, other] = {}
                some = by_type.get(deed[2])
                if some is None:
                    some = by_type[deed[2]] = []
                some.append(deed)
        self._there = by_sides
        self._days: dict[int, list[str]] = {}

    def between(self, actor: str, other: str | None) -> dict[str, list[Deed]]:
        """What one side did to another, by type."""
        return self._there.get((actor, other), NOTHING)

    def since(self, some: list[Deed], day: str) -> list[Deed]:
        """Those of a list that were reported on a day or later, the first of them."""
        if some[-1][5] < day:
            return []
        days = self._days.get(id(some))
        if days is None:
            days = self._days[id(some)] = [deed[5] for deed in some]
        first = bisect_left(days, day)
        return some[first : first + LOOKED_AT]


def settled(
    promises: Iterable[Promise], deeds: Iterable[Deed], as_of: str, told: Mapping[str, Sequence[Told]] | None = None
) -> list[Settled]:
    """The outcome of each promise on a day, in the order of their days, articles and ids.

    ``told`` is what later stories say in plain words, by the id of the promise; where a story says so, its events are not asked.
    """
    known = sorted((p for p in promises if p.published <= as_of), key=lambda p: (p.published, p.article_id, p.id))
    there = Deeds((d for d in deeds if d.published <= as_of), {UNKNOWN, *(p.from_ for p in known if p.to is None)})
    revised = revisions(known)
    due_of = {p.id: p.due for p in known}
    for later in sorted(revised, key=lambda p: p.published, reverse=True):
        due_of[revised[later].id] = due_of[later.id] or due_of[revised[later].id]
    return [_settle(p, there, due_of[p.id], as_of, revised[p].id if p in revised else None, (told or {}).get(p.id, ())) for p in known]


def _settle(promise: Promise, deeds: Deeds, due: str | None, as_of: str, revises: str | None, told: Sequence[Told]) -> Settled:
    words, moved = _in_words(promise, due, as_of, told)
    if moved is not None:
        due = None
    deciding = min(_deciding(promise, deeds, due), default=None)
    if words is not None and (deciding is None or words.published <= deciding[0]):
        return Settled(promise, "met" if words.says == "met" else "broken", None, words.published, due, revises, words)
    if deciding is not None:
        _, rank, _, deed = deciding
        return Settled(promise, "broken" if rank else "met", deed.id, deed.day or deed.published, due, revises)
    return Settled(promise, "lapsed" if due is not None and due < as_of else "open", None, None, due, revises, moved)


def _in_words(promise: Promise, due: str | None, as_of: str, told: Sequence[Told]) -> tuple[Told | None, Told | None]:
    """The first story that says that it came in time or will not come, and the last one before that by which its day was moved."""
    moved: Told | None = None
    for one in sorted(told, key=attrgetter("published", "article_id")):
        if one.published > as_of:
            break
        if one.says == "moved":
            moved, due = one, None
        elif one.says == "broken" or due is None or one.published <= _later(due, LAG):
            return one, moved
    return None, moved


def _deciding(promise: Promise, deeds: Deeds, due: str | None) -> Iterator[tuple[str, bool, str, Deed]]:
    """The first deeds, of each type and of either way of being named, that meet it or break it: day, whether they break it, id, deed."""
    about: frozenset[str] | None = None
    last = None if due is None else _later(due, TOLD_AFTER)
    in_time = None if due is None else _later(due, LAG)
    soon = due is not None and due <= _later(promise.published, SOON)
    for actor, other in _sides(promise):
        both = other == promise.to and actor == promise.from_
        there = deeds.between(actor, other)
        for name, breaks, same, plain in _rules(promise.type) if there else ():
            if name not in there:
                continue
            for deed in deeds.since(there[name], promise.published):
                if last is not None and deed.published > last:
                    break
                if deed.article_id == promise.article_id or (deed.day is not None and deed.day < promise.published):
                    continue
                if (breaks and (deed.negated or _is_put_off(deed))) or (not breaks and not deed.negated and _is_late(deed, due, in_time)):
                    continue
                named = both or (deed.other is None and any(name in deed.words for name in _beginnings(promise.names[1])))
                if actor == UNKNOWN and deed.other is not None and deed.other not in (promise.from_, promise.to) and len(deed.other) == 3:
                    continue
                least = _least(named, same and not deed.negated, soon, plain, actor == UNKNOWN)
                if least:
                    about = stems(promise) if about is None else about
                    if sum(stem in deed.words for stem in about) < least:
                        continue
                yield deed.published, breaks or deed.negated, deed.id, deed
                break


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


def _is_put_off(deed: Deed) -> bool:
    """Whether what an event tells is no end of it: "postponed", "delayed"."""
    return any(word in deed.words for word in _revising())


@cache
def _revising() -> tuple[str, ...]:
    """The words of a revision, a space before and after each, that of one that ends a sentence not."""
    return tuple(f" {word} " for word in sorted(load_words().lists["revising"]))


def _is_late(deed: Deed, due: str | None, in_time: str | None) -> bool:
    """Whether an event came after the day; one without a day of its own may have been told some days later."""
    if due is None or in_time is None:
        return False
    return deed.day > due if deed.day is not None else deed.published > in_time


def _later(day: str, days: int) -> str:
    return (datetime.date.fromisoformat(day) + datetime.timedelta(days=days)).isoformat()


def revisions(promises: list[Promise]) -> dict[Promise, Promise]:
    """Later expectations that move an earlier one ("postponed to June"), each with the latest that it can mean."""
    words = load_words().lists["revising"]
    earlier: dict[tuple[str, str], list[Promise]] = {}
    found: dict[Promise, Promise] = {}
    for promise in promises:
        for name in dict.fromkeys((promise.from_, promise.to)):
            if name is None:
                continue
            before = earlier.setdefault((name, promise.type), [])
            if promise not in found and not words.isdisjoint(promise.words.split()):
                meant = [p for p in before[-LOOKED_AT:] if p.article_id != promise.article_id and _is_same_matter(p, promise)]
                if meant:
                    found[promise] = meant[-1]
            before.append(promise)
    return found


def _is_same_matter(one: Promise, other: Promise) -> bool:
    sides = {one.from_, one.to} - {None} <= {other.from_, other.to} or {other.from_, other.to} - {None} <= {one.from_, one.to}
    return sides and bool(stems(one) & stems(other)) and one.due != other.due


def stems(promise: Promise) -> frozenset[str]:
    """What a promise is about: the beginnings of its longer words, without the sides' names and common words; each after a space."""
    names = _beginnings(promise.names[0]) | _beginnings(promise.names[1])
    words = (w for w in promise.words.split() if len(w) >= SHORT and w not in _common())
    return frozenset(f" {w[:STEM]}" for w in words if f" {w[:SHORT]}" not in names)


def _beginnings(name: str | None) -> frozenset[str]:
    """Of the words of a name, so that "Australian" is known for Australia."""
    return frozenset(f" {w[:SHORT]}" for w in words_of(name or "").split() if len(w) >= SHORT)


def _common() -> frozenset[str]:
    return load_words().lists["common"]


