"""In: a parsed article. Out: the words in it that name something to come, each with the word or form that tells so."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Token

from dragoman.drafts import Range, is_among
from dragoman.expectations.cues import Cue, Words
from dragoman.language import Annotated
from dragoman.language.en import grammar
from dragoman.language.tree import Tree, tree
from dragoman.schema import ExpectationKind, Strength

POS = {"VERB": "v", "AUX": "v", "NOUN": "n", "ADJ": "a"}
GIVEN = frozenset({"dobj", "prep", "mark"})
MAIN = frozenset({"ROOT", "ccomp", "conj", "relcl"})
OWN = frozenset({"nsubj", "nsubjpass"})
FADING = frozenset({"plan", "schedule", "forecast"})
UNREAL_MARKS = frozenset({"if", "unless", "whether", "lest"})


@dataclass(frozen=True, slots=True)
class Prospect:
    """``head`` names what is to come, ``cue`` is the word that tells so (None where a tense alone does).

    ``is_refused`` says that it is told not to come: "will not lend its bases"; ``is_else`` that it is in store for who does not do what
    is asked: "must leave or face a blockade".
    """

    head: Token
    cue: Token | None
    kind: ExpectationKind
    strength: Strength
    because: str
    needs_due: bool = False
    is_refused: bool = False
    is_else: bool = False


def prospects(annotated: Annotated, told: list[Range], words: Words) -> Iterator[Prospect]:
    """In text order of what tells them; ``told`` are the stretches that are somebody's words."""
    known = tree(annotated)
    for place, (tag, dep) in enumerate(zip(known.pos, known.dep, strict=True)):
        pos = POS.get(tag)
        if pos == "n" and known.lemma[place].lower() in words.lists["occasions"] and _is_dated(known, place):
            yield from _appointed(annotated[place], words)
        if pos is None or dep in ("aux", "auxpass") or (pos != "v" and not _may_be_cue(known, place, pos, words)):
            continue
        token = annotated[place]
        to_come = pos == "v" and _is_to_come(token, told, words)
        cued = [p for cue in _cues(token, pos, words) if not (to_come and cue.kind == "deadline") for p in _cued(token, cue, words)]
        told_here = cued or (list(_by_tense(token, told, words)) if pos == "v" else [])
        for one in told_here:
            yield from _or_else(one, words)


def _or_else(prospect: Prospect, words: Words) -> Iterator[Prospect]:
    """A prospect and, of what is asked, what else is in store: "must go or be driven out", "has a week to change course or face more"."""
    yield prospect
    head = prospect.head
    if prospect.kind != "deadline" or not grammar.is_verbal(head):
        return
    for other in head.children:
        if other.dep_ == "conj" and _is_alternative(head, other) and _is_suffered(other, words):
            cue = prospect.cue if prospect.cue is not None and prospect.cue.i != head.i else None
            yield Prospect(other, cue, "threat", "firm", f"“or {other.text}” is what else is in store", is_else=True)


def _is_alternative(verb: Token, other: Token) -> bool:
    """Whether two joined verbs are joined by "or"."""
    return any(c.dep_ == "cc" and c.lower_ == "or" and verb.i < c.i < other.i for c in verb.children)


def _is_suffered(verb: Token, words: Words) -> bool:
    """Whether a verb tells what happens to its subject: "face", "lose", "be driven out"."""
    is_own = any(c.dep_ in OWN for c in verb.children)
    return not is_own and (verb.lemma_ in words.lists["suffering"] or grammar.is_passive(verb))


def _is_dated(known: Tree, place: int) -> bool:
    """Whether a noun has something after it in which a date may stand: "a meeting in Rome on Friday", "a conference to be held in May";
    not a conference with the press, where things are told."""
    if any(known.lower[kid] in ("news", "press") for kid in known.kids[place]):
        return False
    return any(kid > place and known.dep[kid] in ("prep", "npadvmod", "relcl", "acl") for kid in known.kids[place])


def _appointed(noun: Token, words: Words) -> Iterator[Prospect]:
    """A meeting, march or hearing for which somebody comes, calls or prepares: "flew to Bogota for a meeting on Monday"."""
    to_be = next((c for c in noun.children if c.dep_ in ("relcl", "acl") and is_infinitive(c)), None)
    is_had = noun.dep_ == "dobj" and noun.head.lemma_ == "have" and not _helpers(noun.head)
    if (noun.dep_ == "pobj" and noun.head.lower_ in words.lists["towards"]) or to_be is not None or is_had:
        yield Prospect(noun, to_be, "schedule", "firm", f"“{noun.text}” on a day ahead", needs_due=True)


def _may_be_cue(known: Tree, place: int, pos: str, words: Words) -> bool:
    return (pos, known.lemma[place].lower()) in words.cues or ("a", known.lower[place]) in words.cues


def _cues(token: Token, pos: str, words: Words) -> tuple[Cue, ...]:
    return words.cues.get((pos, token.lemma_.lower()), ()) or words.cues.get(("a", token.lower_), ())


def _by_tense(verb: Token, told: list[Range], words: Words) -> Iterator[Prospect]:
    """ "will send", "said it would send", "is to meet", "may send", "meets on Friday"."""
    if verb.lemma_ == "be" and _helpers(verb) & (words.lists["future"] | words.lists["backshifted"]) and is_among(verb.i, told):
        yield from _ruled_out(verb)
    if verb.lemma_ == "be" and _is_to_come(verb, told, words) and not is_unreal(verb) and not grammar.is_negated(verb):
        yield Prospect(verb, None, "schedule", "firm", f"“will {verb.text}” somewhere on a day ahead", needs_due=True)
    if verb.lemma_ == "be" or is_unreal(verb):
        infinitives = [c for c in verb.children if c.dep_ == "xcomp" and is_infinitive(c)] if verb.lemma_ == "be" else []
        if verb.tag_ in grammar.FINITE and not is_unreal(verb) and not any(c.dep_ in ("acomp", "attr") for c in verb.children):
            for inner in infinitives:
                yield Prospect(inner, verb, "plan", "firm", f"“{verb.text} to {inner.text}” lies ahead")
        return
    carrier = verb
    while carrier.dep_ == "conj" and not _helpers(carrier) and carrier.tag_ == "VB" and grammar.is_verbal(carrier.head):
        carrier = carrier.head
    helpers = _helpers(carrier)
    if any(c.lemma_ == "have" and c.dep_ == "aux" for c in verb.children):
        return
    if grammar.is_negated(verb) or grammar.is_negated(carrier) or _has_neither(verb):
        if helpers & words.lists["future"] and _is_refusal(verb):
            yield Prospect(verb, None, "commitment", "firm", f"“will not {verb.text}” lies ahead", is_refused=True)
        return
    if helpers & words.lists["future"]:
        yield Prospect(verb, None, "commitment", "firm", f"“will {verb.text}” lies ahead")
    elif helpers & words.lists["backshifted"] and (is_among(verb.i, told) or _depends(verb, words)):
        yield Prospect(verb, None, "commitment", "firm", f"“would {verb.text}” in what is said lay ahead")
    elif helpers & words.lists["able"] and _depends(verb, words):
        yield Prospect(verb, None, "plan", "possible", f"“could {verb.text}” if something comes first")
    elif helpers & words.lists["possible"]:
        yield Prospect(verb, None, "plan", "possible", f"“may {verb.text}” is possible")
    elif verb.lemma_ == "go" and verb.tag_ == "VBG" and any(c.dep_ == "xcomp" for c in verb.children):
        for inner in grammar.complements(verb):
            yield Prospect(inner, verb, "plan", "firm", f"“going to {inner.text}” lies ahead")
    elif verb.tag_ == "VBG" and verb.lemma_ in words.lists["progressive"] and helpers & {"was", "were"} and is_among(verb.i, told):
        yield Prospect(verb, None, "plan", "firm", f"“was {verb.text}” in what is said lay ahead")
    elif _is_present(verb, helpers) and verb.lemma_ not in ("say", "have") and verb.dep_ in MAIN:
        sending = verb.tag_ == "VBG" and verb.lemma_ in words.lists["progressive"]
        kind: ExpectationKind = "plan" if sending else "schedule"
        yield Prospect(verb, None, kind, "firm", f"“{verb.text}” in the present", needs_due=not sending)
    if helpers & words.lists["obliging"] and verb.tag_ == "VB":
        yield Prospect(verb, None, "deadline", "firm", f"“must {verb.text}” by a day ahead", needs_due=True)


def _is_to_come(verb: Token, told: list[Range], words: Words) -> bool:
    helpers = _helpers(verb)
    return bool(helpers & words.lists["future"]) or (bool(helpers & words.lists["backshifted"]) and is_among(verb.i, told))


def _ruled_out(verb: Token) -> Iterator[Prospect]:
    """What somebody says will not be: "there will be no talks"."""
    if any(c.dep_ == "expl" for c in verb.children):
        for noun in verb.children:
            if noun.dep_ == "attr" and noun.pos_ == "NOUN" and any(c.lower_ == "no" for c in noun.children):
                yield Prospect(noun, None, "commitment", "firm", f"“no {noun.text}” lies ahead", is_refused=True)


def _is_refusal(verb: Token) -> bool:
    """Whether somebody who is named will not do something: "Hungary will resettle no one"; not "we will not yield", "nobody will come"."""
    subjects = [c for c in verb.children if c.dep_ == "nsubj"]
    return bool(subjects) and all(s.lower_ not in ("i", "we", "there") for s in subjects) and not _has_neither(verb)


def _depends(verb: Token, words: Words) -> bool:
    """Whether "would" or "could" depends on what may still come: "would sue if the talks fail", "or else it would"."""
    if any(c.lower_ in words.lists["else"] for c in verb.children if c.i < verb.i):
        return True
    return any(
        c.dep_ == "advcl"
        and (any(k.lower_ in ("if", "unless") for k in c.children) or c.left_edge.lower_ in ("should", "were"))
        and not any(k.lower_ == "had" and k.dep_ == "aux" for k in c.children)
        for c in verb.children
    )


def is_infinitive(verb: Token) -> bool:
    """An infinitive with "to", also of a passive: "to be reached"."""
    return verb.tag_ in ("VB", "VBN") and any(c.lower_ == "to" and c.dep_ == "aux" for c in verb.children)


def _is_present(verb: Token, helpers: set[str]) -> bool:
    """ "meets", "is meeting"."""
    return (verb.tag_ in ("VBZ", "VBP") and not helpers) or (verb.tag_ == "VBG" and bool(helpers & {"is", "are", "'s", "'re"}))


def _helpers(verb: Token) -> set[str]:
    return {c.lower_.replace("’", "'") for c in verb.children if c.dep_ in ("aux", "auxpass")}


def _cued(token: Token, cue: Cue, words: Words) -> Iterator[Prospect]:
    if _is_denied(token) or is_unreal(token) or not _is_told(token) or (cue.kind != "deadline" and _is_spurned(token, words)):
        return
    if cue.kind in FADING and had(token):
        return  # "which had planned a march"
    because = f"“{token.text}” tells of a {cue.kind}"
    for head in _contents(token, cue, words):
        if (
            _has_neither(token)
            or _has_neither(head)
            or (head.i == token.i and not {"days", "place"} & cue.forms)
            or (grammar.is_negated(head) and not _is_forsworn(head, cue))
        ):
            continue
        if cue.kind in ("threat", "commitment", "plan") and _is_anothers(token, head):
            continue
        of_news = "dated" in cue.forms and not grammar.is_verbal(head)
        yield Prospect(
            head, token, cue.kind, cue.strength, because, needs_due=cue.kind == "deadline" or of_news, is_refused=_is_forsworn(head, cue)
        )


def had(verb: Token) -> bool:
    return bool(_helpers(verb) & {"had", "'d"}) and verb.tag_ == "VBN"


def _is_forsworn(head: Token, cue: Cue) -> bool:
    """Whether it is promised not to do something: "vowed not to buy its gas"."""
    is_own = grammar.is_verbal(head) and (is_infinitive(head) or bool(_helpers(head) & {"will", "would", "'ll", "'d"}))
    return cue.kind == "commitment" and is_own and grammar.is_negated(head)


def _is_denied(token: Token) -> bool:
    """Whether a cue is negated, an adjective by its verb: "is not about to"."""
    return grammar.is_negated(token) or (token.pos_ == "ADJ" and token.dep_ == "acomp" and grammar.is_negated(token.head))


def _contents(token: Token, cue: Cue, words: Words) -> Iterator[Token]:
    """The words that stand where the cue has what is to come; of joined ones each."""
    passive = grammar.is_verbal(token) and grammar.is_passive(token)
    for child in token.children:
        if child.dep_ in ("xcomp", "ccomp", "acl", "advcl", "relcl") and grammar.is_verbal(child):
            if is_infinitive(child) and (child.dep_ != "relcl" or token.pos_ == "NOUN"):
                if ("whether" if _asks_whether(child) else "inf") in cue.forms and _completes(token, child, cue.kind):
                    yield from _joined(child, words)
            elif (
                (child.dep_ == "ccomp" or (child.dep_ == "acl" and token.pos_ == "NOUN"))
                and "that" in cue.forms
                and any(c.lower_ in words.lists["modal"] for c in child.children)
            ) or (child.tag_ == "VBG" and "ing" in cue.forms and child.dep_ in ("xcomp", "ccomp")):
                yield from _joined(child, words)
        elif (child.dep_ in grammar.OBJECT or (child.dep_ == "npadvmod" and cue.kind == "deadline")) and token.pos_ != "NOUN":
            is_given = passive and cue.kind == "commitment" and child.i > token.i  # "was promised ammunition by"
            if "obj" in cue.forms and (child.pos_ in ("NOUN", "PROPN") or is_sum(child, words)) and (not passive or is_given):
                yield from grammar.conjuncts(child)
            if "inf" in cue.forms and cue.kind == "deadline":  # "gave them until Friday to leave" hangs it on what is given
                yield from (c for c in child.children if c.dep_ in ("acl", "relcl") and is_infinitive(c))
        elif child.dep_ == "prep" and child.lower_ in cue.forms:
            for inner in child.children:
                if inner.dep_ == "pcomp" and grammar.is_verbal(inner):
                    yield from _joined(inner, words)
                elif inner.dep_ == "pobj" and inner.pos_ == "NOUN" and inner.lemma_ not in words.lists["times"]:
                    yield from grammar.conjuncts(inner)
        elif (
            child.dep_ == "nsubjpass"
            and (("passive" in cue.forms) or ("obj" in cue.forms and cue.kind == "forecast"))
            and child.pos_ == "NOUN"
        ):
            yield child
    if token.pos_ == "NOUN" and cue.kind == "deadline" and token.dep_ == "dobj":  # "set Iran a deadline of Friday to pull back"
        yield from (c for c in token.head.children if c.dep_ in ("advcl", "xcomp") and is_infinitive(c) and c.i > token.i)
    if (
        "place" in cue.forms
        and (token.pos_ == "ADJ" or passive)
        and any(c.dep_ == "prep" and c.lower_ in ("in", "at", "to") for c in token.children)
    ):
        yield token
    alone = not any(is_infinitive(c) for k in token.children for c in (k, *k.children))
    if "days" in cue.forms and alone and any(c.lemma_.lower() in words.lists["days"] for c in token.children if c.dep_ in GIVEN):
        yield token
    if token.pos_ == "ADJ" and "for" in cue.forms:
        yield from (c for c in token.head.children if c.dep_ == "nsubj" and c.pos_ == "NOUN")
    if token.tag_ == "VBN" and token.dep_ == "acl" and "passive" in cue.forms and token.head.pos_ == "NOUN":
        yield token.head


def _asks_whether(verb: Token) -> bool:
    return any(c.lower_ == "whether" for c in verb.children if c.i < verb.i)


def is_sum(noun: Token, words: Words) -> bool:
    """Whether a noun or number is of money: "$2 billion", "60 million yuan"."""
    return any(t.lemma_.lower() in words.lists["money"] for t in (noun, *noun.lefts))


def _has_neither(verb: Token) -> bool:
    return any(c.dep_ in OWN and any(k.lower_ in grammar.NONE for k in c.children) for c in verb.children)


def _completes(token: Token, infinitive: Token, kind: str) -> bool:
    """Whether an infinitive completes a cue: "vowed to leave"; not "promised a battalion, to arrive on Monday"."""
    if token.pos_ != "VERB":
        return True
    if infinitive.dep_ == "xcomp":
        return not any(c.dep_ in grammar.OBJECT and c.pos_ == "NOUN" and c.i < infinitive.i for c in token.children) or kind == "deadline"
    return kind == "deadline" or 0 < infinitive.left_edge.i - token.i <= 2


def _is_spurned(noun: Token, words: Words) -> bool:
    """Whether a promise or plan is only told of as one that is rejected, denied or broken."""
    above = noun.head
    return noun.pos_ == "NOUN" and (
        above.lemma_ in words.lists["spurning"] or (noun.dep_ == "pobj" and above.head.lemma_ in words.lists["spurning"])
    )


def _joined(verb: Token, words: Words) -> Iterator[Token]:
    """A verb and the verbs joined with it that have no subject of their own; not "or face a blockade"."""
    yield verb
    for other in grammar.conjuncts(verb)[1:]:
        is_free = not any(c.dep_ in OWN for c in other.children)
        if grammar.is_verbal(other) and is_free and not (_is_alternative(other.head, other) and _is_suffered(other, words)):
            yield other


def _is_told(token: Token) -> bool:
    """Whether a cue is told as a fact: "vowed", "who plans", "will agree"; not "urged to pledge", "accused of planning"."""
    if token.pos_ != "VERB":
        return True
    verb = grammar.first_joined(token)
    if verb.tag_ == "VB":
        wished = {"would", "'d"} if verb.lemma_ == "like" else set()
        return bool(_helpers(verb) & {"will", "'ll", "do", "does", "did", *wished}) or (
            is_infinitive(verb) and verb.head.lower_ == "expected"
        )
    if verb.tag_ == "VBG":
        return verb.dep_ not in ("pcomp", "pobj", "csubj") or (verb.dep_ == "pcomp" and verb.head.lower_ in ("by", "after", "while"))
    return not _helpers(verb) & {"would", "could", "should", "might", "'d"} or verb.lemma_ in ("expect", "schedule")


def is_unreal(token: Token) -> bool:
    """Whether a word stands in a condition or a question, so that nothing is said to come."""
    for above in (token, *grammar.ancestors(token)):
        if above.dep_ in ("advcl", "ccomp", "pcomp") and any(c.dep_ == "mark" and c.lower_ in UNREAL_MARKS for c in above.children):
            return True
        if above.dep_ not in ("conj", "xcomp", "ccomp", "acl", "dobj", "pobj", "prep", "relcl", "pcomp"):
            return False
    return False


def _is_anothers(cue: Token, head: Token) -> bool:
    """Whether what a promise or plan is about has a subject of its own that is named and another: "wants Iran to leave"."""
    if not grammar.is_verbal(head):
        return False
    if head.dep_ == "ccomp" and grammar.is_infinitive(head):
        return any(c.dep_ in OWN for c in head.children)
    return cue.lemma_ in ("want", "wish", "hope") and any(c.dep_ in grammar.OBJECT for c in cue.children)
