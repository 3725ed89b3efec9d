"""In: a role noun of an institution. Out: the body that it names, or the name that such a body goes by."""

from __future__ import annotations

from dragoman.actors import roles
from dragoman.actors.referents import Found, Referent
from dragoman.actors.scene import RoleHit, Scene
from dragoman.language.tree import PROPER_TAGS


def beside(scene: Scene, hit: RoleHit, owned_by: list[Found]) -> Referent | None:
    """ "the Syriza party", "the Wagner group": the noun only says what the name is."""
    if hit.role.text.rsplit(" ", 1)[-1] not in scene.words.groups or hit.role.plural:
        return None
    found = [o for o in owned_by if o.end == hit.start and scene.tree.dep[o.head] in ("compound", "nmod", "amod") and len(o.referents) == 1]
    return found[-1].referents[0] if found and found[-1].referents[0].sort == "body" else None


def name(scene: Scene, hit: RoleHit, found: Found, owned_by: list[Found], is_one_of_several: bool) -> None:
    """An institution of one owner is a body of its own, so that "it" and "the ministry" can mean it. It is called after its
    state, or as it is written where it is a name or one of several in a place."""
    tree, referent = scene.tree, found.referents[0]
    if len(found.referents) != 1 or hit.role.plural or roles.is_title(hit.role) or not roles.is_institution(scene, hit.role):
        return
    referent.sort = "body"
    is_of_state = all(r.sort in ("state", "person") for o in owned_by for r in o.referents)
    state = scene.knowledge.country_name(referent.country or "")
    end_of_place = _end_of_place(scene, hit)
    if end_of_place > hit.end:
        referent.name = tree.text(hit.start, end_of_place)
    elif referent.sector in roles.STATE_BODIES:
        if is_of_state and state and not is_one_of_several:
            referent.name = f"{tree.text(hit.start, hit.end)} of {state}"
    elif tree.tag[hit.top] in PROPER_TAGS:
        referent.name = tree.text(found.start, found.end)


def _end_of_place(scene: Scene, hit: RoleHit) -> int:
    """Where "the court in Sofia" ends: a body that is only of a place, so perhaps one of several."""
    places = (n for n in roles.complements(scene, hit, ("in", "at", "near")) if n in scene.setting.places)
    return max((scene.tree.top(n, n + 1) + 1 for n in places), default=hit.end)
