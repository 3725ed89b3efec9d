"""In: a parsed article and its day of publication. Out: its date expressions with their values, and which of them is an event's date.

Conventions, after TimeML as in gold/dates_dev.jsonl where the records allow it:
- The span leaves out prepositions, articles and the clock: "on [Tuesday morning]", "late on [Tuesday]", "earlier [this month]". "early",
  "late" and "mid" belong to weeks, months and longer. An interval includes its "from" or "between": "[from March 3 to 5]".
- A weekday is the last one, the day of publication included, or the coming one where the clause looks ahead. A day or month without a
  year is the nearest that the tense permits; what lies ahead counts half as much again, as news looks back.
- A week is its Monday until its Sunday, a weekend Saturday until Sunday (precision day), a quarter or half its first until its last
  month, a decade its first until its last year. Until is null for a single day, month or year. "early 2023" is 2023.
- Seasons have no dates of their own: "next spring" is null, "the summer of 2022" 2022, "the winter of 2022" null: it lies in two years.
- "three weeks earlier", "the day before", "in recent weeks" are found without a value. "that December" and "the next day" take theirs
  from the date told before in the same paragraph, if that is precise enough.
- Durations, repeated times ("every Friday", "on Mondays"), hours and "now" are no dates. "05/03/2024" is a date without a value.
- What happens "until", "since", "before" or "after" a day does not happen on it, so that day is no event's date.
"""

from __future__ import annotations

from dragoman.drafts import TimeMention
from dragoman.language import Annotated
from dragoman.when.anaphora import points_back, value_from
from dragoman.when.attachment import attachment
from dragoman.when.calendar import UNKNOWN, day_from
from dragoman.when.direction import direction
from dragoman.when.expressions import expressions
from dragoman.when.intervals import intervals, value_of
from dragoman.when.link import date_of
from dragoman.when.words import load

__all__ = ["find", "of"]


def find(annotated: Annotated, published: str | None) -> list[TimeMention]:
    """All date expressions of an article in text order.

    ``published`` is YYYY-MM-DD (anything after is ignored); None, or what is no day, leaves all that is relative without a value.
    """
    words, day = load(), day_from(published)
    lowers = [token.lower_ for token in annotated.doc]
    found: list[TimeMention] = []
    told, told_in = UNKNOWN, -1
    for interval in intervals(list(expressions(annotated, lowers, words)), lowers, words):
        head, paragraph = interval.first.head, annotated.paragraph_of(interval.first.head).start
        if points_back(interval.first):
            value = value_from(interval.first, told if told_in == paragraph else UNKNOWN)
        else:
            value = value_of(interval, day, direction(attachment(annotated[head], words), words))
        if value.value is not None:
            told, told_in = value, paragraph
        found.append(TimeMention(interval.range, head, value.value, value.until, value.precision))
    return found


def of(annotated: Annotated, head: int, times: list[TimeMention]) -> TimeMention | None:
    """The date of the event whose trigger is token ``head``, or None where grammar links none to it."""
    return date_of(annotated, head, times, load())
