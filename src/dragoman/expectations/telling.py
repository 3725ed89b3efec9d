"""In: an expectation in its words, and a later story. Out: whether the story tells in plain words that it came, will not come or was moved.

What was promised is a deed, things and names ("send", "police", "Torkham"). A sentence of a later story tells of it if it has a word for
the deed or its coming and one for its things, and names who was to act and towards whom, or the story does and the sentence nobody else.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Literal, NamedTuple, TypeAlias

from dragoman.expectations.matter import Matter
from dragoman.expectations.stories import Clause, Story
from dragoman.expectations.wording import PARTS, Hit, Sense, load

Says = Literal["met", "broken", "moved"]
Saying: TypeAlias = tuple[Says, int, str]  # what is said, how plainly, and by which word
BEFORE = 6  # words before one that may negate it or put it ahead
NEAR = 8  # words around a noun in which the verb stands that says what became of it
ENDS = (Sense("moved", ""), Sense("shifted", ""), Sense("undone", ""))


class Told(NamedTuple):
    """What a sentence says of an expectation; ``by`` are the stems of the words that say so."""

    says: Says
    article_id: str
    published: str
    start: int
    end: int
    text: str
    by: str


def told(matter: Matter, story: Story) -> Told | None:
    """The sentence of a story that says most plainly what became of it."""
    best: tuple[int, Told] | None = None
    places = _candidates(matter, story)
    while places:
        place = (places & -places).bit_length() - 1
        places &= places - 1
        clause, says = story.clauses[place], _Reading(matter, story, place).says()
        if says is not None and (best is None or says[1] > best[0]):
            best = says[1], Told(says[0], story.article_id, story.published, clause.start, clause.end, clause.text.strip(), says[2])
    return None if best is None else best[1]


def _candidates(matter: Matter, story: Story) -> int:
    """The sentences that may tell of it: with its sides or at least nobody else, and words for the deed, or of an end and its things."""
    doers, others = story.naming(matter.doers), story.naming(matter.others)
    if not doers or (matter.others and not others):
        return 0
    deeds = things = ends = strangers = 0
    for sense in _deed_senses(matter.deeds):
        deeds |= story.senses.get(sense, 0)
    for sense in ENDS:
        ends |= story.senses.get(sense, 0)
    if ends:
        for part, names in (("thing", matter.things), ("general", matter.general)):
            for name in names:
                things |= story.senses.get(Sense(part, name), 0)
        for name in matter.names:
            things |= story.names.get(name, 0)
    if not (telling := deeds | (ends & things)):
        return 0
    for side, sentences in story.sides.items():
        if side not in matter.doers and side not in matter.others and side not in matter.sides:
            strangers |= sentences
    both = doers & others if matter.others else doers
    either = doers | others
    return telling & (both | ((either | either << 1 | either >> 1) & ~strangers))


@cache
def _deed_senses(deeds: frozenset[str]) -> tuple[Sense, ...]:
    return tuple(Sense(part, deed) for part in PARTS for deed in sorted(deeds))


class _Reading:
    """A sentence of a story held against what was promised. Whatever is said of it is rated: the more of it is named there, the higher."""

    def __init__(self, matter: Matter, story: Story, place: int) -> None:
        self.matter, self.story, self.clause = matter, story, story.clauses[place]
        self.here = 1 << place  # a set of sentences, as a story has them
        self.around = self.here | self.here << 1 | self.here >> 1
        self.beside = story.clauses[max(0, place - 1) : place + 2]
        self.doer, self.other = self._named(matter.doers, self.here), self._named(matter.others, self.here)

    def _named(self, ways: frozenset[str], sentences: int) -> bool:
        return bool(self.story.naming(ways) & sentences)

    def says(self) -> Saying | None:
        """What the sentence says, if it is one of the two sides."""
        matter, clause = self.matter, self.clause
        both = self.doer and (self.other or not matter.others)
        strangers = clause.sides.keys() - matter.doers - matter.others - matter.sides
        if not both and (strangers or not (self.doer or self.other or self._named(matter.doers | matter.others, self.around))):
            return None
        self.within = self.doer + self.other
        self.near = self._named(matter.doers, self.around) and (self._named(matter.others, self.around) or not matter.others)
        fits = not matter.beside or not matter.beside.isdisjoint(clause.stems)
        parts = {"thing": matter.things, "general": matter.general if fits else frozenset()}
        self.objects = [h.start for h in clause.hits if h.sense.name in parts.get(h.sense.part, ())]
        self.objects += [place for name, place in clause.names.items() if name in matter.names]
        self.about = bool(self.objects)
        self.meeting = "meet" in matter.deeds and (self._named(matter.others, self.around) if matter.others else self.about)
        is_bare = matter.deeds <= load().traits["bare"] and "meet" not in matter.deeds and both
        self.bare = is_bare or not (matter.things or matter.general or matter.names)
        self.late = matter.due is not None and matter.due < self.story.published
        self.statuses = list(_statuses(matter, clause))
        self.contrary = next((h for h, status in self.statuses if h.sense.part == "contrary" and status == "done"), None)
        return self._undone() or self._not_done() or (self._done() if self._is_the_same() else None)

    def _undone(self) -> Saying | None:
        """A word near what was promised by which it was put off or given up."""
        acts = [h.start for h, _ in self.statuses if h.sense.part == "act"]
        at = [*self.objects, *acts]
        is_dated = _has_new_day(self.clause)
        if hit := _said(self.matter, self.clause, "moved", at) or (_said(self.matter, self.clause, "shifted", at) if is_dated else None):
            return ("moved" if is_dated and not self.late else "broken"), 5 + self.within, self.clause.words(hit)
        is_of_it = self.about or self.meeting or self.bare or (acts and self.near)
        if is_of_it and (hit := _said(self.matter, self.clause, "undone", at)):
            return "broken", 4 + self.within + self.about, self.clause.words(hit)
        return None

    def _not_done(self) -> Saying | None:
        """The contrary of the deed, told after the day or of a truce; the deed refused, or after the day not done."""
        done = any(h.sense.part == "act" and status == "done" for h, status in self.statuses)
        counts = "truce" in self.matter.deeds or (self.late and _is_near(self.contrary, self.objects))
        if self.contrary is not None and not done and counts and self._named(self.matter.doers, self.around):
            return "broken", 3 + self.within, self.clause.words(self.contrary)
        for hit, status in self.statuses:
            if hit.sense.part == "act" and self.about and (status == "refused" or (status == "negated" and self.late)):
                return "broken", 3 + self.within, self.clause.words(hit)
        return None

    def _is_the_same(self) -> bool:
        """Whether names and persons are those of the promise, and nothing remains undone."""
        matter = self.matter
        if (matter.names and matter.names.isdisjoint(self.story.names)) or self.contrary is not None:
            return False
        if not all(self._named(frozenset({side}), self.here if self.other else self.around) for side in matter.more):
            return False
        personal = matter.persons and not load().traits["personal"].isdisjoint(matter.deeds)
        return not personal or not matter.persons.isdisjoint(self.clause.persons) or _has(self.clause, "heads")

    def _done(self) -> Saying | None:
        """A word of the deed, or of its coming."""
        is_seen = self.matter.deeds <= load().traits["seen"] and any(self.matter.things & clause.things for clause in self.beside)
        nearby = is_seen and (self.within or self.near)
        is_of_it = self.about or self.meeting or self.bare
        rating = self.within + self.about
        for hit, status in self.statuses:
            if self._reaches_another(hit):
                continue
            if status == "done" and hit.sense.part == "act" and is_of_it:
                return "met", 2 + rating, self.clause.words(hit)
            if status == "done" and hit.sense.part == "told" and (is_of_it or nearby):
                return "met", 1 + rating, self.clause.words(hit)
            if status == "negated" and hit.sense.part == "contrary" and (self.about or "truce" in self.matter.deeds) and self.within:
                return "met", 1 + rating, self.clause.words(hit)
        return None

    def _reaches_another(self, hit: Hit) -> bool:
        """Whether the first side that is named behind a word is none of the promise: "landed in Somalia". Talks may be held anywhere."""
        after = {place: side for side, places in self.clause.sides.items() for place in places if hit.start < place <= hit.end + BEFORE}
        known = self.matter.doers | self.matter.others | self.matter.sides
        return bool(after) and "meet" not in self.matter.deeds and after[min(after)] not in known


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
    return next((hit for hit in found if _is_near(hit, at)), None)


def _is_near(hit: Hit | None, at: Sequence[int]) -> bool:
    return hit is not None and any(abs(hit.start - place) <= NEAR for place in at)


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
    while first > max(0, hit.start - BEFORE) and first - 1 not in clause.bounds:
        first -= 1
    before = [h for h in clause.hits if first <= h.start < hit.start]
    parts = {h.sense.part for h in before}
    if "negative" in parts:
        return "refused" if "refusing" in parts else "negated"
    if "unfinished" in parts:
        return "negated"
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
