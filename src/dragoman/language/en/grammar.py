"""In: tokens of an English dependency tree. Out: who is subject and object of what, through passives, control, relative
clauses, participles, coordination and nominalisations. All functions return tokens or token ranges and change nothing.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from dragoman.drafts import Range

SUBJECT = frozenset({"nsubj", "csubj"})
PASSIVE_SUBJECT = frozenset({"nsubjpass", "csubjpass"})
OBJECT = frozenset({"dobj", "obj"})
CLAUSAL = frozenset({"xcomp", "ccomp"})
NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM"})
MODIFIES_NAME = frozenset({"compound", "flat", "nmod"})
HARD_LEFT = frozenset({"cc", "preconj", "punct", "mark"})
OCCASIONS = frozenset({"on", "during", "after", "at"})
NONE = frozenset({"no", "nobody", "none", "neither", "nothing"})
FINITE = frozenset({"VBD", "VBZ", "VBP"})
MAX_CLIMB = 6


def conjuncts(head: Token) -> list[Token]:
    """The token and what is coordinated with it to its right, in text order."""
    found = [head]
    for child in head.rights:
        if child.dep_ == "conj":
            found.extend(conjuncts(child))
    return found


def is_verbal(token: Token) -> bool:
    return token.pos_ in ("VERB", "AUX")


def first_joined(verb: Token) -> Token:
    """The first of the verbs that are joined with this one, on which the others hang."""
    while verb.dep_ == "conj" and is_verbal(verb.head):
        verb = verb.head
    return verb


def is_passive(verb: Token) -> bool:
    """Passive voice, also of a bare participle after a noun ("fighters backed by Iran")."""
    if any(c.dep_ in ("auxpass", "nsubjpass") for c in verb.children):
        return True
    if (
        verb.tag_ == "VBN"
        and verb.dep_ == "conj"
        and is_verbal(verb.head)
        and not any(c.dep_ in ("nsubj", "aux", "dobj") for c in verb.children)
    ):
        return is_passive(verb.head)
    return verb.tag_ == "VBN" and verb.dep_ in ("acl", "advcl") and not any(c.dep_ == "aux" for c in verb.children)


def is_relative(token: Token) -> bool:
    """A relative pronoun, also a "that" which the tagger takes for a conjunction though it is subject or object."""
    if token.lower_ == "that":
        return token.tag_ == "WDT" or (token.head.dep_ == "relcl" and token.dep_ in (*SUBJECT, *PASSIVE_SUBJECT, *OBJECT))
    return token.tag_ in ("WDT", "WP", "WP$") and token.lower_ != "what"


def antecedent(verb: Token) -> Token | None:
    """The noun that a relative clause describes."""
    verb = first_joined(verb)
    return verb.head if verb.dep_ == "relcl" else None


def own_subjects(verb: Token) -> list[Token]:
    """The subjects that stand in a verb's own clause: "wants *Sweden* to help", nobody in "wants to help"."""
    found: list[Token] = []
    for child in verb.children:
        if child.dep_ not in SUBJECT | PASSIVE_SUBJECT:
            continue
        noun = antecedent(verb) if is_relative(child) else child
        if noun is not None:
            found.extend(conjuncts(noun) if noun is child else [noun])
    return found


def _inherited_subjects(verb: Token, climb: int) -> list[Token]:
    """Subjects of a verb that has none of its own: by coordination, control, or from the noun it describes."""
    head, dep = verb.head, verb.dep_
    if climb <= 0 or head == verb:
        return []
    if dep == "conj" and is_verbal(head):
        return surface_subjects(head, climb - 1)
    if dep in ("xcomp", "ccomp") and is_verbal(head):
        controlled = [o for c in head.children if c.dep_ in (*OBJECT, "dative") for o in conjuncts(c)]
        return controlled if controlled and dep == "xcomp" else surface_subjects(head, climb - 1)
    if dep in ("xcomp", "ccomp", "advcl") and head.pos_ == "ADJ" and head.head != head:
        return surface_subjects(head.head, climb - 1)
    if dep == "advcl" and is_verbal(head):
        return surface_subjects(_main_clause(verb), climb - 1)
    if dep == "acl":
        if verb.tag_ == "VBN" or verb.tag_ == "VBG":
            return conjuncts(head) if verb.tag_ == "VBG" else [head]
        return owners(head, climb - 1)
    if dep == "pcomp" and head.dep_ == "prep":
        above = head.head
        if is_verbal(above):
            objects = [c for c in above.children if c.dep_ in OBJECT]
            if objects and head.lower_ in ("of", "for", "from", "into"):
                return [o for c in objects for o in conjuncts(c)]
            return surface_subjects(above, climb - 1)
        if above.pos_ in NOMINAL:
            is_told_of = above.dep_ in OBJECT or above.dep_ in PASSIVE_SUBJECT
            return owners(above, climb - 1) or (conjuncts(above) if is_told_of else [])
        if above.pos_ == "ADJ" and above.head != above:
            return surface_subjects(above.head, climb - 1)
    return []


def _main_clause(verb: Token) -> Token:
    """What an adverbial clause belongs to. A participle after a comma that closes a sentence tells what its subject did besides, though
    the parser hangs it on the nearest verb: "X praised Y after he had won, adding"."""
    above = verb.head
    if verb.tag_ == "VBG" and verb.left_edge.i == verb.i and verb.i > 0 and verb.doc[verb.i - 1].text == "," and above.i < verb.i:
        while above.dep_ in ("advcl", "relcl") and is_verbal(above.head if above.dep_ == "advcl" else clause_head(above.head)):
            above = above.head if above.dep_ == "advcl" else clause_head(above.head)
    return above


def surface_subjects(verb: Token, climb: int = MAX_CLIMB) -> list[Token]:
    """The grammatical subjects of a verb (of a passive one: who it is done to), coordination included."""
    return own_subjects(verb) or _inherited_subjects(verb, climb)


def agents(verb: Token) -> list[Token]:
    """Who does it: subjects of an active verb, the by-phrase of a passive one."""
    if is_passive(verb):
        by = [p for p in verb.children if p.dep_ == "agent" or (p.dep_ == "prep" and p.lower_ == "by")]
        return [a for p in by for c in p.children if c.dep_ == "pobj" for a in conjuncts(c)]
    return surface_subjects(verb)


def patients(verb: Token) -> list[Token]:
    """Who or what it is done to: objects of an active verb, subjects of a passive one."""
    if is_passive(verb):
        return surface_subjects(verb)
    noun = antecedent(verb)
    objects = [c for c in verb.children if c.dep_ in OBJECT]
    found = [o for c in objects for o in ([noun] if is_relative(c) else conjuncts(c)) if o is not None]
    found = found or _shared_objects(verb)
    if found:
        return found
    if noun is not None and verb.dep_ == "relcl":
        subjects = [c for c in verb.children if c.dep_ in SUBJECT]
        if subjects and not any(is_relative(s) for s in subjects) and not any(c.dep_ in CLAUSAL for c in verb.children):
            return [noun]
    if verb.dep_ == "conj" and is_verbal(verb.head) and not any(c.dep_ in ("prep", *CLAUSAL) for c in verb.children):
        later = [c for c in verb.head.children if c.dep_ in OBJECT and c.i > verb.i]
        return [o for c in later for o in conjuncts(c)]
    return []


def _shared_objects(verb: Token) -> list[Token]:
    """What follows a verb joined to this one and belongs to both: "shot and wounded a farmer"."""
    joined = next((c for c in verb.children if c.dep_ == "conj" and c.i == verb.i + 2 and c.tag_ == verb.tag_), None)
    return [] if joined is None else [o for c in joined.children if c.dep_ in OBJECT for o in conjuncts(c)]


def prepositional(token: Token) -> dict[str, list[Token]]:
    """Complements of the prepositions under a verb or noun, by the preposition's lower-case form ("with"; not "according to").

    Of a noun also those of a participle that closes it: "sanctions imposed on Iran".
    """
    found: dict[str, list[Token]] = {}
    participles = [c for c in token.children if c.dep_ == "acl" and c.tag_ == "VBN"] if token.pos_ == "NOUN" else []
    for prep in (*token.children, *(c for p in participles for c in p.children)):
        if prep.dep_ in ("prep", "dative") and prep.lower_ != "according" and prep.pos_ in ("ADP", "SCONJ", "PART", "VERB", "ADV"):
            _collect(prep, found)
    return found


def _collect(prep: Token, found: dict[str, list[Token]]) -> None:
    for child in prep.children:
        if child.dep_ in ("pobj", "pcomp"):
            found.setdefault(prep.lower_, []).extend(conjuncts(child))
        elif child.dep_ == "prep" or (child.dep_ == "conj" and child.pos_ in ("ADP", "SCONJ")):
            _collect(child, found)


def owners(noun: Token, climb: int = MAX_CLIMB) -> list[Token]:
    """Whose act an event noun or a plan is: its possessor, its by-phrase, or who is accused of it, blamed for it, involved in it."""
    for child in noun.children:
        if child.dep_ == "poss" and not is_relative(child):
            return conjuncts(child)
    prepositions = prepositional(noun)
    if "by" in prepositions:
        return prepositions["by"]
    if "of" in prepositions and any(c.dep_ == "acl" and is_infinitive(c) for c in (*noun.children, *prepositions["of"][0].children)):
        return prepositions["of"]  # "the refusal of the council to meet"
    if climb <= 0:
        return []
    head = noun.head
    if noun.dep_ == "conj" and head.pos_ in NOMINAL:
        return owners(head, climb - 1)
    if noun.dep_ == "pobj" and head.dep_ == "prep" and head.lower_ in ("of", "for", "in", "with") and is_verbal(head.head):
        return patients(head.head) or surface_subjects(head.head, climb - 1)
    return []


def attendants(noun: Token) -> list[Token]:
    """The subjects of the clause for which a noun is the occasion: "on a visit to Oslo, the *minister* said"."""
    prep = noun.head
    is_occasion = noun.dep_ == "pobj" and prep.dep_ == "prep" and prep.lower_ in OCCASIONS and is_verbal(prep.head)
    return surface_subjects(prep.head) if is_occasion else []


def complements(verb: Token) -> list[Token]:
    """Heads of the clauses that complete a verb, adjective or noun: what is agreed, refused, demanded to be done."""
    found: list[Token] = []
    for child in verb.children:
        if child.dep_ in CLAUSAL or (child.dep_ == "acl" and child.tag_ == "VB") or (child.dep_ == "advcl" and is_infinitive(child)):
            found.extend(v for v in conjuncts(child) if is_verbal(v))
        elif child.dep_ == "prep":
            found.extend(v for c in child.children if c.dep_ == "pcomp" for v in conjuncts(c) if is_verbal(v))
    return found


def purposes(verb: Token) -> list[Token]:
    """Infinitives that say what an act is for, also those that hang on its object: "sent doctors to treat"."""
    above = [verb, *(c for c in verb.children if c.dep_ in OBJECT)]
    clauses = [c for word in above for c in word.children if c.dep_ in ("advcl", "acl", "relcl", "xcomp") and c.i > verb.i]
    return [c for c in clauses if is_infinitive(c)]


def is_infinitive(verb: Token) -> bool:
    """An infinitive with "to"."""
    return verb.tag_ == "VB" and any(c.lower_ == "to" and c.dep_ == "aux" for c in verb.children)


def is_finite(verb: Token) -> bool:
    """Whether a verb, or the helper before it, has a tense: "sends", "is sending"; not "sending", "to send"."""
    return verb.tag_ in FINITE or any(c.dep_ in ("aux", "auxpass") and c.tag_ in (*FINITE, "MD") for c in verb.children)


def is_negated(token: Token) -> bool:
    """Negated by "not", "never", or a subject or object with "no"."""
    for child in token.children:
        if child.dep_ == "neg" or (child.lower_ in ("never", "neither", "nor") and child.dep_ in ("advmod", "cc", "preconj")):
            return True
        if child.dep_ in ("nsubj", "nsubjpass", "dobj", "det") and (child.lower_ in NONE or _has_no(child)):
            return True
    return token.dep_ == "xcomp" and token.head.lemma_ == "fail"


def is_mutual(verb: Token) -> bool:
    """Whether its subjects do it to each other."""
    return any(
        t.lower_ == "other" and t.i > 0 and t.nbor(-1).lower_ == "each" for c in verb.children if c.dep_ in OBJECT for t in c.subtree
    )


def _has_no(noun: Token) -> bool:
    return any(c.lower_ == "no" and c.dep_ == "det" for c in noun.children)


def phrase(head: Token, with_of: bool = True) -> Range:
    """The noun phrase of a head: modifiers before it and, if asked for, its of-phrase; no relative clause or apposition."""
    start = head.i
    for child in head.lefts:
        if child.dep_ in HARD_LEFT or child.dep_ == "relcl":
            continue
        start = min(start, child.left_edge.i)
        break
    doc = head.doc
    while start < head.i and (doc[start].is_punct or doc[start].dep_ in ("cc", "preconj")):
        start += 1
    end = head.i + 1
    for child in head.rights:
        if child.dep_ in MODIFIES_NAME and child.i == end:
            end = child.right_edge.i + 1
        elif with_of and child.dep_ == "prep" and child.lower_ == "of" and child.i == end:
            inner = [c for c in child.children if c.dep_ == "pobj"]
            if inner:
                end = max(end, phrase(inner[0]).end)
    return Range(start, end)


def clause_head(token: Token) -> Token:
    """The nearest verb above (or at) a token, else the root."""
    while not is_verbal(token) and token.head != token:
        token = token.head
    return token


def ancestors(token: Token) -> Iterator[Token]:
    while token.head != token:
        token = token.head
        yield token
