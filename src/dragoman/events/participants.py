"""In: a verdict and where to look for mentions. Out: who acts and who is acted upon, or that not enough is known of either for an event."""

from __future__ import annotations

from typing import NamedTuple

from dragoman import codebook
from dragoman.drafts import Identity, Mention
from dragoman.events import lexicon
from dragoman.events.arguments import Arguments
from dragoman.events.classify import Verdict
from dragoman.events.siding import UNIDENTIFIED, same_side
from dragoman.events.types import facts
from dragoman.events.written import as_written, in_full

PUBLIC_SECTORS = frozenset({"GOV", "LEG", "JUD", "MIL", "COP", "SPY", "PRM", "PTY", "REB", "UAF", "OPP", "ELI", "PRE", "LAB", "REF", "SOC"})
FORCES = frozenset({"MIL", "COP"})
SENDERS = FORCES | {"GOV", None}
VERBAL = (1, 3)
# The model's chances that a mention is the recipient: up to the first it is none, from the second it is one. Of 0.05 to 0.2 and 0.3 to 0.7
# these gave the best words of targets on the development data of sides.
UNLINKED, LINKED = 0.1, 0.5


class Sides(NamedTuple):
    """Who acts, and who is acted upon; all sides of a two-sided event act."""

    actors: list[Mention]
    recipients: list[Mention]


def sides_of(verdict: Verdict, arguments: Arguments) -> Sides | None:
    """The participants of an event; None where it is no event for want of them."""
    actors = arguments.actors(verdict.actors)
    recipients = arguments.recipients(verdict.recipients, actors, suffered=verdict.promised or verdict.type in facts()["suffered"])
    if verdict.type in facts()["moving"]:
        recipients = [m for m in recipients if not _is_own_force(m, actors)]
    if not recipients and verdict.recipients_wanted and not (verdict.promised and len(identities_of(actors)) > 1):
        recipients = _linked(verdict, arguments, actors)
    if recipients and not verdict.reciprocal and verdict.type != "REQUEST":
        recipients = _likelier(verdict, arguments, actors, recipients) or recipients
    if verdict.type == "AGREE":
        recipients = _agreed_with(verdict, actors, recipients)
    recipients = [as_written(m, verdict.candidate.token, verdict.type) for m in arguments.joined(recipients, actors)]
    if verdict.promised and verdict.type == "AGREE" and recipients and not any(map(is_anchored, recipients)):
        return None
    recipients = [m for m in recipients if not _is_oneself(m, actors)]
    if verdict.reciprocal:
        actors, recipients = _all_sides(actors, recipients), []
    actors, recipients = ([in_full(m, arguments.doc) for m in side] for side in (actors, recipients))
    return Sides(actors, recipients) if _takes_part(verdict.type, verdict.reciprocal, actors, recipients) else None


def _agreed_with(verdict: Verdict, actors: list[Mention], recipients: list[Mention]) -> list[Mention]:
    """Who may be agreed with: others than those who agree ("Berlin agreed to build a port in Germany"), and where it is not known what
    is agreed only somebody who is known."""
    others = [m for m in recipients if not any(same_side(m, a) for a in actors)]
    return others if verdict.promised or any(map(is_anchored, others)) else []


def _linked(verdict: Verdict, arguments: Arguments, actors: list[Mention]) -> list[Mention]:
    """Recipients who stand in no slot of the verdict, but in its clause, its purpose or the clause that it depends on."""
    trigger, found = verdict.candidate.token, list[Mention]()
    if verdict.type in facts()["reaching"] and not verdict.reciprocal:
        found = arguments.reached(trigger, actors)
    if not found and verdict.type in facts()["serving"]:
        found = arguments.served(trigger, actors)
    if not found and verdict.type in facts()["collective"]:
        found = arguments.served(trigger, actors, lexicon.load().classes["opposing"])
    if not found and quad_of(verdict.type) in VERBAL:
        found = arguments.addressed(trigger, actors)
    if not found and verdict.type == "CONSULT" and not verdict.reciprocal:
        found = arguments.guests(trigger, actors)
    if not found and verdict.type == "SANCTION" and _is_of_envoys(verdict):
        found = arguments.counterpart(trigger, actors)
    return found


def _is_of_envoys(verdict: Verdict) -> bool:
    return any(lexicon.lemma_of(noun) in lexicon.load().classes["diplomats"] for noun in verdict.candidate.slot("obj"))


def _likelier(verdict: Verdict, arguments: Arguments, actors: list[Mention], recipients: list[Mention]) -> list[Mention]:
    """Somebody else in the clause who is done to by the model, where it takes those that grammar names for no side: in "rejected X's
    decision to recognise Y" it is X, in "sent experts to Z" it is Z."""
    chances = [verdict.links.get(m.head, (0.0, 1.0))[1] for m in recipients]
    if max(chances) > UNLINKED:
        return []
    likely = [head for head, (_, chance) in verdict.links.items() if chance >= LINKED]
    return arguments.within(likely, verdict.candidate.token, actors, recipients)


def _is_own_force(mention: Mention, actors: list[Mention]) -> bool:
    """ "Kenya sent 40 police officers": with whom it is done, not to whom. Rebels of a country have no part in its forces."""
    own = {i.country for m in actors for i in m.identities if i.sector in SENDERS} - {None}
    is_described = mention.kind == "description" and bool(mention.identities)
    return is_described and all(i.sector in FORCES and i.country in own for i in mention.identities)


def _is_oneself(mention: Mention, actors: list[Mention]) -> bool:
    """ "The head of the force, X, warned": a person who acts is not acted upon by any other of their names."""
    acting = {i for m in actors for i in m.identities if i.name is not None}
    return mention.person and bool(mention.identities) and acting.issuperset(mention.identities)


def is_political(mention: Mention) -> bool:
    """Somebody whose acts are politics; what is of no known country and sector (a missile, a bomb) acts for somebody unnamed."""
    return any(i.country or (i.sector and i.sector != UNIDENTIFIED) for i in mention.identities)


def is_anchored(mention: Mention) -> bool:
    """Of a known country, or of a sector that is political wherever it is: traders and fans are not."""
    return any(i.country or i.sector in PUBLIC_SECTORS for i in mention.identities)


def _takes_part(event_type: str, reciprocal: bool, actors: list[Mention], recipients: list[Mention]) -> bool:
    """Whether enough is known of who takes part: somebody political acts, or has violence done to them by persons unknown."""
    sides = [m for m in (*actors, *recipients) if is_political(m)]
    if not any(map(is_anchored, sides)) and not (sides and event_type in facts()["collective"]):
        return False
    if not actors:
        return event_type in facts()["violent"]
    if reciprocal:
        return len(identities_of([*actors, *recipients])) > 1 or any(m.plural and m.kind != "pronoun" for m in actors)
    return bool(recipients) or not codebook.load().type(event_type).recipient_required


def _all_sides(actors: list[Mention], recipients: list[Mention]) -> list[Mention]:
    """Both sides of a two-sided event, without whoever is there already ("Lavrov met his counterpart")."""
    there = identities_of(actors)
    return [*actors, *(m for m in recipients if not identities_of([m]) <= there)]


def identities_of(mentions: list[Mention]) -> set[Identity | int]:
    """Who is meant, each once; whoever is not known counts as one."""
    return {i for m in mentions for i in (m.identities or (m.head,))}


def quad_of(event_type: str) -> int:
    return codebook.load().type(event_type).quad
