"""In: a scene. Out: mentions that stand in apposition or behind "is" mean the same one, and each tells what it knows."""

from __future__ import annotations

from dragoman.actors.referents import Found, Referent
from dragoman.actors.scene import Scene
from dragoman.knowledge import title_key

COPULA = "be"
FORMER = "ELI"


class Appositions:
    """Links of one article, made as soon as both sides are there; what is in brackets after a name is in apposition too."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene

    def link(self, token: int) -> None:
        """Link a mention with those of its neighbours that stand before it or have been made already."""
        tree, here = self.scene.tree, self.scene.by_head.get(token)
        if here is None:
            return
        if tree.dep[token] == "appos":
            self._join(here, self.scene.by_head.get(tree.head[token]))
        for kid in tree.labelled(token, "appos"):
            self._join(here, self.scene.by_head.get(kid))
        verb = tree.head[token]
        if tree.dep[token] == "attr" and tree.lemma[verb] == COPULA:
            subject = tree.first(verb, "nsubj")
            self._join(here, self.scene.by_head.get(subject) if subject is not None else None)

    def _join(self, one: Found, other: Found | None) -> None:
        if other is None or len(one.referents) != 1 or len(other.referents) != 1 or one.referents[0] is other.referents[0]:
            return
        first, second = one.referents[0], other.referents[0]
        if first.sort == second.sort == "body" or (
            first.sort != "person" and second.sort != "person" and "body" in (first.sort, second.sort)
        ):
            self._join_bodies(one, other)
            return
        named, role = (first, second) if first.sort == "person" and first.name else (second, first)
        if named.sort != "person" or not named.name or role.name or role.plural or role.sort not in ("person", "people"):
            return
        learn(named, role)
        one.referents, other.referents = [named], [named]

    def _join_bodies(self, one: Found, other: Found) -> None:
        """ "the rebel group Mai-Mai Lukoma", "ECOWAS, the West African bloc": the name and what it is."""
        name, noun = (one, other) if one.kind == "name" else (other, one)
        body, role = name.referents[0], noun.referents[0]
        if name.kind != "name" or noun.kind == "name" or body.sort != "body" or role.plural:
            return
        body.roles |= role.roles
        body.country, body.sector = body.country or role.country, body.sector or role.sector
        noun.referents = [body]


def is_past(role: Referent, person: Referent) -> bool:
    """Whether the role is one that the tables say is over."""
    return role.office_code in person.past or any(title_key(text) in person.past for text in role.roles)


def learn(person: Referent, role: Referent) -> None:
    """A person takes over what the text says of him or her, where nothing is known yet."""
    person.roles |= role.roles
    person.gender = person.gender or role.gender
    is_news = person.sector is None or (person.sector == FORMER and role.sector is not None and not is_past(role, person))
    if is_news and (person.country is None or role.country in (None, person.country)):
        person.sector, person.office, person.office_code, person.other_sectors = (
            role.sector,
            role.office,
            role.office_code,
            role.other_sectors,
        )
    person.country = person.country or role.country
