"""In: a word that names a bond, of which the grammar gave no two sides. Out: the only two of its clause or sentence that can be its sides.

What is left where the parser hung a name on another word: no guess, since only words that state the bond as a fact count, and only
where nobody else is named.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from dragoman.drafts import Side
from dragoman.language.en import grammar
from dragoman.relations.in_force import governing_verb, is_open_treaty, stands
from dragoman.relations.parties import Pair, is_body
from dragoman.relations.reality import is_backshifted, is_denied, is_former, is_only_talked_of, is_so
from dragoman.relations.scene import ALIKE, Scene, key_of
from dragoman.relations.words import beside, cues
from dragoman.schema import RelationKind

KINDS = ALIKE - {"ties_cut"}
BREAKS = frozenset({";", ":"})


def pairs_nearby(scene: Scene, noun: Token, kind: RelationKind) -> Iterator[Pair]:
    """Of a noun of cues.yaml: the only two states of its stretch, or the state and the body."""
    if is_denied(noun) or is_former(noun) or is_only_talked_of(noun) or not is_so(grammar.clause_head(noun)):
        return
    if {c.lower_ for c in noun.children if c.dep_ in ("amod", "compound")} & (cues()["unreal"] | cues()["not_yet"]):
        return
    if noun.pos_ != "NOUN" or kind not in KINDS or noun.lemma_ in beside()["of_states"]:
        return
    states, bodies = _named(scene, noun)
    if len(states) == 2 and not bodies and _is_told(scene, noun, kind):
        yield Pair(kind, states[0], states[1], (noun,))


def _is_told(scene: Scene, noun: Token, kind: RelationKind) -> bool:
    if kind == "treaty":
        return is_open_treaty(scene, noun)
    if noun.lemma_ in cues().maps["who"]:
        is_said = noun.dep_ in ("appos", "attr") or (noun.dep_ == "conj" and noun.head.dep_ in ("appos", "attr"))
        return is_said and not _is_over(noun) and not any(c.lower_ in ("in", "of") for c in noun.children if c.dep_ == "prep")
    return stands(scene, noun, governing_verb(noun), kind, False)


def _is_over(noun: Token) -> bool:
    """ "were partners ten years ago"."""
    verb = grammar.clause_head(noun)
    return noun.dep_ == "attr" and verb.tag_ == "VBD" and not is_backshifted(verb)


def _named(scene: Scene, noun: Token) -> tuple[list[Side], list[Side]]:
    """The states and the bodies of the stretch between semicolons in which a word stands, each once."""
    sentence = scene.sentence(noun)
    start, end = sentence.start, sentence.end
    for number in range(sentence.start, sentence.end):
        if scene.tree.straight[number] in BREAKS:
            start, end = (number + 1, end) if number < noun.i else (start, min(end, number))
    found: dict[str, Side] = {}
    for number in range(start, end):
        for side in scene.sides_at(scene.token(number)) if number in scene.by_head or number in scene.meant else []:
            if is_body(side) or (side.identity is not None and key_of(side) == side.identity.country):
                found.setdefault(key_of(side), side)
    return [s for s in found.values() if not is_body(s)], [s for s in found.values() if is_body(s)]
