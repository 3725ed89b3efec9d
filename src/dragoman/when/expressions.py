"""In: the tokens of an article. Out: its date expressions: where, of which kind, and what their words are worth. No values yet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from spacy.tokens import Doc, Token

from dragoman.drafts import Range
from dragoman.language import Annotated
from dragoman.when.words import FESTIVAL, MORE, OTHER, Words, numeric_class, worth_of

RECENT = range(1900, 2100)
FRAMES = ("edge", "bound")
COUNTED = frozenset({"ago", "from_now", "from_day", "ahead", "shifted"})
NAMING = frozenset({"day", "weekday", "month", "year"})
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
            if expression.kind == "festival":
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


def is_date(doc: Doc, expression: Expression, lowers: list[str], words: Words) -> bool:
    """Whether the words mean a date here, and not a name, a number of things, a verb or a habit."""
    start, end = expression.range
    before = lowers[start - 1] if start else ""
    if before in words.lists["habits"]:
        return False
    if expression.kind == "the_day":
        return is_day_of_month(doc, expression, before)
    if expression.kind in NAMING and is_named_after(doc, expression, words):
        return False
    if expression.kind == "listed" and counts_what_follows(doc, expression):
        return False
    if expression.kind in ("year", "year_range"):
        return is_year(doc, expression, before, words)
    if expression.kind in ("month_quarter", "bare_half") and expression.first("unit") != "quarter":
        return expression.kind == "bare_half" and before in words.class_of and words.class_of[before] == "the"
    if expression.kind in ("quarter", "bare_quarter") and not is_quarter(expression):
        expression.kind = "piece"
        return "month" in expression.fields or len(expression.fields["unit"]) > 1 or "year" in expression.fields
    if expression.kind == "season":
        return is_season(doc, expression, before, words)
    if "month" in expression.fields:
        return is_month(doc, expression, before, words)
    if expression.kind == "decade":
        if doc[end - 1].text.isalpha():
            return words.class_of.get(before) == "the" or "edge" in expression.fields
        if len(doc[end - 1]) < len("1990s"):
            return before in words.lists["apostrophes"] or "edge" in expression.fields or follows_decade(doc, start, words)
        return doc[end - 1].text[-5:-3].isdigit()
    if expression.kind == "relative":
        if "last" in expression.fields and words.class_of.get(before) == "the" and start > 1 and lowers[start - 2] in words.lists["spans"]:
            expression.kind = "vague"
        return bool(expression.first("unit") != "day")
    if expression.kind == "overnight":
        return doc[start].head.lemma_ not in words.lists["stays"]
    if expression.kind in COUNTED and words.class_of.get(before) == "number":  # "two hundred years ago"
        expression.kind = "vague"
    if expression.kind == "short_weekday":
        return doc[start].text[0].isupper() and before in words.lists["short_prepositions"]
    if expression.kind == "the_night":
        return before in words.lists["spans"]
    if expression.kind == "nth_of" and expression.first("unit") not in ("day", "week", "month"):
        return False
    if expression.kind in ("nth_run", "nth_after", "nth_of"):
        return (
            "day" not in expression.fields
            or "number" in expression.fields
            or any(is_ordinal(doc[i]) for i in range(start, end))
            or lowers[start] == "for"
        )
    if expression.kind == "of_event":
        return "eve" in expression.fields or expression.first("unit") == "day"
    return True


def follows_decade(doc: Doc, at: int, words: Words) -> bool:
    """Whether "90s" is said behind another, as in "the 1980s and 90s", or is "the 90s" as a time: "in the 90s", "since the 90s"."""
    before = [token.lower_ for token in doc[max(0, at - 2) : at]]
    if before[-1:] == ["and"]:
        return numeric_class(before[0], words) == "decade"
    return before[-1:] == ["the"] and before[0] in ("in", "since", "during", "from", "of", "until")


def is_quarter(expression: Expression) -> bool:
    return "quarterly" in expression.fields or "quarter" in expression.fields["unit"]


def is_ordinal(token: Token) -> bool:
    return token.text[:1].isdigit() and token.lower_[-2:] in ("st", "nd", "rd", "th")


def is_day_of_month(doc: Doc, expression: Expression, before: str) -> bool:
    """Whether "the 10th" stands alone behind a preposition: "rallies are called for the 10th"."""
    end = expression.range.end
    token, following = doc[end - 1], doc[end] if end < len(doc) else None
    is_alone = following is None or (following.pos_ not in ("NOUN", "PROPN", "ADJ", "NUM") and following.lower_ not in ("of", "-"))
    return is_ordinal(token) and is_alone and before in ("on", "by", "for", "until", "till", "since", "before", "after", "from")


def is_named_after(doc: Doc, expression: Expression, words: Words) -> bool:
    """Whether a date is part of a name: "the April 6 Youth Movement", or is one: "Friday Okoro, a councillor"."""
    end = expression.range.end
    following = doc[end] if end < len(doc) else None
    if following is None or not following.text[:1].isupper():
        return False
    if following.lower_ in words.lists["name_nouns"]:
        return True
    token = doc[expression.range.start]
    is_alone = expression.kind == "weekday" and end - expression.range.start == 1
    return is_alone and token.dep_ == "compound" and token.head.i == end and following.tag_ == "NNP" and opens_clause(token)


def opens_clause(token: Token) -> bool:
    return token.i == token.sent.start or (token.i > 0 and token.nbor(-1).pos_ == "PUNCT")


def is_season(doc: Doc, expression: Expression, before: str, words: Words) -> bool:
    """Whether a season stands alone as a time: "in the spring", "by summer", but not "the fall of Kabul" or "they fall"."""
    start, end = expression.range
    if doc[end - 1].pos_ not in ("NOUN", "PROPN") or (end < len(doc) and doc[end].lower_ == "of"):
        return False
    if before in words.class_of and words.class_of[before] == "the" and start > 1:
        before = doc[start - 2].lower_
    return before in words.lists["season_prepositions"] or "edge" in expression.fields


def is_year(doc: Doc, expression: Expression, before: str, words: Words) -> bool:
    """Whether a number of four digits is a year: after a preposition or a frame, or describing one thing or "the" things."""
    if expression.kind == "year_range" and "day" in expression.fields and expression.first("day") != (expression.first("year") + 1) % 100:
        return False
    token = doc[expression.range.end - 1]
    following = doc[expression.range.end] if expression.range.end < len(doc) else None
    if before in words.lists["currencies"] or (following is not None and following.lower_ in words.lists["measures"]):
        return False
    if any(name in expression.fields for name in FRAMES) or expression.kind == "year_range" or not token.text.isdigit():
        return True
    counted = following is not None and following.tag_ in ("NNS", "NNPS") and token.dep_ == "nummod"
    is_object = token.dep_ == "pobj" and expression.first("year") in RECENT and (following is None or following.lower_ != "of")
    if before in words.lists["year_prepositions"] or is_object:
        return not counted or token.dep_ == "pobj"
    if expression.first("year") not in RECENT:
        return False
    if (
        token.dep_ in ("nummod", "compound", "amod")
        and token.head.i > token.i
        and (token.head.pos_ in ("NOUN", "PROPN", "ADJ") or token.head.tag_ == "VBG")
    ):
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
