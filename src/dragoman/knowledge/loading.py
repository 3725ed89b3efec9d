"""In: the folder with the TSV tables. Out: one checked ``Knowledge``. What is wrong in a table is a DataError with file and line."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from dragoman.errors import DataError
from dragoman.knowledge.base import Knowledge, Person, Role, title_key
from dragoman.knowledge.facts import Agent, Holding, Name, Organisation, Title, checked_date
from dragoman.knowledge.phrases import plain
from dragoman.knowledge.plurals import Plurals, load_plurals
from dragoman.tables import Folder, rows

KINDS = frozenset({"name", "former", "adjective", "people", "capital", "city", "region", "metonym"})
NUMBERS = frozenset({"sg", "pl", "both", "mass"})
AGENT_FLAGS = frozenset({"weak", "instrument", "arms"})
TITLE_KINDS = {"person": "title", "honorific": "honorific", "modifier": "modifier", "": "title"}
HOLDERS = ("holders-east.tsv", "holders-west.tsv")
THE = "the "
ARTICLES = ("al-", "Al-", "el-", "El-")


@cache
def load() -> Knowledge:
    """The tables that come with the package, read and checked once a process."""
    return load_from(files("dragoman.knowledge") / "data")


def load_from(folder: Folder) -> Knowledge:
    """The tables of a folder that holds the same files as this package's ``data``."""
    knowledge = Knowledge(family_first=frozenset(fields[0] for _, fields in rows(folder, "family-first.tsv", ("country",))))
    renamed = _renamed_codes(folder)
    _read_names(folder, knowledge)
    _read_organisations(folder, knowledge)
    for file in HOLDERS:
        _read_holders(folder, file, renamed, knowledge)
    _read_roles(folder, knowledge)
    return knowledge


def _renamed_codes(folder: Folder) -> dict[str, str]:
    return {fields[0]: fields[1] for _, fields in rows(folder, "codes.tsv", ("code", "country"))}


def _country(text: str, where: str) -> str:
    if len(text) == 3 and text.isupper() and text.isalpha():
        return text
    raise DataError(where, f"{text!r} is no country code of three capital letters")


def _without_the(text: str) -> str:
    return text[len(THE) :] if text.startswith((THE, "The ")) else text


def _read_names(folder: Folder, knowledge: Knowledge) -> None:
    seen: set[tuple[str, str, str, str]] = set()
    for where, (text, country, kind, sector, since, until) in rows(
        folder, "names.tsv", ("text", "country", "kind", "sector", "since", "until")
    ):
        if kind not in KINDS:
            raise DataError(where, f"{text}: unknown kind {kind!r}")
        text = plain(_without_the(text))
        name = Name(text, _country(country, where), kind, sector or None, checked_date(since, where), checked_date(until, where))
        if kind == "name":
            knowledge.names.setdefault(country, text)
        if (text, country, kind, since) not in seen:
            seen.add((text, country, kind, since))
            knowledge.cased.add(text, name)


def _read_organisations(folder: Folder, knowledge: Knowledge) -> None:
    columns = ("name", "aliases", "country", "sector", "other_sectors", "wikidata", "since", "until")
    for where, (name, aliases, country, sector, others, wikidata, since, until) in rows(folder, "organisations.tsv", columns):
        organisation = Organisation(
            plain(name),
            _country(country, where) if country else None,
            sector or None,
            tuple(others.split(";")) if others else (),
            wikidata or None,
            checked_date(since, where),
            checked_date(until, where),
        )
        for form in {plain(_without_the(f)) for f in [name, *(aliases.split(";") if aliases else ())]}:
            knowledge.cased.add(form, organisation)


def _read_holders(folder: Folder, file: str, renamed: dict[str, str], knowledge: Knowledge) -> None:
    columns = ("person", "aliases", "country", "office", "sector", "title", "since", "until", "wikidata", "source")
    for where, (name, aliases, country, office, sector, title, since, until, wikidata, _) in rows(folder, file, columns):
        country = renamed.get(country, country)
        holding = Holding(
            name,
            _country(country, where),
            office,
            sector or None,
            title,
            checked_date(since, where),
            checked_date(until, where),
            wikidata or None,
        )
        person = knowledge.people.get(name)
        if person is None:
            person = knowledge.people[name] = Person(name, [])
        person.holdings.append(holding)
        family_first = country in knowledge.family_first
        for form in [name, *(aliases.split(";") if aliases else ())]:
            _add_person(plain(form), person, family_first, knowledge)
        knowledge.by_office.setdefault((country, office), []).append(holding)
        knowledge.by_title.setdefault((country, title_key(title)), []).append(holding)


def _surnames(name: str, family_first: bool) -> set[str]:
    """How a lone surname may stand for the name: its last word, also without "al-", and its first where families' names come first."""
    words = name.split(" ")
    last = words[-1]
    found = {last, last[3:]} if last[:3] in ARTICLES else {last}
    return found | {words[0]} if family_first and len(words) > 1 else found


def _add_person(form: str, person: Person, family_first: bool, knowledge: Knowledge) -> None:
    """Make a name or alias of a person known; one word alone is only a surname."""
    if " " in form and not any(known is person for known in knowledge.cased.get(form)):
        knowledge.cased.add(form, person)
    for surname in _surnames(form, family_first):
        known = knowledge.by_surname.setdefault(surname, [])
        if not any(other is person for other in known):
            known.append(person)


def _read_roles(folder: Folder, knowledge: Knowledge) -> None:
    plurals = load_plurals(folder)
    agents = _agents(folder)
    titles = _titles(folder)
    for text in {**titles, **agents}:
        for form, plural in _forms(text, agents.get(text), plurals):
            knowledge.roles.add(form, Role(text, titles.get(text), agents.get(text), plural))


def _forms(text: str, agent: Agent | None, plurals: Plurals) -> list[tuple[str, bool]]:
    number = agent.number if agent else "both"
    if number == "both":
        return [(text, False), (plurals.of(text), True)]
    return [(text, number == "pl")]


def _agents(folder: Folder) -> dict[str, Agent]:
    found: dict[str, Agent] = {}
    for where, (text, sector, number, flags) in rows(folder, "agents.tsv", ("text", "sector", "number", "flags")):
        marks = frozenset(flags.split(";")) if flags else frozenset()
        if number not in NUMBERS or not marks <= AGENT_FLAGS:
            raise DataError(where, f"{text}: unknown number {number!r} or flags {flags!r}")
        if text in found:
            raise DataError(where, f"{text}: is there already")
        found[text] = Agent(text, sector, number, marks)
    return found


def _titles(folder: Folder) -> dict[str, Title]:
    found: dict[str, Title] = {}
    for where, (text, office, sector, flags) in rows(folder, "titles.tsv", ("title", "office", "sector", "flags")):
        if flags not in TITLE_KINDS:
            raise DataError(where, f"{text}: unknown flags {flags!r}")
        if text in found:
            raise DataError(where, f"{text}: is there already")
        found[text] = Title(text, office or None, sector or None, TITLE_KINDS[flags])
    return found
