"""In: a scene. Out: which actors the article has spoken of together, for "both sides", "the two leaders", "their two counterparts"."""

from __future__ import annotations

from collections.abc import Iterator

from dragoman.actors.referents import Referent
from dragoman.actors.scene import Scene
from dragoman.actors.setting import INTERNATIONAL

WINDOW = 3
FAR_WINDOW = 12
MEDIA = "JRN"
APART = frozenset({"REB", "OPP", "PRE"})


def spoken_of_together(scene: Scene, before: int) -> Iterator[list[Referent]]:
    """Groups of two and more that one noun phrase names, the nearest first: "Armenia and Azerbaijan", "the two armies"."""
    here = scene.tree.sentence[before]
    for sentence in range(here, max(-1, here - FAR_WINDOW - 1), -1):
        for head in reversed(scene.heads_in(sentence, before)):
            found = scene.by_head[head]
            if scene.tree.dep[head] == "conj":
                continue
            joined = [r for t in scene.tree.coordinated(head) if t in scene.by_head for r in scene.by_head[t].referents]
            group = list(dict.fromkeys(joined or found.referents))
            if len(group) > 1:
                yield group


def sides(referents: list[Referent]) -> dict[str, Referent]:
    """The parties among referents: one for each state, with its rebels and opposition apart from it."""
    found: dict[str, Referent] = {}
    for referent in referents:
        if referent.sector == MEDIA or referent.country in INTERNATIONAL:
            continue
        found.setdefault(f"{referent.country} {referent.sector if referent.sector in APART or not referent.country else ''}", referent)
    return found


def named_before(scene: Scene, before: int, window: int) -> list[list[Referent]]:
    """Everyone named in the sentence so far, then with the sentence before it, and so on; each list once."""
    here = scene.tree.sentence[before]
    found: list[list[Referent]] = []
    everyone: list[Referent] = []
    for sentence in range(here, max(-1, here - window - 1), -1):
        founds = [scene.by_head[h] for h in scene.heads_in(sentence, before)]
        everyone = [*(r for f in founds if not f.modifier for r in f.referents), *everyone]
        found.append(list(dict.fromkeys(everyone)))
    return found
