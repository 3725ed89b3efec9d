"""In: the text of a later story and the sides that its records name. Out: its sentences as stems with their senses and sides."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from typing import TypeVar

from dragoman import codebook, knowledge
from dragoman.expectations.cues import load as load_words
from dragoman.expectations.promises import side_of
from dragoman.expectations.wording import SIGNS, Hit, Sense, load, stem_of, words_in
from dragoman.knowledge.base import current, held
from dragoman.knowledge.facts import Name, Organisation, Person
from dragoman.schema import Coding

Key = TypeVar("Key")
END = re.compile(r"\n+|(?<=[.!?])[\"'”’)]*\s+(?=[\"“‘(]?[A-Z\d])")
PREFIX = 5  # letters by which two words are taken for forms of one
MEDIA = "JRN"  # a paper or agency is where the story comes from


@dataclass(frozen=True)
class Clause:
    """A sentence, from character ``start`` to ``end`` of its story.

    ``sides`` has codes of states and names of bodies in small letters, each with the words at which it stands: none where only a pronoun
    or description names it. ``persons`` has the stems of the names of persons who are known, ``names`` those of other words with a
    capital letter, each with the last word at which it stands.
    """

    start: int
    end: int
    text: str
    stems: tuple[str, ...]
    hits: tuple[Hit, ...]
    sides: Mapping[str, Sequence[int]]
    names: Mapping[str, int]
    persons: Mapping[str, int]

    @cached_property
    def things(self) -> frozenset[str]:
        return frozenset(hit.sense.name for hit in self.hits if hit.sense.part in ("thing", "general"))

    @cached_property
    def bounds(self) -> frozenset[int]:
        """Where what stands before says nothing of what follows: signs, and words such as "but"."""
        signs = (n for n, stem in enumerate(self.stems) if stem in SIGNS)
        return frozenset([*signs, *(hit.start for hit in self.hits if hit.sense.part == "bounding")])

    def has(self, part: str, place: int) -> bool:
        """Whether a word of a list of telling.yaml stands at a place."""
        return any(hit.start == place and hit.sense.part == part for hit in self.hits)

    def words(self, hit: Hit) -> str:
        """The stems of a hit."""
        return " ".join(self.stems[hit.start : hit.end])


@dataclass(frozen=True)
class Story:
    """A later story. Sets of its sentences are whole numbers, the bit 1 << n for the sentence n: a story is held against many promises."""

    article_id: str
    published: str
    clauses: tuple[Clause, ...]

    @cached_property
    def names(self) -> Mapping[str, int]:
        """The names in all sentences, each with those in which it stands."""
        return _sentences(clause.names for clause in self.clauses)

    @cached_property
    def persons(self) -> frozenset[str]:
        """The names of persons who are known in all sentences."""
        return frozenset(name for clause in self.clauses for name in clause.persons)

    @cached_property
    def sides(self) -> Mapping[str, int]:
        """The sides in all sentences, each with those in which it stands."""
        return _sentences(clause.sides for clause in self.clauses)

    @cached_property
    def senses(self) -> Mapping[Sense, int]:
        """What words may stand for, each with the sentences in which one does."""
        return _sentences((hit.sense for hit in clause.hits) for clause in self.clauses)

    @cached_property
    def words(self) -> Mapping[Sense, frozenset[str]]:
        """What words may stand for, each with the words that do."""
        found: dict[Sense, set[str]] = {}
        for clause in self.clauses:
            for hit in clause.hits:
                found.setdefault(hit.sense, set()).add(clause.words(hit))
        return {sense: frozenset(words) for sense, words in found.items()}

    @cached_property
    def beginnings(self) -> Mapping[str, int]:
        """The first letters by which words are compared, each with the sentences in which a word begins so."""
        return _sentences((stem[:PREFIX] for stem in clause.stems) for clause in self.clauses)

    @cached_property
    def stems(self) -> Mapping[str, int]:
        return _sentences(clause.stems for clause in self.clauses)

    def naming(self, ways: frozenset[str]) -> int:
        """The sentences in which somebody is named: by a side that is known, or by all words of a name that is not."""
        if ways not in self._naming:
            self._naming[ways] = self._named(ways)
        return self._naming[ways]

    @cached_property
    def _naming(self) -> dict[frozenset[str], int]:
        return {}

    def _named(self, ways: frozenset[str]) -> int:
        found = 0
        for way in ways:
            found |= self.sides.get(way, 0)
        for name in names_in(ways):
            of_all = -1
            for stem in name:
                of_all &= self.stems.get(stem, 0)
            found |= of_all
        return found


@lru_cache(maxsize=10_000)
def names_in(ways: frozenset[str]) -> tuple[frozenset[str], ...]:
    """The stems of each way to name somebody that is a name and no code."""
    names = (frozenset(map(stem_of, words_in(way))) for way in ways if not way.isupper())
    return tuple(filter(None, names))


def _sentences(holding: Iterable[Iterable[Key]]) -> dict[Key, int]:
    """Of all that sentences hold, in which it is."""
    found: dict[Key, int] = {}
    for place, some in enumerate(holding):
        bit = 1 << place
        for one in some:
            found[one] = found.get(one, 0) | bit
    return found


def story_of(article_id: str, published: str, text: str, named: Iterable[tuple[int, str]] = ()) -> Story:
    """``named`` are sides that the story's records name, with the place in the text where they do: pronouns and descriptions too."""
    known = sorted(named)
    places = [place for place, _ in known]
    clauses = tuple(
        clause_of(sentence, start, published, known[bisect_left(places, start) : bisect_left(places, start + len(sentence))])
        for start, sentence in sentences_of(text)
    )
    return Story(article_id, published, clauses)


def story_in(coding: Coding, text: str) -> Story:
    """The story that a coding is of."""
    assert coding.article is not None
    dateline = coding.article.dateline
    parties = [e for event in coding.events for e in (*event.actor, *event.recipient)] + [s.speaker for s in coding.statements if s.speaker]
    named = [(e.start, side_of(e)) for e in parties if e.country or e.name]
    if dateline is not None and dateline.country:
        named.append((dateline.start, dateline.country))
    return story_of(coding.article.id, coding.article.published.value or "", text, named)


def sentences_of(text: str) -> Iterator[tuple[int, str]]:
    """Place and text of each sentence; a line ends one."""
    start = 0
    for found in END.finditer(text):
        end = found.start() + len(found.group().rstrip())
        if found.group()[0] != "\n" and _shortened().search(text, start, found.start()):
            continue
        if text[start:end].strip():
            yield start, text[start:end]
        start = found.end()
    if text[start:].strip():
        yield start, text[start:]


@cache
def _shortened() -> re.Pattern[str]:
    """An initial or a word of which the full stop is the end, and not that of a sentence: "J.", "Gen."."""
    return re.compile(rf"\b(?:[A-Z]|{'|'.join(sorted(load_words().lists['shortened']))})\.$")


def clause_of(text: str, start: int = 0, day: str | None = None, named: Iterable[tuple[int, str]] = ()) -> Clause:
    words, months = words_in(text), load_words().lists["verbal_months"]
    stems = tuple("" if word in months else stem_of(word) for word in words)
    sides, persons, taken = dict[str, list[int]](), dict[str, int](), set[int]()
    for first, last, side, is_person in sides_in(words, day):
        taken.update(range(first, last))
        if side is not None:
            sides.setdefault(side, []).append(first)
        if is_person:
            persons.update((stems[n], n) for n in range(first, last))
    for _, side in named:
        sides.setdefault(side, [])
    names = {stems[n]: n for n in range(1, len(words)) if stems[n] and n not in taken and _is_name(words[n], words[n - 1])}
    return Clause(start, start + len(text), text, stems, tuple(load().hits(stems)), sides, names, persons)


def _is_name(word: str, before: str) -> bool:
    """Whether a word has a capital letter for what it is, and not as the first of a sentence or as a day or title."""
    lower = word.lower()
    return (
        word[0].isupper()
        and len(word) > 2
        and before not in '."“'
        and lower not in _common()
        and lower not in knowledge.load().roles.longest
    )


def _common() -> frozenset[str]:
    return load_words().lists["common"]


def sides_in(words: Sequence[str], day: str | None) -> Iterator[tuple[int, int, str | None, bool]]:
    """First and last word and side of each name that is known, and whether it is a person's; None as the side where it may be several."""
    cased, place = knowledge.load().cased, 0
    while place < len(words):
        found = cased.at(words, place, len(words)) if words[place][0].isupper() or words[place] == "the" else None
        if found is None:
            place += 1
            continue
        end, meanings = found
        of = {side for meaning in meanings for side in _sides(meaning, day)}
        yield place, end, of.pop() if len(of) == 1 else None, any(isinstance(meaning, Person) for meaning in meanings)
        place = end


def _sides(meaning: Name | Organisation | Person, day: str | None) -> Iterator[str]:
    if isinstance(meaning, Person):
        holdings = held(meaning.holdings, day) if day else []
        yield from (h.country for h in holdings or meaning.holdings)
    elif isinstance(meaning, Name):
        if meaning.country and current([meaning], day):
            yield meaning.country
    elif meaning.sector == MEDIA:
        return
    elif meaning.country is None or meaning.country in codebook.load().international:
        yield meaning.name.lower()
    else:
        yield meaning.country
