"""A text as a set of numbers that says how much of it is in another. In: words. Out: the smallest share of its shingles' hashes.

A sketch is a MinHash whose size grows with the text ("scaled" or mod-p sketch): of all shingles it keeps those whose hash is divisible by
``KEPT``. So the sketch of a part is a part of the sketch, and containment shows as well as likeness, which signatures of a fixed
length lose when a paper cuts a story from the bottom.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from dragoman.merge.words import words

SHINGLE = 4  # words; 3 also joins stories by stock phrases, 5 loses copies in which every second sentence was edited
KEPT = 2  # one of so many shingles; 1 doubles the store for no more than 0.001 of F1
INDEXED = 8  # one of so many is looked up; 16 misses short copies (0.003 of recall), 4 costs twice the index
MOST = 4_000  # words of a text that are looked at: what is longer is a book

Sketch = npt.NDArray[np.uint32]


def sketch(text: str) -> Sketch:
    """The kept hashes of the shingles of a text, sorted, each once; empty for a text of fewer words than a shingle has."""
    return sketch_of(words(text)[:MOST])


def sketch_of(sequence: Sequence[str]) -> Sketch:
    if len(sequence) < SHINGLE:
        return np.empty(0, np.uint32)
    hashed = np.fromiter(map(hash_of, sequence), np.uint64, len(sequence))
    combined = np.zeros(len(sequence) - SHINGLE + 1, np.uint64)
    with np.errstate(over="ignore"):
        for place in range(SHINGLE):
            combined = mixed(combined ^ hashed[place : len(sequence) - SHINGLE + 1 + place])
    kept = (combined >> np.uint64(32)).astype(np.uint32)
    return np.unique(kept[kept % KEPT == 0])


def mixed(values: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint64]:
    """Every bit of the result depends on every bit given (the finaliser of SplitMix64)."""
    values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return values ^ (values >> np.uint64(31)) ^ np.uint64(0x9E3779B97F4A7C15)


@lru_cache(maxsize=50_000)
def hash_of(word: str) -> int:
    """The same on every machine and in every run, as Python's own hash is not."""
    encoded = word.encode("utf-8", "surrogatepass")
    return zlib.crc32(encoded) << 32 | zlib.adler32(encoded)
