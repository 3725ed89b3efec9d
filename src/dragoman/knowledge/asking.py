"""In: a name or an office as somebody types it, and a day. Out: what the tables say it means, with dates and source.

A question may be a person or a surname, a state, place or house that stands for one, an organisation, or an office of a country
("Japanese foreign minister", "president of France"). Case, accents and transliteration don't matter where nothing is written just so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from dragoman.codebook.errors import UnknownName
from dragoman.knowledge.base import Knowledge, title_key
from dragoman.knowledge.facts import Holding, Name, Organisation, Person, is_in_force
from dragoman.knowledge.phrases import plain
from dragoman.knowledge.spelling import bare

Kind = Literal["person", "state", "organisation"]
LINKING = re.compile(r"\b(?:of|the|for)\b|'s\b", re.IGNORECASE)
OURS = "ours"
NEAR = 2


@dataclass(frozen=True, slots=True)
class Answer:
    """One thing that a question may mean, in one period.

    ``what`` is an office, a kind of name ("capital"), or "body"; ``holds`` whether it is so on the day, None without a day.
    """

    kind: Kind
    name: str
    what: str
    country: str | None
    sector: str | None
    since: str
    until: str
    wikidata: str | None
    source: str
    holds: bool | None

    def fields(self) -> dict[str, object]:
        """The answer as a mapping, for JSON."""
        return {name: getattr(self, name) for name in self.__slots__}


def who(question: str, knowledge: Knowledge, day: str | None = None) -> list[Answer]:
    """Every meaning of a question; with a day (YYYY-MM-DD) those that hold then come first. UnknownName where there is none."""
    asked = " ".join(plain(question).split())
    found = _named(asked, knowledge, day) or _offices(asked, knowledge, day) or _nearly(asked, knowledge, day)
    if not found:
        raise UnknownName("name", question.strip(), _names(knowledge), "the tables have nothing like it")
    latest_first = sorted(found, key=lambda a: a.since, reverse=True)
    return sorted(latest_first, key=lambda a: a.holds is False)


def members(organisation: str, knowledge: Knowledge, day: str | None = None) -> list[str]:
    """Countries that belong to an organisation on a day; without one those that no end is known of."""
    found = knowledge.members.get(organisation, [])
    return sorted({m.country for m in found if (is_in_force(m.since, m.until, day) if day else not m.until)})


def nearest(answers: list[Answer], day: str | None) -> list[Answer]:
    """Of answers none of which holds on a day, what was so last and what came next."""
    before = [a for a in answers if day is None or a.since <= day]
    after = [a for a in answers if a not in before]
    return [*sorted(before, key=lambda a: a.until, reverse=True)[:NEAR], *sorted(after, key=lambda a: a.since)[:NEAR]]


def _named(asked: str, knowledge: Knowledge, day: str | None) -> list[Answer]:
    """What is written just so."""
    text = asked[4:] if asked[:4].lower() == "the " else asked
    meanings = knowledge.cased.get(text)
    people = [m for m in meanings if isinstance(m, Person)] or knowledge.by_surname.get(text, [])
    answers = [_of_holding(h, knowledge, day) for person in people for h in person.holdings]
    answers += [_of_name(m, day) for m in meanings if isinstance(m, Name)]
    return answers + [_of_organisation(m, day) for m in meanings if isinstance(m, Organisation)]


def _offices(asked: str, knowledge: Knowledge, day: str | None) -> list[Answer]:
    """Who holds the office of a country, or a title that is held in one place only ("UN secretary-general")."""
    words = LINKING.sub(" ", asked).split()
    for start in range(len(words)):
        for end in range(len(words), start, -1):
            countries = _countries(" ".join(words[start:end]), knowledge)
            title = " ".join(words[:start] + words[end:])
            held = [h for c in sorted(countries) for h in _holdings(title, c, knowledge)] if title else []
            if held:
                return [_of_holding(h, knowledge, day) for h in held]
    titled = [h for (_, title), holdings in knowledge.by_title.items() if title == title_key(asked) for h in holdings]
    return [_of_holding(h, knowledge, day) for h in titled]


def _countries(text: str, knowledge: Knowledge) -> set[str]:
    """The countries, or international bodies, that a name or adjective in any case may mean."""
    meanings = [m for form in dict.fromkeys((text, text.title(), text.upper())) for m in knowledge.cased.get(form)]
    return {m.country for m in meanings if isinstance(m, Name | Organisation) and m.country}


def _holdings(title: str, country: str, knowledge: Knowledge) -> list[Holding]:
    known = knowledge.by_title.get((country, title_key(title)))
    if known:
        return known
    offices = {role.title.office for role in knowledge.roles.get(title.lower()) if role.title is not None and role.title.office}
    return [h for office in sorted(offices) for h in knowledge.by_office.get((country, office), [])]


def _nearly(asked: str, knowledge: Knowledge, day: str | None) -> list[Answer]:
    """What is written so but for case, accents, the order of the names or the way they are transliterated."""
    key = bare(asked).replace(" ", "")
    exact = {form: None for form in (*knowledge.cased.meanings, *knowledge.by_surname) if bare(form).replace(" ", "") == key}
    found = [answer for form in exact for answer in _named(form, knowledge, day)]
    if found:
        return list(dict.fromkeys(found))
    people = knowledge.alike.of_full_name(asked) or knowledge.alike.of_surname(asked)
    return [_of_holding(h, knowledge, day) for person in people for h in person.holdings]


def _names(knowledge: Knowledge) -> Iterator[str]:
    yield from knowledge.people
    for meanings in knowledge.cased.meanings.values():
        for meaning in meanings:
            if isinstance(meaning, Organisation):
                yield meaning.name
            elif isinstance(meaning, Name):
                yield meaning.text


def _holds(since: str, until: str, day: str | None, last_day: bool = False) -> bool | None:
    return None if day is None else is_in_force(since, until, day, last_day)


def _of_holding(holding: Holding, knowledge: Knowledge, day: str | None) -> Answer:
    return Answer(
        "person",
        holding.person,
        holding.title,
        holding.country,
        holding.sector,
        holding.since,
        holding.until,
        holding.wikidata,
        holding.source,
        _holds(holding.since, holding.until, day),
    )


def _of_name(name: Name, day: str | None) -> Answer:
    holds = _holds(name.since, name.until, day, last_day=True)
    return Answer("state", name.text, name.kind, name.country, name.sector, name.since, name.until, None, OURS, holds)


def _of_organisation(body: Organisation, day: str | None) -> Answer:
    holds = _holds(body.since, body.until, day, last_day=True)
    return Answer("organisation", body.name, "body", body.country, body.sector, body.since, body.until, body.wikidata, OURS, holds)
