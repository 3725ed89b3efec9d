"""Who stands for an event where a format has one actor and one recipient. In: events. Out: pairs, names that identify, row numbers."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from itertools import permutations, product
from typing import TypeAlias

from dragoman.codebook.reciprocal import reciprocal_types
from dragoman.schema import Entity, Event
from dragoman.write import wording
from dragoman.write.plain import one_line

Pair: TypeAlias = tuple[Entity | None, Entity | None]
NOT_HAPPENED = frozenset({"negation", "hypothetical", "future"})
HEX_DIGITS = 13  # 52 bits: a whole number that R and JavaScript, which have no integers, still hold exactly


def pairs_of(event: Event) -> Iterator[Pair]:
    """Each actor with each recipient; None where a side is empty. In mutual events without a recipient each actor with each other."""
    if event.type in reciprocal_types() and not event.recipient and len(event.actor) > 1:
        yield from permutations(event.actor, 2)
    else:
        nobody: list[Entity | None] = [None]
        yield from product(event.actor or nobody, event.recipient or nobody)


def has_happened(event: Event) -> bool:
    """Whether it may be told as a fact in a format that has no word for what is denied, imagined or still to come."""
    return NOT_HAPPENED.isdisjoint(event.aux)


def identity(entity: Entity | None) -> str | None:
    """Name, or country and sector where nobody is named; None where it is not known who is meant, so that it is no one's node."""
    if entity is None:
        return None
    return one_line(entity.name) if entity.name else wording.code(entity) or None


def row_number(event: Event, place: int) -> int:
    """A whole number for one pair of an event, the same in every run; two of a million rows share one with a chance of 1 in 9,000."""
    return int(hashlib.sha256(f"{event.id}/{place}".encode("utf-8", "surrogatepass")).hexdigest()[:HEX_DIGITS], 16)
