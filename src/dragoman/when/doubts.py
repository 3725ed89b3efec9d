"""In: an expression where it stands. Out: whether its words mean a date there, and not a name, a number of things, a verb or a habit."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from spacy.tokens import Doc, Token

from dragoman.drafts import Range
from dragoman.when.words import Words, numeric_class

if TYPE_CHECKING:
    from dragoman.when.expressions import Expression

RECENT = range(1900, 2100)
FRAMES = ("edge", "bound")
COUNTED = frozenset({"ago", "from_now", "from_day", "ahead", "shifted"})
NAMING = frozenset({"day", "weekday", "month", "year"})
SINGLE_PREPOSITIONS = frozenset({"on", "by", "for", "until", "till", "since", "before", "after", "from"})
DECADE_PREPOSITIONS = frozenset({"in", "since", "during", "from", "of", "until"})
Check = Callable[[Doc, "Expression", str, Words], bool]


def is_date(doc: Doc, expression: Expression, lowers: list[str], words: Words) -> bool:
    """Whether the words mean a date here; the kind is changed where another fits them better."""
    before = lowers[expression.range.start - 1] if expression.range.start else ""
    if before in words.lists["habits"] or (expression.kind in NAMING and is_named_after(doc, expression, words)):
        return False
    reread(expression, before, lowers, words)
    check = CHECKS.get(expression.kind)
    if check is not None and not check(doc, expression, before, words):
        return False
    return "month" not in expression.fields or expression.kind in WITH_MONTH or is_month(doc, expression, before, words)


def reread(expression: Expression, before: str, lowers: list[str], words: Words) -> None:
    """Changes the kind where the words are of another: "in April month" is no quarter, "in the last week" not last week."""
    start, end = expression.range
    if expression.kind == "month_quarter" and expression.first("unit") != "quarter":
        expression.kind, expression.range = "month", Range(start, end - 1)
        del expression.fields["unit"]
    elif expression.kind in ("quarter", "bare_quarter") and not is_quarter(expression):
        expression.kind = "piece"
    elif expression.kind == "relative" and "last" in expression.fields and words.class_of.get(before) == "the":
        if start > 1 and lowers[start - 2] in words.lists["spans"]:
            expression.kind = "vague"
    elif expression.kind in COUNTED and words.class_of.get(before) == "number":  # "two hundred years ago"
        expression.kind = "vague"


def is_day_of_month(doc: Doc, expression: Expression, before: str, words: Words) -> bool:
    """Whether "the 10th" stands alone behind a preposition: "rallies are called for the 10th"."""
    end = expression.range.end
    token, following = doc[end - 1], doc[end] if end < len(doc) else None
    is_alone = following is None or (following.pos_ not in ("NOUN", "PROPN", "ADJ", "NUM") and following.lower_ not in ("of", "-"))
    return is_ordinal(token) and is_alone and before in SINGLE_PREPOSITIONS


def is_list_of_days(doc: Doc, expression: Expression, before: str, words: Words) -> bool:
    return not counts_what_follows(doc, expression)


def is_half(doc: Doc, expression: Expression, before: str, words: Words) -> bool:
    return words.class_of.get(before) == "the"


def is_run_of_months(doc: Doc, expression: Expression, before: str, words: Words) -> bool:
    return expression.first("unit") in ("year", "quarter") or expression.first("units") == "month"


def is_piece(doc: Doc, expression: Expression, before: str, words: Words) -> bool:
    """Whether something is told of which it is a piece: "the first day of March", not "the first day"."""
    fields = expression.fields
    return bool({"month", "year", "weekend"} & fields.keys()) or len(fields["unit"]) > 1


def is_decade(doc: Doc, expression: Expression, before: str, words: Words) -> bool:
    token = doc[expression.range.end - 1]
    if token.text.isalpha():
        return words.class_of.get(before) == "the" or "edge" in expression.fields
    if len(token) < len("1990s"):
        is_marked = before in words.lists["apostrophes"] or token.text[0] in words.lists["apostrophes"]
        return is_marked or "edge" in expression.fields or follows_decade(doc, expression.range.start, words)
    return token.text[-5:-3].isdigit()


def is_relative(doc: Doc, expression: Expression, before: str, words: Words) -> bool:
    return bool(expression.first("unit") != "day")


def is_overnight(doc: Doc, expression: Expression, before: str, words: Words) -> bool:
    return doc[expression.range.start].head.lemma_ not in words.lists["stays"]


def is_short_weekday(doc: Doc, expression: Expression, before: str, words: Words) -> bool:
    return doc[expression.range.start].text[0].isupper() and before in words.lists["short_prepositions"]


def is_night(doc: Doc, expression: Expression, before: str, words: Words) -> bool:
    return before in words.lists["spans"]


def is_nth(doc: Doc, expression: Expression, before: str, words: Words) -> bool:
    """Whether "20 day" is said as "20th day", or "for 20 days"."""
    fields, start = expression.fields, expression.range.start
    if expression.kind == "nth_of" and expression.first("unit") not in ("day", "week", "month"):
        return False
    return (
        "day" not in fields or "number" in fields or any(is_ordinal(doc[i]) for i in range(*expression.range)) or doc[start].lower_ == "for"
    )


def is_of_event(doc: Doc, expression: Expression, before: str, words: Words) -> bool:
    return "eve" in expression.fields or expression.first("unit") == "day"


def follows_decade(doc: Doc, at: int, words: Words) -> bool:
    """Whether "90s" is said behind another, as in "the 1980s and 90s", or is "the 90s" as a time: "in the 90s", "since the 90s"."""
    before = [token.lower_ for token in doc[max(0, at - 2) : at]]
    if before[-1:] == ["and"]:
        return numeric_class(before[0], words) == "decade"
    return before[-1:] == ["the"] and before[0] in DECADE_PREPOSITIONS


def is_quarter(expression: Expression) -> bool:
    return "quarterly" in expression.fields or "quarter" in expression.fields["unit"]


def is_ordinal(token: Token) -> bool:
    return token.text[:1].isdigit() and token.lower_[-2:] in ("st", "nd", "rd", "th")


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


CHECKS: dict[str, Check] = {
    "the_day": is_day_of_month,
    "listed": is_list_of_days,
    "year": is_year,
    "year_range": is_year,
    "bare_half": is_half,
    "months_to": is_run_of_months,
    "fiscal_edge": is_run_of_months,
    "piece": is_piece,
    "season": is_season,
    "decade": is_decade,
    "relative": is_relative,
    "overnight": is_overnight,
    "short_weekday": is_short_weekday,
    "the_night": is_night,
    "nth_run": is_nth,
    "nth_after": is_nth,
    "nth_of": is_nth,
    "of_event": is_of_event,
}
WITH_MONTH = frozenset({"months_to", "fiscal_edge"})
