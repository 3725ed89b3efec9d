"""In: a parsed article and its day of publication. Out: its date expressions with their values, and which of them is an event's date.

Conventions, after TimeML as in gold/dates_dev.jsonl where the records allow it:
- The span leaves out prepositions, articles and the clock: "on [Tuesday morning]", "late on [Tuesday]", "earlier [this month]". "early",
  "late" and "mid" belong to weeks, months and longer. An interval includes its "from" or "between": "[from March 3 to 5]".
- A weekday is the last one, the day of publication included, or the coming one where the clause looks ahead; so does the present of most
  verbs: "parliament votes on Friday". A day or month without a year is the nearest that the tense permits; what lies ahead counts half
  as much again, as news looks back. So is a quarter or half without a year.
- A week is its Monday until its Sunday, a weekend Saturday until Sunday (precision day), a quarter or half its first until its last
  month, a decade its first until its last year. Until is null for a single day, month or year. "early 2023" is 2023. "overnight" is the
  day before publication until the day itself, "for the third day" the day before yesterday until that of the clause.
- Seasons have no dates of their own: "next spring" is null, "the summer of 2022" 2022, "the winter of 2022" null: it lies in two years.
  Fiscal years are called by years and begin when the text says; "the last fiscal year" is null.
- "three weeks earlier", "the next day", "that December" take their value from the date told before in this paragraph or the last, if that
  is precise enough; "the day after the summit" from that of the summit, if it is told once in the article; else they have none.
- Durations, repeated times ("every Friday", "on Mondays"), hours and "now" are no dates. "05/03/2024" is a date without a value, and so
  is a holiday that lies on different days in different countries.
- What happens "until", "since", "before" or "after" a day does not happen on it, so that day is no event's date.
"""

from __future__ import annotations

from bisect import bisect_right
from datetime import date

from dragoman.drafts import Range, Said, TimeMention
from dragoman.language import Annotated
from dragoman.when.anaphora import points_back, value_from
from dragoman.when.attachment import attachment
from dragoman.when.beside import Beside, base_beside, base_of, value_beside
from dragoman.when.calendar import UNKNOWN, Value, day_from
from dragoman.when.clock import with_clocks as clocks_added
from dragoman.when.direction import direction
from dragoman.when.expressions import expressions
from dragoman.when.intervals import ends_of, intervals, value_of
from dragoman.when.link import date_of
from dragoman.when.resolve import resolved
from dragoman.when.sayings import Dates, dates_of
from dragoman.when.words import load

__all__ = ["dates", "find", "of", "with_clocks"]
ONLY_WITH_VALUE = frozenset(
    {
        "ahead",
        "of_event",
        "anniversary",
        "bare_quarter",
        "piece",
        "season",
        "months_of",
        "nth_run",
        "nth_after",
        "night_to",
        "the_day",
        "fiscal_edge",
    }
)  # else mostly no dates


def find(annotated: Annotated, published: str | None) -> list[TimeMention]:
    """All date expressions of an article in text order.

    ``published`` is YYYY-MM-DD (anything after is ignored); None, or what is no day, leaves all that is relative without a value.
    """
    words, day = load(), day_from(published)
    lowers = [token.lower_ for token in annotated.doc]
    found: list[TimeMention] = []
    counted: list[Beside] = []
    told, told_in = UNKNOWN, -1
    for interval in intervals(list(expressions(annotated, lowers, words)), lowers, words):
        expression, paragraph = interval.first, paragraph_number(annotated, interval.first.head)
        where = attachment(annotated[expression.head], words, interval.range)
        ends: tuple[TimeMention, ...] = ()
        if (base := base_of(annotated, expression)) is not None:
            counted.append(Beside(len(found), expression, base))
            value = UNKNOWN
        elif points_back(expression):
            value = value_from(expression, told if paragraph - told_in <= 1 else UNKNOWN)
        elif expression is interval.last:
            value = resolved(expression, day, direction(where, words))
        else:
            values = ends_of(interval, day, direction(where, words))
            ends = tuple(mention(one.range, one.head, end) for one, end in zip((expression, interval.last), values, strict=True))
            value = value_of(values)
        if value.value is not None:
            told, told_in = value, paragraph
        elif expression.kind in ONLY_WITH_VALUE and base is None and value.fine is None:
            continue
        found.append(mention(interval.range, expression.head, value, ends))
    return beside(annotated, found, counted, day) if counted else found


def mention(where: Range, head: int, value: Value, ends: tuple[TimeMention, ...] = ()) -> TimeMention:
    return TimeMention(where, head, value.value, value.until, value.precision, value.fine, ends)


def beside(annotated: Annotated, found: list[TimeMention], counted: list[Beside], day: date | None) -> list[TimeMention]:
    """The dates, with those that are counted from an event, where its own date is among them; else with its date, where theirs is."""
    words, result = load(), list[TimeMention | None](found)
    for one in counted:
        value = value_beside(annotated, one, found, day, words)
        if value.value is None and one.expression.kind in ONLY_WITH_VALUE:
            result[one.place] = None
            continue
        new = mention(one.expression.range, one.expression.head, value)
        new.base = base_beside(annotated, one, found, words) if value.value is None else None
        result[one.place] = new
    return [time for time in result if time is not None]


def paragraph_number(annotated: Annotated, token: int) -> int:
    return bisect_right(annotated.paragraphs, token, key=lambda paragraph: paragraph.start)


def of(annotated: Annotated, head: int, times: list[TimeMention]) -> TimeMention | None:
    """The date of the event whose trigger is token ``head``, or None where grammar links none to it."""
    return date_of(annotated, head, times, load())


def dates(annotated: Annotated, times: list[TimeMention], sayings: list[Said]) -> Dates:
    """The dates of events and sayings; those of quotations that go on are those of their start."""
    return dates_of(annotated, times, sayings, load())


def with_clocks(annotated: Annotated, times: list[TimeMention]) -> list[TimeMention]:
    """The dates with clock times as ``fine``, and clock times of which the sentence tells the day, for TimeML: records have none."""
    return clocks_added(annotated, times, load())
