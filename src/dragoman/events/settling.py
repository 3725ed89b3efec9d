"""In: a verdict as the classifier gives it. Out: the same with what its auxiliary modes make of it.

An act for somebody that will not be done is refused, as operators.yaml has it; one that is announced is promised or threatened, by PLOVER's
reductions in the codebook.
"""

from __future__ import annotations

from dragoman import codebook
from dragoman.events import lexicon
from dragoman.events.classify import Verdict

COOPERATIVE = (1, 2)
REFUSAL = "what somebody will not do for others is REJECT"


def settle(verdict: Verdict, menaces: bool = True) -> Verdict:
    """The verdict itself, changed in place; ``promised`` says that what it names lies ahead.

    Without ``menaces`` an act of conflict that is announced stays one with the auxiliary mode future, as the labelled corpus has it.
    """
    if {"future", "negation"} <= verdict.aux and codebook.load().type(verdict.type).quad in COOPERATIVE:
        outcome = lexicon.load().operators["refuse"].of(verdict.type)
        assert outcome is not None, "to refuse an act is an event, whatever the act"
        verdict.type, verdict.mode = outcome.type, outcome.modes(verdict.mode)
        verdict.aux -= {"future", "negation", "hypothetical"}
        verdict.promised = True
        verdict.reciprocal = False
        verdict.because.append(REFUSAL)
        return verdict
    reduced = codebook.load().reduce(verdict.type, verdict.mode, sorted(verdict.aux), menace=menaces and "future" in verdict.aux)
    if reduced.reason is not None:
        verdict.promised = "future" in verdict.aux
        verdict.reciprocal = verdict.reciprocal and reduced.type == verdict.type
        verdict.type, verdict.mode, verdict.aux = reduced.type, list(reduced.modes), set(reduced.aux)
        verdict.because.append(reduced.reason)
    return verdict
