"""In: a mention that an event is done to, and the word that tells the event. Out: the mention as wide as the phrase that fills its place.

"Condemned a decision by the court" is done to the court by way of its decision: the record says who, its text also what. So ``name`` and
``country`` are those of the mention, ``text`` is the noun phrase with its owner, its place, its agent and its apposition.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace

from spacy.tokens import Token

from dragoman.drafts import Mention, Range
from dragoman.events import lexicon
from dragoman.language.en import grammar

OWNING = frozenset({"poss", "compound", "amod", "nmod", "nummod"})
CLIMBED = frozenset({"of", "by", "in", "at", "from", "near"})
FOLLOWING = frozenset({"of", "in", "at", "near"})
MAX_WORDS = 20
AIMED = frozenset({"REJECT", "ACCUSE", "SUPPORT"})
STRUCK = frozenset({"ASSAULT", "COERCE", "THREATEN"})


def as_written(mention: Mention, head: Token, trigger: Token, kind_of: str) -> Mention:
    """The mention with the range of the phrase around it that depends on ``trigger``; pronouns stay as they are."""
    if mention.kind == "pronoun":
        return mention
    top = _top(head, trigger, kind_of)
    start, end = mention.range
    first, last = _left(top), _right(top)
    if top.i != head.i or (first <= start and end <= last):
        start, end = min(start, first), max(end, last)
    if end - start > MAX_WORDS:
        return mention
    kind = mention.kind if top.i == mention.head else "description"
    return replace(mention, range=Range(start, end), kind=kind)


def _top(token: Token, trigger: Token, kind: str) -> Token:
    """The head of the largest noun phrase around a token that does not hold the trigger."""
    while (above := _above(token, kind)) is not None and above.i != trigger.i and not _holds(above, trigger):
        token = above
    return token


def _above(token: Token, kind: str) -> Token | None:
    head = token.head
    if token.dep_ in OWNING:
        return head if head.pos_ in grammar.NOMINAL and (kind in AIMED or not lexicon.senses_of(head)) else None
    if token.dep_ != "pobj" or head.dep_ not in ("prep", "agent") or head.lower_ not in CLIMBED:
        return None
    noun = head.head
    if noun.dep_ == "acl" and noun.tag_ == "VBN":
        noun = noun.head
    if noun.pos_ not in grammar.NOMINAL:
        return None
    if kind in AIMED:
        return noun if head.lower_ in ("of", "by") else None
    if kind in STRUCK:
        return noun if head.lower_ in ("of", "in", "near") and not lexicon.senses_of(noun) else None
    return None


def _holds(noun: Token, trigger: Token) -> bool:
    return noun.i == trigger.i or noun.is_ancestor(trigger)


def _left(head: Token) -> int:
    start = grammar.phrase(head, with_of=False).start
    return start + 1 if head.doc[start].lower_ in ("a", "an", "the") and start < head.i else start


def _right(head: Token) -> int:
    end = grammar.phrase(head, with_of=False).end
    import os
    X = os.environ.get("X", "").split(",")
    doc = head.doc
    for child in head.rights:
        if child.dep_ == "case" and child.i == end:
            end = child.i + 1
        elif child.i == end and child.dep_ == "prep" and child.lower_ in FOLLOWING and "no"+child.lower_ not in X:
            inner = [c for c in child.children if c.dep_ == "pobj"]
            if not inner or inner[0].lower_ in lexicon.load().classes["day"]:
                break
            end = _right(inner[0])
    if "noappos" not in X:
        for child in head.rights:
            if child.dep_ == "appos" and child.tag_ in ("NNP", "NNPS") and not any(c.dep_ in ("det", "poss") for c in child.children):
                gap = doc[end:child.left_edge.i].text
                if (gap == "," and head.tag_ not in ("NNP", "NNPS") or not gap):
                    end = _right(child)
    if "noplace" not in X:
        from dragoman import knowledge
        verb = head.head if head.dep_ != "pobj" else head.head.head
        if head.tag_ not in ("NNP", "NNPS") and grammar.is_verbal(verb):
            for child in verb.rights:
                if child.i == end and child.dep_ == "prep" and child.lower_ in ("in", "near", "at"):
                    inner = [c for c in child.children if c.dep_ == "pobj"]
                    if inner and inner[0].tag_ in ("NNP", "NNPS") and inner[0].lower_ not in lexicon.load().classes["day"]:
                        end = _right(inner[0])
    return end
