"""In: the TSV files beside this module. Out: the words of mastheads and credits, names of agencies and publications, as checked tables.

A broken line is a ``CodebookError`` that names file and line.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

from dragoman.codebook.errors import CodebookError
from dragoman.codebook.reading import Entry, tsv_entries

HOW = ("starts", "ends", "has", "is")
OPENING = r"[\s(\[“\"*_·•|–—-]*"
CLOSING = r"[\s)\].!”\"*_]*"
WORD = re.compile(r"[^\W\d_][\w'’.-]*")
COUNTRY_CODE = re.compile(r"[A-Z]{3}")


@dataclass(frozen=True, slots=True)
class Glue:
    """``pattern(kind)`` finds a paragraph of that kind, ``words(kind)`` are the folded texts of a kind; names are folded too."""

    patterns: Mapping[str, re.Pattern[str]]
    words: Mapping[str, frozenset[str]]
    vocabularies: Mapping[str, frozenset[str]]
    agencies: Mapping[str, str]
    publications: frozenset[str]
    regions: Mapping[str, str]
    months: Mapping[str, int]

    def is_(self, kind: str, text: str) -> bool:
        return self.patterns[kind].search(text) is not None

    def ends(self, kind: str, text: str) -> bool:
        """Whether the text ends with a phrase of that kind."""
        folded_text = text.casefold().rstrip(' .)]"”')
        return any(folded_text.endswith(phrase) for phrase in self.words[kind])

    def has(self, kind: str, text: str) -> bool:
        """Whether a phrase of that kind stands somewhere in the text, as words of its own."""
        return any(re.search(rf"\b{re.escape(phrase)}\b", text, re.IGNORECASE) for phrase in self.words[kind])

    def vocabulary(self, kind: str) -> frozenset[str]:
        """All words of the phrases of a kind."""
        return self.vocabularies[kind]

    def agency(self, name: str) -> str | None:
        """The agency's usual name, where it is a known one."""
        return self.agencies.get(folded(name))

    def is_publication(self, name: str) -> bool:
        return folded(name) in self.publications

    def sounds_like(self, kind: str, name: str) -> bool:
        """Whether the last word of a name is one of the words of that kind ("Herald", "Wire")."""
        last = name.rsplit(None, 1)[-1:]
        return bool(last) and last[0].casefold() in self.words[kind]


def folded(name: str) -> str:
    """A name without case, a leading "The" and the spaces around it."""
    plain = " ".join(name.casefold().split())
    return plain.removeprefix("the ")


def field(entry: Entry, column: str) -> str:
    """A column's text. CodebookError where it is empty or not there."""
    value = entry.fields.get(column)
    if not value or not value.strip():
        raise CodebookError(entry.where, f"{column!r} is empty or missing")
    return str(value)


def alternative(how: str, text: str) -> str:
    phrase = re.escape(text).replace(r"\ ", r"\s+")
    before = r"\b" if text[0].isalnum() else ""
    after = r"(?!\w)" if text[-1].isalnum() and not text[-1].isdigit() else ""
    return {
        "starts": rf"\A{OPENING}{phrase}{after}",
        "ends": rf"{before}{phrase}{CLOSING}\Z",
        "has": rf"{before}{phrase}{after}",
        "is": rf"\A{OPENING}{phrase}[\s)\].:!”\"*_]*\Z",
    }[how]


def phrases(folder: Path | Traversable) -> tuple[dict[str, re.Pattern[str]], dict[str, frozenset[str]]]:
    alternatives: dict[str, list[str]] = {}
    words: dict[str, set[str]] = {}
    for entry in tsv_entries(folder, "glue.tsv"):
        kind, how, text = (field(entry, column) for column in ("kind", "how", "text"))
        if how not in HOW:
            raise CodebookError(entry.where, f"how is {how!r}, but must be one of {', '.join(HOW)}")
        alternatives.setdefault(kind, []).append(alternative(how, text))
        words.setdefault(kind, set()).add(text.casefold())
    patterns = {kind: re.compile("|".join(group), re.IGNORECASE) for kind, group in alternatives.items()}
    return patterns, {kind: frozenset(group) for kind, group in words.items()}


def agencies(folder: Path | Traversable) -> dict[str, str]:
    found: dict[str, str] = {}
    for entry in tsv_entries(folder, "agencies.tsv"):
        name = field(entry, "name")
        also = [other for other in (entry.fields.get("also") or "").split("|") if other]
        for form in (name, *also):
            if found.setdefault(folded(form), name) != name:
                raise CodebookError(entry.where, f"{form!r} is also a form of {found[folded(form)]}")
    return found


def regions(folder: Path | Traversable) -> dict[str, str]:
    found: dict[str, str] = {}
    for entry in tsv_entries(folder, "regions.tsv"):
        country = field(entry, "country")
        if not COUNTRY_CODE.fullmatch(country):
            raise CodebookError(entry.where, f"{country!r} is no alpha-3 code")
        found[field(entry, "name").casefold()] = country
    return found


def months(folder: Path | Traversable) -> dict[str, int]:
    found: dict[str, int] = {}
    for entry in tsv_entries(folder, "months.tsv"):
        number = field(entry, "month")
        if not number.isdecimal() or not 1 <= int(number) <= 12:
            raise CodebookError(entry.where, f"{number!r} is no month from 1 to 12")
        found[field(entry, "name").casefold()] = int(number)
    return found


def load_from(folder: Path | Traversable) -> Glue:
    """Read the five tables. CodebookError names the file and line that is wrong."""
    patterns, words = phrases(folder)
    names = frozenset(folded(field(entry, "name")) for entry in tsv_entries(folder, "publications.tsv"))
    vocabularies = {kind: frozenset(word for text in texts for word in WORD.findall(text)) for kind, texts in words.items()}
    return Glue(patterns, words, vocabularies, agencies(folder), names, regions(folder), months(folder))


@cache
def load() -> Glue:
    return load_from(resources.files("dragoman.read"))
