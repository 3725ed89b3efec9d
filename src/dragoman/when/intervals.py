"""In: date expressions next to each other. Out: the same with "from March 3 to April 5" and the like as one interval."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dragoman.days import first_day, last_day
from dragoman.drafts import Range
from dragoman.when.calendar import UNKNOWN, Value
from dragoman.when.direction import AHEAD, Direction
from dragoman.when.expressions import Expression
from dragoman.when.resolve import resolved
from dragoman.when.words import Words

SINGLE = frozenset({"day", "iso", "slashed", "month", "year", "weekday", "dayword", "decade", "quarter"})
INTERVAL = frozenset({"days", "year_range"})


@dataclass(frozen=True, slots=True)
class Interval:
    """A stretch of time from its first to its last expression; both are the same where it is one expression."""

    range: Range
    first: Expression
    last: Expression


def intervals(found: list[Expression], lowers: list[str], words: Words) -> list[Interval]:
    """All expressions as intervals, in text order, each expression in one of them."""
    result: list[Interval] = []
    i = 0
    while i < len(found):
        first = found[i]
        second = found[i + 1] if i + 1 < len(found) else None
        if second is not None and are_ends(first, second, lowers, words):
            opens = before(first, lowers) in words.lists["opens"]
            result.append(Interval(Range(first.range.start - opens, second.range.end), first, second))
            i += 2
            continue
        opens = first.kind in INTERVAL and before(first, lowers) in words.lists["opens"]
        result.append(Interval(Range(first.range.start - opens, first.range.end), first, first))
        i += 1
    return result


def before(expression: Expression, lowers: list[str]) -> str:
    return lowers[expression.range.start - 1] if expression.range.start else ""


def are_ends(first: Expression, second: Expression, lowers: list[str], words: Words) -> bool:
    """Whether two expressions are the ends of one interval: "from A to B", "between A and B", "A - B"."""
    if second.range.start - first.range.end != 1 or not {first.kind, second.kind} <= SINGLE:
        return False
    joint = words.class_of.get(lowers[first.range.end])
    opening = before(first, lowers)
    if opening == "between":
        return joint == "and"
    return joint == "to" if opening in words.lists["opens"] else joint == "dash" or (joint == "to" and first.kind == second.kind)


def value_of(ends: tuple[Value, Value]) -> Value:
    """The value of an interval between two dates; unknown where they are not alike or not in order."""
    opening, closing = ends
    if opening.value is None or closing.value is None or opening.precision != closing.precision:
        return UNKNOWN
    start, end = first_day(opening.value), last_day(closing.until or closing.value)
    if start is None or end is None or end < start:
        return UNKNOWN
    return Value(opening.value, closing.until or closing.value, opening.precision)


def ends_of(interval: Interval, published: date | None, direction: Direction | None) -> tuple[Value, Value]:
    """The values of both ends; one that lacks a year takes the one that puts the ends in order."""
    if direction in AHEAD and "year" not in interval.last.fields:
        opening = resolved(interval.first, published, direction)
        return opening, resolved(interval.last, first_day(opening.value) if opening.value else published, "future")
    closing = resolved(interval.last, published, direction)
    return resolved(interval.first, first_day(closing.value) if closing.value else published, "past"), closing
