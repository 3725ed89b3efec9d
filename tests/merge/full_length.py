"""How well events are put together in full-length articles: of full.yaml, where all places are labelled that tell a political act.

python tests/merge/full_length.py           # odd storylines, for development, and even ones, which are measured only
python tests/merge/full_length.py --show    # lists what is wrong in the odd ones
"""

from __future__ import annotations

import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from pathlib import Path

import yaml
from copies_and_events import Scores, pairs_in  # beside this file
from pairing import Coded, Judged, Pair, Side, telling_at

from dragoman import Coder
from dragoman.merge.reports import Report, report_of
from dragoman.merging import merge
from dragoman.schema import Article, Coding
from dragoman.store import Store

FILE = Path(__file__).with_name("full.yaml")
KIND = "full length"
AROUND = 60  # characters before and after a place that are shown


@dataclass(frozen=True, slots=True)
class Place:
    """Words of an article that tell an act; ``act`` is known by its storyline and name."""

    article: str
    start: int
    end: int
    act: str
    is_recalled: bool


@dataclass(frozen=True)
class Storyline:
    """Articles of one storyline, and where they tell its acts."""

    number: int
    articles: tuple[Article, ...]
    places: tuple[Place, ...]

    @property
    def is_measured_only(self) -> bool:
        return self.number % 2 == 0


@dataclass(frozen=True, slots=True)
class Retold:
    """A row of the table of that name."""

    merged_id: str
    article: str
    start: int
    end: int
    strength: float


@dataclass(frozen=True)
class Merged:
    """What the program made of storylines: the place of each event record, its cluster, and what is retold where."""

    storylines: tuple[Storyline, ...]
    triggers: dict[str, tuple[str, int]]
    clusters: dict[str, str]
    retold: tuple[Retold, ...]

    @cached_property
    def places(self) -> dict[str, list[Place]]:
        found: dict[str, list[Place]] = defaultdict(list)
        for storyline in self.storylines:
            for place in storyline.places:
                found[place.article].append(place)
        return found

    def place_of(self, article: str, start: int) -> Place | None:
        return next((place for place in self.places[article] if place.start <= start < place.end), None)

    @cached_property
    def labelled(self) -> dict[str, Place]:
        """The places of the events that stand in labelled words."""
        found = {event: self.place_of(*where) for event, where in self.triggers.items()}
        return {event: place for event, place in found.items() if place}

    @cached_property
    def of_cluster(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for event in sorted(self.triggers):
            found[self.clusters.get(event, event)].append(event)
        return found

    @cached_property
    def acts_of(self) -> dict[str, str]:
        """The act that most labelled events of each cluster tell."""
        told: dict[str, Counter[str]] = defaultdict(Counter)
        for event, place in sorted(self.labelled.items()):
            told[self.clusters.get(event, event)][place.act] += 1
        return {name: acts.most_common(1)[0][0] for name, acts in told.items()}

    def of(self, storylines: Iterable[Storyline]) -> Merged:
        """The part of some storylines."""
        chosen = tuple(storylines)
        articles = {article.id for storyline in chosen for article in storyline.articles}
        triggers = {event: where for event, where in self.triggers.items() if where[0] in articles}
        return Merged(chosen, triggers, self.clusters, tuple(row for row in self.retold if row.article in articles))


def storylines(file: Path = FILE) -> tuple[Storyline, ...]:
    entries = yaml.safe_load(file.read_text(encoding="utf-8"))
    return tuple(storyline(number, entry) for number, entry in enumerate(entries, 1))


def storyline(number: int, entry: dict[str, list[dict[str, object]]]) -> Storyline:
    articles, places = [], []
    for told in entry["articles"]:
        fields = ("id", "text", "published", "publication", "headline")
        article = Article(**{name: str(told[name]) for name in fields})
        articles.append(article)
        for act, how, words in told["told"]:  # type: ignore[attr-defined]
            assert act in entry["acts"], (article.id, act)
            assert article.text.count(words) == 1, (article.id, words)
            start = article.text.index(words)
            places.append(Place(article.id, start, start + len(words), f"{number} {act}", how == "recalled"))
    return Storyline(number, tuple(articles), tuple(places))


def coded(found: Iterable[Storyline]) -> list[tuple[Coding, str]]:
    articles = [article for one in found for article in one.articles]
    return list(zip(Coder().pipe(articles), (article.text for article in articles), strict=True))


def merged(found: tuple[Storyline, ...], codings: list[tuple[Coding, str]]) -> Merged:
    """All in one store, so that storylines may be taken for each other."""
    with tempfile.TemporaryDirectory() as folder, Store(Path(folder) / "full.duckdb") as store:
        store.add(iter(codings))
        merge(store)
        clusters = dict(store.connection.execute("SELECT event_id, merged_id FROM merge_members").fetchall())
        rows = store.connection.execute('SELECT merged_id, article_id, start, "end", strength FROM retold ORDER BY ALL').fetchall()
    triggers = {event.id: (event.article_id, event.trigger.start) for coding, _ in codings for event in coding.events}
    return Merged(found, triggers, clusters, tuple(Retold(*row) for row in rows))


def pairs_told(found: Iterable[Storyline], codings: Iterable[tuple[Coding, str]]) -> list[Pair]:
    """All pairs of places of the same storyline, one for each event record there, to learn from."""
    coding_of = {coding.article.id: coding for coding, _ in codings}
    pairs = []
    for one in found:
        article_of = {article.id: article for article in one.articles}
        told = [
            (place, Side(article_of[place.article], place.start, place.end), report)
            for place in one.places
            for report in reports_in(coding_of[place.article], place) or [None]
        ]
        sides = [(place.act, side, Coded(report, report is not None, telling_at(side))) for place, side, report in told]
        for (act, side, coded_one), (other_act, other, coded_other) in combinations(sides, 2):
            judged = Judged(KIND, act == other_act, one.is_measured_only, side, other, f"{KIND} {one.number}")
            pairs.append(Pair(judged, coded_one, coded_other))
    return pairs


def reports_in(coding: Coding, place: Place) -> list[Report]:
    published = coding.article.published.value
    return [report_of(event, published) for event in coding.events if place.start <= event.trigger.start < place.end]


def event_scores(found: Merged, only_across: bool) -> Scores:
    """Of pairs of labelled events being in one cluster; of different articles alone, or all."""
    truth, said = (pairs_in(grouped(keys)) for keys in (acts(found), {event: found.clusters.get(event, event) for event in found.labelled}))
    if only_across:
        truth, said = ({pair for pair in pairs if is_across(found, pair)} for pairs in (truth, said))
    return Scores(len(truth & said), len(said), len(truth))


def acts(found: Merged) -> dict[str, str]:
    return {event: place.act for event, place in found.labelled.items()}


def grouped(keys: dict[str, str]) -> list[list[str]]:
    groups: dict[str, list[str]] = defaultdict(list)
    for name, key in keys.items():
        groups[key].append(name)
    return list(groups.values())


def is_across(found: Merged, pair: tuple[str, str]) -> bool:
    one, other = (found.triggers[event][0] for event in pair)
    return one != other


def verdicts(found: Merged) -> Iterator[tuple[Retold, str]]:
    """For each row whether it is right, wrong (in words that tell another act), or not to be judged by the labels."""
    for row in found.retold:
        place, act = found.place_of(row.article, row.start), found.acts_of.get(row.merged_id)
        yield row, "unlabelled" if place is None or act is None else "right" if place.act == act else "wrong"


def unrecorded(found: Merged) -> tuple[int, int]:
    """Acts that an article tells and of which it has no record, while another has one; and how many of them are retold rightly."""
    recorded = {(place.article, place.act) for place in found.labelled.values()}
    with_record = {act for _, act in recorded}
    missing = {
        (place.article, place.act) for storyline in found.storylines for place in storyline.places if place.act in with_record
    } - recorded
    right = {(row.article, found.acts_of[row.merged_id]) for row, verdict in verdicts(found) if verdict == "right"}
    return len(missing & right), len(missing)


def strangers(found: Merged) -> tuple[int, int]:
    """Pairs of events, and rows of ``retold``, across storylines."""
    home = {article.id: storyline.number for storyline in found.storylines for article in storyline.articles}
    of_event = {event: home[article] for event, (article, _) in found.triggers.items()}
    pairs = pairs_in(grouped({event: found.clusters.get(event, event) for event in found.triggers}))
    of_cluster: dict[str, set[int]] = defaultdict(set)
    for event, number in of_event.items():
        of_cluster[found.clusters.get(event, event)].add(number)
    rows = sum(home[row.article] not in of_cluster[row.merged_id] for row in found.retold)
    return sum(of_event[one] != of_event[other] for one, other in pairs), rows


def report(title: str, found: Merged) -> str:
    retold, missing = unrecorded(found)
    counts = Counter(verdict for _, verdict in verdicts(found))
    places = sum(len(storyline.places) for storyline in found.storylines)
    with_record = len(set(found.labelled.values()))
    rows = ", ".join(f"{counts[verdict]} {verdict}" for verdict in ("right", "wrong", "unlabelled"))
    return (
        f"{title}: {places} places, {with_record} with an event record\n"
        f"  records              {len(found.triggers)}, {len(found.labelled)} of them in labelled words\n"
        f"  events               {event_scores(found, only_across=False)}\n"
        f"  of different articles {event_scores(found, only_across=True)}\n"
        f"  retold: {len(found.retold)} rows, {rows}; of {missing} acts that an article tells and only others record, {retold}\n"
    )


def shown(found: Merged) -> Iterator[str]:
    """What is wrong, with the words around it."""
    texts = {article.id: article.text for storyline in found.storylines for article in storyline.articles}

    def words(article: str, start: int) -> str:
        return f"{article} …{texts[article][max(0, start - AROUND) : start]}*{texts[article][start : start + AROUND]}…".replace("\n", " ")

    names = acts(found)
    for one, other in combinations(sorted(found.labelled), 2):
        same, together = names[one] == names[other], found.clusters.get(one, one) == found.clusters.get(other, other)
        if same != together:
            kind = "parted" if same else "taken for one"
            yield f"{kind}: {names[one]} | {names[other]}\n    {words(*found.triggers[one])}\n    {words(*found.triggers[other])}\n"
    for row, verdict in verdicts(found):
        if verdict != "right":
            place, standing = found.place_of(row.article, row.start), found.of_cluster[row.merged_id][0]
            told = f"{place.act if place else None} | {found.acts_of.get(row.merged_id)}"
            yield f"retold, {verdict} ({row.strength:.2f}): {told}\n    {words(row.article, row.start)}\n"
            yield f"    {words(*found.triggers[standing])}\n"


if __name__ == "__main__":
    everything = storylines()
    result = merged(everything, coded(everything))
    odd, even = (result.of(one for one in everything if one.is_measured_only is measured) for measured in (False, True))
    sys.stdout.write(report("odd", odd) + report("even", even))
    sys.stdout.write("across storylines: {} pairs of events, {} rows of retold\n".format(*strangers(result)))
    if "--show" in sys.argv:
        sys.stdout.writelines(shown(odd))
