"""In: a parsed article. Out: its dependency tree as plain lists, so that questions asked of every word cost next to nothing.

``left`` and ``right`` are the first and last token under each token, as ``Token.left_edge`` and ``right_edge`` give them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from spacy.tokens import Doc

from dragoman.drafts import Range

VERBAL = frozenset({"VERB", "AUX"})
NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM"})
FINITE = frozenset({"VBD", "VBZ", "VBP"})
RELATIVE_TAGS = frozenset({"WDT", "WP", "WP$"})


@dataclass(frozen=True, slots=True)
class Tree:
    """One article: a list per attribute, an entry per token."""

    words: list[str]
    lower: list[str]
    lemma: list[str]
    pos: list[str]
    tag: list[str]
    dep: list[str]
    head: list[int]
    kids: list[list[int]]
    left: list[int]
    right: list[int]
    spaced: list[bool]

    def __len__(self) -> int:
        return len(self.words)

    def is_verb(self, token: int) -> bool:
        return self.pos[token] in VERBAL

    def is_relative(self, token: int) -> bool:
        return self.tag[token] in RELATIVE_TAGS and self.lower[token] != "what"

    def span(self, token: int) -> Range:
        return Range(self.left[token], self.right[token] + 1)

    def labelled(self, token: int, *labels: str) -> Iterator[int]:
        return (kid for kid in self.kids[token] if self.dep[kid] in labels)

    def first(self, token: int, *labels: str) -> int | None:
        return next(self.labelled(token, *labels), None)


def tree(doc: Doc) -> Tree:
    """The lists of a parsed Doc; time grows with its length."""
    tokens = list(doc)
    head = [token.head.i for token in tokens]
    kids: list[list[int]] = [[] for _ in tokens]
    for token, above in enumerate(head):
        if above != token:
            kids[above].append(token)
    words = [token.text for token in tokens]
    return Tree(
        words=words,
        lower=[word.lower() for word in words],
        lemma=[token.lemma_ for token in tokens],
        pos=[token.pos_ for token in tokens],
        tag=[token.tag_ for token in tokens],
        dep=[token.dep_ for token in tokens],
        head=head,
        kids=kids,
        left=_edges(head, range(len(head)), first=True),
        right=_edges(head, range(len(head) - 1, -1, -1), first=False),
        spaced=[bool(token.whitespace_) for token in tokens],
    )


def _edges(head: list[int], order: Iterable[int], first: bool) -> list[int]:
    edges = list(range(len(head)))
    for token in order:
        above = token
        while head[above] != above:
            above = head[above]
            if (edges[above] <= token) if first else (edges[above] >= token):
                break
            edges[above] = token
    return edges
