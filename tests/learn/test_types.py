"""The figures of ``dragoman eval types``, counted by hand on four sentences: two right, one of another type, one without an event."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from dragoman.events.rules import RuleClassifier
from dragoman.learn import types

ROWS = [
    ("France condemned Iran on Tuesday.", "France", "Iran", "ACCUSE"),
    ("Kenya freed two Ugandan fishermen on Monday.", "Kenya", "two Ugandan fishermen", "YIELD"),
    ("Peruvian police arrested two students.", "Peruvian police", "two students", "ASSAULT"),
    ("The grass of Chile is green in Peru.", "Chile", "Peru", "AGREE"),
]


@pytest.fixture
def labelled(tmp_path: Path) -> Path:
    file = tmp_path / "labelled.tsv"
    lines = ["\t".join(row) for row in [types.COLUMNS, *ROWS]]
    file.write_text("\n".join([*lines, ""]), encoding="utf-8")
    return file


def rows_of(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream, delimiter="\t"))


def test_figures(labelled: Path) -> None:
    figures = types.evaluate(labelled, classifier=RuleClassifier())
    assert figures.accuracy == 2 / 4
    assert figures.quad_accuracy == 3 / 4  # an arrest and an assault are both material conflict
    assert figures.guessed == 1
    f1 = {name: score.f1 for name, score in figures.classes.items()}
    # one of two ACCUSE is right: the other is the label of the row without an event
    assert f1["ACCUSE"] == pytest.approx(2 / 3)
    assert (f1["YIELD"], f1["ASSAULT"], f1["AGREE"]) == (1, 0, 0)
    assert next(figures.lines()).startswith("macro-F1 0.417")  # (2/3 + 1 + 0 + 0) / 4


def test_predictions_and_errors(labelled: Path, tmp_path: Path) -> None:
    predictions, errors = tmp_path / "predictions.tsv", tmp_path / "errors.tsv"
    types.evaluate(labelled, predictions, errors, RuleClassifier())
    predicted = rows_of(predictions)
    assert [row["sentence"] for row in predicted] == [row[0] for row in ROWS]
    assert [row["predicted"] for row in predicted] == ["ACCUSE", "YIELD", "COERCE", "ACCUSE"]
    assert all(0 <= float(row["confidence"]) <= 1 for row in predicted)
    assert {(row["gold"], row["predicted"]) for row in rows_of(errors)} == {("ASSAULT", "COERCE"), ("AGREE", "ACCUSE")}


def test_an_announced_retreat_is_an_agreement_in_the_older_set(tmp_path: Path) -> None:
    file = tmp_path / "labelled.tsv"
    row = ("Fiji promised to free two Tongan sailors.", "Fiji", "two Tongan sailors", "AGREE")
    file.write_text("\n".join("\t".join(r) for r in [types.COLUMNS, row]), encoding="utf-8")
    assert types.evaluate(file, classifier=RuleClassifier()).accuracy == 1
