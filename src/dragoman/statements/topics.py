"""In: the tree and the content of an attribution. Out: the noun that it is about: who is said to do something, what is hoped or feared.

Of a clause that is its subject or, where that is whoever speaks ("said it was sceptical of the plan"), what completes its verb; of a bare
phrase ("concern about the vote") its noun, but of a claim ("rejected the accusations by Oslo") whoever makes it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dragoman.drafts import Range, is_among
from dragoman.language.tree import SUBJECTS, Tree
from dragoman.statements.cues import english, is_claim
from dragoman.statements.occasions import DATES
from dragoman.statements.sources import named_owner

COMPLETING = ("acomp", "dobj", "ccomp", "xcomp", "pcomp", "prep")
WITHIN = frozenset({"of", "in", "at", "with", "on", "between", "near"})
TOPICAL = frozenset({"about", "against", "at", "for", "from", "of", "on", "over", "to", "with"})  # not "within a week", "in spring"
NAMING = ("NOUN", "PROPN")
DEEPEST = 4


def of(tree: Tree, cue: int, content: Sequence[Range]) -> int | None:
    """The noun that the first piece of a content is about; None where that is a pronoun, nothing or the cue itself ("sent condolences")."""
    if is_among(cue, content):
        return None
    beside = next(_beside(tree, cue, content), None)
    if beside is not None:
        return _topic(tree, beside, DEEPEST)
    first = tree.first_top(*content[0])
    is_asked = tree.pos[first] in NAMING and tree.dep[first] == "dobj"  # "urged Oslo to sign"
    return _topic(tree, first if is_asked else tree.top(*content[0]), DEEPEST)


def _beside(tree: Tree, cue: int, content: Sequence[Range]) -> Iterator[int]:
    """The claim that is denied beside what it says ("denied charges by Rome that"), and with whom somebody agrees that it is so."""
    for kid in tree.kids[cue]:
        is_claim_denied = tree.dep[kid] == "dobj" and tree.lemma[kid] in english().nouns
        is_agreed_with = kid == cue + 1 and tree.lower[kid] == "with"
        if kid > cue and (is_claim_denied or is_agreed_with) and not is_among(kid, content):
            yield kid


def _topic(tree: Tree, word: int, depth: int) -> int | None:
    if tree.lower[word] in DATES:
        return None
    if tree.pos[word] in NAMING:
        claim = english().nouns.get(tree.lemma[word])
        if tree.lemma[word] in english().parts and (prep := tree.first(word, "prep")) is not None and depth:
            return _topic(tree, prep, depth - 1)
        return word if claim is None or not is_claim(claim.manner) else _claimant(tree, word)
    if depth == 0 or not (tree.is_verb(word) or tree.pos[word] in ("ADJ", "ADP", "SCONJ")):
        return None
    subject = tree.first(word, *SUBJECTS)
    if subject is not None and tree.pos[subject] in (*NAMING, "NUM"):
        return subject
    found = (_topic(tree, inner, depth - 1) for inner in _completing(tree, word))
    return next((noun for noun in found if noun is not None), None)


def _claimant(tree: Tree, claim: int) -> int | None:
    """Who makes a claim that is the object of a verb, also where the parser hangs "by Rome" on that."""
    owner, verb = named_owner(tree, claim), tree.head[claim]
    if owner is not None or tree.dep[claim] != "dobj":
        return owner
    makers = (tree.first(kid, "pobj") for kid in tree.labelled(verb, "prep", "agent") if kid > claim and tree.lower[kid] in ("by", "from"))
    return next(makers, None)


def _completing(tree: Tree, word: int) -> Iterator[int]:
    """What completes a verb, an adjective or a preposition, the closest kind first."""
    if tree.pos[word] in ("ADP", "SCONJ"):
        yield from tree.labelled(word, "pobj", "pcomp")
        return
    yield from (kid for kid in tree.labelled(word, "prep") if kid == word + 1 and tree.lower[kid] == "with")  # "agree with Rome that"
    for label in COMPLETING:
        for kid in tree.labelled(word, label):
            if kid > word and (label != "prep" or tree.lower[kid] in TOPICAL):
                yield kid


def phrase(tree: Tree, noun: int) -> Range:
    """The noun phrase as it is written, up to a comma, a clause or an infinitive."""
    start, end = tree.left[noun], noun + 1
    while start < noun and tree.pos[start] == "PUNCT":
        start += 1
    for kid in tree.kids[noun]:
        if kid < noun:
            continue
        belongs = tree.dep[kid] in ("case", "compound", "nummod") or (tree.dep[kid] == "prep" and tree.lower[kid] in WITHIN)
        made = tree.dep[kid] == "acl" and tree.tag[kid] == "VBN"
        if tree.left[kid] != end or not (belongs or made):
            break
        inner = tree.first(kid, "pobj")
        end = tree.right[kid] + 1 if inner is None else phrase(tree, inner).end
    return Range(start, end)
