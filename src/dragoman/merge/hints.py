"""When an event may have been whose date the coder left open. In: its sentence, its trigger, a day of publication. Out: first and last day.

For comparing reports only: "killed on October 6", "eight days after gunmen killed" and "a week ago" narrow down which event is recalled.
"""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from importlib.resources import files

from dragoman.errors import DataError
from dragoman.tables import Folder, rows

EPOCH = date(1970, 1, 1).toordinal()
REACH = 90  # characters between the trigger and a day that may be its own
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
NAMED = re.compile(
    rf"\b({'|'.join(MONTHS)})[a-z]*\.? (\d{{1,2}})\b(?:,? (\d{{4}}))?|\b(\d{{1,2}}) ({'|'.join(MONTHS)})[a-z]*\b(?:,? (\d{{4}}))?", re.I
)
YEAR = r"(?:19|20)\d\d"
MONTH_OR_YEAR = re.compile(rf"\b(?:({'|'.join(MONTHS)})[a-z]* )?({YEAR})\b", re.I)
PAST = re.compile(r"\b(\w+) (day|week|month|year)s? (?:after|since|ago|earlier|before)\b", re.I)
BACKGROUND = re.compile(r"\b(?:had|having|has|have|who|whom|which|that|where|when|since|after)\b[^,.;]{0,20}$", re.I)

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
WEEKDAY = re.compile(rf"\b({'|'.join(WEEKDAYS)})\b", re.I)
SAYS_WHEN = re.compile("|".join((NAMED.pattern, YEAR, PAST.pattern, WEEKDAY.pattern)), re.I)  # where it finds nothing, nothing below does
FIRST_WEEKDAY = WEEKDAYS.index("thursday")  # 1970-01-01

Days = tuple[int, int]


def hinted(sentence: str, trigger: int, published: int) -> Days | None:
    """Days since 1970-01-01 between which the act told at ``trigger`` was, if the sentence says; the day named behind it comes first."""
    return named(sentence, trigger, published) or whole(sentence, trigger) or counted(sentence, published)


def named(sentence: str, trigger: int, published: int) -> Days | None:
    """The day of a month named nearest behind the trigger, in the year that puts it last before publication."""
    found = [m for m in NAMED.finditer(sentence) if trigger < m.start() <= trigger + REACH]
    if not found:
        return None
    first, in_first, year_first, in_second, second, year_second = found[0].groups()
    month = MONTHS.index((first or second)[:3].casefold()) + 1
    day = day_in(month, int(in_first or in_second), published, year_first or year_second)
    return None if day is None else (day, day)


def whole(sentence: str, trigger: int) -> Days | None:
    """The month and year, or year, named behind the trigger."""
    match = MONTH_OR_YEAR.search(sentence, trigger, trigger + REACH)
    if match is None:
        return None
    month, year = match[1], int(match[2])
    first = MONTHS.index(month[:3].casefold()) + 1 if month else 1
    following = (year + 1, 1) if not month or first == 12 else (year, first + 1)
    return date(year, first, 1).toordinal() - EPOCH, date(*following, 1).toordinal() - EPOCH - 1


def day_in(month: int, day: int, published: int, year: str | None) -> int | None:
    latest = date.fromordinal(published + EPOCH)
    try:
        if year:
            return date(int(year), month, day).toordinal() - EPOCH
        same = date(latest.year, month, day)
        return (same if same <= latest else date(latest.year - 1, month, day)).toordinal() - EPOCH
    except ValueError:
        return None


def counted(sentence: str, published: int) -> Days | None:
    """ "eight days after", "a month ago": so long before publication, or before a day or two earlier of which the sentence tells."""
    match = PAST.search(sentence)
    if match is None or (count := amounts().get(match[1].casefold(), number(match[1]))) is None:
        return None
    days, slack = units()[match[2].casefold()]
    middle = published - round(count * days)
    return middle - slack - 1, middle + slack


def is_background(sentence: str, trigger: int) -> bool:
    """Whether what is told at ``trigger`` is older than the news: "had refused", "the dyke which farmers cut"."""
    return BACKGROUND.search(sentence, 0, trigger) is not None


def weekday(sentence: str, published: int | None) -> int | None:
    """The only day of the week that a sentence names, the last one before publication; None where it names none or several."""
    named = {match[1].casefold() for match in WEEKDAY.finditer(sentence)}
    if published is None or len(named) != 1:
        return None
    return last_weekday(named.pop(), published)


def weekday_at(sentence: str, at: int, published: int) -> int | None:
    """The day of the week named next behind a place of a sentence, else the last before it; the last such day before publication."""
    found = list(WEEKDAY.finditer(sentence))
    if not found:
        return None
    behind = [match for match in found if match.start() >= at]
    return last_weekday((behind[0] if behind else found[-1])[1].casefold(), published)


def last_weekday(name: str, published: int) -> int:
    return published - (published + FIRST_WEEKDAY - WEEKDAYS.index(name)) % 7


def number(word: str) -> float | None:
    return float(word) if word.isdecimal() and len(word) < 4 else None


@cache
def amounts() -> dict[str, float]:
    return read(files("dragoman.merge"))[0]


@cache
def units() -> dict[str, tuple[int, int]]:
    return read(files("dragoman.merge"))[1]


def read(folder: Folder) -> tuple[dict[str, float], dict[str, tuple[int, int]]]:
    """Number words with their values, and units with their days and the days by which a count of them may be off."""
    numbers: dict[str, float] = {}
    lengths: dict[str, tuple[int, int]] = {}
    for where, (word, value, slack) in rows(folder, "spans.tsv", ("word", "value", "slack")):
        try:
            if slack:
                lengths[word] = int(value), int(slack)
            else:
                numbers[word] = float(value)
        except ValueError as error:
            raise DataError(where, f"numbers were expected, found {value!r} and {slack!r}") from error
    return numbers, lengths
