"""Learns how much each feature of two reports counts (src/dragoman/merge/weights.yaml) from stories.yaml and the pairs that are not held out.

python tests/merge/fit.py     # cross-validates, writes the file anew and prints the weights
"""

from __future__ import annotations

import random
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path

import numpy as np
import numpy.typing as npt
from copies_and_events import Scores  # beside this file
from pairing import Pair, coded, pairs, stories

from dragoman.merge import alike
from dragoman.merge.reports import Report

HERE = Path(__file__).resolve().parent
WEIGHTS = HERE.parents[1] / "src" / "dragoman" / "merge" / "weights.yaml"
SHRINK = 0.6  # of L2; the same within a point from 0.3 to 2
ANOTHER = (
    0.25  # weight of a pair that tells two events, as stories have more of them than of the others; F1 0.86 at 0.25, 0.85 at 0.4, 0.82 at 1
)
TWISTED = 0.3  # weight of a pair in which one thing that decides was changed; F1 of pairs.yaml 0.82 at 0, 0.84 from 0.15 to 0.8
STRANGE = 0.02  # weight of reports of different stories; F1 0.84, as at 0, and 0.82 at 0.1
STRANGERS = 2  # for each report so many
FOLDS = 8
STEPS = 6_000
RATE = 1.0
FREE = (alike.CONSTANT, "undated")
AGAINST = ("other", "strange", "foreign", "turned", "one_unreal", "next_day", "more_places")

Row = dict[str, float]
Example = tuple[Row, bool, float]


def fitted(examples: Sequence[Example], shrink: float = SHRINK) -> Row:
    """Weights of a logistic regression, the constant not shrunk.

    What speaks for or against keeps its sign: those who write hard pairs use the same words for different events and others for the same,
    so that a free fit would hold shared words against a pair.
    """
    names = sorted({name for row, _, _ in examples for name in row})
    x = np.array([[row.get(name, 0.0) for name in names] for row, _, _ in examples])
    y = np.array([same for _, same, _ in examples], float)
    total = sum(weight for _, _, weight in examples)
    count = np.array([weight for _, _, weight in examples]) / total
    highest = np.array([0.0 if name.startswith(AGAINST) else np.inf for name in names])
    lowest = np.array([-np.inf if name in FREE or name.startswith(AGAINST) else 0.0 for name in names])
    penalty = np.array([0.0 if name == alike.CONSTANT else shrink / total for name in names])
    weights: npt.NDArray[np.float64] = np.zeros(len(names))
    for _ in range(STEPS):
        predicted = 1 / (1 + np.exp(-x @ weights))
        weights = np.clip(weights - RATE * (x.T @ (count * (predicted - y)) + penalty * weights), lowest, highest)
    return {name: round(float(weight), 2) for name, weight in zip(names, weights, strict=True)}


def examples(found: Sequence[Pair]) -> list[Example]:
    """Pairs that are worth asking about and of which both events are told by the marked words, and others made of them.

    Two that tell another act than what was marked are no example of the same event.
    """
    asked = [(pair, row) for pair in found if (row := row_of(pair)) is not None and (pair.at_marks or not pair.same)]
    real: list[Example] = [(row, pair.same, 1.0 if pair.same else ANOTHER) for pair, row in asked]
    twisted: list[Example] = [(other, False, TWISTED) for pair, row in asked if pair.same for other in twists(row)]
    return real + twisted + [(row, False, STRANGE) for row in strangers(found)]


def row_of(pair: Pair) -> Row | None:
    if pair.one and pair.other and alike.may_be_same(pair.one, pair.other):
        return alike.features(pair.one, pair.other)
    return None


def twists(row: Row) -> Iterator[Row]:
    """The same act, had somebody else done it, or to somebody else, or elsewhere."""

    def changed(*without: str, **others: float) -> Row:
        return {**{name: value for name, value in row.items() if name not in without}, **others}

    if row.get("same_actors"):
        yield changed("same_actors", other_actors=1.0, foreign_actors=1.0, strange_actors=1.0)
        if row.get("same_recipients"):
            yield changed("same_actors", "same_recipients", other_actors=1.0, other_recipients=1.0, turned=1.0)
    if row.get("same_recipients"):
        yield changed("same_recipients", "same_people", other_recipients=1.0, strange_recipients=1.0)
    if row.get("towns"):
        yield changed("towns", other_places=1.0)
    if row.get("same_people"):
        yield changed("same_people", other_people=1.0)
    elif row.get("same_sector"):
        yield changed("same_sector", "heads", other_class=1.0, other_heads=1.0)


def strangers(found: Iterable[Pair]) -> list[Row]:
    """Features of reports of the same type from different stories, as if sides and day were the same: a war has many acts a day."""
    rng = random.Random(0)
    by_type: dict[str, dict[str, tuple[str, Report]]] = defaultdict(dict)
    for pair in found:
        for report in (pair.one, pair.other):
            if report:
                by_type[report.type][report.id] = (pair.judged.group, report)
    rows = []
    for _, reports in sorted(by_type.items()):
        for group, one in reports.values():
            others = [report for elsewhere, report in reports.values() if elsewhere != group]
            rows += [as_if_of_one_day(one, other) for other in rng.sample(others, min(STRANGERS, len(others)))]
    return rows


def as_if_of_one_day(one: Report, other: Report) -> Row:
    parts = (alike.in_recipients, alike.in_acts, alike.in_numbers, alike.in_names, alike.in_words)
    row = dict(chain.from_iterable(part(one, other).items() for part in parts))
    return {**row, alike.CONSTANT: 1.0, "same_day": 1.0, "same_actors": 1.0, "same_recipients": 1.0}


def cross_validated(found: Sequence[Pair]) -> dict[bool, Scores]:
    """Scores of stories (True) and pairs (False), each part judged by weights from the others; without both events none is the same."""
    groups = sorted({pair.judged.group for pair in found})
    random.Random(0).shuffle(groups)
    counts = {True: [0, 0, 0], False: [0, 0, 0]}
    for fold in range(FOLDS):
        out = set(groups[fold::FOLDS])
        weights = fitted(examples([pair for pair in found if pair.judged.group not in out]))
        for pair in found:
            if pair.judged.group in out:
                row = row_of(pair)
                said = row is not None and sum(weights.get(name, 0.0) * value for name, value in row.items()) >= 0
                for place, holds in enumerate((said and pair.same, said, pair.same)):
                    counts[pair.judged.kind == "story"][place] += holds
    return {of_stories: Scores(*three) for of_stories, three in counts.items()}


if __name__ == "__main__":
    learning = [pair for pair in coded([*pairs(), *stories()]) if not pair.judged.held_out]
    for of_stories, scores in cross_validated(learning).items():
        sys.stdout.write(f"cross-validated, {'stories' if of_stories else 'pairs'}: {scores}\n")
    weights = fitted(examples(learning))
    head = "# How much each feature of two reports counts (alike.py); made by tests/merge/fit.py from what is not held out.\n"
    WEIGHTS.write_text(head + "".join(f"{name}: {weight}\n" for name, weight in weights.items()), encoding="utf-8")
    sys.stdout.write("".join(f"{weight:6.2f}  {name}\n" for name, weight in weights.items()))
