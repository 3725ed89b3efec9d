"""In: nothing. Out: ``Scene``, what the steps of this room know of one article while they work on it."""

from __future__ import annotations

from bisect import insort
from collections import Counter
from dataclasses import dataclass, field

from dragoman.actors.names import after_acronym
from dragoman.actors.referents import Found
from dragoman.actors.setting import Setting
from dragoman.actors.states import Registry
from dragoman.actors.words import Words
from dragoman.knowledge import Knowledge, Role
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


@dataclass(frozen=True, slots=True)
class RoleHit:
    """Tokens start .. end - 1 that are a title or role noun."""

    start: int
    end: int
    top: int
    role: Role


@dataclass(slots=True)
class Scene:
    """One article. ``taken`` holds the tokens of names; ``role_at`` has role hits by their top token, ``title_at`` by each of their tokens,
    ``agent_sectors`` how often each role noun and each of their sectors occurs."""

    tree: Tree
    words: Words
    knowledge: Knowledge
    registry: Registry
    day: str | None
    taken: set[int] = field(default_factory=set)
    setting: Setting = field(default_factory=Setting)
    by_head: dict[int, Found] = field(default_factory=dict)
    by_sentence: dict[int, list[int]] = field(default_factory=dict)
    role_at: dict[int, RoleHit] = field(default_factory=dict)
    title_at: dict[int, RoleHit] = field(default_factory=dict)
    agent_sectors: Counter[str] = field(default_factory=Counter)

    def add_role(self, hit: RoleHit) -> None:
        self.role_at[hit.top] = hit
        if hit.role.agent is not None:
            self.agent_sectors[hit.role.agent.sector] += 1
            self.agent_sectors[hit.role.text] += 1
        for token in range(hit.start, hit.end):
            self.title_at[token] = hit

    def add(self, found: Found) -> Found:
        """Keep a mention; a longer one takes the place of another with the same head."""
        known = self.by_head.get(found.head)
        if known is None:
            insort(self.by_sentence.setdefault(self.tree.sentence[found.head], []), found.head)
        elif found.end - found.start < known.end - known.start:
            return known
        self.by_head[found.head] = found
        return found

    def heads_in(self, sentence: int, before: int) -> list[int]:
        """Heads of the mentions of a sentence that stand before a token."""
        return [head for head in self.by_sentence.get(sentence, ()) if head < before]


def _is_break(tree: Tree, token: int) -> bool:
    """A dash between spaces, a bracket, a colon: no noun phrase goes across it."""
    word = tree.straight[token]
    return word in BREAKS or (word in DASHES and (tree.spaced[token] or token == 0 or tree.spaced[token - 1]))


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


def phrase_end(tree: Tree, head: int, first: int, last: int) -> int:
    """Where the phrase ends: after its acronym in brackets, its of-phrase, and a place or owner that follows it."""
    end = after_acronym(tree, last)
    for token in dict.fromkeys((head, *range(first, last))):
        for kid in tree.kids[token]:
            if kid == end and tree.dep[kid] == "prep" and tree.lower[kid] in FOLLOWING:
                inner = tree.first(kid, "pobj")
                if inner is not None and (tree.lower[kid] == "of" or tree.tag[inner] in PROPER_TAGS):
                    end = max(end, phrase(tree, inner, inner, inner + 1)[1])
    return end
