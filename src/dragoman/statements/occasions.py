"""In: the tree and a cue with its content. Out: where and on what occasion something is said: the ranges of "Geneva", "a briefing".

Only what hangs on the cue counts, or on a word of speaking beside it ("speaking at the summit, she said"), never what stands in the
content: that is where something happened, not where it is told.
"""

from __future__ import annotations

from calendar import day_name, month_name
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from dragoman.drafts import Range
from dragoman.language.tree import PROPER_TAGS, Tree
from dragoman.statements import sources
from dragoman.statements.cues import english

OCCASION_PREPOSITIONS = frozenset(
    {"at", "in", "during", "on", "after", "before", "following", "by", "via", "through", "to", "from", "over"}
)
PLACE_PREPOSITIONS = frozenset({"in", "at", "from", "outside", "near", "inside", "aboard"})
DATES = frozenset(name.lower() for name in (*day_name, *month_name) if name)
BESIDE_CUE = frozenset({"advcl", "parataxis", "conj", "prep"})


class Setting(NamedTuple):
    """Where and on what occasion; None where that is not told."""

    place: Range | None
    occasion: Range | None


def of(tree: Tree, cue: int, content: Sequence[Range]) -> Setting:
    """The setting of what a cue tells."""
    place = occasion = None
    for prep in _prepositions(tree, cue, content):
        thing = _object(tree, prep)
        if thing is None:
            continue
        kind = _kind(tree, thing)
        if kind in ("occasion", "journey", "beside") and tree.lower[prep] in OCCASION_PREPOSITIONS:
            occasion = occasion or _phrase(tree, thing, content)
            place = place or _place_of_occasion(tree, thing, kind, content)
        elif _is_place(tree, prep, thing):
            place = place or _phrase(tree, thing, content)
    return Setting(place, occasion or _told_to(tree, cue, content))


def _prepositions(tree: Tree, cue: int, content: Sequence[Range]) -> Iterator[int]:
    """The prepositions of the cue, then those of verbs of speaking beside it, outside the content."""
    speaking = english().occasions
    beside = [
        kid
        for kid in tree.kids[cue]
        if tree.dep[kid] in BESIDE_CUE and tree.tag[kid] == "VBG" and speaking.get(tree.lemma[kid]) == "speaking"
    ]
    if tree.dep[cue] in ("conj", "advcl", "xcomp") and tree.is_verb(tree.head[cue]) and tree.first(cue, "nsubj", "nsubjpass") is None:
        beside.append(tree.head[cue])
    for verb in (cue, *beside):
        for kid in tree.kids[verb]:
            if tree.dep[kid] in ("prep", "agent", "advmod") and tree.pos[kid] in ("ADP", "SCONJ", "VERB") and not _is_among(kid, content):
                yield kid


def _object(tree: Tree, prep: int) -> int | None:
    return tree.first(prep, "pobj", "dobj")


def _kind(tree: Tree, noun: int) -> str | None:
    """occasion, journey or beside; what is written or sent is an occasion too."""
    cues = english()
    if tree.pos[noun] not in ("NOUN", "PROPN"):
        return None
    lemma = tree.lower[noun] if tree.pos[noun] == "PROPN" else tree.lemma[noun]
    kind = cues.occasions.get(lemma)
    return kind if kind is not None else "occasion" if lemma in cues.documents else None


def _place_of_occasion(tree: Tree, occasion: int, kind: str | None, content: Sequence[Range]) -> Range | None:
    """The Geneva of "a briefing in Geneva", the Rome of "a visit to Rome"."""
    for prep in tree.labelled(occasion, "prep"):
        thing = _object(tree, prep)
        if thing is None:
            continue
        visited = kind == "journey" and tree.lower[prep] == "to" and tree.tag[thing] in PROPER_TAGS
        if visited or _is_place(tree, prep, thing):
            return _phrase(tree, thing, content)
        if tree.lower[prep] in ("of", "with", "after", "on") and (found := _place_of_occasion(tree, thing, _kind(tree, thing), content)):
            return found
    return None


def _is_place(tree: Tree, prep: int, thing: int) -> bool:
    if tree.lower[prep] not in PLACE_PREPOSITIONS or tree.lower[thing] in DATES:
        return False
    if (tree.lemma[thing] if tree.tag[thing] not in PROPER_TAGS else tree.lower[thing]) in english().venues:
        return True
    return tree.tag[thing] in PROPER_TAGS and tree.lower[prep] != "from"


def _told_to(tree: Tree, cue: int, content: Sequence[Range]) -> Range | None:
    """The "news conference" of "told a news conference", "addressing a rally"."""
    for thing in tree.labelled(cue, "dobj", "dative"):
        if _kind(tree, thing) == "occasion" and not _is_among(thing, content) and tree.lemma[thing] not in english().documents:
            return _phrase(tree, thing, content)
    return None


def _phrase(tree: Tree, noun: int, content: Sequence[Range]) -> Range | None:
    """The noun phrase up to the content; none where that cuts off its head."""
    start, end = sources.phrase(tree, noun)
    for clause in tree.labelled(noun, "relcl", "acl"):
        end = min(end, tree.left[clause]) if clause > noun else end
    for piece in content:
        if noun < piece.start < end:
            end = piece.start
    while end - 1 > noun and tree.pos[end - 1] == "PUNCT":
        end -= 1
    return None if _is_among(noun, content) else Range(start, end)


def _is_among(token: int, content: Sequence[Range]) -> bool:
    return any(piece.start <= token < piece.end for piece in content)
