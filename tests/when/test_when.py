"""Dates against cases.yaml: what is found, what it is worth, and whose date it is."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from dragoman import when
from dragoman.errors import DataError
from dragoman.language import Annotated
from dragoman.when.words import words_from

CASES = yaml.safe_load((Path(__file__).parent / "cases.yaml").read_text(encoding="utf-8"))
DATA = (Path(when.__file__).parent / "en.yaml").read_text(encoding="utf-8")
WEDNESDAY = "2024-11-06"
Parse = Callable[[str], Annotated]


def cases(name: str) -> list[Any]:
    """The cases of one part; ``gap`` says why one is not yet to be had."""
    return [
        pytest.param(
            case, id=f"{number}-{case['text'][:40]}", marks=[pytest.mark.xfail(reason=case["gap"], strict=True)] if "gap" in case else []
        )
        for number, case in enumerate(CASES[name])
    ]


def written(value: Any) -> str | None:
    return None if value is None else str(value)


@pytest.mark.parametrize("case", cases("find"))
def test_dates_are_found_and_valued(parse: Parse, case: dict[str, Any]) -> None:
    annotated = parse(case["text"])
    found = when.find(annotated, written(case.get("published", WEDNESDAY)))
    got = [[annotated.span(time.range).text, time.value, time.until, time.precision] for time in found]
    assert got == [[written(field) for field in date] for date in case["dates"]]


@pytest.mark.parametrize("case", cases("of"))
def test_an_event_has_the_date_that_grammar_gives_it(parse: Parse, case: dict[str, Any]) -> None:
    annotated = parse(case["text"])
    trigger = next(token.i for token in annotated.doc if token.text == case["trigger"])
    found = when.of(annotated, trigger, when.find(annotated, WEDNESDAY))
    assert (annotated.span(found.range).text if found else None) == written(case["date"])


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n\n",
        "Tuesday",
        "March",
        "2024",
        "31 31 31",
        "0000-00-00",
        "in 9999, 9999 years ago",
        "May 32, 2024 - to - the",
        "½ ²² days ago, ٣ March",
        "Easter, Ramadan, the first day of Easter, the Easter weekend, the last decade of the last century",
        "for a 31st week, a thousand years ago, the eve of the anniversary of the day after it",
    ],
)
@pytest.mark.parametrize("published", [None, "", "2024-13-45", "0001-01-01", "9999-12-31", "2024-11-06T23:59:59Z"])
def test_no_text_and_no_day_raises(parse: Parse, text: str, published: str | None) -> None:
    annotated = parse(text)
    times = when.find(annotated, published)
    for token in annotated.doc:
        when.of(annotated, token.i, times)


@pytest.mark.parametrize(
    ("broken", "line", "message"),
    [
        (
            DATA.replace("    tuesday: 2\n", "    monday: 2\n", 1),
            DATA[: DATA.index("    tuesday: 2")].count("\n") + 1,
            "'monday' is there twice",
        ),
        (
            DATA.replace("  slashed: slashed", "  slashed: slashing", 1),
            DATA[: DATA.index("  slashed: slashed")].count("\n") + 1,
            "no class",
        ),
        (
            DATA.replace("  slashed: slashed", "  slashed: slashed)", 1),
            DATA[: DATA.index("  slashed: slashed")].count("\n") + 1,
            "not a pattern",
        ),
        ("words: {}\n", 1, "no section 'lists'"),
    ],
)
def test_broken_words_name_their_line(broken: str, line: int, message: str) -> None:
    with pytest.raises(DataError, match=message) as raised:
        words_from(broken)
    assert str(raised.value).startswith(f"en.yaml:{line}: ")
