"""In: a parsed article. Out: its dependency tree as plain lists, so that questions asked of every word cost next to nothing.

``words`` are as the text has them, ``straight`` and ``lower`` have straight apostrophes. ``left`` and ``right`` are the first and
last token under each token, ``starts`` and ``ends`` its code points in the text, ``spaced`` whether the parser saw a space after it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from dragoman.drafts import Range
from dragoman.language.annotated import Annotated

VERBAL = frozenset({"VERB", "AUX"})
NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM"})
NOUN_TAGS = frozenset({"NN", "NNS", "NNP", "NNPS"})
PROPER_TAGS = frozenset({"NNP", "NNPS"})
FINITE_TAGS = frozenset({"VBD", "VBZ", "VBP"})
SUBJECTS = ("nsubj", "nsubjpass")
RELATIVE_TAGS = frozenset({"WDT", "WP", "WP$"})
KEPT_AS = "dragoman.tree"


@dataclass(frozen=True, slots=True)
class Tree:
    """One article: a list per attribute, an entry per token; ``sentence`` holds the number of each token's sentence in ``sentences``."""

    words: list[str]
    straight: list[str]
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
    starts: list[int]
    ends: list[int]
    sentence: list[int]
    sentences: list[Range]

    def __len__(self) -> int:
        return len(self.words)

    def text(self, start: int, end: int) -> str:
        """Tokens start .. end - 1 as they are written, apostrophes straight and any white space between two tokens as one space."""
        found = self.straight[start:end]
        for number in range(1, len(found)):
            if self.starts[start + number] > self.ends[start + number - 1]:
                found[number] = " " + found[number]
        return "".join(found)

    def span(self, token: int) -> Range:
        return Range(self.left[token], self.right[token] + 1)

    def labelled(self, token: int, *labels: str) -> Iterator[int]:
        return (kid for kid in self.kids[token] if self.dep[kid] in labels)

    def first(self, token: int, *labels: str) -> int | None:
        return next(self.labelled(token, *labels), None)

    def is_verb(self, token: int) -> bool:
        return self.pos[token] in VERBAL

    def is_main_subject(self, token: int) -> bool:
        """The head of a subject of a main verb, of one joined to it, or of what is said."""
        verb = self.head[token]
        return self.dep[token] in SUBJECTS and self.dep[verb] in ("ROOT", "ccomp", "conj") and self.is_verb(verb)

    def top(self, start: int, end: int) -> int:
        """The token of a stretch on which the others hang: the last one whose head lies outside."""
        for token in range(end - 1, start - 1, -1):
            if not start <= self.head[token] < end or self.head[token] == token:
                return token
        return end - 1

    def first_top(self, start: int, end: int) -> int:
        """The first token of a stretch whose head lies outside: "leader" of "leader of the opposition"."""
        return next((t for t in range(start, end) if not start <= self.head[t] < end or self.head[t] == t), start)

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
    """The tree of an article, built when it is first asked for and kept with its Doc; time grows with its length."""
    kept = annotated.doc.user_data.get(KEPT_AS)
    if isinstance(kept, Tree):
        return kept
    built = annotated.doc.user_data[KEPT_AS] = _built(annotated)
    return built


def _built(annotated: Annotated) -> Tree:
    tokens = list(annotated.doc)
    head = [token.head.i for token in tokens]
    kids: list[list[int]] = [[] for _ in tokens]
    for token, above in enumerate(head):
        if above != token:
            kids[above].append(token)
    words = [token.text for token in tokens]
    straight = [word.replace("’", "'") if "’" in word else word for word in words]
    sentence = [0] * len(tokens)
    for number, (start, end) in enumerate(annotated.sentences):
        sentence[start:end] = [number] * (end - start)
    return Tree(
        words=words,
        straight=straight,
        lower=[word.lower() for word in straight],
        lemma=[token.lemma_ for token in tokens],
        pos=[token.pos_ for token in tokens],
        tag=[token.tag_ for token in tokens],
        dep=[token.dep_ for token in tokens],
        head=head,
        kids=kids,
        left=_edges(head, range(len(head)), first=True),
        right=_edges(head, range(len(head) - 1, -1, -1), first=False),
        spaced=[bool(token.whitespace_) for token in tokens],
        starts=annotated.starts,
        ends=annotated.ends,
        sentence=sentence,
        sentences=annotated.sentences,
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
