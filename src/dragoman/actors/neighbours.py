"""In: "its neighbour", "Tehran's foe", "an ally of Serbia". Out: which state that is, if it can be known; never the one whose it is."""

from __future__ import annotations

from dragoman.actors import groups
from dragoman.actors.referents import Referent
from dragoman.actors.scene import RoleHit, Scene
from dragoman.knowledge.borders import borders

SENTENCES_BACK = 12


def of_state(scene: Scene, hit: RoleHit) -> Referent | None:
    """The one state whose neighbour, rival or ally a noun names; None where it is no such noun or belongs to somebody else."""
    tree = scene.tree
    if hit.role.text not in scene.words.related:
        return None
    owners = [tree.first(hit.top, "poss")]
    owners += [noun for prep in tree.labelled(hit.top, "prep") if tree.lower[prep] in ("of", "to") for noun in tree.labelled(prep, "pobj")]
    states = {r for o in owners if o is not None and o in scene.by_head for r in scene.by_head[o].referents if r.sort == "state"}
    return states.pop() if len(states) == 1 else None


def meant(scene: Scene, hit: RoleHit, owner: Referent) -> list[Referent]:
    """Of neighbours the only one that was named last and borders on the owner. Who is meant by an ally or a rival is not said: a
    state has many, and the one that it has just dealt with is as often the other."""
    if hit.role.plural or hit.role.text not in scene.words.adjacent or owner.country is None:
        return []
    near = borders().get(owner.country, frozenset())
    for everyone in groups.named_before(scene, hit.start, SENTENCES_BACK):
        found = {r.country for r in everyone if r.country in near}
        if found:
            return [scene.registry.state(c) for c in found if c is not None] if len(found) == 1 else []
    return []
