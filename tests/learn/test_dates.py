"""The figures of ``dragoman eval dates``, counted by hand on a few sentences, and values as TIMEX3 writes them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from dragoman import when
from dragoman.language import Annotated
from dragoman.learn import dates
from dragoman.learn.errors import EvaluationError

Parse = Callable[[str], Annotated]
WEDNESDAY = "2024-11-06"
TEXT = (
    "Kenya closed the border on Monday. It reopened in October 2023.\n\nTalks lasted three days. The envoy left yesterday, and waits now."
)
GOLD = [  # words, type, value
    ("Monday", "DATE", "2024-11-04"),
    ("October", "DATE", "2023-XX"),
    ("three days", "DURATION", "P3D"),
    ("left", "DATE", "2024-11-01"),
    ("now", "DATE", "PRESENT_REF"),
]


def row(text: str, gold: list[tuple[str, str, str]]) -> dict[str, object]:
    timexes = [
        {"start": text.index(words), "end": text.index(words) + len(words), "text": words, "type": kind, "value": value}
        for words, kind, value in gold
    ]
    return {"id": "one", "published": WEDNESDAY, "text": text, "timexes": timexes}


@pytest.fixture
def labelled(tmp_path: Path) -> Path:
    file = tmp_path / "dates.jsonl"
    file.write_text(json.dumps(row(TEXT, GOLD)) + "\n", encoding="utf-8")
    return file


def test_figures(labelled: Path, tmp_path: Path) -> None:
    figures = dates.evaluate(labelled, tmp_path / "found.jsonl", tmp_path / "errors.tsv")
    # wanted: Monday, October, "left". Ours: Monday, October 2023, yesterday.
    assert (figures.spans["all"].right, figures.spans["all"].found, figures.spans["all"].wanted) == (2, 3, 3)
    assert (figures.values["all"].right, figures.values["weekday"].right) == (1, 1)
    errors = [line.split("\t")[:2] for line in (tmp_path / "errors.tsv").read_text(encoding="utf-8").splitlines()[1:]]
    assert errors == [["day word", "spurious"], ["month", "wrong"], ["other", "missed"]]


def test_predictions_have_the_shape_of_the_data(labelled: Path, tmp_path: Path) -> None:
    dates.evaluate(labelled, tmp_path / "found.jsonl")
    found = json.loads((tmp_path / "found.jsonl").read_text(encoding="utf-8"))
    assert found["text"] == TEXT
    assert all(TEXT[t["start"] : t["end"]] == t["text"] for t in found["timexes"])
    assert [(t["text"], t["type"], t["value"]) for t in found["timexes"]] == [
        ("Monday", "DATE", "2024-11-04"),
        ("October 2023", "DATE", "2023-10"),
        ("yesterday", "DATE", "2024-11-05"),
    ]


def test_what_says_nothing_is_alike() -> None:
    assert dates.as_said("1949-XX-XX") == dates.as_said("1949")
    assert dates.as_said("2000-W7") == dates.as_said("2000-W07")
    assert dates.as_said("2000-W7") != dates.as_said("2000-W17")
    assert dates.as_said("199X") != dates.as_said("199")


@pytest.mark.parametrize(
    "line",
    ["no json", "[]", '{"text": "a", "published": "2024-11-06"}', '{"text": "a", "published": "soon", "timexes": []}', ""],
)
def test_what_is_not_of_the_shape_names_its_line(line: str, tmp_path: Path) -> None:
    file = tmp_path / "broken.jsonl"
    file.write_text(line, encoding="utf-8")
    with pytest.raises(EvaluationError, match=r"broken\.jsonl"):
        dates.rows_of(file)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Rebels attacked the town on Sunday morning.", "2024-11-03TMO"),
        ("The president will speak tonight.", "2024-11-06TNI"),
        ("A shell hit the hospital last night.", "2024-11-05TNI"),
        ("He died on the night of March 3.", "2024-03-03TNI"),
        ("He was shot at 10:35 a.m. on Friday.", "2024-11-01T10:35"),
        ("Polls close at 9 p.m. EST Sunday.", "2024-11-10T21:00"),
        ("The truce begins on Friday at noon.", "2024-11-08T12:00"),
        ("The union went on strike last week.", "2024-W44"),
        ("Clashes broke out over the weekend.", "2024-W44-WE"),
        ("Profit fell in the third quarter.", "2024-Q3"),
        ("Growth slowed in the first half of 2023.", "2023-H1"),
        ("He was arrested last fall.", "2023-FA"),
        ("The line opened in the summer of 2022.", "2022-SU"),
        ("The roof dates from the late 1990s.", "199X"),
        ("The war ended a decade ago.", "2014"),
        ("It happened in early March.", "2024-03"),
        ("The post-2014 government fell.", "2014"),
    ],
)
def test_values_as_timex3(parse: Parse, text: str, value: str) -> None:
    annotated = parse(text)
    assert [t.value for t in dates.timexes(annotated, when.with_clocks(annotated, when.find(annotated, WEDNESDAY)))] == [value]


def test_both_ends_of_an_interval_are_dates(parse: Parse) -> None:
    annotated = parse("He was president from 2017 to 2021.")
    assert [(t.text, t.value) for t in dates.timexes(annotated, when.find(annotated, None))] == [("2017", "2017"), ("2021", "2021")]


@pytest.mark.parametrize(
    "text", ["Talks lasted three days.", "He fled decades ago.", "Over the past three months prices rose.", "He rests now."]
)
def test_durations_and_now_are_none(parse: Parse, text: str) -> None:
    annotated = parse(text)
    assert dates.timexes(annotated, when.with_clocks(annotated, when.find(annotated, WEDNESDAY))) == []


def test_development_data(gold: Path) -> None:
    figures = dates.evaluate(gold / "dates_dev.jsonl")
    assert figures.spans["all"].f1 > 0.94
    assert figures.alike.f1 > 0.84
