"""In: a tree and the head of a mention. Out: the noun phrase around it, as a reader would mark it."""

from __future__ import annotations

from dragoman.actors.names import after_acronym
from dragoman.actors.words import load
from dragoman.language.tree import PROPER_TAGS, Tree

DETERMINERS = frozenset(
    {
        "a",
        "an",
        "the",
        "this",
        "that",
        "these",
        "those",
        "some",
        "any",
        "each",
        "every",
        "both",
        "all",
        "another",
        "either",
        "neither",
        "no",
        "such",
    }
)
BREAKS = frozenset({")", "(", ":", ";", "--", "·", "|", "]", "["})
DASHES = frozenset({"-", "–", "—"})
HARD = frozenset({"cc", "preconj", "punct", "mark", "relcl", "predet", "prep"})
FOLLOWING = frozenset({"of", "in", "from", "for", "at"})
ADVERBS = frozenset({"RB", "RBS", "RBR", "JJS", "JJR", "IN", "PDT"})


def _is_break(tree: Tree, token: int) -> bool:
    """A dash between spaces, a bracket, a colon: no noun phrase goes across it."""
    word = tree.straight[token]
    return word in BREAKS or (word in DASHES and tree.tag[token] != "HYPH" and (tree.spaced[token] or token == 0 or tree.spaced[token - 1]))


def _at_number(tree: Tree, start: int, first: int) -> int:
    """Where "11" stands in "at least 11 soldiers"; else the start as it was."""
    number = next((t for t in range(start, first) if tree.tag[t] == "CD"), None)
    return number if number is not None and all(tree.tag[t] in ADVERBS for t in range(start, number)) else start


def _is_joined_verb(tree: Tree, token: int) -> bool:
    """ "suspended the constitution and dissolved parliament": what the parser takes for a participle before a noun."""
    before = token - 1
    return tree.tag[token] == "VBN" and before >= 0 and tree.dep[before] == "cc" and tree.is_verb(tree.head[before])


def phrase(tree: Tree, head: int, first: int, last: int) -> tuple[int, int]:
    """The noun phrase around tokens first .. last - 1, as a reader would mark it: no determiner, no clause, no apposition."""
    start = min(first, head)
    for token in (head, *range(first, last)):
        for kid in tree.kids[token]:
            if kid < first and tree.dep[kid] not in HARD:
                start = min(start, tree.left[kid])
    for token in range(first - 1, start - 1, -1):
        if _is_break(tree, token):
            start = token + 1
            break
    while start < first and (
        tree.lower[start] in DETERMINERS or tree.dep[start] in ("cc", "preconj", "punct", "predet") or tree.tag[start] == "RB"
    ):
        start += 1
    if first and start == first - 1 and _is_joined_verb(tree, start):
        start = first
    start = _at_number(tree, start, first)
    return start, phrase_end(tree, head, first, last)


def phrase_end(tree: Tree, head: int, first: int, last: int, following: frozenset[str] = FOLLOWING) -> int:
    """Where the phrase ends: after its acronym in brackets, its of-phrase, and a place or owner that follows it."""
    end = after_acronym(tree, last)
    for token in dict.fromkeys((head, *range(first, last))):
        for kid in tree.kids[token]:
            if kid == end and tree.dep[kid] == "prep" and tree.lower[kid] in following:
                inner = tree.first(kid, "pobj")
                if inner is not None and _belongs(tree, head, kid, inner):
                    end = max(end, phrase_end(tree, inner, inner, inner + 1, following))
    return end


def _belongs(tree: Tree, head: int, prep: int, inner: int) -> bool:
    """Whether what a preposition governs is part of a name or noun: an owner or a place, no month, and not what somebody is accused of."""
    if tree.lower[prep] == "of":
        return tree.dep[head] not in ("dobj", "nsubjpass") or tree.lemma[tree.head[head]] not in load().taking_of
    return tree.tag[inner] in PROPER_TAGS and tree.lower[inner] not in load().calendar
