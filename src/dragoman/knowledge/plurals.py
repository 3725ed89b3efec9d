"""In: a noun phrase in the singular, and the endings of plurals.tsv. Out: its plural, as "attorneys general" for "attorney general"."""

from __future__ import annotations

from dataclasses import dataclass

from dragoman.tables import Folder, rows


@dataclass(frozen=True, slots=True)
class Plurals:
    """``whole`` holds nouns with a plural of their own, ``endings`` the rules from the longest ending to the shortest."""

    whole: dict[str, str]
    endings: tuple[tuple[str, str], ...]
    heads: frozenset[str]

    def of_word(self, word: str) -> str:
        if word in self.whole:
            return self.whole[word]
        for ending, plural in self.endings:
            if word.endswith(ending):
                return word[: len(word) - len(ending)] + plural
        return word + "s"

    def of(self, phrase: str) -> str:
        """The plural of the phrase's head: its last word, or the one before the first of ``heads`` ("of", "for", "general" ...)."""
        words = phrase.split(" ")
        last = next((i for i, word in enumerate(words) if i and word in self.heads), len(words)) - 1
        words[last] = self.of_word(words[last])
        return " ".join(words)


def load_plurals(folder: Folder) -> Plurals:
    whole: dict[str, str] = {}
    endings: dict[str, str] = {}
    heads: set[str] = set()
    tables = {"word": whole, "ending": endings}
    for _, (singular, plural, kind) in rows(folder, "plurals.tsv", ("singular", "plural", "kind")):
        if kind in tables:
            tables[kind][singular] = plural
        else:
            heads.add(singular)
    return Plurals(whole, tuple(sorted(endings.items(), key=lambda e: -len(e[0]))), frozenset(heads))
