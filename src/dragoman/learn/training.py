"""In: labelled sentences and a pretrained encoder. Out: a trained network. Seeds are fixed, so the same machine gives the same weights."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional

from dragoman.events.pieces import Pieces
from dragoman.learn.corpus import NONE, Example, Labels
from dragoman.learn.examples import Judged, Sentence
from dragoman.learn.network import ARGUMENT_ROLES, Batch, Network
from dragoman.learn.swapping import swapped

SEED = 20261126
AUX_WEIGHT, CONTEXT_WEIGHT = 2, 4  # their losses are means over labels of which few hold
ROLE = {name: n for n, name in enumerate(ARGUMENT_ROLES)}


@dataclass(frozen=True, slots=True)
class Settings:
    epochs: int = 5
    batch: int = 32
    rate: float = 2e-4
    head_rate: float = 2e-3
    decay: float = 0.01
    warmup: float = 0.1
    swap: float = 0.5
    none_weight: float = 0.5
    smoothing: float = 0.05
    unruled: float = 0.4  # share of words of which the network is not told what the rules say


class Collator:
    """Makes batches of sentences, with countries exchanged in a part of them."""

    def __init__(self, pieces: Pieces, swap: float = 0.0) -> None:
        self.pieces, self.swap = pieces, swap

    def batch(self, sentences: Sequence[Sequence[str]], chance: random.Random) -> Batch:
        cut = [self.pieces.of(swapped(s, chance) if chance.random() < self.swap else s) for s in sentences]
        longest, most = max(len(ids) for ids, _ in cut), max(len(s) for s in sentences)
        ids = torch.zeros(len(cut), longest, dtype=torch.long)
        mask = torch.zeros(len(cut), longest, dtype=torch.long)
        pooling = torch.zeros(len(cut), most, longest)
        for row, (pieces, ranges) in enumerate(cut):
            ids[row, : len(pieces)] = torch.tensor(pieces)
            mask[row, : len(pieces)] = 1
            for word, (start, end) in enumerate(ranges):
                pooling[row, word, start:end] = 1 / (end - start)
        return Batch(ids, mask, pooling)


class Trainer:
    def __init__(self, network: Network, pieces: Pieces, labels: Labels, settings: Settings) -> None:
        self.network, self.labels, self.settings = network, labels, settings
        self.collator = Collator(pieces, settings.swap)
        self.chance = random.Random(SEED)
        self._type = {name: n for n, name in enumerate(labels.types)}
        self._mode = {name: n for n, name in enumerate(labels.modes)}
        self._aux = {name: n for n, name in enumerate(labels.aux)}
        self._context = {name: n for n, name in enumerate(labels.contexts)}
        self._type_weights = torch.ones(len(labels.types))
        self._type_weights[0] = settings.none_weight

    def train(self, sentences: Sequence[Sentence], examples: Sequence[Example], report: Callable[[str], None] = print) -> None:
        groups = _by_example(sentences)
        size = sum(len(g) for g in groups)
        steps = self.settings.epochs * (size // self.settings.batch + 1)
        heads = [p for n, p in self.network.named_parameters() if not n.startswith("encoder")]
        optimiser = torch.optim.AdamW(
            [{"params": self.network.encoder.parameters(), "lr": self.settings.rate}, {"params": heads, "lr": self.settings.head_rate}],
            weight_decay=self.settings.decay,
        )
        schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda n: _slope(n / steps, self.settings.warmup))
        self.network.train()
        started = time.monotonic()
        for epoch in range(self.settings.epochs):
            losses = []
            for group in self._batches(groups):
                loss = self.loss(group, examples)
                optimiser.zero_grad()
                loss.backward()
                torch.nn.utils.clip_grad_norm_(self.network.parameters(), 1.0)
                optimiser.step()
                schedule.step()
                losses.append(loss.item())
            report(f"epoch {epoch + 1}/{self.settings.epochs}  loss {sum(losses) / len(losses):.4f}  {time.monotonic() - started:.0f} s")
        self.network.eval()

    def _batches(self, groups: list[list[Sentence]]) -> Iterator[list[Sentence]]:
        """Whole examples of like length together, in random order."""
        order = sorted(groups, key=lambda g: max(len(s.words) for s in g) + self.chance.uniform(0, 6))
        batches: list[list[Sentence]] = [[]]
        for group in order:
            if len(batches[-1]) + len(group) > self.settings.batch and batches[-1]:
                batches.append([])
            batches[-1] += group
        self.chance.shuffle(batches)
        yield from batches

    def loss(self, sentences: list[Sentence], examples: Sequence[Example]) -> Tensor:
        batch = self.collator.batch([s.words for s in sentences], self.chance)
        states = self.network.states(batch)
        rows, words, judged = zip(*((r, j.word, j) for r, s in enumerate(sentences) for j in s.judged), strict=True)
        chosen = states[list(rows), list(words)]
        return (
            self._type_loss(chosen, judged)
            + self._mode_loss(chosen, judged)
            + self._context_loss(states, batch, sentences, examples)
            + self._argument_loss(states, sentences)
        )

    def _type_loss(self, chosen: Tensor, judged: Sequence[Judged]) -> Tensor:
        wanted = torch.tensor([self._type[j.type] for j in judged])
        rule, senses = torch.zeros(len(judged), len(self._type)), torch.zeros(len(judged), len(self._type))
        for row, one in enumerate(judged):
            if self.chance.random() >= self.settings.unruled:
                rule[row, [self._type[kind] for kind in (one.rule,) if kind]] = 1
                senses[row, [self._type[s] for s in one.senses]] = 1
        scores = self.network.types(chosen, rule, senses)
        return functional.cross_entropy(scores, wanted, weight=self._type_weights, label_smoothing=self.settings.smoothing)

    def _mode_loss(self, chosen: Tensor, judged: Sequence[Judged]) -> Tensor:
        """Modes of the right type and auxiliary modes, on events only."""
        real = [n for n, j in enumerate(judged) if j.type != NONE]
        if not real:
            return chosen.sum() * 0
        states = chosen[real]
        modes, asked = (torch.zeros(len(real), len(self.labels.modes)) for _ in range(2))
        aux = torch.zeros(len(real), len(self.labels.aux))
        for row, n in enumerate(real):
            for mode, column in self._mode.items():
                asked[row, column] = mode.startswith(judged[n].type + ".")
            for mode in judged[n].modes:
                modes[row, self._mode[f"{judged[n].type}.{mode}"]] = 1
            for one in judged[n].aux:
                aux[row, self._aux[one]] = 1
        by_mode = functional.binary_cross_entropy_with_logits(self.network.scores("modes", states), modes, reduction="none")
        by_aux = functional.binary_cross_entropy_with_logits(self.network.scores("aux", states), aux)
        return (by_mode * asked).sum() / len(real) + by_aux * AUX_WEIGHT

    def _context_loss(self, states: Tensor, batch: Batch, sentences: list[Sentence], examples: Sequence[Example]) -> Tensor:
        """Contexts of whole examples, from the mean of their words' states."""
        where = sorted({s.example for s in sentences if examples[s.example].contexts is not None})
        if not where:
            return states.sum() * 0
        wanted = torch.zeros(len(where), len(self.labels.contexts))
        means = []
        for row, example in enumerate(where):
            for context in examples[example].contexts or ():
                wanted[row, self._context[context]] = 1
            means.append(torch.cat([states[n, : len(s.words)] for n, s in enumerate(sentences) if s.example == example]).mean(dim=0))
        return functional.binary_cross_entropy_with_logits(self.network.scores("contexts", torch.stack(means)), wanted) * CONTEXT_WEIGHT

    def _argument_loss(self, states: Tensor, sentences: list[Sentence]) -> Tensor:
        pairs = [pair for row, s in enumerate(sentences) for pair in _pairs(row, s)]
        if not pairs:
            return states.sum() * 0
        rows, triggers, words, roles = (list(column) for column in zip(*pairs, strict=True))
        scores = self.network.arguments(states[rows, triggers], states[rows, words])
        return functional.cross_entropy(scores, torch.tensor(roles))


def _pairs(row: int, sentence: Sentence) -> list[tuple[int, int, int, int]]:
    """(sentence, trigger, word, role) for every event that has sides marked in this sentence."""
    marked = {(event, word): role for event, role, word in sentence.sides}
    events = {event for event, _ in marked}
    words = sorted({*sentence.nominals, *(word for _, _, word in sentence.sides)})
    return [
        (row, j.word, word, ROLE[marked.get((j.event, word), "none")])
        for j in sentence.judged
        if j.type != NONE and j.event in events
        for word in words
        if word != j.word
    ]


def _by_example(sentences: Sequence[Sentence]) -> list[list[Sentence]]:
    groups: dict[int, list[Sentence]] = {}
    for sentence in sentences:
        if sentence.judged:
            groups.setdefault(sentence.example, []).append(sentence)
    return list(groups.values())


def _slope(done: float, warmup: float) -> float:
    return done / warmup if done < warmup else max(0.0, (1 - done) / (1 - warmup))
