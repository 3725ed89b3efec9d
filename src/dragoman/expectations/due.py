"""In: a word that names something to come, the dates of the article and its day of publication. Out: by when it is to have come."""

from __future__ import annotations

import calendar
import datetime
import re
from bisect import bisect_left

from spacy.tokens import Token

from dragoman.days import first_day, last_day
from dragoman.drafts import DueDraft, Range, TimeMention
from dragoman.expectations.cues import Words
from dragoman.expectations.prospects import is_infinitive
from dragoman.language import Annotated
from dragoman.language.en import grammar

CLAUSES = frozenset({"advcl", "ccomp", "relcl", "parataxis", "acl"})
WEEKDAYS = frozenset({"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"})
YEAR = re.compile(r"\d{4}")
TERMS = frozenset({"deadline", "ultimatum"})
PAST = frozenset({"last", "past", "previous", "earlier"})
STALE_DAYS = 90
MAX_DAYS = 36_600


def last_day_of(due: DueDraft) -> datetime.date | None:
    value = due.until or due.value
    return last_day(value) if value else None


class Dues:
    """The days of one article on which something is due."""

    def __init__(self, annotated: Annotated, times: list[TimeMention], published: str | None, words: Words) -> None:
        self.annotated, self.times, self.words = annotated, times, words
        self.published = last_day(published[:10]) if published else None

    def of(self, head: Token, cue: Token | None, outside: Range | None, coming: bool = False) -> DueDraft | None:
        """The day by which ``head`` is to come: of the dates in its clause or, of a cue without a clause of its own, in that of the cue.

        ``outside`` is the condition, whose dates are its own. ``coming`` says that a bare weekday is the next one, since the verb is in the
        present: "meets him on Sunday", "plans a rally on Sunday".
        """
        sentence = self.annotated.sentence_of(head.i)
        first, last = (bisect_left(self.times, edge, key=lambda time: time.range.start) for edge in sentence)
        found = [t for t in self.times[first:last] if outside is None or not outside.start <= t.head < outside.end]
        above = head.head if head.pos_ == "ADJ" else cue.head if cue is not None and cue.lemma_ in TERMS else None
        for site in (head, cue, above):
            if site is None:
                continue
            given = site is cue and _is_giving(cue)
            if given and (due := self._within(sentence, head, cue, outside)) is not None:
                return due
            for time in found:
                if given and not self._is_by(time):
                    continue  # "gave them on Friday until Monday"
                if (
                    self._belongs(self.annotated[time.head], site, head)
                    and (due := self._due(time, coming, coming and site is head)) is not None
                ):
                    return due
        return self._within(sentence, head, cue, outside)

    def is_stale(self, cue: Token) -> bool:
        """Whether a promise was made so long ago that the story looks back on it: "had vowed in 2018 to dissolve the fund"."""
        if self.published is None:
            return False
        for time in self.times:
            date = self.annotated[time.head]
            above = date.head if date.head.dep_ == "prep" or date.dep_ == "npadvmod" else date
            is_own = date.head.i == cue.i or (above.i != date.i and above.head.i == cue.i and above.i > cue.i)
            last = last_day(time.until or time.value) if is_own and (time.until or time.value) else None  # type: ignore[arg-type]
            if last is not None and (self.published - last).days > STALE_DAYS:
                return True
        return False

    def _is_by(self, time: TimeMention) -> bool:
        """Whether a date is one until which: "until Friday", "until noon on Friday", "on Monday until Friday"."""
        strict = self.words.lists["strict_prepositions"]
        before = self._preposition(time)
        if before is not None and before.lower_ not in strict:
            hour = before.i - 1
            while hour > 0 and (self.annotated[hour].pos_ == "NUM" or self.annotated[hour].lower_ in self.words.lists["hours"]):
                hour -= 1
            before = self.annotated[hour]
        inside = self.annotated.doc[time.range.start : time.range.end] if time.until is not None else ()
        return (before is not None and before.lower_ in strict) or any(t.lower_ in strict for t in inside)

    def _belongs(self, date: Token, site: Token, head: Token) -> bool:
        """Whether a date stands in the clause of a word and, where that is the cue, not before it ("said on Monday it would")."""
        above = date
        while above.i != site.i:
            if above.head.i == above.i:
                return False
            if above.dep_ in CLAUSES and above.i != date.i and not is_infinitive(above):
                return False
            above = above.head
        return site.i == head.i or date.i > head.i or site.pos_ == "NOUN" or not grammar.is_verbal(head) or _is_giving(site)

    def _due(self, time: TimeMention, coming: bool, may_be_today: bool) -> DueDraft | None:
        """A date as a day to come; None where it is past, where it only begins, or not known. The day of publication is as a rule that of
        saying, but for what is told in the present ("meet on Monday")."""
        word = self._preposition(time)
        before = "" if word is None else word.lower_
        coming = coming or before in self.words.lists["ahead_prepositions"]
        if before in self.words.lists["open_prepositions"] and time.until is None:
            return None
        start = word.i if word is not None and before in self.words.lists["due_prepositions"] else time.range.start
        value, until, precision = self._coming(time) if coming else time.value, time.until, time.precision
        if before == "before" and value is not None and (day := last_day(value)) is not None:
            first = first_day(value)
            value, until, precision = ((first or day) - datetime.timedelta(days=1)).isoformat(), None, "day"
        due = DueDraft(Range(start, time.range.end), value, until, precision)
        final = last_day_of(due)
        if self.published is not None and (final is None or final < self.published):
            return None
        said_today = final == self.published and before not in self.words.lists["due_prepositions"]
        return None if said_today and not may_be_today and not self._is_today(time) else due

    def _is_today(self, time: TimeMention) -> bool:
        """Whether a date of the day of publication can lie ahead: "tonight"; "on Monday" is when it was said."""
        return any(t.lower_ in self.words.lists["today"] for t in self.annotated.doc[time.range.start : time.range.end])

    def _coming(self, time: TimeMention) -> str | None:
        """The value of a date; of a bare weekday before the day of publication that of the next week, of a bare month or day of a month
        that of the next year."""
        day = last_day(time.value) if time.value and time.precision in ("day", "month") and time.until is None else None
        words = [t.lower_ for t in self.annotated.doc[time.range.start : time.range.end]]
        if day is None or self.published is None or day >= self.published or any(w in PAST or YEAR.fullmatch(w) for w in words):
            return time.value
        if any(w in WEEKDAYS for w in words) and len(words) < 3:
            return (day + datetime.timedelta(days=7)).isoformat() if (self.published - day).days < 7 else time.value
        assert time.value is not None
        is_long_past = (self.published - day).days > 60
        return f"{int(time.value[:4]) + 1:04}{time.value[4:]}" if is_long_past else time.value

    def _preposition(self, time: TimeMention) -> Token | None:
        """The preposition right before a date, over an article and "the end of"."""
        for place in range(time.range.start - 1, max(-1, time.range.start - 5), -1):
            token = self.annotated[place]
            if token.pos_ == "ADP" and token.lower_ != "of":
                return token
            if token.pos_ not in ("DET", "ADP", "NOUN", "ADJ") or token.dep_ in ("nsubj", "dobj"):
                return None
        return None

    def _within(self, sentence: Range, head: Token, cue: Token | None, outside: Range | None) -> DueDraft | None:
        """ "within 30 days", "has 45 days to", "in two weeks": counted from the day of publication."""
        units, months, numbers = (self.words.numbers[name] for name in ("units", "months", "numbers"))
        for place in range(sentence.start + 1, sentence.end):
            token = self.annotated[place]
            unit = token.lemma_.lower()
            if (unit not in units and unit not in months) or (outside is not None and outside.start <= place < outside.end):
                continue
            start = place - 1
            count = _number(self.annotated[start], numbers)
            if count is None or start == 0:
                continue
            before = self.annotated[start - 1].lower_
            given = cue is not None and _is_giving(cue) and token.head.i == cue.i and token.dep_ in ("dobj", "npadvmod")
            if not (before in ("within", "in") or given) or not self._belongs(token, cue if given and cue is not None else head, head):
                continue
            day = self._after(count, unit)
            return DueDraft(Range(start if given else start - 1, place + 1), day, None, "day" if day else None)
        return None

    def _after(self, count: int, unit: str) -> str | None:
        if self.published is None:
            return None
        units, months = self.words.numbers["units"], self.words.numbers["months"]
        if unit == "hour" or unit in units:
            days = -(-count // 24) if unit == "hour" else count * units[unit]
            is_known = days < min(MAX_DAYS, (datetime.date.max - self.published).days)
            return (self.published + datetime.timedelta(days=days)).isoformat() if is_known else None
        month = self.published.month - 1 + count * months[unit]
        year, month = self.published.year + month // 12, month % 12 + 1
        if year > datetime.MAXYEAR:
            return None
        return datetime.date(year, month, min(self.published.day, calendar.monthrange(year, month)[1])).isoformat()


def _is_giving(cue: Token | None) -> bool:
    """Whether a cue may have a stretch of time as its object: "has three days", "gave them until Friday"."""
    return cue is not None and cue.lemma_ in ("have", "give")


def _number(token: Token, numbers: dict[str, int]) -> int | None:
    lower = token.lower_.replace(",", "")
    return int(lower) if lower.isascii() and lower.isdigit() and len(lower) < 6 else numbers.get(lower)
