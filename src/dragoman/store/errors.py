"""What can go wrong with a store or a question to it. In: nothing. Out: exceptions whose messages say what to do next."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from dragoman.errors import DragomanError


class StoreError(DragomanError):
    """The store cannot be opened, read or written."""


class QueryError(DragomanError, ValueError):
    """A query that cannot be understood. ``term`` is the part that was not, ``nearest`` what may have been meant, best first.

    ``otherwise`` is what to do where nothing is near.
    """

    def __init__(self, term: str, what: str, known: Iterable[str] = (), otherwise: str = "") -> None:
        self.term = term
        self.nearest = nearest_terms(term, known)
        hint = f"; did you mean {' or '.join(self.nearest)}?" if self.nearest else otherwise
        super().__init__(f"{what}: {term!r}{hint}")


def nearest_terms(term: str, known: Iterable[str]) -> list[str]:
    """Up to three known terms that look like ``term``, whatever the case, best first."""
    by_folded = {name.casefold(): name for name in known}
    return [by_folded[match] for match in get_close_matches(term.casefold(), by_folded, n=3, cutoff=0.6)]
