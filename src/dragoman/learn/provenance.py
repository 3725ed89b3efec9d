"""In: the corpus and the code that trains. Out: their hashes, which a model carries, so that a test can tell what it was made from."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from dragoman.learn.corpus import TRAIN, files_of

CODE = ("corpus.py", "examples.py", "exporting.py", "model.py", "network.py", "pretrained.py", "swapping.py", "training.py")


def made_from(corpus: Path) -> dict[str, Any]:
    """SHA-256 of the labelled text and of the code that makes the model."""
    here = Path(__file__).parent
    return {
        "corpus": digest([(f.relative_to(corpus).as_posix(), f.read_bytes()) for f in files_of(corpus / TRAIN)]),
        "code": digest([(name, (here / name).read_bytes()) for name in CODE]),
    }


def digest(files: Sequence[tuple[str, bytes]]) -> str:
    found = hashlib.sha256()
    for name, content in files:
        found.update(f"{name}\0{len(content)}\0".encode())
        found.update(content)
    return found.hexdigest()
