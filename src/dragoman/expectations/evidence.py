"""In: what was promised and a sentence of a later story. Out: what in it speaks for and against its telling that it came, or will not come.

What speaks for either is a row of features with a value from 0 to 1 each; ``weights.yaml`` has what each counts.
"""

from __future__ import annotations

import datetime
import math
from collections.abc import Collection, Sequence
from functools import cached_property, lru_cache

from dragoman.expectations.matter import Matter
from dragoman.expectations.status import BEFORE, NEAR, Status, has_new_day, status_of, statuses
from dragoman.expectations.stories import PREFIX, Clause, Story
from dragoman.expectations.wording import Hit, Sense, load

Row = dict[str, float]
CONSTANT = "constant"
DASHES = frozenset("-–—")
DATELINE = 14  # words in which one ends
LEAD = 2  # sentences after the headline that say what a story is about
TIMELY = 7  # days after the due day in which a story most often tells what became of it
RAREST, COMMON = 0.1, 8.0  # of 1,000 sentences, words that say most by themselves and such that say nothing
ENOUGH = 3  # words of a kind that say as much as more of them
FEW = 2  # the same for names


class Background:
    """What a story as a whole has to do with what was promised."""

    def __init__(self, matter: Matter, story: Story) -> None:
        self.matter, self.story = matter, story
        self.late = matter.due is not None and matter.due < story.published
        self._statuses: dict[int, list[tuple[Hit, Status]]] = {}

    def statuses_in(self, place: int) -> list[tuple[Hit, Status]]:
        """The words of the deed in a sentence, each with how it is told."""
        if place not in self._statuses:
            self._statuses[place] = list(statuses(self.matter.deeds, self.story.clauses[place]))
        return self._statuses[place]

    def contrary_in(self, place: int) -> Hit | None:
        """A word by which the contrary of the deed is told as done."""
        return next((hit for hit, status in self.statuses_in(place) if hit.sense.part == "contrary" and status == "done"), None)

    @cached_property
    def row(self) -> Row:
        matter, story = self.matter, self.story
        told = frozenset[str]().union(*(story.words.get(Sense(part, deed), ()) for part in ("act", "told") for deed in matter.deeds))
        found = {
            "shared_names": min(FEW, len(matter.mentioned & (story.names.keys() | story.persons))) / FEW,
            "field": min(ENOUGH, sum(map(clearness, _longest(told)))) / ENOUGH,
            "number_story": float(not matter.numbers.isdisjoint(story.stems)),
            "name_absent": float(bool(matter.names) and matter.names.isdisjoint(story.names)),
            "timely": float(matter.due is not None and matter.due <= story.published <= _later(matter.due, TIMELY)),
            "early": float(matter.due is not None and story.published < matter.due),
        }
        for name, ways in (("doer", matter.doers), ("other", matter.others)):
            found[f"{name}_none"] = float(not ways)
            found[f"{name}_absent"] = float(bool(ways) and not story.naming(ways))
        return found


class Evidence:
    """A sentence of a story held against what was promised."""

    def __init__(self, background: Background, place: int) -> None:
        matter, story = background.matter, background.story
        self.background, self.matter, self.story, self.place, self.clause = background, matter, story, place, story.clauses[place]
        self.here = 1 << place  # a set of sentences, as a story has them
        self.around = self.here | self.here << 1 | self.here >> 1
        self.beside = range(max(0, place - 1), min(place + 2, len(story.clauses)))
        self.opening = _opening(self.clause)
        self.statuses = background.statuses_in(place)
        self.known = matter.doers | matter.others | matter.sides

    def coming(self) -> Row | None:
        """What speaks for and against that the sentence tells that it came; None where nothing does."""
        acts, told = ([hit for hit in self.done if hit.sense.part == part] for part in ("act", "told"))
        if not (self.statuses or self.objects or self._own()):
            return None
        told_by = {self.clause.words(hit) for hit in told}
        clearest = max(map(clearness, told_by), default=0.0)
        is_clear = any(not self._is_vague(hit) for hit in acts)
        return self._common() | {
            "act": float(is_clear),
            "vague_act": float(bool(acts) and not is_clear),
            "named_act": float(any(status == "named" for _, status in self.statuses)),
            "told": clearest,
            "any_told": float(bool(told)),
            "more_told": min(1.0, sum(map(clearness, _longest(told_by))) - clearest),
            "only_ahead": float(not self.done and any(s not in ("done", "named") for h, s in self.statuses if h.sense.part != "contrary")),
            "not_contrary": float(any(s == "negated" for h, s in self.statuses if h.sense.part == "contrary")),
            "reaches_another": float(any(status == "done" and self._reaches_another(hit) for hit, status in self.statuses)),
            "other_first": float(self._begins_with_another()),
            "contrary": float(self.contrary is not None),
            "contrary_beside": float(self.contrary is None and any(map(self.background.contrary_in, self.beside))),
            "partial": float(self.matter.entire and any(map(self._is_partial, self.beside))),
            "undone": float(self.undone is not None),
            "moved": float(self.moved is not None),
        }

    def ending(self) -> Row | None:
        """What speaks for and against that the sentence tells that it will not come, or did not; None where nothing does."""
        acts = [status for hit, status in self.statuses if hit.sense.part == "act"]
        not_told = any(
            status in ("negated", "refused") or (status == "awaited" and self.background.late)
            for hit, status in self.statuses
            if hit.sense.part == "told"
        )
        late, is_truce = self.background.late, "truce" in self.matter.deeds
        is_contrary = self.contrary is not None and (late or is_truce or _is_near(self.contrary, self.objects))
        found = {
            "undone": float(self.undone is not None),
            "moved": float(self.moved is not None),
            "refused": float("refused" in acts),
            "not_done": float("negated" in acts),
            "late_not_done": float(late and not {"negated", "awaited"}.isdisjoint(acts)),
            "none_of_it": float(self._denies_it()),
            "truce_contrary": float(self.contrary is not None and is_truce),
            "late_contrary": float(self.contrary is not None and late),
        }
        return self._common() | found if any(found.values()) or is_contrary or not_told else None

    def deciding(self) -> str:
        """The words that say most of it."""
        hit = self.undone or self.moved or next(iter(self.done), None) or next((hit for hit, _ in self.statuses), None)
        return "" if hit is None else self.clause.words(hit)

    @property
    def is_moved(self) -> bool:
        """Whether it is put off to a day that is told, before its own is past."""
        return self.moved is not None and has_new_day(self.clause) and not self.background.late

    @cached_property
    def done(self) -> list[Hit]:
        return [h for h, status in self.statuses if status == "done" and h.sense.part != "contrary" and not self._reaches_another(h)]

    @cached_property
    def contrary(self) -> Hit | None:
        return self.background.contrary_in(self.place)

    @cached_property
    def undone(self) -> Hit | None:
        return self._said("undone")

    @cached_property
    def moved(self) -> Hit | None:
        return self._said("moved") or (self._said("shifted") if has_new_day(self.clause) else None)

    @cached_property
    def objects(self) -> list[int]:
        """Where things and names of the promise stand."""
        matter, clause = self.matter, self.clause
        parts = {"thing": matter.things, "general": matter.general if self._fits else frozenset()}
        found = [h.start for h in clause.hits if h.sense.name in parts.get(h.sense.part, ())]
        return found + [place for name, place in clause.names.items() if name in matter.names]

    @property
    def _fits(self) -> bool:
        return not self.matter.beside or not self.matter.beside.isdisjoint(self.clause.stems)

    def _named(self, ways: frozenset[str], sentences: int) -> bool:
        return bool(self.story.naming(ways) & sentences)

    def _common(self) -> Row:
        return {CONSTANT: 1.0, "lead": float(self.place <= LEAD), **self.background.row, **self._sides(), **self._objects()}

    def _sides(self) -> Row:
        matter, found = self.matter, {}
        for name, ways in (("doer", matter.doers), ("other", matter.others)):
            found[f"{name}_here"] = float(self._named(ways, self.here))
            found[f"{name}_near"] = float(not found[f"{name}_here"] and self._named(ways, self.around))
        found["stranger"] = float(any(self._is_stranger(side, places) for side, places in self.clause.sides.items()))
        found["elsewhere"] = float(bool(self.background.row["other_absent"]) and not self.known.issuperset(self.clause.sides))
        found["more_absent"] = float(not all(self._named(frozenset({side}), self.around) for side in matter.more))
        return found

    def _is_stranger(self, side: str, places: Sequence[int]) -> bool:
        """Whether another side is named otherwise than as a place: "from Spain", "in Beirut", or in a dateline."""
        if side in self.known:
            return False
        if not places:
            return not self.opening
        return any(place >= self.opening and not (place and self.clause.has("placing", place - 1)) for place in places)

    def _objects(self) -> Row:
        matter, clause = self.matter, self.clause
        here = bool(matter.things & clause.things)
        near = not here and any(matter.things & self.story.clauses[place].things for place in self.beside)
        personal = bool(matter.persons) and not load().traits["personal"].isdisjoint(matter.deeds)
        person = not matter.persons.isdisjoint(clause.persons) or (personal and _has(clause, "heads"))
        return {
            "thing": float(here),
            "thing_near": float(near),
            "thing_absent": float(bool(matter.things) and not here and not near),
            "general": float(bool(matter.general & clause.things) and self._fits),
            "bare": float(not (matter.things or matter.general or matter.names)),
            "name": float(not matter.names.isdisjoint(clause.names)),
            "person": float(person),
            "other_person": float(personal and not person),
            "mentioned": min(FEW, len(matter.mentioned & (clause.names.keys() | clause.persons.keys()))) / FEW,
            "own": min(ENOUGH, sum(map(clearness, self._own()))) / ENOUGH,
            "number": float(not matter.numbers.isdisjoint(clause.stems)),
        }

    def _own(self) -> list[str]:
        """Words of the promise that stand in the sentence."""
        return [word for word in sorted(self.matter.words) if self.story.beginnings.get(word[:PREFIX], 0) & self.here]

    def _is_partial(self, place: int) -> bool:
        return _has(self.story.clauses[place], "partial") or self.background.contrary_in(place) is not None

    def _is_vague(self, hit: Hit) -> bool:
        """Whether a word of a deed tells little by itself: "landed", "gave"."""
        return any(h.start == hit.start and h.end == hit.end and h.sense.part == "vague" for h in self.clause.hits)

    def _said(self, part: str) -> Hit | None:
        """The first word of a list near what was promised that is none of the promised deed itself and is told as done."""
        at = [*self.objects, *(hit.start for hit, _ in self.statuses if hit.sense.part == "act")]
        acts = (
            {h.start for h in self.clause.hits if h.sense.part == "act" and h.sense.name in self.matter.deeds}
            if part == "undone"
            else set()
        )
        found = (h for h in self.clause.hits if h.sense.part == part and h.start not in acts and status_of(self.clause, h) == "done")
        return next((hit for hit in found if _is_near(hit, at)), None)

    def _denies_it(self) -> bool:
        """Whether it is said that there is or will be none of what was promised: "there will be no exercise"."""
        own = (n for n, stem in enumerate(self.clause.stems) if stem in self.matter.words)
        at = {*self.objects, *own, *(hit.start for hit, _ in self.statuses if hit.sense.part == "act")}
        return any(h.sense.part == "without" and not at.isdisjoint(range(h.end, h.end + ENOUGH)) for h in self.clause.hits)

    def _reaches_another(self, hit: Hit) -> bool:
        """Whether the first side that is named behind a word is none of the promise: "landed in Somalia". Two may talk anywhere."""
        if "meet" in self.matter.deeds and (self._named(self.matter.others, self.here) or not self.matter.others):
            return False
        after = {place: side for side, places in self.clause.sides.items() for place in places if hit.start < place <= hit.end + BEFORE}
        return bool(after) and after[min(after)] not in self.known

    def _begins_with_another(self) -> bool:
        """Whether only others are named before what is told as done."""
        first = min((hit.start for hit in self.done), default=len(self.clause.stems))
        before = {side for side, places in self.clause.sides.items() if any(self.opening <= place < first for place in places)}
        return bool(before) and before.isdisjoint(self.known)


@lru_cache(maxsize=100_000)
def clearness(words: str) -> float:
    """How much words tell by themselves, from 0 to 1: the rarer in the news, the more."""
    rate = load().usual.get(words, RAREST)
    return min(1.0, max(0.0, math.log(COMMON / rate) / math.log(COMMON / RAREST)))


def _longest(phrases: Collection[str]) -> list[str]:
    """Those that are no part of others: "at work in" without "work in"."""
    return [one for one in sorted(phrases) if not any(one != other and f" {one} " in f" {other} " for other in phrases)]


@lru_cache(maxsize=10_000)
def _later(day: str, days: int) -> str:
    return (datetime.date.fromisoformat(day) + datetime.timedelta(days=days)).isoformat()


def _opening(clause: Clause) -> int:
    """The first word after a dateline, which names where a story was written and not who acts."""
    stems = clause.stems[:DATELINE]
    return next((n + 2 for n in range(len(stems) - 1) if stems[n] == ")" and stems[n + 1] in DASHES), 0)


def _has(clause: Clause, part: str) -> bool:
    return any(hit.sense.part == part for hit in clause.hits)


def _is_near(hit: Hit | None, at: Sequence[int]) -> bool:
    return hit is not None and any(abs(hit.start - place) <= NEAR for place in at)
