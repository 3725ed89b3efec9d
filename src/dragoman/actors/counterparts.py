"""In: "his Chinese counterpart", "their two counterparts". Out: who holds the same office in another state, by name if it is known."""

from __future__ import annotations

from collections.abc import Callable

from dragoman.actors import groups
from dragoman.actors.coreference import described
from dragoman.actors.referents import Found, Referent
from dragoman.actors.scene import RoleHit, Scene
from dragoman.actors.setting import INTERNATIONAL
from dragoman.knowledge import Holding, common


class Counterparts:
    """Counterparts of one article; ``holder`` makes the person out of a holding, or finds him or her among those that are named."""

    def __init__(self, scene: Scene, holder: Callable[[Holding], Referent]) -> None:
        self.scene = scene
        self.holder = holder

    def is_one(self, hit: RoleHit) -> bool:
        return hit.role.text in self.scene.words.counterparts and self.scene.tree.first(hit.top, "poss") is not None

    def resolve(self, hit: RoleHit, found: Found, owned_by: list[Found]) -> None:
        """Fill in who is in the same office elsewhere."""
        tree = self.scene.tree
        text = f"'{tree.text(hit.start, hit.end)}'"
        possessor = tree.first(hit.top, "poss")
        owner = self.scene.by_head.get(possessor) if possessor is not None else None
        own = _as_one(owner.referents) if owner is not None else None
        states = [r for o in owned_by if o is not owner for r in o.referents]
        number = groups.number(tree, hit)
        if not states and hit.role.plural and number is not None:
            states = self._other_states(hit, own, number)
        if not states:
            found.because.append(f"{text}: of which state is not said")
        for state in states:
            found.referents.append(self._in_same_office(state, own))
            found.because.append(f"{text} of {described([own]) if own else 'somebody'} in {state.country}")

    def _other_states(self, hit: RoleHit, own: Referent | None, number: int) -> list[Referent]:
        """The states, as many as asked, that the article last spoke of together."""
        for group in groups.spoken_of_together(self.scene, hit.start):
            countries = dict.fromkeys(r.country for r in group if r.country and r.country not in INTERNATIONAL)
            if len(countries) == number and (own is None or own.country not in countries):
                return [self.scene.registry.state(c) for c in countries if c is not None]
        return []

    def _in_same_office(self, state: Referent, own: Referent | None) -> Referent:
        referent = Referent("person", country=state.country)
        if own is not None and own.plural:
            referent.sector = own.sector
        elif own is not None:
            referent.sector, referent.office, referent.office_code, referent.roles = own.sector, own.office, own.office_code, set(own.roles)
        holding = self.scene.knowledge.holder_of(referent.office_code or "", state.country or "", self.scene.day)
        return self.holder(holding) if holding is not None else referent


def _as_one(referents: list[Referent]) -> Referent | None:
    """The one referent, or what several have in common."""
    if len(referents) < 2:
        return referents[0] if referents else None
    name = described(referents)
    return Referent("person", name, common(r.country for r in referents), common(r.sector for r in referents), plural=True)
