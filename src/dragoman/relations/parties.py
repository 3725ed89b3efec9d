"""In: a noun for one of two sides ("ally", "rival", "member"). Out: who it is said of, and whose it is: pairs of sides."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import NamedTuple

from spacy.tokens import Token

from dragoman.drafts import Side
from dragoman.language.en import grammar
from dragoman.relations.reality import is_denied, is_former, is_so
from dragoman.relations.scene import NO_STATE, Scene, key_of, state_of
from dragoman.relations.words import cues
from dragoman.schema import RelationKind

BE = "be"
LIKE = frozenset({"like", "including", "as"})
LINKS = ("of", "to", "with")


class Pair(NamedTuple):
    """Two sides, and the words on which the dates of what stands between them hang."""

    kind: RelationKind
    subject: Side
    object: Side | None
    anchors: tuple[Token, ...]


def pairs_of_noun(scene: Scene, noun: Token, kind: RelationKind) -> Iterator[Pair]:
    """ "Turkey, an ally of Baku", "the two are rivals", "her country's foremost ally", "NATO members Greece and Italy"."""
    if is_denied(noun) or is_former(noun):
        return
    verb = predicate_verb(noun)
    if verb is not None and (not is_so(verb) or (noun.dep_ == "attr" and verb.lemma_ not in (BE, "remain", "become"))):
        return
    named = who_is(scene, noun)
    if kind == "member_of":
        yield from _memberships(scene, noun, named, verb)
        return
    owners = [s for s in _owners(scene, noun) if key_of(s) not in {key_of(n) for n in named}]
    anchors = (noun,) if verb is None else (noun, verb)
    if owners:
        yield from (Pair(kind, one, other, anchors) for one in named for other in owners)
    elif noun.tag_ in ("NNS", "NNPS") and len(named) == 2:
        yield from (Pair(kind, one, other, anchors) for one, other in combinations(named, 2))


def predicate_verb(noun: Token) -> Token | None:
    """The verb by which a noun is said of somebody: "are allies", "serves as an ally"."""
    noun = _first(noun)
    if noun.dep_ in ("attr", "oprd") and grammar.is_verbal(noun.head):
        return noun.head
    return None


def who_is(scene: Scene, noun: Token) -> list[Side]:
    """Who a noun is said of: by apposition, before a name, by "is", by "such as"."""
    examples = scene.sides(_examples(noun))
    if examples:
        return examples
    first = _first(noun)
    found = [o for child in noun.children if child.dep_ == "appos" for o in grammar.conjuncts(child)]
    if first.dep_ == "appos":
        found += grammar.conjuncts(first.head) if noun.tag_ in ("NNS", "NNPS") else [first.head]
    if first.dep_ in ("compound", "nmod", "amod") and first.head.i > first.i:
        found += grammar.conjuncts(first.head)
    verb = predicate_verb(noun)
    if verb is not None:
        found += grammar.surface_subjects(verb)
    sides = scene.sides(t for t in found if t != noun)
    return sides or _right_behind(scene, first) or _before_comma(scene, first)


def _right_behind(scene: Scene, noun: Token) -> list[Side]:
    """ "Russia's ally Belarus", where the parser saw two subjects."""
    behind = noun.i + 1
    mention = next((m for m in scene.by_head.values() if m.range.start == behind and m.kind == "name"), None)
    is_apart = mention is not None and scene.tree.head[mention.head] not in (noun.i, noun.head.i)
    return [] if mention is None or is_apart else scene.sides([scene.token(mention.head)])


def _before_comma(scene: Scene, noun: Token) -> list[Side]:
    """ "Venezuela, Zelaya's closest ally, has": what stands before the comma before its phrase, where the parser saw no apposition."""
    start = scene.tree.left[noun.i]
    if start < 2 or scene.tree.straight[start - 1] != "," or noun.dep_ not in ("nsubj", "conj", "dep", "dobj", "npadvmod", "appos"):
        return []
    mention = next((m for m in scene.by_head.values() if m.range.end == start - 1), None)
    return [] if mention is None or mention.kind == "pronoun" else scene.sides([scene.token(mention.head)])


def _first(noun: Token) -> Token:
    """The first of the nouns that are joined with this one: "a neighbour and ally of"."""
    while noun.dep_ == "conj" and noun.head.pos_ == "NOUN":
        noun = noun.head
    return noun


def _examples(noun: Token) -> Iterator[Token]:
    """ "allies such as Japan and Australia"; also below a noun that the parser took for the last one."""
    for prep in noun.children:
        if prep.dep_ == "prep" and prep.lower_ in LIKE and (prep.lower_ != "as" or is_such_as(prep)):
            yield from (o for c in prep.children if c.dep_ == "pobj" for o in grammar.conjuncts(c))


def is_such_as(prep: Token) -> bool:
    """Whether "as" is that of "such as"."""
    return any(c.lower_ == "such" for c in prep.children) or (prep.i > 0 and prep.nbor(-1).lower_ == "such")


def _owners(scene: Scene, noun: Token) -> list[Side]:
    found = scene.owners(noun) or scene.sides(scene.after(noun, *LINKS))
    if not found and noun.dep_ in ("compound", "nmod") and noun.head.i > noun.i:
        name = noun.head
        owned = [o for c in name.children if c.dep_ == "poss" for o in grammar.conjuncts(c)]
        found = scene.sides(owned) or scene.sides(t for t in scene.before(name) if t.i < noun.i)
    if not found and noun.dep_ == "conj":
        return _owners(scene, noun.head) if noun.head.pos_ == "NOUN" else []
    return found


def _memberships(scene: Scene, noun: Token, named: list[Side], verb: Token | None) -> Iterator[Pair]:
    """From states to bodies; whoever is a member of a parliament or a party is another matter."""
    bodies = [s for s in _owners(scene, noun) if is_body(s)]
    states = [s for s in named if is_state(s)]
    anchors = (noun,) if verb is None else (noun, verb)
    yield from (Pair("member_of", state, body, anchors) for state in states for body in bodies)


def is_body(side: Side) -> bool:
    """An international body."""
    return side.identity is not None and side.identity.country in NO_STATE and side.identity.name is not None


def is_state(side: Side) -> bool:
    """A state itself, or its government; not a person."""
    return side.identity is not None and state_of(side.identity) is not None and side.identity.sector in (None, "GOV")


def body_members(scene: Scene, noun: Token) -> Iterator[Pair]:
    """ "NATO ally Turkey", "EU states such as Hungary": members of a body that is named before the noun."""
    if noun.lemma_ not in cues()["members"]:
        return
    bodies = [s for s in scene.sides(scene.before(noun)) if is_body(s)]
    if not bodies:
        return
    named = [s for s in who_is(scene, noun) if is_state(s)]
    yield from (Pair("member_of", state, body, (noun,)) for state in named for body in bodies)
