"""In: a parsed article, its actors, the list of places. Out: the places that it names, and where an event took place.

Conventions:
- The span is the name, with the noun of a region that follows it ("Aleppo province") and without articles and prepositions.
- A name is a place where grammar says so: in, at, near, from, to, outside X; visited, shelled X; the city of X; X behind "Y,". As subject,
  recipient, owner or part of another name ("Beijing said", "gave Kyiv", "the Washington Post", "Paris Hilton") it is none.
- A street or building has the coordinates of its town, and an uncertainty of that size; the town is told beside it, or is the story's.
- Of several places of a name the one is meant that lies in the region told behind it, in the story's countries, near its other places, or
  is by far the largest. Where two remain, there are no coordinates.
- ``uncertainty`` is how far from the coordinates the place reaches, in km: of towns by their population, of regions and states by their land.
"""

from __future__ import annotations

from dragoman.where.find import find

__all__ = ["find"]
