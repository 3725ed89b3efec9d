"""In: the words of a sentence. Out: what the trained model says of them: scores of types, modes, auxiliary modes, sides; and of contexts.

One pass of the encoder a sentence, on one thread, never padded or batched: an int8 encoder scales its numbers by the largest in the
pass, so a sentence read alone scores the same whatever stands beside it (and a batch is hardly faster: docs/decisions.md).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
import onnxruntime
import yaml

from dragoman.errors import DragomanError
from dragoman.events.pieces import Pieces

Array: TypeAlias = npt.NDArray[np.float32]
FOLDER = "model"
PATH = resources.files(__package__) / FOLDER


class Encoder:
    """A trained model in a folder of encoder.onnx, heads.npz, vocabulary.txt and model.yaml; ``labels`` is what the last holds."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        try:
            self._session = onnxruntime.InferenceSession(str(folder / "encoder.onnx"), options, providers=["CPUExecutionProvider"])
            self._heads: dict[str, Array] = {n: a.astype(np.float32) for n, a in np.load(folder / "heads.npz").items()}
            self.labels: dict[str, Any] = yaml.safe_load((folder / "model.yaml").read_text(encoding="utf-8"))
        except (OSError, onnxruntime.capi.onnxruntime_pybind11_state.NoSuchFile) as error:
            raise DragomanError(f"{folder}: no trained model; make one with `make train`") from error
        self._pieces = Pieces(folder / "vocabulary.txt")

    def __reduce__(self) -> tuple[type[Encoder], tuple[Path]]:
        """A worker loads the model itself."""
        return Encoder, (self._folder,)

    def states(self, words: Sequence[str]) -> Array:
        """Words x size. Words past the encoder's length have no row."""
        ids, ranges = self._pieces.of(words)
        (pieces,) = self._session.run(None, {"ids": np.array([ids], dtype=np.int64)})
        sums = np.concatenate([np.zeros((1, pieces.shape[2]), dtype=np.float32), np.cumsum(pieces[0], axis=0, dtype=np.float32)])
        starts, ends = (np.array(side, dtype=np.int64) for side in zip(*ranges, strict=True))
        return np.asarray((sums[ends] - sums[starts]) / (ends - starts)[:, None], dtype=np.float32)

    def background(self) -> tuple[Array, list[str]]:
        """States of words of news, and the type of each; what a custom type is told apart from."""
        kept = np.load(self._folder / "background.npz")
        return kept["states"].astype(np.float32), [str(k) for k in kept["types"]]

    def scores(self, head: str, states: Array) -> Array:
        """Rows x labels of a head ("types", "modes", "aux", "contexts"), before any softmax."""
        found: Array = states @ self._heads[f"{head}.weight"].T + self._heads[f"{head}.bias"]
        return found

    def types(self, states: Array, rule: Array, senses: Array) -> Array:
        """Rows x types, given for each row the type that the rules give it (one-hot) and the types that the lexicon lists (many-hot)."""
        found: Array = self.scores("types", states) + rule @ self._heads["rule"].T + senses @ self._heads["senses"].T
        return found

    def arguments(self, triggers: Array, words: Array) -> Array:
        """Triggers x words x (none, actor, recipient): the chance that a word heads a side of a trigger, given the states of both."""
        keys = self.scores("words", words)
        own = self.scores("triggers", triggers)
        scores = own @ keys.reshape(-1, own.shape[1]).T / np.float32(np.sqrt(own.shape[1]))
        return softmax(scores.reshape(len(triggers), len(words), -1))


def softmax(scores: Array) -> Array:
    raised = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return np.asarray(raised / raised.sum(axis=-1, keepdims=True), dtype=np.float32)


def sigmoid(scores: Array) -> Array:
    return np.asarray(1 / (1 + np.exp(-scores)), dtype=np.float32)


@cache
def load() -> Encoder:
    """The model of the package. DragomanError where there is none."""
    return Encoder(Path(str(PATH)))
