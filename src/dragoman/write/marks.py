"""Where the records of an article stand in its text. In: a coding, and the text or nothing. Out: numbered marks, pieces of text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

from dragoman.schema import Coding, Entity, Event, Span, Statement, When
from dragoman.write import wording

MarkKind: TypeAlias = Literal["statement", "date", "actor", "event"]


@dataclass(frozen=True, slots=True)
class Mark:
    """Characters start, ..., end - 1 of the article. ``label`` is such as E1 or S2, empty for what has no record of its own."""

    start: int
    end: int
    kind: MarkKind
    label: str = ""
    says: str = ""
    quad: int = 0


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the article that begins at ``start``."""

    start: int
    text: str

    @property
    def end(self) -> int:
        return self.start + len(self.text)


def numbered_events(coding: Coding) -> list[tuple[str, Event]]:
    """The events in the order of the text, with their labels."""
    ordered = sorted(coding.events, key=lambda event: (event.trigger.start, event.trigger.end))
    return [(f"E{number}", event) for number, event in enumerate(ordered, 1)]


def numbered_statements(coding: Coding) -> list[tuple[str, Statement]]:
    ordered = sorted(coding.statements, key=lambda statement: [list(span) for span in statement.content.spans])
    return [(f"S{number}", statement) for number, statement in enumerate(ordered, 1)]


def marks_of(coding: Coding) -> list[Mark]:
    """All marks, outer before inner where they begin together; who or what is in several records is marked once."""
    found: dict[tuple[int, int, MarkKind, str], Mark] = {}
    for mark in (*statement_marks(coding), *event_marks(coding)):
        if mark.start < mark.end:
            found.setdefault((mark.start, mark.end, mark.kind, mark.label), mark)
    return sorted(found.values(), key=lambda mark: (mark.start, -mark.end, mark.kind, mark.label))


def statement_marks(coding: Coding) -> Iterator[Mark]:
    for label, statement in numbered_statements(coding):
        spans = statement.content.spans
        for place, (start, end) in enumerate(spans):
            yield Mark(start, end, "statement", label if place == len(spans) - 1 else "", wording.party(statement.speaker))
        yield from party_marks([statement.speaker, statement.addressee])
        yield from date_marks(statement.date)


def event_marks(coding: Coding) -> Iterator[Mark]:
    for label, event in numbered_events(coding):
        yield Mark(event.trigger.start, event.trigger.end, "event", label, " ".join(wording.what(event)), event.quad)
        yield from party_marks([*event.actor, *event.recipient, event.attributed_to])
        yield from date_marks(event.date)


def party_marks(entities: Iterable[Entity | None]) -> Iterator[Mark]:
    return (Mark(entity.start, entity.end, "actor", says=wording.party(entity)) for entity in entities if entity)


def date_marks(date: When | None) -> Iterator[Mark]:
    if date:
        yield Mark(date.start, date.end, "date", says="–".join(wording.days(date)))


def pieces_of(coding: Coding, text: str | None) -> list[Piece]:
    """The whole text; without it, the sentences and other stretches that the records hold, those that meet in one piece."""
    if text is not None:
        return [Piece(0, text)]
    pieces: list[Piece] = []
    for span in sorted(spans_in(coding), key=lambda span: (span.start, -span.end)):
        if not pieces or span.start > pieces[-1].end:
            pieces.append(Piece(span.start, span.text))
        elif span.start + len(span.text) > pieces[-1].end:
            last = pieces.pop()
            pieces.append(Piece(last.start, last.text + span.text[last.end - span.start :]))
    return pieces


def spans_in(coding: Coding) -> Iterator[Span]:
    """Every stretch of the article that a record quotes word for word."""
    for event in coding.events:
        yield from (event.trigger, *event.evidence, *event.actor, *event.recipient)
    for statement in coding.statements:
        yield from (span for span in (statement.speaker, statement.cue, statement.addressee) if span)
        if len(statement.content.spans) == 1:  # of several the text lacks what stands between
            start, end = statement.content.spans[0]
            yield Span(text=statement.content.text, start=start, end=end)
