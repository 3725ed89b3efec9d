"""In: the head of a date expression. Out: the verb or noun that the date modifies, and the prepositions on the way there."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Token

from dragoman.drafts import Range
from dragoman.language.en.grammar import PASSIVE_SUBJECT, SUBJECT, is_verbal
from dragoman.when.words import Words

THROUGH_CLASSES = frozenset({"weekday", "weekday_short", "month", "part", "unit", "units", "bound", "season", "edge", "ago", "shift"})
THROUGH_CLASSES |= {"hours", "meridiem", "zone", "fiscal"}
SUBJECTS = SUBJECT | PASSIVE_SUBJECT
THROUGH_POS = frozenset({"ADP", "SCONJ", "ADV"})
NOUN_PREMODIFIERS = frozenset({"compound", "poss", "nmod", "amod", "nummod"})


@dataclass(frozen=True, slots=True)
class Attachment:
    """``site`` is what the date modifies, ``last`` the token below it on the way from the date, both never the same."""

    site: Token
    last: Token
    prepositions: tuple[str, ...]

    @property
    def before_noun(self) -> bool:
        """Whether the date stands in front of a noun, as in "Monday's talks"."""
        return not is_verbal(self.site) and self.last.i < self.site.i and self.last.dep_ in NOUN_PREMODIFIERS


def attachment(token: Token, words: Words, inside: Range | None = None) -> Attachment | None:
    """Where a date is attached; None where nothing is above it. Prepositions ``inside`` its own words are no way to it."""
    prepositions: list[str] = []
    last, site = token, token.head
    of_part = False
    while site != last and is_on_the_way(site, words):
        of_part = of_part or words.class_of.get(site.lower_) == "part"
        if inside is not None and inside.start <= site.i < inside.end:
            last, site = site, site.head
            continue
        if site.pos_ in ("ADP", "SCONJ") and not (of_part and site.lower_ in words.lists["around_part"]):
            prepositions.append(site.lower_)
        last, site = site, site.head
    if site == last:
        return None
    return Attachment(reattached(site, token, words), last, tuple(prepositions))


def is_on_the_way(token: Token, words: Words) -> bool:
    if token.pos_ in THROUGH_POS or token.dep_ == "prep" or token.lower_.isdigit():
        return True
    name = words.class_of.get(token.lower_)
    return name in THROUGH_CLASSES and not is_verbal(token) and (name != "month" or token.text[0].isupper())


def reattached(site: Token, date: Token, words: Words) -> Token:
    """The word that a date is about, by position where the parser is known to err."""
    if is_before_its_verb(site, date) or is_before_its_clause(site, date):
        return site.head
    if site.pos_ == "PROPN" and site.dep_ in SUBJECTS and is_verbal(site.head) and site.i < date.i < site.head.i:
        return site.head
    return called_for(promised(site, date, words), date, words)


def is_before_its_verb(verb: Token, date: Token) -> bool:
    """Whether the date stands in front of an infinitive or participle and so belongs to what is before that: "met on Friday to mark the
    day", "rejected that on Monday, saying ..."."""
    if verb.head == verb or not verb.head.i < date.i < verb.i:
        return False
    if verb.tag_ == "VB":
        return verb.dep_ in ("advcl", "acl", "xcomp") and any(c.lower_ == "to" and c.i > date.i for c in verb.lefts)
    return verb.tag_ == "VBG" and verb.dep_ == "advcl" and not any(c.dep_ == "mark" or c.dep_ in SUBJECTS for c in verb.lefts)


def is_before_its_clause(verb: Token, date: Token) -> bool:
    """Whether the date counts from a clause: "resigned a day after rebels seized the town" tells when somebody resigned."""
    return verb.dep_ == "advcl" and any(c.dep_ == "mark" and c.lower_ in ("before", "after") and 0 <= c.i - date.i <= 1 for c in verb.lefts)


def promised(verb: Token, date: Token, words: Words) -> Token:
    """The second verb of "plans to", "agreed to", where the date follows it: "agreed to meet on Friday" is about Friday's meeting."""
    if verb.lemma_ in words.lists["future_verbs"]:
        later = [c for c in verb.children if c.dep_ == "xcomp" and is_verbal(c) and verb.i < c.i < date.i]
        return later[-1] if later else verb
    return verb


def called_for(verb: Token, date: Token, words: Words) -> Token:
    """What is called for, planned or proposed, where the date follows it: "called for a strike on Thursday" is about Thursday's strike."""
    between = verb.doc[verb.i + 1 : date.i]
    return next((noun for noun in reversed(list(between)) if is_called_for(noun, verb, words)), verb)


def is_called_for(noun: Token, verb: Token, words: Words) -> bool:
    """Whether a noun names what is still to be held, and completes a verb that says so."""
    if verb.lemma_ not in words.lists["future_verbs"] or noun.lemma_ not in words.lists["scheduled"]:
        return False
    return (noun.dep_ == "dobj" and noun.head == verb) or (noun.dep_ == "pobj" and noun.head.dep_ == "prep" and noun.head.head == verb)
