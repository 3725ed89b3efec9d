"""In: the TSV files beside this module. Out: the words of mastheads and credits, names of agencies and publications, as checked tables.

A broken line is a ``DataError`` that names file and line.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

from dragoman.errors import DataError
from dragoman.tables import Entry, entries

HOW = ("starts", "ends", "has", "is")
EDGE = 120  # characters at either end of a paragraph that hold the longest phrase and the marks around it
OPENING = r"[\s(\[*_·•|–—-]*"
CLOSING = r"[\s)\].!”\"*_]*"
AFTER_LABEL = r"[\s)\].:!”\"*_]*"
COUNTRY_CODE = re.compile(r"[A-Z]{3}")
WORD_BEGINS = r"(?:(?<!\w)|(?=\W))"  # not within a word, unless the phrase itself begins with a mark: "Jane Doe/Reuters"
WORD = re.compile(r"[^\W\d_][\w'’.-]*")
NOTHING = re.compile(r"(?!)")


@dataclass(frozen=True, slots=True)
class Phrases:
    """The phrases of one kind, as patterns, as folded texts, and as all their words."""

    starts: re.Pattern[str]
    ends: re.Pattern[str]
    has: re.Pattern[str]
    whole: re.Pattern[str]
    texts: frozenset[str]
    words: frozenset[str]

    def show(self, text: str) -> bool:
        """Whether a paragraph starts or ends with one of the phrases, has one inside or is one."""
        edge = text if len(text) <= EDGE else text[-EDGE:]
        return bool(self.starts.match(text) or self.ends.search(edge) or self.has.search(text) or self.whole.match(text))

    def end(self, text: str) -> bool:
        return self.ends.search(text if len(text) <= EDGE else text[-EDGE:]) is not None

    def inside(self, text: str) -> bool:
        """Whether one of the phrases stands somewhere in the text, whatever its place should be."""
        folded_text = text.casefold()
        return any(phrase in folded_text for phrase in self.texts)


@dataclass(frozen=True, slots=True)
class Glue:
    """Phrases by kind; names of agencies, publications and regions and months are folded."""

    kinds: Mapping[str, Phrases]
    agencies: Mapping[str, str]
    publications: frozenset[str]
    regions: Mapping[str, str]
    months: Mapping[str, int]

    def is_kind(self, kind: str, text: str) -> bool:
        return text.casefold() in self.kinds[kind].texts

    def agency(self, name: str) -> str | None:
        """The agency's usual name, where it is a known one."""
        return self.agencies.get(folded(name))

    def region(self, name: str) -> str | None:
        """The country of a state or province, in full or shortened."""
        return self.regions.get(region_key(name))

    def is_publication(self, name: str) -> bool:
        return folded(name) in self.publications

    def sounds_like(self, kind: str, name: str) -> bool:
        """Whether the last word of a name is one of the words of that kind ("Herald", "Wire")."""
        last = name.rsplit(None, 1)[-1:]
        return bool(last) and last[0].casefold() in self.kinds[kind].texts


def folded(name: str) -> str:
    """A name without case, a leading "The" and the spaces around it."""
    plain = " ".join(name.casefold().split())
    return plain.removeprefix("the ")


def region_key(name: str) -> str:
    return name.casefold().rstrip(".")


def field(entry: Entry, column: str) -> str:
    """A column's text. DataError where it is empty or not there."""
    value = entry.fields.get(column)
    if not value or not value.strip():
        raise DataError(entry.where, f"{column!r} is empty or missing")
    return str(value)


def any_of(texts: Iterable[str]) -> str:
    """A pattern for the phrases, longest first, that does not stop within a word or year."""
    return "|".join(
        re.escape(text).replace(r"\ ", r"\s+") + (r"(?!\w)" if text[-1].isalpha() else "") for text in sorted(texts, key=len, reverse=True)
    )


def phrases(by_how: Mapping[str, list[str]]) -> Phrases:
    def pattern(how: str, before: str, after: str, flags: re.RegexFlag = re.IGNORECASE) -> re.Pattern[str]:
        texts = by_how.get(how)
        return re.compile(f"{before}(?:{any_of(texts)}){after}", flags) if texts else NOTHING

    texts = frozenset(text.casefold() for group in by_how.values() for text in group)
    return Phrases(
        pattern("starts", OPENING, ""),
        pattern("ends", WORD_BEGINS, CLOSING + r"\Z"),
        pattern("has", WORD_BEGINS, "", re.NOFLAG),
        pattern("is", OPENING, AFTER_LABEL + r"\Z"),
        texts,
        frozenset(word for text in texts for word in WORD.findall(text)),
    )


def kinds(folder: Path | Traversable) -> dict[str, Phrases]:
    found: dict[str, dict[str, list[str]]] = {}
    for entry in entries(folder, "glue.tsv"):
        kind, how, text = (field(entry, column) for column in ("kind", "how", "text"))
        if how not in HOW:
            raise DataError(entry.where, f"how is {how!r}, but must be one of {', '.join(HOW)}")
        texts = found.setdefault(kind, {}).setdefault(how, [])
        if text in texts:
            raise DataError(entry.where, f"{text!r} is there twice")
        texts.append(text)
    return {kind: phrases(by_how) for kind, by_how in found.items()}


def agencies(folder: Path | Traversable) -> dict[str, str]:
    found: dict[str, str] = {}
    for entry in entries(folder, "agencies.tsv"):
        name = field(entry, "name")
        also = [other for other in (entry.fields.get("also") or "").split("|") if other]
        for form in (name, *also):
            if found.setdefault(folded(form), name) != name:
                raise DataError(entry.where, f"{form!r} is also a form of {found[folded(form)]}")
    return found


def regions(folder: Path | Traversable) -> dict[str, str]:
    found: dict[str, str] = {}
    for entry in entries(folder, "regions.tsv"):
        country = field(entry, "country")
        if not COUNTRY_CODE.fullmatch(country):
            raise DataError(entry.where, f"{country!r} is no alpha-3 code")
        found[region_key(field(entry, "name"))] = country
    return found


def months(folder: Path | Traversable) -> dict[str, int]:
    found: dict[str, int] = {}
    for entry in entries(folder, "months.tsv"):
        number = field(entry, "month")
        if not number.isdecimal() or not 1 <= int(number) <= 12:
            raise DataError(entry.where, f"{number!r} is no month from 1 to 12")
        found[field(entry, "name").casefold()] = int(number)
    return found


def load_from(folder: Path | Traversable) -> Glue:
    """Read the five tables. DataError names the file and line that is wrong."""
    names = frozenset(folded(field(entry, "name")) for entry in entries(folder, "publications.tsv"))
    return Glue(kinds(folder), agencies(folder), names, regions(folder), months(folder))


@cache
def load() -> Glue:
    return load_from(resources.files("dragoman.read"))
