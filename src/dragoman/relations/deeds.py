"""In: a verb or participle. Out: pairs of sides between which something stands by it: sponsorship, occupation, membership, ties cut."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, product

from spacy.tokens import Token

from dragoman.drafts import Identity, Mention, Range, Side
from dragoman.language.en import grammar
from dragoman.relations.parties import Pair, is_body, is_state
from dragoman.relations.reality import is_denied, is_lasting, is_so, is_told
from dragoman.relations.scene import GROUPS, Scene, key_of, state_of
from dragoman.relations.words import cues


def pairs_of_verb(scene: Scene, verb: Token) -> Iterator[Pair]:
    lemma, words = verb.lemma_.lower(), cues()
    if lemma in words["sponsoring"] or verb.lower_ in words["sponsored"]:
        yield from _sponsors(scene, verb)
    if lemma in words["occupying"] or verb.lower_ in words["occupied"]:
        yield from _occupiers(scene, verb)
    if lemma in words["joining"] or lemma in words["admitted"] or lemma in words["belonging"]:
        yield from _members(scene, verb)
    elif lemma in words["quarrelling"]:
        yield from _quarrels(scene, verb)
    elif lemma in words["leaving"] or (lemma == "withdraw" and scene.after(verb, "from")):
        yield from _leavers(scene, verb)
    elif lemma == "be":
        yield from _is_in_body(scene, verb)
    elif lemma in words["contesting"]:
        yield from _contests(scene, verb)
    elif lemma in words["claiming"]:
        yield from _claimants(scene, verb)
    if verb.lower_ in words["allied"]:
        yield from _allied(scene, verb)


def _hyphenated(scene: Scene, verb: Token) -> list[Side]:
    """ "Tehran" of "Tehran-backed"."""
    if verb.i < 2 or scene.tree.straight[verb.i - 1] not in ("-", "–"):
        return []
    mention = next((m for m in scene.by_head.values() if m.range.end == verb.i - 1), None)
    return [] if mention is None else scene.sides([scene.token(mention.head)])


def _described(scene: Scene, verb: Token) -> list[Token]:
    """The noun that a participle before it describes, with the names that explain it."""
    noun = verb
    while noun.head != noun and noun.head.i > noun.i and noun.dep_ in ("amod", "compound", "nmod"):
        noun = noun.head
    if noun == verb:
        return []
    named = [o for c in noun.children if c.dep_ == "appos" for o in grammar.conjuncts(c)]
    return named if scene.sides(named) else grammar.conjuncts(noun)


def _sponsors(scene: Scene, verb: Token) -> Iterator[Pair]:
    before = _hyphenated(scene, verb)
    if before:
        yield from _sponsored(scene, before, _described(scene, verb), verb)
    elif is_told(verb) and is_lasting(verb):
        makers = scene.sides(grammar.agents(verb))
        if not makers and grammar.is_passive(verb):
            makers = scene.sides(scene.after(verb, "from"))
        yield from _sponsored(scene, makers, grammar.patients(verb), verb)


def _sponsored(scene: Scene, makers: list[Side], objects: list[Token], verb: Token) -> Iterator[Pair]:
    states = [s for s in makers if s.identity is not None and state_of(s.identity)]
    for token in objects:
        for group in _groups(scene, token):
            yield from (Pair("sponsorship", state, group, (verb,)) for state in states)


def _groups(scene: Scene, token: Token) -> list[Side]:
    """Armed or political groups and breakaway regions that a word means; where no name is known, the words."""
    mention = scene.by_head.get(token.i)
    below = [o for o in scene.after(token, "of") if token.lemma_ in cues()["groups"]]
    regions = [s for o in below for s in scene.sides([o]) if s.identity is not None and s.identity.sector == "PRE"]
    if regions:
        return regions
    named = [] if mention is None else [Side(mention.range, i, mention.kind) for i in mention.identities if i.name or i.sector in GROUPS]
    groups = [s for s in named if s.identity is not None and s.identity.sector in cues()["group_sectors"]]
    if groups:
        return groups
    is_group = token.lemma_ in cues()["groups"] and not (
        mention is not None and any(i.sector in ("MIL", "GOV") and i.country for i in mention.identities)
    )
    if is_group:
        return [_group_of_noun(scene, token, mention)]
    named = [s for s in named if s.identity is not None and s.identity.country is None and s.identity.name]
    return named if token.pos_ == "PROPN" else []


def _group_of_noun(scene: Scene, token: Token, mention: Mention | None) -> Side:
    """The group that a noun means: the one that the names before it are ("the Badr militia"), else whoever the noun is known to be."""
    names = [c for c in token.children if c.dep_ == "compound" and c.tag_ == "NNP" and c.i not in scene.by_head]
    known = mention.identities[0] if mention is not None and mention.identities else None
    if names and (known is None or known.name is None):
        name = " ".join(c.text for c in names)
        where = Range(names[0].i, token.i + 1)
        return Side(where, Identity(name, known.country if known else None, known.sector if known else None), "name")
    if mention is None:
        return scene.bare(token)
    return Side(mention.range, None if known is None else scene.named(known), mention.kind)


def _occupiers(scene: Scene, verb: Token) -> Iterator[Pair]:
    before = _hyphenated(scene, verb)
    if before:
        yield from _occupied(scene, before, _described(scene, verb), verb)
    elif is_told(verb):
        date = scene.beginning(verb)
        is_annexed = verb.lemma_ == "annex" and verb.tag_ == "VBD"
        if is_lasting(verb) or (is_annexed and scene.is_old(date)):
            yield from _occupied(scene, scene.sides(grammar.agents(verb)), grammar.patients(verb), verb)


def _occupied(scene: Scene, makers: list[Side], objects: list[Token], verb: Token) -> Iterator[Pair]:
    states = [s for s in makers if s.identity is not None and state_of(s.identity)]
    for token in objects:
        land = _land(scene, token)
        if land is None:
            continue
        for state in states:
            if key_of(land) != key_of(state):
                yield Pair("occupation", state, land, (verb,))


def _land(scene: Scene, token: Token) -> Side | None:
    """The country that a place belongs to; the words, where the text leaves it open; None for what is no land ("a building")."""
    found = scene.sides([token])
    if found and (is_state(found[0]) or (found[0].identity is not None and found[0].identity.sector == "PRE")):
        return found[0]
    place = scene.place(token)
    if place is not None:
        return place
    if token.lemma_ in cues()["territory"]:
        owners = [s for s in _present_owners(scene, token) if is_state(s)] or _owned_by_relative(scene, token)
        return owners[0] if owners else scene.bare(token)
    return None


def _present_owners(scene: Scene, token: Token) -> list[Side]:
    """Not those of "the former Portuguese colony"."""
    return [] if any(c.lower_ == "former" for c in token.children) else scene.owners(token)


def _owned_by_relative(scene: Scene, token: Token) -> list[Side]:
    """ "Cyprus, whose northern third"."""
    whose = [c for c in token.children if c.dep_ == "poss" and grammar.is_relative(c)]
    for above in grammar.ancestors(token):
        if whose and above.dep_ == "relcl":
            return [s for s in scene.sides([above.head]) if is_state(s)]
    return []


def occupation(scene: Scene, noun: Token) -> Iterator[Pair]:
    """ "the Russian occupation of Crimea"."""
    if noun.lemma_ != "occupation" or is_denied(noun):
        return
    owners = scene.sides(c for c in noun.children if c.dep_ == "poss") or scene.sides(scene.before(noun))
    yield from _occupied(scene, owners, scene.after(noun, "of"), noun)


def support(scene: Scene, noun: Token) -> Iterator[Pair]:
    """ "Hamas, which has the support of Iran", "enjoys Iranian backing"."""
    verb = noun.head
    if noun.lemma_ not in cues()["supporting"] or noun.dep_ != "dobj" or verb.lemma_ not in ("have", "enjoy", "receive", "get"):
        return
    if is_denied(noun) or not is_told(verb) or not is_lasting(verb):
        return
    makers = scene.owners(noun) or scene.sides(scene.after(noun, "from"))
    yield from _sponsored(scene, makers, grammar.agents(verb), noun)


def _members(scene: Scene, verb: Token) -> Iterator[Pair]:
    """ "Somalia joined the East African Community in 2024", "belongs to", "was admitted to"."""
    if not is_told(verb) or (verb.tag_ == "VBG" and verb.dep_ != "acl"):
        return
    if verb.lemma_ in cues()["joining"]:
        members, bodies = grammar.agents(verb), grammar.patients(verb)
    elif verb.lemma_ in cues()["belonging"]:
        members, bodies = grammar.agents(verb), scene.after(verb, "to")
    else:
        members = grammar.patients(verb)
        bodies = scene.after(verb, "to", "into") or grammar.agents(verb)
    for state, body in product(scene.sides(members), scene.sides(bodies)):
        if is_state(state) and is_body(body):
            yield Pair("member_of", state, body, (verb,))


def ties_cut(scene: Scene, noun: Token) -> Iterator[Pair]:
    """ "broke off relations in 1980", "have no diplomatic relations", "without formal ties"."""
    if noun.lemma_ not in cues()["ties"]:
        return
    verb = noun.head if grammar.is_verbal(noun.head) else None
    is_diplomatic = any(c.lower_ in cues()["diplomatic"] for c in noun.children)
    if is_diplomatic and (is_denied(noun) or (verb is not None and (grammar.is_negated(verb) or verb.lemma_ in cues()["lacking"]))):
        anchor = verb or (noun.head.head if noun.dep_ == "pobj" else noun)
        if verb is not None and verb.lemma_ not in (cues()["having"] | cues()["lacking"]):
            return
    elif verb is not None and noun.dep_ in ("dobj", "nsubjpass") and verb.lemma_ in cues()["cutting"] and is_told(verb):
        is_perfect = any(c.dep_ == "aux" and c.lemma_ == "have" for c in verb.children)
        if not (scene.beginning(verb) or scene.dates(verb)[0] or is_perfect):
            return
        anchor = verb
    else:
        return
    between = [s for s in scene.sides(scene.after(noun, "between")) if s.identity is not None and state_of(s.identity)]
    if len(between) > 1:
        yield from (Pair("ties_cut", a, b, (noun, anchor)) for a, b in combinations(between, 2))
        return
    others = scene.sides(scene.after(noun, "with", "to")) or (scene.sides(scene.after(anchor, "with")) if anchor != noun else [])
    own = scene.sides(grammar.surface_subjects(anchor)) if grammar.is_verbal(anchor) else scene.sides([anchor])
    own = [s for s in own if key_of(s) not in {key_of(o) for o in others}] or scene.owners(noun)
    states = [s for s in own if s.identity is not None and state_of(s.identity)]
    if others:
        yield from (Pair("ties_cut", a, b, (noun, anchor)) for a, b in product(states, others) if key_of(a) != key_of(b))
    elif len(states) == 2:
        yield from (Pair("ties_cut", a, b, (noun, anchor)) for a, b in combinations(states, 2))


def _contests(scene: Scene, verb: Token) -> Iterator[Pair]:
    """ "London, with which Argentina disputes the Falklands"."""
    if not is_told(verb) or not is_lasting(verb):
        return
    for one, other in product(scene.sides(grammar.agents(verb)), scene.sides(scene.after(verb, "with"))):
        if is_state(one) and is_state(other):
            yield Pair("dispute", one, other, (verb,))


def _is_in_body(scene: Scene, verb: Token) -> Iterator[Pair]:
    """ "Croatia is in the European Union"."""
    if verb.lemma_ != "be" or not is_told(verb) or verb.tag_ not in ("VBZ", "VBP"):
        return
    for state, body in product(scene.sides(grammar.surface_subjects(verb)), scene.sides(scene.after(verb, "in"))):
        if is_state(state) and is_body(body) and not any(c.dep_ in ("attr", "acomp") for c in verb.children):
            yield Pair("member_of", state, body, (verb,))


def _leavers(scene: Scene, verb: Token) -> Iterator[Pair]:
    """ "Britain left the European Union in 2020": only where the text says when."""
    if not is_told(verb) or scene.beginning(verb) is None:
        return
    bodies = scene.sides(grammar.patients(verb)) or scene.sides(scene.after(verb, "from"))
    for state, body in product(scene.sides(grammar.agents(verb)), bodies):
        if is_state(state) and is_body(body):
            yield Pair("member_of", state, body, (verb,))


def _quarrels(scene: Scene, verb: Token) -> Iterator[Pair]:
    """ "the two have quarrelled over the swamps since 1981"."""
    after = grammar.prepositional(verb)
    if not is_told(verb) or not is_lasting(verb) or not set(after) & cues()["about"]:
        return
    states = [s for s in [*scene.sides(grammar.agents(verb)), *scene.sides(after.get("with", []))] if is_state(s)]
    yield from (Pair("dispute", a, b, (verb,)) for a, b in combinations(states, 2))


def _claimants(scene: Scene, verb: Token) -> Iterator[Pair]:
    """ "islands claimed by both Japan and China", "the two governments both claim Badme"."""
    states = [s for s in scene.sides(grammar.agents(verb)) if is_state(s)]
    objects = [c for c in verb.children if c.dep_ == "dobj"]
    is_land = grammar.is_passive(verb) or any(o.pos_ == "PROPN" or o.lemma_ in cues()["territory"] for o in objects)
    if is_land and len(states) > 1 and is_told(verb) and is_lasting(verb):
        yield from (Pair("dispute", a, b, (verb,)) for a, b in combinations(states, 2))


def _allied(scene: Scene, verb: Token) -> Iterator[Pair]:
    """ "militias allied to Iran", "Iran-allied groups", "is allied with"."""
    others = _hyphenated(scene, verb)
    if others:
        own = scene.sides(_described(scene, verb))
    else:
        others = scene.sides(scene.after(verb, "to", "with"))
        own = scene.sides(grammar.patients(verb)) if grammar.is_verbal(verb) else scene.sides([verb.head])
        if grammar.is_verbal(verb) and not is_so(verb):
            return
    yield from (Pair("alliance", a, b, (verb,)) for a, b in product(own, others) if key_of(a) != key_of(b))
