"""In: a noun for one of two sides ("ally", "rival", "member"). Out: who it is said of, and whose it is: pairs of sides."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, product
from typing import NamedTuple

from spacy.tokens import Token

from dragoman.drafts import Identity, Side
from dragoman.language.en import grammar
from dragoman.relations.context import focused
from dragoman.relations.reality import is_backshifted, is_denied, is_former, is_lasting, is_so
from dragoman.relations.roles import doers, done_to, subjects
from dragoman.relations.scene import NO_STATE, Scene, key_of, state_of
from dragoman.relations.words import beside, cues
from dragoman.schema import RelationKind

BE = "be"
LINKING = frozenset({"be", "remain", "become", "stay"})
PLURAL = frozenset({"NNS", "NNPS"})
VIEWED = frozenset({"alliance", "partner", "rivalry"})
MOST_ALIKE = 4
LIKE = frozenset({"like", "including", "as", "among"})
LINKS = ("of", "to", "with")


class Pair(NamedTuple):
    """Two sides, and the words on which the dates of what stands between them hang."""

    kind: RelationKind
    subject: Side
    object: Side | None
    anchors: tuple[Token, ...]


def pairs_of_noun(scene: Scene, noun: Token, kind: RelationKind) -> Iterator[Pair]:
    """ "Turkey, an ally of Baku", "the two are rivals", "her country's foremost ally", "NATO members Greece and Italy"."""
    if is_denied(noun) or is_former(noun) or _is_unreal(noun) or (noun.dep_ == "amod" and noun.head.pos_ == "NOUN"):
        return
    verb = predicate_verb(noun)
    if noun.lemma_ in cues()["enemies"] and _is_view(noun):
        return
    viewed = _viewed(scene, noun)
    if viewed and kind in VIEWED:
        yield from (Pair(kind, one, other, (noun, noun.head.head)) for one, other in viewed)
        return
    if verb is not None and (not is_so(verb) or _is_over(verb) or (noun.dep_ == "attr" and verb.lemma_ not in LINKING)):
        return
    named = who_is(scene, noun) or _by_nationality(scene, noun)
    if kind == "member_of":
        yield from _memberships(scene, noun, named, verb)
        return
    kind = "alliance" if kind == "partner" and any(c.lower_ == "treaty" for c in noun.children) else kind
    anchors = (noun,) if verb is None else (noun, verb)
    bodies = [s for s in scene.sides(scene.after(noun, "in")) if is_body(s)]
    if bodies and noun.tag_ in PLURAL and len(named) > 1:  # "Chile and Peru, partners in the Pacific Alliance"
        yield from (Pair("member_of", state, body, anchors) for state, body in product(named, bodies) if is_state(state))
        return
    pacts = [t for t in scene.after(noun, "in") if cues().maps["what"].get(t.lemma_) == "treaty"]
    if pacts and noun.tag_ in PLURAL and kind == "partner":  # "partners in a trade pact of 2020"
        yield from (Pair("treaty", one, other, (pacts[0], noun)) for one, other in combinations(named, 2))
    owners = [s for s in _owners(scene, noun) if key_of(s) not in {key_of(n) for n in named}]
    if noun.lemma_ in cues()["members"] and any(is_body(s) for s in scene.sides(scene.before(noun))):  # "NATO ally": a member
        owners = [s for s in owners if not is_body(s)]
    if noun.lemma_ in beside()["of_states"]:
        named, owners = ([s for s in sides if is_state(s) and not _is_person(scene, s)] for sides in (named, owners))
        if not owners or noun.nbor(-1).is_quote or any(c.dep_ == "conj" and c.lemma_ in cues().maps["who"] for c in noun.children):
            return
    if not owners and len(named) == 1 and _is_bare(scene, noun):
        owners = focused(scene, noun, named)
    if owners:
        yield from (Pair(kind, one, other, anchors) for one in named for other in owners)
    elif noun.tag_ in PLURAL and 1 < len(named) <= MOST_ALIKE:
        yield from (Pair(kind, one, other, anchors) for one, other in combinations(named, 2))


def _by_nationality(scene: Scene, noun: Token) -> list[Side]:
    """ "its Syrian ally": who it is by the adjective, whose it is by the possessive."""
    owners = {key_of(s) for c in noun.children if c.dep_ == "poss" for s in scene.sides([c])}
    adjectives = [c for c in noun.children if c.dep_ == "amod" and c.i < noun.i]
    return [s for s in scene.sides(adjectives) if is_state(s) and key_of(s) not in owners] if owners else []


def _is_bare(scene: Scene, noun: Token) -> bool:
    """ "an old friend", "a partner in mining": of whomever the story speaks."""
    is_indefinite = any(c.lower_ in ("a", "an") for c in noun.children)
    return noun.tag_ == "NN" and is_indefinite and noun.dep_ == "appos" and not scene.after(noun, *LINKS, "for", "against")


def _is_unreal(noun: Token) -> bool:
    """ "a potential ally", "a would-be partner"."""
    return any(c.lower_ in cues()["not_yet"] for c in noun.children if c.dep_ in ("amod", "compound", "advmod"))


def _is_over(verb: Token) -> bool:
    """ "was long a partner"; not where somebody is only said to have said so, nor of what was "of old"."""
    is_past = verb.tag_ == "VBD" and verb.lemma_ in LINKING and not is_backshifted(verb)
    return is_past and any(t.lower_ in beside()["over"] for t in verb.subtree)


def _is_view(noun: Token) -> bool:
    """ "sees Iran as an enemy", "calls B an enemy": what somebody fears, no rivalry of both."""
    above = noun.head.head if noun.dep_ == "pobj" and noun.head.lower_ == "as" else noun.head
    return above.lemma_ in cues()["viewing"] and noun.dep_ in ("pobj", "oprd", "ccomp", "xcomp", "attr", "dobj")


def _viewed(scene: Scene, noun: Token) -> list[tuple[Side, Side]]:
    """ "which Georgetown counts as a partner", "regards Iran as its main ally", "counts B among its allies", "stood by B as ally"."""
    prep = noun.head
    if noun.dep_ in ("oprd", "ccomp", "xcomp") and prep.lemma_ in cues()["viewing"] and _is_view_of_now(prep) and is_so(prep):
        objects = [c for c in noun.children if c.dep_ == "nsubj" and c.i > prep.i] or grammar.patients(prep)
        return [(b, a) for a in scene.sides(subjects(prep)) for b in scene.sides(objects)]
    if noun.dep_ != "pobj" or prep.lower_ not in ("as", "among"):
        return []
    verb = prep.head if grammar.is_verbal(prep.head) else prep.head.head
    if not grammar.is_verbal(verb) or not is_so(verb) or not _is_view_of_now(verb):
        return []
    if verb.lemma_ in cues()["viewing"]:
        return [(b, a) for a in scene.sides(doers(verb)) for b in scene.sides(done_to(verb))]
    if prep.lower_ == "as":
        others = scene.sides(scene.after(verb, "by", "with", "behind", "beside"))
        return [(b, a) for a in scene.sides(subjects(verb)) for b in others if key_of(a) != key_of(b)]
    return []


def _is_view_of_now(verb: Token) -> bool:
    """ "calls", "has called", "called": what was said is taken as still meant."""
    return is_lasting(verb) or (verb.lemma_ in beside()["calling"] and verb.tag_ == "VBD")


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
    if noun.dep_ == "pobj" and noun.head.lower_ == "of" and noun.head.head.lower_ == "one":  # "one of the founding members of"
        noun = noun.head.head
    first = _first(noun)
    found = [o for child in noun.children if child.dep_ == "appos" for o in grammar.conjuncts(child)]
    if first.dep_ == "appos":
        found += grammar.conjuncts(first.head) if noun.tag_ in PLURAL else [first.head]
    if first.dep_ == "appos" and first.head.dep_ == "pobj" and first.head.head.lower_ == "like":  # "Qatar, like Saudi Arabia a member of"
        like = first.head.head
        found += grammar.surface_subjects(like.head) if grammar.is_verbal(like.head) else [like.head]
    if first.dep_ == "pobj" and first.head.lower_ == "as" and grammar.is_verbal(first.head.head) and first.i < first.head.head.i:
        found += [s for s in grammar.surface_subjects(first.head.head) if s.i > first.i]  # "As a member of NATO, Turkey may"
    if first.dep_ in ("compound", "nmod", "amod") and first.head.i > first.i:
        found += grammar.conjuncts(first.head)
    if noun.tag_ in PLURAL and noun.dep_ == "conj" and noun.nbor(noun.left_edge.i - noun.i - 1).text == ",":
        found += _joined_before(noun)
    verb = predicate_verb(noun)
    if verb is not None:
        found += subjects(verb)
    elif first.dep_ == "nsubj" and first.head.lemma_ == BE:
        found += [o for c in first.head.children if c.dep_ == "attr" for o in grammar.conjuncts(c)]
    elif first.dep_ in ("ccomp", "xcomp", "oprd"):
        found += [o for c in first.children if c.dep_ == "nsubj" for o in grammar.conjuncts(c)]
    found += [
        o
        for t in (noun, first, *found)
        for c in t.children
        if c.dep_ == "prep" and c.lower_ == "like"
        for o in c.children
        if o.dep_ == "pobj"
    ]
    sides = scene.sides(t for t in dict.fromkeys(found) if t != noun)
    return sides or _right_behind(scene, first) or _behind_phrase(scene, noun) or _before_comma(scene, first) or _the_two(scene, noun)


def _joined_before(noun: Token) -> list[Token]:
    """ "India and Pakistan, arch-rivals", where the parser took the last for one more of the list."""
    first = noun
    while first.dep_ == "conj":
        first = first.head
    return [t for t in grammar.conjuncts(first) if t.i < noun.i]


def _right_behind(scene: Scene, noun: Token) -> list[Side]:
    """ "Russia's ally Belarus", "old foes Greece and Turkey", where the parser saw two subjects or a sentence of its own."""
    behind = noun.i + 1
    if behind < len(scene.tree) and scene.tree.lower[behind] == "the":
        behind += 1
    mention = next((m for m in scene.by_head.values() if m.range.start == behind and m.kind == "name"), None)
    if mention is None or scene.tree.dep[mention.head] in ("poss", "amod", "compound", "nmod"):
        return []
    head = scene.token(mention.head)
    return scene.sides(grammar.conjuncts(head) if noun.tag_ in PLURAL else [head])


def _behind_phrase(scene: Scene, noun: Token) -> list[Side]:
    """ "its partner in the Sahel, Niger", "the newest member of NATO, Sweden": the parser hangs the name on the inner noun."""
    inner = [t for t in noun.subtree if t.i > noun.i and t.dep_ == "pobj"]
    names = [c for t in inner for c in t.children if c.dep_ == "appos" and c.pos_ == "PROPN"]
    return [s for s in scene.states(names) if is_state(s)]


def _the_two(scene: Scene, noun: Token) -> list[Side]:
    """ "the two arch-foes", "the nuclear-armed rivals": the two of whom the story speaks."""
    is_the = any(c.lower_ in ("the", "both") for c in noun.children if c.dep_ in ("det", "predet"))
    is_alone = not any(c.dep_ in ("poss", "relcl") for c in noun.children) and not scene.before(noun) and not scene.after(noun, *LINKS)
    if noun.tag_ != "NNS" or not is_the or not is_alone:
        return []
    own = scene.sides_at(noun)
    return own if len(own) > 1 and all(is_state(s) for s in own) else []


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
    had = [c for c in noun.children if c.dep_ == "relcl" and c.lemma_ == "have"]  # "the only ally that he has"
    if had:
        return scene.sides(t for v in had for t in grammar.own_subjects(v) if t != noun)
    found = scene.owners(noun) or scene.sides(scene.after(noun, *LINKS))
    if not found and noun.dep_ in ("compound", "nmod") and noun.head.i > noun.i:
        name = noun.head
        owned = [o for c in name.children if c.dep_ == "poss" for o in grammar.conjuncts(c)]
        found = scene.sides(owned) or scene.sides(t for t in scene.before(name) if t.i < noun.i)
    if not found and noun.dep_ == "conj":
        return [s for s in _owners(scene, noun.head) if not is_body(s)] if noun.head.pos_ == "NOUN" else []
    return found


def _memberships(scene: Scene, noun: Token, named: list[Side], verb: Token | None) -> Iterator[Pair]:
    """From states to bodies; whoever is a member of a parliament or a party is another matter."""
    bodies = [s for s in _owners(scene, noun) if is_body(s)]
    bodies = bodies or [s for t in scene.after(noun, "of") for s in _unknown_body(scene, t)]
    if noun.dep_ in ("compound", "nmod", "amod"):  # "EU member Sweden", not whose the name before is
        bodies = [s for s in scene.sides(t for t in scene.before(noun.head) if t.i == noun.i - 1) if is_body(s)] or bodies
    if not bodies and verb is not None:
        bodies = [s for s in scene.sides(scene.after(verb, "of")) if is_body(s)]
    states = [s for s in named if is_state(s) and not _is_person(scene, s)]
    anchors = (noun,) if verb is None else (noun, verb)
    yield from (Pair("member_of", state, body, anchors) for state in states for body in bodies)


def _is_person(scene: Scene, side: Side) -> bool:
    mention = scene.mention_at(side)
    return mention is not None and mention.person


def _unknown_body(scene: Scene, token: Token) -> list[Side]:
    """ "the Mano River Union": a body that no table has, of which a state is a member."""
    if token.pos_ != "PROPN" or scene.sides([token]):
        return []
    words = scene.name_of(token)
    name = scene.annotated.span(words).text
    return [Side(words, Identity(name, "IGO"), "name")] if name.split()[-1].lower() in cues()["bodies"] or name.isupper() else []


def part_of(scene: Scene, noun: Token) -> Iterator[Pair]:
    """ "Bulgaria, which is part of the European Union"."""
    if noun.lemma_ == "part" and scene.after(noun, "of") and not is_denied(noun):
        verb = predicate_verb(noun)
        if verb is None or is_so(verb):
            yield from _memberships(scene, noun, who_is(scene, noun), verb)


def is_body(side: Side) -> bool:
    """An international body."""
    return side.identity is not None and side.identity.country in NO_STATE and side.identity.name is not None


def is_state(side: Side) -> bool:
    """A state itself, or its government; not a person."""
    return side.identity is not None and state_of(side.identity) is not None and side.identity.sector in (None, "GOV")


def is_party(side: Side) -> bool:
    """A state or an international body."""
    return is_state(side) or is_body(side)


def _is_none_of(scene: Scene, body: Side) -> bool:
    """ "non-EU countries"."""
    before = range(max(0, body.range.start - 2), body.range.start)
    return any(scene.tree.lower[t].rstrip("-") in beside()["none_of"] for t in before)


def body_members(scene: Scene, noun: Token) -> Iterator[Pair]:
    """ "NATO ally Turkey", "EU states such as Hungary": members of a body that is named before the noun."""
    if noun.lemma_ not in cues()["members"]:
        return
    bodies = [s for s in scene.sides(scene.before(noun)) if is_body(s) and not _is_none_of(scene, s)]
    if not bodies:
        return
    named = [s for s in who_is(scene, noun) if is_state(s)]
    yield from (Pair("member_of", state, body, (noun,)) for state in named for body in bodies)
