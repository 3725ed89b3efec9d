"""In: a participle. Out: pairs that a compound with a state tells: "Tehran-backed", "Russian-held", "US-sanctioned", "Moscow-allied"."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from spacy.tokens import Token

from dragoman.drafts import Range, Side
from dragoman.language.en import grammar
from dragoman.relations.lands import occupied
from dragoman.relations.parties import Pair
from dragoman.relations.roles import groups
from dragoman.relations.scene import DASHES, Scene, is_of_state, key_of, state_of
from dragoman.relations.words import cues


def pairs_of_compound(scene: Scene, word: Token) -> Iterator[Pair]:
    """What "B" of "A-B C" says of A and C."""
    makers = [s for s in before_dash(scene, word) if s.identity is not None and (state_of(s.identity) or s.identity.name)]
    if not makers:
        return
    lower, words = word.lower_, cues()
    if lower in words["sponsored"]:
        found = [s for t in _described(scene, word) for s in groups(scene, t)]
        yield from (Pair("sponsorship", a, b, (word,)) for a, b in product(makers, found) if is_of_state(a))
    elif lower in words["held"]:
        states = [s for s in makers if is_of_state(s)]
        yield from occupied(scene, states, _described(scene, word), word)
    elif lower in words["sanctioned"]:
        yield from (
            Pair("sanctions", a, b, (word,)) for a, b in product(makers, scene.sides(_described(scene, word))) if key_of(a) != key_of(b)
        )
    elif lower in words["allied"]:
        yield from (
            Pair("alliance", b, a, (word,)) for a, b in product(makers, scene.sides(_described(scene, word))) if key_of(a) != key_of(b)
        )


def before_dash(scene: Scene, word: Token) -> list[Side]:
    """ "Tehran" of "Tehran-backed"."""
    if word.i < 2 or scene.tree.straight[word.i - 1] not in DASHES:
        return []
    mention = next((m for m in scene.by_head.values() if m.range.end == word.i - 1), None)
    if mention is not None:
        return scene.sides([scene.token(mention.head)])
    named = scene.state_named(scene.tree.straight[word.i - 2])
    return [] if named is None else [named._replace(range=Range(word.i - 2, word.i - 1))]


def _described(scene: Scene, word: Token) -> list[Token]:
    """The noun that a participle before it describes, with the names that explain it."""
    noun = word
    while noun.head != noun and noun.head.i > noun.i and noun.dep_ in ("amod", "compound", "nmod", "acl"):
        noun = noun.head
    if noun == word:
        return []
    return grammar.conjuncts(noun)
