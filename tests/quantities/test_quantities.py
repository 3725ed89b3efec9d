"""Numbers of people and sums of money: their bounds and kind, the event that they belong to, and on whose word."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import counted
import pytest
import yaml

from dragoman import Coder
from dragoman.drafts import Range
from dragoman.errors import DataError
from dragoman.quantities.numbers import numbers
from dragoman.quantities.words import FILE, load, read
from dragoman.schema import Event

CASES: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "cases.yaml").read_text(encoding="utf-8"))
NUMBERS = [
    ("37", 37, 37),
    ("1,200", 1200, 1200),
    ("2.5 million", 2_500_000, 2_500_000),
    ("two or three million", 2_000_000, 3_000_000),
    ("30 to 40", 30, 40),
    ("30 - 40", 30, 40),
    ("between 30 and 40", 30, 40),
    ("twenty - one", 21, 21),
    ("a hundred", 100, 100),
    ("one hundred and fifty", 150, 150),
    ("half a million", 500_000, 500_000),
    ("half a dozen", 6, 6),
    ("three dozen", 36, 36),
    ("dozens", 24, None),
    ("several thousand", 3_000, None),
    ("hundreds of thousands", 200_000, None),
    ("tens of thousands", 20_000, None),
    ("no fewer than 12", 12, None),
    ("12 or more", 12, None),
    ("just under 50", None, 50),
    ("as many as 50", None, 50),
    ("roughly 50", 50, 50),
    ("many", None, None),
]
NONE = ["37 percent", "37 - year - old", "no. 37", "at least", "aged 37"]


@pytest.mark.parametrize(("text", "low", "high"), NUMBERS)
def test_bounds(text: str, low: float | None, high: float | None) -> None:
    tokens = text.split()
    (found,) = numbers(tokens, Range(0, len(tokens)), load())
    assert (found.low, found.high, found.range) == (low, high, Range(0, len(tokens)))


@pytest.mark.parametrize("text", NONE)
def test_what_counts_nothing(text: str) -> None:
    tokens = text.split()
    assert list(numbers(tokens, Range(0, len(tokens)), load())) == []


@pytest.fixture(scope="module")
def coder() -> Coder:
    return Coder()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:40])
def test_numbers_of_events(coder: Coder, case: dict[str, Any]) -> None:
    coding = coder.code(case["text"], published="2024-03-13")
    assert coding.events
    found = [q for event in coding.events for q in event.quantities]
    wanted = {(text, kind, low, high, *(rest or [None])) for text, kind, low, high, *rest in case["quantities"]}
    assert {(q.text, q.kind, q.low, q.high, q.unit) for q in found} == wanted
    assert len(found) == len(wanted)
    assert all(case["text"][q.start : q.end] == q.text for q in found)
    assert {q.by.text if q.by else None for q in found} <= {case.get("by")}


def test_sources_that_differ_are_kept_apart(coder: Coder) -> None:
    text = "MOSUL - Police said militants killed 12 soldiers in Mosul on Sunday. The army said militants killed only five there on Sunday."
    told = [(q.low, q.by.text) for e in deadly(coder, text) for q in e.quantities if q.by]
    assert told == [(12, "Police"), (5, "army")]


def test_own_words_come_before_nearness(coder: Coder) -> None:
    text = "ADEN - Rebels shelled a market, killing nine people, and later arrested 20 students in the city of Aden."
    found = {(e.type, q.kind, q.low) for e in coder.code(text).events for q in e.quantities}
    assert found == {("ASSAULT", "killed", 9), ("COERCE", "arrested", 20)}


def deadly(coder: Coder, text: str) -> list[Event]:
    return [e for e in coder.code(text, published="2024-03-13").events if e.type == "ASSAULT"]


def test_blind_stories() -> None:
    figures = counted.figures(sum((counted.scored(one) for one in counted.coded()), counted.Counter[str]()))
    assert figures["precision"] >= 0.85
    assert figures["recall with an event"] >= 0.55


@pytest.mark.parametrize(
    ("old", "new"), [("killed: [", "murdered: ["), ("  dozen: 12", "  dozen: many"), ("numbers:", "numbers: ["), ("both:", "some:")]
)
def test_a_broken_table_is_named(tmp_path: Path, old: str, new: str) -> None:
    source = Path(__file__).parents[2] / "src" / "dragoman" / "quantities" / FILE
    (tmp_path / FILE).write_text(source.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    with pytest.raises(DataError, match=FILE):
        read(tmp_path)
