"""In: a date expression, the day of publication and the direction of its clause. Out: its value, until and precision."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from dragoman.when import periods
from dragoman.when.calendar import (
    UNKNOWN,
    Value,
    day_from,
    month_number,
    moved,
    of_day,
    of_days,
    of_week,
    of_weekend,
    safe_day,
    with_part,
)
from dragoman.when.direction import AHEAD, Direction
from dragoman.when.expressions import Expression
from dragoman.when.holidays import Days, days_of, nth_weekday
from dragoman.when.periods import YEARS_AROUND, distance
from dragoman.when.words import SLASHED

JUST_PAST = 7
HOURS = 24
DAYS = {"day": 1, "week": 7, "fortnight": 14}
HALVES = {"year": ("month", 6), "decade": ("year", 5), "century": ("year", 50)}
CENTURY, PIVOT = 1900, 50  # "03/22/13" is of 2013
Resolver = Callable[[Expression, date | None, Direction | None], Value]


def resolved(expression: Expression, published: date | None, direction: Direction | None) -> Value:
    """The value of an expression; unknown where it needs a day of publication and there is none."""
    resolver = RESOLVERS.get(expression.kind)
    value = resolver(expression, published, direction) if resolver else UNKNOWN
    return with_part(value, part_of(expression))


def part_of(expression: Expression) -> str | None:
    """The part of the day as TimeML writes it."""
    part: str | None = expression.first("part") or expression.first("tonight")
    return part


def nearest(candidates: list[date], published: date, direction: Direction | None, just_past: int = JUST_PAST) -> date | None:
    """The candidate nearest to the day of publication on the side that the direction permits, the earlier of two.

    A clause that looks ahead may do so from a few days before publication.
    """
    slack = timedelta(days=just_past)
    side = [c for c in candidates if direction in (None, "later") or (c <= published if direction == "past" else c + slack >= published)]
    return min(side or candidates, key=lambda c: distance((c - published).days), default=None)


def day_of(expression: Expression, index: int, published: date | None, direction: Direction | None) -> date | None:
    """The day that the month and the number at ``index`` give, in the year named or the one that fits."""
    months, days, year = expression.fields["month"], expression.fields["day"], expression.first("year")
    month, day = months[min(index, len(months) - 1)], days[index]
    if year is not None:
        return safe_day(year, month, day)
    if published is None:
        return None
    candidates = [c for offset in (*YEARS_AROUND, -2, 2) if (c := safe_day(published.year + offset, month, day))]
    weekday = expression.first("weekday") or expression.first("weekday_short")
    fitting = [c for c in candidates if c.isoweekday() == weekday]
    if fitting:
        return nearest(fitting, published, None)
    return nearest(candidates, published, direction)


def one_day(expression: Expression, published: date | None, direction: Direction | None) -> Value:
    return of_day(day_of(expression, 0, published, direction))


def several_days(expression: Expression, published: date | None, direction: Direction | None) -> Value:
    first = day_of(expression, 0, published, direction)
    last = safe_day(first.year, first.month, expression.fields["day"][1]) if first else None
    return of_days(first, last)


def iso(expression: Expression, published: date | None, direction: Direction | None) -> Value:
    month, day = expression.fields["day"]
    return of_day(safe_day(expression.first("year"), month, day))


def slashed(expression: Expression, published: date | None, direction: Direction | None) -> Value:
    """A date in figures, where only one order of day and month is possible; with dots the day comes first."""
    match = SLASHED.fullmatch(expression.first("slashed"))
    if match is None:
        return UNKNOWN
    first, second, year = int(match[1]), int(match[3]), int(match[4])
    if year < 100:
        year += CENTURY if year >= PIVOT else CENTURY + 100
    if match[2] == "." or first > 12 or first == second:
        return of_day(safe_day(year, second, first))
    return of_day(safe_day(year, first, second)) if second > 12 else UNKNOWN


def week_of(expression: Expression, published: date | None, direction: Direction | None) -> Value:
    day = day_of(expression, 0, published, direction)
    if "weekend" in expression.fields:
        return periods.stepped("weekend", 0, day)
    return of_week(day)


def day_of_month(expression: Expression, published: date | None, direction: Direction | None) -> Value:
    """ "the 15th of this month"."""
    step = periods.step_of(expression)
    if published is None or step is None or expression.first("unit") != "month":
        return UNKNOWN
    months = month_number(published.year, published.month) + step
    return of_day(safe_day(months // 12, months % 12 + 1, expression.first("day")))


def the_day(expression: Expression, published: date | None, direction: Direction | None) -> Value:
    """ "the 10th" of the nearest month that the clause permits."""
    if published is None:
        return UNKNOWN
    now, number = month_number(published.year, published.month), expression.first("day")
    days = [day for months in (now - 1, now, now + 1) if (day := safe_day(months // 12, months % 12 + 1, number))]
    return of_day(nearest(days, published, direction, just_past=0))


def day_of_week(expression: Expression, published: date | None, direction: Direction | None) -> Value:
    """ "Friday last week"."""
    if published is None or expression.first("unit") != "week":
        return UNKNOWN
    return of_day(moved(published, 7 * (periods.step_of(expression) or 0) + expression.first("weekday") - published.isoweekday()))


def nth_of_month(expression: Expression, published: date | None, direction: Direction | None) -> Value:
    """ "the first Sunday of March"."""
    month = periods.month(expression, published, direction)
    number = -1 if "last" in expression.fields else expression.first("ordinal")
    if month.value is None or number > 5:
        return UNKNOWN
    year_number, in_month = map(int, month.value.split("-"))
    return of_day(nth_weekday(year_number, in_month, expression.first("weekday"), number))


def festival(expression: Expression, published: date | None, direction: Direction | None) -> Value:
    """A holiday of the year that is named, else the nearest; "last" and "next" leave out one that is on the day of publication."""
    rule, year = expression.first("rule"), expression.first("year")
    if year is not None:
        days = days_of(rule, year)
    elif published is not None:
        days = [one for offset in YEARS_AROUND for one in days_of(rule, published.year + offset)]
        days = [chosen] if (chosen := holiday(days, expression, published, direction)) else []
    else:
        return UNKNOWN
    if not days or (year is not None and len(days) > 1):
        return UNKNOWN
    first, last = days[0]
    if "eve" in expression.fields:
        return of_day(moved(first, -1))
    if "weekend" in expression.fields:
        return (
            of_weekend(moved(first, -((first.weekday() + 1) % 7) + 1))
            if first.isoweekday() in (7, 1)
            else periods.stepped("weekend", 0, first)
        )
    if expression.first("unit") == "week":
        return of_week(first)
    return of_day(first) if first == last else of_days(first, last)


def holiday(days: list[Days], expression: Expression, published: date, direction: Direction | None) -> Days | None:
    if "last" in expression.fields:
        return max((one for one in days if one.last < published), default=None)
    if "next" in expression.fields:
        return min((one for one in days if one.first > published), default=None)
    week = expression.first("unit") == "week"
    present = next(
        (d for d in days if d.first <= published <= d.last or (week and d.first.isocalendar()[:2] == published.isocalendar()[:2])), None
    )
    chosen = nearest([one.first for one in days], published, direction, just_past=0)
    return present or next((one for one in days if one.first == chosen), None)


def weekday(expression: Expression, published: date | None, direction: Direction | None) -> Value:
    if published is None:
        return UNKNOWN
    ahead = ((expression.first("weekday") or expression.first("weekday_short")) - published.isoweekday()) % 7
    return of_day(moved(published, ahead if direction in AHEAD or not ahead else ahead - 7))


def relative_weekday(expression: Expression, published: date | None, direction: Direction | None) -> Value:
    if published is None:
        return UNKNOWN
    ahead = (expression.first("weekday") - published.isoweekday()) % 7
    some = expression.first("some")
    if "last" in expression.fields or some == -1 or ("this" in expression.fields and some is None and direction == "past" and ahead):
        return of_day(moved(published, ahead - 7))
    return of_day(moved(published, ahead or (7 if "next" in expression.fields or some == 1 else 0)))


def dayword(expression: Expression, published: date | None, direction: Direction | None) -> Value:
    return of_day(moved(published, expression.first("dayword") or 0)) if published else UNKNOWN


def dayword_shift(expression: Expression, published: date | None, direction: Direction | None) -> Value:
    """ "the day before yesterday"."""
    step = expression.first("dayword") + expression.first("shift")
    return of_day(moved(published, step)) if published and expression.first("unit") == "day" else UNKNOWN


def overnight(expression: Expression, published: date | None, direction: Direction | None) -> Value:
    """A night lies in two days; of which of them something is told that happened in it, the text leaves open."""
    if published is None or direction in AHEAD:
        return UNKNOWN
    night = moved(published, -1)
    return replace(of_days(night, published), fine=f"{night}TNI") if night else UNKNOWN


def the_night(expression: Expression, published: date | None, direction: Direction | None) -> Value:
    """ "during the night"."""
    return overnight(expression, published, direction) if expression.first("part") == "NI" else UNKNOWN


def night_to(expression: Expression, published: date | None, direction: Direction | None) -> Value:
    """ "the night to Monday", "overnight into Tuesday"."""
    morning = day_from(weekday(expression, published, direction).value)
    return overnight(expression, morning, None) if "overnight" in expression.fields or expression.first("part") == "NI" else UNKNOWN


def this_part(expression: Expression, published: date | None, direction: Direction | None) -> Value:
    step = periods.step_of(expression)
    return of_day(moved(published, step)) if published and step is not None else UNKNOWN


def ago(expression: Expression, published: date | None, direction: Direction | None) -> Value:
    if "half" in expression.fields:
        unit, count = HALVES.get(expression.first("unit"), ("", 0))
        return periods.stepped(unit, -count, published)
    return periods.stepped(expression.first("unit") or expression.first("units"), -periods.count_of(expression), published)


def from_now(expression: Expression, published: date | None, direction: Direction | None) -> Value:
    return periods.stepped(expression.first("unit") or expression.first("units"), periods.count_of(expression), published)


def from_day(expression: Expression, published: date | None, direction: Direction | None) -> Value:
    """ "a week from Friday"."""
    if "weekday" in expression.fields:
        start = day_from(weekday(expression, published, "future").value)
    else:
        start = moved(published, expression.first("dayword")) if published else None
    unit, count = expression.first("unit") or expression.first("units"), periods.count_of(expression)
    if start is None or unit not in DAYS:
        return UNKNOWN
    return of_day(moved(start, DAYS[unit] * count))


def hours(expression: Expression, published: date | None, direction: Direction | None) -> Value:
    """ "48 hours ago": whole days only."""
    days, rest = divmod(periods.count_of(expression), HOURS)
    step = days * (-1 if "ago" in expression.fields else 1)
    return of_day(moved(published, step)) if published and not rest and "shift" not in expression.fields else UNKNOWN


def ahead(expression: Expression, published: date | None, direction: Direction | None) -> Value:
    """ "in two weeks", where the clause looks ahead; else it is how long something took."""
    return from_now(expression, published, direction) if direction in AHEAD else UNKNOWN


def ago_day(expression: Expression, published: date | None, direction: Direction | None) -> Value:
    """ "two years ago today", "a week ago Monday", "a year ago this month"."""
    if published is None or expression.first("dayword"):
        return UNKNOWN
    day = day_from(weekday(expression, published, "past").value) if "weekday" in expression.fields else published
    unit, count = expression.first("units") or expression.fields["unit"][0], periods.count_of(expression)
    if day is not None and unit == "week":
        day = moved(day, -7 * count)
    elif day is not None and unit in ("month", "year"):
        months = month_number(day.year, day.month) - count * (12 if unit == "year" else 1)
        day = safe_day(months // 12, months % 12 + 1, day.day)
    else:
        return UNKNOWN
    return periods.stepped(expression.fields["unit"][-1], 0, day) if "this" in expression.fields else of_day(day)


RESOLVERS: dict[str, Resolver] = {
    "iso": iso,
    "slashed": slashed,
    "week_of": week_of,
    "nth_weekday": nth_of_month,
    "piece": periods.piece,
    "months_of": periods.months_of,
    "days": several_days,
    "day": one_day,
    "day_of_month": day_of_month,
    "the_day": the_day,
    "night_to": night_to,
    "the_night": the_night,
    "relative_month": periods.relative_month,
    "month_of_year": periods.month_of_year,
    "month": periods.month,
    "quarter": periods.quarter,
    "bare_quarter": periods.bare_quarter,
    "bare_half": periods.bare_half,
    "month_quarter": periods.month_quarter,
    "months_to": periods.months_to,
    "century_piece": periods.century_piece,
    "half": periods.half,
    "season_year": periods.season_year,
    "season_of": periods.season_of,
    "relative_season": periods.relative_season,
    "season": periods.relative_season,
    "decade": periods.decade,
    "festival": festival,
    "day_of_week": day_of_week,
    "relative_weekday": relative_weekday,
    "weekday": weekday,
    "short_weekday": weekday,
    "hours": hours,
    "relative_some": periods.relative_some,
    "dayword": dayword,
    "dayword_shift": dayword_shift,
    "before_last": periods.before_last,
    "overnight": overnight,
    "later_in": periods.bounded,
    "ago": ago,
    "ago_day": ago_day,
    "from_now": from_now,
    "from_day": from_day,
    "ahead": ahead,
    "this_part": this_part,
    "relative": periods.relative,
    "bounded": periods.bounded,
    "weekend": periods.weekend,
    "fiscal": periods.fiscal,
    "fiscal_edge": periods.fiscal_edge,
    "year_range": periods.year_range,
    "year": periods.year,
}
