"""In: a sentence of a later story. Out: how its words of a deed are told: done, ahead, awaited, negated, refused, or only named."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Literal, TypeAlias

from dragoman.expectations.stories import Clause
from dragoman.expectations.wording import PARTS, Hit

Status: TypeAlias = Literal["done", "ahead", "awaited", "negated", "refused", "named"]
BEFORE = 6  # words before one that may negate it or put it ahead
NEAR = 8  # words around a noun in which the verb stands that says what became of it


def statuses(deeds: Collection[str], clause: Clause) -> Iterator[tuple[Hit, Status]]:
    """Words of deeds in a clause and how they are told; a noun that nothing is said of is only "named"."""
    for hit in clause.hits:
        if hit.sense.part in PARTS and hit.sense.name in deeds:
            status = status_of(clause, hit)
            nominal = any(h.start == hit.start - 1 and h.sense.part == "nominal" for h in clause.hits)
            if nominal and hit.sense.part == "act" and status == "done" and not _came(clause, hit):
                status = "named"
            yield hit, status


def _came(clause: Clause, hit: Hit) -> bool:
    return any(h.sense.part == "came" and h.start != hit.start and abs(h.start - hit.start) <= NEAR for h in clause.hits)


def status_of(clause: Clause, hit: Hit) -> Status:
    """done, ahead, awaited ("has yet to"), negated or refused ("will not"), by the words before it in its clause."""
    first = hit.start
    while first > max(0, hit.start - BEFORE) and first - 1 not in clause.bounds:
        first -= 1
    before = [h for h in clause.hits if first <= h.start < hit.start]
    parts = {h.sense.part for h in before}
    if "negative" in parts:
        return "refused" if "refusing" in parts else "negated"
    if "unfinished" in parts:
        return "awaited"
    if "begun" not in parts and any(_is_ahead(clause, h, hit) for h in before):
        return "ahead"
    return "done"


def _is_ahead(clause: Clause, hit: Hit, deed: Hit) -> bool:
    """Whether a word puts the deed that follows ahead: "to" only of an infinitive, "promised" not where it stands before what came."""
    if hit.sense.part != "lying_ahead":
        return False
    if clause.stems[hit.start] == "to":
        between = clause.stems[hit.end : deed.start]
        return not between or (len(between) == 1 and between[0].endswith("ly"))
    return not any(h.end == hit.start and h.sense.part == "nominal" for h in clause.hits) or clause.stems[hit.end : hit.end + 1] == ("to",)


def has_new_day(clause: Clause) -> bool:
    """Whether a clause has a day, or a number, behind a preposition: "to Sunday", "until next week", "for June 20"."""
    days = {h.start for h in clause.hits if h.sense.part == "days"} | {n for n, stem in enumerate(clause.stems) if stem[:1].isdigit()}
    return any(h.sense.part == "dated" and not days.isdisjoint((h.end, h.end + 1)) for h in clause.hits)
