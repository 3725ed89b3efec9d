"""In: a verdict as the classifier gives it. Out: the same with what its auxiliary modes make of it.

A type that will not be done is refused, one that is announced is promised or threatened: PLOVER's reductions, from the codebook.
"""

from __future__ import annotations

from dragoman import codebook
from dragoman.events.classify import Verdict

GIVING = frozenset({"CONCEDE", "RETREAT", "CONSULT", "AID", "AGREE", "COOPERATE", "SUPPORT"})
REFUSED = {
    "CONSULT": ["meet"],
    "CONCEDE": ["yield"],
    "RETREAT": ["yield"],
    "AID": ["assist"],
    "COOPERATE": ["assist"],
    "SUPPORT": ["assist"],
}
REFUSAL = "what somebody will not do for others is REJECT"


def settle(verdict: Verdict) -> Verdict:
    """The verdict itself, changed in place; ``promised`` says that what it names lies ahead."""
    if {"future", "negation"} <= verdict.aux and verdict.type in GIVING:
        verdict.mode = REFUSED.get(verdict.type, [])
        verdict.type = "REJECT"
        verdict.aux -= {"future", "negation", "hypothetical"}
        verdict.promised = True
        verdict.reciprocal = False
        verdict.because.append(REFUSAL)
        return verdict
    reduced = codebook.load().reduce(verdict.type, verdict.mode, sorted(verdict.aux), menace="future" in verdict.aux)
    if reduced.reason is not None:
        verdict.promised = "future" in verdict.aux
        verdict.reciprocal = verdict.reciprocal and reduced.type == verdict.type
        verdict.type, verdict.mode, verdict.aux = reduced.type, list(reduced.modes), set(reduced.aux)
        verdict.because.append(reduced.reason)
    return verdict
