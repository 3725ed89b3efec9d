"""In: a trained model and labelled sentences that it has not seen. Out: how far its scores and the rules are to be trusted.

The scores are divided by a temperature; what the rules say of a word is raised, and so is NONE where they know nothing. Temperature
and the second are those under which the labels are likeliest, which also makes the chances honest (expected calibration error). The first
is set by the development data: the corpus is odder than news, and on news the rules deserve more trust (docs/decisions.md).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import torch
from torch.nn import functional

from dragoman.events.encoder import Array, Encoder
from dragoman.events.judging import NONE, Judge
from dragoman.learn.examples import Judged, Sentence

ROUNDS = 60
TRUST = 8.0


def scores_of(model: Encoder, sentences: Sequence[Sentence]) -> tuple[Array, list[Judged]]:
    """Scores of types, judged words x types, and the judged words, of all sentences."""
    judge = Judge(model)
    rows, judged = [], []
    for sentence in sentences:
        states = model.states(sentence.words)
        inside = [j for j in sentence.judged if j.word < len(states)]
        if inside:
            rows.append(judge.scores(states[[j.word for j in inside]], [j.rule for j in inside], [j.senses for j in inside]))
            judged += inside
    return np.concatenate(rows), judged


def fit(model: Encoder, sentences: Sequence[Sentence]) -> dict[str, Any]:
    """temperature, agreed, unsaid as the coder decides with them; under "calibrated" those that make the chances honest."""
    types = model.labels["types"]
    scores, judged = scores_of(model, sentences)
    raw, wanted = torch.tensor(scores), torch.tensor([types.index(j.type) for j in judged])
    ruled = torch.tensor([types.index(j.rule or NONE) for j in judged])
    known = torch.tensor([bool(j.rule) for j in judged])
    agreed = functional.one_hot(ruled, len(types)).float() * known[:, None]
    unsaid = functional.one_hot(torch.zeros_like(ruled), len(types)).float() * ~known[:, None]

    def likeliest(trust: float | None) -> list[float]:
        """Temperature, agreed and unsaid under which the labels are likeliest, with ``agreed`` given or free."""
        numbers = torch.tensor([0.0, 1.0, trust or 0.0], requires_grad=True)
        optimiser = torch.optim.LBFGS([numbers], max_iter=ROUNDS)

        def loss() -> torch.Tensor:
            optimiser.zero_grad()
            weight = numbers[2] if trust is None else trust
            found = functional.cross_entropy(raw / numbers[0].exp() + agreed * weight + unsaid * numbers[1], wanted)
            found.backward()
            return found

        optimiser.step(loss)
        temperature, silence, free = numbers.detach().tolist()
        return [round(n, 4) for n in (float(np.exp(temperature)), free if trust is None else trust, silence)]

    return {**dict(zip(("temperature", "agreed", "unsaid"), likeliest(TRUST), strict=True)), "calibrated": likeliest(None)}
