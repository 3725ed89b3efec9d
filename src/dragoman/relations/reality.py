"""In: a word and its clause. Out: whether the text says that it is so, or only denies, wishes, plans or imagines it."""

from __future__ import annotations

from spacy.tokens import Token

from dragoman.language.en import grammar
from dragoman.relations.words import beside, cues

UNREAL_MODALS = frozenset({"would", "could", "might", "may", "should", "must", "can", "will", "'ll", "shall"})
NEGATIONS = frozenset({"no", "not", "n't", "never", "neither", "nor", "without", "hardly"})


def is_so(verb: Token) -> bool:
    """Whether a clause is told as a fact: not negated, no modal, no condition, and below nothing that is only wished or planned."""
    if grammar.is_negated(verb) or is_no_longer(verb) or _is_modal(verb) or _is_condition(verb) or _is_only_imagined(verb):
        return False
    inner = verb
    for above in grammar.ancestors(verb):
        if inner.dep_ == "relcl" and is_aside(inner):
            return True
        if inner.dep_ in ("ccomp", "advcl") and inner.i < above.i and any(t.text == ";" for t in verb.doc[inner.i : above.i]):
            return True  # a clause of its own before a semicolon
        if inner.dep_ in ("xcomp", "ccomp", "advcl", "conj") and grammar.is_verbal(above):
            is_unwanted = above.lemma_ in cues()["hypothetical"] or grammar.is_negated(above)
            if inner.dep_ in ("xcomp", "ccomp") and is_unwanted and not (above.lemma_ in cues()["stopping"] and grammar.is_negated(above)):
                return False
            if inner.dep_ == "xcomp" and (_is_modal(above) or _is_condition(above)):
                return False
        if _is_condition(above) and inner.dep_ in ("xcomp", "ccomp", "conj", "dobj"):
            return False
        inner = above
    return True


def _is_only_imagined(verb: Token) -> bool:
    """ "any talk of the two becoming enemies"."""
    return verb.dep_ == "pcomp" and verb.head.head.pos_ == "NOUN" and verb.head.head.lemma_ in cues()["talk"]


def is_aside(token: Token) -> bool:
    """In a clause or apposition behind a comma ("ASEAN, of which it is a member,"): taken for granted whatever is said around it."""
    for one in (token, *grammar.ancestors(token)):
        if one.dep_ in ("relcl", "appos") and one.left_edge.i > one.head.i and one.left_edge.nbor(-1).text == ",":
            return True
    return False


def is_no_longer(token: Token) -> bool:
    return any(c.dep_ == "advmod" and c.lower_ == "longer" and any(k.lower_ == "no" for k in c.children) for c in token.children)


def is_former(noun: Token) -> bool:
    """ "once a partner of", "its former ally": no longer so, and no word on until when."""
    return any(c.lower_ in beside()["formerly"] for c in noun.children if c.dep_ in ("amod", "advmod", "compound", "nmod"))


def is_only_talked_of(noun: Token) -> bool:
    """ "talk of a partnership", "speculation about new sanctions"."""
    above = noun.head
    return (
        noun.dep_ == "pobj" and above.lower_ in ("of", "about", "for") and above.head.pos_ == "NOUN" and above.head.lemma_ in cues()["talk"]
    )


def is_told(verb: Token) -> bool:
    """A finite clause, or a participle that describes: "backed by Iran", no infinitive and no command."""
    if grammar.is_infinitive(verb) or verb.tag_ == "VB":
        return False
    return is_so(verb)


def is_lasting(verb: Token) -> bool:
    """Present, perfect or progressive, so that it still holds: "backs", "has backed", "is backing"; a bare participle, too."""
    helpers = {c.lower_ for c in verb.children if c.dep_ in ("aux", "auxpass")}
    if verb.tag_ in ("VBZ", "VBP"):
        return True
    if is_backshifted(verb):
        return True
    if helpers & {"is", "are", "'s", "'re", "feels", "feel", "has", "have", "been", "being", "'ve"}:
        return True
    return (
        verb.tag_ in ("VBN", "VBG") and verb.dep_ in ("acl", "amod", "advcl", "conj", "compound") and not helpers & {"was", "were", "had"}
    )


def is_backshifted(verb: Token) -> bool:
    """A past tense that only follows that of the saying: "said that his country felt threatened"."""
    clause = grammar.first_joined(verb)
    is_past = verb.tag_ == "VBD" or any(c.dep_ in ("aux", "auxpass") and c.tag_ == "VBD" and c.lower_ != "had" for c in verb.children)
    return is_past and clause.dep_ == "ccomp" and clause.head.tag_ in ("VBD", "VBN") and grammar.is_verbal(clause.head)


def is_perfect(verb: Token) -> bool:
    """ "has cut its ties"."""
    return any(c.dep_ == "aux" and c.lemma_ == "have" and c.lower_ != "had" for c in verb.children)


def _is_modal(verb: Token) -> bool:
    return any(c.dep_ == "aux" and c.lower_ in UNREAL_MODALS for c in verb.children)


def _is_condition(verb: Token) -> bool:
    return any(c.dep_ in ("mark", "aux", "advmod") and c.lower_ in cues()["conditions"] and c.i < verb.i for c in verb.children)


def is_denied(noun: Token) -> bool:
    """ "no alliance", "without relations", "has not had an accord"."""
    if any(c.lower_ in NEGATIONS for c in noun.children if c.dep_ in ("det", "neg", "preconj")):
        return True
    above, first = noun.head, noun.left_edge
    before = first.nbor(-1) if first.i > noun.sent.start else first
    is_contrast = before.lower_ == "not" and before.dep_ != "preconj"  # "neighbours, not enemies"
    return is_contrast or (noun.dep_ == "pobj" and above.lower_ == "without")
