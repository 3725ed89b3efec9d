"""What can go wrong with a question to the codebook: it does not have the name.

In: nothing. Out: the exceptions below; their messages say what to do next.
"""

from __future__ import annotations

from collections.abc import Iterable

from dragoman.errors import DragomanError

NEAREST = 3  # names that a message suggests
SHORTEST_PREFIX = 3  # letters that must be there before longer names that begin so are suggested


class UnknownName(DragomanError, KeyError):
    """No such type, mode, context ... ``nearest`` holds up to three names like it, best first; without any the message has ``advice``."""

    def __init__(self, kind: str, name: str, known: Iterable[str], advice: str = "") -> None:
        self.kind = kind
        self.name = name
        self.nearest = nearest_names(name, known)
        hint = f"did you mean {either(self.nearest)}?" if self.nearest else advice
        self.message = f"unknown {kind} {name!r}{'; ' if hint else ''}{hint}"
        super().__init__(self.message)

    def __str__(self) -> str:
        return self.message


class AmbiguousName(UnknownName):
    """An older name that became several of today's, so that the name alone does not say which; ``nearest`` holds them."""

    def __init__(self, name: str, types: tuple[str, ...], note: str) -> None:
        super().__init__("event type", name, ())
        self.nearest = list(types)
        self.message = f"{name!r} is ambiguous: it became {' and '.join(types)} ({note})"
        self.args = (self.message,)


def nearest_names(name: str, known: Iterable[str]) -> list[str]:
    """Up to three known names that look like ``name``, whatever the case, best first. Numbers are near where they begin alike."""
    by_folded: dict[str, str] = {}
    for candidate in known:
        by_folded.setdefault(candidate.casefold(), candidate)
    folded = name.strip().casefold()
    near = codes_near(folded, by_folded) if folded.isdigit() else words_near(folded, by_folded)
    return [by_folded[match] for match in near[:NEAREST]]


def words_near(word: str, known: Iterable[str]) -> list[str]:
    from difflib import get_close_matches  # only a mistake needs it, and it takes longer to load than the codebook does

    words = list(known)
    longer = [candidate for candidate in words if len(word) >= SHORTEST_PREFIX and candidate.startswith(word)]
    return list(dict.fromkeys([*sorted(longer, key=len), *get_close_matches(word, words, n=NEAREST, cutoff=0.6)]))


def codes_near(code: str, known: Iterable[str]) -> list[str]:
    """Codes under the same two-digit root, those that share most first."""
    related = [candidate for candidate in known if candidate.isdigit() and candidate[:2] == code[:2]]
    return sorted(related, key=lambda candidate: (-shared_prefix(code, candidate), len(candidate)))


def shared_prefix(one: str, other: str) -> int:
    return next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def either(names: list[str]) -> str:
    return " or ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
