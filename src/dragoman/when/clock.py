"""In: the dates of an article. Out: the same with clock times, as TimeML has them: "9 a.m. Tuesday", "at midnight". Records have none.

A time without a day beside it is of the day that its sentence tells, if that is one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from dragoman.drafts import Range, TimeMention
from dragoman.language import Annotated
from dragoman.when.words import Words

HOUR = re.compile(r"(\d{1,2})(?:[:.](\d\d))?")
NAMED = {"noon": "12:00", "midday": "12:00", "midnight": "24:00"}
MERIDIEMS = frozenset({"am", "pm"})
BEFORE_NAMED = frozenset({"at", "until", "by", "around", "about", "before", "after"})
BEFORE_DAY = frozenset({",", "on", "local", "time", "(", ")"})  # "9 a.m. local time on Tuesday"
BEFORE_CLOCK = frozenset({",", "at", "about", "around"})
HALF_DAY = 12


class Clock(NamedTuple):
    range: Range
    time: str


def with_clocks(annotated: Annotated, times: list[TimeMention], words: Words) -> list[TimeMention]:
    """The dates with the clock times beside them, and the clock times that stand alone."""
    lowers = [token.lower_ for token in annotated.doc]
    found = list(times)
    for clock in clocks(lowers, words):
        place = next((i for i, time in enumerate(found) if is_beside(clock, time, lowers, words)), None)
        if place is not None:
            day, (start, end) = found[place], clock.range
            where = Range(min(start, day.range.start), max(end, day.range.end))
            found[place] = replace(day, range=where, fine=f"{day.value}T{clock.time}")
        elif (value := day_of_sentence(annotated, clock, times)) is not None:
            found.append(TimeMention(clock.range, clock.range.start, fine=f"{value}T{clock.time}"))
    return sorted(found, key=lambda time: time.range)


def clocks(lowers: list[str], words: Words) -> Iterator[Clock]:
    for i, lower in enumerate(lowers):
        following = lowers[i + 1] if i + 1 < len(lowers) else ""
        if lower in NAMED and i and lowers[i - 1] in BEFORE_NAMED:
            yield Clock(Range(i, i + 1), NAMED[lower])
        elif (following in MERIDIEMS or words.class_of.get(following) == "meridiem") and (hour := HOUR.fullmatch(lower)):
            end = i + 2 + (i + 2 < len(lowers) and words.class_of.get(lowers[i + 2]) == "zone")
            if 1 <= int(hour[1]) <= HALF_DAY:
                number = int(hour[1]) % HALF_DAY + (HALF_DAY if following.startswith("p") else 0)
                yield Clock(Range(i, end), f"{number:02}:{hour[2] or '00'}")


def is_beside(clock: Clock, time: TimeMention, lowers: list[str], words: Words) -> bool:
    """Whether nothing but "on", "at" and the like stands between a clock time and a day."""
    if time.value is None or time.precision != "day" or time.until is not None:
        return False
    if clock.range.end <= time.range.start:
        between = lowers[clock.range.end : time.range.start]
        return len(between) < 4 and all(low in BEFORE_DAY or words.class_of.get(low) == "zone" for low in between)
    between = lowers[time.range.end : clock.range.start]
    return clock.range.start >= time.range.end and len(between) < 4 and all(low in BEFORE_CLOCK for low in between)


def day_of_sentence(annotated: Annotated, clock: Clock, times: list[TimeMention]) -> str | None:
    sentence = annotated.sentence_of(clock.range.start)
    days = {t.value for t in times if t.precision == "day" and t.until is None and sentence[0] <= t.range.start < sentence[1]}
    return days.pop() if len(days) == 1 else None
