"""In: sentences with a source and a target as written. Out: the PLOVER type of what one does to the other, and how often it is right.

The file is tab-separated with the columns sentence, source, target, root. Its label set is the older one: YIELD is CONCEDE or RETREAT.
"""

from __future__ import annotations

import csv
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path

from dragoman import codebook
from dragoman.drafts import Layout, Range, Stretch
from dragoman.errors import DataError
from dragoman.events.candidates import candidates
from dragoman.events.classify import Classifier, Verdict
from dragoman.events.lexicon import lemma_of
from dragoman.events.modelling import ModelClassifier
from dragoman.language import Annotated, annotate, load
from dragoman.learn.errors import EvaluationError
from dragoman.learn.scores import Score, by_class, macro_f1
from dragoman.tables import rows as rows_of_table

COLUMNS = ("sentence", "source", "target", "root")
QUAD_OF_OLDER = {"YIELD": 2}
EMBEDDED = 0.1
PARSED, LINKED, SURE = -0.3, 0.5, 0.5  # beside the better of both: grammar's word for a side, the model's, and the chance of the type
FALLBACK = "ACCUSE"
FALLBACK_CONFIDENCE = 0.05
NOTHING = "no event found"


@dataclass(frozen=True, slots=True)
class Row:
    sentence: str
    source: str
    target: str
    root: str


@dataclass(frozen=True, slots=True)
class Prediction:
    """``type`` is a label of the older set; ``confidence`` runs from 0 to 1; ``why`` is what decided."""

    type: str
    confidence: float
    why: str


@dataclass(frozen=True, slots=True)
class TypeFigures:
    classes: dict[str, Score]
    accuracy: float
    quad_accuracy: float
    guessed: int

    def lines(self) -> Iterator[str]:
        rows = sum(s.wanted for s in self.classes.values())
        yield f"macro-F1 {macro_f1(self.classes):.3f}  accuracy {self.accuracy:.3f}  quad accuracy {self.quad_accuracy:.3f}  rows {rows:g}"
        yield f"rows in which no event was found, labelled {FALLBACK}: {self.guessed}"
        yield from (score.line(name) for name, score in self.classes.items())


def rows_of(file: Path) -> list[Row]:
    """The rows of a file. EvaluationError where a column is missing, or a label is none of the older set."""
    with file.open(encoding="utf-8-sig", newline="") as stream:
        reader = csv.DictReader(stream, delimiter="\t")
        missing = [c for c in COLUMNS if c not in (reader.fieldnames or ())]
        if missing:
            raise EvaluationError(f"{file}: no column {missing[0]!r}; wanted: {', '.join(COLUMNS)}, separated by tabs")
        rows = []
        for record in reader:
            if any(record[c] is None for c in COLUMNS):
                raise EvaluationError(f"{file}:{reader.line_num}: fewer columns than the first line")
            if record["root"] not in labels():
                raise EvaluationError(f"{file}:{reader.line_num}: {record['root']!r} is no label; wanted: {', '.join(sorted(labels()))}")
            rows.append(Row(*(record[c] for c in COLUMNS)))
    if not rows:
        raise EvaluationError(f"{file}: no rows below the first line")
    return rows


@dataclass(frozen=True, slots=True)
class Older:
    """The label of the older set for a type, where it has ``mode`` and is told with ``word`` (empty: whatever they are)."""

    type: str
    mode: str
    word: str
    label: str


def labels() -> frozenset[str]:
    """The older set."""
    return frozenset(older_label(name) for name in codebook.load().types)


def older_label(kind: str, modes: Collection[str] = (), words: Collection[str] = ()) -> str:
    """The label of the older set."""
    fitting = (o.label for o in _older() if o.type == kind and (not o.mode or o.mode in modes) and (not o.word or o.word in words))
    return next(fitting, kind)


@cache
def _older() -> tuple[Older, ...]:
    found = []
    for where, fields in rows_of_table(resources.files(__package__), "older_labels.tsv", ("type", "mode", "word", "label")):
        one = Older(*fields)
        if one.type not in codebook.load().types or (one.mode and one.mode not in codebook.load().type(one.type).modes):
            raise DataError(where, f"{one.type} {one.mode} is no type, or has no such mode")
        found.append(one)
    return tuple(found)


def predict(rows: Sequence[Row], classifier: Classifier | None = None) -> list[Prediction]:
    """One label for each row, by the trained model and the rules unless another classifier is given."""
    judge = classifier or ModelClassifier(always=True)
    parsed = annotate(load(), [(r.sentence, Layout(paragraphs=(Stretch(0, len(r.sentence)),))) for r in rows], batch_size=64)
    return [_prediction(row, annotated, judge) for row, annotated in zip(rows, parsed, strict=True)]


def _prediction(row: Row, annotated: Annotated, judge: Classifier) -> Prediction:
    source, target = _tokens(annotated, row.source), _tokens(annotated, row.target)
    heads = {_head(annotated, r) for r in (source, target) if r}
    verdicts = judge.classify(annotated, list(candidates(annotated)), heads)
    if not verdicts:
        return Prediction(FALLBACK, FALLBACK_CONFIDENCE, NOTHING)
    triggers = {v.candidate.head for v in verdicts}
    fits = {v.candidate.head: _fit(annotated, v, source, target) - EMBEDDED * _depth(v, triggers) for v in verdicts}
    best = max(verdicts, key=lambda v: (fits[v.candidate.head], -v.candidate.head))
    fit = fits[best.candidate.head]
    return Prediction(_label(best), round(best.confidence * min(1.0, 0.3 + fit / 4), 3), "; ".join(best.because))


def _label(verdict: Verdict) -> str:
    """The label of the older set, in which also an announced RETREAT is still an AGREE."""
    words = {*verdict.acts, *(lemma_of(verdict.candidate.token.doc[at]) for at in verdict.content)}
    label = older_label(verdict.type, verdict.mode, words)
    return "AGREE" if verdict.promised and label == "YIELD" else label


def _tokens(annotated: Annotated, text: str) -> Range | None:
    start = annotated.text.find(text)
    return annotated.tokens_within(start, start + len(text)) if text and start >= 0 else None


def _head(annotated: Annotated, tokens: Range) -> int:
    return int(annotated.doc[tokens.start : tokens.end].root.i)


def _fit(annotated: Annotated, verdict: Verdict, source: Range | None, target: Range | None) -> float:
    """How well a verdict's arguments are the two sides asked for, it is an event, and of this type.

    The model's word for a side counts for more than grammar's where only one of them sees it; weights: docs/decisions.md.
    """
    parsed = _overlap(annotated, verdict.actors, source), _overlap(annotated, verdict.recipients, target)
    linked = _linked(verdict, source, 0), _linked(verdict, target, 1)
    sides = sum(max(both) + PARSED * both[0] + LINKED * both[1] for both in zip(parsed, linked, strict=True))
    return sides + SURE * verdict.confidence + verdict.eventful


def _linked(verdict: Verdict, side: Range | None, role: int) -> float:
    """The chance that the words of a side act in (role 0) or suffer (role 1) the event, as far as a model says."""
    return max((chances[role] for head, chances in verdict.links.items() if side and side.start <= head < side.end), default=0.0)


def _depth(verdict: Verdict, triggers: set[int]) -> int:
    """How many other events a verdict stands inside of; the outermost is what a sentence is about."""
    return sum(t.i in triggers for t in verdict.candidate.token.ancestors)


def _overlap(annotated: Annotated, slots: list[list[int]], side: Range | None) -> float:
    if side is None:
        return 0.0
    for rank, heads in enumerate(slots):
        if any(side.start <= h < side.end for h in heads):
            return 1.0 - 0.02 * rank
    for rank, heads in enumerate(slots):
        if any(annotated.doc[h].left_edge.i < side.end and side.start <= annotated.doc[h].right_edge.i for h in heads):
            return 0.6 - 0.02 * rank
    return 0.0


def figures(rows: Sequence[Row], predictions: Sequence[Prediction]) -> TypeFigures:
    pairs = [(row.root, p.type) for row, p in zip(rows, predictions, strict=True)]
    return TypeFigures(
        by_class(pairs),
        sum(gold == found for gold, found in pairs) / len(pairs),
        sum(quad_of(gold) == quad_of(found) for gold, found in pairs) / len(pairs),
        sum(p.why == NOTHING for p in predictions),
    )


def quad_of(label: str) -> int:
    """The quad class of a label of the older set; 0 for none."""
    if label in QUAD_OF_OLDER:
        return QUAD_OF_OLDER[label]
    types = codebook.load().types
    return types[label].quad if label in types else 0


def evaluate(file: Path, predictions: Path | None = None, errors: Path | None = None, classifier: Classifier | None = None) -> TypeFigures:
    """Label every row of ``file``; write what was predicted, and the errors by class, where asked."""
    rows = rows_of(file)
    found = predict(rows, classifier)
    if predictions is not None:
        _write(
            predictions,
            [*COLUMNS, "predicted", "confidence"],
            [[r.sentence, r.source, r.target, r.root, p.type, p.confidence] for r, p in zip(rows, found, strict=True)],
        )
    if errors is not None:
        wrong = sorted((r.root, p.type, n) for n, (r, p) in enumerate(zip(rows, found, strict=True)) if r.root != p.type)
        _write(
            errors,
            ["gold", "predicted", "confidence", "source", "target", "sentence", "why"],
            [
                [gold, label, found[n].confidence, rows[n].source, rows[n].target, rows[n].sentence, found[n].why]
                for gold, label, n in wrong
            ],
        )
    return figures(rows, found)


def _write(file: Path, columns: list[str], rows: list[list[object]]) -> None:
    with file.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, delimiter="\t", lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(rows)
