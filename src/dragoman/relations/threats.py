"""In: a verb, adjective or noun of fear. Out: who feels threatened by whom."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from spacy.tokens import Token

from dragoman.drafts import Side
from dragoman.language.en import grammar
from dragoman.relations.parties import Pair
from dragoman.relations.reality import is_denied, is_former, is_lasting, is_no_longer, is_so, is_told
from dragoman.relations.scene import Scene
from dragoman.relations.words import cues


def feelings(scene: Scene, word: Token) -> Iterator[Pair]:
    """What a verb or adjective tells of whom somebody fears."""
    lemma = word.lemma_.lower()
    if lemma in cues()["viewing"]:
        yield from _views(scene, word)
    elif lemma in cues()["fearing"]:
        yield from _fears(scene, word)
    elif lemma == "threaten":
        yield from _feels_threatened(scene, word)
    if word.lower_ in cues()["afraid"]:
        yield from _afraid(scene, word)


def _feels_threatened(scene: Scene, verb: Token) -> Iterator[Pair]:
    """ "feels threatened by"."""
    if grammar.is_passive(verb) and is_told(verb) and is_lasting(verb):
        for one, other in product(scene.sides(grammar.patients(verb)), scene.sides(grammar.agents(verb))):
            yield Pair("threat_perceived", one, other, (verb,))


def _afraid(scene: Scene, adjective: Token) -> Iterator[Pair]:
    """ "Lithuania, wary of Russia", "is worried about the threat posed by China"."""
    verb = adjective.head
    if adjective.dep_ == "acomp" or (adjective.dep_ == "ROOT" and grammar.is_verbal(adjective)):
        clause = verb if adjective.dep_ == "acomp" else adjective
        if not is_so(clause) or clause.tag_ == "VBD":
            return
        who = scene.sides(grammar.surface_subjects(clause))
    elif adjective.dep_ in ("amod", "acl", "appos", "advcl") and adjective.i > 0:
        who = scene.sides([verb]) if not grammar.is_verbal(verb) else scene.sides(grammar.surface_subjects(verb))
    else:
        return
    objects = [t for p in adjective.children if p.dep_ == "prep" for t in p.children if t.dep_ == "pobj"]
    posed = [t for o in objects for a in o.children if a.dep_ == "acl" and a.lemma_ == "pose" for t in grammar.agents(a)]
    feared = scene.sides(posed) or [s for o in objects for s in _feared(scene, o)]
    yield from (Pair("threat_perceived", one, other, (adjective,)) for one, other in product(who, feared))


def _feared(scene: Scene, token: Token) -> list[Side]:
    """Who is feared: the state or group itself, or whose attack or might it is."""
    if token.lemma_ in cues()["attacks"]:
        return scene.owners(token) or scene.sides(scene.after(token, "by", "from"))
    return [s for s in scene.sides([token]) if s.identity is not None and s.identity.sector in (None, "GOV", "MIL", "REB", "UAF", "PTY")]


def _of_state(scene: Scene, token: Token) -> list[Side]:
    """Who a threat comes from: the words themselves, else whose they are ("the North's nuclear programme")."""
    return scene.sides([token]) or scene.owners(token)


def _views(scene: Scene, verb: Token) -> Iterator[Pair]:
    """ "sees A as a threat"; "calls B an enemy" says what is said, not that it stands."""
    if not is_told(verb) or not is_lasting(verb) or is_no_longer(verb):
        return
    after = grammar.prepositional(verb)
    called = [c for c in verb.children if c.dep_ in ("ccomp", "oprd", "xcomp") and c.pos_ == "NOUN"]
    objects = [c for c in verb.children if c.dep_ in ("dobj", "nsubj") and c.i > verb.i] or grammar.patients(verb)
    objects = [k for c in called for k in c.children if k.dep_ == "nsubj"] or objects
    seen = [*called, *after.get("as", []), *(t for o in objects for t in grammar.prepositional(o).get("as", []))]
    if not any(t.lemma_ in cues()["threats"] for t in seen):
        return
    who = scene.sides(grammar.agents(verb))
    for one, other in product(who, [s for o in objects for s in _of_state(scene, o)]):
        yield Pair("threat_perceived", one, other, (verb,))


def _fears(scene: Scene, verb: Token) -> Iterator[Pair]:
    if not is_told(verb) or not is_lasting(verb):
        return
    who = scene.sides(grammar.agents(verb))
    if grammar.is_mutual(verb) and len(who) == 2:
        yield from (Pair("threat_perceived", a, b, (verb,)) for a, b in (who, reversed(who)))
        return
    for one, other in product(who, [s for o in grammar.patients(verb) for s in _feared(scene, o)]):
        yield Pair("threat_perceived", one, other, (verb,))


def threats(scene: Scene, noun: Token) -> Iterator[Pair]:
    """ "to counter security threats from A as well as B", "A poses a threat to B", "threatened by A"."""
    if noun.lemma_ != "threat" or is_denied(noun) or is_former(noun):
        return
    verb = noun.head if grammar.is_verbal(noun.head) else None
    by = [c for a in noun.children if a.dep_ == "acl" and a.lemma_ == "pose" for c in grammar.agents(a)]
    sources = scene.sides([*with_as_well(scene.after(noun, "from")), *by])
    if not sources and verb is not None and verb.lemma_ in cues()["countering"]:
        sources = scene.sides(with_as_well(scene.after(verb, "from")))
    if verb is not None and not sources and verb.lemma_ in cues()["posing"] and noun.dep_ in ("dobj", "attr") and is_so(verb):
        sources = scene.sides(grammar.agents(verb))
        victims = scene.sides(scene.after(noun, "to")) or scene.sides(scene.after(verb, "to"))
    else:
        victims = scene.sides(scene.after(noun, "to"))
        if not victims and verb is not None and noun.dep_ in ("dobj", "pobj") and verb.lemma_ in cues()["countering"]:
            victims = scene.sides(grammar.surface_subjects(verb))
    yield from (Pair("threat_perceived", victim, source, (noun,)) for victim in victims for source in sources)


def with_as_well(tokens: list[Token]) -> list[Token]:
    """Also what is joined by "as well as"."""
    found = list(tokens)
    for token in tokens:
        found += [o for c in token.children if c.dep_ == "conj" for o in grammar.conjuncts(c)]
    return list(dict.fromkeys(found))
