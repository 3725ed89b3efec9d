"""In: labelled examples. Out: their sentences as words, each word that grammar offers as a candidate with its labels.

Sentence ends, candidates and the verdicts of the rules are those of the coder, so the classifier learns on what it will be asked.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from spacy.tokens import Span

from dragoman import language
from dragoman.drafts import Layout, Range, Stretch
from dragoman.events.candidates import candidates
from dragoman.events.classify import Verdict
from dragoman.events.contexts import Contexts
from dragoman.events.lexicon import lemma_of, senses_of
from dragoman.events.rules import RuleClassifier
from dragoman.language import Annotated
from dragoman.language.en import grammar
from dragoman.learn.corpus import NONE, Example, Side, Trigger
from dragoman.schema import Auxiliary


@dataclass(slots=True)
class Judged:
    """A word with its labels; ``event`` numbers the event in its example.

    ``rule`` is the type that the rules give it, NONE where they say that it is no event, "" where they don't know; ``senses`` are those
    that the lexicon lists for it.
    """

    word: int
    lemma: str
    type: str
    modes: tuple[str, ...] = ()
    aux: tuple[Auxiliary, ...] = ()
    event: int = 0
    rule: str = ""
    senses: tuple[str, ...] = ()


@dataclass(slots=True)
class Sentence:
    """``sides`` are (event, role, word that heads the phrase); ``nominals`` the words that could head one.
    ``cued`` are the contexts of which a cue word stands in the example.
    """

    words: list[str]
    example: int
    judged: list[Judged] = field(default_factory=list)
    nominals: list[int] = field(default_factory=list)
    sides: list[tuple[int, str, int]] = field(default_factory=list)
    cued: list[str] = field(default_factory=list)


def sentences_of(examples: Sequence[Example]) -> list[Sentence]:
    """The sentences of all examples, in order; ``example`` is the index in ``examples``."""
    texts = [(e.text, Layout(paragraphs=(Stretch(0, len(e.text)),))) for e in examples]
    rules = RuleClassifier(menaces=False)
    return [
        sentence
        for number, (example, annotated) in enumerate(zip(examples, language.annotate(language.load(), texts, batch_size=64), strict=True))
        for sentence in _sentences(number, example, annotated, rules)
    ]


def _sentences(number: int, example: Example, annotated: Annotated, rules: RuleClassifier) -> list[Sentence]:
    judged = _judged(example, annotated, rules)
    cued = Contexts(annotated.doc).of(Range(0, len(annotated.doc)))
    heads = [(s, _head(annotated, s)) for s in example.sides]
    found = []
    for tokens in annotated.sentences:
        sentence = Sentence([t.text for t in annotated.doc[tokens.start : tokens.end]], number)
        sentence.judged = [_moved(j, tokens) for j in judged if tokens.start <= j.word < tokens.end]
        sentence.nominals = [t.i - tokens.start for t in annotated.doc[tokens.start : tokens.end] if t.pos_ in grammar.NOMINAL]
        sentence.sides = [(s.event, s.role, head - tokens.start) for s, head in heads if tokens.start <= head < tokens.end]
        sentence.cued = cued
        found.append(sentence)
    return found


def _moved(judged: Judged, tokens: Range) -> Judged:
    judged.word -= tokens.start
    return judged


def _judged(example: Example, annotated: Annotated, rules: RuleClassifier) -> list[Judged]:
    """Every candidate and every marked trigger, in text order."""
    offered = list(candidates(annotated))
    actors = {_head(annotated, s) for s in example.sides}
    by_rules, nothing = rules.judge(annotated, offered, actors)
    verdicts = {v.word: v for v in by_rules}
    heads = {c.head for c in offered}
    labelled = {_trigger_head(annotated, t, heads): t for t in example.triggers}
    open_to_both = _spread(annotated, labelled, by_rules)
    found = []
    for word in sorted((heads | set(labelled)) - open_to_both):
        trigger, verdict = labelled.get(word), verdicts.get(word)
        one = Judged(word, lemma_of(annotated.doc[word]), NONE)
        if trigger is not None:
            one.type, one.modes, one.aux, one.event = trigger.type, trigger.modes, trigger.aux, trigger.event
        if verdict is not None:
            one.rule = verdict.type
        elif word in nothing:
            one.rule = NONE
        one.senses = senses_of(annotated.doc[word])
        found.append(one)
    return found


def _spread(annotated: Annotated, labelled: dict[int, Trigger], verdicts: list[Verdict]) -> set[int]:
    """Label the words at which the rules see an event that is marked at another word of it: "imposed" beside a marked "sanctions".

    Nouns for which that leaves open whether they are marked or not ("sanctions" beside a marked "imposed") are the answer.
    """
    unsure = set()
    for verdict in verdicts:
        words = [verdict.word, verdict.candidate.head, *sorted(verdict.content)]
        marks = [labelled[w] for w in words if w in labelled and labelled[w].type != NONE]
        if marks:
            for word in words[:2]:
                labelled.setdefault(word, marks[0])
            unsure |= {w for w in words[2:] if w not in labelled and annotated.doc[w].pos_ in grammar.NOMINAL}
    return unsure


def _tokens(annotated: Annotated, mark: Trigger | Side) -> Span:
    tokens = annotated.tokens_within(mark.start, mark.end)
    assert tokens is not None, "a mark holds words"
    return annotated.doc[tokens.start : tokens.end]


def _head(annotated: Annotated, mark: Trigger | Side) -> int:
    return int(_tokens(annotated, mark).root.i)


def _trigger_head(annotated: Annotated, trigger: Trigger, heads: set[int]) -> int:
    """The candidate inside a trigger: "called off" is "called"."""
    inside = _tokens(annotated, trigger)
    return inside.root.i if inside.root.i in heads else next((t.i for t in inside if t.i in heads), inside.root.i)
