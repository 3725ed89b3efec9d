"""In: a scene. Out: mentions that stand in apposition or behind "is" mean the same one, and each tells what it knows."""

from __future__ import annotations

from dragoman.actors.phrases import phrase
from dragoman.actors.referents import Found, Referent
from dragoman.actors.scene import Scene
from dragoman.actors.setting import INTERNATIONAL
from dragoman.knowledge import title_key
from dragoman.language.tree import NOUN_TAGS

COPULA = "be"
FORMER = "ELI"


def noun_explained(scene: Scene, token: int) -> int:
    """The noun above one in apposition, or the one whose phrase ends there: "the envoy to Mali, X", "the observer on the spot, X"."""
    tree = scene.tree
    above = tree.head[token]
    prep = tree.head[above]
    noun = tree.head[prep]
    is_end_of_phrase = tree.dep[above] == "pobj" and tree.dep[prep] == "prep" and tree.tag[noun] in NOUN_TAGS
    found = scene.by_head.get(above)
    is_thing = above not in scene.role_at and (found is None or all(r.sort == "state" for r in found.referents))
    return noun if is_end_of_phrase and is_thing else above


class Appositions:
    """Links of one article, made as soon as both sides are there; what is in brackets after a name is in apposition too."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene

    def link(self, token: int) -> None:
        """Link a mention with those of its neighbours that stand before it or have been made already."""
        tree, here = self.scene.tree, self.scene.by_head.get(token)
        if here is None:
            return
        beside = self._explained(token)
        if beside is not None:
            self._join(here, self.scene.by_head.get(beside) or self._unknown_noun(beside, here))
        for kid in tree.labelled(token, "appos"):
            self._join(here, self.scene.by_head.get(kid))
        verb = tree.head[token]
        if tree.dep[token] == "attr" and tree.lemma[verb] == COPULA:
            subject = tree.first(verb, "nsubj")
            self._join(here, self.scene.by_head.get(subject) if subject is not None else None)

    def _explained(self, token: int) -> int | None:
        """The noun to which a mention stands in apposition: the one above it, not the end of its phrase ("the observer on the spot, X"),
        or the subject that ends before it ("said one of them, X")."""
        tree = self.scene.tree
        if tree.dep[token] == "appos":
            return noun_explained(self.scene, token)
        if tree.dep[token] == "nsubj":
            comma = tree.left[token] - 1
            before = [k for k in tree.labelled(tree.head[token], "nsubj") if k < token and tree.right[k] + 1 == comma]
            return before[-1] if before and tree.straight[comma] == "," else None
        return None

    def _unknown_noun(self, token: int, named: Found) -> Found | None:
        """A new mention for "one of them" or "its winner" beside the name of a person."""
        tree = self.scene.tree
        is_person = named.kind == "name" and len(named.referents) == 1 and named.referents[0].sort == "person"
        if not is_person or tree.tag[token] not in ("NN", "CD") or token in self.scene.taken or token in self.scene.role_at:
            return None
        start, end = phrase(tree, token, token, token + 1)
        person = Referent("person")
        return self.scene.add(Found(start, end, token, "description", [person], [f"beside the name of {named.referents[0].name}"]))

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
    has_moved = person.sector == FORMER and role.country in INTERNATIONAL  # once a minister, now "the OSCE's high commissioner"
    if is_news and (person.country is None or has_moved or role.country in (None, person.country)):
        person.country = role.country if has_moved else person.country
        person.sector, person.office, person.office_code, person.other_sectors = (
            role.sector,
            role.office,
            role.office_code,
            role.other_sectors,
        )
    person.country = person.country or role.country
