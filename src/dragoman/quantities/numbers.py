"""In: the words of a sentence. Out: the numbers in it, with their bounds: "at least 37", "two dozen", "30 to 40", "tens of thousands".

What counts no people and no money is left to whoever asks: a year, a share or an age is a number here too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from dragoman.drafts import Range
from dragoman.quantities.words import Words

FIGURE = re.compile(r"\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?")
SIGNS = frozenset("-–—")
TO = frozenset({"to", "or", "and", "-", "–", "—"})  # between the bounds of a range; "and" only after "between"
NUMBERED = frozenset({"no.", "number", "aged", "age", "article", "resolution", "group"})
ASKING = frozenset({"as", "how", "so", "too"})  # "as many as"
SHARES = frozenset({"%", "percent", "per", "percentage", "pct"})


@dataclass(frozen=True, slots=True)
class Number:
    """``range`` holds bounds and number, ``core`` the number alone. Both bounds are None for "many"."""

    range: Range
    core: Range
    low: float | None
    high: float | None


def numbers(lower: list[str], sentence: Range, words: Words) -> Iterator[Number]:
    """The numbers of a sentence from left to right."""
    at = sentence.start
    while at < sentence.end:
        found = number_at(lower, at, sentence.end, words)
        if found is None:
            at += 1
            continue
        ranged = with_second(lower, found, sentence, words)
        at = ranged.core.end
        if not is_share_or_age(lower, ranged.core, sentence.end):
            yield with_bounds(lower, ranged, sentence, words)


def number_at(lower: list[str], at: int, end: int, words: Words) -> Number | None:
    """The number that begins at a word."""
    if lower[at] in words.open and (at == 0 or lower[at - 1] not in ASKING):
        return Number(Range(at, at + 1), Range(at, at + 1), None, None)
    if lower[at] in words.several:
        return vague(lower, at, end, words)
    value, behind = value_at(lower, at, end, words)
    return None if value is None else Number(Range(at, behind), Range(at, behind), value, value)


def vague(lower: list[str], at: int, end: int, words: Words) -> Number:
    """ "Dozens", "several thousand", "tens of thousands"."""
    low, behind = float(words.several[lower[at]]), at + 1
    if behind < end and lower[behind] in words.multipliers:
        low, behind = low * words.multipliers[lower[behind]], behind + 1
    while behind + 1 < end and lower[behind] == "of" and lower[behind + 1] in words.several:
        following = lower[behind + 1]
        low = (10 if low == words.several["tens"] else 100) * words.several[following] if low in SCALES else words.several[following]
        behind += 2
    return Number(Range(at, behind), Range(at, behind), low, None)


SCALES = (20.0, 200.0)  # "tens of", "hundreds of"


def value_at(lower: list[str], at: int, end: int, words: Words) -> tuple[float | None, int]:
    """The value of figures or of a number in words, and the token behind it: "1,200", "2.5 million", "twenty-one", "half a dozen"."""
    start, value = at, None
    factor = 1.0
    if lower[at] == "half" and at + 2 < end and lower[at + 1] == "a" and lower[at + 2] in words.multipliers:
        return 0.5 * words.multipliers[lower[at + 2]], at + 3
    if lower[at] in ("a", "an") and at + 1 < end and lower[at + 1] in words.multipliers and len(lower[at + 1]) > 2:
        return float(words.multipliers[lower[at + 1]]), at + 2
    if FIGURE.fullmatch(lower[at]):
        value, at = float(lower[at].replace(",", "")), at + 1
    else:
        while at < end and lower[at] in words.numbers:
            value, at = (value or 0.0) + words.numbers[lower[at]], at + 1
            if at + 1 < end and lower[at] in SIGNS and lower[at + 1] in words.numbers:
                at += 1
    if value is None:
        return None, start
    while at < end and lower[at] in words.multipliers:
        factor, at = factor * words.multipliers[lower[at]], at + 1
    value *= factor
    if factor > 1 and at + 1 < end and lower[at] == "and":
        more, behind = value_at(lower, at + 1, end, words)
        if more is not None and more < factor and lower[at + 1] in words.numbers:
            return value + more, behind
    return value, at


def with_second(lower: list[str], first: Number, sentence: Range, words: Words) -> Number:
    """ "30 to 40", "between 30 and 40", "two or three" are one number."""
    at = first.core.end
    if first.low is None or first.high is None or at + 1 >= sentence.end or lower[at] not in TO:
        return first
    between = first.core.start > sentence.start and lower[first.core.start - 1] == "between"
    if (lower[at] == "and") != between:
        return first
    second, behind = value_at(lower, at + 1, sentence.end, words)
    if second is None:
        return first
    low = first.low
    if low < second / 100 and behind > at + 2:  # "two to three million"
        low *= next((words.multipliers[w] for w in lower[at + 1 : behind] if w in words.multipliers), 1)
    if low >= second:
        return first
    start = first.range.start - between
    return Number(Range(start, behind), Range(first.core.start, behind), low, second)


def is_share_or_age(lower: list[str], core: Range, end: int) -> bool:
    """ "37 percent", "37-year-old", "37.5%", "No. 37"."""
    behind = lower[core.end : min(core.end + 2, end)]
    before = lower[core.start - 1] if core.start else ""
    return (bool(behind) and (behind[0] in SHARES or (behind[0] in SIGNS and behind[-1:] == ["year"]))) or before in (
        "no.",
        "number",
        "aged",
    )


def with_bounds(lower: list[str], number: Number, sentence: Range, words: Words) -> Number:
    """The number with the words around it that say whether it is a lower bound, an upper one, or both."""
    start, end = number.range
    name, length = words.bound_before(lower[max(start - 4, sentence.start) : start])
    behind = words.bound_behind(lower[end : min(end + 2, sentence.end)])
    wider = replace(number, range=Range(start - length, end + behind))
    if number.low is None or (number.low != number.high and number.high is not None):
        return wider
    if behind or name == "low" or number.high is None:
        return replace(wider, high=None)
    return replace(wider, low=None) if name == "high" else wider
