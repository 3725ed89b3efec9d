"""In: nothing. Out: ``Scene``, what the steps of this room know of one article while they work on it."""

from __future__ import annotations

from bisect import insort
from collections import Counter
from dataclasses import dataclass, field

from dragoman.actors.referents import Found
from dragoman.actors.setting import Setting
from dragoman.actors.states import Registry
from dragoman.actors.words import Words
from dragoman.knowledge import Knowledge, Role
from dragoman.language.tree import Tree


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
