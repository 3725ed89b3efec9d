"""In: where a date is attached. Out: whether its clause looks back or ahead, as far as grammar tells."""

from __future__ import annotations

from typing import Literal

from spacy.tokens import Token

from dragoman.language.en.grammar import MAX_CLIMB, PASSIVE_SUBJECT, SUBJECT, is_verbal
from dragoman.when.attachment import Attachment, is_called_for
from dragoman.when.words import Words

Direction = Literal["past", "future", "later"]
AHEAD: frozenset[Direction | None] = frozenset({"future", "later"})
FINITE = frozenset({"VBD", "VBZ", "VBP"})


def direction(where: Attachment | None, words: Words) -> Direction | None:
    """Past or future of the clause whose adverbial the date is; "later" is ahead of what is past: "was planned for May".

    None where the date describes a noun, or the clause does not tell: "proposed a meeting in June" may be about a June to come.
    """
    if where is None:
        return None
    found = direction_of(where, words)
    return "later" if found == "future" and is_past(where.site) else found


def is_past(verb: Token) -> bool:
    """Whether a verb, or that which it is an infinitive to, stands in the past."""
    if verb.tag_ == "VB" and is_verbal(verb.head):
        verb = verb.head
    return verb.tag_ == "VBD" or any(child.dep_ in ("aux", "auxpass") and child.tag_ == "VBD" for child in verb.children)


def direction_of(where: Attachment, words: Words) -> Direction | None:
    follows = where.last.i > where.site.i
    if not is_verbal(where.site):
        is_due = follows and where.site.lower_ in words.lists["schedule"]
        if is_due or is_ahead_of(where.site, words) or is_to_be_done(where.site) or is_to_come(where, words):
            return "future"
        return "past" if has_happened(where.site, words) else None
    if follows and (where.site.lemma_ in words.lists["schedule"] or is_soon(where, words)):
        return "future"
    if follows and where.site.lemma_ in words.lists["future_verbs"]:
        return None
    is_deadline = follows and any(p in words.lists["deadline_prepositions"] for p in where.prepositions)
    if is_deadline and (not is_perfect(where.site) or where.site.lemma_ in words.lists["grants"]):
        return "future"
    return tense_of(where.site, words)


def is_soon(where: Attachment, words: Words) -> bool:
    """Whether the date is one "as soon as" it is said to be possible."""
    return "as" in where.prepositions and where.last.lower_ in words.lists["soon"]


def is_to_come(where: Attachment, words: Words) -> bool:
    """Whether the date names what is to be: "Friday's summit will discuss aid"."""
    noun = where.site
    if is_called_for(noun, noun.head if noun.dep_ == "dobj" else noun.head.head, words):
        return True
    named = where.before_noun and noun.lemma_ in words.lists["scheduled"] and noun.dep_ in (*SUBJECT, *PASSIVE_SUBJECT)
    return named and is_verbal(noun.head) and tense_of(noun.head, words) == "future"


def has_happened(noun: Token, words: Words) -> bool:
    """Whether what a noun names goes before something past: "said in a March interview", "since the March coup"."""
    if noun.dep_ != "pobj" or noun.head.lower_ not in words.lists["happened"]:
        return False
    if noun.head.lower_ == "since":
        return True
    verb = noun.head.head
    return is_verbal(verb) and tense_of(verb, words) == "past"


def is_to_be_done(noun: Token) -> bool:
    """Whether a word is no noun but what somebody is to do, which the parser does not always see: "monks are to march on Sunday"."""
    return noun.i > 0 and noun.nbor(-1).lower_ == "to" and noun.nbor(-1).dep_ == "aux" and noun.head.lemma_ == "be"


def is_ahead_of(noun: Token, words: Words) -> bool:
    """Whether a noun is said to be still to come: "ahead of Sunday's vote"."""
    above = noun.head
    return noun.dep_ == "pobj" and (
        above.lower_ in words.lists["ahead"] or (above.lower_ in ("of", "to") and above.head.lower_ in words.lists["ahead"])
    )


def is_perfect(verb: Token) -> bool:
    return any(child.dep_ == "aux" and child.lemma_ == "have" for child in verb.children)


def tense_of(verb: Token, words: Words) -> Direction | None:
    """The direction of a verb's own form, or of the verb above it where it has none (infinitives, participles)."""
    for _ in range(MAX_CLIMB):
        own = own_direction(verb, words)
        if own != "above":
            return own
        if verb.head == verb or not is_verbal(verb.head):
            return None
        verb = verb.head
    return None


def own_direction(verb: Token, words: Words) -> Direction | Literal["above"] | None:
    auxiliaries = [child for child in verb.children if child.dep_ in ("aux", "auxpass")]
    if any(child.lower_ in words.lists["future_auxiliaries"] for child in auxiliaries):
        return "past" if is_perfect(verb) else "future"
    finite = next((child for child in auxiliaries if child.tag_ in FINITE), None)
    if finite is not None:
        if finite.tag_ == "VBD" or finite.lemma_ == "have":
            return "past"
        return "future" if verb.tag_ in ("VBG", "VBN") else None
    if verb.tag_ == "VBD":
        return "past"
    if verb.tag_ in FINITE:
        return None if verb.lemma_ in words.lists["present_of_past"] else "future"
    if verb.tag_ == "VB" and auxiliaries:
        return infinitive_direction(verb, words)
    if verb.tag_ == "VBG" and verb.lemma_ in words.lists["starts"] and verb.dep_ in ("acl", "prep", "advcl"):
        return "future"
    if verb.tag_ != "VBN" or auxiliaries:
        return "above"
    return "future" if verb.dep_ in ("ccomp", "xcomp") and verb.head.lemma_ in words.lists["future_verbs"] else "past"


def infinitive_direction(verb: Token, words: Words) -> Direction | Literal["above"]:
    """What is to be done lies ahead, unless the verb above only says how it went ("began to", "failed to") or it is a purpose."""
    if verb.dep_ in ("acl", "relcl", "appos") or (verb.dep_ == "advcl" and verb.head.lemma_ in words.lists["future_verbs"]):
        return "future"
    if verb.head.lemma_ == "be" and verb.dep_ in ("xcomp", "ccomp", "advcl"):
        return "future"
    if verb.dep_ in ("xcomp", "ccomp"):
        return "above" if verb.head.lemma_ in words.lists["same_time"] else "future"
    return "above"
