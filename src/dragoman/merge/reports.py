"""What an event's report says, made ready to be compared. In: an event, its article's day and publication. Out: a ``Report``.

An event without a date lies in the days that its sentence hints at, or else in those before its article was published. This is for
comparing alone and is written nowhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache

from dragoman import knowledge
from dragoman.merge.frequencies import is_common, sense
from dragoman.merge.hints import EPOCH, hinted
from dragoman.merge.words import words
from dragoman.schema import Event, Span, When

TOKEN = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
NEAR = 10  # words before and after the trigger that tell most of what is done
NEWS_DAYS = 6  # before publication, in which an event without a date is taken to lie: news, or the week in review
COUNTRY_WORDS = frozenset({"name", "former", "adjective", "people", "capital", "metonym"})  # they say a side, which is compared by itself
TOWNS = frozenset({"city", "region"})
PLACES = TOWNS | {"capital", "metonym"}
LOCATING = frozenset({"in", "near", "at", "around", "outside", "over", "of", "from", "off"})
DAYS_OF = {4: 366, 7: 31}  # of a date that is as long as YYYY, YYYY-MM
UNREAL = frozenset({"future", "hypothetical"})


@dataclass(frozen=True, slots=True)
class Report:
    """One event as one article tells it; days count from 1970-01-01, ``first`` and ``last`` are None where nothing says when."""

    id: str
    article: str
    type: str
    quad: int
    unreal: bool
    actors: frozenset[str]
    recipients: frozenset[str]
    sectors: frozenset[str]
    first: int | None
    last: int | None
    dated: bool
    published: int | None
    trigger: str
    near: frozenset[str]
    all: frozenset[str]
    target: frozenset[str]
    names: frozenset[str]
    places: frozenset[str]
    numbers: frozenset[str]

    @property
    def sides(self) -> frozenset[str]:
        return self.actors | self.recipients


def report_of(event: Event, published: str | None) -> Report:
    """The report that an event is, in an article published on that day."""
    first, last, dated = days_of(event, published)
    near, everything = words_of(event)
    names, places = names_in(event.evidence)
    return Report(
        id=event.id,
        article=event.article_id,
        type=event.type,
        quad=event.quad,
        unreal=not UNREAL.isdisjoint(event.aux),
        actors=frozenset(e.country for e in event.actor if e.country),
        recipients=frozenset(e.country for e in event.recipient if e.country),
        sectors=frozenset(e.sector for e in event.actor if e.sector),
        first=first,
        last=last,
        dated=dated,
        published=ordinal(published),
        trigger=sense(event.trigger.text.casefold().split(" ")[0]),
        near=near,
        all=everything,
        target=frozenset(sense(word) for entity in event.recipient for word in words(entity.text) if not is_common(word)),
        names=names,
        places=places,
        numbers=frozenset(word for word in everything if word.isdecimal()),
    )


def days_of(event: Event, published: str | None) -> tuple[int | None, int | None, bool]:
    """First and last day on which the event may have been, and whether a date of the text says so to the day."""
    when, day = event.date, ordinal(published)
    if when is not None and when.value is not None:
        first, last = ordinal(when.value), last_of(when)
        if first is not None and last is not None and last >= first:
            return first, last, last == first
    if day is None:
        return None, None, False
    for span in event.evidence:
        if span.start <= event.trigger.start < span.end and (hint := hinted(span.text, event.trigger.start - span.start, day)):
            return *hint, hint[0] == hint[1]
    return (None, None, False) if "historical" in event.aux else (day - NEWS_DAYS, day, False)


@cache
def ordinal(value: str | None) -> int | None:
    """The first day of YYYY, YYYY-MM or YYYY-MM-DD as a count from 1970-01-01; None for what is no date."""
    if value is None:
        return None
    try:
        return date.fromisoformat(value + "0000-01-01"[len(value) :]).toordinal() - EPOCH
    except ValueError:
        return None


def last_of(when: When) -> int | None:
    value = when.until or when.value or ""
    first = ordinal(value)
    if first is None or len(value) not in DAYS_OF:
        return first
    following = date.fromordinal(first + EPOCH + DAYS_OF[len(value)])
    return following.replace(day=1, month=following.month if len(value) == 7 else 1).toordinal() - EPOCH - 1


def words_of(event: Event) -> tuple[frozenset[str], frozenset[str]]:
    """Stems of the words around the trigger, and of the sentences that the event rests on; small words count for nothing later."""
    near: set[str] = set()
    everything: set[str] = set()
    for span in event.evidence:
        everything.update(map(sense, words(span.text)))
        if span.start <= event.trigger.start < span.end:
            near.update(map(sense, words(around(span.text, event.trigger.start - span.start, len(event.trigger.text)))))
    return frozenset(near), frozenset(everything)


def around(text: str, start: int, length: int) -> str:
    """The words around those that begin at ``start``."""
    before, after = text[:start].split(), text[start + length :].split()
    return " ".join([*before[-NEAR:], text[start : start + length], *after[:NEAR]])


def names_in(spans: Iterable[Span]) -> tuple[frozenset[str], frozenset[str]]:
    """Names in small letters, and those among them that say where; without countries, peoples, days and months.

    A capital may stand for its country ("Paris said") and says where only behind a word such as "in".
    """
    names: set[str] = set()
    places: set[str] = set()
    for span in spans:
        for token, before in capitalised(span.text):
            kinds = kinds_of(token)
            located = before in LOCATING and not kinds - PLACES
            if located or (kinds and kinds <= TOWNS):
                places.add(token.casefold())
            if located or not kinds & COUNTRY_WORDS:
                names.add(token.casefold())
    return frozenset(names), frozenset(places)


def capitalised(text: str) -> Iterator[tuple[str, str]]:
    """Words with a capital and the word before each; common ones only if the tables know them, and two as one if these do (Hong Kong)."""
    tokens = [match[0].replace("’", "'").removesuffix("'s") for match in TOKEN.finditer(text)]
    place = 0
    while place < len(tokens):
        both = " ".join(tokens[place : place + 2])
        token = both if tokens[place][:1].isupper() and kinds_of(both) else tokens[place]
        if token[:1].isupper() and len(token) > 2 and (kinds_of(token) or not is_common(token.casefold())):
            yield token, tokens[place - 1] if place else ""
        place += 1 + token.count(" ")


@cache
def kinds_of(token: str) -> frozenset[str]:
    """What the tables have a name for: city, region, capital, name, people ..."""
    return frozenset(str(kind) for meaning in knowledge.load().cased.get(token) if (kind := getattr(meaning, "kind", None)))
