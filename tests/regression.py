"""In: rows of named features, each with an answer and a weight. Out: what each feature counts, by logistic regression."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt

Row = dict[str, float]
Example = tuple[Row, bool, float]


def fitted(
    examples: Sequence[Example], bounds: Callable[[str], tuple[float, float]], shrink: Callable[[str], float], steps: int, rate: float
) -> Row:
    """Weights by name. ``bounds`` are the lowest and highest that a feature may count, ``shrink`` how much of L2 it is held down by."""
    names = sorted({name for row, _, _ in examples for name in row})
    x = np.array([[row.get(name, 0.0) for name in names] for row, _, _ in examples])
    y = np.array([answer for _, answer, _ in examples], float)
    total = sum(weight for _, _, weight in examples)
    count = np.array([weight for _, _, weight in examples]) / total
    lowest, highest = np.array([bounds(name) for name in names]).T
    penalty = np.array([shrink(name) for name in names]) / total
    weights: npt.NDArray[np.float64] = np.zeros(len(names))
    for _ in range(steps):
        predicted = 1 / (1 + np.exp(-x @ weights))
        weights = np.clip(weights - rate * (x.T @ (count * (predicted - y)) + penalty * weights), lowest, highest)
    return {name: float(weight) for name, weight in zip(names, weights, strict=True)}
