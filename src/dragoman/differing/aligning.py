"""Which record of one coding is which of another. In: two lists of records of an article. Out: pairs, with None for what has no partner.

First by id; of what is left, records of the same type whose words overlap, those that overlap most first; last those that overlap at all,
so that an event whose type has changed is one that changed, and not one lost and another found.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from dragoman.schema import Event, Expectation, Record, Relation, Statement

Pair = tuple[Record | None, Record | None]


def paired(first: Sequence[Record], second: Sequence[Record]) -> list[Pair]:
    """All records of both, in the order of the first, then of what is only in the second."""
    left, right = list(range(len(first))), list(range(len(second)))
    partner = by_id(first, second)
    for same_type in (True, False):
        free = [n for n in left if n not in partner]
        taken = set(partner.values())
        partner |= by_words(first, second, free, [n for n in right if n not in taken], same_type)
    taken = set(partner.values())
    pairs: list[Pair] = [(record, second[partner[n]] if n in partner else None) for n, record in enumerate(first)]
    return [*pairs, *((None, record) for n, record in enumerate(second) if n not in taken)]


def by_id(first: Sequence[Record], second: Sequence[Record]) -> dict[int, int]:
    places: dict[str, list[int]] = defaultdict(list)
    for n, record in enumerate(second):
        places[key_of(record)].append(n)
    found: dict[int, int] = {}
    for n, record in enumerate(first):
        if places[key_of(record)]:
            found[n] = places[key_of(record)].pop(0)
    return found


def by_words(first: Sequence[Record], second: Sequence[Record], left: list[int], right: list[int], same_type: bool) -> dict[int, int]:
    """The closest pairs of those that are left."""
    candidates = [
        (-overlap, a, b)
        for a in left
        for b in right
        if (overlap := overlap_of(first[a], second[b])) and (not same_type or type_of(first[a]) == type_of(second[b]))
    ]
    found: dict[int, int] = {}
    for _, a, b in sorted(candidates):
        if a not in found and b not in found.values():
            found[a] = b
    return found


def key_of(record: Record) -> str:
    """The id; of a problem, which has none, what it says (where its source lies may differ)."""
    found = getattr(record, "id", None)
    return str(found) if found is not None else f"{getattr(record, 'stage', '')}: {getattr(record, 'message', '')}"


def type_of(record: Record) -> str | None:
    """Type of an event or expectation, kind of a statement or relation, stage of a problem."""
    return next((str(value) for name in ("type", "kind", "stage") if (value := getattr(record, name, None)) is not None), None)


def stretch_of(record: Record) -> tuple[int, int] | None:
    """The characters by which a record is known: trigger, content, or the first piece of evidence."""
    if isinstance(record, Event):
        return record.trigger.start, record.trigger.end
    if isinstance(record, Statement) and record.content.spans:
        return record.content.spans[0][0], record.content.spans[-1][1]
    if isinstance(record, Relation | Expectation) and record.evidence:
        return record.evidence[0].start, record.evidence[0].end
    return None


def overlap_of(first: Record, second: Record) -> int:
    """Characters that both have."""
    one, other = stretch_of(first), stretch_of(second)
    if one is None or other is None:
        return 0
    return max(0, min(one[1], other[1]) - max(one[0], other[0]))
