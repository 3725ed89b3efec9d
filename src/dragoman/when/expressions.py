"""In: the tokens of an article. Out: its date expressions: where, of which kind, and what their words are worth. No values yet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from spacy.tokens import Doc, Token

from dragoman.drafts import Range
from dragoman.language import Annotated
from dragoman.when.words import Words, worth_of

RECENT = range(1900, 2100)
FRAMES = ("edge", "bound")


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
    letters = "".join([known[low] if low in known else known.setdefault(low, letter(low)) for low in lowers])
    for paragraph in annotated.paragraphs:
        at = paragraph.start
        while found := words.pattern.search(letters, at, paragraph.end):
            expression = expression_at(doc, Range(found.start(), found.end()), str(found.lastgroup), lowers, letters, words)
            if is_date(doc, expression, lowers, words):
                yield from days_listed(doc, expression, letters, words) if expression.kind == "listed" else (expression,)
                at = expression.range.end
            else:
                at = expression.range.start + 1


def expression_at(doc: Doc, where: Range, kind: str, lowers: list[str], letters: str, words: Words) -> Expression:
    names = {letter: name for name, letter in words.letter_of.items()}
    fields: dict[str, list[Any]] = {}
    for i in range(where.start, where.end):
        name = names[letters[i]]
        fields.setdefault(name, []).append(worth_of(lowers[i], name, words))
    return Expression(where, head_of(doc, where), kind, fields)


def head_of(doc: Doc, where: Range) -> int:
    """The first token of a range whose head lies outside of it."""
    return next((i for i in range(*where) if doc[i].head.i not in range(*where) or doc[i].head.i == i), where.start)


def days_listed(doc: Doc, listed: Expression, letters: str, words: Words) -> Iterator[Expression]:
    """ "April 24 and 25" as two days: the month and the year belong to both."""
    shared = {name: worth for name, worth in listed.fields.items() if name in ("month", "year")}
    letter = words.letter_of["day"]
    days = [i for i in range(*listed.range) if letters[i] == letter]
    month = letters.index(words.letter_of["month"], listed.range.start)
    for place, i in enumerate(days):
        start = month if place == 0 and month < i else i
        end = listed.range.end if place == len(days) - 1 else i + 1
        yield Expression(Range(start, end), head_of(doc, Range(start, end)), "day", {**shared, "day": [listed.fields["day"][place]]})


def is_date(doc: Doc, expression: Expression, lowers: list[str], words: Words) -> bool:
    """Whether the words mean a date here, and not a name, a number of things, a verb or a habit."""
    start, end = expression.range
    before = lowers[start - 1] if start else ""
    if before in words.lists["habits"]:
        return False
    if " ".join(lowers[max(0, start - 1) : start + 1]) in words.names or " ".join(lowers[start : start + 2]) in words.names:
        return False
    if expression.kind == "listed" and counts_what_follows(doc, expression):
        return False
    if expression.kind in ("year", "year_range"):
        return is_year(doc, expression, before, words)
    if "month" in expression.fields:
        return is_month(doc, expression, before, words)
    if expression.kind == "decade":
        return (doc[end - 1].text[0] in "12" and len(doc[end - 1]) > 3) or before in words.lists["apostrophes"]
    if expression.kind == "relative":
        return bool(expression.first("unit") != "day")
    return True


def is_year(doc: Doc, expression: Expression, before: str, words: Words) -> bool:
    """Whether a number of four digits is a year: after a preposition or a frame, or describing one thing or "the" things."""
    token = doc[expression.range.end - 1]
    following = doc[expression.range.end] if expression.range.end < len(doc) else None
    if before in words.lists["currencies"] or (following is not None and following.lower_ in words.lists["measures"]):
        return False
    if any(name in expression.fields for name in FRAMES) or len(expression.fields.get("year", [])) > 1:
        return True
    counted = following is not None and following.tag_ in ("NNS", "NNPS") and token.dep_ == "nummod"
    if before in words.lists["year_prepositions"]:
        return not counted or token.dep_ == "pobj"
    if expression.first("year") not in RECENT:
        return False
    if token.dep_ in ("nummod", "compound", "amod") and token.head.i > token.i and token.head.pos_ in ("NOUN", "PROPN", "ADJ"):
        return not counted or is_determined(token.head)
    return before in words.lists["year_joints"] or (before == "," and words.letter_of["year"] == words.letter(doc[token.i - 2].lower_))


def counts_what_follows(doc: Doc, expression: Expression) -> bool:
    """Whether the last number belongs to a noun behind it, as in "April 24 and 25 people"."""
    token = doc[expression.range.end - 1]
    return token.dep_ == "nummod" and token.head.i >= expression.range.end


def is_determined(noun: Token) -> bool:
    return any(child.dep_ in ("det", "poss") and child.lower_ not in ("some", "no", "any") for child in noun.children)


def is_month(doc: Doc, expression: Expression, before: str, words: Words) -> bool:
    """Whether a month is one: capitalised, and where it stands alone no verb, no auxiliary, no part of a person's name."""
    token = next(doc[i] for i in range(*expression.range) if words.class_of.get(doc[i].lower_) == "month")
    if not token.text[:1].isupper():
        return False
    if expression.kind != "month" or expression.fields.keys() != {"month"}:
        return True
    if token.tag_ in ("MD", "VB", "VBP", "VBD"):
        return False
    if is_name(doc, token):
        return False
    return before in words.lists["month_prepositions"] or token.dep_ in ("compound", "poss", "nmod", "conj", "npadvmod", "appos", "nsubj")


def is_name(doc: Doc, token: Token) -> bool:
    """Whether a capitalised name stands right before or, joined to it, right after the token."""
    before = doc[token.i - 1] if token.i else None
    after = doc[token.i + 1] if token.i + 1 < len(doc) else None
    if before is not None and before.tag_ == "NNP" and before.dep_ == "compound" and before.head.i == token.i:
        return True
    return after is not None and after.tag_ == "NNP" and token.dep_ == "compound" and token.head.tag_ == "NNP"
