"""In: a parsed article, its layout and day, its quotations and the knowledge tables. Out: every political actor it mentions, with identity."""

from __future__ import annotations

from dragoman.actors import coreference, names, persons, roles, words
from dragoman.actors.referents import Found, Referent
from dragoman.actors.scene import Scene
from dragoman.actors.states import Registry, found_name
from dragoman.actors.tree import tree
from dragoman.drafts import Layout, Mention, Quote
from dragoman.knowledge import Knowledge
from dragoman.language import Annotated


def find(annotated: Annotated, layout: Layout, day: str | None, quotes: list[Quote], knowledge: Knowledge) -> list[Mention]:
    """All mentions, one a head token, in the order of their heads.

    ``day`` (YYYY-MM-DD) is the day of the article; without one no dated fact is used. What cannot be resolved has no identities
    and says why in ``because``.
    """
    if not len(annotated.doc):
        return []
    scene = Scene(tree(annotated), words.load(), knowledge, Registry(knowledge), day)
    people_hits = _add_names(scene, layout)
    for hit in roles.role_hits(scene):
        scene.role_at[hit.top] = hit
    spans = persons.name_spans(scene, people_hits)
    people = persons.People()
    persons.full_names(scene, spans, people)
    persons.lone_names(scene, spans, people)
    _add_roles(scene)
    _link_appositions(scene)
    coreference.resolve(scene, quotes)
    return [scene.by_head[head].mention() for head in sorted(scene.by_head)]


def _add_names(scene: Scene, layout: Layout) -> list[names.Hit]:
    """Add states, bodies and places; return the hits that are persons."""
    found = names.hits(scene.tree, scene.knowledge, scene.words, scene.day)
    others = [hit for hit in found if hit.names or hit.organisations]
    scene.registry.count(others, layout.dateline.country if layout.dateline else None)
    for hit in found:
        scene.taken.update(range(hit.start, hit.end))
    for hit in others:
        mention = found_name(scene.tree, hit, scene.registry, scene.words)
        if mention is not None:
            scene.add(mention)
        countries = {n.country for n in scene.registry.chosen(hit.names)}
        if mention is None and len(countries) == 1:
            scene.places[hit.top] = countries.pop()
    return [hit for hit in found if hit.people and not hit.names and not hit.organisations]


def _add_roles(scene: Scene) -> None:
    for hit in scene.role_at.values():
        if hit.top in scene.by_head:
            continue
        found = roles.found_role(scene, hit)
        if found is None or (_is_title_of_name(scene, hit.top)):
            continue
        owned_by = roles.owners(scene, hit)
        if roles.is_weak(hit.role) and not owned_by and not (hit.role.plural and roles.sector_of(hit.role) == "CVL"):
            continue
        found.referents = roles.referents(scene, hit, owned_by)
        found.because = [f"'{' '.join(scene.tree.words[hit.start : hit.end])}' with {', '.join(_texts(scene, owned_by)) or 'no country'}"]
        scene.add(found)


def _is_title_of_name(scene: Scene, top: int) -> bool:
    above = scene.tree.head[top]
    found = scene.by_head.get(above)
    return found is not None and found.start <= top < found.end and found.head != top and scene.tree.dep[top] in ("compound", "nmod", "amod")


def _texts(scene: Scene, founds: list[Found]) -> list[str]:
    return [f"'{' '.join(scene.tree.words[f.start : f.end])}'" for f in founds]


def _link_appositions(scene: Scene) -> None:
    """"X, the foreign minister of Y": the same person; each tells what it knows."""
    tree = scene.tree
    for head in sorted(scene.by_head):
        found = scene.by_head[head]
        above = scene.by_head.get(tree.head[head])
        if tree.dep[head] != "appos" or above is None or len(found.referents) != 1 or len(above.referents) != 1:
            continue
        _merge(found, above)


def _merge(one: Found, other: Found) -> None:
    first, second = one.referents[0], other.referents[0]
    named, role = (first, second) if first.sort == "person" and first.name else (second, first)
    if named is role or named.sort != "person" or not named.name or role.name or role.plural:
        return
    learn(named, role)
    one.referents = [named]
    other.referents = [named]


def learn(person: Referent, role: Referent) -> None:
    """A person takes over what an apposition says, where nothing is known yet."""
    person.roles |= role.roles
    person.gender = person.gender or role.gender
    if person.sector is None and (person.country is None or role.country in (None, person.country)):
        person.sector, person.office, person.other_sectors = role.sector, role.office, role.other_sectors
    person.country = person.country or role.country
