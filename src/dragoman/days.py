"""In: a date as records have it, YYYY, YYYY-MM or YYYY-MM-DD. Out: its first and its last day, None for what is no date."""

from __future__ import annotations

from calendar import monthrange
from datetime import date


def first_day(value: str) -> date | None:
    try:
        year, month, day = [*map(int, value.split("-")), 1, 1][:3]
        return date(year, month, day)
    except ValueError:
        return None


def last_day(value: str) -> date | None:
    try:
        parts = [int(part) for part in value.split("-")]
        year, month = parts[0], parts[1] if len(parts) > 1 else 12
        return date(year, month, parts[2] if len(parts) > 2 else monthrange(year, month)[1])
    except (ValueError, IndexError):  # calendar's IllegalMonthError is both
        return None
