"""In: the words of a sentence. Out: the pieces of words that the encoder knows, and which of them belong to which word.

Words are cut one by one, as the parser has them, so that pieces and words always fit; what a word is cut into is remembered.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from tokenizers.implementations import BertWordPieceTokenizer

LONGEST = 192
OPENING, CLOSING, UNKNOWN = "[CLS]", "[SEP]", "[UNK]"


class Pieces:
    """Cuts words by a vocabulary file of one piece a line; lower case, without accents."""

    def __init__(self, vocabulary: Path) -> None:
        pieces = vocabulary.read_text(encoding="utf-8").splitlines()
        self._tokenizer = BertWordPieceTokenizer({piece: n for n, piece in enumerate(pieces)}, lowercase=True)
        self._opening, self._closing = (self._tokenizer.token_to_id(t) for t in (OPENING, CLOSING))
        self._unknown = [self._tokenizer.token_to_id(UNKNOWN)]
        self._known: dict[str, list[int]] = {}

    def of(self, words: Sequence[str]) -> tuple[list[int], list[tuple[int, int]]]:
        """Piece ids of a sentence, and for each word the half-open range of its pieces; words past LONGEST pieces have none."""
        ids = [self._opening]
        ranges = []
        for word in words:
            pieces = self._known.get(word) or self._cut(word)
            if len(ids) + len(pieces) >= LONGEST:
                break
            ranges.append((len(ids), len(ids) + len(pieces)))
            ids += pieces
        ids.append(self._closing)
        return ids, ranges

    def _cut(self, word: str) -> list[int]:
        self._known[word] = self._tokenizer.encode(word, add_special_tokens=False).ids or self._unknown
        return self._known[word]
