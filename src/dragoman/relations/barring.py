"""In: a verb of forbidding. Out: sanctions told by what is kept from whom: "has barred imports from Myanmar since 2003"."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from spacy.tokens import Token

from dragoman.drafts import Side
from dragoman.language.en import grammar
from dragoman.relations.parties import Pair, is_party
from dragoman.relations.reality import is_told
from dragoman.relations.roles import doers, done_to
from dragoman.relations.scene import Scene, is_of_state, key_of
from dragoman.relations.words import beside, cues

WITH_WHOM = ("from", "to", "of", "with", "against", "by", "for")


def barred(scene: Scene, verb: Token) -> Iterator[Pair]:
    """Where it has lasted for a while; what is barred today is an event."""
    if verb.lemma_ not in cues()["barring"] or not is_told(verb) or not _has_lasted(scene, verb):
        return
    makers = [s for s in scene.sides(doers(verb)) if is_party(s)]
    targets = [s for thing in done_to(verb) for s in _from_whom(scene, verb, thing)]
    for maker, target in product(makers, targets):
        if key_of(maker) != key_of(target):
            yield Pair("sanctions", maker, target, (verb,))


def _has_lasted(scene: Scene, verb: Token) -> bool:
    """Since a day, on an earlier day, "already", or by a law of now."""
    is_old = scene.dates(verb)[0] is not None or scene.is_old(scene.beginning(verb) or scene.beginning_within(verb))
    return is_old or verb.tag_ in ("VBZ", "VBP") or any(c.lower_ in beside()["by_now"] for c in verb.children)


def _from_whom(scene: Scene, verb: Token, thing: Token) -> list[Side]:
    """The states from or to which goods, money or travel are barred, or whose officials may not come."""
    mention = scene.by_head.get(thing.i)
    if thing.lemma_.lower() not in beside()["barred"]:
        found = scene.sides_at(thing) if mention is not None and mention.person else []
    else:
        behind = [*scene.after(thing, *WITH_WHOM), *scene.after(verb, "from", "to", "with", "against")]
        found = scene.sides(scene.before(thing)) or scene.states(behind) or scene.owners(thing) or _of_owners(scene, behind)
    return [s for s in found if is_of_state(s)]


def _of_owners(scene: Scene, tokens: list[Token]) -> list[Side]:
    """ "the assets of Zimbabwe's leaders"."""
    return scene.sides(o for t in tokens for c in t.children if c.dep_ == "poss" for o in grammar.conjuncts(c))
