"""In: a word that names something to come. Out: the words that say on what condition it comes."""

from __future__ import annotations

from spacy.tokens import Token

from dragoman.drafts import Range
from dragoman.expectations.cues import Words
from dragoman.language.en import grammar

INVERTED = frozenset({"should", "were", "had"})


def condition(head: Token, cue: Token | None, words: Words) -> Range | None:
    """The clause or phrase of a condition of ``head``, or of the cue that governs it, the nearest first."""
    sites = [head, *([cue] if cue is not None else [])]
    if grammar.is_verbal(head) and head.dep_ in ("xcomp", "ccomp") and grammar.is_verbal(head.head) and head.head not in sites:
        sites.append(head.head)
    for site in sites:
        for child in site.children:
            if child.dep_ in ("advcl", "ccomp", "acl", "prep", "relcl") and (found := _conditional(child, words)) is not None:
                return found
    return _phrase(head, words)


def _conditional(clause: Token, words: Words) -> Range | None:
    start, end = clause.left_edge.i, clause.right_edge.i + 1
    marks = [c for c in clause.children if c.dep_ in ("mark", "advmod") and c.i < clause.i]
    first = next((c for c in marks if c.lower_ in words.lists["conditional"] and c.lower_ not in ("as", "should")), None)
    if clause.lower_ in ("provided", "providing") and any(c.dep_ == "ccomp" for c in clause.children):
        return Range(clause.i, end)
    if first is not None and first.lower_ == "when" and not _looks_ahead(clause):
        return None
    if first is not None:
        return Range(first.i, end)
    doc = clause.doc
    text = doc[start : start + 3].text.lower()
    if text in ("as long as", "so long as") or text.startswith("on condition"):
        return Range(start, end)
    if grammar.is_verbal(clause) and doc[start].lower_ in INVERTED and doc[start].dep_ in ("aux", "auxpass") and start < clause.i:
        return Range(start, end)
    return None


def _looks_ahead(clause: Token) -> bool:
    """A "when" of what is yet to be: "when Armenia sets a timetable"; not "when the two met"."""
    return clause.tag_ in ("VBZ", "VBP") or any(c.dep_ in ("aux", "auxpass") and c.tag_ in ("VBZ", "VBP") for c in clause.children)


def _phrase(head: Token, words: Words) -> Range | None:
    """ "in case of a refusal", "in return for"."""
    sentence = head.sent
    text = [t.lower_ for t in sentence]
    for phrase in words.lists["conditional_prepositions"]:
        parts = phrase.split()
        for place in range(len(text) - len(parts)):
            if text[place : place + len(parts)] == parts:
                first = sentence[place]
                if head.is_ancestor(first) or first.head == head:
                    return Range(first.i, max(first.right_edge.i, sentence[place + len(parts) - 1].right_edge.i) + 1)
    return None
