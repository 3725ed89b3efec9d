"""In: the word that names an event. Out: its auxiliary modes: future, hypothetical, negation (historical needs dates: see records.py)."""

from __future__ import annotations

from spacy.tokens import Token

from dragoman.language.en import grammar
from dragoman.schema import Auxiliary

FUTURE = frozenset({"will", "shall", "'ll", "’ll", "wo"})
HYPOTHETICAL = frozenset({"may", "might", "could", "would", "should", "'d", "’d", "can", "must"})
BACKSHIFTED = frozenset({"would", "'d", "’d"})
CONDITIONAL = frozenset({"if", "unless", "whether", "lest"})
FUTURE_PHRASE = frozenset({"set", "due", "scheduled", "slated", "about", "going", "likely", "expected", "poised"})


def auxiliaries(token: Token) -> set[Auxiliary]:
    """Read off the clause of a verb; an event noun takes no auxiliary of its own but "no"."""
    found: set[Auxiliary] = set()
    if grammar.is_negated(token):
        found.add("negation")
    if not grammar.is_verbal(token):
        return found
    carrier = token
    for _ in range(grammar.MAX_CLIMB):
        helpers = {c.lower_ for c in carrier.children if c.dep_ in ("aux", "mark")}
        if helpers & FUTURE:
            found.add("future")
        if helpers & BACKSHIFTED and _is_reported_in_past(carrier):
            found.add("future")
        elif helpers & HYPOTHETICAL or helpers & CONDITIONAL:
            found.add("hypothetical")
        if carrier.dep_ == "conj" and not helpers and carrier.tag_ not in grammar.FINITE and grammar.is_verbal(carrier.head):
            carrier = carrier.head
        elif carrier.dep_ == "xcomp" and (
            carrier.head.lower_ in FUTURE_PHRASE or (carrier.head.lemma_ == "be" and grammar.is_infinitive(carrier))
        ):
            found.add("future")
            break
        else:
            break
    return found


def _is_reported_in_past(verb: Token) -> bool:
    """Whether a clause depends on what was said or thought in the past, so that its "would" was a "will"."""
    verb = grammar.first_joined(verb)
    speaks_directly = any(c.lower_ in ("i", "we") for c in verb.children if c.dep_ in grammar.SUBJECT)
    return verb.dep_ == "ccomp" and _is_past(verb.head) and not speaks_directly


def _is_past(verb: Token) -> bool:
    """Told in the past, also by a participle beside a verb that is ("said ..., adding that ... would")."""
    return verb.tag_ in ("VBD", "VBN") or (verb.tag_ == "VBG" and verb.dep_ == "advcl" and verb.head.tag_ in ("VBD", "VBN"))
