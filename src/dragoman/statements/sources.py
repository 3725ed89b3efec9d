"""In: the tree and a cue. Out: the head of whose word or wish it is, and the noun phrase as it is written."""

from __future__ import annotations

from spacy.tokens import Token

from dragoman.drafts import Range
from dragoman.language.tree import FINITE_TAGS, NOMINAL, RELATIVE_TAGS, Tree

SUBJECTS = ("nsubj", "csubj")
PASSIVE_SUBJECTS = ("nsubjpass", "csubjpass")
OBJECTS = ("dobj", "obj", "dative")
DASHES = frozenset({"--", "—", "–", "―", "-"})
TRIMMED = frozenset({"punct", "cc", "preconj"})
FOCUS = frozenset({"even", "also"})
CLOSES = frozenset({")", "]"})
MAX_CLIMB = 6
DEEPEST = 40


def is_passive(tree: Tree, verb: int) -> bool:
    if any(tree.dep[kid] == "auxpass" and tree.lower[kid] == "'s" for kid in tree.kids[verb]):
        return tree.first(verb, "ccomp", "dobj", "prep") is None  # "he's said so" is parsed as if "'s" were "is"
    if any(tree.dep[kid] in ("auxpass", "nsubjpass", "csubjpass") for kid in tree.kids[verb]):
        return True
    if tree.tag[verb] != "VBN" or tree.dep[verb] not in ("acl", "advcl") or _is_main(tree, verb):
        return False
    return not any(tree.dep[kid] == "aux" for kid in tree.kids[verb])


def _is_main(tree: Tree, verb: int) -> bool:
    """The "called" of "the president, Ann Lee, called it a lie", which the parser may take for a participle: there is no other verb."""
    return tree.dep[verb] == "acl" and tree.dep[tree.head[verb]] == "ROOT" and tree.words[verb - 1] == ","


def antecedent(tree: Tree, verb: int) -> int | None:
    """The noun that a relative clause describes."""
    while tree.dep[verb] == "conj" and tree.is_verb(tree.head[verb]):
        verb = tree.head[verb]
    return tree.head[verb] if tree.dep[verb] == "relcl" else None


def is_relative(tree: Tree, token: int) -> bool:
    """ "who", "which", "that" of a relative clause, not the "what" that stands for a noun of its own."""
    return tree.tag[token] in RELATIVE_TAGS and tree.lower[token] != "what"


def relative_subject(verb: Token) -> int | None:
    """The "who" of "who said so", also of "who came and denied it" and "who tried to deny it"."""
    for _ in range(MAX_CLIMB):
        for child in verb.children:
            if child.dep_ in SUBJECTS + PASSIVE_SUBJECTS:
                return int(child.i) if child.tag_ in RELATIVE_TAGS and child.lower_ != "what" else None
        if verb.dep_ not in ("conj", "xcomp", "advcl", "pcomp", "prep") or verb.head == verb:
            return None
        verb = verb.head
    return None


def _own(tree: Tree, verb: int, labels: tuple[str, ...]) -> int | None:
    subject = _last_subject(tree, verb, labels)
    if subject is not None and is_relative(tree, subject):
        return antecedent(tree, verb) if tree.dep[verb] in ("relcl", "conj") else subject
    return subject


def _last_subject(tree: Tree, verb: int, labels: tuple[str, ...]) -> int | None:
    """The one after the verb where there are two: in "The harbour," said Rossi, "was closed" the parser takes both for subjects."""
    found = list(tree.labelled(verb, *labels))
    if not found:
        return None
    return found[-1] if tree.left[found[-1]] == verb + 1 else found[0]


def reporting(tree: Tree, verb: int) -> int | None:
    """The "quoted" of "was quoted as saying"."""
    by = tree.head[verb]
    above = tree.head[by]
    handed = tree.dep[verb] == "pcomp" and tree.lower[by] == "as" and tree.is_verb(above) and above < by
    return above if handed else None


def quoted(tree: Tree, verb: int) -> int | None:
    """Who said it where somebody else reports it: the object of "the agency quoted the king as saying", the subject of its passive."""
    return _own(tree, verb, PASSIVE_SUBJECTS) if is_passive(tree, verb) else tree.first(verb, *OBJECTS)


def subject(tree: Tree, verb: int, climb: int = MAX_CLIMB, documents: frozenset[str] = frozenset()) -> int | None:
    """The grammatical subject, through coordination, control, participles and relative clauses.

    ``documents`` are nouns that speak for whoever issues them: "sent a letter saying".
    """
    own = _own(tree, verb, SUBJECTS + PASSIVE_SUBJECTS)
    if own is not None:
        return own
    head, dep = tree.head[verb], tree.dep[verb]
    if climb <= 0 or head == verb:
        return None
    if dep in ("xcomp", "ccomp") and tree.is_verb(head):
        controlled = tree.first(head, *OBJECTS) if dep == "xcomp" else None
        return controlled if controlled is not None else subject(tree, head, climb - 1)
    if dep in ("conj", "advcl", "dep", "parataxis") and tree.is_verb(head):
        return subject(tree, _above_time_clause(tree, verb), climb - 1)
    if dep in ("xcomp", "ccomp", "advcl", "acl") and tree.pos[head] == "ADJ":
        return subject(tree, tree.head[head], climb - 1) if tree.is_verb(tree.head[head]) else None
    if dep == "acl" and tree.tag[verb] in ("VBG", "VBN"):
        issuer = owner(tree, head) if tree.tag[verb] == "VBG" and tree.lemma[head] in documents else None
        return head if issuer is None else issuer
    if dep == "acl" and tree.tag[verb] in FINITE_TAGS:
        return head  # a main verb that the parser did not know for one
    if dep == "acl":
        return owner(tree, head, climb - 1)
    if dep == "advcl" and tree.pos[head] in NOMINAL:
        return head
    if dep == "pcomp" and tree.dep[head] in ("prep", "agent"):
        above = tree.head[head]
        if tree.is_verb(above):
            said = quoted(tree, above) if tree.lower[head] == "as" else None
            return subject(tree, above, climb - 1) if said is None else said
        if tree.pos[above] in NOMINAL:
            return owner(tree, above, climb - 1)
        if tree.pos[above] == "ADJ" and tree.is_verb(tree.head[above]):
            return subject(tree, tree.head[above], climb - 1)
    return None


def _above_time_clause(tree: Tree, verb: int) -> int:
    """The verb that a participle after a comma belongs to: in "she spoke after he left, saying ..." it is she who says."""
    above = tree.head[verb]
    if tree.tag[verb] != "VBG" or tree.words[tree.left[verb] - 1] != ",":
        return above
    while tree.dep[above] == "advcl" and above < verb and tree.first(above, "mark") is not None and tree.is_verb(tree.head[above]):
        above = tree.head[above]
    return above


def agent(tree: Tree, verb: int, documents: frozenset[str] = frozenset()) -> int | None:
    """Who does it: the subject of an active verb, the by-phrase of a passive one."""
    if not is_passive(tree, verb):
        return subject(tree, verb, documents=documents)
    for by in tree.labelled(verb, "agent", "prep"):
        if tree.lower[by] == "by":
            return tree.first(by, "pobj")
    return None


def owner(tree: Tree, noun: int, climb: int = MAX_CLIMB) -> int | None:
    """Whose claim or plan a noun is: possessor, by- or from-phrase, or the subject of the verb whose object it is."""
    own = named_owner(tree, noun)
    if own is not None or climb <= 0:
        return own
    head, dep = tree.head[noun], tree.dep[noun]
    if dep in ("dobj", "obj", "attr", "oprd") and tree.is_verb(head):
        return agent(tree, head)
    if dep == "conj" and tree.pos[head] in NOMINAL:
        return owner(tree, head, climb - 1)
    if dep == "pobj" and tree.dep[head] == "prep" and tree.is_verb(tree.head[head]):
        return subject(tree, tree.head[head], climb - 1)
    return None


def named_owner(tree: Tree, noun: int) -> int | None:
    """The possessor of a noun, or who stands after its "by" or "from"."""
    possessor = tree.first(noun, "poss")
    if possessor is not None and not is_relative(tree, possessor):
        return possessor
    for prep in tree.labelled(noun, "prep", "agent"):
        if tree.lower[prep] in ("by", "from"):
            return tree.first(prep, "pobj")
    return None


def holder(tree: Tree, noun: int, verbs: frozenset[str]) -> int | None:
    """Whose claim or plan a noun is, where only some verbs make it their subject's."""
    own = named_owner(tree, noun)
    head = tree.head[noun]
    is_ones_own = own is None or tree.tag[own] == "PRP$"  # "voiced his concern"
    if is_ones_own and tree.dep[noun] in ("dobj", "obj") and tree.is_verb(head) and tree.lemma[head] in verbs:
        speaker = agent(tree, head)
        return own if speaker is None else speaker
    if own is None and tree.dep[noun] == "pobj" and tree.lower[head] in ("in", "with", "under") and tree.is_verb(tree.head[head]):
        return subject(tree, tree.head[head])
    return own


def neighbour(tree: Tree, verb: int, left: int, right: int) -> int | None:
    """The head of the noun phrase that touches a verb, where the parser missed its subject: "said Mr. Lee", "Mr. Lee, 40, said".

    Only tokens from ``left`` to before ``right`` are looked at.
    """
    for first, step in ((verb + 1, 1), (verb - 1, -1)):
        token = first
        while left <= token < right and (tree.pos[token] in ("ADV", "AUX", "DET", "ADJ", "NUM") or (step < 0 and tree.words[token] == ",")):
            token += step
        if left <= token < right and tree.pos[token] in ("PROPN", "NOUN", "PRON") and tree.dep[token] != "npadvmod":
            return _top(tree, token, verb, left, right)
    return None


def _top(tree: Tree, token: int, verb: int, left: int, right: int) -> int:
    """The head of the largest noun phrase around a token that stays on its side of the verb."""
    best, side = token, token > verb
    for _ in range(2 * MAX_CLIMB):
        above = tree.head[token]
        if above == token or not left <= above < right or (above > verb) != side:
            break
        if tree.is_verb(above) and tree.dep[above] not in ("relcl", "acl"):
            break
        token = above
        if tree.pos[token] in NOMINAL:
            best = token
    return best


def phrase(tree: Tree, head: int, without: int | None = None) -> Range:
    """The noun phrase of a head as it is written, with appositions and relative clauses, but for the one that holds ``without``."""
    start, end = tree.left[head], tree.right[head] + 1
    if without is not None and start <= without < end and without != head:
        part = _part(tree, head, without)
        start, end = (start, max(tree.left[part], head + 1)) if part > head else (min(tree.right[part] + 1, head), end)
    while end - 1 > head and (tree.dep[end - 1] in TRIMMED or tree.tag[end - 1] == "POS") and tree.words[end - 1] not in CLOSES:
        end -= 1
    dashes = [t for t in range(start, head) if tree.words[t] in DASHES and tree.spaced[t - 1]]
    if dashes:
        start = dashes[-1] + 1
    while start < head and (tree.dep[start] in TRIMMED or tree.lower[start] in FOCUS):
        start += 1
    return Range(start, end)


def _part(tree: Tree, head: int, token: int) -> int:
    """The child of ``head`` that a token is under; the token itself where it is under none."""
    part = token
    for _ in range(DEEPEST):
        if tree.head[part] == head:
            return part
        part = tree.head[part]
    return token
