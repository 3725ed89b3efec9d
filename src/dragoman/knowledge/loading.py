"""In: the folder with the TSV tables, and one of the user's own. Out: one checked ``Knowledge``.

What is wrong in a table is a DataError with file and line.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache, partial
from importlib.resources import files
from pathlib import Path

from dragoman.errors import DataError
from dragoman.knowledge import gazetteer
from dragoman.knowledge.base import Knowledge, Role
from dragoman.knowledge.facts import Agent, Line, Membership, Name, Organisation, Person, Title, checked_date
from dragoman.knowledge.phrases import plain
from dragoman.knowledge.plurals import Plurals, load_plurals
from dragoman.knowledge.romanising import load_romanisations
from dragoman.knowledge.spelling import load_spellings
from dragoman.tables import TAB, Folder, rows, whole_lines

KINDS = frozenset({"name", "former", "adjective", "people", "capital", "city", "region", "metonym", "waters"})
NOBODY = "waters"
USUAL = "name"
NUMBERS = frozenset({"sg", "pl", "both", "mass"})
AGENT_FLAGS = frozenset({"weak", "instrument", "arms"})
TITLE_KINDS = {"person": "title", "honorific": "honorific", "modifier": "modifier", "": "title"}
ADDED_NAMES, ADDED_ORGANISATIONS = "names.tsv", "organisations.tsv"
NAME_COLUMNS = ("text", "country", "kind", "sector", "since", "until")
ORGANISATION_COLUMNS = ("name", "aliases", "country", "sector", "other_sectors", "wikidata", "since", "until")
HOLDER_COLUMNS = ("person", "aliases", "country", "office", "sector", "title", "since", "until", "wikidata", "source")
THE = "the "
ARTICLES = ("al-", "Al-", "el-", "El-")


def load(addition: Path | None = None) -> Knowledge:
    """The tables that come with the package, with those of a folder of the user's own, read and checked once a process."""
    return _loaded(addition)


@cache
def _loaded(addition: Path | None) -> Knowledge:
    """Apart, since a cache takes ``load()`` and ``load(None)`` for two things."""
    return load_from(files("dragoman.knowledge") / "data", addition)


@cache
def country_names() -> dict[str, str]:
    """The usual names of states by code, as ``load().names`` has them, without what else is known of the world."""
    found: dict[str, str] = {}
    for _, (text, country, kind, *_) in rows(files("dragoman.knowledge") / "data", ADDED_NAMES, NAME_COLUMNS):
        if kind == USUAL:
            found.setdefault(country, plain(_without_the(text)))
    return found


def load_from(folder: Folder, addition: Path | None = None) -> Knowledge:
    """The tables of a folder that holds the same files as this package's ``data``.

    ``addition`` may hold names.tsv, organisations.tsv and any holders*.tsv, with the same columns. DataError where it has none.
    """
    with no_collecting():
        orders = [fields for _, fields in rows(folder, "family-first.tsv", ("country", "wires"))]
        knowledge = Knowledge(
            spellings=load_spellings(folder),
            romanisations=load_romanisations(folder),
            family_first=frozenset(country for country, wires in orders if wires == "first"),
            either_order=frozenset(country for country, _ in orders),
        )
        renamed = _renamed_codes(folder)
        _read_names(folder, ADDED_NAMES, knowledge)
        _read_organisations(folder, ADDED_ORGANISATIONS, knowledge)
        for file in _holders_of(folder):
            _read_holders(folder, file, renamed, knowledge)
        _read_roles(folder, knowledge)
        knowledge.read_members = partial(_members, folder, renamed, knowledge.bodies)
        if addition is not None:
            _add(addition, renamed, knowledge)
            assert knowledge.by_office  # takes every line apart, so that what is wrong in it is said now
    return knowledge


def _holders_of(folder: Folder) -> list[str]:
    """The holders tables of a folder, the main ones before those that add to them: of two offices the one read first is the foremost."""
    found = [file.name for file in folder.iterdir() if file.name.startswith("holders") and file.name.endswith(".tsv")]
    return sorted(found, key=lambda name: (name.count("-"), name))


@contextmanager
def no_collecting() -> Iterator[None]:
    """Nothing that is read is garbage, and to look for it again and again takes a third of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _add(folder: Path, renamed: dict[str, str], knowledge: Knowledge) -> None:
    holders = _holders_of(folder) if folder.is_dir() else []
    there = {file for file in (ADDED_NAMES, ADDED_ORGANISATIONS) if (folder / file).is_file()}
    if not holders and not there and not (folder / gazetteer.FILE).is_file():
        needed = f"no holders*.tsv, {ADDED_NAMES}, {ADDED_ORGANISATIONS} or {gazetteer.FILE}"
        raise DataError(str(folder), f"{needed}; dragoman knowledge import and dragoman knowledge places make them")
    if ADDED_NAMES in there:
        _read_names(folder, ADDED_NAMES, knowledge)
    if ADDED_ORGANISATIONS in there:
        _read_organisations(folder, ADDED_ORGANISATIONS, knowledge)
    for file in holders:
        _read_holders(folder, file, renamed, knowledge)


def _renamed_codes(folder: Folder) -> dict[str, str]:
    return {fields[0]: fields[1] for _, fields in rows(folder, "codes.tsv", ("code", "country"))}


def country_code(text: str, where: str) -> str:
    if len(text) == 3 and text.isupper() and text.isalpha():
        return text
    raise DataError(where, f"{text!r} is no country code of three capital letters")


def _without_the(text: str) -> str:
    return text[len(THE) :] if text.startswith((THE, "The ")) else text


def _read_names(folder: Folder, file: str, knowledge: Knowledge) -> None:
    seen: set[tuple[str, str, str, str]] = set()
    for where, (text, country, kind, sector, since, until) in rows(folder, file, NAME_COLUMNS):
        if kind not in KINDS:
            raise DataError(where, f"{text}: unknown kind {kind!r}")
        text = plain(_without_the(text))
        code = "" if kind == NOBODY and not country else country_code(country, where)
        name = Name(text, code, kind, sector or None, checked_date(since, where), checked_date(until, where))
        if kind == USUAL:
            knowledge.names.setdefault(country, text)
        if (text, country, kind, since) not in seen:
            seen.add((text, country, kind, since))
            knowledge.cased.add(text, name)


def _read_organisations(folder: Folder, file: str, knowledge: Knowledge) -> None:
    for where, (name, aliases, country, sector, others, wikidata, since, until) in rows(folder, file, ORGANISATION_COLUMNS):
        organisation = Organisation(
            plain(name),
            country_code(country, where) if country else None,
            sector or None,
            tuple(others.split(";")) if others else (),
            wikidata or None,
            checked_date(since, where),
            checked_date(until, where),
        )
        knowledge.bodies.add(organisation.name)
        for form in {plain(_without_the(f)) for f in [name, *(aliases.split(";") if aliases else ())]}:
            knowledge.cased.add(form, organisation)


def _read_holders(folder: Folder, file: str, renamed: dict[str, str], knowledge: Knowledge) -> None:
    """Make the persons of a table known. There are so many lines that each is only taken apart when the person is asked for; what is
    the same in the lines of a person is looked at once."""
    people, seen = knowledge.people, set[tuple[str, str, str]]()
    for number, line in whole_lines(folder, file, HOLDER_COLUMNS):
        name, aliases, country, rest = line.split(TAB, 3)
        person = people.get(name)
        if person is None:
            person = people[name] = Person(name)
        country = renamed.get(country, country)
        person.lines.append(Line(file, number, country, rest))
        if (name, aliases, country) not in seen:
            seen.add((name, aliases, country))
            family_first = country_code(country, f"{file}:{number}") in knowledge.family_first
            for form in [name, *aliases.split(";")] if aliases else [name]:
                _add_person(plain(form), person, family_first, knowledge)


def _members(folder: Folder, renamed: dict[str, str], bodies: set[str]) -> dict[str, list[Membership]]:
    found: dict[str, list[Membership]] = {}
    for where, (organisation, country, since, until) in rows(folder, "members.tsv", ("organisation", "country", "since", "until")):
        if organisation not in bodies:
            raise DataError(where, f"{organisation}: no such name in organisations.tsv")
        member = country_code(renamed.get(country, country), where)
        found.setdefault(organisation, []).append(Membership(organisation, member, checked_date(since, where), checked_date(until, where)))
    return found


def _surnames(name: str, family_first: bool) -> set[str]:
    """How a surname may stand for the name: its last word, also without "al-" or with the one before it ("Lopez Obrador"), and its first
    where families' names come first."""
    words = name.split(" ")
    last = words[-1]
    found = {last, last[3:]} if last[:3] in ARTICLES else {last}
    if len(words) > 2 and len(words[-2]) > 2:
        found.add(" ".join(words[-2:]))
    return found | {words[0]} if family_first and len(words) > 1 else found


def _add_person(form: str, person: Person, family_first: bool, knowledge: Knowledge) -> None:
    """Make a name or alias of a person known; one word alone is only a surname."""
    if form in person.forms:
        return
    person.forms.append(form)
    if " " in form:
        knowledge.cased.add(form, person)
    for surname in _surnames(form, family_first):
        known = knowledge.by_surname.get(surname)
        if known is None:
            knowledge.by_surname[surname] = [person]
        elif not any(other is person for other in known):
            known.append(person)


def _read_roles(folder: Folder, knowledge: Knowledge) -> None:
    plurals = load_plurals(folder)
    agents = _agents(folder)
    titles = _titles(folder)
    for text in {**titles, **agents}:
        for form, plural in _forms(text, agents.get(text), plurals):
            knowledge.roles.add(plain(form), Role(text, titles.get(text), agents.get(text), plural))


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
