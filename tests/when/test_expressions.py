"""The expressions of expressions.yaml keep the figures that they have reached; holidays lie where calendars have them."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from types import ModuleType

import pytest

from dragoman import statements, when
from dragoman.errors import DataError
from dragoman.language import Annotated
from dragoman.when import holidays

Parse = Callable[[str], Annotated]


@pytest.fixture(scope="module")
def scorer() -> ModuleType:
    spec = importlib.util.spec_from_file_location("scored_expressions", Path(__file__).parent / "expressions.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def test_the_expressions_keep_their_figures(scorer: ModuleType) -> None:
    results = scorer.scored(scorer.items())
    assert len(results) >= 400
    assert scorer.share(results) >= 0.95
    assert scorer.share([one for one in results if not one.is_odd]) >= 0.9
    assert not [one.item["id"] for one in results if one.is_invented]


def test_the_scorer_sees_what_is_wrong(scorer: ModuleType) -> None:
    item = {"id": 1, "sentence": "He left on Monday.", "expression": "on Monday", "published": date(2024, 11, 6), "class": "weekday"}
    right, wrong = (
        scorer.scored([{**item, "value": value, "until": None, "precision": "day"}])[0] for value in ("2024-11-04", "2024-11-11")
    )
    none = scorer.scored([{**item, "value": None, "until": None, "precision": None}])[0]
    assert (right.is_right, wrong.is_right, none.is_right, none.is_invented) == (True, False, False, True)


@pytest.mark.parametrize(
    ("rule", "year", "day"),
    [
        ("4 thursday 11", 2024, "2024-11-28"),
        ("last monday 5", 2024, "2024-05-27"),
        ("1 monday 11 +1", 2020, "2020-11-03"),
        ("easter 0", 2000, "2000-04-23"),
        ("easter -2", 2024, "2024-03-29"),
        ("orthodox 0", 2022, "2022-04-24"),
        ("25 12", 1999, "1999-12-25"),
        ("moon ramadan", 2023, "2023-03-23"),
        ("moon lunar new year", 2012, "2012-01-23"),
        ("moon yom kippur", 2023, "2023-09-25"),
    ],
)
def test_holidays(rule: str, year: int, day: str) -> None:
    assert [days.first.isoformat() for days in holidays.days_of(rule, year)] == [day]


def test_a_feast_of_the_moon_may_come_twice_a_year_and_is_unknown_beyond_its_table() -> None:
    assert len(holidays.days_of("moon eid al-fitr", 2000)) == 2
    assert holidays.days_of("moon eid al-fitr", 2050) == []


def test_a_rule_of_no_form_names_its_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(holidays, "rows", lambda folder, file, columns: iter([(f"{file}:7", ["Moon Day", "every full moon"])]))
    with pytest.raises(DataError, match=r"holidays\.tsv:7"):
        list(holidays.names())


@pytest.mark.parametrize(
    ("second", "day"),
    [
        ("“We will go on with talks,” Hayashi said.", "2024-11-05"),
        ("“We will go on with talks,” he said.", "2024-11-05"),
        ("“We will go on with talks,” Iwaya said.", None),
        ("Critics were not convinced. “We will go on with talks,” Hayashi said.", None),
        ("“We will go on with talks,” Hayashi said on Monday.", "2024-11-04"),
    ],
)
def test_a_quotation_that_goes_on_is_of_the_day_of_its_start(parse: Parse, second: str, day: str | None) -> None:
    annotated = parse(f"On Tuesday, spokesman Yoshimasa Hayashi said the alliance would remain strong.\n{second}")
    said, _ = statements.find(annotated)
    dates = when.dates(annotated, when.find(annotated, "2024-11-06"), said)
    found = dates.of(said[-1].cue_head)
    assert (found.value if found else None) == day
