"""In: "the day after the summit", "a week after Monday's attack", "the 10th anniversary of the 2011 revolution". Out: their value.

The day of what they name is told in the same phrase, or once elsewhere in the article; else it is not known.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from spacy.tokens import Token

from dragoman.days import first_day
from dragoman.drafts import TimeMention
from dragoman.language import Annotated
from dragoman.when.anaphora import moved_from, step_of, unit_of, value_from
from dragoman.when.attachment import attachment
from dragoman.when.calendar import UNKNOWN, Value, month_number, of_day, of_month, of_year, safe_day
from dragoman.when.direction import AHEAD, direction
from dragoman.when.expressions import Expression
from dragoman.when.link import date_of
from dragoman.when.periods import YEARS_AROUND, distance, stepped
from dragoman.when.words import Words

LONGEST_PHRASE = 6
POINTING = frozenset({"it", "that", "this", "then"})
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
    if expression.kind == "nth_run":
        return last
    if expression.kind == "anniversary":
        last = next((c for c in last.children if c.lower_ == "of" and c.i > last.i), last)
        if last.lower_ not in AROUND:
            return next((c for c in last.children if c.dep_ == "poss" and c.pos_ in ("NOUN", "PROPN")), last)
    elif expression.kind not in ("shifted", "anaphoric", "of_event", "nth_after", "nth_of"):
        return None
    following = annotated[expression.range.end] if expression.range.end < len(annotated.doc) else None
    if last.lower_ not in AROUND or following is None or following.is_punct:
        return None
    if following.lower_ in POINTING and (following.i + 1 == len(annotated.doc) or not is_nominal(following.nbor(1))):
        return following
    base = next((c for c in last.children if c.dep_ in ("pobj", "pcomp") and c.i > last.i), None)
    if base is None and last.dep_ == "mark" and last.head.i > last.i:
        return last.head
    return base or noun_behind(last)


def is_nominal(token: Token) -> bool:
    return token.pos_ in ("NOUN", "PROPN", "ADJ", "NUM")


def noun_behind(preposition: Token) -> Token | None:
    """The noun whose phrase begins right behind a preposition, where the parser gives it to something else."""
    start = preposition.i + 1
    phrase = preposition.doc[start : start + LONGEST_PHRASE]
    return next((t for t in phrase if t.pos_ in ("NOUN", "PROPN") and t.left_edge.i == start and t.i > start), None)


def base_beside(annotated: Annotated, one: Beside, times: list[TimeMention], words: Words) -> TimeMention | None:
    """The date of what an expression is counted from, by the day of the clause: "on Tuesday, a day after students stormed it"."""
    if one.expression.kind not in ("shifted", "anaphoric") or one.base.pos_ == "PRON" or one.base.lower_ in POINTING:
        return None
    day = day_of_clause(annotated, one, [t for i, t in enumerate(times) if i != one.place], words)
    value = moved_from(unit_of(one.expression), -step_of(one.expression), Value(day.isoformat(), None, "day")) if day else UNKNOWN
    if value.value is None:
        return None
    return TimeMention(one.expression.range, one.base.i, value.value, value.until, value.precision)


def value_beside(annotated: Annotated, one: Beside, times: list[TimeMention], published: date | None, words: Words) -> Value:
    expression, others = one.expression, [t for i, t in enumerate(times) if i != one.place]
    if expression.kind == "nth_run":
        where = attachment(annotated[expression.head], words, expression.range)
        ahead = direction(where, words) in AHEAD
        return UNKNOWN if ahead else run(expression, day_of_clause(annotated, one, others, words) or published)
    is_before = (
        one.base.pos_ == "PRON"
        or one.base.lower_ in POINTING
        or (expression.kind == "anniversary" and one.base.i == expression.range.end - 1)
    )
    found = told_before(annotated, one, times) if is_before else time_of(annotated, one.base, others, words)
    if found is None:
        return UNKNOWN
    value = Value(found.value, found.until, found.precision)
    if expression.kind == "anniversary":
        return anniversary(expression, value, is_year_told(annotated, found), published)
    if expression.kind == "of_event":
        return moved_from("day", -1 if "eve" in expression.fields else 0, value)
    return value_from(expression, value)


def told_before(annotated: Annotated, one: Beside, times: list[TimeMention]) -> TimeMention | None:
    """The date told last in the same paragraph, for what is counted from "it"."""
    start = annotated.paragraph_of(one.base.i).start
    return next((t for t in reversed(times[: one.place]) if t.value is not None and t.range.start >= start), None)


def day_of_clause(annotated: Annotated, one: Beside, times: list[TimeMention], words: Words) -> date | None:
    """The day that the clause tells in which something goes on "for the third day"."""
    own = attachment(annotated[one.expression.head], words, one.expression.range)
    for time in times:
        where = attachment(annotated[time.head], words, time.range)
        if own and where and where.site == own.site and time.precision == "day" and time.until is None and time.value:
            return first_day(time.value)
    return None


def run(expression: Expression, day: date | None) -> Value:
    """The days, weeks, months or years of a run that has come to its nth on a day."""
    number = next((int(expression.first(name)) for name in ("nth", "day", "ordinal", "number") if name in expression.fields), 0)
    unit = unit_of(expression)
    last = stepped(unit, 0, day)
    first = moved_from(unit, 1 - number, Value(day.isoformat(), None, "day")) if day and number > 1 else UNKNOWN
    if first.value is None or last.value is None:
        return UNKNOWN
    return Value(first.value, last.until or last.value, first.precision, fine="")


def time_of(annotated: Annotated, base: Token, times: list[TimeMention], words: Words) -> TimeMention | None:
    """The date that a word is, or that its phrase tells, or that the article tells of the same elsewhere, if only one."""
    for time in times:
        if time.value is not None:
            if time.range.start <= base.i < time.range.end:
                return time
            where = attachment(annotated[time.head], words, time.range)
            if where is None:
                continue
            clause = where.site.head == base and where.site.dep_ in ("relcl", "acl")
            if clause and where.site.lemma_ in words.lists["schedule"]:
                return time
            if (where.site == base or (clause and where.site.lemma_ in words.lists["light"])) and (
                where.before_noun or not set(where.prepositions) & words.lists["outside"]
            ):
                return time
    told = [date_of(annotated, token.i, times, words) for token in annotated.doc if is_same(token, base)]
    found = {one.value: one for one in told if one is not None and one.value is not None}
    return next(iter(found.values())) if len(found) == 1 else None


def is_same(token: Token, base: Token) -> bool:
    """Whether a word may name the same event: the same noun or verb ("attacked" and "the attack"), and no two names with it that differ."""
    if token.i == base.i or token.lemma_ != base.lemma_ or not {token.pos_, base.pos_} <= {"NOUN", "VERB"}:
        return False
    names = [{c.lower_ for c in one.children if c.dep_ in NAMING and c.text[:1].isupper()} for one in (token, base)]
    return not names[0] or not names[1] or bool(names[0] & names[1])


def is_year_told(annotated: Annotated, time: TimeMention) -> bool:
    return (time.value or "----")[:4] in annotated.span(time.range).text


def anniversary(expression: Expression, value: Value, is_year_told: bool, published: date | None) -> Value:
    """The day, or the year, so many years on; without a number, or without the year of the first, the one nearest to publication."""
    number = next((int(expression.first(name)) for name in ("nth", "day", "ordinal") if name in expression.fields), None)
    number = number or expression.first("anniversary") // (2 if "half" in expression.fields else 1) or None
    day = first_day(value.value) if value.value and value.until is None else None
    if day is None or value.precision not in ("day", "month", "year"):
        return UNKNOWN
    if number is not None and is_year_told:
        if value.precision == "day":
            return of_day(safe_day(day.year + number, day.month, day.day))
        return of_year(day.year + number) if value.precision == "year" else of_month(month_number(day.year + number, day.month))
    if published is None or value.precision != "day":
        return UNKNOWN
    days = [one for offset in YEARS_AROUND if (one := safe_day(published.year + offset, day.month, day.day))]
    return of_day(min(days, key=lambda one: distance((one - published).days), default=None))
