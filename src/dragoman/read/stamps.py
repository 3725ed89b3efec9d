"""In: a field that holds a day or a time and nothing else, as databases, mail and wire formats write it. Out: the day, YYYY-MM-DD.

The day is taken as written, no time zone is converted. A day that can be read in two ways (03/04/2024) is none.
"""

from __future__ import annotations

import re
from datetime import date

from dragoman.read import days
from dragoman.read.base import day_of, kind_of, shortened

BASIC = re.compile(r"(\d{4})[-/.]?(\d\d)[-/.]?(\d\d)(?![\d/.-])(?:[T ].*)?\Z|(\d{4})(\d\d)(\d\d)T?\d{4,6}(?!\d)", re.DOTALL)
LONGEST = 100
EARLIEST = 1900  # the years 1 and 1899 are what software writes for "no date"


def day_of_stamp(value: object, name: str = "published") -> str | None:
    """The day of a field; None where it is empty. ValueError, with the field's ``name``, where it is no certain day."""
    if value is None or isinstance(value, date):
        return day_of(value)
    if not isinstance(value, str):
        raise ValueError(f"{name!r} is {kind_of(value)}, not a date; write it as YYYY-MM-DD")
    written = value.strip()
    if not written:
        return None
    basic = BASIC.match(written)
    if basic:
        parts = [part for part in basic.groups() if part]
        try:
            return date(*map(int, parts)).isoformat()
        except ValueError:
            pass
    else:
        found = {day for day in days.days_in(written[:LONGEST]) if day.year}
        values = {days.value_of(day, None) for day in found}
        if len(values) == 1:
            return values.pop()
    raise ValueError(f"{name!r} is {shortened(value)!r}, which is no certain date; write it as YYYY-MM-DD or leave it out")


def day_written(text: str) -> str | None:
    """The same of a field that may hold anything; None where it is no certain day, or too long ago for news."""
    try:
        day = day_of_stamp(text)
    except ValueError:
        return None
    return day if day is not None and int(day[:4]) >= EARLIEST else None
