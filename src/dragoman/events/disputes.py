"""In: the events of an article, with whose word each rests on, and denials. Out: for each event who contradicts it and in which words.

Two events contradict each other where two sides tell of what may be one act with other people in it ("Kyiv said Moscow had shelled the
plant, Moscow that Kyiv had"), or one tells that it was and the other that it was not.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from spacy.tokens import Doc

from dragoman.drafts import Contradiction, Happening, Identity, Mention
from dragoman.events.merging import names_one_act, side
from dragoman.events.participants import UNIDENTIFIED, quad_of
from dragoman.events.status import NEUTRAL_SECTORS, same_side

NEARBY = 4  # sentences
MATERIAL_CONFLICT = 4
BLAME = "ACCUSE"


def link(doc: Doc, happenings: list[Happening]) -> None:
    """Notes in place which events contradict each other, and which ones both sides put on each other."""
    for one, other in combinations(happenings, 2):
        if _are_near(one, other) and _contradict(doc, one, other):
            one.disputed.append(_told_by(other))
            other.disputed.append(_told_by(one))
    for blame in happenings:
        for act in _blamed_on_both(blame, happenings):
            act.disputed += [Contradiction(who, blame.trigger, blame) for who in blame.actors]


def voice(happening: Happening) -> Mention | None:
    """Who tells it, or who says that it is not so."""
    return happening.denier or happening.speaker


def _told_by(happening: Happening) -> Contradiction:
    return Contradiction(voice(happening), happening.trigger, happening)


def _are_near(one: Happening, other: Happening) -> bool:
    return abs(one.order - other.order) <= NEARBY


def _contradict(doc: Doc, one: Happening, other: Happening) -> bool:
    by, against = voice(one), voice(other)
    if one.type != other.type or by is None or against is None or one.status == other.status == "reported" or same_side(by, against):
        return False
    if ("negation" in one.aux) != ("negation" in other.aux):
        return names_one_act(doc, one, other) and _may_be_one_side(one.actors, other.actors)
    if one.promised != other.promised:
        return False
    if _is_on_side(by, other.actors) and _is_on_side(against, one.actors):
        return _may_be_done_to_one(doc, one, other)
    if not _may_be_one_act(doc, one, other):
        return False
    return _are_others(one.actors, other.actors) or _are_others(one.recipients, other.recipients)


def _may_be_one_act(doc: Doc, one: Happening, other: Happening) -> bool:
    """Named or aimed alike, or told by the one who did it right after another told of it."""
    if names_one_act(doc, one, other) or not _things(doc, one).isdisjoint(_things(doc, other)):
        return True
    by = voice(other)
    return by is not None and other.order - one.order <= 1 and _is_on_side(by, one.actors) and _is_on_side(by, other.actors)


def _may_be_done_to_one(doc: Doc, one: Happening, other: Happening) -> bool:
    """Each says that it was the other; they do not name two targets."""
    things, others = _things(doc, one), _things(doc, other)
    return not things or not others or not things.isdisjoint(others) or names_one_act(doc, one, other)


def _things(doc: Doc, happening: Happening) -> set[str]:
    """What it is done to, by the nouns."""
    return {doc[t].lemma_.lower() for t in happening.named if doc[t].pos_ in ("NOUN", "PROPN")}


def _is_on_side(who: Mention, mentions: list[Mention]) -> bool:
    return any(same_side(who, one) for one in mentions)


def _may_be_one_side(some: list[Mention], others: list[Mention]) -> bool:
    countries = [{i.country for m in mentions for i in m.identities} - {None} for mentions in (some, others)]
    return not countries[0].isdisjoint(countries[1]) or not _are_others(some, others)


def _are_others(some: list[Mention], others: list[Mention]) -> bool:
    """Whether all that is known of both speaks against their being the same people."""
    pairs = [(i, j) for m in some for i in m.identities for n in others for j in n.identities]
    return bool(pairs) and all(_is_other(i, j) for i, j in pairs)


def _is_other(one: Identity, other: Identity) -> bool:
    if one.country and other.country and one.country != other.country:
        return True
    if not one.sector or not other.sector or UNIDENTIFIED in (one.sector, other.sector):
        return False
    return one.sector != other.sector and not {one.sector, other.sector} <= NEUTRAL_SECTORS


def _blamed_on_both(blame: Happening, happenings: list[Happening]) -> Iterator[Happening]:
    """The nearest act of violence before "the two sides blamed each other", of those whom it names."""
    if blame.type != BLAME or len(side(blame.actors)) < 2 or not side(blame.actors) <= side(blame.recipients):
        return
    before = [h for h in happenings if h.head < blame.head and quad_of(h.type) == MATERIAL_CONFLICT and blame.order - h.order <= 1]
    yield from before[-1:]
