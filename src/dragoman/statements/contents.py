"""In: the tree and a verb, noun or adjective that attributes. Out: the token ranges of what is attributed, None where nothing is.

Only what grammar links to the cue counts: a clause, an infinitive, an object or a prepositional phrase that completes it, or the
clause into which it is put with commas.
"""

from __future__ import annotations

from dragoman.drafts import Range
from dragoman.language.tree import RELATIVE_TAGS, SUBJECTS, Tree
from dragoman.statements.cues import Cue, english
from dragoman.statements.sources import is_passive

LENGTHENS_OBJECT = frozenset({"of", "for", "as", "over", "with", "to"})
INSERTED = frozenset({"parataxis", "dep", "advcl"})
FEEL = "feel"
WONDERING = frozenset({"ask", "know", "consider"})
JUDGING = frozenset({"reject", "deny", "describe", "criticise", "praise"})
QUOTATION_OPENS = frozenset({'"', "“", "''"})
CONDITIONS = frozenset({"if", "unless"})
WHETHER = frozenset({"if", "whether", "that"})


def of_verb(tree: Tree, verb: int, cue: Cue) -> list[Range]:
    """The content of a verb; empty where it has none."""
    if "raise" in cue.forms:
        return _raised(tree, verb)
    return (
        _clauses(tree, verb, cue)
        or _in_document(tree, verb, cue)
        or _objects(tree, verb, cue)
        or _subjects(tree, verb, cue)
        or _after_preposition(tree, verb, cue)
        or _around(tree, verb, cue)
    )


def before(tree: Tree, verb: int, cue: Cue) -> list[Range]:
    """The clause before "the king was quoted as saying", where ``verb`` is "quoted"."""
    return [piece for piece in _clauses(tree, verb, cue) if piece.end <= verb]


def _raised(tree: Tree, verb: int) -> list[Range]:
    """The subject and the rest of "the talks seem to have failed", the clause of "it seems that they failed"."""
    for kid in tree.labelled(verb, "xcomp", "ccomp", "oprd", "acomp"):
        if kid < verb:
            continue
        subject = tree.first(verb, "nsubj")
        if tree.dep[kid] == "ccomp" or subject is None:
            return [tree.span(kid)]
        return [tree.span(subject), tree.span(kid)]
    return []


def of_noun(tree: Tree, noun: int, cue: Cue) -> list[Range]:
    """What a claim, plan or fear is about; empty where the noun stands alone."""
    clauses = [kid for kid in tree.kids[noun] if kid > noun and tree.dep[kid] in ("acl", "ccomp", "relcl")]
    if tree.dep[noun] == "dobj":
        clauses += [kid for kid in tree.labelled(tree.head[noun], "ccomp") if kid > noun]  # "voiced hope on Friday that"
    for kid in clauses:
        if _is_infinitive(tree, kid):
            if "to" in cue.forms:
                return [tree.span(kid)]
        elif "that" in cue.forms and _is_told(tree, kid):
            return [tree.span(kid)]
    after = _after_preposition(tree, noun, cue)
    if after or not is_uttered(tree, noun):
        return after
    after = _after_preposition(tree, tree.head[noun], cue)
    return after or ([Range(tree.left[noun], noun + 1)] if "whom" in cue.forms and cue.manner == FEEL else [])


def is_uttered(tree: Tree, noun: int) -> bool:
    """Whether a noun names what is put into words: "voiced anger at the vote"."""
    return tree.dep[noun] == "dobj" and tree.lemma[tree.head[noun]] in english().uttering


def _is_told(tree: Tree, clause: int) -> bool:
    """Whether a clause after a noun says what it is, and does not describe it: "hopes *that it will rain*", "hopes *it will rain*"."""
    if any(tree.lower[k] in WHETHER and (tree.dep[k] == "mark" or tree.tag[k] == "IN") for k in tree.kids[clause]):
        return True
    bare = tree.dep[clause] == "acl" and tree.tag[clause] not in ("VBN", "VBG") and tree.first(clause, *SUBJECTS) is not None
    return bare and not any(tree.tag[k] in RELATIVE_TAGS for k in tree.kids[clause])


def of_adjective(tree: Tree, adjective: int, cue: Cue) -> list[Range]:
    """What somebody is sure, afraid or glad of; empty where nothing is said of that."""
    for above in (adjective, tree.head[adjective]):
        for kid in tree.labelled(above, "ccomp", "xcomp", "advcl"):
            if kid > adjective and ("to" if _is_infinitive(tree, kid) else "that") in cue.forms and _completes(tree, kid):
                return [tree.span(kid)]
        if tree.dep[adjective] not in ("acomp", "oprd"):
            break
    return _after_preposition(tree, adjective, cue)


def _completes(tree: Tree, clause: int) -> bool:
    """No "as", "when", "because" clause."""
    mark = tree.first(clause, "mark")
    return tree.dep[clause] != "advcl" or _is_infinitive(tree, clause) or (mark is not None and tree.lower[mark] in WHETHER)


def _is_infinitive(tree: Tree, verb: int) -> bool:
    return any(tree.lower[k] == "to" and tree.dep[k] == "aux" for k in tree.kids[verb])


def _clauses(tree: Tree, verb: int, cue: Cue) -> list[Range]:
    found: list[Range] = []
    for kid in tree.labelled(verb, "ccomp", "xcomp", "advcl"):
        if tree.dep[kid] == "advcl" and not (_is_asked(tree, verb, kid, cue) or _stands_before(tree, verb, kid, cue)):
            continue
        if _is_sentence_before(tree, verb, kid):
            continue
        form = _form(tree, verb, kid)
        if form not in cue.frames and not (form == "small" and _takes_small_clause(tree, verb, kid, cue)):
            continue
        span = tree.span(kid)
        if form == "obj-to":
            person = tree.first(verb, "dobj", "dative")
            if person is not None and person < kid:
                *before, span = _together(tree, tree.span(person), span)
                found += before
        elif form == "to" and is_passive(tree, verb) and cue.manner == "expect":
            found += _passive_subject(tree, verb)
        elif form == "that":
            span = Range(_start_after_day(tree, verb, kid), span.end)
        found += _cut_off_subject(tree, verb, kid) + _without(span, tree, verb)
        if kid < verb and tree.words[tree.left[verb]] in QUOTATION_OPENS:
            break  # what comes after the verb is no part of a quotation before it
    return found


def _start_after_day(tree: Tree, verb: int, clause: int) -> int:
    """The "elections" of "said on Monday elections would be held", which the parser makes the object of "on"."""
    start = tree.left[clause]
    for prep in tree.labelled(verb, "prep"):
        thing = tree.first(prep, "pobj")
        if tree.lower[prep] != "on" or clause < verb or start != tree.right[prep] + 1:
            continue
        if thing is None:
            thing = tree.first(clause, *SUBJECTS)
        elif tree.first(clause, *SUBJECTS, "expl", "csubj") is not None:
            break
        if thing is not None and tree.tag[thing] in ("NN", "NNS"):
            return max((kid + 1 for kid in tree.labelled(thing, "compound") if tree.tag[kid] == "NNP"), default=start)
    return start


def _together(tree: Tree, first: Range, second: Range) -> list[Range]:
    """Two stretches as one, but for what stands between them: "called on Rome on Monday to act" says "Rome", "to act"."""
    between = [t for t in range(first.end, second.start) if tree.pos[t] != "PUNCT"]
    return [first, second] if between else [Range(first.start, second.end)]


def _is_sentence_before(tree: Tree, verb: int, kid: int) -> bool:
    """The "it rained" of "it rained; he said ...", which the parser takes for what he said."""
    after = tree.right[kid] + 1
    return after < verb and tree.words[after] == ";"


def _stands_before(tree: Tree, verb: int, kid: int, cue: Cue) -> bool:
    """The clause of "it rained, we were told by two of them", which the parser may take for a circumstance."""
    if "quote" not in cue.forms or not kid < verb or tree.first(kid, "mark", "advmod") is not None or not _is_finite(tree, kid):
        return False
    subject, helping = tree.first(kid, *SUBJECTS, "expl"), tree.first(kid, "aux", "auxpass")
    asserts = subject is not None and (helping is None or helping > subject)  # not "should it rain, ..."
    return asserts and tree.words[tree.right[kid] + 1] == ","


def _in_document(tree: Tree, verb: int, cue: Cue) -> list[Range]:
    """The clause of "said in a letter that ...", which the parser may hang on the letter."""
    if not {"quote", "that"} <= cue.forms:
        return []
    for prep in tree.labelled(verb, "prep"):
        for thing in tree.labelled(prep, "pobj") if tree.lower[prep] in ("in", "at", "on") else ():
            for under in (thing, *(o for p in tree.labelled(thing, "prep") for o in tree.labelled(p, "pobj"))):
                for kid in tree.labelled(under, "acl", "relcl", "ccomp"):
                    mark = tree.first(kid, "mark")
                    if mark is not None and tree.lower[mark] == "that":
                        return [tree.span(kid)]
    return []


def _takes_small_clause(tree: Tree, verb: int, kid: int, cue: Cue) -> bool:
    """ "called it shameful"; after a verb of saying it is a clause whose verb the parser did not know for one."""
    return kid > verb and tree.dep[kid] == "ccomp" and ("that" in cue.forms or ("obj" in cue.forms and tree.first(verb, "dobj") is None))


def _cut_off_subject(tree: Tree, verb: int, clause: int) -> list[Range]:
    """The first piece of "Justice, he told reporters, has no party", which the parser leaves with the wrong verb."""
    own = tree.first(verb, "nsubj")
    stray = tree.first(verb, "npadvmod", "dep")
    if (
        own is None
        or stray is None
        or not stray < own < verb < clause
        or (tree.words[own - 1] != "," and tree.words[tree.left[own] - 1] != ",")
    ):
        return []
    whole = tree.first(clause, *SUBJECTS, "expl", "mark") is not None or _is_infinitive(tree, clause)
    return [] if whole else [tree.span(stray)]


def _is_asked(tree: Tree, verb: int, kid: int, cue: Cue) -> bool:
    mark = tree.first(kid, "mark")
    if mark is None or kid < verb:
        return False
    if tree.lower[mark] == "if":
        return cue.manner in WONDERING
    return tree.lower[mark] in WHETHER or (tree.lower[mark] == "for" and _is_infinitive(tree, kid))


def _form(tree: Tree, verb: int, kid: int) -> str:
    if _is_infinitive(tree, kid):
        mark = tree.first(kid, "mark")
        if mark is not None and tree.lower[mark] == "for":
            return "for"
        own = tree.first(kid, *SUBJECTS) is not None
        return "obj-to" if own or (tree.first(verb, "dobj", "dative") is not None and not is_passive(tree, verb)) else "to"
    if tree.dep[kid] == "advcl" or kid < verb or _is_finite(tree, kid):
        return "that"
    if tree.tag[kid] == "VBG":
        return "ing" if tree.first(kid, "nsubj") is None else "that"
    return "small"


def _is_finite(tree: Tree, clause: int) -> bool:
    if tree.first(clause, "aux", "auxpass", "mark", "cop") is not None:
        return True
    if not tree.is_verb(clause) or tree.tag[clause] == "VBG":
        return False
    return tree.tag[clause] in ("VBD", "VBZ", "VBP", "MD") or tree.first(clause, *SUBJECTS, "expl") is not None


def _objects(tree: Tree, verb: int, cue: Cue) -> list[Range]:
    if not _takes_object(tree, verb, cue) or is_passive(tree, verb):
        return []
    thing = tree.first(verb, "dobj", "obj")
    names = list(tree.labelled(verb, "oprd"))
    if thing is None and len(names) > 1:
        thing = names[0]
    if thing is None and cue.particle:
        thing = next((tree.first(prep, "pobj") for prep in tree.labelled(verb, "prep") if tree.lower[prep] == cue.particle), None)
    if thing is None:
        return []
    if thing > verb:
        return [Range(tree.left[thing], max(_end_of_name(tree, thing), _end_of_object(tree, verb, thing, cue)))]
    end = _end_of_object(tree, verb, verb, cue)
    if end == verb + 1:
        return [tree.span(thing)]
    named = cue.manner == "describe" and tree.lower[thing] == "what"
    described = Range(verb + 2 if named and tree.lower[verb + 1] == "as" else verb + 1, end)
    return [described] if named else [tree.span(thing), described]


def _end_of_name(tree: Tree, noun: int) -> int:
    """One past a noun phrase without what a comma sets off: "her proposals, which would cost millions"."""
    for kid in tree.kids[noun]:
        if kid > noun and tree.dep[kid] in ("relcl", "appos") and tree.words[tree.left[kid] - 1] in (",", "—", "–", "--", "-"):
            return tree.left[kid] - 1
    return tree.right[noun] + 1


def _takes_object(tree: Tree, verb: int, cue: Cue) -> bool:
    if "obj" in cue.forms:
        return True
    thing = tree.first(verb, "dobj")
    if "part" in cue.forms:
        return thing is not None and tree.lemma[thing] in english().parts
    over = (verb,) if thing is None else (verb, thing)
    if "obj-as" in cue.forms:
        return any(tree.lower[prep] == "as" for word in over for prep in tree.labelled(word, "prep"))
    return "obj-at" in cue.forms and any(tree.lower[t] == "at" and _has_number(tree, t) for t in range(verb + 1, tree.right[verb]))


def _has_number(tree: Tree, prep: int) -> bool:
    return any(tree.pos[t] == "NUM" for t in range(prep + 1, tree.right[prep] + 1))


def _end_of_object(tree: Tree, verb: int, after: int, cue: Cue) -> int:
    """One past what is said of an object: "a liar", "as a success", "for its silence"."""
    end = after + 1
    lengthens = LENGTHENS_OBJECT | {"at"} if "obj-at" in cue.forms else LENGTHENS_OBJECT
    for kid in tree.kids[verb]:
        if ":" in tree.words[after : tree.left[kid]]:
            break
        lengthening = tree.dep[kid] == "prep" and tree.lower[kid] in lengthens
        if kid > after and (tree.dep[kid] in ("oprd", "xcomp", "ccomp", "dobj") or lengthening or _is_called(tree, kid, cue)):
            end = max(end, tree.right[kid] + 1)
    return end


def _is_called(tree: Tree, clause: int, cue: Cue) -> bool:
    """The "as fabricated" of "rejected the report as fabricated", which the parser takes for a clause."""
    mark = tree.first(clause, "mark")
    bare = tree.dep[clause] == "advcl" and tree.first(clause, *SUBJECTS, "aux", "auxpass", "agent") is None
    return bare and cue.manner in JUDGING and mark is not None and tree.lower[mark] == "as"


def _subjects(tree: Tree, verb: int, cue: Cue) -> list[Range]:
    """What is criticised or called something, in the passive voice."""
    if not _takes_object(tree, verb, cue) or not is_passive(tree, verb):
        return []
    end = _end_of_object(tree, verb, verb, cue)
    found = _passive_subject(tree, verb)
    if found and end > verb + 1:
        found.append(Range(verb + 1, end))
    return found


def _passive_subject(tree: Tree, verb: int) -> list[Range]:
    thing = tree.first(verb, "nsubjpass")
    return [] if thing is None else [tree.span(thing)]


def _after_preposition(tree: Tree, word: int, cue: Cue) -> list[Range]:
    if not cue.prepositions:
        return []
    for prep in tree.labelled(word, "prep", "prt"):
        if prep > word and tree.lower[prep] in cue.prepositions:
            end = _end_of_phrase(tree, word, prep)
            if end == prep + 1:
                continue
            found = [Range(prep + 1, end)]
            for kid in tree.labelled(word, "xcomp", "advcl"):
                wanted = _is_infinitive(tree, kid) and tree.lower[prep] in ("on", "for", "to", "with")
                if kid >= end and (wanted or (tree.left[kid] == end and tree.lower[end] in CONDITIONS)):
                    *before, last = found
                    found = [*before, *_together(tree, last, Range(max(tree.left[kid], last.end), tree.right[kid] + 1))]
            return found
    return []


def _end_of_phrase(tree: Tree, word: int, prep: int) -> int:
    """One past a prepositional phrase, also of "called on the police", where the parser takes "on" for a particle."""
    thing = tree.first(word, "pobj") if tree.dep[prep] == "prt" else None
    return (tree.right[prep] if thing is None else tree.right[thing]) + 1


def _around(tree: Tree, verb: int, cue: Cue) -> list[Range]:
    """The clause into which "he said" is put, or to which "as he said" belongs."""
    if tree.first(verb, "ccomp", "xcomp") is not None:
        return []
    verb = _like_to(tree, verb)
    above = tree.head[verb]
    inserted = tree.dep[verb] in INSERTED or _is_appended(tree, verb)
    if "quote" not in cue.forms or not inserted or above == verb or not tree.is_verb(above):
        return []
    if tree.first(verb, "nsubj") is None or ("obj" in cue.forms and tree.first(verb, "dobj") is not None):
        return []
    mark = tree.first(verb, "mark", "advmod")
    if tree.dep[verb] == "advcl" and (mark is None or tree.lower[mark] != "as"):
        return []
    return _without(tree.span(above), tree, verb)


def _like_to(tree: Tree, verb: int) -> int:
    """The "like" of "as the men like to say"."""
    above = tree.head[verb]
    return above if tree.dep[verb] == "xcomp" and tree.dep[above] == "advcl" and _is_infinitive(tree, verb) else verb


def _is_appended(tree: Tree, verb: int) -> bool:
    """Whether a verb that the parser coordinates stands without "and" after a comma: "it would rain, he said"."""
    subject = tree.first(verb, "nsubj")
    return tree.dep[verb] == "conj" and subject is not None and tree.words[tree.left[subject] - 1] == ","


def _without(span: Range, tree: Tree, verb: int) -> list[Range]:
    """A stretch less the clause of the verb, where that is put into it."""
    left, right = tree.left[verb], tree.right[verb] + 1
    if not span.start <= verb < span.end:
        return [span]
    if left <= span.start and right >= span.end:
        subject = tree.first(verb, *SUBJECTS)
        left = min(verb, tree.left[subject]) if subject is not None else verb
        right = max(verb, tree.right[subject]) + 1 if subject is not None else verb + 1
    return [r for r in (Range(span.start, max(left, span.start)), Range(min(right, span.end), span.end)) if r.end > r.start]
