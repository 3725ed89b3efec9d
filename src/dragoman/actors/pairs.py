"""In: a scene and a token. Out: "the two", "both", "each", "the pair" and "each other" as mentions of the parties that were named together.

"Bilateral" is one as well: of the two states in question the one that the sentence has not named, "Japan said the bilateral alliance".
"""

from __future__ import annotations

from dragoman.actors import groups
from dragoman.actors.referents import Found, Referent
from dragoman.actors.scene import Scene
from dragoman.language.tree import SUBJECTS

COUNTS = {"two": 2, "both": 2, "each": 2, "pair": 2, "duo": 2, "three": 3, "trio": 3}
WITH_ARTICLE = frozenset({"two", "three", "pair", "duo", "trio"})
MUTUAL = {"other": "each", "another": "one"}
PLACES = frozenset({*SUBJECTS, "dobj", "pobj", "iobj", "dative"})
BILATERAL = "bilateral"
NEAR = 2


def add(scene: Scene, token: int) -> None:
    """Add the mention that stands at a token, if it is such a word and it is clear who is meant."""
    tree, word = scene.tree, scene.tree.lower[token]
    if word == BILATERAL and tree.dep[token] == "amod":
        _add_bilateral(scene, token)
        return
    if token in scene.by_head or token in scene.role_at or tree.dep[token] not in PLACES:
        return
    before = tree.lower[token - 1] if token else ""
    if (word in MUTUAL and before == MUTUAL[word]) or (word == "other" and before == "the" and _is_of_each(scene, token)):
        parties, start = _subject(scene, token), token - 1
    elif (
        word in COUNTS and (word not in WITH_ARTICLE or before == "the") and not (word == "each" and tree.first(token, "prep") is not None)
    ):
        parties, start = _named(scene, token, COUNTS[word]), token
    else:
        return
    if len(parties) > 1:
        because = f"'{tree.text(start, token + 1)}' are {' and '.join(r.name or r.country or 'somebody' for r in parties)}"
        scene.add(Found(start, token + 1, token, "pronoun", parties, [because], plural=True))


def _add_bilateral(scene: Scene, token: int) -> None:
    states = _two_states(scene, token)
    here = {r.country for h in scene.heads_in(scene.tree.sentence[token], token) for r in scene.by_head[h].referents}
    others = [state for state in states if state.country not in here]
    if len(others) == 1:
        other = others[0].country or ""
        because = f"'{scene.tree.words[token]}' is with {other}, the other state in question"
        scene.add(Found(token, token + 1, token, "pronoun", [scene.registry.state(other)], [because]))


def _two_states(scene: Scene, token: int) -> list[Referent]:
    """The only two states that were named in this sentence, or in it and those just before."""
    for everyone in groups.named_before(scene, token, NEAR):
        parties = [one for one in groups.sides(everyone).values() if one.country and one.sector not in groups.APART]
        if len(parties) == 2:
            return parties
    return []


def _subject(scene: Scene, token: int) -> list[Referent]:
    """Several who are the subject of the clause: it is one another that they do it to."""
    tree = scene.tree
    for verb in (tree.clause(token), tree.head[tree.clause(token)]):
        heads = [t for s in tree.labelled(verb, *SUBJECTS) for t in tree.coordinated(s)]
        parties = list(dict.fromkeys(r for h in heads if h in scene.by_head for r in scene.by_head[h].referents))
        if len(parties) > 1:
            return parties
    return []


def _is_of_each(scene: Scene, token: int) -> bool:
    """ "Each accused the other"."""
    return any(scene.tree.lower[s] == "each" for s in scene.tree.labelled(scene.tree.clause(token), *SUBJECTS))


def _named(scene: Scene, token: int, number: int) -> list[Referent]:
    for everyone in groups.in_question(scene, token, NEAR):
        people = [r for r in everyone if r.sort == "person" and r.name]
        parties = people if len(people) == number else list(groups.sides(everyone).values())
        if len(parties) == number:
            return parties
    return []
