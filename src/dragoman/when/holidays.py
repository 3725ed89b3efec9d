"""In: holidays.tsv, national_days.tsv and feasts.tsv. Out: on which days a holiday lies in a year."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from dragoman.errors import DataError
from dragoman.tables import rows
from dragoman.when.calendar import day_from, moved, safe_day

HOLIDAYS, NATIONAL, FEASTS = "holidays.tsv", "national_days.tsv", "feasts.tsv"
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
FIXED = re.compile(r"(\d{1,2}) (\d{1,2})")
NTH = re.compile(rf"([1-4]|last) ({'|'.join(WEEKDAYS)}) (\d{{1,2}})(?: \+(\d))?")
EASTER = re.compile(r"(easter|orthodox) (-?\d+)")
MOON = re.compile(r"moon (.+)")
JULIAN_LAG = 13  # days, from 1900 to 2099


class Days(NamedTuple):
    first: date
    last: date


def names() -> Iterator[tuple[str, str]]:
    """Names and rules of all holidays. DataError where a rule has none of the forms."""
    for file in (HOLIDAYS, NATIONAL):
        for where, (name, rule) in rows(files(__package__), file, ("name", "rule")):
            moon = MOON.fullmatch(rule)
            if not any(form.fullmatch(rule) for form in (FIXED, NTH, EASTER)) and (moon is None or moon[1] not in feasts()):
                raise DataError(where, f"{rule!r} is no rule")
            yield name, rule


@cache
def feasts() -> dict[str, list[Days]]:
    """The days of the feasts that follow the moon, by name."""
    found: dict[str, list[Days]] = {}
    for where, (name, first, last) in rows(files(__package__), FEASTS, ("name", "first", "last")):
        days = day_from(first), day_from(last)
        if days[0] is None or days[1] is None or days[1] < days[0]:
            raise DataError(where, "no days in their order")
        found.setdefault(name, []).append(Days(days[0], days[1]))
    return found


def days_of(rule: str, year: int) -> list[Days]:
    """The days on which a holiday begins and ends in a year: none where that is not known, two where a feast comes twice."""
    if moon := MOON.fullmatch(rule):
        return [days for days in feasts()[moon[1]] if days.first.year == year]
    day = single_day(rule, year)
    return [Days(day, day)] if day else []


def single_day(rule: str, year: int) -> date | None:
    if fixed := FIXED.fullmatch(rule):
        return safe_day(year, int(fixed[2]), int(fixed[1]))
    if nth := NTH.fullmatch(rule):
        day = nth_weekday(year, int(nth[3]), WEEKDAYS.index(nth[2]) + 1, -1 if nth[1] == "last" else int(nth[1]))
        return moved(day, int(nth[4] or 0)) if day else None
    kind, _, offset = rule.partition(" ")
    sunday = easter(year) if kind == "easter" else orthodox_easter(year)
    return moved(sunday, int(offset)) if sunday else None


def nth_weekday(year: int, month: int, weekday: int, nth: int) -> date | None:
    """The nth Monday (1) to Sunday (7) of a month; the last for -1."""
    if nth < 0:
        start = safe_day(year + month // 12, month % 12 + 1, 1)
        last = moved(start, -1) if start else None
        return moved(last, -((last.isoweekday() - weekday) % 7)) if last else None
    first = safe_day(year, month, 1)
    day = moved(first, (weekday - first.isoweekday()) % 7 + 7 * (nth - 1)) if first else None
    return day if day and day.month == month else None


def easter(year: int) -> date:
    """Easter Sunday by the Gregorian calendar (Meeus, Astronomical Algorithms, chapter 8)."""
    century, in_century = divmod(year, 100)
    shift = (19 * (year % 19) + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (in_century // 4) - shift - in_century % 4) % 7
    rest = shift + weekday - 7 * ((year % 19 + 11 * shift + 22 * weekday) // 451) + 114
    return date(year, rest // 31, rest % 31 + 1)


def orthodox_easter(year: int) -> date | None:
    """Easter Sunday by the Julian calendar, as a Gregorian day."""
    shift = (19 * (year % 19) + 15) % 30
    rest = shift + (2 * (year % 4) + 4 * (year % 7) - shift + 34) % 7 + 114
    return moved(date(year, rest // 31, rest % 31 + 1), JULIAN_LAG)
