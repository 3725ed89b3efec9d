"""The hand-judged cases: each is either wholly right or stands, with what is wrong, in gaps.txt."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

from dragoman import Coder

sys.path.insert(0, str(Path(__file__).parent))
import score

GAPS = Path(__file__).parent / "gaps.txt"
CASES = [(file.stem, case) for file in score.files() for case in score.cases(file)]


@pytest.fixture(scope="module")
def coder() -> Coder:
    return Coder()


@pytest.fixture(scope="module")
def gaps() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    text = ""
    for line in GAPS.read_text(encoding="utf-8").splitlines():
        if line.startswith("      "):
            found[text].append(line.strip())
        elif line and not line.startswith("#"):
            text = line.split(": ", 1)[1]
            found[text] = []
    return found


@pytest.mark.parametrize(("theme", "case"), CASES, ids=lambda part: part if isinstance(part, str) else part["text"][:60])
def test_case(coder: Coder, gaps: dict[str, list[str]], theme: str, case: dict[str, Any]) -> None:
    published = case.get("published")
    events = coder.code(case["text"], str(published) if published else None).events
    assert score.differences(case, events) == gaps.get(case["text"], []), "run tests/events/score.py --gaps after a change that was meant"


def test_gaps_are_of_cases_that_exist(gaps: dict[str, list[str]]) -> None:
    assert set(gaps) <= {case["text"] for _, case in CASES}
    assert len(gaps) < len(CASES) / 2
