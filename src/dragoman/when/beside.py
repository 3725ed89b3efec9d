"""In: "the day after the summit", "a week after Monday's attack", "the 10th anniversary of the 2011 revolution". Out: their value.

The day of what they name is told in the same phrase, or once elsewhere in the article; else it is not known.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from spacy.tokens import Token

from dragoman.drafts import TimeMention
from dragoman.language import Annotated
from dragoman.when.anaphora import moved_from, step_of, unit_of
from dragoman.when.attachment import attachment
from dragoman.when.calendar import UNKNOWN, Value, first_day, of_day, of_year, safe_day
from dragoman.when.expressions import Expression
from dragoman.when.link import date_of
from dragoman.when.periods import YEARS_AROUND, distance
from dragoman.when.words import Words

AROUND = frozenset({"before", "after", "of"})
NAMING = frozenset({"compound", "amod", "poss", "nmod"})


@dataclass(frozen=True, slots=True)
class Beside:
    """An expression at its place among the dates of the article, and the noun or verb that it is counted from."""

    place: int
    expression: Expression
    base: Token


def base_of(annotated: Annotated, expression: Expression) -> Token | None:
    """The noun or verb that an expression is counted from: "summit" of "the day after the summit"."""
    last = annotated[expression.range.end - 1]
    if expression.kind == "anniversary":
        last = next((c for c in last.children if c.lower_ == "of" and c.i > last.i), last)
    elif expression.kind not in ("shifted", "anaphoric", "of_event"):
        return None
    if last.lower_ not in AROUND:
        return None
    if last.dep_ == "mark" and last.head.i > last.i:
        return last.head
    return next((c for c in last.children if c.dep_ in ("pobj", "pcomp") and c.i > last.i), None)


def value_beside(annotated: Annotated, one: Beside, times: list[TimeMention], published: date | None, words: Words) -> Value:
    found = time_of(annotated, one.base, [t for i, t in enumerate(times) if i != one.place], words)
    if found is None:
        return UNKNOWN
    value = Value(found.value, found.until, found.precision)
    expression = one.expression
    if expression.kind == "anniversary":
        return anniversary(expression, value, is_year_told(annotated, found), published)
    if expression.kind == "of_event":
        return moved_from("day", -1 if "eve" in expression.fields else 0, value)
    return moved_from(unit_of(expression), step_of(expression), value)


def time_of(annotated: Annotated, base: Token, times: list[TimeMention], words: Words) -> TimeMention | None:
    """The date that a word is, or that its phrase tells, or that the article tells of the same elsewhere, if only one."""
    for time in times:
        if time.value is not None:
            if time.range.start <= base.i < time.range.end:
                return time
            where = attachment(annotated[time.head], words, time.range)
            if where is not None and where.site == base and (where.before_noun or not set(where.prepositions) & words.lists["outside"]):
                return time
    told = [date_of(annotated, token.i, times, words) for token in annotated.doc if is_same(token, base)]
    found = {one.value: one for one in told if one is not None and one.value is not None}
    return next(iter(found.values())) if len(found) == 1 else None


def is_same(token: Token, base: Token) -> bool:
    """Whether a word may name the same event: the same noun or verb, and no two names with it that differ."""
    if token.i == base.i or token.lemma_ != base.lemma_ or token.pos_ != base.pos_ or token.pos_ not in ("NOUN", "VERB"):
        return False
    names = [{c.lower_ for c in one.children if c.dep_ in NAMING and c.text[:1].isupper()} for one in (token, base)]
    return not names[0] or not names[1] or bool(names[0] & names[1])


def is_year_told(annotated: Annotated, time: TimeMention) -> bool:
    return (time.value or "----")[:4] in annotated.span(time.range).text


def anniversary(expression: Expression, value: Value, is_year_told: bool, published: date | None) -> Value:
    """The day, or the year, so many years on; without a number, or without the year of the first, the one nearest to publication."""
    number = next((int(expression.first(name)) for name in ("nth", "day", "ordinal") if name in expression.fields), None)
    day = first_day(value.value) if value.value and value.until is None else None
    if day is None or value.precision not in ("day", "year"):
        return UNKNOWN
    if number is not None and is_year_told:
        return of_year(day.year + number) if value.precision == "year" else of_day(safe_day(day.year + number, day.month, day.day))
    if published is None or value.precision == "year":
        return UNKNOWN
    days = [one for offset in YEARS_AROUND if (one := safe_day(published.year + offset, day.month, day.day))]
    return of_day(min(days, key=lambda one: distance((one - published).days), default=None))
