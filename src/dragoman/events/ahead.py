"""In: a parsed article, its actors, a classifier. Out: of a word that names what is still to come, the act that it would be if it came.

``find`` has no events at such words, because "agreed to send" is one act of promising; here the sending itself is judged.
"""

from __future__ import annotations

from collections.abc import Callable

from dragoman.drafts import Act, Mention
from dragoman.events import lexicon
from dragoman.events.arguments import Arguments
from dragoman.events.candidates import Candidate, candidates
from dragoman.events.classify import Classifier
from dragoman.events.modelling import ModelClassifier
from dragoman.events.participants import is_political
from dragoman.events.rules import Judgement, RuleClassifier
from dragoman.language import Annotated

Acts = Callable[[int], Act | None]


def acts(annotated: Annotated, mentions: list[Mention], classifier: Classifier) -> Acts:
    """A function that tells of a token what act it would be, None where it is no candidate or nothing is known of it."""
    ahead: list[_Ahead] = []

    def act(head: int) -> Act | None:
        if not ahead:
            ahead.append(_Ahead(annotated, mentions, classifier))
        return ahead[0].act(head)

    return act


class _Ahead:
    def __init__(self, annotated: Annotated, mentions: list[Mention], classifier: Classifier) -> None:
        self.annotated = annotated
        self.arguments = Arguments(annotated.doc, [m for m in mentions if is_political(m) or m.kind == "pronoun"])
        self.candidates = {c.head: c for c in candidates(annotated)}
        self.rules = Judgement(RuleClassifier().lexicon, self.candidates, set(self.arguments.by_head))
        self.model = classifier if isinstance(classifier, ModelClassifier) else None

    def act(self, head: int) -> Act | None:
        candidate = self.candidates.get(head)
        if candidate is None:
            return None
        verdict = self.rules.of(head)
        kind = "" if verdict is None else verdict.type
        chance, because = (1.0, list(verdict.because)) if verdict is not None else (0.0, [])
        if verdict is None and self.model is not None:
            kind, chance = self.model.likeliest(self.annotated, candidate, "")
            because.append(f"the model: “{candidate.token.text}” would be {kind}, an act with chance {chance:.2f}")
        if not kind:
            return None
        by_actors = verdict.actors if verdict is not None else _slots(candidate, kind, "actors")
        by_recipients = verdict.recipients if verdict is not None else _slots(candidate, kind, "recipients")
        actors = self.arguments.actors(by_actors)
        recipients = self.arguments.recipients(by_recipients, actors, suffered=True)
        if not recipients:
            recipients = self.arguments.reached(candidate.token, actors) or self.arguments.served(candidate.token, actors)
        return Act(kind, actors, recipients, verdict is not None and verdict.reciprocal, chance, because)


def _slots(candidate: Candidate, kind: str, side: str) -> list[list[int]]:
    roles = lexicon.load().usual_roles(kind, candidate.pos)
    return [[t.i for t in tokens] for slot in roles[side] if (tokens := candidate.slot(slot))]
