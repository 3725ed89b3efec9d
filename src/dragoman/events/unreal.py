"""In: the word that names an act. Out: whether the act is none: a purpose, a wish, a habit that describes somebody, an act of nobody, a
condition; or one that is told elsewhere, which a comment only points back at.
"""

from __future__ import annotations

from collections.abc import Collection

from spacy.tokens import Token

from dragoman.events import lexicon
from dragoman.events.auxiliaries import CONDITIONAL
from dragoman.language.en import grammar

UNFULFILLED = frozenset({"advcl", "acl", "relcl", "xcomp", "ccomp", "ROOT"})
RAISING = frozenset(
    {"seem", "appear", "be", "have", "use", "tend", "happen", "continue", "go", "set", "due", "scheduled", "likely", "expected"}
)
DEFINITE = frozenset({"the", "this", "that", "these", "those"})
DESCRIBING = frozenset({"of", "on", "by", "against", "between"})
WITHOUT = frozenset({"without", "instead", "against", "before", "rather", "about", "than"})


def is_unfulfilled(token: Token) -> bool:
    """An act that is a purpose or a wish of something that is no event itself ("came to discuss", "a bid to end"; not "is to meet"),
    or a habit by which somebody is described ("firms that supply")."""
    if not grammar.is_verbal(token):
        return False
    verb = grammar.first_joined(token)
    if verb.dep_ == "pcomp" and verb.head.lower_ in WITHOUT:
        return True
    if verb.dep_ == "relcl" and verb.tag_ in ("VBP", "VBZ") and not any(c.dep_ in ("aux", "auxpass") for c in verb.children):
        return True
    if verb.tag_ == "VBG" and verb.dep_ in ("xcomp", "ccomp", "dobj", "csubj") and not grammar.is_finite(verb):
        return str(verb.head.lemma_) not in lexicon.load().classes["factive"]
    if verb.dep_ not in UNFULFILLED or not grammar.is_infinitive(verb):
        return False
    return str(verb.head.lemma_).lower() not in RAISING and verb.head.lower_ not in RAISING


def is_opinion(token: Token) -> bool:
    """What somebody only thinks that others must do: "doesn't think that Oslo should resist"."""
    classes = lexicon.load().classes
    verb = grammar.first_joined(token) if grammar.is_verbal(token) else token
    is_due = any(c.dep_ == "aux" and c.lower_ in classes["obliging"] for c in verb.children)
    return is_due and verb.dep_ == "ccomp" and verb.head.lemma_ in classes["thinking"]


def is_of_nobody(token: Token) -> bool:
    """Done by or to nobody: "accused nobody", "sent no ship", "neither side replied"."""
    arguments = [c for c in token.children if c.dep_ in ("nsubj", "nsubjpass", "dobj", "pobj")]
    return any(
        a.lower_ in grammar.NONE or any(g.lower_ in grammar.NONE and g.dep_ in ("det", "preconj") for g in a.children) for a in arguments
    )


def is_of_nature(token: Token) -> bool:
    """Done by a disease or a storm: "Ebola killed", "Hurricane Ian struck"."""
    nature = lexicon.load().classes["nature"]
    doers = grammar.agents(token) if grammar.is_verbal(token) else []
    kinds = (c for doer in doers if doer.pos_ == "PROPN" for c in doer.children if c.dep_ == "compound")
    return any(lexicon.lemma_of(word).lower() in nature for word in (*doers, *kinds))


def is_conditional(token: Token) -> bool:
    return any(c.dep_ == "mark" and c.lower_ in CONDITIONAL for c in grammar.clause_head(token).children)


def is_pointed_back_at(token: Token) -> bool:
    """An act that is known already and that somebody comments on: "condolences over the attack", "claimed responsibility for the attack in
    Basra". One that is described ("for the bombing of a bank") is told here.
    """
    if token.pos_ != "NOUN" or not any(c.dep_ == "poss" or (c.dep_ == "det" and c.lower_ in DEFINITE) for c in token.children):
        return False
    if any(c.dep_ in ("prep", "agent") and c.lower_ in DESCRIBING for c in token.children):
        return False
    above = token
    while above.dep_ in ("conj", "pobj", "prep", "pcomp") and (above.head.dep_ == "prep" or not grammar.is_verbal(above.head)):
        above = above.head
        if _is_comment(above):
            return True
    return above.dep_ == "prep" and any(c.dep_ in grammar.OBJECT and _is_comment(c) for c in above.head.children)


def _is_comment(noun: Token) -> bool:
    """Concern, condolences; "a condolence message"."""
    comments = lexicon.load().classes["comments"]
    return any(t.lemma_.lower() in comments for t in (noun, *(c for c in noun.children if c.dep_ in ("compound", "amod"))))


def is_of_ones_own(verb: Token, but: Collection[int] = ()) -> bool:
    """Done for something that is one's own: "defended its record"; the nouns ``but`` are no such things ("gave its support")."""
    objects = grammar.patients(verb) if grammar.is_verbal(verb) else []
    return any(c.tag_ == "PRP$" and c.dep_ == "poss" for o in objects if o.i not in but for c in o.children)
