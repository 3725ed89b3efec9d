"""In: a parsed article. Out: its dependency tree as plain lists, so that questions asked of every word cost next to nothing.

``left`` and ``right`` are the first and last token under each token. Apostrophes in ``words`` are straight.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from dragoman.drafts import Range
from dragoman.knowledge.phrases import plain
from dragoman.language import Annotated

NOUN_TAGS = frozenset({"NN", "NNS", "NNP", "NNPS"})
PROPER_TAGS = frozenset({"NNP", "NNPS"})
BREAKS = frozenset({")", "(", ":", ";", "--", "·", "|", "]", "["})
DASHES = frozenset({"-", "–", "—"})
VERBAL = frozenset({"VERB", "AUX"})


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
    sentence: list[int]
    spaced: list[bool]
    sentences: list[Range]

    def __len__(self) -> int:
        return len(self.words)

    def is_break(self, token: int) -> bool:
        """A dash between spaces, a bracket, a colon: no noun phrase goes across it."""
        word = self.words[token]
        return word in BREAKS or (word in DASHES and (self.spaced[token] or token == 0 or self.spaced[token - 1]))

    def after_acronym(self, end: int) -> int:
        """Where a phrase ends if its short form follows in brackets."""
        has_short_form = end + 2 < len(self) and self.words[end] == "(" and self.words[end + 2] == ")" and self.words[end + 1].isupper()
        return end + 3 if has_short_form else end

    def labelled(self, token: int, *labels: str) -> Iterator[int]:
        return (kid for kid in self.kids[token] if self.dep[kid] in labels)

    def first(self, token: int, *labels: str) -> int | None:
        return next(self.labelled(token, *labels), None)

    def is_verb(self, token: int) -> bool:
        return self.pos[token] in VERBAL

    def top(self, start: int, end: int) -> int:
        """The token of a stretch on which the others hang: the last one whose head lies outside."""
        for token in range(end - 1, start - 1, -1):
            if not start <= self.head[token] < end or self.head[token] == token:
                return token
        return end - 1

    def first_top(self, start: int, end: int) -> int:
        """The first token of a stretch whose head lies outside: "leader" of "leader of the opposition"."""
        return next((t for t in range(start, end) if not start <= self.head[t] < end or self.head[t] == t), start)

    def is_under(self, token: int, above: int) -> bool:
        return self.left[above] <= token <= self.right[above] and above in self.path(token)

    def path(self, token: int) -> Iterator[int]:
        """The token and those above it."""
        yield token
        while self.head[token] != token:
            token = self.head[token]
            yield token

    def clause(self, token: int) -> int:
        """The nearest verb above a token, else the root."""
        while self.head[token] != token:
            token = self.head[token]
            if self.is_verb(token):
                break
        return token

    def coordinated(self, token: int) -> list[int]:
        """The token and what is coordinated with it to its right."""
        found = [token]
        for kid in self.kids[token]:
            if self.dep[kid] == "conj" and kid > token:
                found.extend(self.coordinated(kid))
        return found


def tree(annotated: Annotated) -> Tree:
    """The lists of an article; time grows with its length."""
    tokens = list(annotated.doc)
    head = [token.head.i for token in tokens]
    kids: list[list[int]] = [[] for _ in tokens]
    for token, above in enumerate(head):
        if above != token:
            kids[above].append(token)
    words = [plain(token.text) for token in tokens]
    sentence = [0] * len(tokens)
    for number, (start, end) in enumerate(annotated.sentences):
        sentence[start:end] = [number] * (end - start)
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
        sentence=sentence,
        sentences=annotated.sentences,
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
