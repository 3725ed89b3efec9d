"""In: a verb, or a word in the place of one of its sides. Out: who does it, to whom, and which groups or fears are meant; of any kind."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import permutations

from spacy.tokens import Token

from dragoman.drafts import Identity, Mention, Range, Side
from dragoman.language.en import grammar
from dragoman.relations.scene import GROUPS, Scene
from dragoman.relations.words import cues

FEARED = (None, "GOV", "MIL", "REB", "UAF", "PTY", "PRE", "PRM", "SEP")


def is_done(verb: Token) -> bool:
    """Passive, also of a participle that the parser took for a past tense: "the rebels, armed by Libya, said"."""
    return grammar.is_passive(verb) or (verb.tag_ in ("VBN", "VBD") and any(c.dep_ == "agent" for c in verb.children))


def subjects(verb: Token, together: bool = False) -> list[Token]:
    """The subjects of a verb; those whom a relative pronoun means, also of a clause within its clause, of several joined nouns, and of
    "one of the states that". ``together``: what is told is told of several, so that "A and B, which" are both."""
    relative = next((c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass") and grammar.is_relative(c)), None)
    if relative is None:
        first = grammar.first_joined(verb)
        return subjects(first, together) if first != verb and not grammar.own_subjects(verb) else grammar.surface_subjects(verb)
    clause = next((t for t in (verb, *grammar.ancestors(verb)) if t.dep_ == "relcl"), None)
    if clause is None:
        return grammar.surface_subjects(verb)
    noun = clause.head
    if noun.dep_ == "pobj" and noun.head.lower_ == "of" and noun.head.head.lower_ == "one":
        one = noun.head.head
        return [one.head] if one.dep_ == "appos" else [one]
    first = noun
    while first.dep_ == "conj" and first.head.pos_ == noun.pos_:
        first = first.head
    is_plural = together or any(c.tag_ == "VBP" for c in (verb, *verb.children))
    if noun.tag_ in ("NNS", "NNPS") or not (is_plural or verb.tag_ == "VBD"):
        return [noun]
    return grammar.conjuncts(first) if is_plural else grammar.conjuncts(noun)


def doers(verb: Token) -> list[Token]:
    """Who does it: the subjects, or the by-phrase of a passive; of verbs joined in the passive that of the last one."""
    if not is_done(verb):
        return subjects(verb)
    own = [c for c in verb.children if c.dep_ == "agent" or (c.dep_ == "prep" and c.lower_ in ("by", "from"))]
    found = [a for p in own for c in p.children if c.dep_ == "pobj" for a in grammar.conjuncts(c)]
    joined = [c for c in verb.children if c.dep_ == "conj" and c.tag_ in ("VBN", "VBD") and is_done(c)]
    return found or [t for c in joined[:1] for t in doers(c)]


def done_to(verb: Token) -> list[Token]:
    """To whom it is done: objects, or the subject of a passive; after "describe as" its object."""
    if not is_done(verb):
        return grammar.patients(verb)
    first = grammar.first_joined(verb)
    if first.dep_ == "conj" and first.head.pos_ in ("NOUN", "ADJ"):  # "home to a radar and tied to Moscow", "armed and sheltered by"
        noun = first.head
        return [noun.head] if noun.dep_ in ("appos", "amod", "acl") else [noun]
    above = first.head
    if first.dep_ in ("advcl", "pcomp", "amod", "acl") and any(c.lower_ == "as" for c in (*first.children, *above.children)):
        viewing = above if grammar.is_verbal(above) else above.head
        if viewing.lemma_ in cues()["viewing"]:
            return grammar.patients(viewing)
    return subjects(verb)


def mutual(sides: list[Side]) -> Iterator[tuple[Side, ...]]:
    """Each to each other."""
    return permutations(sides, 2)


def groups(scene: Scene, token: Token) -> list[Side]:
    """Armed or political groups and breakaway regions that a word means; where no name is known, the words."""
    mention = scene.by_head.get(token.i)
    if token.dep_ == "appos" and token.pos_ == "NOUN" and token.head.i in scene.by_head and token.head.pos_ == "PROPN":
        return groups(scene, token.head)  # "the Janjaweed, Arab horsemen that it equips"
    named_after = [
        o for c in token.children if c.dep_ == "appos" and token.pos_ == "NOUN" for o in grammar.conjuncts(c) if o.i in scene.by_head
    ]
    if named_after and token.lemma_ not in cues()["groups"]:  # "their enemy, the Northern Alliance"
        return [s for o in named_after for s in groups(scene, o)]
    below = [o for o in scene.after(token, "of") if token.lemma_ in cues()["groups"]]
    regions = [s for o in below for s in scene.sides([o]) if s.identity is not None and s.identity.sector == "PRE"]
    if regions:
        return regions
    named = [] if mention is None else [Side(mention.range, i, mention.kind) for i in mention.identities if i.name or i.sector in GROUPS]
    found = [s for s in named if s.identity is not None and s.identity.sector in cues()["group_sectors"]]
    if token.lemma_ in cues()["groups"] and not any(s.identity is not None and s.identity.name for s in found):
        return _explained(scene, token) or [_group_of_noun(scene, token, mention)] if not _is_of_state(mention) else []
    if found:
        return found
    named = [s for s in named if s.identity is not None and s.identity.country is None and s.identity.name]
    return _name(scene, token) if named and token.pos_ == "PROPN" else []


def _is_of_state(mention: Mention | None) -> bool:
    """ "the army of Chad" is no group."""
    return mention is not None and any(i.sector in ("MIL", "GOV") and i.country for i in mention.identities)


def _explained(scene: Scene, token: Token) -> list[Side]:
    """The names that explain a group: "a faction, the Syrian Social Nationalist Party," also where the parser saw a second subject."""
    names = [o for c in token.children if c.dep_ == "appos" for o in grammar.conjuncts(c)]
    names += named_behind(scene, token) or _right_behind(scene, token)
    found = [s for n in names for s in _name(scene, n)]
    return list({s.range: s for s in found}.values())


def _right_behind(scene: Scene, noun: Token) -> list[Token]:
    """ "the Tehran-backed group Hezbollah"."""
    behind = [m for m in scene.by_head.values() if m.range.start == noun.i + 1 and m.kind == "name" and not m.person]
    return [scene.token(m.head) for m in behind if any(i.sector in cues()["group_sectors"] for i in m.identities)]


def _name(scene: Scene, token: Token) -> list[Side]:
    mention = scene.by_head.get(token.i)
    is_known = mention is not None and any(i.name and (i.country or i.sector) for i in mention.identities)
    if mention is not None and is_known:
        return [Side(mention.range, mention.identities[0], mention.kind)]
    if token.pos_ != "PROPN" and not token.text[0].isupper():
        return []
    words = scene.name_of(token)
    while words.start and scene.tree.tag[words.start - 1] == "NNP" and scene.tree.head[words.start - 1] == token.i:  # "the Serb List"
        words = Range(words.start - 1, words.end)
    return [Side(words, Identity(scene.annotated.span(words).text), "name")]


def named_behind(scene: Scene, noun: Token) -> list[Token]:
    """The name between commas right behind a noun, where the parser gave both to one verb."""
    comma = scene.tree.right[noun.i] + 1 if scene.tree.right[noun.i] > noun.i else noun.i + 1
    same = [c for c in noun.head.children if c.i > noun.i and c.dep_ == noun.dep_] if noun.head != noun else []
    return [c for c in same if scene.tree.left[c.i] in (comma, comma + 1) and scene.tree.straight[scene.tree.left[c.i] - 1] == ","]


def _group_of_noun(scene: Scene, token: Token, mention: Mention | None) -> Side:
    """The group that a noun means: the one that the names before it are ("the Badr militia"), else whoever the noun is known to be."""
    names = [c for c in token.children if c.dep_ in ("compound", "nmod") and c.tag_ in ("NNP", "NNPS") and c.i not in scene.by_head]
    known = mention.identities[0] if mention is not None and mention.identities else None
    if names and (known is None or known.name is None):
        name = " ".join(c.text for c in names)
        where = Range(names[0].i, token.i + 1)
        return Side(where, Identity(name, known.country if known else None, known.sector if known else None), "name")
    if mention is None:
        return scene.bare(token)
    return Side(mention.range, None if known is None else scene.named(known), mention.kind)


def feared(scene: Scene, token: Token) -> list[Side]:
    """Who is feared: the state or group itself, or whose attack, reach or might it is."""
    if token.lemma_ in cues()["attacks"]:
        return scene.owners(token) or scene.sides(scene.after(token, "by", "from"))
    return [s for s in scene.sides([token]) if s.identity is not None and s.identity.sector in FEARED]
