"""In: the corpus. Out: the trained model in a folder, its weights beside the rules, and the hashes of what it was made from.

A fixed part of the training examples is kept back: the network never sees it, the weights of model and rules are fitted on it.
"""

from __future__ import annotations

import random
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
import yaml

from dragoman.events.encoder import Array, Encoder
from dragoman.events.pieces import Pieces
from dragoman.learn import exporting, fitting, pretrained
from dragoman.learn.corpus import NONE, TRAIN, Example, Labels, read
from dragoman.learn.examples import Sentence, sentences_of
from dragoman.learn.network import Network
from dragoman.learn.provenance import made_from
from dragoman.learn.training import SEED, Settings, Trainer

KEPT_BACK = 0.08
LAYERS = 6
NONE_KEPT, TYPE_KEPT = 400, 20  # words of the background


def train(corpus: Path, folder: Path, settings: Settings | None = None, report: Callable[[str], None] = print) -> None:
    """Train on ``corpus``/train and write the model to ``folder``. The same machine gives the same model again."""
    torch.manual_seed(SEED)
    examples = read(corpus / TRAIN)
    sentences = sentences_of(examples)
    ours, kept = apart(examples, sentences)
    report(f"{len(examples)} examples, {len(sentences)} sentences, of which {len(kept)} are kept back")
    vocabulary = pretrained.vocabulary(e.text for e in examples)
    labels = Labels()
    network = Network(pretrained.encoder(vocabulary, LAYERS), len(labels.types), len(labels.modes), len(labels.aux), len(labels.contexts))
    with tempfile.TemporaryDirectory() as scratch:
        pieces = Path(scratch) / "vocabulary.txt"
        pieces.write_text("".join(f"{p}\n" for p in vocabulary), encoding="utf-8")
        Trainer(network, Pieces(pieces), labels, settings or Settings()).train(ours, examples, report)
    exporting.export(network, vocabulary, labels, made_from(corpus), folder)
    model = Encoder(folder)
    _add(folder, {"weights": fitting.fit(model, kept)})
    keep_background(model, kept, folder)


def apart(examples: Sequence[Example], sentences: Sequence[Sentence]) -> tuple[list[Sentence], list[Sentence]]:
    """The sentences to train on, and those kept back; a minimal pair stays with the line that it belongs to."""
    chance = random.Random(SEED)
    kept, keeping = set(), False
    for number, example in enumerate(examples):
        keeping = keeping if example.pair else chance.random() < KEPT_BACK
        if keeping:
            kept.add(number)
    return [s for s in sentences if s.example not in kept], [s for s in sentences if s.example in kept]


def keep_background(model: Encoder, sentences: Sequence[Sentence], folder: Path) -> None:
    """Write states of words that the network has not seen, some of each type: what a custom type is told apart from."""
    by_type: dict[str, list[Array]] = {name: [] for name in model.labels["types"]}
    for sentence in sentences:
        states = model.states(sentence.words)
        for judged in sentence.judged:
            if judged.word < len(states) and len(by_type[judged.type]) < (NONE_KEPT if judged.type == NONE else TYPE_KEPT):
                by_type[judged.type].append(states[judged.word])
    kept = [(state, name) for name, states in by_type.items() for state in states]
    words = np.array([state for state, _ in kept], dtype=np.float16)
    np.savez_compressed(folder / "background.npz", states=words, types=np.array([name for _, name in kept]))


def _add(folder: Path, more: dict[str, Any]) -> None:
    with (folder / "model.yaml").open("a", encoding="utf-8") as stream:
        yaml.safe_dump(more, stream, sort_keys=False)
