"""In: "that day", "the next month", "two weeks later", and the date told before. Out: their value, where that date is precise enough."""

from __future__ import annotations

from datetime import date

from dragoman.days import first_day, last_day
from dragoman.when.calendar import UNKNOWN, Value, month_number, moved, of_day, of_month, with_part
from dragoman.when.expressions import Expression
from dragoman.when.periods import count_of, stepped
from dragoman.when.resolve import HOURS, part_of

LENGTH = {"day": 10, "week": 10, "fortnight": 10, "month": 7, "quarter": 7, "year": 4, "decade": 4}
KINDS = frozenset({"that", "anaphoric", "shifted", "year_ago"})
STEPS = ("next", "onward", "beside", "shift", "on")


def points_back(expression: Expression) -> bool:
    """Whether an expression is to be read against the date told before it."""
    if expression.kind == "hours":
        return "shift" in expression.fields
    if expression.kind == "later_in":
        return unit_of(expression) == "day"
    return expression.kind in KINDS or (expression.kind == "relative_month" and "that" in expression.fields)


def value_from(expression: Expression, told: Value) -> Value:
    """The value of an expression that points to a date told before; unknown where that date is vaguer."""
    step = step_of(expression)
    if expression.kind == "hours":
        days, rest = divmod(count_of(expression), HOURS)
        return UNKNOWN if rest else moved_from("day", days * int(expression.first("shift")), told)
    if expression.kind == "year_ago":
        return year_before(told) if expression.first("unit") == "year" else UNKNOWN
    if "weekday" in expression.fields:
        return weekday_from(told, expression.first("weekday"), step)
    if "month" in expression.fields:
        return month_from(told, expression.first("month"), step)
    return with_part(moved_from(unit_of(expression), step, told), part_of(expression))


def year_before(told: Value) -> Value:
    """ "the year-earlier quarter": the same quarter, month or year, a year before."""
    day = first_day(told.value) if told.value and told.precision in ("month", "quarter", "year") else None
    if day is None:
        return UNKNOWN
    if told.precision == "month":
        return of_month(month_number(day.year - 1, day.month)) if told.until is None else UNKNOWN
    return stepped(str(told.precision), -4 if told.precision == "quarter" else -1, day)


def unit_of(expression: Expression) -> str:
    return str(expression.first("unit") or expression.first("units") or "day")


def step_of(expression: Expression) -> int:
    """How many units lie between the date told and the one meant: 0 for "that day", -3 for "three weeks earlier"."""
    if expression.kind == "nth_of":
        return number_of(expression) - 1
    if expression.kind not in ("shifted", "anaphoric", "nth_after"):
        return 0
    sign = next((int(expression.first(name)) for name in STEPS if name in expression.fields), 0)
    if expression.kind == "nth_after":
        return sign * number_of(expression)
    return sign * count_of(expression) if expression.kind == "shifted" else sign


def number_of(expression: Expression) -> int:
    """Which of several: "the third day of the summit"."""
    return int(next(expression.first(name) for name in ("ordinal", "day", "nth") if name in expression.fields))


def moved_from(unit: str, step: int, told: Value) -> Value:
    """The unit of time that lies ``step`` units from a date; of several days, from the first or last of them."""
    if told.value is None or told.precision == "decade" or len(told.value) < LENGTH.get(unit, 99):
        return UNKNOWN
    if unit == "day" and (told.precision != "day" or (told.until is not None and not step)):
        return UNKNOWN
    return stepped(unit, step, last_day(told.until) if told.until and step > 0 and unit == "day" else first_day(told.value))


def day_told(told: Value) -> date | None:
    return first_day(told.value) if told.value and told.precision == "day" and told.until is None else None


def weekday_from(told: Value, weekday: int, step: int) -> Value:
    """ "the following Monday"; that of the week told for step 0."""
    day = day_told(told)
    if day is None:
        return UNKNOWN
    ahead = (weekday - day.isoweekday()) % 7
    if step > 0:
        return of_day(moved(day, ahead or 7))
    return of_day(moved(day, ahead - 7)) if step < 0 else UNKNOWN


def elsewhere(told: Value, weekday: int) -> Value:
    """The same moment by another clock: "on Thursday (Wednesday in Washington)" is a day before or after, or the day itself."""
    day = day_told(told)
    near = [one for step in (-1, 0, 1) if day and (one := moved(day, step)) and one.isoweekday() == weekday]
    return of_day(near[0]) if near else UNKNOWN


def month_from(told: Value, month: int, step: int) -> Value:
    """ "that December", "the following March"."""
    day = first_day(told.value) if told.value and told.precision in ("day", "week", "month", "year") else None
    if day is None or (told.precision == "year" and step):
        return UNKNOWN
    months = month_number(day.year, month)
    now = month_number(day.year, day.month)
    if step > 0 and months <= now:
        months += 12
    if step < 0 and months >= now:
        months -= 12
    return of_month(months)
