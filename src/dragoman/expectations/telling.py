"""In: an expectation in its words, and a later story. Out: whether the story tells in plain words that it came, will not come or was moved.

What was promised is a deed, things and names ("send", "police", "Torkham"). A sentence of a later story tells of it if it has a word for
the deed or its coming and one for its things, and names who was to act and towards whom, or the story does and the sentence nobody else.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, NamedTuple

from dragoman.expectations.cues import load as load_cues
from dragoman.expectations.stories import Clause, Story, clause_of
from dragoman.expectations.wording import Hit, load, stem_of

Says = Literal["met", "broken", "moved"]
BEFORE = 6  # words before one that may negate it or put it ahead
NEAR = 8  # words around a noun in which the verb stands that says what became of it
BOUNDS = frozenset({",", ";", ":", ".", "“", "”", '"', "—", "(", ")", "but", "who", "which", "while", "whil", "whos", "becaus", "and"})
BEGUN = frozenset({"began", "begin", "begun", "start", "continu", "resum", "manag", "help", "complet", "mov"})
REFUSING = frozenset({"will", "would", "wo", "never", "cannot", "shal"})


class Told(NamedTuple):
    """What a sentence says of an expectation."""

    says: Says
    article_id: str
    published: str
    start: int
    end: int
    text: str


@dataclass(frozen=True)
class Matter:
    """What an expectation is about: deeds, the stems of their words, things, general things, names, words beside a general thing."""

    deeds: frozenset[str]
    own: frozenset[str]
    things: frozenset[str]
    general: frozenset[str]
    names: frozenset[str]
    beside: frozenset[str]
    sides: frozenset[str]


def matter_of(text: str, trigger: tuple[int, int] | None, day: str, without: tuple[str, ...] = ()) -> Matter:
    """``trigger`` is the place of the word that promises it in ``text``; ``without`` are words of the day and the condition."""
    start = trigger[0] if trigger is not None else 0
    rest = text[start:]
    for part in without:
        rest = rest.replace(part, ", ")
    clause = clause_of(rest, 0, day)
    cues = _cues()
    stop = next((h.start for h in clause.hits if h.sense.part == "reporting" and h.start > 3), len(clause.stems))
    stop = max((n for n in range(stop) if clause.stems[n] == ","), default=stop) if stop < len(clause.stems) else stop
    acts = [h for h in clause.hits if h.sense.part == "act" and h.end <= stop and clause.stems[h.start] not in (cues if h.start == 0 else ())]
    first = acts[0].start if acts else 0
    main = [h for h in acts if h.start == first] if acts else []
    things = [h for h in clause.hits if h.end <= stop and h.start >= first and h.sense.part in ("thing", "general")]
    if not any(h.start > first for h in things) and start:
        whole = clause_of(text[:start], 0, day)
        things = [h for h in whole.hits if h.sense.part in ("thing", "general")]
    general = frozenset(h.sense.name for h in things if h.sense.part == "general")
    beside = frozenset(
        clause.stems[n]
        for h in things
        if h.sense.part == "general"
        for n in (h.start - 1, h.start - 2)
        if n > first and len(clause.stems[n]) > 3 and clause.stems[n].isalpha() and clause.stems[n] not in load_cues().lists["common"]
    )
    return Matter(
        frozenset(h.sense.name for h in main),
        frozenset(clause.stems[h.start] for h in main),
        frozenset(h.sense.name for h in things if h.sense.part == "thing"),
        general,
        clause.names,
        beside,
        clause.sides,
    )


def _cues() -> frozenset[str]:
    return frozenset(stem_of(lemma) for _, lemma in load_cues().cues)


def told(matter: Matter, from_: str, to: str | None, story: Story) -> Told | None:
    """The first sentence of a story that says what became of it."""
    if from_ not in story.sides or (to is not None and to not in story.sides):
        return None
    best: tuple[int, Told] | None = None
    for place, clause in enumerate(story.clauses):
        says = _says(matter, from_, to, story, place)
        if says is not None:
            found = Told(says[0], story.article_id, story.published, clause.start, clause.end, clause.text.strip())
            if best is None or says[1] > best[0]:
                best = says[1], found
    return None if best is None else best[1]


def _says(matter: Matter, from_: str, to: str | None, story: Story, place: int) -> tuple[Says, int] | None:
    clause = story.clauses[place]
    around = story.clauses[max(0, place - 1) : place + 2]
    near = frozenset().union(*(c.sides for c in around))
    pair = {from_} if to is None else {from_, to}
    others = clause.sides - pair - matter.sides
    if others and not pair <= clause.sides:
        return None
    if not others and not (pair & near):
        return None
    within = len(pair & clause.sides)
    names = len(matter.names & clause.names)
    things = len(matter.things & clause.things)
    general = len(matter.general & clause.things)
    nearby = any(matter.things & c.things for c in around)
    about = things or names or (general and (not matter.beside or matter.beside & set(clause.stems)))
    meeting = "meet" in matter.deeds and (to is None or pair <= near)
    deed = list(_statuses(matter, clause))
    undone = [h for h in clause.hits if h.sense.part == "undone" and clause.stems[h.start] not in matter.own and _status(clause, h) == "done"]
    undone = [h for h in undone if not any(o.start == h.start and o.sense.part == "act" and o.sense.name in matter.deeds for o in clause.hits)]
    moved = [h for h in clause.hits if h.sense.part == "moved" and _status(clause, h) == "done"]
    acts = [h for h, _, _ in deed if h.sense.part == "act"]
    if moved and (about or acts):
        return "moved", 5 + within
    if undone and (about or (acts and (meeting or not (matter.things or matter.general)))):
        return "broken", 4 + within + bool(about)
    for hit, status, nominal in deed:
        if hit.sense.part == "contrary" and status == "done" and from_ in clause.sides | near and (about or "truce" in matter.deeds):
            return "broken", 3 + within
        if hit.sense.part == "act" and status == "refused" and about:
            return "broken", 3 + within
    for hit, status, nominal in deed:
        if status != "done" or hit.sense.part == "contrary":
            continue
        if hit.sense.part == "act" and (about or meeting or not (matter.things or matter.general or matter.names)):
            return "met", 2 + within + bool(about)
        if hit.sense.part == "told" and (about or meeting or (nearby and within)):
            return "met", 1 + within + bool(about)
    return None


def _statuses(matter: Matter, clause: Clause) -> Iterator[tuple[Hit, str, bool]]:
    """Words of the deed in a clause, how they are told, whether as nouns."""
    for hit in clause.hits:
        if hit.sense.part in ("act", "told", "contrary") and hit.sense.name in matter.deeds:
            nominal = hit.start > 0 and any(h.start == hit.start - 1 and h.sense.part == "nominal" for h in clause.hits)
            status = _status(clause, hit)
            if nominal and hit.sense.part == "act" and status == "done" and not _came(clause, hit):
                status = "named"
            yield hit, status, nominal


def _came(clause: Clause, hit: Hit) -> bool:
    return any(h.sense.part == "came" and h.start != hit.start and abs(h.start - hit.start) <= NEAR for h in clause.hits)


def _status(clause: Clause, hit: Hit) -> str:
    """done, ahead, negated or refused ("will not"), by the words before it in its clause."""
    first = hit.start
    while first > max(0, hit.start - BEFORE) and clause.stems[first - 1] not in BOUNDS:
        first -= 1
    before = [h for h in clause.hits if first <= h.start < hit.start]
    negative = any(h.sense.part == "negative" for h in before)
    if negative:
        return "refused" if any(clause.stems[h.start] in REFUSING for h in before) else "negated"
    if any(h.sense.part == "unfinished" for h in before):
        return "negated"
    ahead = [h for h in before if h.sense.part == "lying_ahead"]
    if ahead and not any(clause.stems[n] in BEGUN for n in range(first, hit.start)):
        return "ahead"
    return "done"
