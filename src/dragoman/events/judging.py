"""In: candidates, the verdicts of the rules, the trained model. Out: the verdicts of both together.

The model scores every candidate of a sentence that names an actor; what the rules say is evidence beside it, with weights that were fitted
on text that neither has seen (learn/fitting.py). Grammar says who takes part, the model only where grammar finds nobody.
"""

from __future__ import annotations

from dataclasses import dataclass

from dragoman.drafts import Range
from dragoman.events import encoder, lexicon
from dragoman.events.candidates import Candidate
from dragoman.events.classify import Verdict
from dragoman.events.encoder import Array, Encoder, sigmoid, softmax
from dragoman.events.rules import RuleClassifier
from dragoman.language import Annotated

NONE = "NONE"
ACTOR, RECIPIENT = 1, 2


@dataclass(slots=True)
class Weights:
    agreed: float = 2.0
    unsaid: float = 1.0
    alone: float = 0.6
    linked: float = 0.5
    mode: float = 0.5
    aux: float = 0.5


class ModelClassifier:
    """The trained model and the rules, each where it is better."""

    def __init__(self, model: Encoder | None = None, weights: Weights | None = None) -> None:
        self.model = model or encoder.load()
        self.rules = RuleClassifier()
        self.weights = weights or Weights()
        self.types: list[str] = self.model.labels["types"]
        self.modes: list[str] = self.model.labels["modes"]
        self.aux: list[str] = self.model.labels["aux"]

    def classify(self, annotated: Annotated, candidates: list[Candidate], actors: set[int]) -> list[Verdict]:
        by_rules = {_word(v): v for v in self.rules.classify(annotated, candidates, actors)}
        wanted: dict[Range, list[Candidate]] = {}
        sentences_with_actors = {annotated.sentence_of(a) for a in actors}
        for candidate in candidates:
            sentence = annotated.sentence_of(candidate.head)
            if sentence in sentences_with_actors or candidate.head in by_rules:
                wanted.setdefault(sentence, []).append(candidate)
        found = [v for sentence, some in wanted.items() for v in self._sentence(annotated, sentence, some, by_rules, actors)]
        absorbed = {head for v in found for head in v.content}
        return [v for v in found if _word(v) not in absorbed]

    def _sentence(
        self, annotated: Annotated, sentence: Range, candidates: list[Candidate], by_rules: dict[int, Verdict], actors: set[int]
    ) -> list[Verdict]:
        states = self.model.states([t.text for t in annotated.doc[sentence.start : sentence.end]])
        inside = [c for c in candidates if c.head - sentence.start < len(states)]
        words = [c.head - sentence.start for c in inside]
        if not words:
            return []
        scores = self.model.scores("types", states[words])
        for row, candidate in enumerate(inside):
            rule = by_rules.get(candidate.head)
            if rule is None:
                scores[row, 0] += self.weights.unsaid
            else:
                scores[row, self.types.index(rule.type)] += self.weights.agreed
        chances = softmax(scores)
        found = []
        heads = [a for a in sorted(actors) if sentence.start <= a < sentence.start + len(states)]
        for row, candidate in enumerate(inside):
            verdict = self._verdict(candidate, chances[row], by_rules.get(candidate.head), states[words[row]])
            if verdict is not None:
                self._link(verdict, states, sentence, heads)
                found.append(verdict)
        return found

    def _verdict(self, candidate: Candidate, chances: Array, rule: Verdict | None, state: Array) -> Verdict | None:
        best, second = (int(n) for n in chances.argsort()[::-1][:2])
        if best == 0 or (rule is None and chances[best] < self.weights.alone):
            return None
        verdict = rule or self._new(candidate, self.types[best])
        kind = self.types[best]
        modes = sigmoid(self.model.scores("modes", state[None]))[0]
        aux = sigmoid(self.model.scores("aux", state[None]))[0]
        named = [m.partition(".")[2] for m, p in zip(self.modes, modes, strict=True) if m.startswith(kind + ".") and p >= self.weights.mode]
        if kind != verdict.type:
            verdict.type, verdict.mode = kind, named
            verdict.reciprocal = False
        else:
            verdict.mode = named or verdict.mode
        verdict.aux = {a for a, p in zip(self.aux, aux, strict=True) if p >= self.weights.aux}  # type: ignore[misc]
        verdict.confidence = round(float(chances[best]), 3)
        verdict.because.append(f"model: {kind} {chances[best]:.2f}, then {self.types[second]} {chances[second]:.2f}")
        return verdict

    def _new(self, candidate: Candidate, kind: str) -> Verdict:
        roles = lexicon.load().usual_roles(kind, candidate.pos)
        verdict = Verdict(candidate, kind, acts=(candidate.lemma,), promised=kind == "AGREE")
        verdict.actors = [[t.i for t in tokens] for slot in roles["actors"] if (tokens := candidate.slot(slot))]
        verdict.recipients = [[t.i for t in tokens] for slot in roles["recipients"] if (tokens := candidate.slot(slot))]
        verdict.because = [f"“{candidate.token.text}”"]
        return verdict

    def _link(self, verdict: Verdict, states: Array, sentence: Range, heads: list[int]) -> None:
        others = [h for h in heads if h != _word(verdict)]
        if not others:
            return
        chances = self.model.arguments(states[_word(verdict) - sentence.start], states[[h - sentence.start for h in others]])
        verdict.links = {h: (float(p[ACTOR]), float(p[RECIPIENT])) for h, p in zip(others, chances, strict=True)}
        acting = [h for h, p in verdict.links.items() if p[0] >= self.weights.linked]
        suffering = [h for h, p in verdict.links.items() if p[1] >= self.weights.linked]
        if acting:
            verdict.actors = [*verdict.actors, acting]
        if suffering:
            verdict.recipients = [*verdict.recipients, suffering]


def _word(verdict: Verdict) -> int:
    """The word that tells what was done."""
    return (verdict.told_by or verdict.candidate).head
