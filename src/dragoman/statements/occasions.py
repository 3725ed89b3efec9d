"""In: the tree and a cue with its content. Out: where and on what occasion something is said: the ranges of "Geneva", "a briefing".

Only what hangs on the cue counts, or on a word of speaking beside it ("speaking at the summit, she said"), never what stands in the
content: that is where something happened, not where it is told.
"""

from __future__ import annotations

from calendar import day_name, month_name
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from dragoman.drafts import Range, is_among
from dragoman.language.tree import PROPER_TAGS, SUBJECTS, Tree
from dragoman.statements import sources
from dragoman.statements.cues import english

OCCASION_PREPOSITIONS = frozenset(
    {"at", "in", "during", "on", "after", "before", "following", "by", "via", "through", "to", "from", "over"}
)
PLACE_PREPOSITIONS = frozenset({"in", "at", "from", "outside", "near", "inside", "aboard"})
DATES = frozenset(name.lower() for name in (*day_name, *month_name) if name)
PREPOSITIONAL = frozenset({"ADP", "SCONJ", "VERB"})
BESIDE_CUE = frozenset({"advcl", "parataxis", "conj", "prep"})


class Setting(NamedTuple):
    """Where and on what occasion, and the head of whom it is said to by the occasion ("a call with X"); None where that is not told."""

    place: Range | None
    occasion: Range | None
    addressee: int | None


def of(tree: Tree, cue: int, source: int | None, content: Sequence[Range]) -> Setting:
    """The setting of what a cue tells."""
    place = occasion = addressee = None
    for prep in _prepositions(tree, cue, source, content):
        thing = _object(tree, prep)
        if thing is None or is_among(thing, content):
            continue
        kind = _kind(tree, thing)
        if kind is not None and tree.lower[prep] in OCCASION_PREPOSITIONS:
            occasion = occasion or _phrase(tree, thing, content)
            place = place or _place_of_occasion(tree, thing, kind, content)
            addressee = addressee or _partner(tree, thing)
        elif _is_place(tree, prep, thing):
            place = place or _phrase(tree, thing, content)
    told = _told(tree, cue, content)
    if told is not None:
        occasion = occasion or (_phrase(tree, told, content) if _kind(tree, told) == "occasion" else None)
        place = place or _place_of_occasion(tree, told, None, content)
    return Setting(place, occasion, addressee)


def _prepositions(tree: Tree, cue: int, source: int | None, content: Sequence[Range]) -> Iterator[int]:
    """The prepositions of the cue and those that open its sentence, then those of verbs of speaking beside it, outside the content."""
    speaking = english().speaking
    verbs = [cue]
    for kid in tree.kids[cue]:
        if tree.dep[kid] in BESIDE_CUE and tree.tag[kid] == "VBG" and tree.lemma[kid] in speaking:
            verbs.append(kid)
    if tree.dep[cue] in ("conj", "advcl", "xcomp") and tree.is_verb(tree.head[cue]) and tree.first(cue, *SUBJECTS) is None:
        verbs.append(tree.head[cue])
    beside = [kid for verb in verbs for kid in tree.kids[verb] if tree.dep[kid] in ("prep", "agent", "advmod")]
    if source is not None:
        beside += [kid for kid in tree.labelled(source, "prep") if tree.words[kid - 1] == ","]
    yield from (prep for prep in (*_opening(tree, cue), *beside) if tree.pos[prep] in PREPOSITIONAL and not is_among(prep, content))


def _opening(tree: Tree, cue: int) -> Iterator[int]:
    """The preposition that opens the sentence of the cue, whatever the parser hung it on: "Back in Manila, ...", "In his address, ..."."""
    start = tree.sentences[tree.sentence[cue]].start
    for token in range(start, min(start + 2, cue)):
        if tree.pos[token] in PREPOSITIONAL and tree.dep[token] in ("prep", "mark", "advmod"):
            yield token
            return


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


def _under(tree: Tree, noun: int) -> Iterator[int]:
    """The prepositions of a noun, and of a participle after it: "a communique issued in Riyadh"."""
    for kid in tree.labelled(noun, "prep", "acl"):
        if tree.dep[kid] == "prep":
            yield kid
        elif tree.tag[kid] in ("VBN", "VBG"):
            yield from tree.labelled(kid, "prep")


def _partner(tree: Tree, occasion: int) -> int | None:
    """Whom one speaks with or writes to: "a phone call with his Turkish counterpart", "a letter to the IMF"."""
    if tree.lemma[occasion] not in english().dialogues:
        return None
    for prep in tree.labelled(occasion, "prep"):
        if tree.lower[prep] in ("with", "to"):
            return tree.first(prep, "pobj")
    return None


def _place_of_occasion(tree: Tree, occasion: int, kind: str | None, content: Sequence[Range]) -> Range | None:
    """The Geneva of "a briefing in Geneva", the Rome of "a visit to Rome"."""
    for prep in _under(tree, occasion):
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


def _told(tree: Tree, cue: int, content: Sequence[Range]) -> int | None:
    """Whom it is told, who may be an occasion or be somewhere: "told a news conference", "told a crowd in Harare"."""
    documents = english().documents
    told = (t for t in tree.labelled(cue, "dobj", "dative") if not is_among(t, content))
    return next((t for t in told if tree.pos[t] in ("NOUN", "PROPN") and tree.lemma[t] not in documents), None)


def _phrase(tree: Tree, noun: int, content: Sequence[Range]) -> Range | None:
    """The noun phrase up to its own place and the content; none where that cuts off its head."""
    start, end = sources.phrase(tree, noun)
    for clause in tree.labelled(noun, "relcl", "acl"):
        end = min(end, tree.left[clause]) if clause > noun else end
    for prep in tree.labelled(noun, "prep"):
        thing = _object(tree, prep)
        if thing is not None and prep > noun and (_is_place(tree, prep, thing) or tree.lower[prep] in ("with", "to")):
            end = min(end, prep)
    for piece in content:
        if noun < piece.start < end:
            end = piece.start
    while end - 1 > noun and tree.pos[end - 1] == "PUNCT":
        end -= 1
    return None if is_among(noun, content) else Range(start, end)
