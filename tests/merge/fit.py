"""Learns how much each feature of two reports counts (src/dragoman/merge/weights.yaml) from the pairs that are not held out.

python tests/merge/fit.py     # writes the file anew and prints the weights
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import numpy.typing as npt
from pairing import Pair, coded, pairs  # beside this file

from dragoman.merge import alike

HERE = Path(__file__).resolve().parent
WEIGHTS = HERE.parents[1] / "src" / "dragoman" / "merge" / "weights.yaml"
SHRINK = 0.6  # of L2; between 0.3 and 1.5 five-fold cross-validation gave the same within a point
STEPS = 4_000
RATE = 0.5


FOR = ("all", "names", "near", "same_actors", "same_day", "same_numbers", "same_places", "same_recipients", "same_trigger", "target")
STRANGERS = 2  # for each report so many of other pairs, as if sides and day were the same: a war has many acts a day
SHARE = 0.2  # of all examples' weight is that of strangers; cross-validated F1 0.83 at 0.1, 0.82 at 0.2, 0.79 at 0.4


def fitted(rows: list[dict[str, float]], labels: list[bool], counts: list[float], shrink: float = SHRINK) -> dict[str, float]:
    """Weights of a logistic regression, the constant not shrunk.

    What speaks for or against keeps its sign: those who write hard pairs use the same words for different events and others for the same,
    so that a free fit would hold shared words against a pair.
    """
    names = sorted({name for row in rows for name in row})
    x = np.array([[row.get(name, 0.0) for name in names] for row in rows])
    y, count = np.array(labels, float), np.array(counts) / sum(counts)
    weights: npt.NDArray[np.float64] = np.zeros(len(names))
    for_it = np.array([name in FOR for name in names])
    against_it = np.array([name.startswith(("other", "foreign", "turned", "one_unreal")) for name in names])
    penalty = np.array([0.0 if name == alike.CONSTANT else shrink / sum(counts) for name in names])
    for _ in range(STEPS):
        predicted = 1 / (1 + np.exp(-x @ weights))
        weights -= RATE * (x.T @ (count * (predicted - y)) + penalty * weights)
        weights = np.where(for_it, np.maximum(weights, 0), np.where(against_it, np.minimum(weights, 0), weights))
    return {name: round(float(weight), 2) for name, weight in zip(names, weights, strict=True)}


def examples(found: list[Pair]) -> tuple[list[dict[str, float]], list[bool], list[float]]:
    """Features, label and weight of the pairs of which both events were coded and which are worth asking about, and of strangers."""
    rows, labels = [], []
    for pair in found:
        if pair.one and pair.other and alike.may_be_same(pair.one, pair.other):
            rows.append(alike.features(pair.one, pair.other))
            labels.append(pair.same)
    others = [*strangers(found), *allies(found)]
    weight = SHARE / (1 - SHARE) * len(rows) / max(len(others), 1)
    return rows + others, labels + [False] * len(others), [1.0] * len(rows) + [weight] * len(others)


def strangers(found: list[Pair]) -> list[dict[str, float]]:
    """Features of reports of the same type from different pairs, as if sides and day were the same."""
    reports = [report for pair in found for report in (pair.one, pair.other) if report]
    rows = []
    for place, one in enumerate(reports):
        others = [r for r in reports[place + 2 :] if r.type == one.type][:STRANGERS]
        rows += [
            {alike.CONSTANT: 1.0, "same_day": 1.0, "same_actors": 1.0, "same_recipients": 1.0, **alike.in_words(one, r)} for r in others
        ]
    return rows


def allies(found: list[Pair]) -> list[dict[str, float]]:
    """Features of pairs that tell the same act, as if somebody else had done it, or they had done it to each other."""
    rows = []
    for pair in found:
        if not (pair.same and pair.one and pair.other and alike.may_be_same(pair.one, pair.other)):
            continue
        row = alike.features(pair.one, pair.other)
        if row.pop("same_actors", None):
            rows.append({**row, "other_actors": 1.0, "foreign_actors": 1.0})
            if row.pop("same_recipients", None):
                rows.append({**row, "other_actors": 1.0, "other_recipients": 1.0, "turned": 1.0})
    return rows


def cross_validated(found: list[Pair], shrink: float, folds: int = 5) -> float:
    """F1 of same events, each fifth judged by weights from the others; pairs without both events count as not the same."""
    right = said = true = 0
    for fold in range(folds):
        weights = fitted(*examples([p for i, p in enumerate(found) if i % folds != fold]), shrink)
        for pair in found[fold::folds]:
            asked = pair.one and pair.other and alike.may_be_same(pair.one, pair.other)
            yes = bool(asked) and sum(weights.get(n, 0.0) * v for n, v in alike.features(pair.one, pair.other).items()) >= 0  # type: ignore[arg-type]
            right, said, true = right + (yes and pair.same), said + yes, true + pair.same
    return 2 * right / (said + true)


if __name__ == "__main__":
    learning = [pair for pair in coded(pairs()) if not pair.held_out]
    for shrink in (0.2, 0.6, 2.0):
        sys.stdout.write(f"L2 {shrink}: cross-validated F1 {cross_validated(learning, shrink):.3f}\n")
    weights = fitted(*examples(learning))
    head = "# How much each feature of two reports counts (alike.py); made by tests/merge/fit.py from the pairs that are not held out.\n"
    WEIGHTS.write_text(head + "".join(f"{name}: {weight}\n" for name, weight in weights.items()), encoding="utf-8")
    sys.stdout.write("".join(f"{weight:6.2f}  {name}\n" for name, weight in weights.items()))
