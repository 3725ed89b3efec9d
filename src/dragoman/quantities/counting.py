"""In: the tree of an article and a number in it. Out: what it counts, and the word that says so: "killed" in "killed 37 people"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from dragoman.drafts import Range
from dragoman.language.tree import Tree
from dragoman.quantities.numbers import Number
from dragoman.quantities.words import Words
from dragoman.schema import QuantityKind

DESCRIBING = frozenset({"VBN", "VBD", "JJ", "NN"})
BECOMING = frozenset({"be", "go", "remain", "become"})
ADJECTIVES = 4  # between a number and its noun
YEARS = range(1900, 2100)


class Counted(NamedTuple):
    """What is counted, by which word, and all that belongs to the phrase: the number and the noun behind it."""

    kind: QuantityKind
    by: int
    phrase: Range
    unit: str | None = None


def counted(tree: Tree, number: Number, words: Words) -> Counted | None:
    """None for a number of something else."""
    return money(tree, number, words) or people(tree, number, words)


def money(tree: Tree, number: Number, words: Words) -> Counted | None:
    """A sum: a sign before the number ("US$", "$") or a currency behind it."""
    before = number.core.start - 1
    if before >= 0 and tree.sentence[before] == tree.sentence[number.core.start] and tree.lower[before] in words.currencies:
        start = min(number.range.start, before)
        joined = "".join(tree.lower[max(before - 1, 0) : before + 1])
        unit = words.currencies.get(joined, words.currencies[tree.lower[before]])
        return Counted("money", tree.clause(before), Range(start, number.range.end), unit)
    for at in range(number.core.end, min(number.core.end + 3, len(tree))):
        lemma = tree.lemma[at]
        if lemma in words.currencies and tree.pos[at] in ("NOUN", "PROPN", "SYM"):
            adjectives = " ".join([*tree.lower[number.core.end : at], lemma])
            return Counted(
                "money", tree.clause(at), Range(number.range.start, at + 1), words.national.get(adjectives, words.currencies[lemma])
            )
        if tree.pos[at] not in ("ADJ", "PROPN", "ADP"):
            return None
    return None


def people(tree: Tree, number: Number, words: Words) -> Counted | None:
    """Those who are killed, arrested, marching ...: told by the noun that the number stands with, what that is done to or does."""
    noun = noun_of(tree, number, words)
    if tree.lemma[noun] in words.things or is_year(tree, number, noun):
        return None
    if is_part(tree, noun, words):
        return None
    phrase = phrase_of(tree, number, noun)
    for kind, by in kinds_of(tree, noun, number, words):
        return Counted(kind, by, phrase)
    return None


def noun_of(tree: Tree, number: Number, words: Words) -> int:
    """The noun that a number counts ("37 people", "dozens of people", "37 of them"), or the number itself ("37 were killed")."""
    behind = noun_behind(tree, number)
    if behind is not None:
        return behind
    head = tree.top(*number.core)
    while tree.dep[head] in ("nummod", "quantmod", "compound", "amod", "advmod") and number.core.start <= head < number.core.end:
        above = tree.head[head]
        if above == head or tree.is_verb(above):
            break
        head = above
    if tree.lower[head] in words.several or tree.pos[head] == "NUM":
        of = next((k for k in tree.kids[head] if tree.lower[k] == "of" and k > head), None)
        inner = None if of is None else tree.first(of, "pobj")
        if inner is not None and tree.pos[inner] in ("NOUN", "PROPN"):
            return inner
    return head


def noun_behind(tree: Tree, number: Number) -> int | None:
    """The noun that stands behind a number with nothing but its adjectives between them."""
    for at in range(number.core.end, min(number.core.end + ADJECTIVES + 1, len(tree))):
        if tree.tag[at] in ("NN", "NNS") and tree.left[at] <= number.core.start and tree.dep[at] != "compound":
            return at
        if tree.pos[at] not in ("ADJ", "PROPN", "NOUN", "PUNCT", "VERB", "ADV") or tree.sentence[at] != tree.sentence[number.core.start]:
            return None
    return None


def phrase_of(tree: Tree, number: Number, noun: int) -> Range:
    """From the number to its noun, where that stands behind it."""
    return Range(number.range.start, max(number.range.end, noun + 1)) if noun >= number.core.start else number.range


def is_year(tree: Tree, number: Number, noun: int) -> bool:
    """ "In 2014": four figures that count no noun."""
    return number.core.start <= noun < number.core.end and number.low in YEARS and "," not in tree.words[number.core.start]


def is_part(tree: Tree, noun: int, words: Words) -> bool:
    """ "Including 12 children": counted already."""
    return tree.dep[noun] == "pobj" and tree.lemma[tree.head[noun]] in words.part


def kinds_of(tree: Tree, noun: int, number: Number, words: Words) -> Iterator[tuple[QuantityKind, int]]:
    """What is said of the counted, the nearest word first."""
    yield from told_by_itself(tree, noun, words)
    for one in heads_of(tree, noun):
        yield from told_by_clause(tree, one, number, words)
    if tree.lemma[noun] in words.noun:
        yield words.noun[tree.lemma[noun]], noun
    if tree.lemma[noun] in words.soldiers:
        yield "troops", tree.clause(noun)


def heads_of(tree: Tree, noun: int) -> Iterator[int]:
    """The counted, the number phrase that they hang on ("dozens of people"), and what they are joined to."""
    yield noun
    while True:
        above = tree.head[noun]
        if above == noun:
            return
        if tree.dep[noun] in ("conj", "appos"):
            noun = above
        elif (
            tree.dep[noun] == "pobj"
            and tree.lower[above] == "of"
            and tree.pos[tree.head[above]] in ("NUM", "NOUN")
            and tree.head[above] < noun
        ):
            noun = tree.head[above]
        else:
            return
        if tree.is_verb(noun):
            return
        yield noun


def told_by_itself(tree: Tree, noun: int, words: Words) -> Iterator[tuple[QuantityKind, int]]:
    """ "37 people killed in the attack", "37 dead", "37 missing", "the 12 detained journalists"."""
    for kid in tree.kids[noun]:
        if tree.dep[kid] in ("amod", "acl", "relcl", "ccomp", "oprd") and tree.lower[kid] in words.described:
            yield words.described[tree.lower[kid]], kid
    behind = tree.right[noun] + 1 if tree.right[noun] + 1 < len(tree) else noun
    for at in sorted({noun + 1, behind}):
        if at < len(tree) and tree.lower[at] in words.described and tree.tag[at] in DESCRIBING and not has_sides(tree, at, noun):
            yield words.described[tree.lower[at]], at
    if tree.lower[noun] in words.described:
        yield words.described[tree.lower[noun]], noun


def has_sides(tree: Tree, word: int, noun: int) -> bool:
    """Whether a word that may describe a noun has an object or a subject of its own: "37 men wounded soldiers"."""
    return any(tree.dep[k] == "dobj" or (tree.dep[k] == "nsubj" and k != noun) for k in tree.kids[word])


def told_by_clause(tree: Tree, noun: int, number: Number, words: Words) -> Iterator[tuple[QuantityKind, int]]:
    """What the verb or noun says that the counted depend on."""
    above, dep = tree.head[noun], tree.dep[noun]
    if dep == "pobj" and number.range.start <= above < number.core.start:  # "between" and "over" are parsed as prepositions
        above, dep = tree.head[above], "dobj"
    if dep in ("dobj", "nsubjpass"):
        yield from as_object(tree, noun, above, words)
    elif dep in ("nsubj", "attr"):
        yield from as_subject(tree, noun, above, words)
    elif dep == "pobj":
        yield from behind_preposition(tree, above, words)
    elif dep == "compound" and tree.lemma[above] in words.noun:
        yield words.noun[tree.lemma[above]], above


def as_object(tree: Tree, noun: int, verb: int, words: Words) -> Iterator[tuple[QuantityKind, int]]:
    lemma = tree.lemma[verb]
    if lemma in words.object and not (words.object[lemma] == "troops" and tree.lemma[noun] not in words.forces):
        yield words.object[lemma], verb
    elif lemma in words.sending and tree.lemma[noun] in words.forces:
        yield "troops", verb
    elif lemma in words.leaving or (lemma == "shoot" and tree.first(verb, "advmod", "acomp", "oprd") is not None):
        yield from described_below(tree, verb, words)
    elif lemma == "take" and any(tree.lemma[k] == "hostage" for k in tree.kids[verb]):
        yield "captured", verb


def as_subject(tree: Tree, noun: int, verb: int, words: Words) -> Iterator[tuple[QuantityKind, int]]:
    lemma = tree.lemma[verb]
    if lemma == "lose" and not any(tree.lemma[k] == "life" for k in tree.kids[verb]):
        return
    if lemma in words.crowds and tree.dep[noun] == "nsubj" and (tree.lemma[noun] in words.people or tree.pos[noun] == "NUM"):
        yield "protesters", verb
    elif lemma in words.subject and tree.dep[noun] == "nsubj":
        yield words.subject[lemma], verb
    elif lemma in words.described and tree.dep[noun] == "nsubj" and tree.tag[verb] in ("JJ", "VBN", "VBG"):
        yield words.described[lemma], verb  # a small clause: "left 37 dead"
    elif tree.lower[verb] in words.described and tree.dep[noun] == "nsubj" and not tree.first(verb, "dobj"):
        yield words.described[tree.lower[verb]], verb
    elif lemma in BECOMING:
        yield from described_below(tree, verb, words)


def described_below(tree: Tree, verb: int, words: Words) -> Iterator[tuple[QuantityKind, int]]:
    """ "Were dead", "went missing", "left homeless"."""
    for kid in tree.kids[verb]:
        if tree.dep[kid] in ("acomp", "attr", "oprd", "ccomp", "xcomp", "advmod") and tree.lower[kid] in words.described:
            yield words.described[tree.lower[kid]], kid


def behind_preposition(tree: Tree, preposition: int, words: Words) -> Iterator[tuple[QuantityKind, int]]:
    """ "The deaths of 37", "the death toll rose to 37", "a force of 850 soldiers"."""
    above = tree.head[preposition]
    if tree.lower[preposition] in ("of", "by", "involving"):
        if tree.lemma[above] in words.of:
            yield words.of[tree.lemma[above]], above
        if tree.lemma[above] in words.tolls:
            yield words.tolls[tree.lemma[above]], above
    if tree.lower[preposition] in ("to", "at", "from", "past", "above"):
        for kid in tree.kids[above]:
            if tree.dep[kid] in ("nsubj", "nsubjpass", "dobj", "pobj") and tree.lemma[kid] in words.tolls:
                yield words.tolls[tree.lemma[kid]], kid
