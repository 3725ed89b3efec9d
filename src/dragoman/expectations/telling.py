"""In: an expectation in its words, and a later story. Out: whether the story tells in plain words that it came, will not come or was moved.

What was promised is a deed, things and names ("send", "police", "Torkham"). Each sentence of a later story that has words of these is
weighed: who and what is named there and in the story, what is told as done and what as ahead, negated or given up (``evidence.py``).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from importlib import resources
from typing import Any, Literal, NamedTuple

import yaml

from dragoman.errors import DataError
from dragoman.expectations.evidence import CONSTANT, LEAD, Background, Evidence, Row
from dragoman.expectations.matter import Matter
from dragoman.expectations.stories import PREFIX, Story
from dragoman.expectations.wording import PARTS, Sense
from dragoman.tables import Folder, text_of

Says = Literal["met", "broken", "moved"]
WEIGHTS = "weights.yaml"
COMING, ENDING = "coming", "ending"
ENDS = tuple(Sense(part, "") for part in ("moved", "shifted", "undone", "without"))
DENYING = tuple(Sense(part, "") for part in ("negative", "unfinished"))


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
    best: tuple[float, Says, Evidence] | None = None
    background = Background(matter, story)
    places = candidates(background)
    while places:
        place = (places & -places).bit_length() - 1
        places &= places - 1
        evidence = Evidence(background, place)
        for says, rating in _said(evidence):
            if rating >= 0 and (best is None or rating > best[0]):
                best = rating, says, evidence
    if best is None:
        return None
    _, says, evidence = best
    clause = evidence.clause
    return Told(says, story.article_id, story.published, clause.start, clause.end, clause.text.strip(), evidence.deciding())


def _said(evidence: Evidence) -> list[tuple[Says, float]]:
    """What a sentence may say, each with how plainly. Who does what he said he would not do breaks his word."""
    found: list[tuple[Says, float]] = []
    if (row := evidence.coming()) is not None:
        found.append(("broken" if evidence.matter.refused else "met", rated(COMING, row)))
    if not evidence.matter.refused and (row := evidence.ending()) is not None:
        found.append(("moved" if evidence.is_moved else "broken", rated(ENDING, row)))
    return found


def candidates(background: Background) -> int:
    """The sentences that may tell of it, by what is named in them: all that may have more for it than against it."""
    matter, story, found = background.matter, background.story, 0
    if not (story.naming(matter.doers) or background.row["shared_names"]):
        return 0
    for what, places in ((COMING, _of_deed(background)), (ENDING, _of_end(background))):
        if places:
            found |= _hopeful(background, load()[what], places)
    return found


def _of_deed(background: Background) -> int:
    """Sentences with words for the deed, its things or its names."""
    matter, story = background.matter, background.story
    found = _with(story, [Sense(part, deed) for part in PARTS for deed in matter.deeds] + _objects(matter))
    for name in matter.names:
        found |= story.names.get(name, 0)
    for word in matter.words:
        found |= story.beginnings.get(word[:PREFIX], 0)
    return found


def _of_end(background: Background) -> int:
    """Sentences with words for an end, or for the contrary of the deed; and those in which the deed may be denied."""
    if background.matter.refused:
        return 0
    acts = _with(background.story, [Sense(part, deed) for part in ("act", "told") for deed in background.matter.deeds])
    contrary = _with(background.story, [Sense("contrary", deed) for deed in background.matter.deeds])
    return contrary | _with(background.story, ENDS) | (acts & _with(background.story, DENYING))


def _objects(matter: Matter) -> list[Sense]:
    return [Sense("thing", name) for name in matter.things] + [Sense("general", name) for name in matter.general]


def _with(story: Story, senses: Iterable[Sense]) -> int:
    found = 0
    for sense in senses:
        found |= story.senses.get(sense, 0)
    return found


def _hopeful(background: Background, weights: Mapping[str, float], places: int) -> int:
    """Those of some sentences of which what is named, and the best that else may be found there, weighs enough."""
    possible = _possible(background)
    best = weights[CONSTANT] + sum(weights.get(name, 0.0) * value for name, value in background.row.items() if value)
    some = list[tuple[float, int]]()
    for name, weight in weights.items():
        if weight > 0 and name != CONSTANT and name not in background.row:
            if (where := possible.get(name, -1)) == -1:
                best += weight
            elif where & places:
                some.append((weight, where))
    if best + sum(weight for weight, _ in some) < 0:
        return 0
    things, absent = possible["thing"] | possible["thing_near"], weights.get("thing_absent", 0.0) if background.matter.things else 0.0
    found = 0
    while places:
        here = places & -places
        places &= places - 1
        if best + (0.0 if things & here else absent) + sum(weight for weight, where in some if where & here) >= 0:
            found |= here
    return found


def _possible(background: Background) -> dict[str, int]:
    """The sentences in which some features may hold; all others may hold anywhere."""
    matter, story, row = background.matter, background.story, background.row
    doers, others, things = (
        story.naming(matter.doers),
        story.naming(matter.others),
        _with(story, [Sense("thing", n) for n in matter.things]),
    )
    acts, told, contrary = (_with(story, [Sense(part, deed) for deed in matter.deeds]) for part in PARTS)
    denying = _with(story, DENYING)
    return {
        "lead": (1 << LEAD + 1) - 1,
        "doer_here": doers,
        "doer_near": doers << 1 | doers >> 1,
        "other_here": others,
        "other_near": others << 1 | others >> 1,
        "thing": things,
        "thing_near": things << 1 | things >> 1,
        "act": acts,
        "vague_act": 0,  # in the place of "act", which counts more
        "told": told,
        "any_told": told,
        "more_told": told,
        "not_contrary": contrary & denying,
        "general": _with(story, [Sense("general", name) for name in matter.general]),
        "name": -1 if matter.names and not row["name_absent"] else 0,
        "person": -1 if matter.persons else 0,
        "number": -1 if row["number_story"] else 0,
        "mentioned": -1 if row["shared_names"] else 0,
        "undone": _with(story, ENDS),
        "moved": _with(story, ENDS),
        "not_done": acts & denying,
        "late_not_done": acts & denying if background.late else 0,
        "refused": acts & denying,
        "truce_contrary": contrary if "truce" in matter.deeds else 0,
    }


def rated(what: str, row: Row) -> float:
    """The sum of what speaks for and against."""
    weights = load()[what]
    return sum(weights.get(name, 0.0) * value for name, value in row.items() if value)


@cache
def load() -> Mapping[str, Mapping[str, float]]:
    return load_from(resources.files(__package__))


def load_from(folder: Folder) -> dict[str, dict[str, float]]:
    """The weights of a folder that holds such a file. DataError for what is wrong in it."""
    try:
        loaded: Any = yaml.safe_load(text_of(folder, WEIGHTS))
    except yaml.YAMLError as error:
        raise DataError(WEIGHTS, str(error)) from error
    if not isinstance(loaded, dict) or loaded.keys() != {COMING, ENDING} or not all(_are_weights(some) for some in loaded.values()):
        raise DataError(WEIGHTS, f"numbers by the names of features were expected under {COMING} and {ENDING}")
    return loaded


def _are_weights(found: object) -> bool:
    return isinstance(found, dict) and all(isinstance(n, str) and isinstance(w, int | float) for n, w in found.items())
