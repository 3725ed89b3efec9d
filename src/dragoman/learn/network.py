"""In: pieces of words. Out: scores of every judged word. The torch model that is trained; the coder runs its export (exporting.py).

One pass of the encoder serves all words of a sentence: the state of a word is the mean of its pieces' states, and each head is one
linear layer on it. What the rules say of a word, and what senses the lexicon lists for it, is added to the scores of the types, so that the
network learns when the rules are right. ``arguments`` scores pairs of a trigger and a word as none, actor or recipient.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn
from transformers import BertModel

ARGUMENT_SIZE = 96
ARGUMENT_ROLES = ("none", "actor", "recipient")


@dataclass(slots=True)
class Batch:
    """``ids``, ``mask``: sentences x pieces. ``pooling``: sentences x words x pieces, rows that sum to one."""

    ids: Tensor
    mask: Tensor
    pooling: Tensor


class Network(nn.Module):
    def __init__(self, encoder: BertModel, types: int, modes: int, aux: int, contexts: int) -> None:
        super().__init__()
        size = encoder.config.hidden_size
        self.encoder = encoder
        self.dropout = nn.Dropout(0.1)
        outputs = {"types": types, "modes": modes, "aux": aux, "contexts": contexts}
        outputs |= {"triggers": ARGUMENT_SIZE, "words": ARGUMENT_SIZE * len(ARGUMENT_ROLES)}
        self.rule, self.senses = nn.Linear(types, types, bias=False), nn.Linear(types, types, bias=False)
        nn.init.zeros_(self.rule.weight)
        nn.init.zeros_(self.senses.weight)
        self.heads = nn.ModuleDict({name: nn.Linear(size, width) for name, width in outputs.items()})

    def scores(self, head: str, states: Tensor) -> Tensor:
        """Rows x outputs of a head."""
        found: Tensor = self.heads[head](states)
        return found

    def types(self, states: Tensor, rule: Tensor, senses: Tensor) -> Tensor:
        """Rows x types, given for each row the type that the rules give it (one-hot) and the types that the lexicon lists (many-hot)."""
        found: Tensor = self.scores("types", states) + self.rule(rule) + self.senses(senses)
        return found

    def states(self, batch: Batch) -> Tensor:
        """Sentences x words x size."""
        pieces = self.encoder(input_ids=batch.ids, attention_mask=batch.mask).last_hidden_state
        return torch.bmm(batch.pooling, self.dropout(pieces))

    def arguments(self, triggers: Tensor, words: Tensor) -> Tensor:
        """Pairs x roles, of n trigger states and n word states."""
        keys = self.scores("words", words).view(-1, len(ARGUMENT_ROLES), ARGUMENT_SIZE)
        return torch.einsum("ps,prs->pr", self.scores("triggers", triggers), keys) / ARGUMENT_SIZE**0.5
