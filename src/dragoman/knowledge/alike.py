"""In: the persons of the tables. Out: ``Alike``, which finds those whose name is spelled or ordered otherwise than the text has it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from dragoman.knowledge.facts import Person
from dragoman.knowledge.romanising import LANGUAGES, Romanisations
from dragoman.knowledge.spelling import Spellings, loosened

SHORTEST_SURNAME = 5  # letters of a key: "Lee", "Li" and "Le" are names of different people
CHINESE = "zh"
Key = TypeVar("Key")


@dataclass(slots=True)
class Alike:
    """Persons by the keys of their names; made when a text first has a name that no table has."""

    spellings: Spellings
    romanisations: Mapping[str, Romanisations]
    full: dict[str, list[Person]] = field(default_factory=dict)
    surnames: dict[str, list[Person]] = field(default_factory=dict)
    romanised: dict[tuple[str, str], list[Person]] = field(default_factory=dict)

    def add(self, person: Person, family_first: bool, both_orders: bool) -> None:
        """Make a person known by all full names, with ``both_orders`` the other way round as well, and by the surnames in them."""
        languages = {LANGUAGES[line.country] for line in person.lines if line.country in LANGUAGES}
        for form in person.forms:
            key = self.spellings.key(form)
            words = key.split(" ")
            for surname in {words[-1], words[0]} if family_first else {words[-1]}:
                if len(surname) >= SHORTEST_SURNAME:
                    _note(self.surnames, surname, person)
            if len(words) == 1:
                continue
            _note(self.full, loosened(key), person)
            if len(words) == 2:
                if both_orders:
                    _note(self.full, loosened(f"{words[1]} {words[0]}"), person)
            else:
                _note(self.surnames, f"{words[-2]} {words[-1]}", person)
            for language in languages:
                sound = self.romanisations[language].key(form)
                if sound is not None:
                    _note(self.romanised, (language, sound), person)

    def of_full_name(self, name: str) -> list[Person]:
        """Those whose full name it is in another spelling or order."""
        return self.full.get(loosened(self.spellings.key(name))) or self._of_romanised(name)

    def of_surname(self, name: str) -> list[Person]:
        return self.surnames.get(self.spellings.key(name), [])

    def _of_romanised(self, name: str) -> list[Person]:
        """The only one whose Chinese or Korean name it is in another romanisation. Two names in pinyin are two names."""
        for language, romanisation in self.romanisations.items():
            key = romanisation.key(name)
            people = self.romanised.get((language, key), []) if key is not None else []
            if len(people) == 1 and (language != CHINESE or any(("-" in form) != ("-" in name) for form in people[0].forms)):
                return people
        return []


def _note(table: dict[Key, list[Person]], key: Key, person: Person) -> None:
    known = table.get(key)
    if known is None:
        table[key] = [person]
    elif known[-1] is not person and not any(other is person for other in known):
        known.append(person)
