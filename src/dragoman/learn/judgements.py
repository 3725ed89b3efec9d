"""In: a trained model, the rules and labelled examples. Out: how often types, modes, auxiliary modes and contexts are right, how honest the
chances are, and how often a type changes when only the countries do.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from dragoman import codebook
from dragoman.events import encoder
from dragoman.events.encoder import Array
from dragoman.events.judging import Judge
from dragoman.events.lexicon import NONE
from dragoman.learn.corpus import Example, read
from dragoman.learn.examples import Judged, Sentence, sentences_of
from dragoman.learn.scores import Score, by_class, macro_f1
from dragoman.learn.swapping import countries_in, swapped

BINS = 10
SEED = 7


@dataclass(slots=True)
class Answer:
    """What is said of a word; ``type`` and its ``chance`` by model and rules, modes and auxiliary modes of the type that is right."""

    judged: Judged
    type: str
    chance: float
    modes: list[str]
    aux: list[str]


@dataclass(slots=True)
class JudgementFigures:
    types: dict[str, Score]
    modes: dict[str, Score]
    aux: dict[str, Score]
    contexts: dict[str, Score]
    calibration_error: float
    swapped: int
    changed: int
    words: int
    by_rules: dict[str, Score] = field(default_factory=dict)

    def lines(self) -> Iterator[str]:
        yield f"types: macro-F1 {macro_f1(self.types):.3f} of {len(self.types)}, {self.words} words judged"
        yield f"types by the rules alone: macro-F1 {macro_f1(self.by_rules):.3f}"
        yield from (score.line(f"  {name}") for name, score in self.types.items())
        for name, scores in (("modes", self.modes), ("auxiliary modes", self.aux), ("contexts", self.contexts)):
            yield f"{name}: macro-F1 {macro_f1(scores):.3f} of {len(scores)}"
            yield from (score.line(f"  {label}") for label, score in scores.items())
        yield f"expected calibration error of types: {self.calibration_error:.3f}"
        share = self.changed / self.swapped if self.swapped else 0.0
        yield f"types that change when only the countries are exchanged: {self.changed} of {self.swapped} ({share:.3f})"


def scored(judge: Judge, sentences: Sequence[Sentence]) -> Iterator[tuple[list[Judged], Array, Array]]:
    """The judged words of each sentence that has any, with their states and the scores of their types."""
    for sentence in sentences:
        states = judge.model.states(sentence.words)
        inside = [j for j in sentence.judged if j.word < len(states)]
        if inside:
            own = states[[j.word for j in inside]]
            yield inside, own, judge.scores(own, [j.rule for j in inside], [j.senses for j in inside])


def answers_of(judge: Judge, sentences: Sequence[Sentence]) -> list[Answer]:
    """What model and rules say of every judged word, in order; modes and auxiliary modes only of events."""
    found = []
    for inside, states, scores in scored(judge, sentences):
        ruled = [j.rule for j in inside]
        for judged, chances, honest, state in zip(inside, judge.chances(scores, ruled), judge.honest(scores, ruled), states, strict=True):
            kind, _ = judge.best(chances)
            modes, aux = ([], []) if judged.type == NONE else (judge.modes(state, judged.type), judge.auxiliaries(state))
            found.append(Answer(judged, kind, judge.chance(honest, kind), modes, aux))
    return found


def figures(judge: Judge, examples: Sequence[Example], sentences: Sequence[Sentence]) -> JudgementFigures:
    answers = answers_of(judge, sentences)
    real = [a for a in answers if a.judged.type != NONE]
    exchanged, changed = _exchanged(judge, sentences)
    return JudgementFigures(
        _without_none(by_class([(a.judged.type, a.type) for a in answers])),
        _by_label(
            [({f"{a.judged.type}.{m}" for m in a.judged.modes}, {f"{a.judged.type}.{m}" for m in a.modes}) for a in real],
            judge.model.labels["modes"],
        ),
        _by_label([(set(a.judged.aux), set(a.aux)) for a in real], judge.model.labels["aux"]),
        _contexts(judge, examples, sentences),
        calibration_error([(a.chance, a.type == a.judged.type) for a in answers if a.type != NONE or a.judged.type != NONE]),
        exchanged,
        changed,
        len(answers),
        _without_none(by_class([(a.judged.type, a.judged.rule or NONE) for a in answers])),
    )


def _without_none(scores: dict[str, Score]) -> dict[str, Score]:
    return {name: scores[name] for name in codebook.load().types if name in scores}


def _by_label(pairs: Sequence[tuple[set[str], set[str]]], labels: Sequence[str]) -> dict[str, Score]:
    """Scores of labels of which several may hold; those that are never right are left out."""
    found = {
        label: Score(sum(label in w and label in f for w, f in pairs), sum(label in f for _, f in pairs), sum(label in w for w, _ in pairs))
        for label in labels
    }
    return {label: score for label, score in found.items() if score.wanted}


def _contexts(judge: Judge, examples: Sequence[Example], sentences: Sequence[Sentence]) -> dict[str, Score]:
    by_example: dict[int, list[Sentence]] = {}
    for sentence in sentences:
        if examples[sentence.example].contexts is not None:
            by_example.setdefault(sentence.example, []).append(sentence)
    pairs = []
    for number, some in by_example.items():
        cued = {cue for sentence in some for cue in sentence.cued}
        pairs.append((set(examples[number].contexts or ()), set(judge.contexts((judge.model.states(s.words) for s in some), cued))))
    return _by_label(pairs, judge.model.labels["contexts"])


def calibration_error(judgements: Sequence[tuple[float, bool]]) -> float:
    """Expected calibration error in ten bins of (chance, whether right)."""
    chances, right = np.array([c for c, _ in judgements]), np.array([r for _, r in judgements], dtype=float)
    bins = np.minimum((chances * BINS).astype(int), BINS - 1)
    gaps = [abs(chances[bins == b].mean() - right[bins == b].mean()) * (bins == b).sum() for b in range(BINS) if (bins == b).any()]
    return float(sum(gaps) / len(judgements)) if judgements else 0.0


def _exchanged(judge: Judge, sentences: Sequence[Sentence]) -> tuple[int, int]:
    """Events in sentences that name a country, and those of them whose type is another once the countries are."""
    chance = random.Random(SEED)
    naming = [s for s in sentences if countries_in(s.words)]
    others = [Sentence(swapped(s.words, chance), s.example, s.judged) for s in naming]
    pairs = list(zip(answers_of(judge, naming), answers_of(judge, others), strict=False))
    events = [(a, b) for a, b in pairs if a.judged.type != NONE]
    return len(events), sum(a.type != b.type for a, b in events)


def evaluate(folder: Path, model: Path | None = None) -> JudgementFigures:
    """Judge every example of a folder of the corpus with the package's model or one in a folder."""
    examples = read(folder)
    judge = Judge(encoder.load() if model is None else encoder.Encoder(model))
    return figures(judge, examples, sentences_of(examples))
