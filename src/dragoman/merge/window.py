"""Pairs of reports that may tell the same event. In: reports in the order of their first days. Out: pairs with a strength, one of them new.

Only those whose days touch, and that share a country or a name, are looked at; what lies too far back is forgotten, so that memory
depends on how much is reported in a week and not on how long the store is.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from dragoman.merge.alike import REACH, may_be_same, probability
from dragoman.merge.reports import Report

LINKED = 0.3  # of probability from which a pair counts in a cluster's mean; the mean must be higher


@dataclass(frozen=True, slots=True)
class Dated:
    """A report with the number under which it is stored; ``is_new`` if no earlier run has compared it."""

    number: int
    report: Report
    is_new: bool


class Window:
    """The reports by what they share, as far back as any that comes may touch."""

    def __init__(self) -> None:
        self._by_key: dict[str, list[Dated]] = defaultdict(list)
        self._swept: int | None = None

    def __len__(self) -> int:
        """Countries and names under which reports are kept."""
        return len(self._by_key)

    def linked(self, dated: Dated) -> Iterator[tuple[int, int, float]]:
        """The pairs of one more report with those before it; it must not begin before them."""
        report, seen = dated.report, set()
        assert report.first is not None
        self._sweep(report.first)
        for key in keys_of(report):
            kept = self._by_key[key] = [d for d in self._by_key[key] if is_within_reach(d.report, report.first)]
            for earlier in kept:
                if earlier.number in seen or not (dated.is_new or earlier.is_new):
                    continue
                seen.add(earlier.number)
                if may_be_same(report, earlier.report) and (strength := probability(*in_order(report, earlier.report))) >= LINKED:
                    yield *sorted((dated.number, earlier.number)), round(strength, 6)  # type: ignore[misc]
            kept.append(dated)

    def _sweep(self, first: int) -> None:
        """Forgets, every day, what is out of reach: most reports are of a day, and a month of them would be many."""
        if first == self._swept:
            return
        self._swept = first
        for key, kept in list(self._by_key.items()):
            self._by_key[key] = [dated for dated in kept if is_within_reach(dated.report, first)]
            if not self._by_key[key]:
                del self._by_key[key]


def in_order(one: Report, other: Report) -> tuple[Report, Report]:
    """Whichever comes first: sums of floating point differ in their last digit with the order."""
    return (one, other) if one.id < other.id else (other, one)


def is_within_reach(report: Report, first: int) -> bool:
    return report.first is not None and report.last is not None and report.last + 1 >= first and report.first + REACH >= first


def keys_of(report: Report) -> Iterable[str]:
    return [*sorted(report.sides), *sorted(report.names)]
