"""In: phrases and what they mean. Out: a table that finds the longest phrase that begins at a word of a text.

White space counts only between letters or digits, so it does not matter how a tokeniser cuts "Guinea-Bissau" or "People's", but "Qatar is"
are no "Qataris"; curly apostrophes are straight.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Generic, TypeVar

Meaning = TypeVar("Meaning")
CUT = re.compile("[-'/]")
LOOSE = re.compile(r"(?<=[^\W_]) (?=[^\W_])|( )")


def plain(text: str) -> str:
    return text.replace("’", "'") if "’" in text else text


def tight(phrase: str) -> str:
    """A phrase with spaces only where letters or digits stand on both sides."""
    if phrase.replace(" ", "").isalnum():
        return phrase
    return LOOSE.sub(lambda space: "" if space[1] else " ", phrase)


class Phrases(Generic[Meaning]):
    """Phrases by their first word."""

    def __init__(self) -> None:
        self.meanings: dict[str, list[Meaning]] = {}
        self.longest: dict[str, int] = {}

    def add(self, phrase: str, meaning: Meaning) -> None:
        """Add a meaning of a phrase, whose apostrophes must be straight."""
        key = tight(phrase)
        known = self.meanings.get(key)
        if known is not None:
            known.append(meaning)
            return
        self.meanings[key] = [meaning]
        size, first = len(key), phrase.partition(" ")[0]
        for start in (first,) if first.isalpha() else beginnings(phrase):
            if size > self.longest.get(start, 0):
                self.longest[start] = size

    def get(self, phrase: str) -> Sequence[Meaning]:
        return self.meanings.get(tight(plain(phrase)), ())

    def at(self, words: Sequence[str], start: int, stop: int) -> tuple[int, Sequence[Meaning]] | None:
        """End and meanings of the longest phrase that begins with word ``start`` and ends before ``stop``; apostrophes are straight."""
        longest = self.longest.get(words[start])
        if longest is None:
            return None
        found: tuple[int, Sequence[Meaning]] | None = None
        key, end = "", start
        while end < stop:
            word = words[end]
            key += f" {word}" if key[-1:].isalnum() and word[:1].isalnum() else word
            end += 1
            if len(key) > longest:
                break
            meanings = self.meanings.get(key)
            if meanings is not None:
                found = end, meanings
        return found


def beginnings(phrase: str) -> set[str]:
    """What a tokeniser may take for the first word: up to the first space, hyphen, slash or apostrophe, or up to the first full stop."""
    first = phrase.split(" ", 1)[0]
    return {first, CUT.split(first, maxsplit=1)[0] or first, first.split(".", 1)[0] or first}
