"""In: a noun for sanctions or an embargo, or the verb. Out: who has imposed them on whom, where they are in force and no news."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from spacy.tokens import Token

from dragoman.drafts import Side
from dragoman.language.en import grammar
from dragoman.relations.in_force import governing_verb
from dragoman.relations.parties import Pair, is_body, is_state
from dragoman.relations.reality import is_denied, is_former, is_only_talked_of, is_so
from dragoman.relations.scene import Scene, key_of, state_of
from dragoman.relations.words import cues

ON = ("on", "against")
BORNE = frozenset({"by", "under"})


def sanctions(scene: Scene, noun: Token) -> Iterator[Pair]:
    """ "U.S. sanctions on Iran", "the embargo imposed on Iraq by the United Nations", "under U.S. sanctions since 2019"."""
    modifiers = {c.lower_ for c in noun.children if c.dep_ in ("amod", "compound", "nmod")}
    if is_denied(noun) or is_former(noun) or is_only_talked_of(noun) or modifiers & (cues()["unreal"] - {"international"}):
        return
    imposed = [c for c in noun.children if c.dep_ in ("acl", "relcl") and c.lemma_ in cues()["imposing"] | cues()["having"]]
    verb = governing_verb(noun)
    bearing = _bearing(noun)
    owners = scene.sides(scene.before(noun)) or scene.sides(c for c in noun.children if c.dep_ == "poss")
    targets = scene.sides(scene.after(noun, *ON)) or scene.sides(t for v in imposed for t in scene.after(v, *ON))
    makers = _makers(scene, noun, imposed, verb)
    if not targets and verb is not None and noun.dep_ in ("dobj", "nsubjpass", "nsubj"):
        targets = scene.sides(scene.after(verb, *ON))
    if not targets and verb is not None:
        targets = scene.sides(t for c in scene.after(verb, "in") for t in scene.after(c, *ON))
    if not targets and bearing is not None:
        targets = _bearers(scene, bearing)
    if targets:
        makers = makers or [o for o in owners if key_of(o) not in {key_of(t) for t in targets}]
    elif len(owners) == 1 and (makers or noun.lemma_ == "embargo" or imposed):
        behind = _behind(scene, imposed, owners)
        targets, makers = behind or owners, owners if behind else makers
    if not targets or not _is_in_force(scene, noun, verb, imposed, bool(owners) or bearing is not None):
        return
    anchors = tuple(dict.fromkeys(t for t in (noun, *imposed, verb, bearing) if t is not None and (t != verb or noun.dep_ != "conj")))
    for target, maker in product(targets, makers or [scene.bare(noun)]):
        if target.identity is not None and (state_of(target.identity) or target.identity.name) and key_of(maker) != key_of(target):
            yield Pair("sanctions", maker, target, anchors)


def _makers(scene: Scene, noun: Token, imposed: list[Token], verb: Token | None) -> list[Side]:
    """Who has imposed them, by a participle, a relative clause, the verb of which they are the object, or "of the United Nations"."""
    found = [t for v in imposed for t in (grammar.agents(v) if grammar.is_passive(v) else grammar.own_subjects(v)) if t != noun]
    if not found and verb is not None and noun.dep_ == "dobj" and verb.lemma_ in cues()["imposing"] | {"have", "maintain", "keep"}:
        found = grammar.agents(verb)
    return scene.sides(found) or [s for s in scene.sides(scene.after(noun, "of", "by")) if is_state(s) or is_body(s)]


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
        subjects = grammar.patients(bearing) if grammar.is_passive(bearing) else grammar.surface_subjects(bearing)
        owned = [p for s in subjects for c in s.children if c.dep_ == "poss" for p in grammar.conjuncts(c)]
        return scene.sides(subjects) or scene.sides(owned)
    if bearing.dep_ == "acomp":
        return scene.sides(grammar.surface_subjects(bearing.head))
    return scene.sides([bearing.head if bearing.pos_ == "ADJ" else bearing])


def _behind(scene: Scene, imposed: list[Token], owners: list[Side]) -> list[Side]:
    """ "U.N. sanctions imposed after the North's third nuclear test" are on the North."""
    behind = [o for v in imposed for o in scene.after(v, "after", "over", "for")]
    found = scene.sides(p for o in behind for c in o.children if c.dep_ == "poss" for p in grammar.conjuncts(c))
    return [s for s in found if key_of(s) not in {key_of(o) for o in owners}]


def _is_in_force(scene: Scene, noun: Token, verb: Token | None, imposed: list[Token], granted: bool) -> bool:
    is_moved = verb is not None and noun.dep_ in ("dobj", "nsubjpass")
    if is_moved and verb is not None and verb.lemma_ in cues()["ending"] | {"ease", "suspend", "remove", "waive"}:
        return not is_so(verb) or verb.tag_ not in ("VBD", "VBN")
    if imposed:
        return all(is_so(v) for v in imposed)
    if verb is None:
        return True
    is_asked_for = noun.dep_ == "pobj" and noun.head.lower_ in ("for", "of", "about", "with") and noun.head.head == verb
    if (is_moved or is_asked_for) and verb.lemma_ in cues()["making"]:
        return is_so(verb) and (scene.is_old(scene.beginning(verb)) or scene.dates(verb)[0] is not None)
    return granted or any(c.dep_ == "det" and c.lower_ == "the" for c in noun.children) or is_so(verb)

