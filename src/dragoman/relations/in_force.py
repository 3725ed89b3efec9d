"""In: a noun for a bond and the verb over it. Out: whether the words say that it stands: a treaty in force, a quarrel that goes on."""

from __future__ import annotations

from spacy.tokens import Token

from dragoman.language.en import grammar
from dragoman.relations.reality import is_lasting, is_perfect, is_so
from dragoman.relations.scene import Scene
from dragoman.relations.words import beside, cues
from dragoman.schema import RelationKind


def governing_verb(noun: Token) -> Token | None:
    """The verb whose subject, object or complement a noun is; through a preposition as well ("is locked in a dispute")."""
    above = noun.head
    if noun.dep_ == "conj" and above.pos_ == "NOUN":
        return governing_verb(above)
    if noun.dep_ == "pobj" and above.dep_ == "prep":
        above = above.head
    return above if grammar.is_verbal(above) else None


def participles(noun: Token) -> list[Token]:
    return [c for c in noun.children if c.dep_ in ("acl", "relcl")]


def is_definite(noun: Token) -> bool:
    return any(c.lower_ in ("the", "this", "that", "their", "its") for c in noun.children if c.dep_ in ("det", "poss"))


def stands(scene: Scene, noun: Token, verb: Token | None, kind: RelationKind, firm: bool) -> bool:
    """``firm``: the words take it for granted ("their alliance")."""
    modifiers = {c.lower_ for c in noun.children if c.dep_ in ("amod", "compound", "nmod")}
    if modifiers & cues()["unreal"] - {"military", "political", "international"}:
        return False
    if kind == "treaty":
        return is_treaty_in_force(scene, noun, verb, modifiers)
    if noun.lemma_ in cues()["war"]:
        words = {c.lower_ for t in (noun, noun.head, *([verb] if verb is not None else [])) for c in t.children}
        return noun.head.lower_ == "at" and bool(words & beside()["unended"])
    if noun.lower_ in cues()["at"] and noun.head.lower_ != "at":
        return False
    if noun.lower_ in cues()["daggers"] and not any(c.lower_ == "drawn" for c in noun.children):
        return False
    if kind == "dispute" and not _is_dispute(noun, verb, modifiers, firm):
        return False
    if verb is None:
        return True
    if verb.lemma_ in cues()["ending"] and noun.dep_ in ("dobj", "nsubjpass"):
        return grammar.is_negated(verb) or not is_so(verb) or scene.beginning(verb) is not None
    if is_perfect(verb) and scene.dates(verb)[0] is not None and is_so(verb):
        return True
    if noun.lower_ in cues()["at"]:
        return is_so(verb) or noun.head.i < verb.i
    is_made = verb.lemma_ in cues()["making"] | cues()["hypothetical"] | cues()["declaring"]
    if is_made and not firm and (noun.dep_ in ("dobj", "nsubjpass") or (noun.dep_ == "pobj" and noun.head.head == verb)):
        return is_so(verb) and scene.is_old(scene.beginning(verb, noun))
    return firm or is_so(verb)


def _is_dispute(noun: Token, verb: Token | None, modifiers: set[str], firm: bool) -> bool:
    """Whether a quarrel is about something or lasts; a border is none unless it is unsettled."""
    words = cues()
    if noun.lemma_ in words["borders"]:
        return bool(modifiers & words["unsettled"]) or _is_open(noun, verb)
    if noun.lemma_ in words["weak_dispute"]:
        return bool(modifiers & words["lasting"]) or bool(set(grammar.prepositional(noun)) & words["topics"])
    return bool(
        modifiers & (words["lasting"] | words["unsettled"])
        or any(c.dep_ == "compound" for c in noun.children)
        or noun.lower_ in words["at"]
        or set(grammar.prepositional(noun)) & words["about"]
        or (verb is not None and set(grammar.prepositional(verb)) & words["topics"])
        or noun.head.lower_ == "in"
        or firm
    )


def _is_open(noun: Token, verb: Token | None) -> bool:
    """ "the border is disputed", "is in dispute", "has never been drawn"."""
    if verb is None or noun.dep_ not in ("nsubj", "nsubjpass"):
        return False
    told = {verb.lower_, *(c.lower_ for c in verb.children if c.dep_ in ("acomp", "attr", "oprd"))}
    in_what = {c.lemma_ for c in grammar.prepositional(verb).get("in", [])}
    return is_so(verb) and bool(told & cues()["unsettled"] or "dispute" in in_what)


def is_treaty_in_force(scene: Scene, noun: Token, verb: Token | None, modifiers: set[str]) -> bool:
    """In force by the words, had by a side, or of an earlier year."""
    is_weak = noun.lemma_ in cues()["weak_treaty"] and not modifiers & cues()["treaty_about"]
    words = {t.lower_ for t in noun.subtree} | ({t.lower_ for t in verb.subtree if t.i > noun.i} if verb is not None else set())
    if verb is not None and verb.lemma_ in cues()["ending"] and noun.dep_ in ("dobj", "nsubjpass"):
        return not is_so(verb) or scene.beginning(verb) is not None
    if verb is not None and not is_so(verb) and noun.dep_ in ("dobj", "nsubjpass", "attr", "nsubj"):
        return False
    signing = [v for v in (verb, *participles(noun)) if v is not None and v.lemma_ in cues()["signing"] and is_so(v)]
    if any(is_perfect(v) or scene.is_old(scene.beginning(v)) for v in signing):
        return not is_weak or not scene.is_old(scene.beginning(*signing)) or bool(modifiers) or _has_since(scene, noun)
    if "in" in words and words & cues()["in_force"]:
        return True
    if not is_weak and verb is not None and noun.dep_ == "nsubj" and verb.tag_ in ("VBZ", "VBP"):
        return _has_owner(noun) or verb.lemma_ in cues()["binding"] | cues()["ruling"]
    if _has_since(scene, noun):
        return True
    if is_weak:
        return False
    holders = [*([verb] if verb is not None and noun.dep_ == "dobj" else []), *participles(noun)]
    if any(h.lemma_ in cues()["having"] and is_so(h) and is_lasting(h) for h in holders):
        return True
    return (
        noun.dep_ == "pobj"
        and noun.head.lower_ in ("under", "by")
        and (is_definite(noun) or (verb is not None and is_so(verb) and is_lasting(verb)))
    )


def is_open_treaty(scene: Scene, noun: Token) -> bool:
    """Of an earlier year, or in force by the words: what suffices where the grammar says nothing."""
    words = {t.lower_ for t in noun.subtree}
    return _has_since(scene, noun) or ("in" in words and bool(words & cues()["in_force"]))


def _has_since(scene: Scene, noun: Token) -> bool:
    """A year of its own, or one in which it was made."""
    anchors = [noun, *participles(noun), *([noun.head] if noun.head.lemma_ == "date" else [])]
    if scene.dates(*anchors)[0] or scene.is_old(scene.beginning(*anchors)):
        return True
    return scene.is_old(year_of(noun))


def _has_owner(noun: Token) -> bool:
    return any(c.dep_ == "poss" for c in noun.children)


def year_of(noun: Token) -> str | None:
    """ "a 1974 defence pact", "the treaty of 1960", wherever the parser hangs the year."""
    before = next((c.text for c in noun.children if c.i < noun.i and len(c.text) == 4 and c.text.isdigit()), None)
    behind = noun.doc[noun.i + 1 : noun.i + 3]
    is_of = len(behind) == 2 and behind[0].lower_ == "of" and len(behind[1].text) == 4 and behind[1].text.isdigit()
    return before or (behind[1].text if is_of else None)
