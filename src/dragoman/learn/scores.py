"""In: counts of what was right, found and wanted. Out: precision, recall and F1, and the tables that eval commands print."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Score:
    """Counts: ``right`` of ``found`` were wanted, ``wanted`` in all. The rates are 0 where there is nothing to divide by."""

    right: float
    found: float
    wanted: float

    @property
    def precision(self) -> float:
        return self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        return self.right / self.wanted if self.wanted else 0.0

    @property
    def f1(self) -> float:
        return 2 * self.right / (self.found + self.wanted) if self.found + self.wanted else 0.0

    def line(self, name: str) -> str:
        return f"{name:<12} P {self.precision:5.3f}  R {self.recall:5.3f}  F1 {self.f1:5.3f}  n {self.wanted:g}"


def by_class(pairs: Iterable[tuple[str, str]]) -> dict[str, Score]:
    """Scores of each gold class, from (gold, predicted) pairs; classes that are only predicted get none."""
    pairs = list(pairs)
    right = Counter(gold for gold, predicted in pairs if gold == predicted)
    found = Counter(predicted for _, predicted in pairs)
    wanted = Counter(gold for gold, _ in pairs)
    return {name: Score(right[name], found[name], wanted[name]) for name in sorted(wanted)}


def macro_f1(scores: dict[str, Score]) -> float:
    return sum(s.f1 for s in scores.values()) / len(scores) if scores else 0.0
