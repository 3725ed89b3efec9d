"""In: the candidates of an article and what else it names. Out: which place of the list each is, or none where two are as likely.

What counts: the region or state named behind it, the countries that the story is about, the places already found, how many live there.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log10

from dragoman.knowledge.gazetteer import Gazetteer, Spot
from dragoman.language.tree import Tree
from dragoman.where.candidates import Candidate

MOST = 40
BEHIND = frozenset({",", "("})
SAME_KM = 100.0
NEAR_KM = 150.0
TOWN_KM = 60.0
FAR = 7
SURE, LIKELY = 1.0, 0.4
LANDMARK, LAND = 8.5, 9.0
MAIN, KNOWN, STORY, NAMED, IN_REGION, SAME_REGION, NEAR, SAME, ALIKE = 0.3, 3.0, 2.0, 0.7, 1.5, 1.0, 1.0, 6.0, 3.0
SECOND_LEVEL, SECOND_LEVEL_SHORT, BESIDE_ITS_TOWN, OTHER_NAME = -1.5, -3.0, -1.0, -1.5
REGION_NOUNS = {"city": "city", "town": "city", "village": "city", "township": "city"}
LEAST_FACILITY_KM = 10.0
OF_REGION = 0.1
UNKNOWN_BELOW = 100_000
ENOUGH = 2.0


@dataclass(frozen=True, slots=True)
class Resolved:
    """A place and how far from its coordinates what is named may lie; ``within`` says that it is only where the named one stands."""

    spot: Spot
    uncertainty: float
    within: bool = False


def inside(gazetteer: Gazetteer, spot: Spot, larger: Spot) -> bool:
    """Whether one place lies in another, as far as the list tells."""
    if spot.row == larger.row or larger.kind not in ("country", "region", "area", "city"):
        return False
    if larger.kind == "country":
        return spot.kind != "country" and spot.country == larger.country
    if larger.kind == "region" and larger.level == 1:
        return spot.region == larger.row
    reach = max(larger.radius, 15.0) if larger.kind == "city" else larger.radius + 20
    return spot.radius < larger.radius and spot.country in (larger.country, None) and spot.distance(larger) < reach


def behind(tree: Tree, first: Candidate, second: Candidate) -> bool:
    """Whether the second name stands right behind the first and its comma or bracket."""
    return (
        first.end == second.start - 1 and tree.straight[first.end] in BEHIND and tree.sentence[first.start] == tree.sentence[second.start]
    )


class Resolver:
    """Resolves the candidates of one article."""

    def __init__(
        self, gazetteer: Gazetteer, tree: Tree, candidates: Sequence[Candidate], known: Mapping[int, str], countries: Mapping[str, float]
    ) -> None:
        """``known`` has the country of names that the knowledge of actors holds for a city of it, by their first token; ``countries`` how
        often the article names each in another way."""
        self.gazetteer = gazetteer
        self.tree = tree
        self.candidates = candidates
        self.known = known
        self.options = {c.start: [gazetteer.spot(row, main) for row, main in c.rows[:MOST]] for c in candidates}
        self.countries: defaultdict[str, float] = defaultdict(float, countries)
        for candidate in candidates:
            for spot in self.options[candidate.start][:1]:
                if spot.kind == "country" and spot.country:
                    self.countries[spot.country] += 1.0
        self.fixed: dict[int, Spot] = {}
        self.by_name: dict[tuple[tuple[int, bool], ...], Spot] = {}
        self._pairs()

    def _pairs(self) -> None:
        """What is told with the region that it lies in; both are then known."""
        self.contained: set[int] = set()
        for first, second in zip(reversed(self.candidates[:-1]), reversed(self.candidates[1:]), strict=True):
            if not behind(self.tree, first, second) or first.sort == "facility":
                continue
            larger = [self.fixed[second.start]] if second.start in self.fixed else self._of_noun(second)
            found = [(s, one) for one in larger for s in self._of_noun(first) if inside(self.gazetteer, s, one)]
            if found:
                smaller, larger_one = max(found, key=lambda pair: (self._score(pair[0], ()) + self._score(pair[1], ()), -pair[0].row))
                self._fix(first, self._town_of(smaller, first, [s for s, one in found if one is larger_one]))
                self._fix(second, larger_one)
                self.contained.add(first.start)

    def _fix(self, candidate: Candidate, spot: Spot) -> None:
        self.fixed[candidate.start] = spot
        self.by_name.setdefault(candidate.rows, spot)
        if spot.country is not None and spot.kind != "country":
            self.countries[spot.country] += 1

    def resolve(self, asked: Iterable[Candidate]) -> Mapping[int, Spot]:
        """The spots of candidates by their first token; the sure ones first, which then help with the others."""
        asked = [c for c in asked if c.sort in ("listed", "shortened")]
        for margin in (SURE, LIKELY):
            known = list(self.fixed.values())
            for candidate in asked:
                if candidate.start in self.fixed:
                    continue
                spot = self.by_name.get(candidate.rows) or self._best(candidate, known, margin)
                if spot is not None:
                    self._fix(candidate, spot)
        return self.fixed

    def _best(self, candidate: Candidate, known: Sequence[Spot], margin: float) -> Spot | None:
        """The likeliest meaning, where no other one that lies elsewhere comes near it."""
        options = self._of_noun(candidate)
        has_main = any(s.main for s in options)
        foremost = next((s.row for s in options if s.kind == "city" and s.country == self.known.get(candidate.start)), None)
        beside = self._beside(candidate)
        scored = sorted(
            (
                self._score(s, known)
                + self._beside_its_town(s, options)
                + (KNOWN if s.row == foremost else OTHER_NAME if has_main and not s.main and s.kind in ("city", "region") else 0.0)
                + (ALIKE if (s.kind, s.level) == beside else 0.0),
                -s.row,
                number,
            )
            for number, s in enumerate(options)
        )[::-1]
        if not scored:
            return None
        best, _, number = scored[0]
        if self._is_elsewhere(options[number], candidate):
            return None
        spot = self._town_of(options[number], candidate, options)
        rival = next((score for score, _, other in scored[1:] if not _is_same(spot, options[other])), None)
        return spot if rival is None or best - rival >= margin else None

    def _is_elsewhere(self, spot: Spot, candidate: Candidate) -> bool:
        """Whether it is a small town in a country of which the article, that names others, has nothing, not even a town near by."""
        is_small = spot.kind == "city" and spot.population < UNKNOWN_BELOW
        if not is_small or spot.country in self.countries or sum(self.countries.values()) < ENOUGH:
            return False
        others = (o for c in self.candidates if c.rows != candidate.rows for o in self.options[c.start])
        return not any(o.kind == "city" and o.country == spot.country and o.distance(spot) < TOWN_KM for o in others)

    def _town_of(self, spot: Spot, candidate: Candidate, options: Sequence[Spot]) -> Spot:
        """The town instead of the region around it that is called after it: Geneva, Tbilisi, Jenin."""
        if spot.kind != "region" or candidate.noun:
            return spot
        towns = [
            o for o in options if o.kind == "city" and o.country == spot.country and o.distance(spot) < max(spot.radius, LEAST_FACILITY_KM)
        ]
        largest = max(towns, key=lambda o: (o.population, -o.row), default=None)
        return spot if largest is None or largest.population < OF_REGION * spot.population else largest

    def _beside(self, candidate: Candidate) -> tuple[str, int] | None:
        """Kind and level of a region that is joined with the name: "California or Washington"."""
        for other in self.candidates:
            spot = self.fixed.get(other.start)
            if (
                spot is not None
                and spot.kind == "region"
                and (1 <= candidate.start - other.end <= 2 or 1 <= other.start - candidate.end <= 2)
            ):
                return spot.kind, spot.level
        return None

    def _of_noun(self, candidate: Candidate) -> list[Spot]:
        """The meanings that the noun behind a name leaves: regions of "Aleppo province"."""
        options = self.options[candidate.start]
        if not candidate.noun or candidate.noun == "part":
            return options
        kind = REGION_NOUNS.get(candidate.noun, "region")
        return [s for s in options if s.kind == kind or (kind == "region" and s.kind == "area")] or options

    def _beside_its_town(self, spot: Spot, options: Sequence[Spot]) -> float:
        """A region is meant less often than the town that it is called after."""
        of_town = spot.kind == "region" and any(
            o.kind == "city" and o.distance(spot) < spot.radius + 50 and o.country == spot.country for o in options
        )
        return BESIDE_ITS_TOWN if of_town else 0.0

    def _score(self, spot: Spot, known: Sequence[Spot]) -> float:
        score = self._size(spot) + (MAIN if spot.main else 0.0)
        total = sum(self.countries.values())
        if spot.country is not None and total and (named := self.countries.get(spot.country)):
            score += NAMED + STORY * named / total
        if any(k.row == spot.row for k in known):
            score += SAME
        if spot.region is not None and any(k.row == spot.region for k in known):
            score += IN_REGION
        elif spot.region is not None and any(k.region == spot.region for k in known if k.row != spot.row):
            score += SAME_REGION
        if any(k.row != spot.row and k.kind in ("city", "facility") and spot.distance(k) < NEAR_KM for k in known):
            score += NEAR
        return score

    def _size(self, spot: Spot) -> float:
        if spot.kind == "country":
            return LAND
        if spot.kind not in ("city", "region"):
            return LANDMARK
        size = log10(spot.population + 10)
        if spot.kind == "region" and spot.level == 2:
            return size + (SECOND_LEVEL if spot.main else SECOND_LEVEL_SHORT)
        return size


def _is_same(one: Spot, other: Spot) -> bool:
    """Two entries of what is one place to a reader: a town and its district."""
    return one.distance(other) < max(SAME_KM, one.radius, other.radius) and one.country == other.country


class Towns:
    """Where streets and buildings stand: in the town told beside them, else in the one that the story is from or mostly in."""

    def __init__(self, tree: Tree, placed: Sequence[tuple[Candidate, Spot]], usual: Spot | None) -> None:
        """``usual`` is the story's town, where it has one."""
        self.tree = tree
        self.placed = placed
        self.towns = [(c, s) for c, s in placed if is_town(s)]
        often = Counter(s.row for _, s in self.towns)
        self.usual = usual or max((s for _, s in self.towns), key=lambda s: (often[s.row], -s.row), default=None)

    def of(self, candidate: Candidate, options: Sequence[Spot]) -> Resolved | None:
        """Nearest behind, then in front, in the sentence; then the story's. Options are what a building is called after."""
        beside = [(c, s) for c, s in self.towns if self._is_beside(c, candidate)]
        after = [(c.start - candidate.end, -s.row, s) for c, s in beside if c.start >= candidate.end]
        before = [(candidate.start - c.end, -s.row, s) for c, s in beside if c.end <= candidate.start]
        nearest = min(after + before, default=(0, 0, None))[2]
        town = min(after)[2] if after and min(after)[0] <= 4 else nearest or self.usual
        region = next((s for c, s in self.placed if behind(self.tree, candidate, c) and s.kind == "region" and s.level == 1), None)
        if region is not None and (town is None or town.region != region.row):
            return Resolved(region, region.radius, within=True)
        own = [s for s in options if s.kind in ("city", "facility") and town is not None and s.distance(town) < NEAR_KM]
        town = own[0] if own else town
        return None if town is None else Resolved(town, max(town.radius, LEAST_FACILITY_KM), within=True)

    def around(self, candidate: Candidate) -> Resolved | None:
        """What is told right behind a village that the list lacks: "Kasba Bonli, a market town in Rajasthan"."""
        after = [(c.start - candidate.end, -s.row, s) for c, s in self.placed if self._is_beside(c, candidate) and c.start >= candidate.end]
        steps, _, spot = min(after, default=(FAR, 0, None))
        return Resolved(spot, spot.radius, within=True) if spot is not None and steps <= FAR and spot.kind != "country" else None

    def _is_beside(self, one: Candidate, other: Candidate) -> bool:
        return one.start != other.start and self.tree.sentence[one.start] == self.tree.sentence[other.start]


def is_town(spot: Spot) -> bool:
    """Small enough to say where a street of it is."""
    return spot.radius < TOWN_KM and (spot.kind in ("city", "facility", "area") or (spot.kind == "region" and spot.level == 2))
