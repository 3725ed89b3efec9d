"""In: phrases and what they mean. Out: a table that finds the longest phrase that begins at a word of a text.

White space does not count, so it does not matter how a tokeniser cuts "Guinea-Bissau" or "People's"; curly apostrophes are straight.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Generic, TypeVar

Meaning = TypeVar("Meaning")
CUT = re.compile("[-'/]")


def plain(text: str) -> str:
    return text.replace("’", "'") if "’" in text else text


class Phrases(Generic[Meaning]):
    """Phrases by their first word."""

    def __init__(self) -> None:
        self.meanings: dict[str, list[Meaning]] = {}
        self.longest: dict[str, int] = {}

    def add(self, phrase: str, meaning: Meaning) -> None:
        phrase = plain(phrase)
        key = phrase.replace(" ", "")
        known = self.meanings.get(key)
        if known is not None:
            known.append(meaning)
            return
        self.meanings[key] = [meaning]
        for first in beginnings(phrase):
            if len(key) > self.longest.get(first, 0):
                self.longest[first] = len(key)

    def get(self, phrase: str) -> Sequence[Meaning]:
        return self.meanings.get(plain(phrase).replace(" ", ""), ())

    def at(self, words: Sequence[str], start: int, stop: int) -> tuple[int, Sequence[Meaning]] | None:
        """End and meanings of the longest phrase that begins with word ``start`` and ends before ``stop``; apostrophes are straight."""
        longest = self.longest.get(words[start])
        if longest is None:
            return None
        found: tuple[int, Sequence[Meaning]] | None = None
        key, end = "", start
        while end < stop:
            key += words[end]
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
    return {first} if first.isalpha() else {first, CUT.split(first, maxsplit=1)[0] or first, first.split(".", 1)[0] or first}
