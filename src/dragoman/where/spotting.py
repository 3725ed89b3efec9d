"""In: the tree of an article and the list of places. Out: the stretches of capitalised words that the list knows, longest first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from dragoman.knowledge.gazetteer import Gazetteer, folded
from dragoman.language.tree import Tree
from dragoman.schema import PlaceKind
from dragoman.where.words import Words

LONGEST = 8
SHORT = 3

Rows = tuple[tuple[int, bool], ...]


@dataclass(frozen=True, slots=True)
class Named:
    """Tokens start .. end - 1 that are written like a name, and the rows of the list that they may mean (none where it knows no such)."""

    start: int
    end: int
    rows: Rows = ()
    kinds: frozenset[PlaceKind] = frozenset()


def named(tree: Tree, gazetteer: Gazetteer, words: Words) -> list[Named]:
    """All that the list knows, in text order, none overlapping."""
    stretches = list(_stretches(tree, words))
    texts = [folded(tree.text(start, end)) for start, end in stretches]
    found: dict[int, Named] = {}
    for (start, end), rows in zip(stretches, gazetteer.rows(texts), strict=True):
        if rows and (start not in found or end > found[start].end):
            found[start] = Named(start, end, tuple(rows), frozenset(gazetteer.kind(row) for row, _ in rows))
    return list(_longest_first(found))


def _longest_first(found: dict[int, Named]) -> Iterator[Named]:
    last = 0
    for start in sorted(found):
        if start >= last:
            last = found[start].end
            yield found[start]


def _stretches(tree: Tree, words: Words) -> Iterator[tuple[int, int]]:
    """Every stretch that could be a name: it begins and ends with a capital, and has only small words of names within."""
    for start in range(len(tree)):
        if not _begins(tree, start, words):
            continue
        stop = min(len(tree), start + LONGEST)
        for end in range(start + 1, stop + 1):
            word = tree.straight[end - 1]
            if tree.sentence[end - 1] != tree.sentence[start]:
                break
            if is_capitalised(word) or (end - 1 > start and word[0].isdigit()):
                yield start, end
                yield from _with_noun(tree, start, end, words)
            elif tree.lower[end - 1] not in words.inner or (end - 1 > start and tree.spaced[end - 2] and word in ("'", "/")):
                break


def _with_noun(tree: Tree, start: int, end: int, words: Words) -> Iterator[tuple[int, int]]:
    """The name with the noun of a building in lower case behind it: "Zaporizhzhia nuclear plant"."""
    for last in range(end, min(len(tree), end + SHORT)):
        if tree.sentence[last] != tree.sentence[start] or not tree.straight[last].islower() or tree.pos[last] not in ("NOUN", "ADJ"):
            return
        if tree.lower[last] in words.facilities:
            yield start, last + 1


def _begins(tree: Tree, token: int, words: Words) -> bool:
    word = tree.straight[token]
    if is_capitalised(word):
        return tree.lower[token] not in words.never or (len(word) > 1 and word.isupper() and tree.lower[token] == "us")
    return (
        tree.lower[token] in words.articles
        and token + 2 < len(tree)
        and tree.straight[token + 1] == "-"
        and is_capitalised(tree.straight[token + 2])
    )


def is_capitalised(word: str) -> bool:
    return word[0].isupper()
