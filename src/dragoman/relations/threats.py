"""In: a verb, adjective or noun of fear. Out: who feels threatened by whom."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from spacy.tokens import Token

from dragoman.drafts import Side
from dragoman.language.en import grammar
from dragoman.relations import roles
from dragoman.relations.in_force import governing_verb
from dragoman.relations.parties import Pair, who_is
from dragoman.relations.reality import is_denied, is_former, is_lasting, is_no_longer, is_so, is_told
from dragoman.relations.roles import feared
from dragoman.relations.scene import Scene, key_of
from dragoman.relations.words import beside, cues


def feelings(scene: Scene, word: Token) -> Iterator[Pair]:
    """What a verb or adjective tells of whom somebody fears."""
    lemma = word.lemma_.lower()
    if lemma in cues()["viewing"]:
        yield from _views(scene, word)
    elif lemma in cues()["menacing"]:
        yield from _feels_threatened(scene, word)
    elif lemma in cues()["worrying"]:
        yield from _worries(scene, word)
    if word.lower_ in cues()["afraid"]:
        yield from _afraid(scene, word)


def _feels_threatened(scene: Scene, verb: Token) -> Iterator[Pair]:
    """ "feels threatened by", "sees itself menaced by", also where the feeling is a verb of its own."""
    feeling = verb.head if verb.dep_ in ("acomp", "xcomp", "oprd", "ccomp") and verb.head.lemma_ in cues()["sensing"] else None
    by = [
        o
        for p in verb.children
        if p.dep_ in ("agent", "prep") and p.lower_ in ("by", "from")
        for c in p.children
        for o in grammar.conjuncts(c)
    ]
    if feeling is None:
        is_felt = roles.is_done(verb) and is_told(verb) and is_lasting(verb)
        who = scene.sides(roles.done_to(verb)) if is_felt else []
    else:
        who = scene.sides(grammar.surface_subjects(feeling)) if is_told(feeling) and is_lasting(feeling) else []
    yield from (
        Pair("threat_perceived", a, b, (verb,))
        for a, b in product(who, [s for t in by for s in feared(scene, t)])
        if key_of(a) != key_of(b)
    )


def _worries(scene: Scene, verb: Token) -> Iterator[Pair]:
    """ "worries that Russia could attack it"."""
    if not is_told(verb) or not is_lasting(verb):
        return
    for clause in grammar.complements(verb):
        attackers = grammar.agents(clause) if clause.lemma_ in cues()["attacking"] else scene.after(clause, "from")
        who, whom = scene.sides(roles.doers(verb)), scene.sides(attackers)
        yield from (Pair("threat_perceived", a, b, (verb,)) for a, b in product(who, whom) if key_of(a) != key_of(b))


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
    objects = [o for p in adjective.children if p.dep_ == "prep" for t in p.children if t.dep_ == "pobj" for o in grammar.conjuncts(t)]
    objects += [o for p in adjective.children if p.dep_ == "agent" for t in p.children if t.dep_ == "pobj" for o in grammar.conjuncts(t)]
    attackers = [
        v for p in adjective.children if p.dep_ == "prep" for v in p.children if v.dep_ == "pcomp" and v.lemma_ in cues()["attacking"]
    ]
    objects += [t for v in attackers for t in grammar.agents(v)]
    posed = [t for o in objects for a in o.children if a.dep_ == "acl" and a.lemma_ == "pose" for t in grammar.agents(a)]
    whom = scene.sides(posed) or [s for o in objects for s in feared(scene, o)]
    yield from (Pair("threat_perceived", one, other, (adjective,)) for one, other in product(who, whom))


def _of_state(scene: Scene, token: Token) -> list[Side]:
    """Who a threat comes from: the words themselves, else whose they are ("the North's nuclear programme")."""
    return scene.sides([token]) or scene.owners(token)


def _views(scene: Scene, verb: Token) -> Iterator[Pair]:
    """ "sees A as a threat"; "calls B an enemy" says what is said, not that it stands."""
    if not is_told(verb) or not is_lasting(verb) or is_no_longer(verb):
        return
    after = grammar.prepositional(verb)
    called = [c for c in verb.children if c.dep_ in ("ccomp", "oprd", "xcomp") and c.pos_ == "NOUN"]
    objects = [o for c in verb.children if c.dep_ in ("dobj", "nsubj") and c.i > verb.i for o in grammar.conjuncts(c)] or roles.done_to(
        verb
    )
    objects = [k for c in called for k in c.children if k.dep_ == "nsubj"] or objects
    seen = [*called, *after.get("as", []), *(t for o in objects for t in grammar.prepositional(o).get("as", []))]
    if not any(t.lemma_ in cues()["threats"] for t in seen):
        return
    seers = roles.doers(verb)
    who = scene.sides(seers) or [s for t in seers for s in scene.sides(scene.before(t)) or scene.states(scene.after(t, "in", "of"))]
    who = who or (scene.states(scene.after(verb, "in")) if roles.is_done(verb) else [])
    for one, other in product(who, [s for o in objects for s in _of_state(scene, o)]):
        yield Pair("threat_perceived", one, other, (verb,))


def fears(scene: Scene, noun: Token) -> Iterator[Pair]:
    """ "Estonian fears of Russia", "share a fear of B", "fear of Russia drove Finland to"."""
    if noun.lemma_ not in cues()["feelings"] or is_denied(noun):
        return
    whom = [s for t in scene.after(noun, "of", "about", "towards", "toward", "at") for s in feared(scene, t)]
    if not whom:
        return
    verb = governing_verb(noun)
    own = scene.sides(c for c in noun.children if c.dep_ == "poss") or scene.sides(scene.before(noun))
    if not own and verb is not None and is_so(verb):
        tokens = grammar.patients(verb) if noun.dep_ == "nsubj" else grammar.surface_subjects(verb)
        own = scene.sides(t for t in tokens if t != noun)
    yield from (Pair("threat_perceived", a, b, (noun,)) for a, b in product(own, whom) if key_of(a) != key_of(b))


def threats(scene: Scene, noun: Token) -> Iterator[Pair]:
    """ "to counter security threats from A as well as B", "A poses a threat to B", "for B, A remains the chief threat"."""
    if noun.lemma_ not in cues()["threats"] - cues()["enemies"] or is_denied(noun) or is_former(noun):
        return
    verb = noun.head if grammar.is_verbal(noun.head) else None
    sources, victims = _from(scene, noun, verb), _victims(scene, noun)
    if verb is not None and not sources and verb.lemma_ in cues()["posing"] and noun.dep_ in ("dobj", "attr") and is_so(verb):
        sources = scene.sides(roles.doers(verb))
        victims = victims or scene.sides(scene.after(verb, "to", "for")) or _for_whom(scene, verb)
    elif not sources and noun.dep_ in ("appos", "attr") and (verb is None or is_so(verb)):
        sources = who_is(scene, noun)
        victims = scene.sides(c for c in noun.children if c.dep_ == "poss") or victims or scene.sides(scene.after(noun, "for"))
    elif not sources and noun.dep_ == "nsubj" and verb is not None and verb.lemma_ in beside()["stemming"] and is_so(verb):
        sources = scene.sides(scene.after(verb, "from"))
    elif verb is not None and noun.dep_ == "dobj" and verb.lemma_ in cues()["viewing"] and not sources and scene.after(verb, "in"):
        sources, victims = scene.sides(scene.after(verb, "in")), scene.subjects_above(verb)
    elif not victims and verb is not None and noun.dep_ in ("dobj", "pobj") and verb.lemma_ in cues()["countering"]:
        victims = scene.subjects_above(verb)
    elif not victims and noun.dep_ == "pobj" and noun.head.lower_ == "under":
        above = noun.head.head
        victims = scene.sides(roles.subjects(above) if grammar.is_verbal(above) else [above])
    if not is_weak_threat(noun) or victims:
        yield from (Pair("threat_perceived", a, b, (noun,)) for a, b in product(victims, sources) if key_of(a) != key_of(b))


def is_weak_threat(noun: Token) -> bool:
    """A danger or challenge is one of somebody only where it says to whom."""
    return noun.lemma_ != "threat"


def _from(scene: Scene, noun: Token, verb: Token | None) -> list[Side]:
    """Where a threat comes from, by the words: "from A as well as B", "posed by A", "the threat of a Chinese invasion"."""
    by = [c for a in noun.children if a.dep_ == "acl" and a.lemma_ == "pose" for c in grammar.agents(a)]
    found = scene.sides([*with_as_well(scene.after(noun, "from")), *by])
    found += [s for s in scene.sides(c for c in noun.children if c.dep_ == "conj" and c.pos_ == "PROPN") if found]
    if not found and verb is not None and verb.lemma_ in cues()["countering"]:
        found = scene.sides(with_as_well(scene.after(verb, "from")))
    of = [t for t in scene.after(noun, "of") if t.lemma_ in cues()["attacks"]]
    return found or [s for t in of for s in feared(scene, t)]


def _victims(scene: Scene, noun: Token) -> list[Side]:
    """ "to Norway", "to its security"."""
    to = scene.after(noun, "to")
    return scene.sides(to) or [s for t in to for s in scene.owners(t)]


def _for_whom(scene: Scene, verb: Token) -> list[Side]:
    """ "For Poland, Russia remains the chief threat"."""
    fronted = [
        o for c in verb.children if c.dep_ == "prep" and c.lower_ in ("for", "to") and c.i < verb.i for o in c.children if o.dep_ == "pobj"
    ]
    return scene.sides(fronted)


def with_as_well(tokens: list[Token]) -> list[Token]:
    """Also what is joined by "as well as"."""
    found = list(tokens)
    for token in tokens:
        found += [o for c in token.children if c.dep_ == "conj" for o in grammar.conjuncts(c)]
    return list(dict.fromkeys(found))
