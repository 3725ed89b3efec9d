"""In: a trained network. Out: the folder that the coder loads: encoder (int8 ONNX), heads, vocabulary, and what describes them."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
import yaml
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from dragoman.learn.corpus import Labels
from dragoman.learn.network import Network

OPSET = 18


class _States(nn.Module):
    """The encoder of one sentence at a time: no padding, so no mask, and what it says of a sentence depends on nothing beside it."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.encoder = network.encoder

    def forward(self, ids: Tensor) -> Tensor:
        states: Tensor = self.encoder(input_ids=ids).last_hidden_state
        return states


def export(network: Network, pieces: list[str], labels: Labels, about: dict[str, Any], folder: Path) -> None:
    """Write encoder.onnx, heads.npz, vocabulary.txt and model.yaml. Weights have seven bits, which no processor's kernel saturates."""
    folder.mkdir(parents=True, exist_ok=True)
    network.eval()
    with tempfile.TemporaryDirectory() as scratch:
        whole = Path(scratch) / "whole.onnx"
        torch.onnx.export(
            _States(network),
            (torch.ones(1, 16, dtype=torch.long),),
            str(whole),
            input_names=["ids"],
            output_names=["states"],
            dynamic_axes={"ids": {1: "pieces"}, "states": {1: "pieces"}},
            opset_version=OPSET,
            dynamo=False,
        )
        quantize_dynamic(whole, folder / "encoder.onnx", weight_type=QuantType.QInt8, reduce_range=True, per_channel=True)
    _without_traces(folder / "encoder.onnx")
    arrays = {name: weights.detach().numpy().astype(np.float16) for name, weights in network.heads.named_parameters()}
    arrays |= {name: getattr(network, name).weight.detach().numpy().astype(np.float16) for name in ("rule", "senses")}
    np.savez(folder / "heads.npz", **arrays)
    (folder / "vocabulary.txt").write_text("".join(f"{p}\n" for p in pieces), encoding="utf-8")
    described = {
        "types": list(labels.types),
        "modes": list(labels.modes),
        "aux": list(labels.aux),
        "contexts": list(labels.contexts),
        **about,
    }
    (folder / "model.yaml").write_text(yaml.safe_dump(described, sort_keys=False, allow_unicode=True), encoding="utf-8")


def _without_traces(file: Path) -> None:
    """Take out where in the source each node comes from: paths of this machine."""
    model = onnx.load(str(file))
    model.doc_string = ""
    for node in model.graph.node:
        node.doc_string = ""
        del node.metadata_props[:]
    onnx.save(model, str(file))
