"""In: records of expectations and events. Out: both as light rows, as the matching of one with the other takes them.

A store gives the same rows by SQL (``store/expected.py``).
"""

from __future__ import annotations

import re
from typing import NamedTuple

from dragoman import codebook
from dragoman.days import last_day
from dragoman.schema import Entity, Event, Expectation, ExpectationKind, Strength

WORD = re.compile(r"[^\W\d_]+")
JOINING = re.compile('[-–—"“”‘’(]')
UNKNOWN = ""  # the side of somebody who is not known
NOBODY: list[str | None] = [None]


class Deed(NamedTuple):
    """What one side did to another in an event, as the matching sees it; ``day`` is the event's own last day, else None.

    Sides are codes of countries, or names in small letters; ``other`` is None where nobody else takes part. ``words`` are those of its
    sentence as ``words_of`` or ``apart`` gives them.
    """

    id: str
    article_id: str
    type: str
    actor: str
    other: str | None
    published: str
    day: str | None
    negated: bool
    words: str


class Promise(NamedTuple):
    """An expectation as the matching sees it; ``due`` is the last day, else None.

    ``names`` are those of the two sides as the story or knowledge has them, ``trigger`` the place in ``text`` of the word that promises it.
    """

    id: str
    article_id: str
    type: str
    kind: ExpectationKind | None
    strength: Strength | None
    from_: str
    to: str | None
    published: str
    due: str | None
    text: str
    words: str
    names: tuple[str, str | None]
    trigger: int | None = None


def words_of(text: str) -> str:
    """The words of a text in small letters, a space before each."""
    return " " + " ".join(WORD.findall(text.lower()))


def apart(text: str) -> str:
    """A text in small letters, a space before each word also where a sign joins it to another; much faster than ``words_of``."""
    return " " + JOINING.sub(" ", text.lower())


def side_of(entity: Entity) -> str:
    """The code of a state, else the name in small letters."""
    if entity.country is not None and entity.country not in codebook.load().international:
        return entity.country
    return (entity.name or entity.text).lower()


def promise_of(expectation: Expectation, published: str) -> Promise:
    due = expectation.due
    until = last_day(due.until or due.value) if due is not None and (due.until or due.value) else None  # type: ignore[arg-type]
    to = expectation.to
    return Promise(
        expectation.id,
        expectation.article_id,
        expectation.type,
        expectation.kind,
        expectation.strength,
        side_of(expectation.from_),
        None if to is None else side_of(to),
        published,
        None if until is None else until.isoformat(),
        text := expectation.evidence[0].text if expectation.evidence else "",
        words_of(text),
        (expectation.from_.name or expectation.from_.text, None if to is None else to.name or to.text),
        None if expectation.trigger is None or not expectation.evidence else expectation.trigger.start - expectation.evidence[0].start,
    )


def deeds_of(event: Event, published: str) -> list[Deed]:
    """Each who acts, or ``UNKNOWN``, with each other side. Nothing of what did not happen, lay ahead or is denied."""
    if event.status == "denied" or {"future", "hypothetical", "historical"} & set(event.aux):
        return []
    day = last_day(event.date.until or event.date.value) if event.date is not None and event.date.value else None
    actors, recipients = (list(dict.fromkeys(side_of(e) for e in some if e.country or e.name)) for some in (event.actor, event.recipient))
    sides = dict.fromkeys((*actors, *recipients))
    when = None if day is None else day.isoformat()
    words = words_of(event.evidence[0].text if event.evidence else event.trigger.text)
    return [
        Deed(event.id, event.article_id, event.type, one, other, published, when, "negation" in event.aux, words)
        for one in actors or [UNKNOWN]
        for other in [side for side in sides if side != one] or NOBODY
    ]
