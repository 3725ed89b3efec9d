"""In: the tree of an article and its paragraphs. Out: the stretches between quotation marks, marks included.

Straight, curly, doubled and angled marks are paired within a paragraph; an opening mark that is never closed runs to the end of
its paragraph. Single marks count where no double ones enclose them. One pass, so the time grows with the length of the text.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dragoman.drafts import Range
from dragoman.language.tree import Tree

OPENING = frozenset({"“", "``", "«", "„"})
CLOSING = frozenset({"”", "»"})
EITHER = frozenset({'"', "''", "＂"})
DOUBLE = OPENING | CLOSING | EITHER
SINGLE_OPENING = frozenset({"‘", "'", "`"})
SINGLE_CLOSING = frozenset({"’", "'"})
MARKS = DOUBLE | SINGLE_OPENING | SINGLE_CLOSING
ENDS_SENTENCE = frozenset({".", "!", "?", "...", "…", ".."})
ENDS_SPEECH = ENDS_SENTENCE | {",", "—", "–", "--", "-", ";"}
LONGEST_SINGLE = 80


@dataclass(frozen=True, slots=True)
class Marked:
    """Tokens start, ..., end - 1 with their marks; ``closed`` is false where the closing mark is missing."""

    start: int
    end: int
    closed: bool
    double: bool
    paragraph: int

    @property
    def range(self) -> Range:
        return Range(self.start, self.end)

    @property
    def inner(self) -> Range:
        return Range(self.start + 1, self.end - 1 if self.closed else self.end)


def marked(tree: Tree, paragraphs: Sequence[Range]) -> list[Marked]:
    """All stretches in text order, none within another."""
    found: list[Marked] = []
    for number, paragraph in enumerate(paragraphs):
        marks = [t for t in range(paragraph.start, paragraph.end) if tree.words[t] in MARKS]
        if marks:
            found += _in_paragraph(tree, paragraph, number, marks)
    return found


def _in_paragraph(tree: Tree, paragraph: Range, number: int, marks: list[int]) -> list[Marked]:
    doubles = _doubles(tree, paragraph, number, [m for m in marks if tree.words[m] in DOUBLE])
    singles = _singles(tree, paragraph, number, [m for m in marks if tree.words[m] not in DOUBLE])
    return _outermost(doubles, singles)


def _doubles(tree: Tree, paragraph: Range, number: int, marks: list[int]) -> list[Marked]:
    found: list[Marked] = []
    words = [tree.words[mark] for mark in marks]
    nests = 0 < words.count("“") <= words.count("”")  # else a mark is missing, and the first closing one closes
    start: int | None = None
    depth = 0
    for mark, word in zip(marks, words, strict=True):
        opens = _looks_opening(tree, mark, paragraph)
        if start is None:
            if word not in CLOSING and opens:
                start = mark
        elif opens and word in OPENING and not _closes_german(tree.words[start], word):
            depth += nests and word == tree.words[start]
        elif depth:
            depth -= word == "”"
        else:
            if mark > start + 1:
                found.append(Marked(start, mark + 1, True, True, number))
            start = None
    if start is not None and start + 1 < paragraph.end:
        found.append(Marked(start, paragraph.end, False, True, number))
    return found


def _closes_german(opening: str, word: str) -> bool:
    return opening == "„" and word == "“"


def _singles(tree: Tree, paragraph: Range, number: int, marks: list[int]) -> list[Marked]:
    found: list[Marked] = []
    start: int | None = None
    for mark in marks:
        if start is not None and mark - start > LONGEST_SINGLE:
            start = None
        if start is None:
            if tree.words[mark] in SINGLE_OPENING and tree.tag[mark] != "POS" and _looks_opening(tree, mark, paragraph):
                start = mark
        elif tree.words[mark] in SINGLE_CLOSING and tree.tag[mark] != "POS" and _looks_closing(tree, mark, paragraph):
            if mark > start + 1:
                found.append(Marked(start, mark + 1, True, False, number))
            start = None
    return found


def _outermost(doubles: list[Marked], singles: list[Marked]) -> list[Marked]:
    """Double stretches, and the single ones that touch none of them."""
    found: list[Marked] = []
    rest = iter(doubles)
    ahead = next(rest, None)
    for single in singles:
        while ahead is not None and ahead.end <= single.start:
            found.append(ahead)
            ahead = next(rest, None)
        if ahead is None or single.end <= ahead.start:
            found.append(single)
    if ahead is not None:
        found.append(ahead)
    found.extend(rest)
    return found


def _looks_opening(tree: Tree, mark: int, paragraph: Range) -> bool:
    if mark + 1 >= paragraph.end:
        return False
    if mark == paragraph.start:
        return True
    apart = tree.spaced[mark - 1]
    return (
        (apart and not tree.spaced[mark])
        or tree.words[mark] in OPENING
        or (not apart and not tree.words[mark - 1][-1].isalnum() and not tree.spaced[mark])
    )


def _looks_closing(tree: Tree, mark: int, paragraph: Range) -> bool:
    if mark + 1 >= paragraph.end or tree.spaced[mark]:
        return not tree.spaced[mark - 1]
    return not tree.words[mark + 1][0].isalnum()


def is_speech(tree: Tree, stretch: Marked) -> bool:
    """A sentence of its own: several words that end as speech does, or one that stays open; not a title or a scare quote."""
    inner = stretch.inner
    return inner.end - inner.start > 2 and ends_as_speech(tree, stretch) and any(tree.is_verb(t) for t in range(inner.start, inner.end))


def ends_as_speech(tree: Tree, stretch: Marked) -> bool:
    if not stretch.closed:
        return stretch.inner.end - stretch.inner.start > 3
    after = tree.words[stretch.end] if stretch.end < len(tree) else ""
    return tree.words[stretch.inner.end - 1] in ENDS_SPEECH or after in (",", ".", "!", "?")
