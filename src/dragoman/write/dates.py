"""Dates of events for formats that know days only. In: a ``When``. Out: its first day, or as much of it as is known."""

from __future__ import annotations

import re
from datetime import date

from dragoman.schema import When

DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
DAY_LENGTH, MONTH_LENGTH, YEAR_LENGTH = 10, 7, 4


def first_day(when: When | None) -> str | None:
    """YYYY-MM-DD: the day, or the first of several. None where the text gives a month, a year or nothing: no day is made up."""
    value = known_part(when, DAY_LENGTH)
    return value if value and is_day(value) else None


def known_part(when: When | None, length: int) -> str | None:
    """The first ``length`` characters of the date, where the text tells so much."""
    value = when.value if when else None
    return value[:length] if value and len(value) >= length else None


def is_day(value: str) -> bool:
    if not DAY.fullmatch(value):
        return False
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True
