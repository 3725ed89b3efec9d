"""In: an expectation in its words, and a later story. Out: whether the story tells in plain words that it came, will not come or was moved.

What was promised is a deed, things and names ("send", "police", "Torkham"). Each sentence of a later story that has words of these is weighed:
who and what is named there and in the story, what is told as done and what as ahead, negated or given up (``evidence.py``).
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any, Literal, NamedTuple

import yaml

from dragoman.errors import DataError
from dragoman.expectations.evidence import Background, Evidence, Row
from dragoman.expectations.matter import Matter
from dragoman.expectations.stories import Story
from dragoman.expectations.wording import PARTS, Sense
from dragoman.tables import Folder, text_of

Says = Literal["met", "broken", "moved"]
WEIGHTS = "weights.yaml"
COMING, ENDING = "coming", "ending"
ENDS = tuple(Sense(part, "") for part in ("moved", "shifted", "undone", "without"))


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
    background, places = Background(matter, story), candidates(matter, story)
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


def candidates(matter: Matter, story: Story) -> int:
    """The sentences that may tell of it: with words for the deed, its things or names, in a story that has to do with who was to act."""
    if not (story.naming(matter.doers) or not matter.mentioned.isdisjoint(story.names) or not matter.mentioned.isdisjoint(story.persons)):
        return 0
    found = 0
    for sense in _senses(matter):
        found |= story.senses.get(sense, 0)
    for name in matter.names:
        found |= story.names.get(name, 0)
    for stem in (*matter.words, *matter.numbers):
        found |= story.stems.get(stem, 0)
    return found


def _senses(matter: Matter) -> list[Sense]:
    deeds = [Sense(part, deed) for part in PARTS for deed in matter.deeds]
    return [*deeds, *(Sense("thing", name) for name in matter.things), *(Sense("general", name) for name in matter.general)]


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
