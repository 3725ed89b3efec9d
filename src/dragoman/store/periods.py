"""Days, weeks, months, quarters and years of events. In: the name of a unit. Out: SQL for the period that an event's date lies in.

A period is the DATE of its first day until it is printed. The whole of a date must lie within: of an interval from November to December
the month is not known, the year is; of "in 2024" only the year.
"""

from __future__ import annotations

FIRST_DAY = "0000-01-01"
UNITS = ("day", "week", "month", "quarter", "year")
LABEL = {
    "day": "strftime({0}, '%Y-%m-%d')",
    "week": "strftime({0}, '%G-W%V')",
    "month": "strftime({0}, '%Y-%m')",
    "quarter": "strftime({0}, '%Y-Q') || quarter({0})",
    "year": "strftime({0}, '%Y')",
}
STEP = {"day": "1 DAY", "week": "7 DAY", "month": "1 MONTH", "quarter": "3 MONTH", "year": "1 YEAR"}


def first_day(value: str) -> str:
    """The first day of a year, month or day that the SQL expression ``value`` gives as text; null for what is no date."""
    return f"try_cast({value} || substr('{FIRST_DAY}', length({value}) + 1) AS DATE)"


def last_day(value: str) -> str:
    month = f"last_day(try_cast({value} || '-01' AS DATE))"
    return f"CASE length({value}) WHEN 4 THEN try_cast({value} || '-12-31' AS DATE) WHEN 7 THEN {month} ELSE try_cast({value} AS DATE) END"


FIRST_OF_EVENT = first_day("date.value")
LAST_OF_EVENT = last_day("coalesce(date.until, date.value)")


def period(unit: str) -> str:
    """The period of a row that has ``first_day`` and ``last_day``; null where these lie in two."""
    start, end = truncated(unit, "first_day"), truncated(unit, "last_day")
    return f"CASE WHEN {start} = {end} THEN {start} END"


def truncated(unit: str, day: str) -> str:
    return f"CAST(date_trunc('{unit}', {day}) AS DATE)"


def label(unit: str, column: str) -> str:
    """2024-11-06, 2024-W45 (ISO), 2024-11, 2024-Q4, 2024."""
    return LABEL[unit].format(column)


def all_between(unit: str, first: str, last: str) -> str:
    """A table function's SQL: every period from the first to the last, both DATEs, as the column ``at``."""
    start, end = truncated(unit, first), truncated(unit, last)
    return f"SELECT CAST(unnest(generate_series({start}, {end}, INTERVAL {STEP[unit]})) AS DATE) AS at"
