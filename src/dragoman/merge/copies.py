"""Which texts are copies of one another. In: sketches and what is known of their articles. Out: stories, and the part that each text has.

A story is a group of texts that took most of their words from each other. The wire or paper that had it first may bring it up to date:
its latest version stands, its earlier ones are kept. What others print of it are copies of the earliest report.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

import numpy as np

from dragoman.merge.sketches import Sketch

Role = Literal["stands", "superseded", "copy"]

CONTAINED = (
    0.55  # share of the shorter text's shingles in the longer; F1 1.000 from 0.5 to 0.6, 0.993 at 0.4 (follow-ups), 0.997 at 0.7 (cuts)
)
SHARED = 6  # hashes that both have at the least, about 15 words in a row: of very short texts any would do
NO_DAY = 1 << 30  # of a text without a day, which is neither the earliest nor the latest where others have one
DAYS = 14  # between the days of publication: weeklies print a wire story days later, and a year later a text is a new one


@dataclass(frozen=True, slots=True)
class Text:
    """What is known of an article when it is compared with others. ``day`` counts from 1970-01-01, None where it isn't known."""

    id: str
    publisher: str | None
    is_agency: bool
    day: int | None
    version: int
    length: int


@dataclass(frozen=True, slots=True)
class Place:
    """The place of a text in its story: ``of`` is the text that took its place, or that it was copied from; its own id if it stands."""

    id: str
    story: str
    role: Role
    of: str


def are_copies(one: Sketch, other: Sketch) -> bool:
    """Whether most of the shorter text is in the longer, by their sketches."""
    in_both = len(np.intersect1d(one, other, assume_unique=True))
    return in_both >= SHARED and in_both >= CONTAINED * min(len(one), len(other))


def places(texts: Iterable[Text]) -> list[Place]:
    """The places of the texts of one story, by id; they depend on the texts alone and not on when they came.

    Versions are of the same publisher as the earliest report. Where the publisher isn't known, what is marked as a version is one.
    """
    ordered = sorted(texts, key=earliest_first)
    first = ordered[0]
    versions = [text for text in ordered if text is first or is_version(text, first)]
    latest = max(versions, key=latest_last)
    found = []
    for text in ordered:
        if text is latest:
            found.append(Place(text.id, first.id, "stands", text.id))
        elif text in versions:
            found.append(Place(text.id, first.id, "superseded", latest.id))
        else:
            found.append(Place(text.id, first.id, "copy", first.id))
    return sorted(found, key=lambda place: place.id)


def is_version(text: Text, first: Text) -> bool:
    if first.publisher is None or text.publisher is None:
        return first.publisher is text.publisher and text.version > 0
    return text.publisher == first.publisher


def earliest_first(text: Text) -> tuple[int, int, bool, int, str]:
    """Within a day the first version comes first, then the agency, then the longest: papers cut what they print."""
    return (NO_DAY if text.day is None else text.day, text.version, not text.is_agency, -text.length, text.id)


def latest_last(text: Text) -> tuple[int, int, int, str]:
    """Within a day the higher version is later, then the longer: reports grow."""
    return (-NO_DAY if text.day is None else text.day, text.version, text.length, text.id)
