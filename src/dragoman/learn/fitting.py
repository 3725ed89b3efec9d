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

from dragoman.events.encoder import Encoder
from dragoman.events.judging import Judge
from dragoman.events.lexicon import NONE
from dragoman.learn.examples import Sentence
from dragoman.learn.judgements import scored

ROUNDS = 60
TRUST = 8.0


def fit(model: Encoder, sentences: Sequence[Sentence]) -> dict[str, Any]:
    """temperature, agreed, unsaid as the coder decides with them; under "calibrated" those that make the chances honest."""
    types = model.labels["types"]
    parts = list(scored(Judge(model), sentences))
    judged = [j for inside, _, _ in parts for j in inside]
    raw, wanted = torch.tensor(np.concatenate([scores for _, _, scores in parts])), torch.tensor([types.index(j.type) for j in judged])
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
