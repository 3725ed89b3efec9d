"""In: the events of an article, with whose word each rests on, and denials. Out: for each event who contradicts it and in which words.

Two events contradict each other where two sides tell of what may be one act with other people in it ("Kyiv said Moscow had shelled the
plant, Moscow that Kyiv had"), or one tells that it was and the other that it was not.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc

from dragoman.drafts import Contradiction, Happening, Mention
from dragoman.events.denials import ACCUSING
from dragoman.events.merging import names_one_act, side
from dragoman.events.participants import quad_of
from dragoman.events.siding import are_others, is_on_side, same_side, share_country

NEARBY, ADJACENT = 4, 1  # sentences between two versions
MATERIAL_CONFLICT = 4
PLACED = frozenset({"in", "at", "near", "outside", "off"})


def link(doc: Doc, happenings: list[Happening]) -> None:
    """Notes in place which events contradict each other, and which ones both sides put on each other."""
    for one, other in _near(happenings):
        if _contradict(doc, one, other):
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


def _near(happenings: list[Happening]) -> Iterator[tuple[Happening, Happening]]:
    """The pairs that are told within a few sentences, so that time grows with the length of a text."""
    for place, one in enumerate(happenings):
        for later in range(place + 1, len(happenings)):
            if happenings[later].order - one.order > NEARBY:
                break
            yield one, happenings[later]


def _contradict(doc: Doc, one: Happening, other: Happening) -> bool:
    by, against = voice(one), voice(other)
    if by is None or against is None or one.status == other.status == "reported" or same_side(by, against):
        return False
    if ("negation" in one.aux) != ("negation" in other.aux):
        return _is_gainsaid(doc, one, other)
    if one.type != other.type or one.promised != other.promised or _are_apart(doc, one, other):
        return False
    if are_others(one.actors, other.actors):
        blamed = is_on_side(by, other.actors) and is_on_side(against, one.actors)
        alike = names_one_act(doc, one, other) or _is_done_to_one_thing(doc, one, other)
        return alike or ((blamed or _is_of_one_attack(one, other)) and _may_be_done_to_one(doc, one, other))
    if not are_others(one.recipients, other.recipients):
        return False
    return names_one_act(doc, one, other) or _is_done_to_one_thing(doc, one, other) or _is_own_account(one, other)


def _are_apart(doc: Doc, one: Happening, other: Happening) -> bool:
    """Whether they are said to have been in two places."""
    places = [
        {place.lower_ for place in doc[h.head].subtree if place.pos_ == "PROPN" and place.head.lower_ in PLACED} for h in (one, other)
    ]
    return all(places) and places[0].isdisjoint(places[1])


def _is_gainsaid(doc: Doc, one: Happening, other: Happening) -> bool:
    """One tells that it was and the other that it was not: of the same act, or it is the own side that says no right after."""
    if not share_country(one.actors, other.actors) and are_others(one.actors, other.actors):
        return False
    denial, claim = (one, other) if "negation" in one.aux else (other, one)
    who = voice(denial)
    own = one.type == other.type and who is not None and is_on_side(who, claim.actors) and 0 <= denial.order - claim.order <= ADJACENT
    return own or names_one_act(doc, one, other)


def _is_own_account(one: Happening, other: Happening) -> bool:
    """Whether the one who did it tells of it right after another did."""
    by = voice(other)
    return by is not None and other.order - one.order <= ADJACENT and is_on_side(by, one.actors) and is_on_side(by, other.actors)


def _is_of_one_attack(one: Happening, other: Happening) -> bool:
    return quad_of(one.type) == MATERIAL_CONFLICT and abs(other.order - one.order) <= ADJACENT


def _is_done_to_one_thing(doc: Doc, one: Happening, other: Happening) -> bool:
    return not _things(doc, one).isdisjoint(_things(doc, other))


def _may_be_done_to_one(doc: Doc, one: Happening, other: Happening) -> bool:
    """Two targets are not named apart: the second is the same, is taken for known ("the site", "she"), or is not told."""
    if are_others(one.recipients, other.recipients) and not any(m.kind == "pronoun" for m in other.recipients):
        return False
    things, others = _things(doc, one), _things(doc, other)
    return not things or not others or not things.isdisjoint(others) or any(_is_known(doc, t) for t in other.named)


def _is_known(doc: Doc, token: int) -> bool:
    return doc[token].pos_ == "PRON" or any(kid.lower_ in ("the", "that", "this") for kid in doc[token].children)


def _things(doc: Doc, happening: Happening) -> set[str]:
    """What it is done to, by the nouns."""
    return {doc[t].lemma_.lower() for t in happening.named if doc[t].pos_ in ("NOUN", "PROPN")}


def _blamed_on_both(blame: Happening, happenings: list[Happening]) -> Iterator[Happening]:
    """The nearest act of violence before "the two sides blamed each other", of those whom it names."""
    if blame.type != ACCUSING or len(side(blame.actors)) < 2 or not side(blame.actors) <= side(blame.recipients):
        return
    before = [h for h in happenings if h.head < blame.head and quad_of(h.type) == MATERIAL_CONFLICT and blame.order - h.order <= ADJACENT]
    yield from before[-1:]
