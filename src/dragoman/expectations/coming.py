"""In: a word that names something to come. Out: the act that it would be if it came: the judge's, or what its own words
say where that leaves it open.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from spacy.tokens import Token

from dragoman import codebook
from dragoman.drafts import Act
from dragoman.expectations.cues import Words
from dragoman.expectations.dealings import CONFLICT, LIKELY, NAMED, SPOKEN, Dealings
from dragoman.expectations.prospects import Prospect, is_sum
from dragoman.language.en import grammar


class Coming:
    """``judged`` judges a word as the event that it would be (events/ahead.py)."""

    def __init__(self, judged: Callable[[int], Act | None], dealings: Dealings, words: Words) -> None:
        self.judged, self.dealings, self.words = judged, dealings, words

    def of(self, prospect: Prospect, head: Token, is_due: bool) -> Act | None:
        """The act that ``head`` would be: the refusal of one that will not be, the gift that is promised, what is asked."""
        act = self._act(head, is_due)
        if act is None and prospect.kind == "commitment" and is_sum(head, self.words):
            return Act("AID", [], [], chance=NAMED, because=[f"“{head.text}” of money is a gift where it is promised"])
        if act is None:
            return None
        if prospect.is_refused:
            return self._refusal(head, act)
        if self._is_gift(prospect, head, act):
            return replace(act, type="AID", because=[f"“{head.text}” is a gift where it is offered or promised"])
        if prospect.kind == "deadline" and act.type == "REQUEST":
            return replace(act, type=self._named(head, act) or "CONCEDE")
        return act

    def _act(self, head: Token, is_due: bool) -> Act | None:
        """What the word would be; a journey to a place on a day is a visit, and talks that will go on are talks."""
        act = self.judged(head.i)
        if act is not None and act.chance == 1.0 and act.type not in SPOKEN:
            return act
        if head.lemma_ in self.words.lists["happening"]:
            subjects = [*grammar.own_subjects(head)]
            for noun in subjects:
                told = self.judged(noun.i) if noun.pos_ == "NOUN" else None
                if told is not None and told.chance >= LIKELY and told.type not in SPOKEN:
                    return told
        awaited = head.lemma_ in self.words.lists["awaited"]
        if awaited or (is_due and head.lemma_ in self.words.lists["travel"]):
            places = grammar.prepositional(head)
            if any(awaited or t.pos_ == "PROPN" for name in self.words.lists["places"] for t in places.get(name, ())):
                because = [f"“{head.text}” to a place on a day is a visit"]
                return Act("CONSULT", [] if act is None else act.actors, [] if act is None else act.recipients, because=because)
        named = self._named(head, act)
        return (
            act
            if named is None or act is None
            else replace(act, type=named, chance=NAMED, because=[f"“{head.text}” is {named} where it lies ahead"])
        )

    def _is_gift(self, prospect: Prospect, head: Token, act: Act) -> bool:
        """Whether what is promised is a thing that helps, of which the model knows nothing: "offered coal"."""
        known = act.chance >= LIKELY or grammar.is_verbal(head) or prospect.kind != "commitment"
        return not known and (head.lemma_.lower() in self.words.lists["aid"] or is_sum(head, self.words))

    def _refusal(self, head: Token, act: Act) -> Act:
        """What it is not to do something: to keep the peace where it would be an attack, else to refuse."""
        spares = act.chance == 1.0 and codebook.load().type(act.type).quad == CONFLICT
        return replace(act, type="RETREAT" if spares else "REJECT", because=[f"“not {head.text}” is to refuse it", *act.because])

    def _named(self, head: Token, act: Act | None) -> str | None:
        """The type that acts.tsv has for a word."""
        particles = {c.lower_ for c in head.children if c.dep_ in ("prt", "advmod", "prep")}
        some = self.words.acts.get(("v" if grammar.is_verbal(head) else "n", head.lemma_.lower()), ())
        found = next((n for n in some if not n.particle or n.particle in particles), None)
        return None if found is None or (found.side and not self.dealings.others(head, act)) else found.type

    def inner(self, head: Token) -> Token:
        """The act that begins, goes on or is resumed: "would begin to go"."""
        while head.lemma_ in self.words.lists["seen_through"]:
            below = [c for c in head.children if c.dep_ in ("xcomp", "prep")]
            deeper = [v for c in below for v in (c, *c.children) if v.dep_ in ("xcomp", "pcomp") and grammar.is_verbal(v)]
            if not deeper:
                break
            head = deeper[0]
        return head
