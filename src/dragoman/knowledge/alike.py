"""In: the persons of the tables. Out: ``Alike``, which finds those whose name is spelled or ordered otherwise than the text has it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from dragoman.knowledge.facts import Person
from dragoman.knowledge.spelling import Spellings

SHORTEST_SURNAME = 5  # letters of a key: "Lee", "Li" and "Le" are names of different people


@dataclass(slots=True)
class Alike:
    """Persons by the keys of their names; made when a text first has a name that no table has."""

    spellings: Spellings
    full: dict[str, list[Person]] = field(default_factory=dict)
    surnames: dict[str, list[Person]] = field(default_factory=dict)

    def add(self, person: Person, lone: Iterable[str], both_orders: bool) -> None:
        """Make a person known by all full names, with ``both_orders`` the other way round as well, and by the surnames ``lone``."""
        for form in person.forms:
            words = self.spellings.key(form).split(" ")
            if len(words) > 1:
                _note(self.full, " ".join(words), person)
                if both_orders and len(words) == 2:
                    _note(self.full, " ".join(reversed(words)), person)
        for surname in lone:
            key = self.spellings.key(surname)
            if len(key) >= SHORTEST_SURNAME:
                _note(self.surnames, key, person)

    def of_full_name(self, name: str) -> list[Person]:
        """Those whose full name it is in another spelling or order."""
        return self.full.get(self.spellings.key(name), [])

    def of_surname(self, name: str) -> list[Person]:
        return self.surnames.get(self.spellings.key(name), [])


def _note(table: dict[str, list[Person]], key: str, person: Person) -> None:
    known = table.setdefault(key, [])
    if not any(other is person for other in known):
        known.append(person)
