"""In: candidates, the verdicts of the rules, the trained model. Out: the verdicts of both together.

The model judges every candidate of a sentence that names an actor or in which the rules see an event. Grammar says who takes part, the
model only where grammar finds nobody.
"""

from __future__ import annotations

from dragoman.drafts import Range
from dragoman.events import encoder, lexicon
from dragoman.events.candidates import Candidate
from dragoman.events.classify import Verdict
from dragoman.events.encoder import Array, Encoder
from dragoman.events.judging import NONE, Judge, Weights
from dragoman.events.rules import RuleClassifier
from dragoman.language import Annotated

ACTOR, RECIPIENT = 1, 2


class ModelClassifier:
    """The trained model and the rules, each where it is better."""

    def __init__(self, model: Encoder | None = None, weights: Weights | None = None) -> None:
        self.judge = Judge(model or encoder.load(), weights)
        self.rules = RuleClassifier()

    def classify(self, annotated: Annotated, candidates: list[Candidate], actors: set[int]) -> list[Verdict]:
        by_rules = {v.word: v for v in self.rules.classify(annotated, candidates, actors)}
        eventful = {annotated.sentence_of(head) for head in actors | set(by_rules)}
        inside: dict[Range, list[Candidate]] = {}
        for candidate in candidates:
            sentence = annotated.sentence_of(candidate.head)
            if sentence in eventful:
                inside.setdefault(sentence, []).append(candidate)
        found = [v for sentence, some in inside.items() for v in self._sentence(annotated, sentence, some, by_rules, actors)]
        absorbed = {head for v in found for head in v.content}
        return [v for v in found if v.word not in absorbed]

    def _sentence(
        self, annotated: Annotated, sentence: Range, candidates: list[Candidate], by_rules: dict[int, Verdict], actors: set[int]
    ) -> list[Verdict]:
        states = self.judge.model.states([t.text for t in annotated.doc[sentence.start : sentence.end]])
        read = [c for c in candidates if c.head - sentence.start < len(states)]
        if not read:
            return []
        rules = [by_rules.get(c.head) for c in read]
        own = states[[c.head - sentence.start for c in read]]
        chances = self.judge.chances(own, [NONE if r is None else r.type for r in rules])
        verdicts = [self._verdict(*one) for one in zip(read, rules, chances, own, strict=True)]
        heads = [a for a in sorted(actors) if sentence.start <= a < sentence.start + len(states)]
        found = [v for v in verdicts if v is not None]
        for verdict in found:
            self._link(verdict, states, sentence.start, heads)
        return found

    def _verdict(self, candidate: Candidate, rule: Verdict | None, chances: Array, state: Array) -> Verdict | None:
        kind, other = self.judge.best(chances)
        chance = float(chances.max())
        if kind == NONE or (rule is None and chance < self.judge.weights.alone):
            return None
        verdict = rule or _new(candidate, kind)
        modes = self.judge.modes(state, kind)
        if kind != verdict.type:
            verdict.type, verdict.mode, verdict.reciprocal = kind, modes, False
        else:
            verdict.mode = modes or verdict.mode
        verdict.aux = set(self.judge.auxiliaries(state))  # type: ignore[arg-type]
        verdict.confidence = round(chance, 3)
        runner_up = float(chances[self.judge.types.index(other)])
        verdict.because.append(f"the model: {kind} {chance:.2f}, then {other} {runner_up:.2f}")
        return verdict

    def _link(self, verdict: Verdict, states: Array, start: int, heads: list[int]) -> None:
        """Adds the actors whom the model takes for sides, to be asked where those that grammar names are none."""
        others = [h for h in heads if h != verdict.word]
        if not others:
            return
        chances = self.judge.model.arguments(states[verdict.word - start], states[[h - start for h in others]])
        verdict.links = {h: (float(c[ACTOR]), float(c[RECIPIENT])) for h, c in zip(others, chances, strict=True)}
        least = self.judge.weights.linked
        verdict.actors = [*verdict.actors, *filter(None, [[h for h, (acts, _) in verdict.links.items() if acts >= least]])]
        verdict.recipients = [*verdict.recipients, *filter(None, [[h for h, (_, suffers) in verdict.links.items() if suffers >= least]])]


def _new(candidate: Candidate, kind: str) -> Verdict:
    """The verdict on a word that the rules do not know, with the usual sides of its type."""
    roles = lexicon.load().usual_roles(kind, candidate.pos)
    actors, recipients = (
        [[t.i for t in tokens] for slot in roles[side] if (tokens := candidate.slot(slot))] for side in ("actors", "recipients")
    )
    because = [f"“{candidate.token.text}” is no word of the lexicon"]
    return Verdict(
        candidate, kind, actors=actors, recipients=recipients, acts=(candidate.lemma,), promised=kind == "AGREE", because=because
    )
