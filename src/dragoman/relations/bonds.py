"""In: a noun for what stands between two sides ("alliance", "treaty", "dispute", "sanctions"). Out: pairs of sides."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, product

from spacy.tokens import Token

from dragoman.drafts import Side
from dragoman.language.en import grammar
from dragoman.relations.parties import Pair, is_body, is_state, who_is
from dragoman.relations.reality import is_denied, is_former, is_so
from dragoman.relations.scene import Scene, key_of
from dragoman.relations.words import cues
from dragoman.schema import RelationKind

WITH = ("with", "against")
EACH_OTHER = "other"


def pairs_of_bond(scene: Scene, noun: Token, kind: RelationKind) -> Iterator[Pair]:
    """ "the Japan-U.S. alliance", "a pact between A and B", "its dispute with Skopje over the name", "their treaty of 1992"."""
    if kind == "sanctions" or is_denied(noun) or is_former(noun):
        return
    verb = governing_verb(noun)
    included = _included(scene, noun)
    if included:
        yield from (Pair(kind, a, b, (noun,)) for a, b in product(_subjects(scene, noun), included))
        return
    sides, firm = sides_of_bond(scene, noun)
    if len(sides) < 2 or not _stands(scene, noun, verb, kind, firm):
        return
    anchors = tuple(dict.fromkeys([noun, *_participles(noun), *([verb] if verb is not None else [])]))
    if kind == "member_of":
        yield from (Pair(kind, a, b, anchors) for a, b in product(sides, sides) if is_state(a) and is_body(b))
    else:
        yield from (Pair(kind, a, b, anchors) for a, b in combinations(sides, 2))


def sides_of_bond(scene: Scene, noun: Token) -> tuple[list[Side], bool]:
    """The sides, and whether the words themselves take it for granted that it stands ("their alliance"), so that no verb must say so."""
    between = scene.sides(scene.after(noun, "between", "among"))
    if len(between) > 1:
        return between, _is_definite(noun)
    owners = scene.sides(o for c in noun.children if c.dep_ == "poss" for o in grammar.conjuncts(c))
    before = scene.sides(scene.before(noun))
    other = scene.sides(scene.after(noun, *WITH))
    if not other and (owners or before):
        of = scene.sides(scene.after(noun, "in", "to", "of"))
        other = [s for s in of if is_body(s)]
    own = owners or before
    if other:
        found = own or _subjects(scene, noun)
        return [*[s for s in found if key_of(s) not in {key_of(o) for o in other}], *other], bool(own)
    whole = [s for c in noun.children if c.dep_ in ("compound", "amod", "nmod") for s in scene.joined_names(c)]
    if whole:
        return whole, True
    joined = [*owners, *(b for b in before if key_of(b) not in {key_of(o) for o in owners})]
    if len(joined) > 1:
        return joined, True
    of = scene.sides(scene.after(noun, "of"))
    if len(of) > 1:
        return of, _is_definite(noun)
    subjects = _subjects(scene, noun)
    verb = governing_verb(noun)
    if len(subjects) > 1 and verb is not None and (verb.lemma_ in cues()["having"] or noun.head.lower_ in ("in", "at")):
        return subjects, False
    return [], False


def _included(scene: Scene, noun: Token) -> list[Side]:
    """ "extending partnerships to include countries such as C and D": those whom it is extended to."""
    verb = noun.head
    if noun.dep_ != "dobj" or not grammar.is_verbal(verb):
        return []
    included = [o for p in grammar.purposes(verb) if p.lemma_ == "include" for o in grammar.patients(p)]
    included += scene.after(verb, "to") if verb.lemma_ in ("extend", "offer") else []
    return [s for o in included for s in (who_is(scene, o) or scene.sides([o]))]


def _subjects(scene: Scene, noun: Token) -> list[Side]:
    """Those of the verb whose object or complement a noun is ("A has a treaty with B"), also of a clause that describes it."""
    for child in noun.children:
        if child.dep_ == "relcl" and child.lemma_ in cues()["having"]:
            return scene.sides(c for c in grammar.agents(child) if c != noun)
    verb = governing_verb(noun)
    if verb is None:
        return []
    return [s for s in scene.sides(t for t in grammar.surface_subjects(verb) if t != noun) if s.identity is not None]


def governing_verb(noun: Token) -> Token | None:
    """The verb whose subject, object or complement a noun is; through a preposition as well ("is locked in a dispute")."""
    above = noun.head
    if noun.dep_ == "conj" and above.pos_ == "NOUN":
        return governing_verb(above)
    if noun.dep_ == "pobj" and above.dep_ == "prep":
        above = above.head
    return above if grammar.is_verbal(above) else None


def _participles(noun: Token) -> list[Token]:
    return [c for c in noun.children if c.dep_ in ("acl", "relcl")]


def _is_definite(noun: Token) -> bool:
    return any(c.lower_ in ("the", "this", "that", "their", "its") for c in noun.children if c.dep_ in ("det", "poss"))


def _stands(scene: Scene, noun: Token, verb: Token | None, kind: RelationKind, firm: bool) -> bool:
    modifiers = {c.lower_ for c in noun.children if c.dep_ in ("amod", "compound", "nmod")}
    if modifiers & cues()["unreal"] - {"military", "political", "international"}:
        return False
    if kind == "treaty":
        return _is_treaty_in_force(scene, noun, verb, modifiers)
    if noun.lemma_ in cues()["borders"] and not modifiers & cues()["unsettled"]:
        return False
    if noun.lower_ == "odds" and noun.head.lower_ != "at":
        return False
    if kind == "dispute" and noun.lemma_ in cues()["weak_dispute"]:
        return bool(modifiers & cues()["lasting"])
    if kind == "dispute" and not (
        modifiers & (cues()["lasting"] | cues()["unsettled"])
        or noun.lower_ == "odds"
        or set(grammar.prepositional(noun)) & cues()["about"]
        or firm
    ):
        return False
    if verb is None:
        return True
    is_made = verb.lemma_ in cues()["making"] | cues()["ending"] | cues()["hypothetical"]
    if is_made and not firm and (noun.dep_ in ("dobj", "nsubjpass") or (noun.dep_ == "pobj" and noun.head.head == verb)):
        return False
    return firm or is_so(verb)


def _is_treaty_in_force(scene: Scene, noun: Token, verb: Token | None, modifiers: set[str]) -> bool:
    """In force by the words, had by a side, or of an earlier year."""
    if noun.lemma_ in cues()["weak_treaty"] and not modifiers & cues()["treaty_about"]:
        return False
    words = {t.lower_ for t in noun.subtree} | ({t.lower_ for t in verb.subtree if t.i > noun.i} if verb is not None else set())
    if verb is not None and not is_so(verb):
        return False
    if (
        verb is not None
        and verb.lemma_ in ("sign", "conclude")
        and any(c.dep_ == "aux" and c.lower_ in ("has", "have") for c in verb.children)
    ):
        return True
    if "in" in words and words & cues()["in_force"]:
        return True
    if verb is not None and noun.dep_ == "nsubj" and _has_owner(noun) and verb.tag_ in ("VBZ", "VBP"):
        return True
    anchors = [noun, *_participles(noun)]
    if scene.dates(*anchors)[0] or scene.is_old(scene.beginning(*anchors)):
        return True
    if year_of(noun) is not None:
        return scene.is_old(year_of(noun))
    holders = [*([verb] if verb is not None and noun.dep_ == "dobj" else []), *_participles(noun)]
    if any(h.lemma_ in cues()["having"] and is_so(h) for h in holders):
        return True
    return noun.dep_ == "pobj" and noun.head.lower_ == "under" and _is_definite(noun)


def _has_owner(noun: Token) -> bool:
    return any(c.dep_ == "poss" for c in noun.children)


def title_of(scene: Scene, pair: Pair) -> str | None:
    """What a treaty is called ("mutual defense treaty"), and what a dispute is over."""
    nouns = [a for a in pair.anchors if a.pos_ == "NOUN"]
    if not nouns or pair.kind not in ("treaty", "dispute"):
        return None
    noun = nouns[-1] if pair.kind == "treaty" else nouns[0]
    if pair.kind == "dispute":
        about = scene.after(noun, *cues()["about"])
        return scene.annotated.span(scene.phrase(about[0])).text.lower() if about else None
    before = [c for c in noun.children if c.i < noun.i and c.dep_ in ("amod", "compound", "nmod") and c.i not in scene.by_head]
    words = [t.text for c in before for t in c.subtree if not t.text.isdigit()]
    return " ".join([*words, noun.text]).lower().replace(" - ", "-")


def year_of(noun: Token) -> str | None:
    """ "a 1974 defence pact"."""
    return next((c.text for c in noun.children if c.i < noun.i and len(c.text) == 4 and c.text.isdigit()), None)


def bound_by(scene: Scene, verb: Token) -> Iterator[Pair]:
    """ "Moscow is bound to Yerevan by a defence pact"."""
    if verb.lemma_ not in cues()["binding"] or not is_so(verb):
        return
    after = grammar.prepositional(verb)
    nouns = [*after.get("by", []), *[c for p in verb.children if p.dep_ == "agent" for c in p.children if c.dep_ == "pobj"]]
    for noun in nouns:
        kind = cues().maps["what"].get(noun.lemma_)
        if kind in ("treaty", "alliance"):
            subjects, others = scene.sides(grammar.surface_subjects(verb)), scene.sides(after.get("to", []))
            for one, other in product(subjects, others) if others else combinations(subjects, 2):
                yield Pair("treaty" if kind == "treaty" else "alliance", one, other, (verb, noun))


def under_treaty(scene: Scene, pair: Pair) -> Iterator[Pair]:
    """ "a partner of Kinshasa under a defence accord in force since August": the accord stands between the same two."""
    for anchor in pair.anchors:
        for noun in scene.after(anchor, "under"):
            if cues().maps["what"].get(noun.lemma_) == "treaty" and _is_treaty_in_force(scene, noun, None, set()):
                yield Pair("treaty", pair.subject, pair.object, (noun,))
