"""In: the tokens of an article. Out: its date expressions: where, of which kind, and what their words are worth. No values yet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from spacy.tokens import Doc

from dragoman.drafts import Range
from dragoman.language import Annotated
from dragoman.when.doubts import is_date
from dragoman.when.words import FESTIVAL, MORE, OTHER, Words, worth_of

LISTED = {"listed": "day", "listed_months": "month"}


@dataclass(slots=True)
class Expression:
    """``fields`` holds the worth of each token by its class, in text order; ``head`` is its token nearest to the root."""

    range: Range
    head: int
    kind: str
    fields: dict[str, list[Any]]

    def first(self, name: str) -> Any:
        found = self.fields.get(name)
        return found[0] if found else None


def expressions(annotated: Annotated, lowers: list[str], words: Words) -> Iterator[Expression]:
    """All date expressions in text order; none runs across a paragraph. ``lowers`` are the tokens in lower case."""
    doc = annotated.doc
    letter = words.letter
    known: dict[str, str] = {}
    found_letters = [known[low] if low in known else known.setdefault(low, letter(low)) for low in lowers]
    rules = holidays_in(doc, lowers, found_letters, words)
    letters = "".join(found_letters)
    for run in [run for paragraph in annotated.paragraphs for run in words.runs.finditer(letters, *paragraph)]:
        at = run.start()
        while found := words.pattern.search(letters, at, run.end()):
            expression = expression_at(doc, Range(found.start(), found.end()), str(found.lastgroup), lowers, letters, words)
            if expression.kind in ("festival", "festival_day"):
                expression.fields["rule"] = [rules[i] for i in range(*expression.range) if i in rules]
            if is_date(doc, expression, lowers, words):
                yield from listed(doc, expression, letters, words) if expression.kind in LISTED else (expression,)
                at = expression.range.end
            else:
                at = expression.range.start + 1


def holidays_in(doc: Doc, lowers: list[str], letters: list[str], words: Words) -> dict[int, str]:
    """The rules of the holidays that are named, by their first token; ``letters`` change for these, and for names that are no dates."""
    rules: dict[int, str] = {}
    end = 0
    for i, lower in enumerate(lowers):
        if i < end or lower not in words.phrases or not doc[i].text[:1].isupper():
            continue
        named = next((p for p in words.phrases[lower] if is_named(p.tokens, lowers, i)), None)
        if named is None:
            continue
        end = i + len(named.tokens)
        if named.rule is None:
            letters[i:end] = [OTHER] * len(named.tokens)
        else:
            letters[i:end] = [words.letter_of[FESTIVAL], *[words.letter_of[MORE]] * (len(named.tokens) - 1)]
            rules[i] = named.rule
    return rules


def is_named(tokens: tuple[str, ...], lowers: list[str], at: int) -> bool:
    return tuple(low.replace("’", "'") for low in lowers[at : at + len(tokens)]) == tokens


def expression_at(doc: Doc, where: Range, kind: str, lowers: list[str], letters: str, words: Words) -> Expression:
    fields: dict[str, list[Any]] = {}
    for i in range(where.start, where.end):
        name = words.name_of[letters[i]]
        if name not in (FESTIVAL, MORE):
            fields.setdefault(name, []).append(worth_of(lowers[i], name, words))
    return Expression(where, head_of(doc, where), kind, fields)


def head_of(doc: Doc, where: Range) -> int:
    """The first token of a range whose head lies outside of it."""
    return next((i for i in range(*where) if doc[i].head.i not in range(*where) or doc[i].head.i == i), where.start)


def listed(doc: Doc, several: Expression, letters: str, words: Words) -> Iterator[Expression]:
    """ "April 24 and 25" as two days: the month and the year belong to both; "May and June 2023" as two months."""
    kind = LISTED[several.kind]
    shared = {name: worth for name, worth in several.fields.items() if name in ("month", "year") and name != kind}
    places = [i for i in range(*several.range) if letters[i] == words.letter_of[kind]]
    month = letters.index(words.letter_of["month"], several.range.start)
    for place, i in enumerate(places):
        start = month if place == 0 and month < i else i
        end = several.range.end if place == len(places) - 1 else i + 1
        yield Expression(Range(start, end), head_of(doc, Range(start, end)), kind, {**shared, kind: [several.fields[kind][place]]})
