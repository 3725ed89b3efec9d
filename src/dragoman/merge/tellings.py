"""Where a text recalls an act of which there is no record. In: a text and its day of publication. Out: tellings, each a word and its day.

"... three weeks after Russia left the grain agreement on July 17": who did it to whom is for another report to say. A telling is only
compared with reports (``retelling``). It must say when, in its sentence, since most words of a text tell nothing that is in the news.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from importlib.resources import files

from dragoman.errors import DataError
from dragoman.merge.frequencies import sense, stem
from dragoman.merge.hints import SAYS_WHEN, Days, hinted, weekday_at
from dragoman.merge.naming import TOKEN, lands_in
from dragoman.merge.reports import LEAD, Facts, Told, facts_of, near
from dragoman.tables import Folder, rows

SENTENCE_END = re.compile(r"(?<=[.!?])[\"”’]?\s+(?=[\"“A-Z])|\n+")  # a wrong one costs a telling or two
DATELINE = re.compile(r"[A-Z]{3}[^.]{0,60}? [-–—]+ ")
UNREAL = re.compile(r"\b(?:will|would|could|may|might|must|should|if|not|never) (?:\w+ )?$", re.I)  # before the word
BEFORE = 25  # characters that are searched for it


@dataclass(frozen=True, slots=True)
class Recalled:
    """Where a telling stands: its word in the text, its sentence in the text, and the days on which the act may have been."""

    start: int
    end: int
    sentence: tuple[int, int]
    days: Days


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling(Told):
    """An act that a sentence recalls; who did it is not known. ``word`` tells it, without its ending."""

    word: str


def places_in(text: str, published: int | None) -> Iterator[Recalled]:
    """Words of a text that may recall an act, of sentences that say when."""
    if published is None:
        return
    for begin, end in sentences(text):
        sentence = text[begin:end]
        if not SAYS_WHEN.search(sentence):
            continue
        head = DATELINE.match(sentence)
        for match in TOKEN.finditer(sentence, head.end() if head else 0):
            start, stop = match.span()
            if not may_tell(match[0]) or UNREAL.search(sentence[max(0, start - BEFORE) : start]):
                continue
            if days := days_at(sentence, start, published):
                yield Recalled(begin + start, begin + stop, (begin, end), days)


def sentences(text: str) -> Iterator[tuple[int, int]]:
    begin = 0
    for match in SENTENCE_END.finditer(text):
        yield begin, match.start()
        begin = match.end()
    yield begin, len(text)


def days_at(sentence: str, at: int, published: int) -> Days | None:
    if hint := hinted(sentence, at, published):
        return hint
    day = weekday_at(sentence, at, published)
    return None if day is None else (day, day)


def telling_of(article: str, sentence: str, place: Recalled) -> Telling:
    """What a word of a sentence recalls."""
    start, end = (offset - place.sentence[0] for offset in (place.start, place.end))
    around, word = facts_in(sentence), sentence[start:end].casefold()
    first, last = place.days
    return Telling(
        article=article,
        first=first,
        last=last,
        dated=False,
        likely=first if first == last else None,
        word=stem(word),
        trigger=sense(word),
        near=near(sentence, start, end - start),
        in_body=place.start >= LEAD,
        content=around.content,
        names=around.names,
        places=around.places,
        mentioned=around.mentioned,
        numbers=around.numbers,
        tolls=around.tolls,
    )


@lru_cache(maxsize=1_000)
def facts_in(sentence: str) -> Facts:
    """What all tellings of a sentence have in common; a town that it names may be whose act it was."""
    head = DATELINE.match(sentence)
    body = sentence[head.end() :] if head else sentence
    facts = facts_of(body)
    return replace(facts, mentioned=facts.mentioned | lands_in(body))


@lru_cache(maxsize=20_000)
def may_tell(word: str) -> bool:
    """Whether a word as a text has it may tell an act; names do not."""
    return not word[:1].isupper() and stem(word.casefold()) in acts()


@cache
def acts() -> Mapping[str, Mapping[str, float]]:
    return read(files("dragoman.merge"))


def read(folder: Folder) -> Mapping[str, Mapping[str, float]]:
    """For each stem the types that it tells, with their shares. DataError names file and line of what is wrong."""
    found = {}
    for where, (word, counts) in rows(folder, "acts.tsv", ("stem", "types")):
        try:
            types = {kind: int(count) for kind, count in (entry.split(":") for entry in counts.split())}
        except ValueError as error:
            raise DataError(where, f"TYPE:count was expected, found {counts!r}") from error
        found[word] = {kind: count / sum(types.values()) for kind, count in types.items()}
    return found
