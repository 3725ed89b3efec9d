"""In: the word that names an event. Out: its auxiliary modes: future, hypothetical, negation (historical needs dates: see find.py)."""

from __future__ import annotations

from spacy.tokens import Token

from dragoman.language.en import grammar
from dragoman.schema import Auxiliary

FUTURE = frozenset({"will", "shall", "'ll", "’ll", "wo"})
HYPOTHETICAL = frozenset({"may", "might", "could", "would", "should", "'d", "’d", "can", "must"})
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
        if helpers & HYPOTHETICAL or helpers & CONDITIONAL:
            found.add("hypothetical")
        if carrier.dep_ == "conj" and not helpers and grammar.is_verbal(carrier.head):
            carrier = carrier.head
        elif carrier.dep_ == "xcomp" and carrier.head.lower_ in FUTURE_PHRASE:
            found.add("future")
            break
        else:
            break
    return found
