"""In: a parsed article, its layout and day, its quotations and the knowledge tables.
Out: every political actor it mentions, with identity.
"""

from __future__ import annotations

from dragoman.actors import acronyms, names, pairs, persons, roles, spans, words
from dragoman.actors.appositions import Appositions
from dragoman.actors.coreference import Coreference
from dragoman.actors.descriptions import Descriptions
from dragoman.actors.referents import Found, Referent
from dragoman.actors.scene import RoleHit, Scene
from dragoman.actors.states import Registry, found_name
from dragoman.actors.words import Pronoun
from dragoman.drafts import Layout, Mention, Quote
from dragoman.knowledge import Knowledge
from dragoman.language import Annotated
from dragoman.language.tree import tree

MEDIA = "JRN"


def find(annotated: Annotated, layout: Layout, day: str | None, quotes: list[Quote], knowledge: Knowledge) -> list[Mention]:
    """All mentions, one a head token, in the order of their heads.

    ``day`` (YYYY-MM-DD) is the day of the article; without one no dated fact is used. What cannot be resolved has no identities
    and says why in ``because``.
    """
    if not len(annotated.doc):
        return []
    scene = Scene(tree(annotated), words.load(), knowledge, Registry(knowledge), day)
    people_hits = _add_names(scene, layout)
    _add_halves(scene)
    acronyms.add(scene)
    for hit in roles.role_hits(scene):
        scene.add_role(hit)
    found = spans.name_spans(scene, people_hits)
    people = persons.People()
    persons.full_names(scene, found, people)
    persons.lone_names(scene, found, people)
    for head, mention in scene.by_head.items():
        for referent in mention.referents:
            if referent.sort == "person":
                scene.setting.name(referent.country, head)
    _add_described(scene, people, Coreference(scene, annotated, quotes))
    return [found.mention() for _, found in sorted(scene.by_head.items()) if not found.silent]


def _add_names(scene: Scene, layout: Layout) -> list[names.Hit]:
    """Add states, bodies and places; return the hits that are persons."""
    found = names.hits(scene.tree, scene.knowledge, scene.words, scene.day)
    others = [hit for hit in found if hit.names or hit.organisations]
    if layout.dateline is not None:
        scene.setting.dateline = layout.dateline.country
        scene.setting.is_seat = layout.dateline.place.lower() in scene.words.seats
    scene.registry.count(others, scene.setting.dateline)
    for hit in found:
        scene.taken.update(range(hit.start, hit.end))
    for hit in others:
        mention = found_name(scene.tree, hit, scene.registry, scene.words)
        if mention is not None:
            scene.add(mention)
        _note_country(scene, hit)
    return [hit for hit in found if hit.people and not hit.names and not hit.organisations]


def _note_country(scene: Scene, hit: names.Hit) -> None:
    """Tell the setting which country a hit names; media are at home everywhere."""
    countries = {n.country for n in scene.registry.chosen(hit.names)} | {o.country for o in hit.organisations if o.sector != MEDIA}
    if len(countries) == 1:
        country = countries.pop()
        scene.setting.name(country, hit.top, hit.top not in scene.by_head or _is_origin(scene, hit.top))
        if country is not None and hit.kinds() & {"name", "capital", "city", "region"}:
            scene.setting.places[hit.top] = country


def _add_halves(scene: Scene) -> None:
    """ "the North" in an article about a country that is one of two."""
    tree = scene.tree
    for token, word in enumerate(tree.lower):
        is_name = word in ("north", "south") and tree.straight[token].istitle() and token and tree.lower[token - 1] == "the"
        if not is_name or token in scene.taken or tree.dep[token] in ("compound", "nmod", "amod", "punct"):
            continue
        pairs = [pair for pair in scene.words.halves if scene.setting.countries & set(pair.values())]
        if len(pairs) == 1:
            because = f"'the {tree.straight[token]}' beside its neighbour"
            scene.add(Found(token, token + 1, token, "name", [scene.registry.state(pairs[0][word])], [because]))
            scene.taken.add(token)


def _is_origin(scene: Scene, token: int) -> bool:
    """ "recalled its envoy from Taipei"."""
    return scene.tree.dep[token] == "pobj" and scene.tree.lower[scene.tree.head[token]] == "from"


def _add_described(scene: Scene, people: persons.People, coreference: Coreference) -> None:
    """Add role nouns and pronouns in the order of the text, so that each can mean what stands before it; "I" and "we" come last."""
    descriptions = Descriptions(scene, people)
    appositions = Appositions(scene)
    speakers: list[tuple[int, Pronoun]] = []
    of_speakers: list[RoleHit] = []
    for token in range(len(scene.tree)):
        pronoun = coreference.pronoun(token)
        if pronoun is not None:
            if pronoun.person == 1:
                speakers.append((token, pronoun))
            else:
                coreference.resolve(token, pronoun)
        elif token in scene.role_at:
            hit = scene.role_at[token]
            if _owner_speaks(scene, hit):
                of_speakers.append(hit)
            else:
                _add_role(scene, hit, descriptions)
        else:
            pairs.add(scene, token)
        appositions.link(token)
    for token, pronoun in speakers:
        coreference.speaker(token, pronoun)
    for hit in of_speakers:
        _add_role(scene, hit, descriptions)


def _owner_speaks(scene: Scene, hit: RoleHit) -> bool:
    owner = scene.tree.first(hit.top, "poss")
    pronoun = scene.words.pronouns.get(scene.tree.lower[owner]) if owner is not None else None
    return pronoun is not None and pronoun.person == 1


def _add_role(scene: Scene, hit: RoleHit, descriptions: Descriptions) -> None:
    if hit.top in scene.by_head or _is_title_of_name(scene, hit.top):
        return
    for complement in roles.complements(scene, hit):
        if complement in scene.role_at and complement > hit.top:
            _add_role(scene, scene.role_at[complement], descriptions)
    found = roles.found_role(scene, hit)
    if found is None:
        return
    if descriptions.resolve(hit, found):
        scene.add(found)
    elif roles.is_somebody(scene, hit):
        sort = "person" if roles.is_human(scene, hit.role) else "people"
        found.referents = [Referent(sort, gender=scene.words.gender_of(hit.role.text), roles={hit.role.text}, silent=True)]
        scene.add(found)


def _is_title_of_name(scene: Scene, top: int) -> bool:
    above = scene.tree.head[top]
    found = scene.by_head.get(above)
    return (
        found is not None and found.start <= top < found.end and found.head != top and scene.tree.dep[top] in ("compound", "nmod", "amod")
    )
