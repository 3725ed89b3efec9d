"""In: a noun for support. Out: who backs which group: "has the support of Iran", "Iranian support for Hezbollah", "in the pay of"."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from spacy.tokens import Token

from dragoman.drafts import Side
from dragoman.language.en import grammar
from dragoman.relations.parties import Pair
from dragoman.relations.reality import is_denied, is_former, is_lasting, is_told
from dragoman.relations.roles import groups
from dragoman.relations.scene import Scene, is_of_state
from dragoman.relations.words import beside, cues


def support(scene: Scene, noun: Token) -> Iterator[Pair]:
    """Pairs of a backer and a group."""
    if noun.lemma_ not in cues()["supporting"] or is_denied(noun) or is_former(noun):
        return
    verb = noun.head
    makers = scene.owners(noun) or scene.sides(scene.after(noun, "from"))
    if noun.dep_ == "dobj" and verb.lemma_ in beside()["getting"]:
        if is_told(verb) and is_lasting(verb):
            yield from sponsored(scene, makers, grammar.agents(verb), noun)
        return
    for_whom = scene.after(noun, "for", "to")
    if for_whom and noun.dep_ in ("nsubj", "pobj", "nsubjpass"):
        yield from sponsored(scene, makers, for_whom, noun)
    elif noun.dep_ == "pobj" and noun.head.lower_ in ("with", "in", "on", "under"):
        above = noun.head.head
        receivers = grammar.surface_subjects(above) if grammar.is_verbal(above) else [above]
        yield from sponsored(scene, makers, receivers, noun)


def sponsored(scene: Scene, makers: list[Side], objects: list[Token], word: Token) -> Iterator[Pair]:
    states = [s for s in makers if is_of_state(s)]
    found = [group for token in objects for group in groups(scene, token)]
    yield from (Pair("sponsorship", state, group, (word,)) for state, group in product(states, found))
