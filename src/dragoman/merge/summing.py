"""What all reports of one event say together. In: its events with their articles. Out: one ``MergedEvent``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dragoman.merge.tolls import tolls
from dragoman.schema import Disagreement, Event, MergedEvent, Source, record_id

LAST = "9999-12-31"
DAY = 10  # letters of a date that is known to the day


@dataclass(frozen=True, slots=True)
class Member:
    """One report: the event, where it was published, the story that the article is part of, and whether it is the text that stands."""

    event: Event
    source: Source
    story: str
    stands: bool


def merged(members: Sequence[Member]) -> MergedEvent:
    """The event that the members report. Its id comes from the earliest report, so the same reports give the same id in any order."""
    ordered = sorted(members, key=earliest_first)
    first = ordered[0]
    return MergedEvent(
        id=record_id(first.event.id, "merged"),
        event=max(ordered, key=lambda member: (says(member), [-ord(c) for c in member.event.id])).event,
        reports=len({member.source.article_id for member in ordered}),
        stories=len({member.story for member in ordered}),
        publications=publications(ordered),
        earliest=first.source,
        disagreements=list(disagreements([member for member in ordered if member.stands])),
    )


def earliest_first(member: Member) -> tuple[str, bool, str, int, str]:
    event = member.event
    return member.source.published or LAST, not member.stands, event.article_id, event.trigger.start, event.id


def says(member: Member) -> tuple[bool, bool, int, int, bool, float]:
    """How much a report says: a text that stands, a day, countries on both sides, all else that is known."""
    event = member.event
    date = event.date.value if event.date and event.date.value else ""
    sides = sum(any(entity.country for entity in side) for side in (event.actor, event.recipient))
    named = sum(entity.name is not None for entity in (*event.actor, *event.recipient))
    return member.stands, len(date) == DAY, sides, named, event.status == "reported", event.confidence or 0.0


def publications(members: Sequence[Member]) -> list[str]:
    return sorted({member.source.publication for member in members if member.source.publication})


def disagreements(members: Sequence[Member]) -> Iterator[Disagreement]:
    """Everything that they do not all say the same of, value by value with those who say it; who is silent disagrees with nobody."""
    said: dict[str, dict[str, list[Member]]] = {}
    for member in members:
        for about, value in claims(member.event):
            said.setdefault(about, {}).setdefault(value, []).append(member)
    for about, values in sorted(said.items()):
        for value, who in sorted(values.items()) if len(values) > 1 else ():
            yield Disagreement(about=about, value=value, event_ids=sorted(m.event.id for m in who), publications=publications(who))


def claims(event: Event) -> Iterator[tuple[str, str]]:
    """What an event says that another may say differently: its day, its status, its numbers."""
    yield "status", event.status
    if event.date and event.date.value and len(event.date.value) == DAY:
        yield "date", event.date.value
    for about, value in sorted(tolls(span.text for span in event.evidence).items()):
        yield about, str(value)
