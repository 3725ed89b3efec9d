"""In: the events of an article in text order. Out: the same with several mentions of one event made one, all of them its evidence.

Two are one event if type and actors agree, their recipients do not contradict each other, and either the words that name them are
the same or one stands in the other's phrase ("held talks ... the talks").
"""

from __future__ import annotations

from spacy.tokens import Doc

from dragoman.drafts import Happening, Identity, Mention
from dragoman.schema import Auxiliary

STEM = 5
Side = frozenset[tuple[str | None, str | None]]


def merged(doc: Doc, happenings: list[Happening]) -> list[Happening]:
    kept: list[Happening] = []
    for happening in happenings:
        twin = next((k for k in kept if _same(doc, k, happening)), None)
        if twin is None:
            kept.append(happening)
        else:
            _absorb(twin, happening)
    return kept


def _same(doc: Doc, one: Happening, other: Happening) -> bool:
    if (one.type, one.label) != (other.type, other.label) or _aux(one) != _aux(other) or not _modes_agree(one, other):
        return False
    if not _sides_agree(one.actors, other.actors):
        return False
    if _is_consequence(doc, one, other):
        return True
    if not _sides_agree(one.recipients, other.recipients):
        return False
    if {one.status, other.status} == {"reported", "claimed"} and one.sentences == other.sentences:
        return False
    return names_one_act(doc, one, other)


def names_one_act(doc: Doc, one: Happening, other: Happening) -> bool:
    """Whether the words that name them are the same, or one stands in the other's phrase."""
    return bool(_stems(one) & _stems(other)) or _within(doc, one, other)


def _aux(happening: Happening) -> set[Auxiliary]:
    """Without the negation that is the denial itself: "denied shooting anyone" speaks of the shooting that witnesses told of."""
    return set(happening.aux) - ({"negation"} if happening.status == "denied" else set())


def _modes_agree(one: Happening, other: Happening) -> bool:
    return not one.mode or not other.mode or bool(set(one.mode) & set(other.mode))


def _sides_agree(some: list[Mention], others: list[Mention]) -> bool:
    one, other = side(some), side(others)
    return not one or not other or one <= other or other <= one


def side(mentions: list[Mention]) -> Side:
    return frozenset(_key(i) for m in mentions for i in m.identities)


def _key(identity: Identity) -> tuple[str | None, str | None]:
    return identity.country, identity.name or identity.sector


def _stems(happening: Happening) -> set[str]:
    """What a verb and its noun have in common: arrested, arrest; attacks, attack."""
    return {act[:STEM] for act in happening.acts}


def _within(doc: Doc, one: Happening, other: Happening) -> bool:
    return doc[one.head].is_ancestor(doc[other.head]) or doc[other.head].is_ancestor(doc[one.head])


def _is_consequence(doc: Doc, one: Happening, other: Happening) -> bool:
    """Whether the second tells what the first did: "shelled the town, killing a boy and wounding two soldiers"."""
    verb = doc[other.head]
    while verb.dep_ == "conj" and verb.tag_ == "VBG" and verb.head.tag_ == "VBG":
        verb = verb.head
    return verb.dep_ == "advcl" and verb.tag_ == "VBG" and verb.head.i == one.head


def _absorb(kept: Happening, other: Happening) -> None:
    kept.mode += [m for m in other.mode if m not in kept.mode]
    kept.sentences += [s for s in other.sentences if s not in kept.sentences]
    kept.actors = kept.actors or other.actors
    is_two_sided = len({country for country, _ in side(kept.actors)} - {None}) > 1 and not kept.recipients
    kept.recipients = kept.recipients or ([] if is_two_sided else other.recipients)
    if kept.status == "claimed" and other.status == "reported":
        kept.status, kept.said = "reported", None
    elif kept.status == "claimed" and other.status == "denied":
        kept.status = "denied"
    elif kept.status == "denied" and other.status != "denied":
        kept.status = "reported" if other.status == "reported" else "denied"
        kept.said, kept.speaker, kept.denier = other.said, other.speaker, None
        kept.aux = list(other.aux)
    kept.disputed += other.disputed
    kept.confidence = max(kept.confidence, other.confidence)
    kept.because.append(f"told again as “{other.because[0].split('”')[0].strip('“')}”" if other.because else "told again")
