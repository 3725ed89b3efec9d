"""In: a scene. Out: which actors the article has spoken of together, for "both sides", "the two leaders", "their two counterparts"."""

from __future__ import annotations

from collections.abc import Iterator

from dragoman.actors.referents import Referent
from dragoman.actors.scene import RoleHit, Scene
from dragoman.actors.setting import INTERNATIONAL
from dragoman.language.tree import Tree

WINDOW = 3
FAR_WINDOW = 12
MEDIA = "JRN"
NUMBERS = {"both": 2, "two": 2, "three": 3, "four": 4, "five": 5}
APART = frozenset({"REB", "OPP", "PRE"})


def spoken_of_together(scene: Scene, before: int) -> Iterator[list[Referent]]:
    """Groups of two and more that one noun phrase names, the nearest first: "Armenia and Azerbaijan", "the two armies"."""
    here = scene.tree.sentence[before]
    for sentence in range(here, max(-1, here - FAR_WINDOW - 1), -1):
        for head in reversed(scene.heads_in(sentence, before)):
            found = scene.by_head[head]
            if scene.tree.dep[head] == "conj":
                continue
            group = joined(scene, head) or list(dict.fromkeys(found.referents))
            if len(group) > 1:
                yield group


def joined(scene: Scene, head: int) -> list[Referent]:
    """All whom "and" joins to the mention with a head, it included."""
    found = (r for t in scene.tree.coordinated(head) if t in scene.by_head for r in scene.by_head[t].referents)
    return list(dict.fromkeys(found))


def in_question(scene: Scene, before: int, window: int) -> Iterator[list[Referent]]:
    """Whom "the two" may be, the likeliest first: named together, named in the sentences before, or the only persons of the article."""
    yield from spoken_of_together(scene, before)
    yield from named_before(scene, before, window)
    everyone = named_before(scene, before, len(scene.tree.sentences))[-1]
    yield [r for r in everyone if r.sort == "person" and r.name]


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


def number(tree: Tree, hit: RoleHit) -> int | None:
    """How many a role noun says they are: "the two leaders"."""
    return next((NUMBERS[tree.lower[k]] for k in tree.kids[hit.top] if k < hit.start and tree.lower[k] in NUMBERS), None)
