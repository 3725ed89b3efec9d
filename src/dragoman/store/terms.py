"""The words of the query language that the codebook and the schema define. In: a word. Out: its Condition, or None for another word."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from functools import cache
from typing import get_args

from dragoman import codebook
from dragoman.schema import Auxiliary, Status
from dragoman.store.conditions import Condition, any_of, equal, holds
from dragoman.store.errors import QueryError


@dataclass(frozen=True)
class Terms:
    """Known words by kind; types and sectors in capitals, the rest small."""

    types: dict[str, tuple[str, ...]]
    modes: frozenset[str]
    contexts: frozenset[str]
    quads: dict[str, int]
    statuses: frozenset[str]
    auxiliaries: frozenset[str]
    sectors: frozenset[str]
    international: frozenset[str]

    @staticmethod
    @cache
    def of_codebook() -> Terms:
        book = codebook.load()
        older = {name: entry.types for name, entry in book.older.items()}
        return Terms(
            types={**older, **{name: (name,) for name in book.types}},
            modes=frozenset(mode for kind in book.types.values() for mode in kind.modes),
            contexts=frozenset(book.contexts),
            quads={name: number for number, quad in codebook.QUAD_NAMES.items() for name in (f"q{number}", quad)},
            statuses=frozenset(get_args(Status)),
            auxiliaries=frozenset(get_args(Auxiliary)),
            sectors=frozenset(book.sectors),
            international=frozenset(book.international),
        )

    def with_types(self, names: Collection[str]) -> Terms:
        """The same with event types that users have defined."""
        return replace(self, types={**{name: (name,) for name in names}, **self.types})

    @property
    def actors(self) -> list[str]:
        return sorted(self.sectors | self.international)

    @property
    def known(self) -> list[str]:
        small = self.modes | self.contexts | self.statuses | self.auxiliaries | self.quads.keys()
        return [*sorted(self.types), *sorted(small), *self.actors]

    def condition(self, word: str) -> Condition | None:
        """What the word says of an event, in any case; a word of several kinds (cyber) means any of them."""
        found = [made for kind in (self.type, self.mode, self.context, self.quad, self.status, self.auxiliary) if (made := kind(word))]
        return any_of(found) if found else None

    def of_kind(self, kind: str, word: str) -> Condition | None:
        """The same for one kind alone: type, mode, context, quad, status, aux. None for another kind."""
        kinds: dict[str, tuple[Callable[[str], Condition | None], Collection[str]]] = {
            "type": (self.type, self.types),
            "mode": (self.mode, self.modes),
            "context": (self.context, self.contexts),
            "quad": (self.quad, self.quads),
            "status": (self.status, self.statuses),
            "aux": (self.auxiliary, self.auxiliaries),
        }
        if kind.casefold() not in kinds:
            return None
        made, known = kinds[kind.casefold()]
        condition = made(word)
        if condition is None:
            raise QueryError(word, f"no such {kind.casefold()}", sorted(known))
        return condition

    def type(self, word: str) -> Condition | None:
        names = self.types.get(word.upper(), ())
        return any_of([equal("type", name) for name in names]) if names else None

    def mode(self, word: str) -> Condition | None:
        return holds("mode", word.lower()) if word.lower() in self.modes else None

    def context(self, word: str) -> Condition | None:
        return holds("context", word.lower()) if word.lower() in self.contexts else None

    def quad(self, word: str) -> Condition | None:
        number = self.quads.get(word.lower())
        return equal("quad", number) if number else None

    def status(self, word: str) -> Condition | None:
        return equal("status", word.lower()) if word.lower() in self.statuses else None

    def auxiliary(self, word: str) -> Condition | None:
        return holds("aux", word.lower()) if word.lower() in self.auxiliaries else None
