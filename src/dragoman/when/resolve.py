"""In: a date expression, the day of publication and the direction of its clause. Out: its value, until and precision."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from dragoman.when.calendar import (
    UNKNOWN,
    Value,
    month_number,
    moved,
    of_day,
    of_days,
    of_decade,
    of_month,
    of_months,
    of_quarter,
    of_week,
    of_year,
    safe_day,
)
from dragoman.when.direction import Direction
from dragoman.when.expressions import Expression
from dragoman.when.words import SLASHED, YEARS, load

YEARS_AROUND = (0, -1, 1)
JUST_PAST = 7
AHEAD_WEIGHT = 1.5
Resolver = Callable[[Expression, date | None, Direction | None], Value]


def resolved(expression: Expression, published: date | None, direction: Direction | None) -> Value:
    """The value of an expression; unknown where it needs a day of publication and there is none."""
    resolver = RESOLVERS.get(expression.kind)
    return resolver(expression, published, direction) if resolver else UNKNOWN


def nearest(candidates: list[date], published: date, direction: Direction | None) -> date | None:
    """The candidate nearest to the day of publication on the side that the direction permits, the earlier of two.

    A clause that looks ahead may do so from a day before publication: "was to return the boy by Friday".
    """
    slack = timedelta(days=JUST_PAST)
    side = [c for c in candidates if direction is None or (c <= published if direction == "past" else c + slack >= published)]
    return min(side or candidates, key=lambda c: distance((c - published).days), default=None)


def distance(ahead: int) -> float:
    """How far a day or month is from that of publication; news looks back more often, so what lies ahead counts as farther."""
    return AHEAD_WEIGHT * ahead if ahead > 0 else -ahead


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
    if match[2] == "." or first > 12 or first == second:
        return of_day(safe_day(year, second, first))
    return of_day(safe_day(year, first, second)) if second > 12 else UNKNOWN


def week_of(expression: Expression, published: date | None, direction: Direction | None) -> Value:
    return of_week(day_of(expression, 0, published, direction))


def month(expression: Expression, published: date | None, direction: Direction | None) -> Value:
    number, year = expression.first("month"), expression.first("year")
    if year is not None:
        return of_month(month_number(year, number))
    if published is None:
        return UNKNOWN
    now = month_number(published.year, published.month)
    months = [month_number(published.year + offset, number) for offset in YEARS_AROUND]
    side = [m for m in months if direction is None or (m <= now if direction == "past" else m >= now)]
    return of_month(min(side, key=lambda m: distance(m - now)))


def relative_month(expression: Expression, published: date | None, direction: Direction | None) -> Value:
    if published is None or "that" in expression.fields:
        return UNKNOWN
    number, now = expression.first("month"), month_number(published.year, published.month)
    months = [month_number(published.year + offset, number) for offset in (-1, 0, 1)]
    if "last" in expression.fields:
        return of_month(max(m for m in months if m < now))
    if "next" in expression.fields:
        return of_month(min(m for m in months if m > now))
    return of_month(month_number(published.year, number))


def year(expression: Expression, published: date | None, direction: Direction | None) -> Value:
    return of_year(expression.first("year"))


def year_range(expression: Expression, published: date | None, direction: Direction | None) -> Value:
    if "years" in expression.fields:
        match = YEARS.fullmatch(expression.first("years"))
        first, last = (int(match[1]), int(match[1][: 4 - len(match[2])] + match[2])) if match else (1, 0)
    else:
        first, last = expression.fields["year"]
    return Value(f"{first:04}", f"{last:04}", "year") if first < last else UNKNOWN


def decade(expression: Expression, published: date | None, direction: Direction | None) -> Value:
    return of_decade(expression.first("decade"))


def quarter(expression: Expression, published: date | None, direction: Direction | None) -> Value:
    number, in_year = expression.first("ordinal") or expression.first("quarterly"), year_of(expression, published)
    return of_quarter(in_year, number) if in_year is not None else UNKNOWN


def half(expression: Expression, published: date | None, direction: Direction | None) -> Value:
    number, in_year = expression.first("ordinal"), year_of(expression, published)
    if in_year is None or number > 2:
        return UNKNOWN
    first = month_number(in_year, 6 * number - 5)
    return of_months(first, first + 5, "month")


def year_of(expression: Expression, published: date | None) -> int | None:
    """The year that is named, or last, this or next year."""
    if "year" in expression.fields:
        return int(expression.first("year"))
    step = step_of(expression)
    return published.year + step if published is not None and step is not None else None


def step_of(expression: Expression) -> int | None:
    """-1 for last, 0 for this, 1 for next."""
    return next((expression.first(name) for name in ("last", "this", "next") if name in expression.fields), None)


def month_of_year(expression: Expression, published: date | None, direction: Direction | None) -> Value:
    """ "October last year"."""
    in_year = year_of(expression, published) if expression.first("unit") == "year" else None
    return of_month(month_number(in_year, expression.first("month"))) if in_year is not None else UNKNOWN


def day_of_week(expression: Expression, published: date | None, direction: Direction | None) -> Value:
    """ "Friday last week"."""
    if published is None or expression.first("unit") != "week":
        return UNKNOWN
    return of_day(moved(published, 7 * (step_of(expression) or 0) + expression.first("weekday") - published.isoweekday()))


def festival(expression: Expression, published: date | None, direction: Direction | None) -> Value:
    """A feast without a year; "last" and "next" leave out the day of publication."""
    if published is None:
        return UNKNOWN
    days = [day for offset in YEARS_AROUND if (day := festival_day(expression.first("festival"), published.year + offset))]
    if "eve" in expression.fields:
        days = [moved(day, -1) or day for day in days]
    if "last" in expression.fields:
        return of_day(max(day for day in days if day < published))
    if "next" in expression.fields:
        return of_day(min(day for day in days if day > published))
    return of_day(nearest(days, published, direction))


def festival_day(rule: str, in_year: int) -> date | None:
    """The day of "25 12" or "4th thursday 11" in a year."""
    *which, in_month = rule.split()
    if len(which) == 1:
        return safe_day(in_year, int(in_month), int(which[0]))
    first = safe_day(in_year, int(in_month), 1)
    weekday_number = load().worth[which[1]]
    return moved(first, (weekday_number - first.isoweekday()) % 7 + 7 * (int(which[0][:1]) - 1)) if first else None


def season_year(expression: Expression, published: date | None, direction: Direction | None) -> Value:
    return of_year(expression.first("year")) if expression.first("season") else UNKNOWN


def weekday(expression: Expression, published: date | None, direction: Direction | None) -> Value:
    if published is None:
        return UNKNOWN
    ahead = (expression.first("weekday") - published.isoweekday()) % 7
    return of_day(moved(published, ahead if direction == "future" or not ahead else ahead - 7))


def relative_weekday(expression: Expression, published: date | None, direction: Direction | None) -> Value:
    if published is None:
        return UNKNOWN
    ahead = (expression.first("weekday") - published.isoweekday()) % 7
    if "last" in expression.fields or ("this" in expression.fields and direction == "past" and ahead):
        return of_day(moved(published, ahead - 7))
    return of_day(moved(published, ahead or (7 if "next" in expression.fields else 0)))


def dayword(expression: Expression, published: date | None, direction: Direction | None) -> Value:
    return of_day(moved(published, expression.first("dayword"))) if published else UNKNOWN


def this_part(expression: Expression, published: date | None, direction: Direction | None) -> Value:
    step = step_of(expression)
    return of_day(moved(published, step)) if published and step is not None else UNKNOWN


def ago(expression: Expression, published: date | None, direction: Direction | None) -> Value:
    count = next(int(expression.first(name)) for name in ("one", "number", "day", "year") if name in expression.fields)
    return stepped(expression.first("unit") or expression.first("units"), -count, published)


def relative(expression: Expression, published: date | None, direction: Direction | None) -> Value:
    return stepped(expression.first("unit") or expression.first("weekend"), step_of(expression) or 0, published)


def bounded(expression: Expression, published: date | None, direction: Direction | None) -> Value:
    unit = expression.first("unit")
    return stepped(unit, 0, published) if unit in ("month", "year", "decade", "week") else UNKNOWN


def weekend(expression: Expression, published: date | None, direction: Direction | None) -> Value:
    if published is None:
        return UNKNOWN
    back = (published.isoweekday() - 6) % 7
    saturday = moved(published, -back if direction != "future" or back <= 1 else 7 - back)
    return of_days(saturday, moved(saturday, 1) if saturday else None)


def stepped(unit: str, step: int, published: date | None) -> Value:
    """The unit of time that lies ``step`` units from that of the day of publication."""
    if published is None:
        return UNKNOWN
    if unit == "day":
        return of_day(moved(published, step))
    if unit in ("week", "fortnight"):
        return of_week(moved(published, step * (7 if unit == "week" else 14)))
    if unit == "weekend":
        monday = moved(published, 7 * step - published.weekday())
        return of_days(moved(monday, 5), moved(monday, 6)) if monday else UNKNOWN
    if unit == "month":
        return of_month(month_number(published.year, published.month) + step)
    if unit == "quarter":
        quarters = 4 * published.year + (published.month - 1) // 3 + step
        return of_quarter(quarters // 4, quarters % 4 + 1)
    if unit == "year":
        return of_year(published.year + step)
    return of_decade(published.year + 10 * step) if unit == "decade" else UNKNOWN


RESOLVERS: dict[str, Resolver] = {
    "iso": iso,
    "slashed": slashed,
    "week_of": week_of,
    "days": several_days,
    "day": one_day,
    "relative_month": relative_month,
    "month_of_year": month_of_year,
    "month": month,
    "quarter": quarter,
    "half": half,
    "season_year": season_year,
    "decade": decade,
    "festival": festival,
    "day_of_week": day_of_week,
    "relative_weekday": relative_weekday,
    "weekday": weekday,
    "dayword": dayword,
    "ago": ago,
    "this_part": this_part,
    "relative": relative,
    "bounded": bounded,
    "weekend": weekend,
    "year_range": year_range,
    "year": year,
}
