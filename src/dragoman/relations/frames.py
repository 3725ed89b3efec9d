"""In: a verb. Out: pairs of sides between which something stands by it, as frames.yaml tells where its sides stand."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, product

from spacy.tokens import Token

from dragoman.drafts import Side
from dragoman.language.en import grammar
from dragoman.relations.parties import Pair, is_body, is_party, is_state
from dragoman.relations.reality import is_lasting, is_perfect, is_told
from dragoman.relations.roles import doers, done_to, feared, groups, is_done, mutual, subjects
from dragoman.relations.scene import ALIKE, Scene, is_of_state, key_of
from dragoman.relations.words import Frame, beside, cues, frames


def pairs_of_frames(scene: Scene, verb: Token) -> Iterator[Pair]:
    """By every frame of a verb that its clause fills and that is told as a fact."""
    for frame in frames().get(verb.lemma_.lower(), ()):
        if not is_told(verb) or not _is_told_so(scene, verb, frame):
            continue
        noun = _what(verb, frame)
        if frame.what and noun is None:
            continue
        if frame.after and not (set(grammar.prepositional(verb)) | _before_numbers(verb)) & cues()[frame.after]:
            continue
        yield from _pairs(scene, verb, frame, noun)


def _before_numbers(verb: Token) -> set[str]:
    """ "over" of "have quarrelled over 78 kilometres", which the parser takes for "more than"."""
    return {t.lower_ for o in grammar.patients(verb) for t in o.subtree if t.dep_ == "quantmod" and t.i > verb.i}


def _is_told_so(scene: Scene, verb: Token, frame: Frame) -> bool:
    if frame.told == "ever":
        return verb.tag_ != "VBG" or verb.dep_ == "acl"
    if frame.told == "dated":
        return is_perfect(verb) or scene.beginning(verb) is not None
    return is_lasting(verb)


def _what(verb: Token, frame: Frame) -> Token | None:
    """The object of a verb that says little without it: "lends its support"."""
    nouns = [o for c in verb.children if c.dep_ in ("dobj", "nsubjpass") for o in grammar.conjuncts(c)]
    return next((n for n in nouns if frame.what and n.lemma_ in cues()[frame.what]), None)


def _pairs(scene: Scene, verb: Token, frame: Frame, noun: Token | None) -> Iterator[Pair]:
    others = _sides(scene, verb, frame, frame.other, noun, first=False)
    ones = _sides(scene, verb, frame, frame.one, noun, first=True, together=not others)
    if frame.kind in ALIKE and not others and frame.other:
        yield from (Pair(frame.kind, a, b, (verb,)) for a, b in combinations(ones, 2) if _fits(frame, a, b))
        return
    if frame.kind == "threat_perceived" and grammar.is_mutual(verb):
        yield from (Pair(frame.kind, a, b, (verb,)) for a, b in mutual(ones))
        return
    yield from (Pair(frame.kind, a, b, (verb,)) for a, b in product(ones, others) if _fits(frame, a, b))


def _sides(
    scene: Scene, verb: Token, frame: Frame, roles: tuple[str, ...], noun: Token | None, first: bool, together: bool = False
) -> list[Side]:
    for role in roles:
        tokens = subjects(verb, together) if role == "subject" and together and not is_done(verb) else _tokens(scene, verb, role, noun)
        if frame.kind == "sponsorship" and not first:
            found = [s for t in tokens for s in groups(scene, t)]
        elif frame.kind == "threat_perceived" and not first:
            found = [s for t in tokens for s in feared(scene, t)]
        else:
            found = [s for t in tokens for s in scene.sides([t]) or _behind(scene, t)]
        if found:
            return found
    return []


def _behind(scene: Scene, token: Token) -> list[Side]:
    """Whose money, army or men do it."""
    return scene.owners(token) if token.lemma_ in cues()["means"] else []


def _tokens(scene: Scene, verb: Token, role: str, noun: Token | None) -> list[Token]:
    if role == "subject":
        return doers(verb)
    if role == "object":
        return done_to(verb)
    datives = [o for c in verb.children if c.dep_ == "dative" and role == "to" and c.pos_ != "ADP" for o in grammar.conjuncts(c)]
    return [*scene.after(verb, role), *datives, *(scene.after(noun, role) if noun is not None else [])]


def _fits(frame: Frame, one: Side, other: Side) -> bool:
    """Whether two sides can stand so to each other."""
    if key_of(one) == key_of(other):
        return False
    if frame.kind == "member_of":
        is_court = bool(set((other.identity.name or "").lower().split(" ")) & beside()["courts"]) if other.identity is not None else False
        return is_state(one) and is_body(other) and not is_court
    if frame.kind == "sponsorship":
        return is_of_state(one)
    if frame.kind == "sanctions":
        return is_party(one) and other.identity is not None
    if frame.kind == "dispute":
        return is_party(one) and is_party(other)
    return one.identity is not None and other.identity is not None
