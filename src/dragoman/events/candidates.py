"""In: a parsed article. Out: its event candidates: every verb, noun and predicative adjective that can name an act, with its slots.

A slot is named as the lexicon names it (lexicon/slots.yaml, explained in docs/lexicon.md): a place of grammar such as ``subj``, ``obj``,
``comp``, or a preposition in lower case ("with", "against").
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from spacy.tokens import Token

from dragoman.drafts import Range
from dragoman.events.lexicon import lemma_of, load, part_of_speech
from dragoman.language import Annotated
from dragoman.language.en import grammar

MODIFIERS = frozenset({"amod", "compound", "nmod", "nummod"})
PREDICATIVE = frozenset({"acomp", "attr", "oprd"})
NOT_ACTS = frozenset({"aux", "auxpass"})
PARTICLES = frozenset({"back", "out", "away", "down", "home"})  # the parser takes them for adverbs
ASIDE = frozenset({"advcl", "acl", "relcl", "pcomp", "xcomp", "pobj", "dobj"})
HYPHENS = frozenset({"-", "‑", "–"})
INSIDE_NOUNS = frozenset({"of", "between", "in"})


@dataclass(slots=True)
class Candidate:
    """A word that may name an event; ``pos`` is v, n or a, as in the lexicon.

    ``slot`` looks grammar up only when asked, since most candidates are never asked.
    """

    token: Token
    pos: str
    _slots: dict[str, list[Token]] = field(default_factory=dict)
    _prepositions: dict[str, list[Token]] | None = None

    @property
    def head(self) -> int:
        return int(self.token.i)

    @property
    def lemma(self) -> str:
        return lemma_of(self.token)

    @property
    def range(self) -> Range:
        """The word with its particle, where that follows at once."""
        last = self.token.i
        for child in self.token.rights:
            if child.dep_ == "prt" and child.i == last + 1:
                last = child.i
        return Range(self.token.i, last + 1)

    @property
    def is_aside(self) -> bool:
        """Whether it hangs on something else that the sentence tells: a relative or adverbial clause, a participle, the object of a verb
        or a preposition, and what is joined to these; not what somebody is accused of ("accused Chad of shelling the town")."""
        token = self.token
        while token.dep_ == "conj":
            token = token.head
        if token.dep_ == "pcomp" and lemma_of(token.head.head) in load().classes["accusing"]:
            return False
        return token.dep_ in ASIDE

    def slot(self, name: str) -> list[Token]:
        if name not in self._slots:
            self._slots[name] = self._find(name)
        return self._slots[name]

    def _find(self, name: str) -> list[Token]:
        token = self.token
        if name == "comp":
            return grammar.complements(token)
        if name == "doer":
            return [s for v in grammar.complements(token) for s in grammar.surface_subjects(v)]
        if name == "other":
            return [s for v in grammar.complements(token) for s in grammar.own_subjects(v)]
        if name == "inf":
            return [v for v in grammar.complements(token) if grammar.is_infinitive(v)]
        if name == "occasion":
            return grammar.attendants(token)
        if name == "speaker":
            return grammar.agents(token.head) if token.dep_ == "ccomp" and grammar.is_verbal(token.head) else []
        if name == "partner":
            return [n for s in self._subjects() for p in ("with", "between") for n in grammar.prepositional(s).get(p, ())]
        if name == "mod":
            return [m for c in token.children if c.dep_ in MODIFIERS for m in grammar.conjuncts(c)]
        if name == "poss":
            return [m for c in token.children if c.dep_ == "poss" for m in grammar.conjuncts(c)]
        if name == "subj":
            return self._subjects()
        if self.pos != "v" and name in ("obj", "iobj", "prt", "pred"):
            return []
        if name == "obj":
            return grammar.patients(token)
        if name == "iobj":
            return [m for c in token.children if c.dep_ == "dative" and c.pos_ in grammar.NOMINAL for m in grammar.conjuncts(c)]
        if name == "prt":
            return [c for c in token.children if c.dep_ == "prt" or (c.dep_ == "advmod" and c.lower_ in PARTICLES)]
        if name == "pred":
            return [m for c in token.children if c.dep_ in PREDICATIVE for m in grammar.conjuncts(c)]
        return self._preposition(name)

    def _subjects(self) -> list[Token]:
        if self.pos == "n":
            return grammar.owners(self.token)
        if self.pos == "a":
            return grammar.agents(self.token.head) if self.token.head != self.token else []
        return grammar.agents(self.token)

    def _preposition(self, name: str) -> list[Token]:
        if self._prepositions is None:
            own = grammar.prepositional(self.token)
            nested = [noun for nouns in own.values() for noun in nouns[:1]]
            if self.pos == "v":
                for noun in (*self.slot("obj")[:1], *self.slot("pred")[:1]):
                    for prep, tokens in grammar.prepositional(noun).items():
                        own[prep] = [*own.get(prep, ()), *tokens]
            # The parser often hangs a preposition on the noun before it: "spoke by telephone with", "delivery of tents to".
            for noun in nested:
                for prep, tokens in grammar.prepositional(noun).items():
                    if prep not in INSIDE_NOUNS:
                        own.setdefault(prep, tokens)
            self._prepositions = own
        return self._prepositions.get(name, [])


def candidates(annotated: Annotated) -> Iterator[Candidate]:
    """Candidates in text order."""
    for token in annotated.doc:
        if (candidate := candidate_of(token)) is not None:
            yield candidate


def candidate_of(token: Token) -> Candidate | None:
    """The candidate that a word is, if it can name an act."""
    pos = part_of_speech(token)
    if (
        (pos == "v" and token.dep_ not in NOT_ACTS and not _is_half_of_word(token))
        or (pos == "n" and token.dep_ not in ("compound", "nmod"))
        or (pos == "a" and token.dep_ in PREDICATIVE)
    ):
        return Candidate(token, pos)
    return None


def _is_half_of_word(token: Token) -> bool:
    """ "Iran-backed militias", "the Egyptian-mediated truce": an attribute, whatever the parser makes of it, and nothing that is told."""
    before = token.i - 1
    is_joined = before > 0 and token.doc[before].text in HYPHENS and not token.doc[before].whitespace_
    return (
        token.tag_ == "VBN"
        and is_joined
        and not token.doc[before - 1].whitespace_
        and token.doc[before - 1].pos_ in ("NOUN", "PROPN", "ADJ")
    )
