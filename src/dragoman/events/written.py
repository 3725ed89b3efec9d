"""In: a recipient and the word that tells the event. Out: the recipient as wide as the noun phrase that fills its place.

"Condemned a decision by the court" is done to the court by way of its decision: ``name`` and ``country`` say who that is, ``text`` is the
phrase with its owner, its agent, its place and the name in apposition.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from spacy.tokens import Doc, Token

from dragoman.drafts import Mention, Range
from dragoman.events import lexicon
from dragoman.events.types import facts
from dragoman.language.en import grammar

OWNING = frozenset({"poss", "compound", "amod", "nmod", "nummod"})
DEEDS_OF = frozenset({"of", "by"})
PLACES_OF = frozenset({"of", "in", "near"})
FOLLOWING = frozenset({"of", "in", "at", "near"})
PLACING = frozenset({"in", "at", "near"})
PROPER = frozenset({"NNP", "NNPS"})
ARTICLES = frozenset({"a", "an", "the"})
INDEFINITE = frozenset({"a", "an", "one", "another"})
MAX_WORDS = 20


def as_written(mention: Mention, trigger: Token, event_type: str) -> Mention:
    """The mention with the range of the phrase in which it depends on ``trigger``; pronouns stay as they are."""
    if mention.kind == "pronoun":
        return mention
    head = trigger.doc[mention.head]
    top = _top(head, trigger, event_type)
    start, end = mention.range
    is_name = top.i == head.i and mention.person and mention.kind == "name"  # "met Ana Brnabic in Zagreb"
    first, last = _left(top), end if is_name else _right(top)
    if top.i != head.i or (first <= start and end <= last):
        start, end = min(start, first), max(end, last)
    if end - start > MAX_WORDS:
        return mention
    return replace(mention, range=Range(start, end), kind=mention.kind if top.i == head.i else "description")


def in_full(mention: Mention, doc: Doc) -> Mention:
    """A person with the name or office that stands in apposition: "the envoy, Ana Brnabic", "Ana Brnabic, the envoy to Chad"."""
    if mention.kind == "pronoun" or not mention.person or mention.plural:
        return mention
    start, end = mention.range
    for child in doc[mention.head].rights:
        first = child.left_edge
        if child.dep_ == "appos" and first.i == end + 1 and doc[end].text == "," and first.lower_ not in INDEFINITE:
            return replace(mention, range=Range(start, max(_right(child), child.i + 1)))
    return mention


def _top(token: Token, trigger: Token, event_type: str) -> Token:
    """The head of the widest phrase around a token that stands for it in an event of that type, without the trigger."""
    if event_type in facts()["judged"]:
        prepositions, through_events = DEEDS_OF, True
    else:
        prepositions, through_events = PLACES_OF if event_type in facts()["parts"] else frozenset[str](), False
    while (above := _above(token, prepositions)) is not None:
        if above.i == trigger.i or above.is_ancestor(trigger) or not (through_events or not lexicon.senses_of(above)):
            break
        token = above
    return token


def _above(token: Token, prepositions: Collection[str]) -> Token | None:
    """The noun that a token owns or modifies, or to which one of the prepositions ties it, also by a participle ("proposed by")."""
    noun = token.head
    if token.dep_ == "pobj" and noun.dep_ in ("prep", "agent") and noun.lower_ in prepositions:
        noun = noun.head.head if noun.head.dep_ == "acl" and noun.head.tag_ == "VBN" else noun.head
    elif token.dep_ not in OWNING:
        return None
    return noun if noun.pos_ in grammar.NOMINAL else None


def _left(head: Token) -> int:
    start = grammar.phrase(head, with_of=False).start
    return start + 1 if start < head.i and head.doc[start].lower_ in ARTICLES else start


def _right(head: Token) -> int:
    """Where the phrase of a head ends: after its places and owners, a name in apposition, and the place named right after it."""
    end = grammar.phrase(head, with_of=False).end
    for child in head.rights:
        if child.i == end and (child.dep_ == "case" or _follows(child, head)):
            end = max(end, _end_of(child))
        elif _is_its_name(child, head, end):
            end = _right(child)
    return max([end, *(_end_of(prep) for prep in _verb_of(head) if prep.i == end and _places(prep, head))])


def _follows(prep: Token, head: Token) -> bool:
    """Whether a preposition ties a place or an owner to a head, and not what it is accused of."""
    return prep.dep_ == "prep" and prep.lower_ in FOLLOWING and not (prep.lower_ == "of" and is_accused(head))


def is_accused(head: Token) -> bool:
    """Whether what follows "of" is the charge: "accused the army of mass slaughter", which the parser hangs on the army."""
    return head.dep_ == "dobj" and lexicon.lemma_of(head.head) in lexicon.load().classes["accusing"]


def _end_of(child: Token) -> int:
    """Where a genitive's ending, or a preposition with what it governs, ends; a day belongs to no phrase."""
    if child.dep_ == "case":
        return child.i + 1
    inner = next((c for c in child.children if c.dep_ == "pobj"), None)
    return 0 if inner is None or inner.lower_ in lexicon.load().classes["day"] else _right(inner)


def _is_its_name(child: Token, head: Token, end: int) -> bool:
    """ "The president, Mahmoud Abbas", "the space organization Glavkosmos"; not "Kuwait, its first mission"."""
    if child.dep_ != "appos" or child.tag_ not in PROPER or any(c.dep_ in ("det", "poss") for c in child.children):
        return False
    between = head.doc[end : child.left_edge.i].text
    return not between or (between == "," and head.tag_ not in PROPER)


def _verb_of(head: Token) -> list[Token]:
    """What follows the verb whose object a head is, also by a preposition."""
    verb = head.head.head if head.dep_ == "pobj" else head.head
    return list(verb.rights) if grammar.is_verbal(verb) else []


def _places(prep: Token, head: Token) -> bool:
    """Whether a preposition that the parser hangs on the verb names the place of the noun before it: "stormed a base in Helmand"."""
    if prep.dep_ != "prep" or prep.lower_ not in PLACING or head.tag_ in PROPER:
        return False
    return any(c.dep_ == "pobj" and c.tag_ in PROPER for c in prep.children)
