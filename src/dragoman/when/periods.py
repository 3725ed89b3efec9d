"""In: an expression for weeks, months or longer, the day of publication and the direction of its clause. Out: its value."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from dragoman.when.calendar import (
    UNKNOWN,
    Value,
    known,
    month_number,
    moved,
    of_day,
    of_days,
    of_decade,
    of_month,
    of_months,
    of_quarter,
    of_week,
    of_weekend,
    of_year,
    safe_day,
)
from dragoman.when.direction import AHEAD, Direction
from dragoman.when.expressions import Expression
from dragoman.when.words import YEARS

YEARS_AROUND = (0, -1, 1)
AHEAD_WEIGHT = 1.5
SEASON = 3  # months
WHOLE = {"year": 12, "quarter": 3}  # "the year to March"


def distance(ahead: int) -> float:
    """How far a day or month is from that of publication; news looks back more often, so what lies ahead counts as farther."""
    return AHEAD_WEIGHT * ahead if ahead > 0 else -ahead


def stepped(unit: str, step: int, published: date | None) -> Value:
    """The unit of time that lies ``step`` units from that of a day."""
    if published is None:
        return UNKNOWN
    if unit == "day":
        return of_day(moved(published, step))
    if unit in ("week", "fortnight"):
        return of_week(moved(published, step * (7 if unit == "week" else 14)))
    if unit == "weekend":
        return of_weekend(moved(published, 7 * step - published.weekday()))
    if unit == "month":
        return of_month(month_number(published.year, published.month) + step)
    if unit == "quarter":
        quarters = 4 * published.year + (published.month - 1) // 3 + step
        return of_quarter(quarters // 4, quarters % 4 + 1)
    if unit == "year":
        return of_year(published.year + step)
    if unit != "decade" or not known(published.year + 10 * step):
        return UNKNOWN
    return replace(of_decade(published.year + 10 * step), fine=f"{published.year + 10 * step}" if step < 0 else None)


def step_of(expression: Expression) -> int | None:
    """-1 for last, 0 for this, 1 for next."""
    return next((expression.first(name) for name in ("last", "this", "next") if name in expression.fields), None)


def count_of(expression: Expression) -> int:
    """How many units: "two", "a", "30", "twenty-five"."""
    names = ("number", "one") if "dash" in expression.fields else ("one", "number", "day", "year")
    counts = [int(count) for name in names for count in expression.fields.get(name, ())]
    return sum(counts) if "dash" in expression.fields else counts[0]


def year_of(expression: Expression, published: date | None) -> int | None:
    """The year that is named, or last, this or next year; "the year" is this one."""
    if "year" in expression.fields:
        return int(expression.first("year"))
    step = step_of(expression)
    if step is None and "the" in expression.fields:
        step = 0
    return published.year + step if published is not None and step is not None else None


def month(expression: Expression, published: date | None, direction: Direction | None) -> Value:
    number, year = expression.first("month"), expression.first("year")
    if year is not None:
        return of_month(month_number(year, number))
    if published is None:
        return UNKNOWN
    now = month_number(published.year, published.month)
    months = [month_number(published.year + offset, number) for offset in YEARS_AROUND]
    side = [m for m in months if direction in (None, "later") or (m <= now if direction == "past" else m >= now)]
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


def month_of_year(expression: Expression, published: date | None, direction: Direction | None) -> Value:
    """ "October last year"."""
    in_year = year_of(expression, published) if expression.first("unit") == "year" else None
    return of_month(month_number(in_year, expression.first("month"))) if in_year is not None else UNKNOWN


def year(expression: Expression, published: date | None, direction: Direction | None) -> Value:
    return of_year(expression.first("year"))


def year_range(expression: Expression, published: date | None, direction: Direction | None) -> Value:
    first, last = years_of(expression)
    return Value(f"{first:04}", f"{last:04}", "year") if first < last else UNKNOWN


def years_of(expression: Expression) -> tuple[int, int]:
    """The first and the last year of "2012/13", "2012-13" or "2012-2013"; both alike for a single one."""
    if "years" in expression.fields:
        match = YEARS.fullmatch(expression.first("years"))
        return (int(match[1]), int(match[1][: 4 - len(match[2])] + match[2])) if match else (1, 0)
    first, last = expression.fields["year"][0], expression.fields["year"][-1]
    return first, first // 100 * 100 + expression.first("day") if "day" in expression.fields else last


def fiscal(expression: Expression, published: date | None, direction: Direction | None) -> Value:
    """A fiscal year as it is called: where it begins and ends, no text says. Last and next year's are as uncertain as this one's."""
    if "year" not in expression.fields and "years" not in expression.fields:
        return UNKNOWN
    first, last = years_of(expression)
    return of_year(first) if first == last else year_range(expression, published, direction)


def fiscal_edge(expression: Expression, published: date | None, direction: Direction | None) -> Value:
    """The twelve months of "the fiscal year ending on March 31, 2024"."""
    edge = month(expression, published, direction)
    if edge.value is None or expression.first("unit") != "year":
        return UNKNOWN
    months = month_number(*map(int, edge.value.split("-")))
    ends = "to" in expression.fields or expression.first("turn" if "turn" in expression.fields else "bound") > 0
    return replace(
        of_months(months - 11, months, "month") if ends else of_months(months, months + 11, "month"),
        fine=f"FY{(months if ends else months + 11) // 12}",
    )


def decade(expression: Expression, published: date | None, direction: Direction | None) -> Value:
    """A decade by its figures, or by name the one that has passed last: "the fifties"."""
    if "decade_name" not in expression.fields:
        return of_decade(expression.first("decade"))
    if published is None:
        return UNKNOWN
    first = published.year // 100 * 100 + int(expression.first("decade_name"))
    return UNKNOWN if 0 <= published.year - first < 10 else of_decade(first if first < published.year else first - 100)


def quarter(expression: Expression, published: date | None, direction: Direction | None) -> Value:
    number, in_year = quarter_of(expression), year_of(expression, published)
    return of_quarter(in_year, number) if in_year is not None and number <= 4 else UNKNOWN


def quarter_of(expression: Expression) -> int:
    """Which of four; "the last quarter of 2019" is the fourth."""
    return int(expression.first("ordinal") or expression.first("quarterly") or expression.first("final") or 4)


def bare_quarter(expression: Expression, published: date | None, direction: Direction | None) -> Value:
    """A quarter without a year is the nearest that the clause permits, the present one included."""
    number = quarter_of(expression)
    in_year = nearest_year(number, 4, published, direction)
    return of_quarter(in_year, number) if in_year is not None else UNKNOWN


def bare_half(expression: Expression, published: date | None, direction: Direction | None) -> Value:
    number = int(expression.first("ordinal"))
    in_year = nearest_year(number, 2, published, direction)
    return half_of(in_year, number) if in_year is not None else UNKNOWN


def nearest_year(number: int, pieces: int, published: date | None, direction: Direction | None) -> int | None:
    """The year of the nth of so many pieces of a year that is nearest on the side that the clause permits."""
    if published is None or number > pieces:
        return None
    now = pieces * published.year + (published.month - 1) * pieces // 12
    starts = [pieces * (published.year + offset) + number - 1 for offset in YEARS_AROUND]
    side = [s for s in starts if direction in (None, "later") or (s <= now if direction == "past" else s >= now)]
    return min(side, key=lambda s: distance(s - now)) // pieces


def century_piece(expression: Expression, published: date | None, direction: Direction | None) -> Value:
    """ "the first decade of this century"."""
    number = expression.first("ordinal") or 10
    if expression.fields["unit"] != ["decade", "century"] or number > 10 or (published is None and "day" not in expression.fields):
        return UNKNOWN
    if "day" in expression.fields:
        century = int(expression.first("day")) - 1
    else:
        century = (published.year if published else 0) // 100 - (
            len(expression.fields.get("last", ())) > ("ordinal" not in expression.fields)
        )
    return of_decade(100 * century + 10 * (number - 1))


def month_quarter(expression: Expression, published: date | None, direction: Direction | None) -> Value:
    """ "the July-September quarter"."""
    first, last = expression.fields["month"][0], expression.fields["month"][-1]
    if last % 3 or last - first not in (0, 2):
        return UNKNOWN
    in_year = nearest_year(last // 3, 4, published, direction)
    return of_quarter(in_year, last // 3) if in_year is not None else UNKNOWN


def months_to(expression: Expression, published: date | None, direction: Direction | None) -> Value:
    """ "the three months to September"; a duration in TimeML."""
    count = WHOLE.get(expression.first("unit")) or expression.first("number") or expression.first("day")
    end = month(expression, published, direction)
    is_known = expression.first("unit") in WHOLE or expression.first("units") == "month"
    if end.value is None or not is_known or expression.first("turn") == -1:
        return UNKNOWN
    last = month_number(*map(int, end.value.split("-")))
    if expression.first("unit") == "quarter" and last % 3 == 2:
        return of_quarter(last // 12, last % 12 // 3 + 1)
    return replace(of_months(last - count + 1, last, "month"), fine=f"P{count}M")


def half(expression: Expression, published: date | None, direction: Direction | None) -> Value:
    number, in_year = expression.first("ordinal") or expression.first("halfyear"), year_of(expression, published)
    if in_year is None or number > 2 or expression.first("unit") not in (None, "year"):
        return UNKNOWN
    return half_of(in_year, number)


def half_of(in_year: int, number: int) -> Value:
    first = month_number(in_year, 6 * number - 5)
    return replace(of_months(first, first + 5, "month"), fine=f"{in_year:04}-H{number}")


def months_of(expression: Expression, published: date | None, direction: Direction | None) -> Value:
    """ "the first nine months of 2024"; a duration in TimeML."""
    count, in_year = expression.first("number") or expression.first("day"), year_of(expression, published)
    is_first, is_last = (
        expression.first("ordinal") == 1,
        "final" in expression.fields or len(expression.fields.get("last", ())) > ("year" not in expression.fields),
    )
    if in_year is None or expression.first("units") != "month" or not 1 < count <= 12 or not (is_first or is_last):
        return UNKNOWN
    start = month_number(in_year, 1) + (0 if is_first else 12 - count)
    return replace(of_months(start, start + count - 1, "month"), fine=f"P{count}M")


def piece(expression: Expression, published: date | None, direction: Direction | None) -> Value:
    """ "the last week of March", "the first day of 2023"."""
    frame = frame_of(expression, published, direction)
    unit, number = expression.fields["unit"][0] if "unit" in expression.fields else "weekend", expression.first("ordinal") or -1
    if frame is None:
        return UNKNOWN
    first, last = frame
    if unit == "day":
        day = moved(first, number - 1) if number > 0 else last
        return of_day(day) if day and day <= last else UNKNOWN
    if unit == "week":
        return week_in(first, last, number)
    if unit == "month" and (last - first).days > 31:
        months = month_number(first.year, first.month) + (number - 1 if number > 0 else 11)
        return of_month(months)
    return UNKNOWN


def week_in(first: date, last: date, number: int) -> Value:
    """The nth seven days of a month or year, the last for -1: which of its weeks of the calendar are meant, the text leaves open."""
    start = moved(first, 7 * (number - 1)) if number > 0 else moved(last, -6)
    end = moved(start, 6) if start else None
    if start is None or end is None or start > last:
        return UNKNOWN
    return replace(of_days(start, min(end, last)), precision="week", fine="")


def frame_of(expression: Expression, published: date | None, direction: Direction | None) -> tuple[date, date] | None:
    """The first and the last day of the month or year of which something is a piece."""
    if "month" in expression.fields:
        value = month(expression, published, direction)
        whole = tuple(map(int, value.value.split("-"))) if value.value else None
    else:
        units = expression.fields.get("unit", [])
        if "year" not in expression.fields and units[-1:] == ["month"] and published:
            months = month_number(published.year, published.month) + last_step(expression)
            whole = (months // 12, months % 12 + 1)
        elif "year" in expression.fields or units[-1:] == ["year"]:
            in_year = expression.first("year") or (published.year + last_step(expression) if published else None)
            whole = (in_year,) if in_year else None
        else:
            whole = None
    if whole is None:
        return None
    first = safe_day(whole[0], whole[1] if len(whole) > 1 else 1, 1)
    following = safe_day(whole[0] + (len(whole) == 1 or whole[1] == 12), whole[1] % 12 + 1 if len(whole) > 1 else 1, 1)
    last = moved(following, -1) if following else None
    return (first, last) if first and last else None


def last_step(expression: Expression) -> int:
    """The step of the frame: of "the last day of this month" that of "this"."""
    steps = [expression.first(name) for name in ("this", "next") if name in expression.fields]
    framed = "last" in expression.fields and ("ordinal" in expression.fields or len(expression.fields["last"]) > 1)
    return int(steps[0]) if steps else -1 if framed else 0


def season_year(expression: Expression, published: date | None, direction: Direction | None) -> Value:
    """Seasons have no dates of their own, and winter lies in two years."""
    return in_season(expression.first("year"), expression)


def season_of(expression: Expression, published: date | None, direction: Direction | None) -> Value:
    in_year = year_of(expression, published) if expression.first("unit") == "year" else None
    return in_season(in_year, expression) if in_year is not None else UNKNOWN


def in_season(in_year: int, expression: Expression) -> Value:
    start, code = expression.first("season")
    value = of_year(in_year) if start < 12 else UNKNOWN
    return replace(value, fine=f"{in_year:04}-{code}")


def relative_season(expression: Expression, published: date | None, direction: Direction | None) -> Value:
    """The season is known to TimeML alone: "next spring" is another half of the year in the south."""
    if published is None:
        return UNKNOWN
    start, code = expression.first("season")
    now = month_number(published.year, published.month)
    starts = [month_number(published.year + offset, start) for offset in (-2, -1, 0, 1)]
    if "last" in expression.fields:
        chosen = max(s for s in starts if s + SEASON <= now)
    elif "next" in expression.fields or direction in AHEAD:
        chosen = min(s for s in starts if s > now or ("next" not in expression.fields and s + SEASON > now))
    elif "this" in expression.fields and start < 12:
        chosen = starts[2]
    else:
        chosen = max(s for s in starts if s <= now)
    return Value(fine=f"{chosen // 12:04}-{code}")


def relative(expression: Expression, published: date | None, direction: Direction | None) -> Value:
    unit, step = expression.first("unit") or expression.first("weekend"), step_of(expression) or 0
    return replace(stepped(unit, step, published), fine=None) if unit == "decade" else stepped(unit, step, published)


def relative_some(expression: Expression, published: date | None, direction: Direction | None) -> Value:
    """ "this past weekend", "this coming month"; "this past month" is the thirty days before today."""
    unit, step = expression.first("weekend") or expression.first("unit"), int(expression.first("some"))
    if unit == "weekend":
        return weekend(expression, published, "future" if step > 0 else "past") if step else UNKNOWN
    return stepped(unit, step, published) if step > 0 else UNKNOWN


def bounded(expression: Expression, published: date | None, direction: Direction | None) -> Value:
    unit = expression.first("unit")
    return stepped(unit, 0, published) if unit in ("month", "year", "decade", "week") else UNKNOWN


def before_last(expression: Expression, published: date | None, direction: Direction | None) -> Value:
    """ "the week before last", "the year after next"."""
    step = 2 * (step_of(expression) or 0)
    return stepped(expression.first("unit"), step, published) if step * expression.first("shift") > 0 else UNKNOWN


def weekend(expression: Expression, published: date | None, direction: Direction | None) -> Value:
    if published is None:
        return UNKNOWN
    back = (published.isoweekday() - 6) % 7
    saturday = moved(published, -back if direction not in AHEAD or back <= 1 else 7 - back)
    return of_weekend(moved(saturday, -5)) if saturday else UNKNOWN
