"""In: years, months, days. Out: the value of a date expression as the records want it: value, until and precision.

Years are Gregorian and lie between 1000 and 2999; outside of that a value is unknown, never an error.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from dragoman.schema import Precision

FIRST_YEAR, LAST_YEAR = 1000, 2999


@dataclass(frozen=True, slots=True)
class Value:
    """``value`` is YYYY, YYYY-MM or YYYY-MM-DD; ``until`` the last day (month, year) of an interval, included; ``fine`` what TimeML
    would write where it says more."""

    value: str | None = None
    until: str | None = None
    precision: Precision | None = None
    fine: str | None = None


UNKNOWN = Value()


def day_from(text: str | None) -> date | None:
    """The day that an ISO date or date and time begins with, or None."""
    try:
        return date.fromisoformat((text or "").strip()[:10])
    except ValueError:
        return None


def safe_day(year: int, month: int, day: int) -> date | None:
    """A day of the calendar, or None where there is none such."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def moved(day: date, days: int) -> date | None:
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return None


def of_day(day: date | None) -> Value:
    return Value(day.isoformat(), None, "day") if day and FIRST_YEAR <= day.year <= LAST_YEAR else UNKNOWN


def with_part(value: Value, part: str | None) -> Value:
    """A day with the part of it that is told, for TimeML; other values have none."""
    is_day = part is not None and value.precision == "day" and value.until is None
    return replace(value, fine=f"{value.value}T{part}") if is_day else value


def of_weekend(monday: date | None) -> Value:
    """Saturday and Sunday of the week that begins on a Monday."""
    days = of_days(moved(monday, 5), moved(monday, 6)) if monday else UNKNOWN
    if monday is None or days.value is None:
        return UNKNOWN
    year, week, _ = monday.isocalendar()
    return replace(days, fine=f"{year:04}-W{week:02}-WE")


def of_days(first: date | None, last: date | None) -> Value:
    """Several days in a row; unknown where they are not in order."""
    if first is None or last is None or last < first:
        return UNKNOWN
    return Value(first.isoformat(), last.isoformat(), "day")


def of_week(day: date | None) -> Value:
    """The week, Monday to Sunday, that a day lies in."""
    monday = moved(day, -day.weekday()) if day else None
    sunday = moved(monday, 6) if monday else None
    return Value(monday.isoformat(), sunday.isoformat(), "week") if monday and sunday else UNKNOWN


def of_month(months: int) -> Value:
    """A month as ``month_number`` counts it."""
    return Value(month_text(months), None, "month") if known(months // 12) else UNKNOWN


def of_months(first: int, last: int, precision: Precision) -> Value:
    return Value(month_text(first), month_text(last), precision) if known(first // 12) and known(last // 12) and first <= last else UNKNOWN


def of_quarter(year: int, quarter: int) -> Value:
    first = month_number(year, 3 * quarter - 2)
    return of_months(first, first + 2, "quarter")


def of_year(year: int) -> Value:
    return Value(f"{year:04}", None, "year") if known(year) else UNKNOWN


def of_decade(year: int) -> Value:
    first = year // 10 * 10
    return Value(f"{first:04}", f"{first + 9:04}", "decade") if known(first) else UNKNOWN


def known(year: int) -> bool:
    return FIRST_YEAR <= year <= LAST_YEAR


def month_number(year: int, month: int) -> int:
    """Months since the year 0, so that months can be counted across years."""
    return 12 * year + month - 1


def month_text(months: int) -> str:
    return f"{months // 12:04}-{months % 12 + 1:02}"
