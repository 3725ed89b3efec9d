"""In: a parsed article, the head of an event's trigger, and the article's dates. Out: the date that grammar gives the event.

A date belongs to the verb or noun that it modifies; the functions below say whose date is also that of another word.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Token

from dragoman.drafts import TimeMention
from dragoman.language import Annotated
from dragoman.language.en.grammar import MAX_CLIMB, OBJECT, PASSIVE_SUBJECT, is_verbal
from dragoman.when.attachment import SUBJECTS, Attachment, attachment, is_called_for
from dragoman.when.words import Words


@dataclass(frozen=True, slots=True)
class Placed:
    """A date and where it is attached."""

    time: TimeMention
    at: Attachment

    @property
    def fronted(self) -> bool:
        """Whether the date opens its clause and so holds for all that is coordinated in it."""
        subjects = [child.i for child in self.at.site.children if child.dep_ in SUBJECTS]
        return self.at.last.i < min(subjects, default=self.at.site.i)


def date_of(annotated: Annotated, head: int, times: list[TimeMention], words: Words) -> TimeMention | None:
    """The date of an event: its own, or that of the words that share theirs with it, the nearest in grammar first."""
    placed = placed_dates(annotated, head, times, words)
    if not placed:
        return None
    token = annotated[head]
    found = next(dates_for(token, placed, words), None)
    return found.time if found else None


def placed_dates(annotated: Annotated, head: int, times: list[TimeMention], words: Words) -> list[Placed]:
    """The dates of the sentence in which an event is told, the most precise first."""
    sentence = annotated.sentence_of(head)
    first, last = (bisect_left(times, edge, key=lambda time: time.range.start) for edge in sentence)
    found = [(time, attachment(annotated[time.head], words, time.range)) for time in times[first:last]]
    placed = [Placed(time, at) for time, at in found if at is not None]
    placed += [Placed(t.base, Attachment(annotated[t.base.head], annotated[t.head], ())) for t, _ in found if t.base is not None]
    return sorted(placed, key=lambda p: (p.time.value is None, p.time.precision != "day"))


def dates_for(token: Token, placed: list[Placed], words: Words) -> Iterator[Placed]:
    """Dates of an event in the order of how closely they belong to it."""
    if not is_verbal(token):
        yield from dates_of_noun(token, placed, words)
        return
    yield from at(token, placed, words)
    yield from dates_in_phrase(token, placed, words)
    yield from dates_of_subject(token, placed, words)
    yield from dates_of_neighbours(token, placed, words)


def at(token: Token, placed: list[Placed], words: Words) -> Iterator[Placed]:
    """Dates that modify a word itself and tell when it took place."""
    return (p for p in placed if p.at.site.i == token.i and not any(prep in words.lists["outside"] for prep in p.at.prepositions))


def dates_in_phrase(verb: Token, placed: list[Placed], words: Words) -> Iterator[Placed]:
    """Dates behind the objects of a verb, which the parser likes to give to the noun: "condemned the attack on Monday"."""
    for p in placed:
        noun = p.at.site
        if is_verbal(noun) or p.at.before_noun or noun.i < verb.i or any(prep in words.lists["outside"] for prep in p.at.prepositions):
            continue
        if is_called_for(noun, verb, words):
            continue
        if verb_over(noun) == verb and not is_described_behind(noun, p.at.last):
            yield p


def verb_over(noun: Token) -> Token | None:
    """The verb that a noun completes, directly or through prepositions and other nouns."""
    last = noun
    for above in noun.ancestors:
        if is_verbal(above):
            return above if last.dep_ in (*OBJECT, "prep", "dative", "agent", "attr", "oprd", "advcl", "acomp") else None
        if last.dep_ not in (*OBJECT, "prep", "pobj", "conj", "appos", "dative", "agent"):
            return None
        last = above
    return None


def is_described_behind(noun: Token, date: Token) -> bool:
    """Whether the noun goes on behind the date: "an attack on Monday that killed five"."""
    return any(child.i > date.i and child.dep_ in ("relcl", "acl") for child in noun.children)


def dates_of_subject(verb: Token, placed: list[Placed], words: Words) -> Iterator[Placed]:
    """The day of a blast is the day on which it killed."""
    if verb.lemma_ in words.lists["effects"]:
        for child in verb.children:
            if child.dep_ == "nsubj":
                yield from (p for p in at(child, placed, words) if p.time.precision == "day")


def dates_of_neighbours(verb: Token, placed: list[Placed], words: Words) -> Iterator[Placed]:
    """Dates of the verbs with which a verb stands in one sequence: a date told before holds for what is coordinated behind it."""
    head = verb.head
    if verb.dep_ == "conj" and is_verbal(head):
        yield from (p for p in dates_for_conjunct(head, placed, words) if p.fronted or p.at.last.i < verb.i)
    elif is_verbal(head) and shares_time(verb, words):
        yield from dates_for(head, placed, words)
    for child in verb.children:
        if child.dep_ == "xcomp" and verb.lemma_ in words.lists["phase"]:
            yield from at(child, placed, words)
        if child.dep_ == "conj" and is_verbal(child) and stand_together(verb, child):
            yield from at(child, placed, words)


def dates_for_conjunct(verb: Token, placed: list[Placed], words: Words) -> Iterator[Placed]:
    """Dates of the verbs in front of a coordinated one, nearest first."""
    for _ in range(MAX_CLIMB):
        yield from at(verb, placed, words)
        yield from dates_in_phrase(verb, placed, words)
        if verb.dep_ != "conj" or not is_verbal(verb.head):
            return
        verb = verb.head


def shares_time(verb: Token, words: Words) -> bool:
    """Whether a verb has the date of the one above it: "began to withdraw", "hit the market, killing seven"."""
    if verb.dep_ == "xcomp":
        return verb.head.lemma_ in words.lists["phase"]
    return verb.dep_ == "advcl" and verb.tag_ == "VBG" and not any(child.dep_ in ("mark", *SUBJECTS) for child in verb.children)


def stand_together(first: Token, second: Token) -> bool:
    """Whether nothing but a conjunction stands between two verbs: "met and embraced on Monday"."""
    return all(token.dep_ in ("cc", "aux", "auxpass", "advmod") for token in first.doc[first.i + 1 : second.i])


def dates_of_noun(noun: Token, placed: list[Placed], words: Words) -> Iterator[Placed]:
    """Dates of an event that a noun names: its own, or those of a verb that only says that it took place."""
    verb = verb_of_noun(noun)
    light = verb is not None and (verb.lemma_ in words.lists["light"] or (noun.dep_ == "nsubj" and verb.lemma_ in words.lists["effects"]))
    own = list(at(noun, placed, words))
    if verb is not None and not light and not any(p for p in at(verb, placed, words)):
        own = [p for p in own if p.at.before_noun or is_described_behind(noun, p.at.last) or noun.dep_ not in (*OBJECT, "pobj")]
    yield from own
    for child in noun.children:
        if child.dep_ == "acl" and child.lemma_ in words.lists["schedule"]:
            yield from (p for p in placed if p.at.site == child)
    if verb is None:
        return
    if light:
        yield from at(verb, placed, words)
        yield from dates_in_phrase(verb, placed, words)
    if verb.lemma_ in words.lists["schedule"] and noun.dep_ in PASSIVE_SUBJECT:
        yield from (p for p in placed if p.at.site == verb and "for" in p.at.prepositions)


def verb_of_noun(noun: Token) -> Token | None:
    """The verb whose subject or object a noun is; of "two days of talks", too."""
    while noun.dep_ == "conj" or (noun.dep_ == "pobj" and noun.head.lower_ == "of"):
        noun = noun.head.head if noun.dep_ == "pobj" else noun.head
    return noun.head if noun.dep_ in (*OBJECT, *SUBJECTS, "prep", "pobj") and is_verbal(noun.head) else verb_over(noun)
