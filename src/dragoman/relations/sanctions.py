"""In: a noun for sanctions, an embargo, a ban. Out: who has imposed them on whom, where they are in force and no news."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from spacy.tokens import Token

from dragoman.drafts import Side
from dragoman.language.en import grammar
from dragoman.relations.in_force import governing_verb
from dragoman.relations.parties import Pair, is_party, is_state
from dragoman.relations.reality import is_denied, is_former, is_only_talked_of, is_so
from dragoman.relations.roles import subjects
from dragoman.relations.scene import Scene, key_of
from dragoman.relations.words import beside, cues

ON = ("on", "against", "upon")
BORNE = frozenset({"by", "under"})
WIDE = ("for", "to")


def sanctions(scene: Scene, noun: Token) -> Iterator[Pair]:
    """ "U.S. sanctions on Iran", "the embargo imposed on Iraq by the United Nations", "under U.S. sanctions since 2019"."""
    modifiers = {c.lower_ for c in noun.children if c.dep_ in ("amod", "compound", "nmod")}
    if is_denied(noun) or is_former(noun) or is_only_talked_of(noun) or modifiers & (cues()["unreal"] - {"international"}):
        return
    in_force = cues()["imposing"] | cues()["having"] | beside()["keeping"]
    imposed = [c for c in noun.children if c.dep_ in ("acl", "relcl") and c.lemma_ in in_force]
    verb, bearing = governing_verb(noun), _bearing(noun)
    targets = _targets(scene, noun, verb, imposed, bearing)
    makers, owners = _makers(scene, noun, imposed, verb), _owners(scene, noun)
    if not makers and (targets or noun.lemma_ not in cues()["owned_by_target"] or _is_of_maker(scene, noun, owners)):
        makers = [o for o in owners if key_of(o) not in {key_of(t) for t in targets}]
    if not targets:
        targets = [o for o in owners if key_of(o) not in {key_of(m) for m in makers} and is_state(o)]
        targets = _behind(scene, imposed, targets) or targets
    is_weak = noun.lemma_ in cues()["weak_sanctions"]
    if is_weak and not (makers and targets and (bearing is not None or _has_lasted(scene, noun, verb, imposed))):
        return
    if not _is_in_force(scene, noun, verb, imposed, bool(owners) or bearing is not None):
        return
    if makers and not targets:
        targets = _despite(scene, noun, verb, makers) or _elsewhere(scene, noun, makers)
    elif targets and not makers:
        makers = _told_by(scene, noun, targets)
    anchors = tuple(dict.fromkeys(t for t in (noun, *imposed, verb, bearing) if t is not None and (t != verb or noun.dep_ != "conj")))
    for target, maker in product(targets, makers or [scene.bare(noun)]):
        if target.identity is not None and (target.identity.country or target.identity.name) and key_of(maker) != key_of(target):
            yield Pair("sanctions", maker, target, anchors)


def _is_of_maker(scene: Scene, noun: Token, owners: list[Side]) -> bool:
    """ "has lived with the U.S. embargo since": no possessive, and the clause is about another state."""
    return not any(c.dep_ == "poss" for c in noun.children) and bool(_elsewhere(scene, noun, owners))


def _owners(scene: Scene, noun: Token) -> list[Side]:
    """Whose they are: of both "U.S. and EU", of a possessor, also "whose sanctions"."""
    before = scene.sides(t for n in scene.before(noun) for t in grammar.conjuncts(n) if t.i < noun.i)
    return before or scene.sides(o for c in noun.children if c.dep_ == "poss" for o in grammar.conjuncts(c))


def _targets(scene: Scene, noun: Token, verb: Token | None, imposed: list[Token], bearing: Token | None) -> list[Side]:
    """On whom they are, by the words: "on Iran", "on its meat", "imposed on", "under sanctions"."""
    besieged = [t for t in scene.after(noun, "of") if noun.lemma_ in cues()["besieging"] and any(is_state(s) for s in scene.states([t]))]
    on = [*scene.after(noun, *ON), *besieged, *(t for v in imposed for t in scene.after(v, *ON))]
    if not on and verb is not None and noun.dep_ in ("dobj", "nsubjpass", "nsubj"):
        on = scene.after(verb, *ON) or (scene.after(verb, *WIDE) if verb.lemma_ in beside()["keeping"] else [])
    if not on and verb is not None:
        on = [t for c in scene.after(verb, "in") for t in scene.after(c, *ON)]
    found = scene.sides(on) or [s for t in on for s in scene.owners(t)] or scene.states(_of_goods(scene, on)) or scene.states(on)
    return found or (_bearers(scene, bearing) if bearing is not None else [])


def _of_goods(scene: Scene, goods: list[Token]) -> Iterator[Token]:
    """Where goods go to or come from: "a ban on arms for Vietnam", "on the sale of arms to Vietnam"."""
    for good in (*goods, *(t for g in goods for t in scene.after(g, "of"))):
        yield from scene.after(good, "to", "for", "from", "with")


def _makers(scene: Scene, noun: Token, imposed: list[Token], verb: Token | None) -> list[Side]:
    """Who has imposed them, by a participle, a relative clause, the verb of which they are the object, or "of the United Nations"."""
    found = [t for v in imposed for t in (grammar.agents(v) if grammar.is_passive(v) else grammar.own_subjects(v)) if t != noun]
    if not found and verb is not None and noun.dep_ == "dobj" and verb.lemma_ in cues()["imposing"] | beside()["keeping"]:
        found = subjects(verb)
    if not found and verb is not None and noun.dep_ == "pobj" and verb.lemma_ in beside()["keeping"] and not scene.before(noun):
        found = subjects(verb)
    if not found and verb is not None and noun.dep_ == "dobj" and verb.lemma_ in cues()["ending"] | beside()["easing"] and not is_so(verb):
        found = [t for t in subjects(verb) if not scene.owners(noun)]  # "Washington will not lift sanctions on Cuba"
    by = [s for s in scene.sides(scene.after(noun, "by")) if is_party(s)]
    of = [s for s in scene.sides(scene.after(noun, "of")) if is_party(s) and not (noun.lemma_ in cues()["besieging"] and is_state(s))]
    return scene.sides(found) or by or of


def _bearing(noun: Token) -> Token | None:
    """The word whose subject or noun bears them: "under sanctions", "subject to an embargo", "hit by sanctions"."""
    above = noun.head
    if noun.dep_ != "pobj":
        return None
    if above.lower_ in BORNE and (above.lower_ == "under" or above.head.lemma_ in cues()["bearing"]):
        return above.head
    return above.head if above.lower_ == "to" and above.head.lower_ == "subject" else None


def _bearers(scene: Scene, bearing: Token) -> list[Side]:
    if grammar.is_verbal(bearing):
        if bearing.lemma_ in beside()["keeping"] | {"place", "put", "hold"} and not grammar.is_passive(bearing):
            return scene.sides(grammar.patients(bearing))
        own = grammar.patients(bearing) if grammar.is_passive(bearing) else subjects(bearing)
        owned = [p for s in own for c in s.children if c.dep_ == "poss" for p in grammar.conjuncts(c)]
        return scene.sides(own) or scene.sides(owned)
    if bearing.dep_ == "acomp":
        return scene.sides(subjects(bearing.head))
    above = bearing.head if bearing.pos_ == "ADJ" and bearing.head.pos_ in grammar.NOMINAL else bearing
    return scene.sides([above])


def _behind(scene: Scene, imposed: list[Token], owners: list[Side]) -> list[Side]:
    """ "U.N. sanctions imposed after the North's third nuclear test" are on the North."""
    behind = [o for v in imposed for o in scene.after(v, "after", "over", "for")]
    found = scene.sides(p for o in behind for c in o.children if c.dep_ == "poss" for p in grammar.conjuncts(c))
    return [s for s in found if key_of(s) not in {key_of(o) for o in owners}]


def _elsewhere(scene: Scene, noun: Token, makers: list[Side]) -> list[Side]:
    """Whom the clause is about, where it says on whom nowhere: "Iraq said that the U.N. embargo had killed thousands"."""
    own = {key_of(m) for m in makers}
    sentence = scene.sentence(noun)
    states = {key_of(s): s for t in range(*sentence) for s in scene.sides_at(scene.token(t)) if is_state(s) and key_of(s) not in own}
    if len(states) == 1:
        return list(states.values())
    return []


def _despite(scene: Scene, noun: Token, verb: Token | None, makers: list[Side]) -> list[Side]:
    """ "Despite American sanctions, Iran sells its oil"."""
    if noun.dep_ != "pobj" or noun.head.lower_ not in beside()["despite"] or verb is None:
        return []
    own = {key_of(m) for m in makers}
    return [s for s in scene.sides(subjects(verb)) if is_state(s) and key_of(s) not in own]


def _told_by(scene: Scene, noun: Token, targets: list[Side]) -> list[Side]:
    """Who says that they stay, if a state or body that is not their target: "the State Department said sanctions on Syria stay"."""
    own = {key_of(t) for t in targets}
    for said in scene.said_of.get(noun.i, []):
        speaker = None if said.source_head is None else scene.by_head.get(said.source_head)
        sides = [] if speaker is None else [Side(speaker.range, i, speaker.kind) for i in speaker.identities]
        found = [s for s in sides if said.speech and is_party(s) and key_of(s) not in own]
        if found:
            return found[:1]
    return []


def _has_lasted(scene: Scene, noun: Token, verb: Token | None, imposed: list[Token]) -> bool:
    """Whether the words say that a ban or curb has been there for some time, or still is."""
    anchors = [a for a in (noun, verb, *imposed) if a is not None]
    if scene.dates(*anchors)[0] or any(scene.is_old(scene.beginning(a)) for a in anchors):
        return True
    words = {t.lower_ for a in anchors for t in a.subtree}
    return "in" in words and bool(words & cues()["in_force"])


def _is_in_force(scene: Scene, noun: Token, verb: Token | None, imposed: list[Token], granted: bool) -> bool:
    is_moved = verb is not None and noun.dep_ in ("dobj", "nsubjpass")
    if is_moved and verb is not None and verb.lemma_ in cues()["ending"] | beside()["easing"]:
        return not is_so(verb) or verb.tag_ not in ("VBD", "VBN")
    if imposed:
        return all(is_so(v) for v in imposed)
    if verb is None:
        return True
    if verb.lemma_ in beside()["risking"] and any(c.dep_ == "advcl" and c.i > verb.i for c in verb.children):  # "faces an embargo if"
        return False
    is_asked_for = noun.dep_ == "pobj" and noun.head.lower_ in ("for", "of", "about", "with") and noun.head.head == verb
    is_asked_for = is_asked_for or (noun.dep_ == "nsubjpass" and verb.lemma_ in cues()["asking"])
    if (is_moved or is_asked_for) and verb.lemma_ in cues()["making"] | cues()["asking"]:
        return is_so(verb) and (scene.is_old(scene.beginning(verb)) or scene.dates(verb)[0] is not None)
    return granted or any(c.dep_ == "det" and c.lower_ == "the" for c in noun.children) or is_so(verb)
