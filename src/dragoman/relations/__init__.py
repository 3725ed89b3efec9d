"""In: a parsed article with its mentions, attributions and dates. Out: what stands between its actors, and the offices that it names.

Conventions, as in tests/stories/conventions.md:
- A relation is what the text states or takes for granted beyond a single act; what is denied, wished or only possible is none, and
  sanctions that are imposed today are an event.
- Each pair and kind once an article, with every sentence that says so; an office once for each person, body and title.
- ``since`` and ``until`` are only what the words give. "former president" is ``past`` without a date; a president-elect has no office yet.
"""

from __future__ import annotations

from dragoman.drafts import Mention, Said, Standing, TimeMention
from dragoman.knowledge import Knowledge
from dragoman.language import Annotated
from dragoman.relations.changes import changes, terms
from dragoman.relations.context import meanings
from dragoman.relations.known import known
from dragoman.relations.offices import at_home, counterparts, offices
from dragoman.relations.pairs import standing_pairs
from dragoman.relations.persons import add_persons
from dragoman.relations.scene import scene_of
from dragoman.relations.settling import settled

__all__ = ["find"]


def find(
    annotated: Annotated,
    mentions: list[Mention],
    said: list[Said],
    times: list[TimeMention],
    knowledge: Knowledge,
    published: str | None,
    home: str | None = None,
) -> list[Standing]:
    """All standing relations of an article, in the order of the text.

    ``published`` (YYYY-MM-DD) is the day on which the tables are asked whether they hold it too, ``home`` the country of the dateline.
    """
    if not len(annotated.doc):
        return []
    scene = scene_of(annotated, mentions, said, times, knowledge, published, home)
    scene.meant = meanings(scene)
    add_persons(scene)
    named = list(offices(scene))
    at_home(scene, named)
    named += counterparts(scene, named)
    found = settled(scene, [*named, *changes(scene, named), *terms(scene), *standing_pairs(scene)])
    for standing in found:
        standing.known = known(standing, knowledge, published)
    return found
