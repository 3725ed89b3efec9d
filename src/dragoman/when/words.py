"""In: en.yaml and tokens. Out: the class and worth of each token, and the patterns of classes that make a date expression.

Every class is one letter of a private alphabet, so that a paragraph of tokens is a string on which the patterns are regular expressions.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

import yaml

from dragoman.errors import DataError
from dragoman.when.calendar import known
from dragoman.when.holidays import names as holiday_names

FILE = "en.yaml"
NUMERIC = ("day", "nth", "year", "number", "decade", "slashed", "years")
FESTIVAL, MORE = "festival", "more"
DAYS = {"weekday", "weekday_short", "day", "dayword", "tonight", "overnight", "weekend", "eve", "part", "hours", "slashed", FESTIVAL}
LONGER = {"month", "unit", "units", "season", "half", "halfyear", "quarterly", "year", "years", "decade", "decade_name", "anniversary"}
CORE = DAYS | LONGER
OTHER = "."
FIRST_LETTER = 0x100
CLASS_NAME = re.compile(r"[a-z_]+")
DAY = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?")
NTH = re.compile(r"(\d{2,3})(?:st|nd|rd|th)")
AROUND_YEAR = re.compile(r"(?:pre|post|fy|cy)-?(\d{4})")
PIECE = re.compile(r"'s|’s|[-'’–]|[^\s'’–-]+")
DECADE = re.compile(r"['’]?(\d{2,4})['’]?s")
SLASHED = re.compile(r"(\d{1,2})([/.])(\d{1,2})\2(\d{4}|\d{2})")
YEARS = re.compile(r"(\d{4})[-–/](\d{2}|\d{4})")


class Phrase(NamedTuple):
    """The tokens of a name in lower case with straight apostrophes, and the rule of the holiday that it names, if any."""

    tokens: tuple[str, ...]
    rule: str | None


@dataclass(frozen=True, slots=True)
class Words:
    """``letters`` and ``worth`` by lower-case word, ``pattern`` over letters with one group a kind, ``runs`` where it is worth trying,
    ``phrases`` by their first word: holidays with their rule, and names that look like dates with none; and the word lists that grammar
    asks for."""

    letter_of: dict[str, str]
    name_of: dict[str, str]
    letters: dict[str, str]
    worth: dict[str, Any]
    class_of: dict[str, str]
    pattern: re.Pattern[str]
    runs: re.Pattern[str]
    phrases: dict[str, list[Phrase]]
    lists: dict[str, frozenset[str]]

    def letter(self, lower: str) -> str:
        found = self.letters.get(lower)
        if found is not None:
            return found
        name = None if lower.isalpha() else numeric_class(lower, self)
        return self.letter_of[name] if name else OTHER


def numeric_class(lower: str, words: Words) -> str | None:
    """The class of a token with digits in it, or None."""
    if lower.isascii() and lower.isdigit():
        number = int(lower) if len(lower) <= 4 else 0
        return "day" if 1 <= number <= 31 else "year" if len(lower) == 4 and known(number) else "number" if number else None
    if (match := DAY.fullmatch(lower)) and 1 <= int(match[1]) <= 31:
        return "day"
    if NTH.fullmatch(lower):
        return "nth"
    if SLASHED.fullmatch(lower):
        return "slashed"
    if YEARS.fullmatch(lower):
        return "years"
    if (match := DECADE.fullmatch(lower)) and int(match[1]) % 10 == 0 and len(match[1]) != 3:
        return "decade"
    if AROUND_YEAR.fullmatch(lower):
        return "year"
    edge, dash, year = lower.partition("-")
    if not dash or words.class_of.get(edge) != "edge":
        return None
    return "decade" if DECADE.fullmatch(year) else "year" if year.isdigit() and len(year) == 4 else None


def worth_of(lower: str, name: str, words: Words) -> Any:
    """What a token of a class is worth: a number of a month, a day of the week, a unit ..."""
    if name not in NUMERIC or lower in words.worth:
        return words.worth[lower]
    if name == "day":
        return int(DAY.fullmatch(lower)[1])  # type: ignore[index]
    if name == "nth":
        return int(lower[:-2])
    if name in ("year", "number"):
        return int(lower[-4:])
    if name == "decade":
        digits = DECADE.fullmatch(lower.rpartition("-")[2])[1]  # type: ignore[index]
        return int(digits) if len(digits) == 4 else 1900 + int(digits)
    return lower


@cache
def load() -> Words:
    """The words of English dates. DataError names file and line of what is wrong."""
    text = (files(__package__) / FILE).read_text(encoding="utf-8")
    return words_from(text, holiday_names())


def words_from(text: str, holidays: Iterable[tuple[str, str]] = ()) -> Words:
    sections = {key.value: node for key, node in mapping(yaml.compose(text, Loader=yaml.SafeLoader))}
    if missing := {"words", "patterns", "names", "lists"} - sections.keys():
        raise DataError(f"{FILE}:1", f"no section {sorted(missing)[0]!r}")
    class_of: dict[str, str] = {}
    worth: dict[str, Any] = {}
    names: list[str] = [*NUMERIC, FESTIVAL, MORE]
    for class_key, entries in mapping(sections["words"]):
        names.append(class_key.value)
        for key, value in mapping(entries):
            if key.value in class_of:
                raise error(key, f"{key.value!r} is there twice")
            class_of[key.value] = class_key.value
            worth[key.value] = yaml.SafeLoader("").construct_object(value, deep=True)
    letter_of = {name: chr(FIRST_LETTER + i) for i, name in enumerate(dict.fromkeys(names))}
    return Words(
        letter_of=letter_of,
        name_of={letter: name for name, letter in letter_of.items()},
        letters={word: letter_of[name] for word, name in class_of.items()},
        worth=worth,
        class_of=class_of,
        pattern=pattern_from(sections["patterns"], letter_of),
        runs=runs_of("".join(letter for name, letter in letter_of.items() if name in CORE)),
        phrases=phrases_from([*((name, None) for name in strings(sections["names"])), *holidays]),
        lists={key.value: frozenset(strings(node)) for key, node in mapping(sections["lists"])},
    )


def phrases_from(named: Iterable[tuple[str, str | None]]) -> dict[str, list[Phrase]]:
    """Phrases by their first token, the longest first."""
    found: dict[str, list[Phrase]] = {}
    for name, rule in named:
        tokens = tuple(PIECE.findall(name.lower()))
        found.setdefault(tokens[0], []).append(Phrase(tokens, rule))
    for phrases in found.values():
        phrases.sort(key=lambda phrase: -len(phrase.tokens))
    return found


def pattern_from(node: yaml.Node, letter_of: dict[str, str]) -> re.Pattern[str]:
    kinds = [f"(?P<{key.value}>{letters_of(value, letter_of)})" for key, value in mapping(node)]
    return re.compile("|".join(kinds))


def runs_of(core: str) -> re.Pattern[str]:
    """Where patterns need to be tried: in runs of tokens with a class, one of which every date has one of."""
    return re.compile(f"[^{OTHER}]*?[{core}][^{OTHER}]*")


def letters_of(node: yaml.Node, letter_of: dict[str, str]) -> str:
    """A pattern of class names as a pattern of letters."""
    if unknown := [name for name in CLASS_NAME.findall(node.value) if name not in letter_of]:
        raise error(node, f"no class {unknown[0]!r}")
    pattern = CLASS_NAME.sub(lambda name: letter_of[name[0]], node.value).replace(" ", "")
    try:
        re.compile(pattern)
    except re.error as broken:
        raise error(node, f"not a pattern: {broken}") from broken
    return pattern


def mapping(node: yaml.Node | None) -> list[tuple[yaml.ScalarNode, yaml.Node]]:
    if not isinstance(node, yaml.MappingNode):
        raise error(node, "named entries were expected")
    entries: list[tuple[yaml.ScalarNode, yaml.Node]] = node.value
    return entries


def strings(node: yaml.Node) -> list[str]:
    if not isinstance(node, yaml.SequenceNode):
        raise error(node, "a list was expected")
    return [str(item.value) for item in node.value]


def error(node: yaml.Node | None, what: str) -> DataError:
    return DataError(f"{FILE}:{node.start_mark.line + 1 if node else 1}", what)
