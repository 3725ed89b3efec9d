"""Pairs that may tell the same event. In: reports and tellings in the order of their first days. Out: pairs with a strength.

Only those whose days touch, and that share a country or a name, are looked at; what lies too far back is forgotten, so that memory
depends on how much is reported in a week and not on how long the store is.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import count
from typing import Generic, TypeVar

from dragoman.merge import retelling
from dragoman.merge.alike import REACH, may_be_same, probability
from dragoman.merge.reports import Report, Told
from dragoman.merge.tellings import Telling

LINKED = 0.3  # of probability from which a pair counts in a cluster's mean; the mean must be higher

Kind = TypeVar("Kind", bound=Told)
Other = TypeVar("Other", bound=Told)
Pair = tuple[int, int, float]


@dataclass(frozen=True, slots=True)
class Dated(Generic[Kind]):
    """A report or telling with the number under which it is stored; ``is_new`` if no earlier run has compared it."""

    number: int
    told: Kind
    is_new: bool


class Wording(Generic[Kind]):
    """What is said in the same words, as by copies: all who say it, and how it compared with others, so that no two copies are compared."""

    def __init__(self, told: Kind, place: int) -> None:
        self.told = told
        self.place = place
        self.said: list[Dated[Kind]] = []
        self.strengths: dict[tuple[int, bool], float] = {}


class Shelf(Generic[Kind]):
    """What came so far by its countries and names, as far back as anything that comes may touch."""

    def __init__(self, places: Iterator[int]) -> None:
        self._places = places
        self._wordings: dict[Kind, Wording[Kind]] = {}
        self._by_key: dict[str, list[Wording[Kind]]] = defaultdict(list)

    def __len__(self) -> int:
        """Countries and names under which something is kept."""
        return len(self._by_key)

    def wording(self, told: Kind) -> Wording[Kind]:
        """That of what says the same; put on the shelf if nothing does."""
        if (found := self._wordings.get(told)) is None:
            found = self._wordings[told] = Wording(told, next(self._places))
            for key in keys_of(told):
                self._by_key[key].append(found)
        return found

    def sharing(self, told: Told) -> Iterable[Wording[Kind]]:
        """What has a key of it, each once."""
        return dict.fromkeys(wording for key in keys_of(told) for wording in self._by_key.get(key, ()))

    def sweep(self, first: int) -> None:
        """Forgets what nothing that begins on this day or later can touch."""
        self._wordings = {told: wording for told, wording in self._wordings.items() if is_within_reach(told, first)}
        for key, kept in list(self._by_key.items()):
            self._by_key[key] = [wording for wording in kept if is_within_reach(wording.told, first)]
            if not self._by_key[key]:
                del self._by_key[key]


class Window:
    """The reports and tellings of the days that are looked at; nothing may begin before what came before it."""

    def __init__(self) -> None:
        places = count()
        self.reports: Shelf[Report] = Shelf(places)
        self.tellings: Shelf[Telling] = Shelf(places)
        self._swept: int | None = None

    def linked(self, dated: Dated[Report]) -> Iterator[Pair]:
        """The pairs of one more report with those before it."""
        self._sweep(dated.told)
        wording = self.reports.wording(dated.told)
        for one, other, strength in pairs(dated, wording, self.reports.sharing(dated.told), likeness):
            yield min(one, other), max(one, other), strength
        wording.said.append(dated)

    def recalling(self, dated: Dated[Report]) -> Iterator[Pair]:
        """The report with the tellings before it that recall its event."""
        self._sweep(dated.told)
        yield from pairs(dated, self.reports.wording(dated.told), self.tellings.sharing(dated.told), recollection)

    def recalled(self, dated: Dated[Telling]) -> Iterator[Pair]:
        """The reports before one more telling whose event it recalls."""
        self._sweep(dated.told)
        wording = self.tellings.wording(dated.told)
        for telling, report, strength in pairs(dated, wording, self.reports.sharing(dated.told), lambda of, told: recollection(told, of)):
            yield report, telling, strength
        wording.said.append(dated)

    def _sweep(self, told: Told) -> None:
        assert told.first is not None
        if told.first != self._swept:
            self._swept = told.first
            self.reports.sweep(told.first)
            self.tellings.sweep(told.first)


def pairs(
    dated: Dated[Kind], wording: Wording[Kind], others: Iterable[Wording[Other]], strength_of: Callable[[Kind, Other], float]
) -> Iterator[Pair]:
    """One of a wording with all of others that are linked to it, where one of the two is new."""
    for other in others:
        known = wording.strengths if wording.place > other.place else other.strengths
        for earlier in other.said:
            if not (dated.is_new or earlier.is_new):
                continue
            case = min(wording.place, other.place), dated.told.article == earlier.told.article  # all else that matters is in the wording
            if case not in known:
                known[case] = strength_of(dated.told, earlier.told)
            if strength := known[case]:
                yield dated.number, earlier.number, strength


def likeness(one: Report, other: Report) -> float:
    """The strength of a link between two reports, 0 for none."""
    return linking(probability(one, other), LINKED) if may_be_same(one, other) else 0.0


def recollection(report: Report, telling: Telling) -> float:
    """The strength with which a telling recalls a report's event, 0 for none."""
    return linking(retelling.probability(report, telling), retelling.ENOUGH) if retelling.may_be_recalled(report, telling) else 0.0


def linking(strength: float, least: float) -> float:
    return round(strength, 6) if strength >= least else 0.0


def is_within_reach(told: Told, first: int) -> bool:
    return told.first is not None and told.last is not None and told.last + 1 >= first and told.first + REACH >= first


def keys_of(told: Told) -> Iterable[str]:
    """A report is looked up by the countries of its sides, a telling by all that its sentence names."""
    return [*sorted(told.countries), *sorted(told.names)]
