"""When it happened: an article's date expressions with their values, and which of them is the date of an event."""

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
