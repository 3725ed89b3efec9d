"""In: a parsed article, its actors, what is known of names, the list of places. Out: the places that it names, with coordinates."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from dragoman.drafts import Layout, Mention, PlaceMention
from dragoman.knowledge import Knowledge, Name
from dragoman.knowledge.gazetteer import Gazetteer, Spot
from dragoman.language import Annotated
from dragoman.language.tree import Tree, tree
from dragoman.schema import PlaceKind
from dragoman.where import words
from dragoman.where.candidates import Candidate, Taken, candidates
from dragoman.where.resolving import Resolved, Resolver, Towns, is_town
from dragoman.where.roles import BUILT, Role, Roles
from dragoman.where.spotting import Named, named

CITIES = ("capital", "city")
OF_PEOPLES = {"adjective", "people"}
LARGE = 200_000
MENTIONED = 0.5
DATELINE = 3.0
LARGER = 10


def find(
    annotated: Annotated, layout: Layout, mentions: Iterable[Mention], knowledge: Knowledge, gazetteer: Gazetteer
) -> list[PlaceMention]:
    """All places of an article in text order, one a name; a name that grammar shows to be an actor is none."""
    if not len(annotated.doc):
        return []
    return _Article(tree(annotated), layout, list(mentions), knowledge, gazetteer).places()


class _Article:
    """The places of one article."""

    def __init__(self, tree: Tree, layout: Layout, mentions: Sequence[Mention], knowledge: Knowledge, gazetteer: Gazetteer) -> None:
        self.tree = tree
        self.gazetteer = gazetteer
        lists = words.load()
        self.names = named(tree, gazetteer, lists)
        self.known, adjectives = self._known(knowledge)
        taken = frozenset(t for m in mentions if m.person and m.kind == "name" for t in range(m.range.start, m.range.end))
        self.candidates = candidates(tree, lists, Taken(gazetteer, taken, adjectives), self.names)
        countries: defaultdict[str, float] = defaultdict(float)
        for country in (i.country for m in mentions for i in m.identities if i.country):
            countries[country] += MENTIONED
        self.dateline = _dateline(layout, gazetteer)
        if layout.dateline is not None and layout.dateline.country is not None:
            countries[layout.dateline.country] += DATELINE
        self.resolver = Resolver(gazetteer, tree, self.candidates, self.known, countries)
        roles = Roles(tree, lists, self._of_kind("country"), self._of_kind("water", "area", "border"), frozenset(self.resolver.contained))
        self.roles: dict[int, Role | None] = {c.start: roles.of(c) for c in self.candidates}

    def _known(self, knowledge: Knowledge) -> tuple[Mapping[int, str], frozenset[int]]:
        """The country of the cities that the knowledge of actors has, and the tokens that name peoples ("Syrian"), by first token."""
        cities: dict[int, str] = {}
        adjectives: set[int] = set()
        for one in self.names:
            meanings = [m for m in knowledge.cased.get(_cased(self.tree, one)) if isinstance(m, Name)]
            if meanings and {m.kind for m in meanings} <= OF_PEOPLES:
                adjectives.add(one.start)
            found = {m.country for m in meanings if m.kind in CITIES}
            if len(found) == 1 and (country := found.pop()) is not None:
                cities[one.start] = country
        for token, word in enumerate(self.tree.straight):
            if word[0].isupper() and token not in cities and self.tree.tag[token] in ("JJ", "NNPS", "NNP"):
                meanings = [m for m in knowledge.cased.get(word) if isinstance(m, Name)]
                if meanings and {m.kind for m in meanings} <= OF_PEOPLES:
                    adjectives.add(token)
        return cities, frozenset(adjectives)

    def _of_kind(self, *kinds: PlaceKind) -> frozenset[int]:
        return frozenset(c.start for c in self.candidates if c.rows and self.gazetteer.kind(c.rows[0][0]) in kinds)

    def places(self) -> list[PlaceMention]:
        spots = self.resolver.resolve(self.candidates)
        told = [(c, spots[c.start]) for c in self.candidates if self.roles[c.start] and c.start in spots and c.sort not in BUILT]
        towns = Towns(self.tree, told, self._usual(told, spots))
        found: list[PlaceMention] = []
        by_text: dict[str, Resolved] = {}
        for candidate in self.candidates:
            role = self.roles[candidate.start]
            if role is not None:
                text = self.tree.text(candidate.start, candidate.end)
                resolved = self._resolved(candidate, spots, towns) or by_text.get(text)
                if resolved is not None:
                    by_text.setdefault(text, resolved)
                found.append(self._place(candidate, role, text, resolved))
        return found

    def _usual(self, told: Sequence[tuple[Candidate, Spot]], spots: Mapping[int, Spot]) -> Spot | None:
        """The story's town: that of its dateline, the one told most often as a place, or else named most often at all."""
        if self.dateline is not None and is_town(self.dateline):
            return self.dateline
        opening = [s for c, s in told if self.roles[c.start] == "dateline" and is_town(s)]
        placed = [s for c, s in told if self.roles[c.start] == "at" and is_town(s)]
        others = [s for s in spots.values() if is_town(s)]
        hints = [s for one in self.names if one.start not in spots for s in self._large(one)]
        for group in (opening, placed, others, hints):
            if group:
                often = Counter(s.row for s in group)
                return max(group, key=lambda s: (often[s.row], s.population, -s.row))
        return None

    def _large(self, one: Named) -> list[Spot]:
        """The city that a longer name is called after ("Saskatoon Police"), where only one of some size has the name."""
        found = [s for row, main in one.rows if (s := self.gazetteer.spot(row, main)).kind == "city" and s.population >= LARGE]
        return found if len(found) == 1 and found[0].main else []

    def _resolved(self, candidate: Candidate, spots: Mapping[int, Spot], towns: Towns) -> Resolved | None:
        if candidate.sort in BUILT:
            return towns.of(candidate, self.resolver.options[candidate.start])
        if candidate.sort in ("unlisted", "perhaps"):
            return towns.around(candidate)
        spot = spots.get(candidate.start)
        return None if spot is None else Resolved(spot, spot.radius)

    def _place(self, candidate: Candidate, role: Role, text: str, resolved: Resolved | None) -> PlaceMention:
        kind: PlaceKind | None = "facility" if candidate.sort in BUILT else None
        place = PlaceMention(candidate.range, candidate.head, role, kind, named=candidate.sort not in ("site", "perhaps"))
        if resolved is None:
            return place
        spot = resolved.spot
        place.country, place.lat, place.lon, place.uncertainty = spot.country, spot.lat, spot.lon, round(resolved.uncertainty, 1)
        place.region = self.gazetteer.spot(spot.region).name if spot.region is not None else spot.name if spot.level == 1 else None
        if resolved.within:
            place.name = text
        else:
            place.kind, place.name, place.geonameid = spot.kind, spot.name, spot.geonameid
        return place


def _cased(tree: Tree, one: Named) -> str:
    text = tree.text(one.start, one.end)
    return text.title() if text.isupper() and len(text) > 3 else text


def _dateline(layout: Layout, gazetteer: Gazetteer) -> Spot | None:
    """The town that a report is filed from, by its country where that is known, else the one by far the largest of its name."""
    if layout.dateline is None:
        return None
    country = layout.dateline.country
    spots = [s for s in gazetteer.find(layout.dateline.place) if s.kind == "city" and country in (s.country, None)]
    is_clear = spots and (country is not None or len(spots) == 1 or spots[0].population > LARGER * spots[1].population)
    return spots[0] if is_clear else None
