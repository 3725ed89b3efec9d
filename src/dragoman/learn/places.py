"""In: JSON lines with a text and the places named in it. Out: how many dragoman finds, and how near it puts them.

Each line has ``id``, ``text``, ``published`` and ``places``: start, end (code points), lat, lon, geonameid. A place is found where the
spans overlap; it is near where its coordinates lie within 161 km (100 miles) of the ones wanted, and one without coordinates is not.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from dragoman import actors, knowledge, language, statements, where
from dragoman.drafts import Layout, PlaceMention, Stretch
from dragoman.knowledge import gazetteer
from dragoman.language import Annotated
from dragoman.learn.attributions import PARAGRAPH
from dragoman.learn.errors import EvaluationError
from dragoman.learn.lines import json_rows
from dragoman.learn.scores import Score

NEAR_KM = 161.0
BATCH = 32
BESIDE = 40


@dataclass(frozen=True, slots=True)
class Article:
    """A text with the places that are wanted."""

    id: str
    text: str
    published: str | None
    wanted: list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Miss:
    """An error and its class: missed, spurious, unplaced or far, with the kind of place that was found."""

    why: str
    kind: str
    article: str
    words: str
    found: str
    km: float | None = None


@dataclass(slots=True)
class Figures:
    """Counts; those that are near by the kind of place that they were taken for."""

    articles: int = 0
    wanted: int = 0
    found: int = 0
    right: int = 0
    recalled: int = 0
    exact: int = 0
    near: dict[str, list[int]] = field(default_factory=dict)

    @property
    def precision(self) -> float:
        return self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        """Counted apart from what is right, as one name found may cover two that are wanted."""
        return self.recalled / self.wanted if self.wanted else 0.0

    @property
    def f1(self) -> float:
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0

    @property
    def nearness(self) -> float:
        """The share of those found whose coordinates are near."""
        near, all_ = (sum(counts[i] for counts in self.near.values()) for i in (0, 1))
        return near / all_ if all_ else 0.0

    def lines(self) -> Iterator[str]:
        yield f"{self.articles} articles, {self.wanted} places"
        yield f"{'finding':<14} P {self.precision:5.3f}  R {self.recall:5.3f}  F1 {self.f1:5.3f}"
        exact = Score(self.exact, self.found, self.wanted)
        yield f"{'exact spans':<14} P {exact.precision:5.3f}  R {exact.recall:5.3f}  F1 {exact.f1:5.3f}"
        yield f"{'within 161 km':<14} {self.nearness:5.3f} of {sum(n for _, n in self.near.values())} found"
        for kind, (near, all_) in sorted(self.near.items()):
            yield f"  {kind:<12} {near / all_:5.3f} of {all_}"


def evaluate(path: Path, predictions: Path | None = None, errors: Path | None = None) -> Figures:
    """The figures of a file of labelled articles; both files are written where they are named. EvaluationError for what is none."""
    articles = json_rows(path, _article, "id, text and places")
    if not articles:
        raise EvaluationError(f"{path}: no articles")
    misses: list[Miss] = []
    written: list[str] = []
    figures = figures_of(articles, misses, written)
    if predictions is not None:
        predictions.write_text("".join(f"{line}\n" for line in written), encoding="utf-8")
    if errors is not None:
        rows = (
            f"{m.why}\t{m.kind}\t{m.article}\t{m.words}\t{m.found}\t{'' if m.km is None else round(m.km)}\n"
            for m in sorted(misses, key=_order)
        )
        errors.write_text("why\tkind\tarticle\twords\tfound\tkm\n" + "".join(rows), encoding="utf-8")
    return figures


def figures_of(articles: Sequence[Article], misses: list[Miss] | None = None, written: list[str] | None = None) -> Figures:
    """The figures of articles; what is wrong, and the lines with what was found, are added to the lists."""
    figures = Figures(len(articles))
    for article, found in zip(articles, _predicted(articles), strict=True):
        wrong = list(_compare(article, found, figures))
        if misses is not None:
            misses += wrong
        if written is not None:
            places = [_fields(article, span, place) for span, place in found]
            line = {"id": article.id, "published": article.published, "text": article.text, "places": places}
            written.append(json.dumps(line, ensure_ascii=False))
    return figures


def _order(miss: Miss) -> tuple[str, str]:
    return miss.why, miss.kind


def _article(fields: dict[str, Any]) -> Article:
    return Article(str(fields["id"]), fields["text"], fields.get("published"), [dict(place) for place in fields["places"]])


def _predicted(articles: Sequence[Article]) -> Iterator[list[tuple[tuple[int, int], PlaceMention]]]:
    """The places of each article, with all of its lines read as running text."""
    nlp, known, listed = language.load(), knowledge.load(), gazetteer.load()
    for start in range(0, len(articles), BATCH):
        batch = articles[start : start + BATCH]
        layouts = [Layout(paragraphs=tuple(Stretch(*m.span()) for m in PARAGRAPH.finditer(a.text))) for a in batch]
        parses = language.annotate(nlp, [(a.text, layout) for a, layout in zip(batch, layouts, strict=True)])
        for article, layout, annotated in zip(batch, layouts, parses, strict=True):
            yield _found(article, layout, annotated, known, listed)


def _found(
    article: Article, layout: Layout, annotated: Annotated, known: knowledge.Knowledge, listed: gazetteer.Gazetteer
) -> list[tuple[tuple[int, int], PlaceMention]]:
    _, quotes = statements.find(annotated)
    mentions = actors.find(annotated, layout, article.published, quotes, known)
    places = where.find(annotated, layout, mentions, known, listed)
    return [(annotated.chars(place.range), place) for place in places if place.role in ("at", "dateline") and place.named]


def _compare(article: Article, found: Sequence[tuple[tuple[int, int], PlaceMention]], figures: Figures) -> Iterator[Miss]:
    """Count, and yield what is wrong."""
    wanted = [(place["start"], place["end"], place) for place in article.wanted]
    figures.wanted += len(wanted)
    figures.found += len(found)
    for start, end, _ in wanted:
        if any(start < b and a < end for (a, b), _ in found):
            figures.recalled += 1
        else:
            yield Miss("missed", "", article.id, _words(article.text, start, end), "")
    for (start, end), place in found:
        kind = place.kind or "unknown"
        match = next((p for a, b, p in wanted if start < b and a < end), None)
        if match is None:
            yield Miss("spurious", kind, article.id, _words(article.text, start, end), place.name or "")
            continue
        figures.right += 1
        figures.exact += (start, end) == (match["start"], match["end"])
        km = None if place.lat is None or place.lon is None else gazetteer.distance(place.lat, place.lon, match["lat"], match["lon"])
        counts = figures.near.setdefault(kind, [0, 0])
        counts[0] += km is not None and km <= NEAR_KM
        counts[1] += 1
        if km is None or km > NEAR_KM:
            yield Miss("unplaced" if km is None else "far", kind, article.id, _words(article.text, start, end), place.name or "", km)


def _words(text: str, start: int, end: int) -> str:
    """A name in its surroundings."""
    around = f"{text[max(0, start - BESIDE) : start]}[{text[start:end]}]{text[end : end + BESIDE]}"
    return " ".join(around.split())


def _fields(article: Article, span: tuple[int, int], place: PlaceMention) -> Mapping[str, Any]:
    start, end = span
    return {
        "start": start,
        "end": end,
        "text": article.text[start:end],
        "lat": place.lat,
        "lon": place.lon,
        "geonameid": None if place.geonameid is None else str(place.geonameid),
    }
