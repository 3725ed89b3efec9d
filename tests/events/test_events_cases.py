"""The hand-judged cases: each is wholly right or stands, with what is wrong, in gaps.txt and is expected to fail."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

from dragoman import Coder

sys.path.insert(0, str(Path(__file__).parent))
import score

CASES = [(file.stem, case) for file in score.files() for case in score.cases(file)]
GAPS = score.texts_with_gaps()


def _marked(theme: str, case: dict[str, Any]) -> Any:
    marks = [pytest.mark.xfail(strict=True, reason="gaps.txt says what is wrong")] if case["text"] in GAPS else []
    return pytest.param(case, marks=marks, id=f"{theme}: {case['text'][:60]}")


@pytest.mark.parametrize("case", [_marked(theme, case) for theme, case in CASES])
def test_case(coder: Coder, case: dict[str, Any]) -> None:
    published = case.get("published")
    events = coder.code(case["text"], str(published) if published else None).events
    assert score.differences(case, events) == [], "better and worse on purpose? tests/events/score.py --gaps writes gaps.txt anew"


def test_gaps_are_of_cases_that_exist_and_are_the_lesser_part() -> None:
    assert {case["text"] for _, case in CASES} >= GAPS
    assert len(GAPS) < len(CASES) / 3


def test_no_text_is_judged_twice() -> None:
    texts = [case["text"] for _, case in CASES]
    assert len(set(texts)) == len(texts)


def test_what_is_held_out_can_be_measured() -> None:
    held_out = score.cases(score.HELDOUT)
    assert len(held_out) > 100
    assert {case["text"] for case in held_out}.isdisjoint(case["text"] for _, case in CASES)
    assert all(case["text"].count(event["at"]) == 1 for case in held_out for event in case["events"])
