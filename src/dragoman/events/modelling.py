"""In: candidates, the verdicts of the rules, the trained model. Out: the verdicts of both together.

The model judges every candidate of a sentence that names an actor or in which the rules see an event. Grammar says who takes part, the
model only where grammar finds nobody.
"""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.drafts import CustomLabel, Range
from dragoman.events import encoder, lexicon
from dragoman.events.candidates import Candidate
from dragoman.events.classify import Verdict
from dragoman.events.contexts import Contexts
from dragoman.events.custom import LEAST, Head
from dragoman.events.encoder import Array, Encoder
from dragoman.events.judging import Judge, Weights
from dragoman.events.lexicon import NONE, senses_of
from dragoman.events.rules import RuleClassifier
from dragoman.events.settling import settle
from dragoman.language import Annotated

ACTOR, RECIPIENT = 1, 2
STATES = "dragoman.states"  # kept with the Doc of an article for what is asked later of the same words
SAID_BY_TYPE = frozenset({"future", "negation"})  # of what is promised or refused, where rules know whether more than the type is meant


class ModelClassifier:
    """The trained model and the rules, each where it is better.

    With ``always`` every candidate is taken for the event that it would most likely be, with the chance by which that was decided as
    confidence: for text of which it is known that something happens in it.
    """

    def __init__(
        self, model: Encoder | None = None, weights: Weights | None = None, always: bool = False, custom: Sequence[Head] = ()
    ) -> None:
        self.always, self.custom = always, tuple(custom)
        self.judge = Judge(model or encoder.load(), weights)
        self.rules = RuleClassifier(menaces=False)

    def classify(self, annotated: Annotated, candidates: list[Candidate], actors: set[int]) -> list[Verdict]:
        verdicts, nothing = self.rules.judge(annotated, candidates, actors)
        by_rules = {v.word: v for v in verdicts}
        eventful = {annotated.sentence_of(head) for head in actors | set(by_rules)}
        inside: dict[Range, list[Candidate]] = {}
        for candidate in candidates:
            sentence = annotated.sentence_of(candidate.head)
            if sentence in eventful:
                inside.setdefault(sentence, []).append(candidate)
        states = {s: self.judge.model.states([t.text for t in annotated.doc[s.start : s.end]]) for s in inside}
        annotated.doc.user_data[STATES] = states
        found = [v for s, some in inside.items() for v in self._sentence(s, states[s], some, by_rules, nothing, actors)]
        absorbed = {head for v in found for head in (v.candidate.head, *v.content) if head != v.word}
        kept = [v for v in found if v.word not in absorbed]
        self._put_in_context(annotated, kept, states)
        return kept

    def likeliest(self, annotated: Annotated, candidate: Candidate, rule: str) -> tuple[str, float]:
        """The type that a word names if it names any, and the honest chance that it does; ("", 0) of a sentence that was not read.

        ``rule`` is what the rules say of the word, "" for nothing.
        """
        sentence = annotated.sentence_of(candidate.head)
        states: Array | None = annotated.doc.user_data.get(STATES, {}).get(sentence)
        place = candidate.head - sentence.start
        if states is None or place >= len(states):
            return "", 0.0
        scores = self.judge.scores(states[place : place + 1], [rule], [senses_of(candidate.token)])
        kind, other = self.judge.best(self.judge.chances(scores, [rule])[0])
        eventful = 1 - self.judge.chance(self.judge.honest(scores, [rule])[0], NONE)
        return (other if kind == NONE else kind), eventful

    def _put_in_context(self, annotated: Annotated, verdicts: list[Verdict], states: dict[Range, Array]) -> None:
        """The contexts of each paragraph with an event, from those of its sentences that were read."""
        by_paragraph: dict[Range, list[Array]] = {}
        for sentence, words in states.items():
            by_paragraph.setdefault(annotated.paragraph_of(sentence.start), []).append(words)
        cues, known = Contexts(annotated.doc), dict[Range, list[str]]()
        for verdict in verdicts:
            paragraph = annotated.paragraph_of(verdict.word)
            if paragraph not in known:
                known[paragraph] = self.judge.contexts(by_paragraph[paragraph], cues.of(paragraph))
            verdict.contexts = known[paragraph]

    def _sentence(
        self,
        sentence: Range,
        states: Array,
        candidates: list[Candidate],
        by_rules: dict[int, Verdict],
        nothing: set[int],
        actors: set[int],
    ) -> list[Verdict]:
        read = [c for c in candidates if c.head - sentence.start < len(states)]
        if not read:
            return []
        rules = [by_rules.get(c.head) for c in read]
        own = states[[c.head - sentence.start for c in read]]
        ruled = [r.type if r is not None else NONE if c.head in nothing else "" for c, r in zip(read, rules, strict=True)]
        scores = self.judge.scores(own, ruled, [senses_of(c.token) for c in read])
        chances, honest = self.judge.chances(scores, ruled), self.judge.honest(scores, ruled)
        verdicts = [self._verdict(*one) for one in zip(read, rules, chances, honest, own, strict=True) if not self._only_tells(*one[:2])]
        found = [*filter(None, verdicts), *self._customs(read, own)]
        heads = [a for a in sorted(actors) if sentence.start <= a < sentence.start + len(states)]
        if found and heads:
            triggers, sides = states[[v.word - sentence.start for v in found]], states[[h - sentence.start for h in heads]]
            for verdict, links in zip(found, self.judge.model.arguments(triggers, sides), strict=True):
                self._link(verdict, dict(zip(heads, links.tolist(), strict=True)))
        return found

    def _only_tells(self, candidate: Candidate, rule: Verdict | None) -> bool:
        """Whether a word of speaking has a clause in which the event is, if there is one."""
        return rule is None and candidate.lemma in self.rules.lexicon.classes["speaking"] and bool(candidate.slot("comp"))

    def _verdict(self, candidate: Candidate, rule: Verdict | None, chances: Array, honest: Array, state: Array) -> Verdict | None:
        kind, other = self.judge.best(chances)
        is_sure = rule is not None and rule.is_sure
        if (self.always or is_sure) and kind == NONE:
            kind, other = other if rule is None else rule.type, kind
        chance = self.judge.chance(chances, kind)
        weights, eventful = self.judge.weights, 1 - self.judge.chance(honest, NONE)
        least = weights.aside if candidate.is_aside else weights.likely
        unlikely = (eventful < least and not is_sure) or (rule is None and chance < weights.alone)
        if not self.always and (kind == NONE or unlikely):
            return None
        verdict = rule or _new(candidate, kind)
        aux = set(self.judge.auxiliaries(state))
        if kind == verdict.type:
            verdict.mode = self.judge.modes(state, kind, verdict.mode) or verdict.mode
            if verdict.promised or kind == "REJECT":
                aux = (aux - SAID_BY_TYPE) | (verdict.aux & SAID_BY_TYPE)
        else:
            verdict.type, verdict.mode, verdict.reciprocal = kind, self.judge.modes(state, kind), False
        verdict.aux = aux  # type: ignore[assignment]
        verdict.confidence = round(chance if self.always else self.judge.chance(honest, kind), 3)
        verdict.eventful = eventful
        verdict.because.append(f"the model: {kind} {verdict.confidence:.2f}, then {other} {self.judge.chance(honest, other):.2f}")
        return settle(verdict)

    def _customs(self, candidates: list[Candidate], states: Array) -> list[Verdict]:
        """The verdicts of the types that the user has defined, beside those of PLOVER."""
        found = []
        for head in self.custom:
            for candidate, state, chance in zip(candidates, states, head.chances(states), strict=True):
                if chance >= LEAST:
                    verdict = _new(candidate, head.type.like)
                    verdict.label = CustomLabel(head.type.name, head.type.quad, head.type.score)
                    verdict.aux = set(self.judge.auxiliaries(state))  # type: ignore[arg-type]
                    verdict.confidence = round(float(chance), 3)
                    verdict.because = [f"“{candidate.token.text}” is like the examples of {head.type.name}: {chance:.2f}"]
                    found.append(verdict)
        return found

    def _link(self, verdict: Verdict, chances: dict[int, list[float]]) -> None:
        """Adds the actors whom the model takes for sides, to be asked where those that grammar names are none."""
        verdict.links = {head: (own[ACTOR], own[RECIPIENT]) for head, own in chances.items() if head != verdict.word}
        least = self.judge.weights.linked
        actors = [h for h, (acts, suffers) in verdict.links.items() if acts >= least and acts >= suffers]
        recipients = [h for h, (acts, suffers) in verdict.links.items() if suffers >= least and suffers >= acts]
        verdict.actors = [*verdict.actors, *filter(None, [actors])]
        verdict.recipients = [*verdict.recipients, *filter(None, [recipients])]


def _new(candidate: Candidate, kind: str) -> Verdict:
    """The verdict on a word that the rules do not know, with the usual sides of its type."""
    actors, recipients = usual_sides(candidate, kind)
    because = [f"“{candidate.token.text}” is no word of the lexicon"]
    return Verdict(
        candidate, kind, actors=actors, recipients=recipients, acts=(candidate.lemma,), promised=kind == "AGREE", because=because
    )


def usual_sides(candidate: Candidate, kind: str) -> tuple[list[list[int]], list[list[int]]]:
    """The heads of what stands where actors and recipients of a type usually do, as a verdict has them."""
    if candidate.lemma in lexicon.load().classes["dying"]:
        return [], [[t.i for t in candidate.slot("subj")]]
    roles = lexicon.load().usual_roles(kind, candidate.pos)
    actors, recipients = (
        [[t.i for t in tokens] for slot in roles[side] if (tokens := candidate.slot(slot))] for side in ("actors", "recipients")
    )
    return actors, recipients
