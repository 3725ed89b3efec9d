"""In: an expectation in the words of its sentence. Out: what it is about: a deed, things, names, and who is to do it towards whom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from dragoman.expectations.cues import load as load_cues
from dragoman.expectations.kinds import load as load_types
from dragoman.expectations.promises import Promise
from dragoman.expectations.stories import Clause, clause_of, sides_in
from dragoman.expectations.wording import Hit, stem_of, words_in

CUING = ("reporting", "promising")
LONG = 4  # letters from which a word says what something is about


@dataclass(frozen=True)
class Matter:
    """What an expectation is about: deeds, things, general things with the words beside them, names of places and objects, persons.

    ``doers`` and ``others`` are ways in which either side may be named; ``others`` is empty where nothing is expected towards anybody.
    ``words`` are the stems of what else says what it is about, ``numbers`` those that stand there.
    ``more`` are sides of what is promised that are neither, ``sides`` all of its sentence.
    """

    deeds: frozenset[str]
    things: frozenset[str]
    general: frozenset[str]
    beside: frozenset[str]
    names: frozenset[str]
    persons: frozenset[str]
    sides: frozenset[str]
    more: frozenset[str]
    doers: frozenset[str]
    others: frozenset[str]
    mentioned: frozenset[str]
    refused: bool
    entire: bool
    words: frozenset[str]
    numbers: frozenset[str]
    due: str | None


def matter_of(promise: Promise) -> Matter:
    """What a promise is about, by the words of its sentence from the one that promises it, or up to it."""
    clause = clause_of(promise.text, 0, promise.published)
    first, last = _content(clause, promise)
    acts = [h for h in clause.hits if h.sense.part == "act" and first <= h.start < last]
    verbs = list(dict.fromkeys(h.start for h in acts))[:2]
    if verbs and not clause.has("aspect", verbs[0]):
        verbs = verbs[:1]
    elif len(verbs) == 2 and clause.has("light", verbs[0]):
        verbs = verbs[1:]
    last = next((n for n in range(verbs[0], last) if clause.has("conditional", n)), last) if verbs else last
    main = [h for h in acts if h.start in verbs and h.start < last]
    start = verbs[0] if verbs else first
    at_acts = {h.start for h in main}
    things = [h for h in clause.hits if h.sense.part in ("thing", "general") and start < h.start < last]
    things = [h for h in things if h.start not in at_acts] or things
    relative = next((n for n in range(start + 1, last) if clause.has("relating", n)), last)
    things = [h for h in things if h.start < relative] or things
    if not things and promise.kind != "deadline":  # "American troops will land"
        things = [h for h in clause.hits if h.sense.part in ("thing", "general") and h.start < start]
    general = [h for h in things if h.sense.part == "general"]
    beside = (clause.stems[n] for h in general for n in range(max(0, h.start - 2), h.start))
    deeds = {h.sense.name for h in main} or set(load_types()[promise.type].deeds)
    if "talks" in {h.sense.name for h in general} and clause.has("aspect", start):
        deeds.add("meet")
    if "stop" in deeds and {"truce", "airstrike"} & {h.sense.name for h in things}:
        deeds.add("truce")
    doers, others = (_ways(side, name, promise.published) for side, name in zip((promise.from_, promise.to), promise.names, strict=True))
    towards = frozenset(side for side, places in clause.sides.items() if any(first <= place < last for place in places)) - doers
    named = {*clause.names, *clause.persons, *(clause.stems[n] for places in clause.sides.values() for n in places)}
    own = [stem for stem in clause.stems[first:last] if stem not in named]
    return Matter(
        frozenset(deeds),
        frozenset(h.sense.name for h in things if h.sense.part == "thing"),
        frozenset(h.sense.name for h in general),
        frozenset(w for w in beside if len(w) > 3 and w.isalpha() and w not in _common()),
        frozenset(name for name, place in clause.names.items() if first <= place < last),
        frozenset(name for name, place in clause.persons.items() if first <= place < last),
        frozenset(clause.sides) - doers - others,
        towards - others if others and "meet" in deeds else frozenset(),
        doers,
        others or (towards if "meet" in deeds else frozenset()),
        frozenset({*clause.names, *clause.persons}),
        _is_refused(clause, first, main),
        any(h.sense.part == "entire" and first <= h.start < last for h in clause.hits),
        frozenset(stem for stem in own if _tells(stem)),
        frozenset(stem for stem in own if stem[:1].isdigit() and len(stem) > 1),
        promise.due,
    )


def _is_refused(clause: Clause, first: int, deeds: Sequence[Hit]) -> bool:
    """Whether it is promised not to do it."""
    until = min((h.start for h in deeds), default=first)
    return any(h.sense.part == "negative" and first - 2 <= h.start < until for h in clause.hits)


def _tells(stem: str) -> bool:
    return len(stem) >= LONG and stem.isalpha() and stem not in _common() and stem not in _cues()


def _content(clause: Clause, promise: Promise) -> tuple[int, int]:
    """First and last word of what is promised: after the word that promises it, or before it where it stands behind ("..., he vowed")."""
    size = len(clause.stems)
    trigger = len(words_in(promise.text[: promise.trigger])) if promise.trigger is not None else 0
    spoken = [h.start for h in clause.hits if h.sense.part == "reporting"]
    commas = [n for n in range(size) if clause.stems[n] == ","]
    at = {place for places in clause.sides.values() for place in places}
    listed = {comma for comma in commas if comma + 1 in at and {comma - 1, comma - 2} & at}
    last = next((comma for comma in commas if comma > trigger and comma not in listed and any(comma < n for n in spoken)), size)
    is_cue = trigger < size and (clause.stems[trigger] in _cues() or any(h.start == trigger and h.sense.part in CUING for h in clause.hits))
    first = trigger + is_cue
    if any(h.sense.part in ("act", "thing", "general") and first <= h.start < last for h in clause.hits):
        return first, last
    before = max((comma for comma in commas if comma < trigger), default=trigger)
    return 0, before or size


def _ways(side: str | None, name: str | None, day: str) -> frozenset[str]:
    """A side, and those for which its name may stand on that day; of a mere description ("rebels") only the latter."""
    if side is None:
        return frozenset()
    known = {found for _, _, found, _ in sides_in(words_in(name or ""), day) if found}
    is_name = side.isupper() or (name or "")[:1].isupper()
    return frozenset({side, *known} if is_name else known)


@cache
def _common() -> frozenset[str]:
    """Common words and their stems."""
    common = load_cues().lists["common"]
    return common | frozenset(map(stem_of, common))


@cache
def _cues() -> frozenset[str]:
    return frozenset(stem_of(lemma) for _, lemma in load_cues().cues)
