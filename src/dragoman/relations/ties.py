"""In: a verb or noun of relations between states. Out: pairs between which ties are cut, and bodies that a state has left."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, product

from spacy.tokens import Token

from dragoman.drafts import Side
from dragoman.language.en import grammar
from dragoman.relations.context import focused, pair_before
from dragoman.relations.parties import Pair, is_body, is_state
from dragoman.relations.reality import is_denied, is_lasting, is_perfect, is_so, is_told
from dragoman.relations.roles import doers, done_to, subjects
from dragoman.relations.scene import Scene, key_of
from dragoman.relations.words import beside, cues

WITH = ("with", "to", "toward", "towards")


def ties_cut(scene: Scene, noun: Token) -> Iterator[Pair]:
    """ "broke off relations in 1980", "have no diplomatic relations", "without formal ties", "has had no ambassador in"."""
    if noun.lemma_ in cues()["missions"] | cues()["ties"]:
        yield from _is_without(scene, noun)
    if noun.lemma_ in cues()["missions"]:
        yield from _without_mission(scene, noun)
    if noun.lemma_ not in cues()["ties"] or not _is_of_states(noun):
        return
    anchor = _anchor(scene, noun)
    if anchor is None:
        return
    between = [s for s in scene.sides(scene.after(noun, "between")) if is_state(s)]
    if len(between) > 1:
        yield from (Pair("ties_cut", a, b, (noun, anchor)) for a, b in combinations(between, 2))
        return
    others = scene.sides(scene.after(noun, *WITH)) or (scene.sides(scene.after(anchor, *WITH, "between")) if anchor != noun else [])
    if len(others) > 1 and all(is_state(s) for s in others) and scene.after(anchor, "between"):
        yield from (Pair("ties_cut", a, b, (noun, anchor)) for a, b in combinations(others, 2))
        return
    yield from _between(scene, noun, anchor, others)


def _is_of_states(noun: Token) -> bool:
    """Not "rail links", "trade ties"; a link is diplomatic only where it says so."""
    modifiers = {c.lower_ for c in noun.children if c.dep_ in ("amod", "compound", "nmod")}
    return not modifiers - cues()["diplomatic"] - cues()["any_ties"] and (noun.lemma_ != "link" or bool(modifiers & cues()["diplomatic"]))


def _between(scene: Scene, noun: Token, anchor: Token, others: list[Side]) -> Iterator[Pair]:
    if not others and (scene.after(noun, *WITH) or (anchor != noun and scene.after(anchor, *WITH))):  # "with the emirate", "with it"
        others = focused(scene, noun, scene.sides(subjects(anchor)) if grammar.is_verbal(anchor) else scene.sides([anchor]))
    own = scene.sides(subjects(anchor, together=not others)) if grammar.is_verbal(anchor) else scene.sides([anchor])
    own = [s for s in own if key_of(s) not in {key_of(o) for o in others}] or scene.owners(noun) or _of_clause(scene, noun, others)
    if not own and not others and grammar.is_verbal(anchor) and noun.dep_ == "nsubjpass":  # "Diplomatic ties have been frozen since"
        own = pair_before(scene, noun)
    states = [s for s in own if is_state(s)]
    others = [s for s in others if is_state(s)]
    if len(states) > 2 and any(t.i in scene.meant for t in scene.after(noun, *WITH)):  # of so many "their neighbour" is not clear
        return
    if others:
        yield from (Pair("ties_cut", a, b, (noun, anchor)) for a, b in product(states, others) if key_of(a) != key_of(b))
    elif len(states) == 2:
        yield from (Pair("ties_cut", a, b, (noun, anchor)) for a, b in combinations(states, 2))


def _of_clause(scene: Scene, noun: Token, others: list[Side]) -> list[Side]:
    """ "in the absence of relations with B, A": the subject of the clause in which they are spoken of."""
    found = scene.sides(grammar.surface_subjects(grammar.clause_head(noun)))
    return [s for s in found if key_of(s) not in {key_of(o) for o in others}]


def _anchor(scene: Scene, noun: Token) -> Token | None:
    """The word that says that there are no ties; None where none does."""
    verb = noun.head if grammar.is_verbal(noun.head) else None
    participle = next((c for c in noun.children if c.dep_ in ("acl", "conj", "relcl") and c.lemma_ in cues()["cutting"]), None)
    is_diplomatic = any(c.lower_ in cues()["diplomatic"] or c.lower_ == "no" for c in noun.children) or noun.head.lower_ == "without"
    is_diplomatic = is_diplomatic or (noun.lemma_ == "relation" and verb is not None and _is_lack(verb))
    if is_diplomatic and (is_denied(noun) or (verb is not None and _is_lack(verb))):
        if verb is not None and (
            verb.lemma_ not in (cues()["having"] | cues()["lacking"] | beside()["establishing"]) or not _is_told_of_now(verb)
        ):
            return None
        return verb or (noun.head.head if noun.dep_ == "pobj" else noun)
    if is_diplomatic and noun.dep_ == "pobj" and noun.head.lower_ == "of" and noun.head.head.lemma_ in ("absence", "lack"):
        return noun
    if verb is not None and noun.dep_ in ("dobj", "nsubjpass") and verb.lemma_ in cues()["cutting"] and is_told(verb):
        return verb if verb.tag_ in ("VBD", "VBN") or is_perfect(verb) else None
    if participle is not None and (verb is None or verb.lemma_ not in beside()["restoring"] or grammar.is_negated(verb)):
        return participle
    return None


def _is_told_of_now(verb: Token) -> bool:
    """ "has no ties"; a lack of the past is over, unless somebody is said to have spoken of it."""
    return verb.tag_ != "VBD" or verb.dep_ in ("ccomp", "relcl") or not any(c.dep_ == "aux" and c.lower_ == "had" for c in verb.children)


def _is_lack(verb: Token) -> bool:
    """ "lack", "do not have", "have never established"."""
    is_had = verb.lemma_ in cues()["having"] or (verb.lemma_ in beside()["establishing"] and is_lasting(verb))
    return verb.lemma_ in cues()["lacking"] or (is_had and grammar.is_negated(verb))


def _without_mission(scene: Scene, noun: Token) -> Iterator[Pair]:
    """ "has had no embassy in Caracas since 2019", "neither has an ambassador in the other's capital"."""
    verb = noun.head
    is_none = is_denied(noun) or (grammar.is_verbal(verb) and grammar.is_negated(verb))
    if not is_none or noun.dep_ != "dobj" or verb.lemma_ not in cues()["having"] | beside()["establishing"] or not is_lasting(verb):
        return
    own = [s for s in scene.sides(subjects(verb)) if is_state(s)]
    hosts = scene.after(noun, "in", "to") or scene.after(verb, "in", "to")
    others = [s for s in scene.states(hosts) if is_state(s)]
    if len(own) == 2 and not [o for o in others if key_of(o) not in {key_of(s) for s in own}]:
        yield Pair("ties_cut", own[0], own[1], (noun, verb))
    elif len(own) == 1:
        yield from (Pair("ties_cut", own[0], b, (noun, verb)) for b in others if key_of(own[0]) != key_of(b))


def _is_without(scene: Scene, noun: Token) -> Iterator[Pair]:
    """ "has been without an ambassador in Hanoi since", "without an envoy in the North"."""
    if noun.dep_ != "pobj" or noun.head.lower_ != "without" or noun.lemma_ in cues()["ties"]:
        return
    above = noun.head.head
    own = [s for s in scene.sides(subjects(above) if grammar.is_verbal(above) else [above]) if is_state(s)]
    hosts = scene.after(noun, "in", "to", "of") or (scene.after(above, "in", "to") if grammar.is_verbal(above) else [])
    for one, other in product(own, (s for s in scene.states(hosts) if is_state(s))):
        if key_of(one) != key_of(other):
            yield Pair("ties_cut", one, other, (noun, above))


def unrecognised(scene: Scene, verb: Token) -> Iterator[Pair]:
    """ "Serbia, which does not recognise Kosovo", "has never recognised Israel"; of a state, not of what it did."""
    is_never = grammar.is_negated(verb) or any(c.lower_ == "never" for c in verb.children)
    if (
        verb.lemma_ not in cues()["recognising"]
        or not is_never
        or not (is_lasting(verb) or any(c.tag_ in ("VBZ", "VBP") for c in verb.children))
    ):
        return
    for thing in done_to(verb):
        of_state = scene.sides([thing]) if thing.pos_ in ("PROPN", "PRON") else []
        of_state = of_state or (scene.owners(thing) if thing.lemma_ in beside()["recognised"] else [])
        for one, other in product(scene.sides(doers(verb)), of_state):
            if is_state(one) and is_claimed_state(other) and key_of(one) != key_of(other):
                yield Pair("ties_cut", one, other, (verb,))


def is_claimed_state(side: Side) -> bool:
    """A state, also one that not all take for one."""
    return is_state(side) or (side.identity is not None and side.identity.sector == "PRE")


def closed_missions(scene: Scene, verb: Token) -> Iterator[Pair]:
    """ "shut its embassy in Tehran in 2012": only of an earlier day."""
    if verb.lemma_ not in cues()["closing"] or not is_told(verb) or verb.tag_ == "VBG":
        return
    for noun in done_to(verb):
        if noun.lemma_ != "embassy" or not (scene.is_old(scene.beginning(verb) or scene.beginning_within(verb))):
            continue
        hosts = scene.states([*scene.after(noun, "in", "to"), *scene.after(verb, "in")])
        for one, other in product(scene.sides(doers(verb)), hosts):
            if is_state(one) and is_state(other) and key_of(one) != key_of(other):
                yield Pair("ties_cut", one, other, (verb, noun))


def breaks(scene: Scene, verb: Token) -> Iterator[Pair]:
    """ "Bahrain broke with Tehran on Monday", "dropped Taiwan for China in 2023", "withdrew its recognition of Taiwan"."""
    if not is_told(verb) or verb.tag_ == "VBG":
        return
    objects = [c for c in verb.children if c.dep_ in ("dobj", "nsubjpass")]
    recognition = [c for c in objects if c.lemma_ == "recognition"]
    if any(c.dep_ == "conj" and c.lemma_ in beside()["restoring"] for c in verb.children):
        return
    if verb.lemma_ == "break" and not objects:
        lost = scene.after(verb, "with")
    elif recognition:
        lost = scene.after(recognition[0], "of", "from") or scene.after(verb, "from", "of")
        lost = lost or [o for c in recognition[0].children if c.dep_ == "poss" for o in grammar.conjuncts(c)]
    elif verb.lemma_ in beside()["dropping"] and scene.sides(scene.after(verb, "for")):
        lost = grammar.patients(verb)
    elif verb.lemma_ == "switch" and scene.after(verb, "from") and scene.after(verb, "to"):
        lost = scene.after(verb, "from")
    elif verb.lemma_ in beside()["derecognising"]:
        lost = grammar.patients(verb)
    else:
        return
    for state, other in product(scene.sides(grammar.agents(verb)), scene.sides(lost)):
        if is_state(state) and is_state(other) and key_of(state) != key_of(other):
            yield Pair("ties_cut", state, other, (verb, *recognition))


def leavers(scene: Scene, verb: Token) -> Iterator[Pair]:
    """ "Britain left the European Union in 2020": only where the text says when."""
    if not is_told(verb) or scene.beginning(verb) is None:
        return
    bodies = scene.sides(grammar.patients(verb)) or scene.sides(scene.after(verb, "from"))
    for state, body in product(scene.sides(grammar.agents(verb)), bodies):
        mention = scene.mention_at(state)
        if is_state(state) and is_body(body) and (mention is None or not mention.person):
            yield Pair("member_of", state, body, (verb,))


def entries(scene: Scene, noun: Token) -> Iterator[Pair]:
    """ "Finland's entry into NATO in 2023": only of an earlier day."""
    if noun.lemma_ not in cues()["entering"] or not scene.is_old(scene.beginning(noun)):
        return
    for state, body in product(scene.owners(noun), scene.sides(scene.after(noun, "into", "to"))):
        if is_state(state) and is_body(body):
            yield Pair("member_of", state, body, (noun,))


def in_body(scene: Scene, verb: Token) -> Iterator[Pair]:
    """ "Croatia is in the European Union"."""
    if not is_so(verb) or verb.tag_ not in ("VBZ", "VBP", "VBN"):
        return
    for state, body in product(scene.sides(grammar.surface_subjects(verb)), scene.sides(scene.after(verb, "in"))):
        if is_state(state) and is_body(body) and not any(c.dep_ in ("attr", "acomp") for c in verb.children):
            yield Pair("member_of", state, body, (verb,))


def named_in_body(scene: Scene, preposition: Token) -> Iterator[Pair]:
    """ "Poland, in NATO since 1999,"."""
    if preposition.dep_ != "prep" or preposition.lower_ != "in" or preposition.head.pos_ != "PROPN" or preposition.nbor(-1).text != ",":
        return
    bodies = [s for s in scene.sides(c for c in preposition.children if c.dep_ == "pobj") if is_body(s)]
    states = [s for s in scene.sides([preposition.head]) if is_state(s)]
    yield from (Pair("member_of", a, b, (preposition.head, preposition)) for a, b in product(states, bodies))
