"""In: the tree and the cues. Out: one draft for every verb, noun, adjective or phrase that attributes something by its grammar."""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import dataclass

from dragoman.drafts import Range, is_among
from dragoman.language.tree import RELATIVE_TAGS, Tree
from dragoman.statements import contents, sources
from dragoman.statements.cues import Cue, Cues

COPULAS = frozenset({"be", "become", "remain", "seem", "feel", "sound", "look", "appear", "get", "grow", "stay", "make"})


@dataclass(slots=True)
class Draft:
    """An attribution in the making: heads are tokens, the content is in text order.

    ``quotes``: the cue may stand beside a quotation; ``phrase``: it is one as "according to", whose source is no subject.
    """

    head: int
    cue: Range
    manner: str
    content: list[Range]
    source: int | None = None
    addressee: int | None = None
    quotes: bool = False
    phrase: bool = False


def drafts(tree: Tree, cues: Cues) -> list[Draft]:
    """In text order of the cues; nested ones included."""
    found: list[Draft] = []
    for token, lemma in enumerate(tree.lemma):
        pos = tree.pos[token]
        if pos == "VERB" and lemma in cues.verbs:
            found.extend(_of_verb(tree, token, cues.verbs[lemma], cues))
        elif pos == "NOUN" and lemma in cues.nouns:
            found.extend(_of_noun(tree, token, cues.nouns[lemma], cues))
        elif pos in ("ADJ", "VERB") and tree.lower[token] in cues.adjectives:
            found.extend(_of_adjective(tree, token, cues.adjectives[tree.lower[token]]))
        elif pos == "ADV" and tree.lower[token] in cues.adverbs:
            found.extend(_of_adverb(tree, token, cues.adverbs[tree.lower[token]], cues.verbs))
        elif tree.lower[token] in cues.phrases:
            found.extend(_of_phrase(tree, token, *cues.phrases[tree.lower[token]]))
    return found


def particle(tree: Tree, verb: int) -> int | None:
    return tree.first(verb, "prt")


def cue_range(tree: Tree, verb: int, cue: Cue) -> Range:
    together = cue.particle and verb + 1 < len(tree) and tree.lower[verb + 1] == cue.particle
    return Range(verb, verb + 2 if together else verb + 1)


def fitting(tree: Tree, verb: int, readings: tuple[Cue, ...]) -> list[Cue]:
    """The readings that the verb's particle allows."""
    mark = particle(tree, verb)
    small = {tree.lower[k] for k in tree.kids[verb] if tree.dep[k] in ("prt", "advmod", "prep")}
    return [c for c in readings if (c.particle in small if c.particle else mark is None or tree.lower[mark] in c.prepositions)]


def saying(tree: Tree, verb: int, cues: Cues) -> int | None:
    """The "saying" of "quoted as saying", which is the cue, and not the verb before it."""
    for prep in tree.labelled(verb, "prep"):
        said = tree.first(prep, "pcomp") if tree.lower[prep] == "as" else None
        if said is not None and any("quote" in cue.forms for cue in cues.verbs.get(tree.lemma[said], ())):
            return said
    return None


def _of_verb(tree: Tree, verb: int, readings: tuple[Cue, ...], cues: Cues) -> Iterator[Draft]:
    if saying(tree, verb, cues) is not None or _puts_into_words(tree, verb, cues):
        return
    reported = sources.reporting(tree, verb)
    for cue in fitting(tree, verb, readings):
        content = contents.of_verb(tree, verb, cue)
        if not content and reported is not None:
            content = contents.before(tree, reported, cue)
        if content:
            source = None if "raise" in cue.forms else sources.agent(tree, verb, cues.documents)
            yield Draft(
                verb,
                cue_range(tree, verb, cue),
                cue.manner,
                content,
                source,
                addressee(tree, verb, content, cues),
                "quote" in cue.forms,
            )
            return


def _puts_into_words(tree: Tree, verb: int, cues: Cues) -> bool:
    """Whether the feeling that is a verb's object is the cue: "offered condolences", "sent thanks"."""
    felt = tree.first(verb, "dobj")
    return (
        felt is not None
        and contents.is_uttered(tree, felt)
        and tree.lemma[felt] in cues.nouns
        and cues.nouns[tree.lemma[felt]].manner == contents.FEEL
    )


def addressee(tree: Tree, verb: int, content: list[Range], cues: Cues) -> int | None:
    """Who is told: an object that is no part of the content and no claim ("denied charges that"), or who stands after "to", also in "in a
    letter to"."""
    for kid in tree.labelled(verb, "dative", "dobj"):
        person = tree.first(kid, "pobj") if tree.pos[kid] == "ADP" else kid
        if person is not None and tree.tag[person] not in RELATIVE_TAGS and not is_among(person, content):
            return None if tree.lemma[person] in cues.nouns else person
    for kid in tree.labelled(verb, "prep"):
        if tree.lower[kid] == "to" and tree.words[kid - 1] != "," and not is_among(kid + 1, content):
            return tree.first(kid, "pobj")
        document = tree.first(kid, "pobj")
        if document is not None and tree.lemma[document] in cues.documents and not is_among(document, content):
            for prep in tree.labelled(document, "prep"):
                if tree.lower[prep] == "to":
                    return tree.first(prep, "pobj")
    return None


def _of_noun(tree: Tree, noun: int, cue: Cue, cues: Cues) -> Iterator[Draft]:
    content = contents.of_noun(tree, noun, cue)
    source = sources.holder(tree, noun, cues.owning)
    if content and (source is not None or tree.dep[content[0].start - 1] != "prep"):
        yield Draft(noun, Range(noun, noun + 1), cue.manner, content, source, _told(tree, noun, content) if "whom" in cue.forms else None)


def _told(tree: Tree, noun: int, content: list[Range]) -> int | None:
    """Who stands after the "to" of "voiced concern to the council that", or of the verb whose object the noun is."""
    for word in (noun, tree.head[noun]) if tree.dep[noun] == "dobj" else (noun,):
        for prep in tree.labelled(word, "prep", "dative"):
            if prep > noun and tree.lower[prep] == "to" and not is_among(prep, content):
                return tree.first(prep, "pobj")
    return None


def _of_adjective(tree: Tree, adjective: int, cue: Cue) -> Iterator[Draft]:
    content = contents.of_adjective(tree, adjective, cue)
    if not content:
        return
    verb = tree.head[adjective]
    if tree.dep[adjective] in ("acomp", "oprd") and tree.lemma[verb] in COPULAS:
        source = sources.subject(tree, verb)
        if source is not None and tree.lower[source] in ("it", "there"):
            source = None
        yield Draft(adjective, Range(adjective, adjective + 1), cue.manner, content, source)
    elif tree.pos[adjective] == "VERB":
        yield Draft(adjective, Range(adjective, adjective + 1), cue.manner, content, sources.subject(tree, adjective))


def _of_phrase(tree: Tree, token: int, rest: tuple[str, ...], manner: str) -> Iterator[Draft]:
    last = token + len(rest)
    if tuple(tree.lower[token + 1 : last + 1]) != rest or last + 1 >= len(tree):
        return
    source = tree.first(last, "pobj")
    if source is None:
        return
    whole, own = tree.span(_clause_of(tree, token)), tree.span(token)
    start = max((t + 1 for t in range(whole.start, own.start) if tree.words[t] == ":"), default=whole.start)
    pieces = [Range(start, own.start), Range(own.end, whole.end)]
    yield Draft(token, Range(token, last + 1), manner, [p for p in pieces if p.end > p.start], source, phrase=True)


def _clause_of(tree: Tree, phrase: int) -> int:
    """The verb of the clause that a phrase is about: of all coordinated ones, where the phrase stands after the last."""
    verb = tree.head[phrase]
    for _ in range(sources.MAX_CLIMB):
        if tree.is_verb(verb):
            break
        verb = tree.head[verb]
    for _ in range(sources.MAX_CLIMB):
        if tree.dep[verb] != "conj" or not tree.is_verb(tree.head[verb]) or tree.right[phrase] + 2 < tree.right[verb]:
            break
        verb = tree.head[verb]
    return verb


def _of_adverb(tree: Tree, adverb: int, manner: str, verbs: Container[str]) -> Iterator[Draft]:
    above = tree.head[adverb]
    if tree.is_verb(above) and tree.lemma[above] not in verbs:
        pieces = [Range(tree.left[above], adverb), Range(adverb + 1, tree.right[above] + 1)]
        yield Draft(adverb, Range(adverb, adverb + 1), manner, [p for p in pieces if p.end > p.start])
