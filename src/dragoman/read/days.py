"""In: a line of a masthead or dateline. Out: the days that it names, as far as they are certain (an 03/04/2024 is not).

A day without a year takes it from a reference day near it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import NamedTuple

from dragoman.read import glue

NEAR = 60  # days between a report's dateline and its publication beyond which the year stays open
LEAP_YEAR = 2024
YEAR = r"(?:19|20)\d\d"
SUFFIX = r"(?:st|nd|rd|th)?"
WEEKDAY = re.compile(r"\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|mon|tues?|wed|thu(?:rs)?|fri|sat|sun)\b\.?,?", re.IGNORECASE)


class Found(NamedTuple):
    """A day at characters start, ..., end - 1; ``year`` is None where it is not written."""

    start: int
    end: int
    year: int | None
    month: int
    day: int


@cache
def pattern() -> re.Pattern[str]:
    """2024-11-06, Nov. 6 (2024), 6 November (2024), 13/11/2024."""
    names = "|".join(sorted({form for name in glue.load().months for form in (name.title(), name.upper())}, key=len, reverse=True))
    return re.compile(
        rf"(?<![\w/-])(?:(?P<y1>{YEAR})-(?P<m1>\d\d)-(?P<d1>\d\d)(?![\d/-])"
        rf"|(?P<m2>{names})\b(?:\.\s*|\s+)(?P<d2>\d{{1,2}}){SUFFIX}(?!\d)(?:,?\s+(?P<y2>{YEAR})\b)?"
        rf"|(?P<d3>\d{{1,2}})(?:{SUFFIX}|\.)\s+(?P<m3>{names})\b\.?(?:,?\s+(?P<y3>{YEAR})\b)?"
        rf"|(?P<a4>\d{{1,2}})[/.](?P<b4>\d{{1,2}})[/.](?P<y4>{YEAR})(?!\d))"
    )


def days_in(text: str) -> Iterator[Found]:
    for match in pattern().finditer(text):
        found = reading(match)
        if found is not None and date_of(found, found.year or LEAP_YEAR) is not None:
            yield found


def dated_spans(text: str) -> list[tuple[int, int]]:
    """Where days with their year stand, also those that can be read in two ways."""
    return [match.span() for match in pattern().finditer(text) if match["y1"] or match["y2"] or match["y3"] or match["y4"]]


def reading(match: re.Match[str]) -> Found | None:
    """The day of a match, not yet known to exist; None for 03/04/2024, which is March here and April there."""
    months = glue.load().months
    part = match.groupdict()
    start, end = match.span()
    if part["y1"]:
        return Found(start, end, int(part["y1"]), int(part["m1"]), int(part["d1"]))
    for name, day, year in (("m2", "d2", "y2"), ("m3", "d3", "y3")):
        if part[name]:
            return Found(start, end, int(part[year]) if part[year] else None, months[part[name].casefold()], int(part[day]))
    first, second = sorted((int(part["a4"]), int(part["b4"])))
    return Found(start, end, int(part["y4"]), first, second) if second > 12 or first == second else None


def date_of(found: Found, year: int) -> date | None:
    try:
        return date(year, found.month, found.day)
    except ValueError:
        return None


def value_of(found: Found, reference: str | None) -> str | None:
    """YYYY-MM-DD; a missing year is the one that brings the day nearest to the reference day, if that is near at all."""
    if found.year is not None:
        day = date_of(found, found.year)
        return day.isoformat() if day else None
    try:
        then = date.fromisoformat(reference or "")
    except ValueError:
        return None
    candidates = [day for year in (then.year - 1, then.year, then.year + 1) if 1 <= year <= 9999 and (day := date_of(found, year))]
    nearest = min(candidates, key=lambda day: abs(day - then), default=None)
    return nearest.isoformat() if nearest and abs(nearest - then).days <= NEAR else None
