"""In: a type that a user defined by examples. Out: how well it will do, by cross-validation, and which sentences are confused."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from dragoman.events.custom import LEAST, CustomType, fit
from dragoman.events.encoder import Encoder
from dragoman.learn.scores import Score

FOLDS = 5
SEED = 11
SHOWN = 8


@dataclass(slots=True)
class Check:
    """``missed`` and ``mistaken`` are samples as written, worst first; ``alarms`` are background words by the PLOVER type they have."""

    type: CustomType
    score: Score
    background: int
    missed: list[tuple[float, str]]
    mistaken: list[tuple[float, str]]
    alarms: Counter[str]

    def lines(self) -> Iterator[str]:
        examples = sum(s.trigger is not None for s in self.type.samples)
        yield f"{self.type.name} (like {self.type.like}): {examples} examples, {len(self.type.samples) - examples} counterexamples"
        yield self.score.line("in turn")
        alarms = sum(self.alarms.values())
        share = f"{alarms} of {self.background} words of other news ({1000 * alarms / max(1, self.background):.1f} in 1,000)"
        yield f"taken for it by mistake: {share}" + "".join(f"; {name} {n}" for name, n in self.alarms.items())
        for title, samples in (("missed", self.missed), ("mistaken", self.mistaken)):
            yield from (f"  {title} ({chance:.2f}): {text}" for chance, text in samples[:SHOWN])
        yield self._advice()

    def _advice(self) -> str:
        if self.score.f1 >= 0.8 and not self.mistaken:
            return "It will do well on sentences like these."
        if self.missed and len(self.missed) >= len(self.mistaken):
            return "It misses its own: more examples with the wording of those above will help most."
        return "It takes others for its own: add the sentences above, and more like them, as counterexamples."


def check(custom: CustomType, model: Encoder) -> Check:
    """Each sample is judged by a head that was fitted without it; the background by heads that were fitted without that part of it."""
    states, kinds = model.background()
    chance = random.Random(SEED)
    order = list(range(len(custom.samples)))
    chance.shuffle(order)
    parts = np.arange(len(states)) % FOLDS
    missed, mistaken, wrong, alarms = [], [], 0, Counter[str]()
    for fold in range(FOLDS):
        held = frozenset(order[fold::FOLDS])
        head = fit(custom, states[parts != fold], held)
        alarms.update(kinds[n] for n in np.flatnonzero((parts == fold) & (head.chances(states) >= LEAST)))
        for sample in (custom.samples[number] for number in sorted(held)):
            chances = head.chances(sample.states)
            if sample.trigger is not None:
                if chances[sample.trigger] < LEAST:
                    missed.append((float(chances[sample.trigger]), sample.text))
                chances = np.delete(chances, sample.trigger)
            taken = chances[chances >= LEAST]
            if len(taken):
                wrong += len(taken)
                mistaken.append((float(taken.max()), sample.text))
    wanted = sum(s.trigger is not None for s in custom.samples)
    right = wanted - len(missed)
    return Check(custom, Score(right, right + wrong, wanted), len(states), sorted(missed), sorted(mistaken, reverse=True), alarms)
