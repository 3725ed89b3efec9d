"""In: a verb or noun of claiming. Out: who quarrels with whom over land, borders, rights: by rival claims, or by one that is rejected."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, product

from spacy.tokens import Token

from dragoman.drafts import Side
from dragoman.language.en import grammar
from dragoman.relations.context import focused
from dragoman.relations.lands import land
from dragoman.relations.parties import Pair, is_state
from dragoman.relations.reality import is_lasting, is_so, is_told
from dragoman.relations.roles import doers, done_to, subjects
from dragoman.relations.scene import Scene, key_of
from dragoman.relations.words import beside, cues


def claimants(scene: Scene, verb: Token) -> Iterator[Pair]:
    """ "claimed by both Japan and China", "claims the islands, which B holds", "considers B a province", "B's claim is contested"."""
    if not is_told(verb) or not is_lasting(verb):
        return
    lemma = verb.lemma_.lower()
    if lemma in cues()["claiming"]:
        yield from _claims(scene, verb)
    if lemma in cues()["viewing"] | cues()["claiming"]:
        yield from _as_own(scene, verb)
    if lemma in cues()["contesting"]:
        yield from _contested(scene, verb)
    if lemma in cues()["pitting"]:
        ones, others = (
            scene.sides(o for c in verb.children if c.dep_ == "dobj" for o in grammar.conjuncts(c)),
            scene.sides(scene.after(verb, "against")),
        )
        yield from _of_states(ones, others, verb)


def _of_states(ones: list[Side], others: list[Side], *anchors: Token) -> Iterator[Pair]:
    for one, other in product(ones, others):
        if is_state(one) and is_state(other) and key_of(one) != key_of(other):
            yield Pair("dispute", one, other, anchors)


def _claims(scene: Scene, verb: Token) -> Iterator[Pair]:
    states = [s for s in scene.sides(doers(verb)) if is_state(s)]
    objects = done_to(verb)
    lands = cues()["territory"] | cues()["shares"]
    if not any(o.pos_ == "PROPN" or o.lemma_ in lands or grammar.is_relative(o) for o in objects):
        return
    behind = verb.doc[verb.i + 1 : verb.right_edge.i + 1]
    if states and any(t.lower_ in beside()["too"] for t in behind):  # "which are claimed by China and Taiwan too"
        yield from _of_states(states, focused(scene, verb, states), verb)
        return
    if len(states) > 1:
        yield from (Pair("dispute", a, b, (verb,)) for a, b in combinations(states, 2))
        return
    holders = [s for o in objects for s in _holders(scene, o, verb)]
    others = holders or _owners(scene, objects, states)
    if not others and len(states) == 1 and not any(land(scene, o) for o in objects if o.pos_ == "PROPN"):
        others = focused(scene, verb, states)
    yield from _of_states(states, others, verb)


def _holders(scene: Scene, place: Token, claim: Token) -> list[Side]:
    """Who holds what another claims, as a clause about the place says, or the clause in which it is the object."""
    clauses = [v for c in place.children if c.dep_ in ("relcl", "acl") for v in grammar.conjuncts(c)]
    above = [t for t in grammar.ancestors(place) if grammar.is_verbal(t) and t != claim][:1] if place.dep_ in ("dobj", "pobj") else []
    clauses += above
    holding = cues()["holding"] | cues()["occupying"] | cues()["standing"]
    return [s for v in clauses if v != claim and v.lemma_ in holding for s in scene.sides(doers(v)) if is_state(s)]


def _owners(scene: Scene, objects: list[Token], claimants: list[Side]) -> list[Side]:
    """Whose land it is that is claimed, where the words say it: "claims two thirds of Guyana"."""
    own = {key_of(s) for s in claimants}
    lands = [place for o in objects for place in [land(scene, o)] if place is not None and place.identity is not None]
    return [p for p in lands if is_state(p) and key_of(p) not in own]


def _as_own(scene: Scene, verb: Token) -> Iterator[Pair]:
    """ "claims Taiwan as its own", "considers Taiwan a renegade province", "regards it as part of Ladakh"."""
    called = [c for c in verb.children if c.dep_ in ("oprd", "ccomp", "xcomp") and c.pos_ == "NOUN"]
    seen = [*scene.after(verb, "as"), *called, *(t for o in grammar.patients(verb) for t in scene.after(o, "as"))]
    is_own = any(c.lower_ == "own" for t in seen for c in (t, *t.children)) or any(t.lemma_ in cues()["parts"] for t in seen)
    if not is_own:
        return
    objects = [k for c in called for k in c.children if k.dep_ == "nsubj"] or done_to(verb)
    claimed = [s for s in scene.sides(objects) if is_state(s) or (s.identity is not None and s.identity.sector == "PRE")]
    ones = scene.sides(doers(verb))
    others = [s for s in claimed if key_of(s) not in {key_of(o) for o in ones}] or [s for o in objects for s in _holders(scene, o, verb)]
    for one, other in product(ones, others):
        if is_state(one):
            yield Pair("dispute", one, other, (verb,))


def _contested(scene: Scene, verb: Token) -> Iterator[Pair]:
    """ "rejects Seoul's claim", "China's claims are contested by Vietnam", "the sea limits that its neighbour drew up"."""
    for noun in done_to(verb):
        owners = [s for s in scene.sides(c for c in noun.children if c.dep_ == "poss") or scene.sides(scene.before(noun)) if is_state(s)]
        drawn = [s for c in noun.children if c.dep_ == "relcl" for s in scene.sides(grammar.own_subjects(c)) if is_state(s)]
        if noun.lemma_ in cues()["claims"]:
            yield from _of_states(scene.sides(doers(verb)), owners or drawn, verb, noun)


def rival_claims(scene: Scene, noun: Token) -> Iterator[Pair]:
    """ "both lay claim to", "Venezuela's claim to two thirds of Guyana", "have rival claims to"."""
    if noun.lemma_ != "claim" or noun.pos_ != "NOUN":
        return
    verb = noun.head if grammar.is_verbal(noun.head) and noun.dep_ == "dobj" else None
    lands = [*scene.after(noun, "to", "on", "over"), *scene.after(noun, "in")] or (
        scene.after(verb, "to", "on") if verb is not None else []
    )
    if verb is not None and verb.lemma_ in beside()["asserting"]:
        states = [s for s in scene.sides(grammar.agents(verb)) if is_state(s)]
        if not is_so(verb):
            return
        if len(states) > 1:
            yield from (Pair("dispute", a, b, (noun, verb)) for a, b in combinations(states, 2))
            return
    else:
        states = [s for s in scene.sides(c for c in noun.children if c.dep_ == "poss") or scene.sides(scene.before(noun)) if is_state(s)]
        if len(states) > 1:
            yield from (Pair("dispute", a, b, (noun,)) for a, b in combinations(states, 2))
            return
    against = scene.sides(scene.after(noun, "against"))
    places = [p for t in lands for p in [land(scene, t)] if p is not None and p.identity is not None]
    yield from _of_states(states, against or places, noun)


def said_to_be_theirs(scene: Scene, word: Token) -> Iterator[Pair]:
    """ "both call theirs", "India and Nepal each say that the pass is theirs"."""
    verb = next((a for a in grammar.ancestors(word) if a.lemma_ in beside()["insisting"]), None)
    if verb is None or not is_so(verb):
        return
    states = [s for s in scene.sides(subjects(verb, together=True)) if is_state(s)]
    if len(states) == 2:
        yield Pair("dispute", states[0], states[1], (verb,))


def not_agreed(scene: Scene, verb: Token) -> Iterator[Pair]:
    """ "have yet to agree on their border", "a frontier that the two have never agreed on"."""
    if verb.lemma_ not in beside()["agreeing"]:
        return
    is_open = grammar.is_negated(verb) or (verb.dep_ == "xcomp" and any(c.lower_ == "yet" for c in (*verb.children, *verb.head.children)))
    words = {t.lemma_ for t in (*scene.after(verb, "on", "over", "about"), *grammar.patients(verb))}
    words |= {verb.head.lemma_} if verb.dep_ == "relcl" else set()
    nearby = {scene.tree.lemma[n] for n in range(max(0, verb.i - 6), verb.i)}
    if is_open and (words | nearby) & (cues()["borders"] | cues()["territory"]):
        states = [s for s in scene.sides(grammar.surface_subjects(verb)) if is_state(s)]
        if len(states) == 2:
            yield Pair("dispute", states[0], states[1], (verb,))
