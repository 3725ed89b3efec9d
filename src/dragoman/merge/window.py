"""Pairs that may tell the same event. In: reports and tellings in the order of their first days. Out: pairs with a strength.

Only those whose days touch, and that share a country or a name, are looked at; what lies too far back is forgotten, so that memory
depends on how much is reported in a week and not on how long the store is.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

from dragoman.merge import retelling
from dragoman.merge.alike import REACH, may_be_same, probability
from dragoman.merge.reports import Report, Told
from dragoman.merge.tellings import Telling

LINKED = 0.3  # of probability from which a pair counts in a cluster's mean; the mean must be higher

Kind = TypeVar("Kind", bound=Told)
Pair = tuple[int, int, float]


@dataclass(frozen=True, slots=True)
class Dated(Generic[Kind]):
    """A report or telling with the number under which it is stored; ``is_new`` if no earlier run has compared it."""

    number: int
    told: Kind
    is_new: bool


class Shelf(Generic[Kind]):
    """What came so far by its countries and names, as far back as anything that comes may touch."""

    def __init__(self) -> None:
        self._by_key: dict[str, list[Dated[Kind]]] = defaultdict(list)

    def __len__(self) -> int:
        """Countries and names under which something is kept."""
        return len(self._by_key)

    def put(self, dated: Dated[Kind]) -> None:
        for key in keys_of(dated.told):
            self._by_key[key].append(dated)

    def sharing(self, told: Told, is_new: bool) -> Iterator[Dated[Kind]]:
        """What has a key of it, each once, where one of the two is new."""
        seen = set()
        for key in keys_of(told):
            for earlier in self._by_key.get(key, ()):
                if earlier.number not in seen and (is_new or earlier.is_new):
                    seen.add(earlier.number)
                    yield earlier

    def sweep(self, first: int) -> None:
        """Forgets what nothing that begins on this day or later can touch."""
        for key, kept in list(self._by_key.items()):
            self._by_key[key] = [dated for dated in kept if is_within_reach(dated.told, first)]
            if not self._by_key[key]:
                del self._by_key[key]


class Window:
    """The reports and tellings of the days that are looked at; nothing may begin before what came before it."""

    def __init__(self) -> None:
        self.reports: Shelf[Report] = Shelf()
        self.tellings: Shelf[Telling] = Shelf()
        self._swept: int | None = None

    def linked(self, dated: Dated[Report]) -> Iterator[Pair]:
        """The pairs of one more report with those before it."""
        self._sweep(dated.told)
        for earlier in self.reports.sharing(dated.told, dated.is_new):
            if not may_be_same(dated.told, earlier.told):
                continue
            if (strength := probability(*in_order(dated.told, earlier.told))) >= LINKED:
                yield *sorted((dated.number, earlier.number)), round(strength, 6)  # type: ignore[misc]
        self.reports.put(dated)

    def recalling(self, dated: Dated[Report]) -> Iterator[Pair]:
        """The report with the tellings before it that recall its event."""
        self._sweep(dated.told)
        for telling in self.tellings.sharing(dated.told, dated.is_new):
            yield from recalled(dated, telling)

    def recalled(self, dated: Dated[Telling]) -> Iterator[Pair]:
        """The reports before one more telling whose event it recalls."""
        self._sweep(dated.told)
        for report in self.reports.sharing(dated.told, dated.is_new):
            yield from recalled(report, dated)
        self.tellings.put(dated)

    def _sweep(self, told: Told) -> None:
        assert told.first is not None
        if told.first != self._swept:
            self._swept = told.first
            self.reports.sweep(told.first)
            self.tellings.sweep(told.first)


def recalled(report: Dated[Report], telling: Dated[Telling]) -> Iterator[Pair]:
    if retelling.may_be_recalled(report.told, telling.told):
        strength = retelling.probability(report.told, telling.told)
        if strength >= retelling.ENOUGH:
            yield report.number, telling.number, round(strength, 6)


def in_order(one: Report, other: Report) -> tuple[Report, Report]:
    """Whichever comes first: sums of floating point differ in their last digit with the order."""
    return (one, other) if one.id < other.id else (other, one)


def is_within_reach(told: Told, first: int) -> bool:
    return told.first is not None and told.last is not None and told.last + 1 >= first and told.first + REACH >= first


def keys_of(told: Told) -> Iterable[str]:
    """A report is looked up by the countries of its sides, a telling by all that its sentence names."""
    return [*sorted(told.countries), *sorted(told.names)]
