"""In: a scene and a definite noun that nothing beside it explains ("the premier", "the 59-year-old lawyer", "the rebels", "the kingdom").
Out: who was named before and is called by another word here, where only one can be meant.

A noun that names an office means the one named person who holds it; one with an age or an epithet the person whom the sentence before is
about; a noun for fighters, a firm or a party the one named body of that kind; "the kingdom" the one named state that is called so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from dragoman.actors import roles
from dragoman.actors.referents import Referent
from dragoman.actors.scene import RoleHit, Scene
from dragoman.language.tree import SUBJECTS

WINDOW = 5
NEAR = 2
AGED = re.compile(r"\d+-year-old")
UNLIKELY = frozenset({"CVL", "UNK", "UAF", "CRM", "JUD", "REF", "JRN"})
FIGHTERS = frozenset({"REB", "UAF", "PRM"})
BODIES = {
    "REB": frozenset({"REB", "PRM", "UAF"}),
    "UAF": frozenset({"REB", "PRM", "UAF", "CRM"}),
    "PRM": frozenset({"PRM", "REB"}),
    "BUS": frozenset({"BUS"}),
    "MNC": frozenset({"BUS"}),
    "PTY": frozenset({"PTY", "OPP", "GOV"}),
    "LAB": frozenset({"LAB"}),
    "CRM": frozenset({"CRM"}),
}


class Epithets:
    """Who is meant by another word than before."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.tree = scene.tree

    def meant(self, hit: RoleHit) -> Referent | None:
        """The one who was named before and is called so here, or None."""
        if hit.role.text in self.scene.words.states:
            return self._state(hit)
        if not hit.role.plural and roles.is_human(self.scene, hit.role):
            return self._person(hit)
        return self._body(hit)

    def _person(self, hit: RoleHit) -> Referent | None:
        busy = self._busy(hit)
        named = [r for r in self._before(hit, WINDOW) if self._is_named_person(r) and r not in busy]
        office = hit.role.title.office if hit.role.title is not None else None
        gender = self.scene.words.gender_of(hit.role.text, hit.role.text.rsplit(" ", 1)[-1])
        fitting = [r for r in named if gender is None or r.gender in (None, gender)]
        if office is not None:
            holding = [r for r in fitting if r.office_code == office]
            if holding:
                return holding[0] if len(holding) == 1 else None
        if self._is_epithet(hit):
            leading = [r for r in self._leading(hit) if r in fitting]
            return leading[0] if len(leading) == 1 else None
        if office is None or office in roles.NAMELIKE or roles.sector_of(self.scene, hit.role) == "MIL":
            near = [r for r in self._before(hit, NEAR) if r in fitting and self._is_of_sector(r, hit)]
            return near[0] if len(near) == 1 else None
        return None

    def _is_named_person(self, referent: Referent) -> bool:
        return referent.sort == "person" and referent.name is not None and not referent.silent

    def _is_epithet(self, hit: RoleHit) -> bool:
        """ "the 59-year-old lawyer", "the veteran leader": a noun that says something new of somebody known."""
        before = [k for k in self.tree.kids[hit.top] if k < hit.start and self.tree.dep[k] in ("amod", "compound", "nmod", "nummod")]
        aged = any(AGED.fullmatch(self.tree.text(self.tree.left[k], k + 1).replace(" ", "")) for k in before)
        return aged or (hit.role.text.rsplit(" ", 1)[-1] in self.scene.words.epithets and not any(k in self.scene.by_head for k in before))

    def _is_of_sector(self, person: Referent, hit: RoleHit) -> bool:
        """Whether the person is, or was by the tables, what the noun says."""
        sector = roles.sector_of(self.scene, hit.role)
        if sector in UNLIKELY:
            return False
        known = self.scene.knowledge.people.get(person.name or "")
        held = {h.sector for h in known.holdings} if known is not None else set()
        return sector is None or sector in {person.sector, *person.other_sectors, *held}

    def _leading(self, hit: RoleHit) -> list[Referent]:
        """Named persons who are main subjects of the nearest sentence before that has any."""
        here = self.tree.sentence[hit.top]
        for sentence in range(here - 1, max(-1, here - NEAR - 1), -1):
            subjects = [h for h in self.scene.heads_in(sentence, hit.start) if self.tree.is_main_subject(h)]
            heads = [t for h in subjects for t in self.tree.coordinated(h) if t in self.scene.by_head]
            found = list(dict.fromkeys(r for h in heads for r in self.scene.by_head[h].referents if self._is_named_person(r)))
            if found:
                return found
        return []

    def _body(self, hit: RoleHit) -> Referent | None:
        sector = roles.sector_of(self.scene, hit.role)
        sectors = BODIES.get(sector or "")
        is_of_one_body = sector in FIGHTERS if hit.role.plural else roles.is_institution(self.scene, hit.role)
        if sectors is None or not is_of_one_body:
            return None
        busy = self._busy(hit)
        named = [r for r in self._before(hit, WINDOW) if r.sort == "body" and r.name and r.sector in sectors]
        return named[0] if len(named) == 1 and named[0] not in busy else None

    def _state(self, hit: RoleHit) -> Referent | None:
        called = self.scene.knowledge.called(hit.role.text.rsplit(" ", 1)[-1])
        busy = self._busy(hit)
        states = [r for r in self._before(hit, WINDOW) if r.sort == "state" and r.sector is None and r.country in called]
        return states[0] if len(states) == 1 and states[0] not in busy else None

    def _before(self, hit: RoleHit, window: int) -> list[Referent]:
        """Everyone mentioned in the sentence so far and in as many before it, the nearest sentence first, each once."""
        return list(dict.fromkeys(self._mentioned(hit, window)))

    def _mentioned(self, hit: RoleHit, window: int) -> Iterator[Referent]:
        here = self.tree.sentence[hit.top]
        for sentence in range(here, max(-1, here - window - 1), -1):
            for head in self.scene.heads_in(sentence, hit.start):
                yield from self.scene.by_head[head].referents

    def _busy(self, hit: RoleHit) -> list[Referent]:
        """Whom the clause of the noun, or the one that tells it, names as subject or object: somebody else than the noun."""
        verb = self.tree.clause(hit.top)
        told_by = self.tree.labelled(self.tree.head[verb], *SUBJECTS) if self.tree.dep[verb] == "ccomp" else []
        heads = [*(k for k in self.tree.labelled(verb, *SUBJECTS, "dobj") if k != hit.top), *told_by]
        return [r for k in heads if k in self.scene.by_head for r in self.scene.by_head[k].referents]
