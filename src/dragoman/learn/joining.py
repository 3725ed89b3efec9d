"""In: the tokens of a sentence. Out: the sentence as a newspaper writes it, and where each token begins in it.

The tokens of some data sets are finer than words: "Saudi", "-", "led" is Saudi-led, "1", ",", "086" a number, "P", "é", "rez" a name.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

CLOSED_LEFT = frozenset({".", ",", ";", ":", "?", "!", "%", ")", "]", "'s", "’s", "´s", "'", "’", "´", "”", "n't"})
CLOSED_RIGHT = frozenset({"(", "[", "$", "#", "€", "£", "“", "‘"})
APOSTROPHES = frozenset({"'", "’", "´"})
ENDINGS = frozenset({"s", "t", "d", "re", "ll", "ve", "m"})  # what follows an apostrophe inside a word
IN_NUMBERS = frozenset({",", ".", ":"})
LETTERS = re.compile(r"[^\W\d_]+")


def joined(tokens: Sequence[str]) -> tuple[str, list[int]]:
    """The text, and the character at which each token begins."""
    text, starts = "", []
    for at, token in enumerate(tokens):
        if at and not _touches(tokens, at):
            text += " "
        starts.append(len(text))
        text += token
    return text, starts


def _touches(tokens: Sequence[str], at: int) -> bool:
    """Whether no space stands before a token."""
    token, before = tokens[at], tokens[at - 1]
    if token in CLOSED_LEFT or before in CLOSED_RIGHT or "-" in (token, before):
        return token != "-" != before or _is_hyphen(tokens, at if token == "-" else at - 1)
    if before in APOSTROPHES:
        return token in ENDINGS
    return _is_in_number(tokens, at) or _is_initial(tokens, at) or _is_letter_apart(token, before)


def _is_hyphen(tokens: Sequence[str], at: int) -> bool:
    """Whether a "-" stands inside a word and is no dash."""
    around = [*tokens[at - 1 : at], *tokens[at + 1 : at + 2]]
    return len(around) == 2 and all(word[0].isalnum() or word[-1].isalnum() for word in around)


def _is_in_number(tokens: Sequence[str], at: int) -> bool:
    """The "086" of "1", ",", "086", but no year after a day."""
    if at < 2 or tokens[at - 1] not in IN_NUMBERS or not tokens[at].isdigit():
        return False
    return tokens[at - 2].isdigit() and (tokens[at - 1] != "," or len(tokens[at]) == 3)


def _is_initial(tokens: Sequence[str], at: int) -> bool:
    """The "K" of "U", ".", "K"."""
    letters = (tokens[at], tokens[at - 2]) if at > 1 else ("",)
    return tokens[at - 1] == "." and all(len(one) == 1 and one.isupper() for one in letters)


def _is_letter_apart(token: str, before: str) -> bool:
    """Whether a letter such as "é" was cut out of the word in which one of the two stands."""
    return any(len(one) == 1 and not one.isascii() and one.islower() for one in (token, before)) and all(
        LETTERS.fullmatch(one) and (one is before or one[0].islower()) for one in (token, before)
    )
