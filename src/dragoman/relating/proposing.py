"""In: the offices that stories name, and the tables. Out: rows for ``dragoman knowledge import``: new holders, and ends.

A proposal is never taken silently: it is a table that a person reads, with the words it rests on, before importing it. Where no story says
since when somebody holds an office, ``since`` is the day of the first story that names them in it, and ``dates`` says "seen". Whoever held
it before by the tables, and is only called by it still, is no news.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields

from dragoman.knowledge import Holding, Knowledge, held, title_key
from dragoman.relating.graph import Told
from dragoman.relations.known import is_same_office, offices_of
from dragoman.relations.office_words import title_of
from dragoman.relations.scene import BODIES
from dragoman.relations.words import titles
from dragoman.write.plain import one_line

ENDS = frozenset({"resigned", "removed", "died"})
SOURCE = "stories"


@dataclass(frozen=True, slots=True)
class Proposal:
    """A line of a holders table, and behind it why: ``news`` is unknown (person), holder (new in office) or end."""

    person: str
    aliases: str
    country: str
    office: str
    sector: str
    title: str
    since: str
    until: str
    wikidata: str
    source: str
    news: str
    dates: str
    stories: int
    first_seen: str
    last_seen: str
    change: str
    article_id: str
    evidence: str


COLUMNS = tuple(f.name for f in fields(Proposal))


def proposals(relations: Iterable[Told], knowledge: Knowledge, at_least: int = 1) -> list[Proposal]:
    """What the stories tell of holders and the tables don't, by country, office and person; only what so many stories tell."""
    groups: dict[tuple[str, str, str], list[Told]] = {}
    for one in relations:
        if one.kind == "office" and one.object is not None and one.status == "reported" and " " in one.subject.name:
            country = one.object.country
            title = title_of(knowledge, one.title)
            is_public = title is not None and title.office and title.office not in titles()["kinds_out"]
            if is_public and one.object.label in (knowledge.country_name(country) and country, BODIES.get(country)):
                groups.setdefault((country, title_key(one.title), one.subject.name), []).append(one)
    found = [
        p for key, group in sorted(groups.items()) for p in [_proposal(key, group, knowledge)] if p is not None and p.stories >= at_least
    ]
    return sorted(found, key=lambda p: (p.country, p.office, p.person, p.since))


def _proposal(key: tuple[str, str, str], group: list[Told], knowledge: Knowledge) -> Proposal | None:
    country, _, name = key
    last = group[-1]
    title = title_of(knowledge, last.title)
    if title is None or not title.office:
        return None
    person = knowledge.people.get(name)
    same = [
        h
        for h in (person.holdings if person else [])
        if h.country == country and is_same_office(h, last.title, offices_of(knowledge, last.title))
    ]
    ends = [one for one in group if one.change in ENDS]
    if ends:
        return _end(ends[-1], group, same, title.office, title.sector or "")
    present = [one for one in group if not one.past and one.day and not held(same, one.day)]
    if not present or (same and not any(one.since or one.change for one in present)):
        return None
    since = next((one.since for one in present if one.since), "")
    return _made(
        present,
        group,
        country,
        title.office,
        title.sector or "",
        since or present[0].day,
        next((one.until for one in reversed(present) if one.until), ""),
        "unknown" if person is None else "holder",
        "told" if since else "seen",
    )


def _end(end: Told, group: list[Told], same: list[Holding], office: str, sector: str) -> Proposal | None:
    """The end of an office that the tables hold open; of one that they have not, with what the stories say of its beginning."""
    if any(h.until for h in same if not h.since or h.since <= (end.day or h.since)):
        return None
    since = same[-1].since if same else next((one.since for one in group if one.since), "") or group[0].day
    until = end.until or end.day
    return _made(
        [end], group, end.object.country if end.object else "", office, sector, since, until, "end", "told" if end.until else "seen"
    )


def _made(
    shown: list[Told], group: list[Told], country: str, office: str, sector: str, since: str, until: str, news: str, dates: str
) -> Proposal:
    last = shown[-1]
    days = [one.day for one in group if one.day]
    return Proposal(
        person=last.subject.name,
        aliases="",
        country=country,
        office=office,
        sector=sector,
        title=last.title,
        since=since,
        until=until,
        wikidata="",
        source=SOURCE,
        news=news,
        dates=dates,
        stories=len({one.article_id for one in group}),
        first_seen=days[0] if days else "",
        last_seen=days[-1] if days else "",
        change=last.change,
        article_id=last.article_id,
        evidence=one_line(last.evidence),
    )
