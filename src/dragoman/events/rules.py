"""In: candidates and the lexicon. Out: verdicts, composed from the senses of words.

A word either has a type of its own ("condemn") or is an operator ("agree", "refuse", "call for", "cancel") that makes a type out
of the type of what it governs: operators.yaml says which. So "refused to withdraw" needs no entry beside "refuse" and "withdraw".
"""

from __future__ import annotations

from spacy.tokens import Token

from dragoman import codebook
from dragoman.events import lexicon
from dragoman.events.auxiliaries import auxiliaries
from dragoman.events.candidates import Candidate
from dragoman.events.classify import Verdict
from dragoman.events.contexts import Contexts
from dragoman.events.lexicon import Condition, Entry, lemma_of
from dragoman.events.operators import MENACE, Operator, Outcome
from dragoman.events.settling import settle
from dragoman.language import Annotated
from dragoman.language.en import grammar

CONTENT_SLOTS = ("comp", "obj", "for", "to", "of", "on", "in", "with", "from", "against", "about", "into", "at", "over")
NOT_GOVERNED = ("has", "mod", "prt", "subj", "poss", "first")
UNKNOWN_RECIPIENTS = ("obj", "iobj", "to", "with", "against", "for", "on", "from", "in")
MAX_DEPTH = 5
MAKERS = ("poss", "by", "from")
FIRST_PERSON = ("i", "we")
DEMAND_CONFIDENCE = 0.7
INTEND = "intend"  # plan, want, be expected to
LIGHT = "light"  # a verb whose noun tells what is done
REFUSED = "refuse"  # what somebody refuses is refused to whose it is: "rejected X's decision to recognise Y"


class RuleClassifier:
    """The lexicon's judgement; stateless between articles. ``menaces`` as in ``settle``."""

    def __init__(self, menaces: bool = True) -> None:
        self.lexicon = lexicon.load()
        self.menaces = menaces

    def classify(self, annotated: Annotated, candidates: list[Candidate], actors: set[int]) -> list[Verdict]:
        found, _ = self.judge(annotated, candidates, actors)
        contexts = Contexts(annotated.doc)
        for verdict in found:
            verdict.contexts = contexts.of(annotated.paragraph_of(verdict.candidate.head))
        return found

    def judge(self, annotated: Annotated, candidates: list[Candidate], actors: set[int]) -> tuple[list[Verdict], set[int]]:
        """The verdicts, without contexts, and the positions of words of which the lexicon says that they are no event here."""
        judgement = Judgement(self.lexicon, {c.head: c for c in candidates}, actors)
        verdicts = [v for c in candidates if (v := judgement.of(c.head)) is not None]
        void = judgement.void() | judgement.hollow
        absorbed = {head for v in verdicts for head in v.content} | void
        found = [settle(v, self.menaces) for v in verdicts if v.candidate.head not in absorbed]
        return found, judgement.nothing | judgement.unsaid.keys() | void


class Judgement:
    """The verdicts of one article, each worked out once."""

    def __init__(self, words: lexicon.Lexicon, candidates: dict[int, Candidate], actors: set[int]) -> None:
        self.lexicon = words
        self.candidates = candidates
        self.actors = actors
        self.known: dict[int, Verdict | None] = {}
        self.unsaid: dict[int, int] = {}
        self.nothing: set[int] = set()
        self.hollow: set[int] = set()

    def void(self) -> set[int]:
        """What is no event because of what governs it: "is considering an embargo", "an end to the truce"."""
        return {content for head, content in self.unsaid.items() if self.of(head) is None}

    def of(self, head: int, depth: int = 0) -> Verdict | None:
        if head not in self.known:
            self.known[head] = None  # a cycle finds nothing
            candidate = self.candidates.get(head)
            if candidate is not None and depth < MAX_DEPTH:
                verdict = self._judge(candidate, depth)
                self.known[head] = self._demanded(candidate, verdict) or verdict
        return self.known[head]

    def _judge(self, candidate: Candidate, depth: int) -> Verdict | None:
        for entry in self.lexicon.of(candidate.pos, candidate.lemma):
            if not all(self._holds(c, candidate, depth) for c in entry.conditions):
                continue
            if entry.sense == lexicon.NONE:
                self.nothing.add(candidate.head)
                self.hollow |= {n for n in self._named(entry, candidate) if self._is_hollow(n)}
                if any(c.slot == "other" for c in entry.conditions):
                    self.hollow |= {t.i for t in candidate.slot("comp")}  # what others are hoped to do
                return None
            verdict = self._composed(entry, candidate, depth) if entry.operator else self._plain(entry, candidate)
            if verdict is not None:
                return verdict
        return None

    def _demanded(self, candidate: Candidate, content: Verdict | None) -> Verdict | None:
        """What a speaker says that others must do is asked of them."""
        verb = candidate.token.head if candidate.pos == "a" else candidate.token
        speech, classes = verb.head, self.lexicon.classes
        if (
            candidate.pos == "n"
            or (candidate.lemma == "be" and candidate.slot("pred"))
            or verb.dep_ != "ccomp"
            or lemma_of(speech) not in classes["speaking"] - classes["thinking"]
        ):
            return None
        modals = [c for c in verb.children if c.dep_ == "aux" and c.lower_ in classes["obliging"]]
        doers = candidate.slot("subj") or candidate.slot("obj")
        if not any(t.i in self.actors for t in doers):
            return None
        if not modals or _is_past(verb) or grammar.is_negated(speech) or any(t.lower_ in FIRST_PERSON for t in doers):
            return None
        outcome = _outcome(self.lexicon.operators["request"], content, candidate)
        if outcome is None:
            return None
        return Verdict(
            candidate,
            outcome.type,
            outcome.modes([] if content is None else content.mode),
            actors=[[t.i for t in grammar.agents(speech)]],
            recipients=[[t.i for t in doers]],
            acts=(candidate.lemma,),
            confidence=DEMAND_CONFIDENCE,
            is_sure=True,
            because=[f"“{modals[0].text} {candidate.token.text}”: what somebody is told to do is REQUEST"],
        )

    def _holds(self, condition: Condition, candidate: Candidate, depth: int) -> bool:
        return self._found(condition, candidate, depth) is not condition.negated

    def _found(self, condition: Condition, candidate: Candidate, depth: int) -> bool:
        if condition.slot == "has":
            return any(self._fits(condition, t, depth) for t in candidate.token.subtree if t.i != candidate.head)
        if condition.slot == "first":
            return any(t.lower_ in FIRST_PERSON for t in candidate.slot("subj"))
        tokens = [t for slot in condition.slot.split("|") for t in self._slot(candidate, slot)]
        if not condition.asks:
            return bool(tokens)
        if condition.actors > 1 and len(self.actors & {t.i for t in tokens}) >= condition.actors:
            return True
        return any(self._fits(condition, t, depth) for t in tokens)

    def _fits(self, condition: Condition, token: Token, depth: int) -> bool:
        for t in (token, *seen_through(token, self.lexicon.classes["quantity"])):
            if lemma_of(t) in condition.words or t.lower_ in condition.words or (condition.actors == 1 and t.i in self.actors):
                return True
            if condition.phrases and not condition.phrases.isdisjoint(_phrases_at(t)):
                return True
            if condition.types and (inner := self.of(t.i, depth + 1)) is not None and inner.type in condition.types:
                return True
        return False

    def _heads(self, candidate: Candidate, slots: tuple[str, ...]) -> list[list[int]]:
        return [[t.i for t in tokens] for slot in slots if (tokens := self._slot(candidate, slot))]

    def _slot(self, candidate: Candidate, name: str) -> list[Token]:
        """What fills a slot; a day is when something is done, not to whom."""
        days = self.lexicon.classes["day"]
        tokens = [t for t in candidate.slot(name) if t.lower_ not in days]
        return [author for t in tokens for author in self._authors(t)] if name == "subj" else tokens

    def _authors(self, token: Token) -> list[Token]:
        """Who speaks in a document: "issued a statement calling on Iran"."""
        if lemma_of(token) not in self.lexicon.classes["document"]:
            return [token]
        if token.dep_ in grammar.OBJECT:
            return grammar.agents(token.head)
        return grammar.owners(token) or [token]

    def _plain(self, entry: Entry, candidate: Candidate) -> Verdict:
        word = candidate.token.text
        return Verdict(
            candidate,
            entry.sense,
            list(entry.modes),
            auxiliaries(candidate.token),
            self._heads(candidate, entry.actors) or makers(candidate),
            self._heads(candidate, entry.recipients),
            entry.reciprocal or grammar.is_mutual(candidate.token),
            recipients_wanted=bool(entry.recipients),
            content=self._named(entry, candidate),
            acts=(candidate.lemma,),
            confidence=confidence(entry),
            is_sure=entry.sure,
            because=[f"“{word}” is {entry.sense}" + (f" {'+'.join(entry.modes)}" if entry.modes else "") + f" ({entry.where})"],
        )

    def _named(self, entry: Entry, candidate: Candidate) -> set[int]:
        """The nouns that an entry asks for by name or type: in "lifted the ban", the ban is no event beside the lifting."""
        named = set()
        for condition in entry.conditions:
            if (condition.words or condition.phrases or condition.types) and not condition.negated and condition.slot not in NOT_GOVERNED:
                tokens = [t for slot in condition.slot.split("|") for t in self._slot(candidate, slot)]
                fitting = [t for t in tokens if self._fits(condition, t, MAX_DEPTH - 1)]
                named |= {n.i for t in fitting for n in (t, *seen_through(t, self.lexicon.classes["quantity"]))}
        return named

    def _is_hollow(self, noun: int) -> bool:
        """Whether a noun names what somebody is accused of and nobody who accuses: "rejected the accusation", not "accusations by Peru"."""
        candidate = self.candidates.get(noun)
        return candidate is not None and candidate.lemma in self.lexicon.classes["denied"] and not any(map(candidate.slot, MAKERS))

    def _composed(self, entry: Entry, candidate: Candidate, depth: int) -> Verdict | None:
        """The verdict on an operator, with or without something that it governs."""
        operator = self.lexicon.operators[entry.sense]
        aux = auxiliaries(candidate.token)
        content = self._content(entry, candidate, depth)
        outcome = _outcome(operator, content, candidate)
        if entry.sense == INTEND and content is not None and _is_suffered(content.candidate.token):
            outcome = None
        if outcome is None:
            if content is not None:
                self.unsaid[candidate.head] = content.candidate.head
            return None
        if "negation" in aux and operator.negated is not None:
            aux -= {"negation", "future"}
            outcome = _outcome(self.lexicon.operators[operator.negated], content, candidate)
        if outcome is None or (content is None and outcome.is_same):
            return None
        verdict = Verdict(
            candidate,
            content.type if content is not None and outcome.is_same else outcome.type,
            outcome.modes([] if content is None else content.mode),
            aux - operator.drops,
            self._heads(candidate, entry.actors),
            self._recipients(entry, candidate, content, outcome.addresses or operator.addresses),
            promised=outcome.promised,
            acts=(candidate.lemma,),
            confidence=confidence(entry),
            is_sure=entry.sure,
            because=[f"“{candidate.token.text}” is {entry.sense} ({entry.where})"],
        )
        if content is not None:
            _take_in(verdict, content, operator, outcome)
        verdict.actors = verdict.actors or makers(candidate)
        return verdict

    def _content(self, entry: Entry, candidate: Candidate, depth: int) -> Verdict | None:
        """The verdict on what an operator governs: its clause first, then its object, then its prepositions; its subject if the frame
        asks for an event there ("talks began")."""
        slots = ("subj",) if any(c.slot == "subj" and c.types for c in entry.conditions) else CONTENT_SLOTS
        for slot in slots:
            for token in self._slot(candidate, slot):
                if entry.sense == LIGHT and slot == "comp" and grammar.is_finite(token) and _has_subject(token):
                    continue  # "made the remarks days before he is expected to ..."
                for inner in (token, *seen_through(token, self.lexicon.classes["quantity"])):
                    verdict = self.of(inner.i, depth + 1)
                    if verdict is not None:
                        return verdict
        return None

    def _unknown_recipients(self, candidate: Candidate) -> tuple[str, ...]:
        """Where the recipient of an act of no known type may stand; what is made by it is none ("agreed to set up a centre")."""
        is_making = candidate.lemma in self.lexicon.classes["making"] or (candidate.lemma == "set" and bool(candidate.slot("prt")))
        return tuple(s for s in UNKNOWN_RECIPIENTS if not is_making or s != "obj")

    def _recipients(self, entry: Entry, candidate: Candidate, content: Verdict | None, addresses: str) -> list[list[int]]:
        own = [heads for heads in self._heads(candidate, entry.recipients) if content is None or content.candidate.head not in heads]
        if content is None:
            doers = [[t.i for t in candidate.slot("doer")]] if addresses == "doer" else []
            unknown = [c for t in candidate.slot("comp") if (c := self.candidates.get(t.i)) is not None]
            return [*own, *doers, *(heads for c in unknown for heads in self._heads(c, self._unknown_recipients(c)))]
        inner = content.recipients
        if entry.sense == REFUSED and content.candidate.pos == "n":
            owners = [t.i for t in grammar.owners(content.candidate.token, 0)]
            inner = [owners, *inner] if owners else inner
        if addresses == "doer":
            return [*own, *content.actors, *inner]
        return [*inner, *content.actors, *own] if content.reciprocal else [*inner, *own]


def _outcome(operator: Operator, content: Verdict | None, candidate: Candidate) -> Outcome | None:
    """What an operator makes of what it governs; None for no event."""
    if content is None:
        return operator.of_nothing_known(clause=bool(candidate.slot("inf")))
    outcome = operator.of(content.type)
    if outcome is not None and outcome.type == MENACE:
        reduced = codebook.load().reduce(content.type, content.mode, ["future"], menace=True)
        return Outcome(type=reduced.type, mode=tuple(reduced.modes))
    return outcome


def _take_in(verdict: Verdict, content: Verdict, operator: Operator, outcome: Outcome) -> None:
    """Makes what an operator governs part of its verdict."""
    verdict.acts = (*verdict.acts, *content.acts)
    verdict.confidence = min(verdict.confidence, content.confidence)
    verdict.because.append(f"of “{content.candidate.token.text}”, {content.type}: {verdict.type}")
    verdict.content = content.content if operator.alleges else {content.candidate.head} | content.content
    if operator.told == "content" or (operator.told == "clause" and _has_own_subject(content)):
        verdict.told_by = content.told_by or content.candidate
    verdict.promised = verdict.promised or content.promised or "future" in content.aux
    if outcome.is_same:
        verdict.aux = verdict.aux | content.aux
        verdict.reciprocal = content.reciprocal
        if not verdict.actors or _has_own_subject(content) or [content.candidate.head] in verdict.actors:
            verdict.actors = content.actors


def _has_own_subject(content: Verdict) -> bool:
    """Whether what is announced is a clause about somebody who may be another: "said that Canada would lend"."""
    return content.candidate.pos == "v" and _has_subject(content.candidate.token)


def _has_subject(verb: Token) -> bool:
    return any(c.dep_ in grammar.SUBJECT | grammar.PASSIVE_SUBJECT for c in verb.children)


def _is_suffered(verb: Token) -> bool:
    """An infinitive that says what is done to the subject of the verb above: "expected to be re-elected" is no plan of his."""
    return grammar.is_passive(verb) and any(c.dep_ == "aux" and c.lower_ == "to" for c in verb.children)


def _is_past(verb: Token) -> bool:
    """ "Should have paid" finds fault; it asks for nothing any more."""
    return any(c.dep_ == "aux" and c.lemma_ == "have" for c in verb.children)


def makers(candidate: Candidate) -> list[list[int]]:
    """Whose an act is that is told in the passive without an agent: "Egypt's threat was made", "cooperation between A and B grew"."""
    if candidate.pos != "v" or not grammar.is_passive(candidate.token):
        return []
    nouns = [n for t in candidate.slot("obj") for n in (t, *_counted(t))]
    groups = ([o for n in nouns for o in grammar.owners(n)], [o for n in nouns for o in grammar.prepositional(n).get("between", ())])
    return [[t.i for t in group] for group in groups if group]


def _phrases_at(token: Token) -> set[str]:
    """The two-word names that end in a token: "phone call", "consul general"."""
    return {f"{before.lower_} {lemma_of(token)}" for before in token.lefts if before.dep_ in ("compound", "amod", "nmod", "poss")}


def seen_through(token: Token, quantities: frozenset[str]) -> list[Token]:
    """What a word of quantity or grouping is a quantity of: dozens of protesters, a series of attacks."""
    return _counted(token) if lemma_of(token) in quantities else []


def _counted(token: Token) -> list[Token]:
    return [o for p in token.children if p.dep_ == "prep" and p.lower_ == "of" for o in p.children if o.dep_ == "pobj"]


def confidence(entry: Entry) -> float:
    """How far a frame can be trusted: the more it demands, the further."""
    return min(0.9, 0.6 + 0.1 * entry.weight)
