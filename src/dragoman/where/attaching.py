"""In: the places of an article and an event. Out: the place that grammar gives the event, or None.

A place belongs to the nearest event above it in the tree; the way up may lead through prepositions of place and through the nouns between
("an attack on a base in Syria"), not through somebody who speaks ("officials in Geneva") or another event ("condemned the attack in Kyiv").
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from dragoman.drafts import Happening, PlaceMention
from dragoman.language.tree import Tree
from dragoman.where.words import Words

MAX_STEPS = 9
ACTED_ON = frozenset({"dobj", "nsubjpass"})
AS_SUBJECT = 20
SIZES = {"facility": 0, "border": 0, "city": 1, "water": 2, "area": 3, "region": 4, "country": 5}
WORDS_ONLY = frozenset({"ACCUSE", "REJECT", "REQUEST", "THREATEN", "SUPPORT"})
REACHING = frozenset({"MOBILIZE", "RETREAT", "CONSULT", "ASSAULT", "AID", "COERCE", "SANCTION", "AGREE"})
PASSING = frozenset({"on", "of", "to", "from", "for", "over", "against", "during", "under", "between", "towards", "toward"})
TELLING_OF = frozenset({"relcl", "acl"})


@dataclass(frozen=True, slots=True)
class Way:
    """A token that a place leads up to: how many steps away, and the preposition next to the place."""

    token: int
    steps: int
    preposition: str = ""


class Attacher:
    """Attaches the places of one article to its events."""

    def __init__(self, tree: Tree, places: Sequence[PlaceMention], events: Collection[int], words: Words) -> None:
        """``events`` are the heads of all events of the article."""
        self.tree = tree
        self.words = words
        self.events = events
        self.places = [p for p in places if p.role in ("at", "modifier")]
        self.starts = [p.range.start for p in self.places]

    def of(self, happening: Happening) -> PlaceMention | None:
        """The place of an event: the nearest by grammar, of two as near the smaller one, as "in Aleppo, Syria" is in Aleppo."""
        first, last = self._sentence(happening.head)
        near = self.places[bisect_left(self.starts, first) : bisect_left(self.starts, last)]
        if not near:
            return None
        heads = dict(self._heads(happening))
        found = [
            (heads[way.token] + way.steps, SIZES.get(place.kind or "", 2), place.range.start, number)
            for number, place in enumerate(near)
            for way in self._ways(place, happening)
            if (place.role == "at" or place.kind != "country") and (place.named or place.kind or happening.type not in WORDS_ONLY)
            if way.token in heads and self._may_be(way, happening)
        ]
        return near[min(found)[3]] if found else None

    def _sentence(self, token: int) -> tuple[int, int]:
        return self.tree.sentences[self.tree.sentence[token]]

    def _may_be(self, way: Way, happening: Happening) -> bool:
        """Whether the preposition tells where it was: "to Geneva" of a journey, not of a letter."""
        return way.preposition not in ("to", "for", "from") or happening.type in REACHING or self.tree.lemma[way.token] in self.words.moving

    def _heads(self, happening: Happening) -> Iterator[tuple[int, int]]:
        """The event's own word, and others whose place is also its own, each with how far it is from it."""
        tree, head = self.tree, happening.head
        yield head, 0
        above = tree.head[head]
        if not tree.is_verb(head):
            if tree.dep[head] in ("nsubj", "nsubjpass", "dobj") and tree.lemma[above] in self.words.light:
                yield above, 1
            if tree.dep[head] == "pobj" and tree.lemma[tree.head[above]] in self.words.light:
                yield tree.head[above], 1
            if tree.dep[head] in ("nsubj", "nsubjpass") and tree.lemma[above] in self.words.effects:
                yield above, 2
            yield from ((kid, 3) for kid in tree.labelled(head, *TELLING_OF) if kid not in self.events)
            return
        yield from self._of_verb(head, above, happening)

    def _of_verb(self, head: int, above: int, happening: Happening) -> Iterator[tuple[int, int]]:
        tree = self.tree
        if tree.dep[head] in TELLING_OF and not self._is_somebody(above):
            yield above, 3
        for kid in tree.kids[head]:
            if tree.dep[kid] == "advcl" and self._tells_how(kid) and happening.type not in WORDS_ONLY:
                yield kid, 3
            elif tree.dep[kid] == "conj" and tree.is_verb(kid) and tree.first(kid, "nsubj", "nsubjpass") is None and kid not in self.events:
                yield kid, 4
            elif tree.dep[kid] == "xcomp" and tree.is_verb(kid) and kid not in self.events and happening.type not in WORDS_ONLY:
                yield kid, 3
            elif tree.dep[kid] == "nsubj" and tree.lemma[head] in self.words.effects and not self._is_somebody(kid):
                yield kid, 2
        if tree.dep[head] == "conj" and tree.is_verb(above) and tree.first(head, "nsubj", "nsubjpass") is None:
            yield above, 5
        if tree.dep[head] == "xcomp" and tree.is_verb(above):
            yield above, 4
        if tree.dep[head] == "advcl" and tree.is_verb(above) and self._tells_how(head) and happening.type not in WORDS_ONLY:
            yield above, 6

    def _tells_how(self, verb: int) -> bool:
        """ "were killed when a shell hit a market in Donetsk"."""
        return any(self.tree.lower[kid] in ("when", "as", "after", "while") for kid in self.tree.kids[verb])

    def _is_somebody(self, token: int) -> bool:
        return self.tree.pos[token] in ("PROPN", "PRON") or self.tree.lemma[token] in self.words.people

    def _ways(self, place: PlaceMention, happening: Happening) -> Iterator[Way]:
        """What a place leads up to, nearest first."""
        tree, token = self.tree, place.head
        preposition, steps = "", 0
        while steps < MAX_STEPS:
            above, dep = tree.head[token], tree.dep[token]
            if above == token:
                return
            steps += 1
            if dep == "pobj":
                word = tree.lower[above]
                preposition = preposition or word
                if not self._is_of_place(word, happening):
                    return
                token = above
                continue
            if self._leads_up(token, place, happening):
                token = above
            elif dep == "nsubj" and token != place.head and happening.type not in WORDS_ONLY:
                token, steps = above, steps + AS_SUBJECT
                yield Way(token, steps, preposition)
                return
            else:
                return
            yield Way(token, steps, preposition)
            if tree.is_verb(token) or (token in self.events and token != happening.head and not self._is_told_in(token)):
                return

    def _leads_up(self, token: int, place: PlaceMention, happening: Happening) -> bool:
        """Whether the place of a word is also that of the one above it."""
        tree, dep = self.tree, self.tree.dep[token]
        if tree.pos[token] == "ADP" or dep in ("prep", "advmod", "npadvmod"):
            return True
        if dep in ACTED_ON:
            return token == place.head or happening.type not in WORDS_ONLY
        if token == place.head and place.role == "modifier" and dep in ("compound", "amod", "nmod"):
            return self._is_where(tree.head[token])
        return dep in ("conj", "appos", "nmod") and not tree.is_verb(token)

    def _is_of_place(self, word: str, happening: Happening) -> bool:
        if word == "with":
            return happening.type not in WORDS_ONLY
        return word in self.words.at or word in self.words.also or word in PASSING

    def _is_where(self, noun: int) -> bool:
        """Whether a name before a noun says where it was: "the Kharkiv attack", "the Havana suburb", but no "Hercules aircraft"."""
        return noun in self.events or bool(
            {self.tree.lower[noun], self.tree.lemma[noun]} & (self.words.parts | self.words.sites | self.words.upon)
        )

    def _is_told_in(self, event: int) -> bool:
        """ "killed in an attack": an event that another one is part of."""
        above = self.tree.head[event]
        return self.tree.dep[event] == "pobj" and self.tree.lower[above] in ("in", "during", "at", "by")
