"""In: a folder of articles with brat annotations of source, cue and content (PolNeAR's shape). Out: how many attributions dragoman finds.

``text/STEM.txt`` and ``attributions/STEM_ANNOTATOR.ann``; offsets are code points of the file as it is. An attribution is right (AR-head)
when half of the words of its content agree with the gold's and the heads of both sources lie in each other.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from dragoman.drafts import Layout, Range, Said, Stretch
from dragoman.language import Annotated, annotate, load
from dragoman.learn.attributions import PARAGRAPH, Attribution, Gold, Text, Words, attribution, gold_of
from dragoman.learn.errors import EvaluationError
from dragoman.learn.pairing import agreement, paired
from dragoman.statements import find
from dragoman.statements.sources import relative_subject

KINDS = ("all", "direct", "mixed", "indirect")
MEASURES = {"content": "content P/R/F1", "head": "AR-head P/R/F1", "soft": "soft content", "exact": "exact content"}
CONTENT_AGREES = 0.5
BATCH = 32
NOTHING: Words = frozenset()


@dataclass(frozen=True, slots=True)
class Miss:
    """An error and its class: missed, content, source or spurious."""

    why: str
    article: str
    gold: Attribution | None
    predicted: Attribution | None


@dataclass(frozen=True, slots=True)
class Rates:
    """Precision and recall, 0 to 1."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0

    def __str__(self) -> str:
        return f"{100 * self.precision:5.1f} {100 * self.recall:5.1f} {100 * self.f1:5.1f}"


@dataclass(slots=True)
class Figures:
    """Weighted counts by (kind, what); articles with several annotators count once in all."""

    articles: int
    counts: defaultdict[tuple[str, str], float] = field(default_factory=lambda: defaultdict(float))

    def add(self, kind: str, what: str, weight: float) -> None:
        self.counts["all", what] += weight
        self.counts[kind, what] += weight

    def rates(self, kind: str, measure: str) -> Rates:
        """``measure`` is ``content`` (half of the words agree), ``exact``, ``soft`` (each content counts by the share of its words that
        its partner holds) or ``head`` (content and source: AR-head)."""
        found, wanted = self.counts[kind, "predicted"], self.counts[kind, "gold"]
        return Rates(
            self.counts[kind, f"{measure} of predicted"] / found if found else 0.0,
            self.counts[kind, f"{measure} of gold"] / wanted if wanted else 0.0,
        )

    def source_right(self, kind: str) -> float:
        """Among pairs whose contents agree and whose gold has a source, the share with its head right, 0 to 1."""
        sourced = self.counts[kind, "sourced of gold"]
        return self.counts[kind, "sourced head of gold"] / sourced if sourced else 0.0

    def lines(self) -> Iterator[str]:
        yield f"{self.articles} articles; an article's annotators share its weight"
        yield f"{'kind':9}{'gold':>6}{'found':>6} | " + " | ".join(f"{heading:17}" for heading in MEASURES.values()) + " | source right"
        for kind in KINDS:
            gold, found = self.counts[kind, "gold"], self.counts[kind, "predicted"]
            measures = " | ".join(str(self.rates(kind, m)) for m in MEASURES)
            yield f"{kind:9}{gold:6.0f}{found:6.0f} | {measures} | {100 * self.source_right(kind):5.1f} %"


def evaluate(folder: Path, predictions: Path | None = None, errors: Path | None = None) -> Figures:
    """Find the statements of every article of ``folder`` and score them; write what was found, and the errors by class, where asked.

    EvaluationError where ``folder`` has no texts or no annotations.
    """
    gold = gold_of(folder)
    rows = predict({stem: text.text for stem, (text, _) in gold.items()})
    if predictions is not None:
        predictions.write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in rows), encoding="utf-8")
    figures, misses = score(gold, rows)
    if errors is not None:
        _write_errors(errors, gold, misses)
    return figures


def layout(text: str) -> Layout:
    """Every line that holds anything is a paragraph, so that offsets are those of the file."""
    found = []
    for line in PARAGRAPH.finditer(text):
        left = len(line.group()) - len(line.group().lstrip())
        if line.group().strip():
            found.append(Stretch(line.start() + left, line.start() + len(line.group().rstrip())))
    return Layout(paragraphs=tuple(found))


def predict(texts: Mapping[str, str]) -> list[dict[str, object]]:
    """One row for each attribution found, in the acceptance script's format: doc, source, cue, content, kind; offsets in characters."""
    stems, nlp = list(texts), load()
    rows: list[dict[str, object]] = []
    for first in range(0, len(stems), BATCH):
        batch = stems[first : first + BATCH]
        parsed = annotate(nlp, [(texts[s], layout(texts[s])) for s in batch])
        for stem, article in zip(batch, parsed, strict=True):
            rows += [row(stem, article, said) for said in find(article)[0] if said.within is None]
    return rows


def row(stem: str, article: Annotated, said: Said) -> dict[str, object]:
    def spans(ranges: Sequence[Range | None]) -> list[list[int]]:
        return [list(article.chars(r)) for r in ranges if r is not None]

    return {
        "doc": stem,
        "source": spans([_source_as_annotated(article, said)]),
        "cue": spans([said.cue]),
        "content": spans(said.content),
        "kind": said.kind,
    }


def _source_as_annotated(article: Annotated, said: Said) -> Range | None:
    """The gold marks the "who" of a relative clause, where dragoman names whom it stands for."""
    if said.source is None or said.cue_head is None:
        return said.source
    pronoun = relative_subject(article[said.cue_head])
    return said.source if pronoun is None else Range(pronoun, pronoun + 1)


def score(gold: Gold, rows: Sequence[Mapping[str, object]]) -> tuple[Figures, list[Miss]]:
    """Figures and errors of predictions as ``predict`` gives them. EvaluationError for an article that is not in the gold."""
    predicted: dict[str, list[Attribution]] = defaultdict(list)
    for row in rows:
        stem = str(row["doc"])
        if stem not in gold:
            raise EvaluationError(f"predictions: unknown article {stem}")
        found = attribution(gold[stem][0], row)  # type: ignore[arg-type]
        if found.content:
            predicted[stem].append(found)
    figures, misses = Figures(len(gold)), list[Miss]()
    for stem, (text, annotators) in gold.items():
        for gold_ones in annotators:
            misses += _compare(figures, text, gold_ones, predicted[stem], 1 / len(annotators))
    return figures, misses


def _compare(figures: Figures, text: Text, gold: list[Attribution], found: list[Attribution], weight: float) -> Iterator[Miss]:
    """Adds one annotator's article to the figures; yields its errors."""
    pairs = dict(paired(gold, found))
    for one in gold:
        figures.add(one.kind, "gold", weight)
    for one in found:
        figures.add(one.kind, "predicted", weight)
    for g, one in enumerate(gold):
        other = found[pairs[g]] if g in pairs else None
        right = measures(text, one, other) if other is not None else []
        for measure in right:
            figures.add(one.kind, f"{measure} of gold", weight)
            if other is not None:
                figures.add(other.kind, f"{measure} of predicted", weight)
        if other is not None:
            shared = len(one.content & other.content)
            figures.add(one.kind, "soft of gold", weight * shared / len(one.content))
            figures.add(other.kind, "soft of predicted", weight * shared / len(other.content))
        if "head" not in right:
            yield Miss("missed" if other is None else "source" if "content" in right else "content", text.stem, one, other)
    taken = set(pairs.values())
    yield from (Miss("spurious", text.stem, None, one) for p, one in enumerate(found) if p not in taken)


def measures(text: Text, gold: Attribution, found: Attribution) -> list[str]:
    """Which of content, exact and head are right; sourced: content is, and the gold names a source."""
    right = []
    if agreement(gold.content, found.content) >= CONTENT_AGREES:
        right.append("content")
        if _same_source(text, gold.source, found.source):
            right.append("head")
        if gold.source:
            right += ["sourced", "sourced head"] if "head" in right else ["sourced"]
    if gold.content == found.content:
        right.append("exact")
    return right


def _same_source(text: Text, gold: Words, found: Words) -> bool:
    if not gold or not found:
        return not gold and not found
    return text.head(gold) in found and text.head(found) in gold


def _write_errors(path: Path, gold: Gold, misses: Sequence[Miss]) -> None:
    """A tab-separated line for each error, sorted by class: class, kind, article, then source, cue and content of both sides."""
    sides = [f"{side} {part}" for side in ("gold", "predicted") for part in ("source", "cue", "content")]
    lines = [["class", "kind", "article", *sides]]
    for miss in sorted(misses, key=lambda m: (m.why, m.article)):
        text, shown = gold[miss.article][0], miss.gold or miss.predicted
        parts = [part for one in (miss.gold, miss.predicted) for part in (one[:3] if one is not None else (NOTHING,) * 3)]
        lines.append([miss.why, shown.kind if shown is not None else "", miss.article, *(_written(text, part) for part in parts)])
    path.write_text("".join("\t".join(line) + "\n" for line in lines), encoding="utf-8")


def _written(text: Text, words: Words) -> str:
    """The words in text order, " … " where some are left out."""
    found, before = "", None
    for token in sorted(words):
        gap = "" if before is None else " " if token - before == 1 else " … "
        found, before = found + gap + text.word(token), token
    return found
