"""In: an expectation in its words, and a later story. Out: whether the story tells in plain words that it came, will not come or was moved.

What was promised is a deed, things and names ("send", "police", "Torkham"). A sentence of a later story tells of it if it has a word for
the deed or its coming and one for its things, and names who was to act and towards whom, or the story does and the sentence nobody else.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal, NamedTuple

from dragoman.expectations.cues import load as load_cues
from dragoman.expectations.kinds import load as load_types
from dragoman.expectations.promises import Promise
from dragoman.expectations.stories import Clause, Story, clause_of, sides_in
from dragoman.expectations.wording import PARTS, Hit, stem_of, words_in

Says = Literal["met", "broken", "moved"]
BEFORE = 6  # words before one that may negate it or put it ahead
NEAR = 8  # words around a noun in which the verb stands that says what became of it
BOUNDS = frozenset({",", ";", ":", ".", "“", "”", '"', "—", "(", ")", "but", "who", "which", "while", "whil", "whos", "becaus", "and"})
BEGUN = frozenset({"began", "begin", "begun", "start", "continu", "resum", "manag", "help", "complet", "mov"})
ASPECTS = frozenset(
    {"begin", "start", "continu", "resum", "hold", "tak", "go", "let", "alow", "permit", "launch", "carry", "conduct", "mak", "host"}
)
LIGHT = ASPECTS - {"resum", "let", "alow", "permit", "host"}  # verbs that say nothing where another follows: "go on paying"
CONDITIONAL = frozenset({"if", "unles", "onc", "provided", "providing", "pending"})
BARE = frozenset({"meet", "resign", "march", "vote", "truce", "attack", "apologise", "test"})  # deeds that need no thing to be told
CUING = ("reporting", "promising")
PERSONAL = frozenset({"resign", "appoint", "try"})  # deeds of one person that another of the same country does not do
REFUSING = frozenset({"will", "would", "wo", "never", "cannot", "shal"})


class Told(NamedTuple):
    """What a sentence says of an expectation."""

    says: Says
    article_id: str
    published: str
    start: int
    end: int
    text: str
    by: str


@dataclass(frozen=True)
class Matter:
    """What an expectation is about: deeds, the stems of their words, things, general things with the words beside them, names, persons.

    ``doers`` and ``others`` are ways in which either side may be named; ``others`` is empty where nothing is expected towards anybody.
    ``more`` are sides of what is promised that are neither, ``sides`` all of its sentence.
    """

    deeds: frozenset[str]
    own: frozenset[str]
    things: frozenset[str]
    general: frozenset[str]
    beside: frozenset[str]
    names: frozenset[str]
    persons: frozenset[str]
    sides: frozenset[str]
    more: frozenset[str]
    doers: frozenset[str]
    others: frozenset[str]
    due: str | None


def matter_of(promise: Promise) -> Matter:
    """What a promise is about, by the words of its sentence from the one that promises it, or up to it."""
    clause = clause_of(promise.text, 0, promise.published)
    first, last = _content(clause, promise)
    acts = [h for h in clause.hits if h.sense.part == "act" and first <= h.start < last]
    verbs = list(dict.fromkeys(h.start for h in acts))[:2]
    if verbs and clause.stems[verbs[0]] not in ASPECTS:
        verbs = verbs[:1]
    elif len(verbs) == 2 and clause.stems[verbs[0]] in LIGHT:
        verbs = verbs[1:]
    last = next((n for n in range(verbs[0], last) if clause.stems[n] in CONDITIONAL), last) if verbs else last
    main = [h for h in acts if h.start in verbs and h.start < last]
    start = verbs[0] if verbs else first
    things = [h for h in clause.hits if h.sense.part in ("thing", "general") and start < h.start < last]
    if not things and promise.kind != "deadline":  # "American troops will land"
        things = [h for h in clause.hits if h.sense.part in ("thing", "general") and h.start < start]
    general = [h for h in things if h.sense.part == "general"]
    common = load_cues().lists["common"]
    beside = (clause.stems[n] for h in general for n in range(max(0, h.start - 2), h.start))
    deeds = {h.sense.name for h in main} or set(load_types()[promise.type].deeds)
    if "talks" in {h.sense.name for h in general} and clause.stems[start] in ASPECTS:
        deeds.add("meet")
    if "stop" in deeds and {"truce", "airstrike"} & {h.sense.name for h in things}:
        deeds.add("truce")
    doers, others = (_ways(side, name, promise.published) for side, name in zip((promise.from_, promise.to), promise.names, strict=True))
    towards = frozenset(side for side, places in clause.sides.items() if any(first <= place < last for place in places)) - doers
    return Matter(
        frozenset(deeds),
        frozenset(clause.stems[h.start] for h in main),
        frozenset(h.sense.name for h in things if h.sense.part == "thing"),
        frozenset(h.sense.name for h in general),
        frozenset(w for w in beside if len(w) > 3 and w.isalpha() and w not in common and w not in {stem_of(c) for c in common}),
        frozenset(name for name, place in clause.names.items() if first <= place < last),
        frozenset(name for name, place in clause.persons.items() if first <= place < last),
        frozenset(clause.sides) - doers - others,
        towards - others if others and "meet" in deeds else frozenset(),
        doers,
        others or (towards if "meet" in deeds else frozenset()),
        promise.due,
    )


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
    if side is None:
        return frozenset()
    known = {found for _, _, found, _ in sides_in(words_in(name or ""), day) if found}
    is_name = side.isupper() or (name or "")[:1].isupper()
    return frozenset({side, *known} if is_name else known)


@cache
def _cues() -> frozenset[str]:
    return frozenset(stem_of(lemma) for _, lemma in load_cues().cues)


def told(matter: Matter, story: Story) -> Told | None:
    """The sentence of a story that says most plainly what became of it."""
    if not _named(matter.doers, story.clauses):
        return None
    if matter.others and not _named(matter.others, story.clauses):
        return None
    best: tuple[int, Told] | None = None
    for place, clause in enumerate(story.clauses):
        says = _says(matter, story, place)
        if says is not None:
            found = Told(says[0], story.article_id, story.published, clause.start, clause.end, clause.text.strip(), says[2])
            if best is None or says[1] > best[0]:
                best = says[1], found
    return None if best is None else best[1]


def _named(ways: frozenset[str], clauses: Sequence[Clause]) -> bool:
    """Whether somebody is named in sentences: by a side that is known, or by all words of a name that is not."""
    if any(ways & clause.sides.keys() for clause in clauses):
        return True
    names = [[stem_of(word) for word in words_in(way)] for way in ways if not way.isupper()]
    return any(set(name) <= set(clause.stems) for name in names if name for clause in clauses)


def _says(matter: Matter, story: Story, place: int) -> tuple[Says, int, str] | None:
    clause = story.clauses[place]
    around = story.clauses[max(0, place - 1) : place + 2]
    doer, other = _named(matter.doers, [clause]), _named(matter.others, [clause])
    both = doer and (other or not matter.others)
    strangers = clause.sides.keys() - matter.doers - matter.others - matter.sides
    if not both and (strangers or not (doer or other or _named(matter.doers | matter.others, around))):
        return None
    within = doer + other
    names = [place for name, place in clause.names.items() if name in matter.names]
    things = [h.start for h in clause.hits if h.sense.part == "thing" and h.sense.name in matter.things]
    general = [h.start for h in clause.hits if h.sense.part == "general" and h.sense.name in matter.general]
    if matter.beside and not matter.beside & set(clause.stems):
        general = []
    about = bool(things or names or general)
    near = _named(matter.doers, around) and (_named(matter.others, around) or not matter.others)
    nearby = any(matter.things & c.things for c in around)
    meeting = "meet" in matter.deeds and (_named(matter.others, around) if matter.others else about)
    bare = not (matter.things or matter.general or matter.names) or (matter.deeds <= BARE and "meet" not in matter.deeds and both)
    statuses = list(_statuses(matter, clause))
    late = matter.due is not None and matter.due < story.published
    acts = [h.start for h, _ in statuses if h.sense.part == "act"]
    at = [*names, *things, *general, *acts]
    if at:
        is_dated = _has_new_day(clause)
        if hit := _said(matter, clause, "moved", at) or (_said(matter, clause, "shifted", at) if is_dated else None):
            return ("moved" if is_dated and not late else "broken"), 5 + within, clause.words(hit)
        if (about or meeting or bare or (acts and near)) and (hit := _said(matter, clause, "undone", at)):
            return "broken", 4 + within + about, clause.words(hit)
    contrary = next((h for h, status in statuses if h.sense.part == "contrary" and status == "done"), None)
    done = any(h.sense.part == "act" and status == "done" for h, status in statuses)
    if contrary is not None and not done and _named(matter.doers, around) and ((about and late) or "truce" in matter.deeds):
        return "broken", 3 + within, clause.words(contrary)
    for hit, status in statuses:
        if hit.sense.part == "act" and about and (status == "refused" or (status == "negated" and late)):
            return "broken", 3 + within, clause.words(hit)
    if (
        (matter.names and not matter.names & story.names)
        or contrary is not None
        or not all(_named(frozenset({m}), [clause] if other else around) for m in matter.more)
    ):
        return None
    if PERSONAL & matter.deeds and matter.persons and not matter.persons & clause.persons.keys() and not _has(clause, "heads"):
        return None
    for hit, status in statuses:
        if status == "done" and hit.sense.part == "act" and (about or meeting or bare):
            return "met", 2 + within + about, clause.words(hit)
        if status == "done" and hit.sense.part == "told" and (about or meeting or bare or (nearby and (within or near))):
            return "met", 1 + within + about, clause.words(hit)
        if status == "negated" and hit.sense.part == "contrary" and (about or "truce" in matter.deeds) and within:
            return "met", 1 + within + about, clause.words(hit)
    return None


def _has(clause: Clause, part: str) -> bool:
    return any(h.sense.part == part for h in clause.hits)


def _has_new_day(clause: Clause) -> bool:
    """Whether a clause has a day, or a number, behind a preposition: "to Sunday", "until next week", "for June 20"."""
    days = {h.start for h in clause.hits if h.sense.part == "days"} | {n for n, stem in enumerate(clause.stems) if stem[:1].isdigit()}
    return any(h.sense.part == "dated" and not days.isdisjoint((h.end, h.end + 1)) for h in clause.hits)


def _said(matter: Matter, clause: Clause, part: str, at: Sequence[int]) -> Hit | None:
    """The first word of a list near the places of what was promised that is none of the promised deed itself and is told as done."""
    promised = {h.start for h in clause.hits if h.sense.part == "act" and h.sense.name in matter.deeds} if part == "undone" else set()
    found = (h for h in clause.hits if h.sense.part == part and h.start not in promised and _status(clause, h) == "done")
    return next((hit for hit in found if any(abs(hit.start - place) <= NEAR for place in at)), None)


def _statuses(matter: Matter, clause: Clause) -> Iterator[tuple[Hit, str]]:
    """Words of the deed in a clause and how they are told; a noun that nothing is said of is only "named"."""
    for hit in clause.hits:
        if hit.sense.part in PARTS and hit.sense.name in matter.deeds:
            status = _status(clause, hit)
            nominal = any(h.start == hit.start - 1 and h.sense.part == "nominal" for h in clause.hits)
            if nominal and hit.sense.part == "act" and status == "done" and not _came(clause, hit):
                status = "named"
            yield hit, status


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
    if any(_is_ahead(clause, h, hit) for h in before) and not any(clause.stems[n] in BEGUN for n in range(first, hit.start)):
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
