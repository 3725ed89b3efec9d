"""In: a YAML file in which a user defines event types by example. Out: types that are recognised beside those of PLOVER.

A type is one small logistic regression on the states of words that the trained model gives: its triggers in the examples against all other
words there and against a background of words of other news. docs/custom-types.md has a worked example.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import yaml

from dragoman import codebook, language
from dragoman.drafts import Layout, Stretch
from dragoman.errors import DataError
from dragoman.events.candidates import candidates
from dragoman.events.encoder import Array, Encoder, sigmoid
from dragoman.language import Annotated, annotate

NAME = re.compile(r"[A-Z][A-Z0-9_-]+")
MARKED = re.compile(r"\[([^\[\]]+)\]")
KEYS = {"name", "definition", "like", "quad", "score", "examples", "counterexamples"}
FEWEST = 5
RIDGE = 10.0
STEPS = 25
LEAST = 0.5


@dataclass(frozen=True, slots=True)
class Sample:
    """An example as written, its words' states by candidate, and which of them is the trigger (None in a counterexample)."""

    text: str
    states: Array
    trigger: int | None


@dataclass(frozen=True, slots=True)
class CustomType:
    """``like`` is the PLOVER type by whose rules participants are found, and whose quad class and score hold where none are given."""

    name: str
    definition: str
    like: str
    quad: int
    score: float
    samples: tuple[Sample, ...]


@dataclass(frozen=True, slots=True)
class Head:
    """A fitted type: the chance that a word names an event of it is sigmoid(state @ weights + bias)."""

    type: CustomType
    weights: Array
    bias: float

    def chances(self, states: Array) -> Array:
        return sigmoid(states @ self.weights + np.float32(self.bias))


def read(file: Path, model: Encoder) -> list[CustomType]:
    """The types of a file. DataError names the type and what is wrong with it."""
    try:
        found = yaml.safe_load(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeError, yaml.YAMLError) as error:
        raise DataError(str(file), f"cannot be read as YAML: {error}") from error
    entries = found if isinstance(found, list) else [found]
    types = [_type(entry, f"{file}: type {number}", model) for number, entry in enumerate(entries, 1)]
    if repeated := next((t.name for n, t in enumerate(types) if t.name in {u.name for u in types[:n]}), None):
        raise DataError(str(file), f"{repeated} is there twice")
    return types


def _type(entry: Any, where: str, model: Encoder) -> CustomType:
    if not isinstance(entry, dict) or not isinstance(entry.get("name"), str):
        raise DataError(where, "wanted a mapping with name, definition, like and examples")
    name = entry["name"]
    where = f"{where} ({name})"
    if NAME.fullmatch(name) is None or name in codebook.load().types:
        raise DataError(where, "a name is written in capitals (RIVER_DAM) and is none of PLOVER's")
    if strange := sorted(map(str, entry.keys() - KEYS)):
        raise DataError(where, f"unknown key {strange[0]!r}; known: {', '.join(sorted(KEYS))}")
    if entry.get("like") not in codebook.load().types:
        raise DataError(where, f"like: {entry.get('like')!r} is no type of PLOVER; its rules say who takes part")
    like = codebook.load().type(entry["like"])
    quad, score = entry.get("quad", like.quad), entry.get("score", like.score)
    if quad not in (1, 2, 3, 4) or not isinstance(score, int | float) or not -10 <= score <= 10:
        raise DataError(where, "quad is 1 to 4 and score -10 to 10")
    examples, others = _texts(entry, "examples", where), _texts(entry, "counterexamples", where)
    if len(examples) < FEWEST:
        raise DataError(where, f"{len(examples)} examples; at least {FEWEST} are needed, 20 are better")
    samples = (*_samples(examples, True, where, model), *_samples(others, False, where, model))
    return CustomType(name, str(entry.get("definition", "")).strip(), like.name, quad, float(score), samples)


def _texts(entry: dict[str, Any], key: str, where: str) -> list[str]:
    texts = entry.get(key) or []
    if not isinstance(texts, list) or not all(isinstance(t, str) and t.strip() for t in texts):
        raise DataError(where, f"{key}: wanted a list of sentences")
    return [" ".join(t.split()) for t in texts]


def _samples(texts: Sequence[str], positive: bool, where: str, model: Encoder) -> list[Sample]:
    marks = [MARKED.search(t) for t in texts]
    if positive and (bare := next((t for t, m in zip(texts, marks, strict=True) if m is None), None)):
        raise DataError(where, f"mark the word that tells the event with [ ] in: {bare}")
    plain = [MARKED.sub(r"\1", t) for t in texts]
    parsed = annotate(language.load(), [(t, Layout(paragraphs=(Stretch(0, len(t)),))) for t in plain])
    return [
        _sample(text, None if mark is None or not positive else mark.start(), annotated, model)
        for text, mark, annotated in zip(texts, marks, parsed, strict=True)
    ]


def _sample(text: str, start: int | None, annotated: Annotated, model: Encoder) -> Sample:
    words = [c.head for c in candidates(annotated)]
    if start is not None:
        marked = annotated.tokens_within(start, start + 1)
        assert marked is not None, "a mark holds words"
        words = [marked.start, *(w for w in words if w != marked.start)]
    states = model.states([t.text for t in annotated.doc])
    return Sample(text, states[[w for w in words if w < len(states)]], None if start is None else 0)


def fit(custom: CustomType, background: Array, without: frozenset[int] = frozenset()) -> Head:
    """Fit a type on all its samples but those numbered ``without``: ridge logistic regression, both classes weighing the same."""
    samples = [s for n, s in enumerate(custom.samples) if n not in without]
    positive = np.concatenate([s.states[s.trigger : s.trigger + 1] for s in samples if s.trigger is not None])
    others = [np.delete(s.states, s.trigger, axis=0) if s.trigger is not None else s.states for s in samples]
    negative = np.concatenate([*others, background])
    inputs = np.concatenate([positive, negative]).astype(np.float64)
    centre, scale = inputs.mean(axis=0), inputs.std(axis=0) + 1e-6
    inputs = np.hstack([(inputs - centre) / scale / np.sqrt(inputs.shape[1]), np.ones((len(inputs), 1))])
    wanted = np.concatenate([np.ones(len(positive)), np.zeros(len(negative))])
    weights = _newton(inputs, wanted, np.where(wanted == 1, np.sqrt(len(negative) / len(positive)), 1.0))
    slopes = weights[:-1] / scale / np.sqrt(len(scale))
    return Head(custom, slopes.astype(np.float32), float(weights[-1] - centre @ slopes))


def _newton(inputs: Any, wanted: Any, importance: Any) -> Any:
    weights = np.zeros(inputs.shape[1])
    penalty = np.full(inputs.shape[1], RIDGE / inputs.shape[1])
    penalty[-1] = 0.0
    for _ in range(STEPS):
        chances = 1 / (1 + np.exp(-np.clip(inputs @ weights, -30, 30)))
        slope = inputs.T @ (importance * (chances - wanted)) + penalty * weights
        curve = (inputs * (importance * chances * (1 - chances))[:, None]).T @ inputs + np.diag(penalty) + 1e-9 * np.eye(len(weights))
        step = np.linalg.solve(curve, slope)
        weights -= step
        if np.abs(step).max() < 1e-6:
            break
    return weights
