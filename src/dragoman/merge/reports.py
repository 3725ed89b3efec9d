"""What an event's report says, made ready to be compared. In: an event, its article's day and publication. Out: a ``Report``.

An event without a date lies in the days that its sentence hints at, or else in those before its article was published. This is for
comparing alone and is written nowhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache, lru_cache
from importlib.resources import files

from dragoman.errors import DataError
from dragoman.merge.frequencies import sense, stem, synonyms, weight
from dragoman.merge.hints import EPOCH, hinted, is_background, weekday
from dragoman.merge.naming import TOKEN, countries_in, names_in, people_in
from dragoman.merge.tolls import numbers, tolls
from dragoman.merge.words import words
from dragoman.schema import Auxiliary, Entity, Event, Model, Span, When
from dragoman.tables import Folder, rows

NEAR = 10  # words before and after the trigger that tell most of what is done
NEWS_DAYS = 6  # before publication, in which an event without a date is taken to lie: news, or the week in review
BACKGROUND_DAYS = 20  # the same of one that is told in passing, as an article tells the beginning of its story
DAYS_OF = {4: 366, 7: 31}  # of a date that is as long as YYYY, YYYY-MM
LEAD = 200  # characters that a first sentence has; 120 does as well, with 400 single sentences suffer from what is learned of articles
UNREAL = frozenset({"future", "hypothetical"})
TELLING = 3.5  # weight from which a word says something of what is done
ARTICLE = re.compile(r"(?:an?|one)\b", re.I)


class Timed(Model):
    """What of an event says when it was, under the names that ``Event`` has."""

    id: str
    article_id: str
    aux: list[Auxiliary]
    date: When | None
    trigger: Span
    evidence: list[Span]


@dataclass(frozen=True, slots=True)
class Side:
    """Who does or suffers: countries as coded, countries that its own words name, sectors and their classes, numbers, words, names."""

    countries: frozenset[str]
    named: frozenset[str]
    sectors: frozenset[str]
    classes: frozenset[str]
    counts: frozenset[int]
    heads: frozenset[str]
    people: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What a sentence names and counts, whichever of its words is looked at."""

    content: frozenset[str]
    names: frozenset[str]
    places: frozenset[str]
    mentioned: frozenset[str]
    numbers: frozenset[int]
    tolls: frozenset[tuple[str, int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Told(Facts):
    """What a sentence says around the words that tell an act; days count from 1970-01-01, None where nothing says when.

    ``likely`` is the day of the act or, where it has none, the only day of the week that its sentence names; ``in_body`` whether it
    stands behind the first sentence of a text, where other acts are told. Equal are those that say the same, in whatever article.
    """

    article: str = field(compare=False)
    first: int | None
    last: int | None
    dated: bool
    likely: int | None
    trigger: str
    near: frozenset[str]
    in_body: bool

    @property
    def countries(self) -> frozenset[str]:
        """Whose act it may be."""
        return self.mentioned

    @property
    def land(self) -> str | None:
        """The country in which it was, if that is known."""
        return None

    @property
    def people(self) -> frozenset[str]:
        """Names of those who do it or suffer it."""
        return frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Report(Told):
    """One event as one article tells it."""

    id: str = field(compare=False)
    type: str
    quad: int
    modes: frozenset[str]
    unreal: bool
    actor: Side
    recipient: Side
    where: str | None

    @property
    def sides(self) -> frozenset[str]:
        return self.actor.countries | self.recipient.countries

    @property
    def countries(self) -> frozenset[str]:
        return self.sides

    @property
    def land(self) -> str | None:
        return self.where

    @property
    def people(self) -> frozenset[str]:
        return self.actor.people | self.recipient.people


def report_of(event: Event, published: str | None) -> Report:
    """The report that an event is, in an article published on that day."""
    first, last, dated = days_of(event, published)
    sentence, trigger = sentence_of(event)
    said, all_said = facts_of(sentence), [facts_of(span.text) for span in event.evidence]
    resolved, _ = names_in(entity.name for entity in (*event.actor, *event.recipient) if entity.name)
    return Report(
        id=event.id,
        article=event.article_id,
        type=event.type,
        quad=event.quad,
        modes=frozenset(event.mode),
        unreal=not UNREAL.isdisjoint(event.aux),
        actor=side_of(event.actor),
        recipient=side_of(event.recipient),
        where=event.place.country if event.place else None,
        first=first,
        last=last,
        dated=dated,
        likely=first if dated else weekday(sentence, ordinal(published)),
        trigger=sense(event.trigger.text.casefold().split(" ")[0]),
        in_body=event.trigger.start >= LEAD,
        near=near(sentence, trigger, len(event.trigger.text)),
        content=said.content,
        names=resolved.union(*(facts.names for facts in all_said)),
        places=frozenset().union(*(facts.places for facts in all_said)),
        mentioned=frozenset().union(*(facts.mentioned for facts in all_said)),
        numbers=said.numbers,
        tolls=said.tolls,
    )


@lru_cache(maxsize=1_000)
def facts_of(sentence: str) -> Facts:
    """The same object for all who tell it in these words, as copies do."""
    names, places = names_in([sentence])
    return Facts(
        content=content_of(sentence),
        names=names,
        places=places,
        mentioned=countries_in(sentence),
        numbers=frozenset(value for _, _, value in numbers(sentence.casefold())),
        tolls=frozenset(tolls([sentence]).items()),
    )


@lru_cache(maxsize=1_000)
def near(sentence: str, start: int, length: int) -> frozenset[str]:
    """Senses of the words around those that begin at ``start``."""
    return frozenset(map(sense, words(around(sentence, start, length))))


def sentence_of(event: Event | Timed) -> tuple[str, int]:
    """The sentence that holds the trigger, and where the trigger begins in it."""
    for span in event.evidence:
        if span.start <= event.trigger.start < span.end:
            return span.text, event.trigger.start - span.start
    return event.trigger.text, 0


def side_of(entities: Sequence[Entity]) -> Side:
    texts = [text for entity in entities for text in called(entity)]
    sectors = frozenset(entity.sector for entity in entities if entity.sector in classes())
    return Side(
        countries=frozenset(entity.country for entity in entities if entity.country),
        named=frozenset(country for text in texts for country in countries_in(text)),
        sectors=sectors,
        classes=frozenset(classes()[sector] for sector in sectors),
        counts=frozenset(count for text in texts for count in counts_in(text)),
        heads=frozenset(word for text in texts for word in content_of(text)),
        people=frozenset(name for entity in entities for name in people_of(entity)),
    )


def called(entity: Entity) -> Iterable[str]:
    """The words of a mention and, as where it is a pronoun or a title they say little, the name of whom they mean."""
    return (entity.text, entity.name) if entity.name else (entity.text,)


def people_of(entity: Entity) -> Iterable[str]:
    """The last name of whom a mention means, as many have the first; where that is not known, all names of the mention."""
    return list(people_in(entity.name.split()[-1])) if entity.name else people_in(entity.text)


def counts_in(text: str) -> Iterable[int]:
    """Of how many a mention speaks: "six firms", "a student"."""
    return [*(value for _, _, value in numbers(text.casefold())), *([1] if ARTICLE.match(text) else [])]


def content_of(text: str) -> frozenset[str]:
    """Senses of the words that say something, without names, days and numbers."""
    return frozenset(word for token in TOKEN.findall(text) for word in senses_of(token))


@lru_cache(maxsize=20_000)
def senses_of(token: str) -> tuple[str, ...]:
    if token[:1].isupper() and stem(token.casefold()) not in synonyms():
        return ()
    return tuple(same for word in words(token) if not word.isdecimal() and weight(same := sense(word)) >= TELLING)


@cache
def classes() -> dict[str, str]:
    return read_classes(files("dragoman.merge"))


def read_classes(folder: Folder) -> dict[str, str]:
    """Sector to its class. DataError where a sector stands in two lines."""
    found: dict[str, str] = {}
    for where, (name, sectors) in rows(folder, "classes.tsv", ("class", "sectors")):
        for sector in sectors.split():
            if found.setdefault(sector, name) != name:
                raise DataError(where, f"{sector} stands in another line already")
    return found


def days_of(event: Event | Timed, published: str | None) -> tuple[int | None, int | None, bool]:
    """First and last day on which the event may have been, and whether a date of the text says so to the day."""
    when, day = event.date, ordinal(published)
    if when is not None and when.value is not None:
        first, last = ordinal(when.value), last_of(when)
        if first is not None and last is not None and last >= first:
            return first, last, last == first
    if day is None:
        return None, None, False
    sentence, trigger = sentence_of(event)
    if hint := hinted(sentence, trigger, day):
        return *hint, hint[0] == hint[1]
    if "historical" in event.aux:
        return None, None, False
    return day - (BACKGROUND_DAYS if is_background(sentence, trigger) else NEWS_DAYS), day, False


@lru_cache(maxsize=20_000)
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


def around(text: str, start: int, length: int) -> str:
    """The words around those that begin at ``start``."""
    before, after = text[:start].split(), text[start + length :].split()
    return " ".join([*before[-NEAR:], text[start : start + length], *after[:NEAR]])
