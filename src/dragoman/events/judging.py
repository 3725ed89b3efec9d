"""In: the states of words, what the rules say of them, the weights of both. Out: chances of types; modes, auxiliary modes, contexts.

The weights were fitted on text that neither the model nor the rules have seen (learn/fitting.py) and are part of the model.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from dragoman.events.encoder import Array, Encoder, sigmoid, softmax
from dragoman.events.lexicon import NONE


@dataclass(frozen=True, slots=True)
class Weights:
    """``temperature`` divides scores; ``agreed`` is added to what the rules say of a word, ``unsaid`` to NONE where they know nothing.

    ``calibrated`` are temperature, agreed and unsaid under which a chance is right as often as it says: those of ``confidence``.
    ``alone`` is the chance from which a word is an event of which the rules know nothing, ``likely`` the honest chance from which it is one
    whatever the rules say, ``aside`` the same for a word that is told aside (docs/decisions.md has what both cost), ``linked`` that from
    which a word is a side of an event where grammar finds none; ``aux`` and ``context`` are those from which a label holds, ``cued`` the
    same for a context of which a cue word stands in the paragraph. ``mode`` is the same for a mode where the rules see none,
    ``mode_agreed`` for one that they see, ``mode_alone`` for another than they see.
    """

    temperature: float = 1.0
    agreed: float = 2.0
    unsaid: float = 1.0
    calibrated: tuple[float, float, float] = (1.0, 0.0, 1.0)
    alone: float = 0.4
    likely: float = 0.1
    aside: float = 0.75
    linked: float = 0.5
    mode: float = 0.4
    mode_agreed: float = 0.2
    mode_alone: float = 0.6
    aux: float = 0.5
    context: float = 0.4
    cued: float = 0.2


class Judge:
    """What the model and the rules together say of words."""

    def __init__(self, model: Encoder, weights: Weights | None = None) -> None:
        self.model = model
        self.weights = weights or Weights(**model.labels.get("weights", {}))
        self.types: list[str] = model.labels["types"]
        self._place = {name: n for n, name in enumerate(self.types)}
        self._modes: dict[str, list[tuple[int, str]]] = {}
        for n, name in enumerate(model.labels["modes"]):
            kind, _, mode = name.partition(".")
            self._modes.setdefault(kind, []).append((n, mode))

    def chances(self, scores: Array, ruled: Sequence[str]) -> Array:
        """Words x types, by which it is decided; ``scores`` and ``ruled`` as in ``scores``."""
        weights = self.weights
        return self._weighed(scores, ruled, (weights.temperature, weights.agreed, weights.unsaid))

    def honest(self, scores: Array, ruled: Sequence[str]) -> Array:
        """The same with the weights under which a chance is right as often as it says."""
        return self._weighed(scores, ruled, self.weights.calibrated)

    def _weighed(self, scores: Array, ruled: Sequence[str], weights: tuple[float, float, float]) -> Array:
        temperature, agreed, unsaid = weights
        weighed = scores / np.float32(temperature)
        for row, kind in enumerate(ruled):
            weighed[row, self._place[kind or NONE]] += agreed if kind else unsaid
        return softmax(weighed)

    def scores(self, states: Array, ruled: Sequence[str], senses: Sequence[Sequence[str]]) -> Array:
        """Words x types, as the network gives them; ``ruled`` is the type that the rules give each word, NONE where they say that it is
        no event, "" where they don't know it; ``senses`` is what the lexicon lists for it."""
        rule, listed = (np.zeros((len(states), len(self.types)), dtype=np.float32) for _ in range(2))
        for row, (kind, some) in enumerate(zip(ruled, senses, strict=True)):
            rule[row, [self._place[one] for one in (kind,) if one]] = 1
            listed[row, [self._place[s] for s in some]] = 1
        return self.model.types(states, rule, listed)

    def best(self, chances: Array) -> tuple[str, str]:
        """The likeliest type and the runner-up."""
        first, second = chances.argsort()[::-1][:2]
        return self.types[first], self.types[second]

    def chance(self, chances: Array, kind: str) -> float:
        return float(chances[self._place[kind]])

    def modes(self, state: Array, kind: str, ruled: Collection[str] = ()) -> list[str]:
        """The modes of a type that hold for a word, to which the rules give the same type with the modes ``ruled``."""
        if kind not in self._modes:
            return []
        chances = sigmoid(self.model.scores("modes", state[None])[0])
        least = {True: self.weights.mode_agreed, False: self.weights.mode_alone if ruled else self.weights.mode}
        return [mode for n, mode in self._modes[kind] if chances[n] >= least[mode in ruled]]

    def auxiliaries(self, state: Array) -> list[str]:
        return [name for name, chance in self._each("aux", state) if chance >= self.weights.aux]

    def contexts(self, sentences: Iterable[Array], cued: Collection[str] = ()) -> list[str]:
        """The contexts of a paragraph, given the states of the words of its sentences and the contexts whose cue words stand in it."""
        words = np.concatenate(list(sentences))
        least = {True: self.weights.cued, False: self.weights.context}
        return [name for name, chance in self._each("contexts", words.mean(axis=0)) if chance >= least[name in cued]]

    def _each(self, head: str, state: Array) -> Iterator[tuple[str, float]]:
        return zip(self.model.labels[head], sigmoid(self.model.scores(head, state[None])[0]).tolist(), strict=True)
