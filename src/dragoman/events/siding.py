"""In: mentions of actors. Out: whether they are, or speak for, one side, as far as is known of them."""

from __future__ import annotations

from dragoman.drafts import Identity, Mention

UNIDENTIFIED = "UNK"
NEUTRAL_SECTORS = frozenset({"GOV", "MIL", "COP", "LEG", "JUD", "SPY"})


def same_side(one: Mention, other: Mention) -> bool:
    """Whether one speaks for the other: the same person or body, or both officials of one state."""
    if one.head == other.head:
        return True
    for a in one.identities:
        for b in other.identities:
            if a.name is not None and a.name == b.name:
                return True
            if a.country is not None and a.country == b.country and {a.sector or "GOV", b.sector or "GOV"} <= NEUTRAL_SECTORS:
                return True
    return False


def is_on_side(who: Mention, mentions: list[Mention]) -> bool:
    """Whether somebody speaks for one of these."""
    return any(same_side(who, one) for one in mentions)


def share_country(some: list[Mention], others: list[Mention]) -> bool:
    """Whether somebody of either is of one country."""
    countries = [{i.country for m in mentions for i in m.identities} - {None} for mentions in (some, others)]
    return not countries[0].isdisjoint(countries[1])


def are_others(some: list[Mention], others: list[Mention]) -> bool:
    """Whether all that is known of both speaks against their being the same people."""
    pairs = [(i, j) for m in some for i in m.identities for n in others for j in n.identities]
    return bool(pairs) and all(_is_other(i, j) for i, j in pairs)


def _is_other(one: Identity, other: Identity) -> bool:
    if one.country and other.country and one.country != other.country:
        return True
    if not one.sector or not other.sector or UNIDENTIFIED in (one.sector, other.sector):
        return False
    return one.sector != other.sector and not {one.sector, other.sector} <= NEUTRAL_SECTORS
