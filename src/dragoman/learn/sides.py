"""In: tokenised sentences with source, target and quad class. Out: how well the actors and recipients of our events find them.

The file has one JSON object a line: tokens, tags (BIO; S source, T target, R party of an event without direction), quad ("0": no event).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from typing import TypeVar

from dragoman.coder import Coder
from dragoman.learn.joining import joined
from dragoman.learn.lines import json_rows
from dragoman.learn.scores import Score
from dragoman.learn.types import older_label, quad_of
from dragoman.schema import Article, Coding, Entity, Event, Statement

SIDES = {"S": "source", "T": "target"}
TAG = re.compile(r"O|[BI]-[STR]")
MEETINGS = ("CONSULT",)
DIRECTED = "phone"  # one calls the other
QUADS = ("1", "2", "3", "4")
DETERMINERS = frozenset({"a", "an", "the", "this", "these", "those", "its", "his", "her", "their", "some", "several", "many"})

T = TypeVar("T")
Words = frozenset[int]
Sides = tuple[list[Entity], list[Entity]]


@dataclass(frozen=True, slots=True)
class Row:
    """A sentence; ``starts`` are the characters of its tokens in ``text``, ``gold`` the mentions of each side as token positions."""

    tokens: list[str]
    quad: str
    text: str
    starts: list[int]
    gold: dict[str, list[Words]]


@dataclass(slots=True)
class SideFigures:
    words: dict[str, Score]
    mentions: dict[str, Score]
    words_of_events: dict[str, Score]
    rows: int
    quad_zero_rows: int
    quad_zero_with_event: int
    quad_zero_beside_requests: int
    eventful_rows: int
    eventful_with_event: int
    whole: int

    def lines(self) -> Iterator[str]:
        yield f"rows {self.rows}"
        for side in SIDES.values():
            yield self.words[side].line(f"{side} words")
        for side in SIDES.values():
            yield self.mentions[side].line(f"{side} mentions")
        for side in SIDES.values():
            yield self.words_of_events[side].line(f"{side} words of all events and nothing else")
        yield f"rows with quad 0 that get an event: {_share(self.quad_zero_with_event, self.quad_zero_rows)}"
        yield f"rows with quad 0 that get an event other than REQUEST: {_share(self.quad_zero_beside_requests, self.quad_zero_rows)}"
        yield f"rows with quad 1-4 that get an event: {_share(self.eventful_with_event, self.eventful_rows)}"
        yield f"rows with quad 1-4 of which an event is wholly right (quad, source and target): {_share(self.whole, self.eventful_rows)}"


def _share(part: int, whole: int) -> str:
    return f"{part} of {whole}" + (f" ({part / whole:.3f})" if whole else "")


@dataclass(slots=True)
class Found:
    """What was found in one sentence: of each event its quad classes and the words of its source and target, and the mentions by side of
    what is told first and of all events together."""

    events: int
    records: list[tuple[frozenset[str], Words, Words]] = field(default_factory=list)
    types: frozenset[str] = frozenset()
    sides: dict[str, list[Words]] = field(default_factory=dict)
    sides_of_events: dict[str, list[Words]] = field(default_factory=dict)

    def words(self, side: str) -> Words:
        return _words_of(self.sides[side])


def rows_of(file: Path) -> list[Row]:
    """The rows of a file. EvaluationError with file and line for one that is not of this shape."""
    return json_rows(file, lambda record: _row(record["tokens"], record["tags"], str(record["quad"])), "tokens, tags and quad")


def _row(tokens: list[str], tags: list[str], quad: str) -> Row:
    if not isinstance(tokens, list) or not isinstance(tags, list):
        raise ValueError("tokens and tags are not lists")
    if quad not in ("0", *QUADS, "None"):
        raise ValueError(f"quad is {quad!r}, not 0 to 4 or null")
    if strange := next((tag for tag in tags if not TAG.fullmatch(tag)), None):
        raise ValueError(f"{strange!r} is no tag")
    if len(tokens) != len(tags):
        raise ValueError(f"{len(tokens)} tokens, but {len(tags)} tags")
    text, starts = joined(tokens)
    return Row(tokens, quad, text, starts, {name: _mentions(tags, letter) for letter, name in SIDES.items()})


def _mentions(tags: list[str], letter: str) -> list[Words]:
    """The token positions of each run of B-, I- tags of a letter."""
    found: list[list[int]] = []
    for at, tag in enumerate(tags):
        if tag == f"B-{letter}" or (tag == f"I-{letter}" and (at == 0 or not tags[at - 1].endswith(f"-{letter}"))):
            found.append([at])
        elif tag == f"I-{letter}":
            found[-1].append(at)
    return [frozenset(run) for run in found]


def code(rows: Sequence[Row]) -> list[Found]:
    """Every sentence coded as an article of its own."""
    articles = (Article(id=str(number), text=row.text) for number, row in enumerate(rows))
    return [_found(row, coding) for row, coding in zip(rows, Coder().pipe(articles), strict=True)]


def _found(row: Row, coding: Coding) -> Found:
    return Found(
        len(coding.events),
        [_record(row, e) for e in coding.events],
        frozenset(e.type for e in coding.events),
        _by_side(row, [told_first(coding)]),
        _by_side(row, [sides_of(event) for event in coding.events]),
    )


def _by_side(row: Row, told: Sequence[Sides]) -> dict[str, list[Words]]:
    """The mentions of each side, each once; no pronoun beside the name, since the gold marks whoever takes part once, by the name."""
    found: dict[str, list[Words]] = {}
    for at, name in enumerate(SIDES.values()):
        entities = [entity for sides in told for entity in sides[at]]
        named = {(e.name, e.country) for e in entities if e.mention != "pronoun"}
        kept = (e for e in entities if e.mention != "pronoun" or (e.name, e.country) not in named)
        found[name] = list(dict.fromkeys(filter(None, (_words(row, e) for e in kept))))
    return found


def told_first(coding: Coding) -> Sides:
    """The sides of what a sentence tells first, since a row of the gold has one quad class and the sides of one event.

    That is our first event or, where none is or somebody denies, hopes, fears or regrets something before it, what is said: the speaker,
    and whom it is said to or else about. Where nothing is said either it is what somebody plans.
    """
    event, said = next(iter(coding.events), None), next(filter(_is_of_somebody, coding.statements), None)
    if event is not None and (said is None or not _precedes(said, event)):
        return sides_of(event)
    if said is not None and said.speaker is not None:
        other = said.addressee or said.about
        return [said.speaker], [other] if other is not None and said.polarity == "affirmed" else []
    planned = next((e for e in coding.expectations if e.kind == "plan" and e.type not in MEETINGS), None)
    return ([], []) if planned is None else ([planned.from_], [planned.to] if planned.to is not None else [])


def _is_of_somebody(said: Statement) -> bool:
    return said.within is None and said.speaker is not None and said.speaker.mention != "pronoun"


def _precedes(said: Statement, event: Event) -> bool:
    """Whether a stance is told before an event; mere words are only told with what they tell."""
    return said.attitude != "says" and said.cue is not None and said.cue.end <= event.trigger.start


def _record(row: Row, event: Event) -> tuple[frozenset[str], Words, Words]:
    """The gold is older than CONCEDE and counts most of it as YIELD, so either quad class is right."""
    source, target = (frozenset(w for entity in side for w in _words(row, entity)) for side in sides_of(event))
    quads = {event.quad, quad_of(older_label(event.type))}
    return frozenset(map(str, quads)), source, target


def is_whole(row: Row, found: Found) -> bool:
    """Whether an event has the quad class of the row, and sides that share words with the row's, or none where the row has none."""
    gold = [_words_of(row.gold[name]) for name in SIDES.values()]
    return any(
        row.quad in quads and all(bool(g & o) if g else not o for g, o in zip(gold, sides, strict=True)) for quads, *sides in found.records
    )


def sides_of(event: Event) -> Sides:
    """Source and target of an event. The gold calls parties that meet, or do the same together, related (R), and neither of the two."""
    if event.recipient or len(event.actor) < 2:
        return event.actor, event.recipient
    first = [e for e in event.actor if e.start < event.trigger.start]
    others = [e for e in event.actor if e.start > event.trigger.start]
    is_directed = event.type not in MEETINGS or DIRECTED in event.mode
    return (first, others) if first and others and is_directed else ([], [])


def _words(row: Row, entity: Entity) -> Words:
    """The tokens of an entity with the determiner before it, which the gold marks and our spans leave out."""
    words = [n for n, start in enumerate(row.starts) if start < entity.end and entity.start < start + len(row.tokens[n])]
    if words and words[0] > 0 and row.tokens[words[0] - 1].lower() in DETERMINERS:
        words.insert(0, words[0] - 1)
    return frozenset(words)


def figures(rows: Sequence[Row], found: Sequence[Found]) -> SideFigures:
    words, mentions, words_of_events = {}, {}, {}
    for name in SIDES.values():
        gold = [_words_of(row.gold[name]) for row in rows]
        words[name] = _shared(gold, [f.words(name) for f in found])
        words_of_events[name] = _shared(gold, [_words_of(f.sides_of_events[name]) for f in found])
        mentions[name] = _shared([frozenset(row.gold[name]) for row in rows], [frozenset(f.sides[name]) for f in found])
    empty = [f.events > 0 for r, f in zip(rows, found, strict=True) if r.quad == "0"]
    beside = [bool(f.types - {"REQUEST"}) for r, f in zip(rows, found, strict=True) if r.quad == "0"]
    whole = sum(is_whole(r, f) for r, f in zip(rows, found, strict=True) if r.quad in QUADS)
    full = [f.events > 0 for r, f in zip(rows, found, strict=True) if r.quad in QUADS]
    return SideFigures(words, mentions, words_of_events, len(rows), len(empty), sum(empty), sum(beside), len(full), sum(full), whole)


def _words_of(mentions: Iterable[Words]) -> Words:
    return frozenset(w for mention in mentions for w in mention)


def _shared(gold: Sequence[frozenset[T]], ours: Sequence[frozenset[T]]) -> Score:
    return Score(sum(len(g & o) for g, o in zip(gold, ours, strict=True)), sum(map(len, ours)), sum(map(len, gold)))


def evaluate(file: Path, predictions: Path | None = None, errors: Path | None = None) -> SideFigures:
    """Code every sentence of ``file``; write what was found as BIO tags, and the errors by class, where asked."""
    rows = rows_of(file)
    found = code(rows)
    if predictions is not None:
        with predictions.open("w", encoding="utf-8") as stream:
            for row, one in zip(rows, found, strict=True):
                record = {"tokens": row.tokens, "tags": tags_of(row, one), "quad": row.quad, "events": one.events}
                stream.write(json.dumps(record, ensure_ascii=False) + "\n")
    if errors is not None:
        lines = sorted(line for row, one in zip(rows, found, strict=True) for line in _errors(row, one))
        errors.write_text("".join(f"{line}\n" for line in ["class\tquad\tgold\tfound\tsentence", *lines]), encoding="utf-8")
    return figures(rows, found)


def tags_of(row: Row, found: Found) -> list[str]:
    tags = ["O"] * len(row.tokens)
    for letter, name in SIDES.items():
        for mention in found.sides[name]:
            for _, run in groupby(enumerate(sorted(mention)), key=lambda p: p[1] - p[0]):
                for n, (_, at) in enumerate(run):
                    if tags[at] == "O":
                        tags[at] = f"{'I' if n else 'B'}-{letter}"
    return tags


def _errors(row: Row, found: Found) -> Iterator[str]:
    if row.quad == "0" and found.events:
        yield _error("spurious event", row, "", _shown(row, found.words("source") | found.words("target")))
    elif row.quad in QUADS and not found.events:
        yield _error("no event", row, _shown(row, *row.gold["source"], *row.gold["target"]), "")
    else:
        for name in SIDES.values():
            gold = _words_of(row.gold[name])
            ours = found.words(name)
            if gold != ours:
                kind = "missed" if not ours else "spurious" if not gold else "other" if not gold & ours else "partly right"
                yield _error(f"{name} {kind}", row, _shown(row, gold), _shown(row, ours))


def _error(kind: str, row: Row, gold: str, found: str) -> str:
    return "\t".join((kind, row.quad, gold, found, row.text))


def _shown(row: Row, *mentions: Words) -> str:
    return " | ".join(" ".join(row.tokens[w] for w in sorted(m)) for m in mentions)
