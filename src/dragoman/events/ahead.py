"""In: a parsed article, its actors, a classifier. Out: of a word that names what is still to come, the act that it would be if it came.

``find`` has no events at such words, because "agreed to send" is one act of promising; here the sending itself is judged.
"""

from __future__ import annotations

from collections.abc import Callable

from dragoman.drafts import Act, Mention
from dragoman.events import lexicon
from dragoman.events.arguments import Arguments
from dragoman.events.candidates import Candidate, candidate_of
from dragoman.events.classify import Classifier
from dragoman.events.modelling import ModelClassifier, usual_sides
from dragoman.events.participants import is_political
from dragoman.events.rules import Judgement
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


class _Candidates(dict[int, Candidate | None]):
    """The candidates of an article, each made when it is asked for: few are."""

    def __init__(self, annotated: Annotated) -> None:
        super().__init__()
        self.annotated = annotated

    def get(self, head: int, default: object = None) -> Candidate | None:
        if head not in self:
            self[head] = candidate_of(self.annotated[head])
        return self[head]


class _Ahead:
    def __init__(self, annotated: Annotated, mentions: list[Mention], classifier: Classifier) -> None:
        self.annotated = annotated
        self.arguments = Arguments(annotated.doc, [m for m in mentions if is_political(m) or m.kind == "pronoun"])
        self.candidates = _Candidates(annotated)
        self.rules = Judgement(lexicon.load(), self.candidates, set(self.arguments.by_head))
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
        by_actors, by_recipients = (verdict.actors, verdict.recipients) if verdict is not None else usual_sides(candidate, kind)
        actors = self.arguments.actors(by_actors)
        recipients = self.arguments.recipients(by_recipients, actors, suffered=True)
        if not recipients:
            recipients = self.arguments.reached(candidate.token, actors) or self.arguments.served(candidate.token, actors)
        return Act(kind, actors, recipients, verdict is not None and verdict.reciprocal, chance, because)
