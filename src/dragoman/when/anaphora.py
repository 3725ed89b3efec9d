"""In: "that day", "the next day", "that December", and the date told before. Out: their value, where that date is precise enough."""

from __future__ import annotations

from datetime import date

from dragoman.when.calendar import UNKNOWN, Value, first_day, month_number, moved, of_day, of_month, of_week, of_year
from dragoman.when.expressions import Expression

LENGTH = {"day": 10, "part": 10, "week": 10, "month": 7, "year": 4}


def points_back(expression: Expression) -> bool:
    """Whether an expression is to be read against the date told before it."""
    return is_next_day(expression) or ("that" in expression.fields and expression.kind in ("that", "relative_month"))


def is_next_day(expression: Expression) -> bool:
    onward = expression.kind == "anaphoric" and ("next" in expression.fields or "onward" in expression.fields)
    return onward and ("part" in expression.fields or expression.first("unit") == "day")


def value_from(expression: Expression, told: Value) -> Value:
    """The value of an expression that points to a date told before; unknown where that date is vaguer or an interval."""
    unit = "year" if "month" in expression.fields else expression.first("unit") or "part"
    if told.value is None or told.until is not None or len(told.value) < LENGTH.get(unit, 99):
        return UNKNOWN
    day = first_day(told.value)
    if day is None:
        return UNKNOWN
    return of_day(moved(day, 1)) if is_next_day(expression) else value_in(unit, expression.first("month"), day)


def value_in(unit: str, month: int | None, day: date) -> Value:
    if month is not None:
        return of_month(month_number(day.year, month))
    if unit == "week":
        return of_week(day)
    if unit == "month":
        return of_month(month_number(day.year, day.month))
    return of_year(day.year) if unit == "year" else of_day(day)
