"""In: a parsed article, its actors, the list of places. Out: the places that it names, and where an event took place.

Conventions:
- The span is the name, with the noun of a region that follows it ("Aleppo province") and without articles and prepositions.
- A name is a place where grammar says so: in, at, near, from, to, outside X; visited, shelled X; the city of X; X behind "Y,". As subject,
  recipient, owner or part of another name ("Beijing said", "gave Kyiv", "the Washington Post", "Paris Hilton") it is none.
- A street or building has the coordinates of its town, and an uncertainty of that size; the town is told beside it, or is the story's.
- Of several places of a name the one is meant that lies in the region told behind it, in the story's countries, near its other places, or
  is by far the largest. Where two remain, there are no coordinates.
- ``uncertainty`` is how far from the coordinates the place reaches, in km: of towns by their people, of regions and states by their land.
- An event has the place that grammar links to its word, its object or the noun that tells of it; the dateline is no event's place.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from dragoman.drafts import Happening, Identity, Mention, PlaceMention, Range
from dragoman.language import Annotated
from dragoman.language.tree import tree
from dragoman.where import words
from dragoman.where.attaching import Attacher
from dragoman.where.find import find

__all__ = ["find", "give_countries", "named_in", "of_events"]


def give_countries(annotated: Annotated, happenings: Iterable[Happening], places: Sequence[PlaceMention]) -> None:
    """Give those who take part in events by a name that nobody knows, as "attacked Woldiya", the country of the place that it is."""
    by_head = {place.head: place for place in reversed(places) if place.country is not None}
    for happening in happenings:
        happening.actors = [_in_its_country(annotated, m, by_head.get(m.head)) for m in happening.actors]
        happening.recipients = [_in_its_country(annotated, m, by_head.get(m.head)) for m in happening.recipients]


def _in_its_country(annotated: Annotated, mention: Mention, place: PlaceMention | None) -> Mention:
    if place is None or mention.kind != "name" or any(i.country or i.sector for i in mention.identities):
        return mention
    because = f"'{annotated.span(place.range).text}' lies in {place.country}"
    return replace(mention, identities=(Identity(country=place.country),), because=(because,))


def of_events(annotated: Annotated, happenings: Iterable[Happening], places: Sequence[PlaceMention]) -> list[PlaceMention | None]:
    """The place of each event, or None where grammar links none to it."""
    happenings = list(happenings)
    if not places or not happenings:
        return [None] * len(happenings)
    attacher = Attacher(tree(annotated), places, frozenset(h.head for h in happenings), words.load())
    return [attacher.of(happening) for happening in happenings]


def named_in(tokens: Range | None, places: Sequence[PlaceMention]) -> PlaceMention | None:
    """The first place named in a phrase, or None."""
    if tokens is None:
        return None
    return next((p for p in places if tokens.start <= p.head < tokens.end), None)
