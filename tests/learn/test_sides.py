"""The figures of ``dragoman eval sides``, counted by hand on five sentences."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from dragoman.learn import sides

ROWS = [  # words, a letter of the tags for each (capitals begin a mention), quad class
    ("France condemned Iran .", "S O T O", "3"),
    ("Kenyan police arrested two Ugandan students .", "S s O T t t O", "4"),
    ("Prices rose in Chile .", "O O O O O", "0"),
    ("Peru and Chile held talks .", "R O R O O O", "1"),
    ("Spain condemned Cuba .", "S O O O", "0"),
]


@pytest.fixture
def labelled(tmp_path: Path) -> Path:
    file = tmp_path / "labelled.jsonl"
    file.write_text("".join(json.dumps(record(*row)) + "\n" for row in ROWS), encoding="utf-8")
    return file


def record(words: str, letters: str, quad: str) -> dict[str, object]:
    tags = ["O" if x == "O" else f"{'B' if x.isupper() else 'I'}-{x.upper()}" for x in letters.split()]
    return {"tokens": words.split(), "tags": tags, "quad": quad}


def test_figures(labelled: Path) -> None:
    figures = sides.evaluate(labelled)
    # gold sources: France; Kenyan police; Spain. Ours are the same.
    assert (figures.words["source"].precision, figures.words["source"].recall) == (1, 1)
    assert figures.words["source"].wanted == 4
    # gold targets: Iran; two Ugandan students. Cuba is ours alone.
    assert (figures.words["target"].precision, figures.words["target"].recall) == (pytest.approx(4 / 5), 1)
    assert (figures.mentions["target"].precision, figures.mentions["target"].recall) == (pytest.approx(2 / 3), 1)
    assert (figures.quad_zero_with_event, figures.quad_zero_rows) == (1, 2)
    assert (figures.eventful_with_event, figures.eventful_rows) == (3, 3)
    assert figures.quad_zero_beside_requests == 1
    assert figures.whole == 3


TOLD = [  # a sentence in tokens, whose sides count, and those of all its events
    (
        "Kenya accused Uganda before Chile arrested two Peruvian students .",
        ("Kenya", "Uganda"),
        ("Kenya Chile", "Uganda two Peruvian students"),
    ),
    ("The Kenyan president said the Ugandan budget was sound .", ("The Kenyan president", "the Ugandan budget"), ("", "")),
    ("The Kenyan president expressed condolences to Peru .", ("The Kenyan president", "Peru"), ("", "")),
    ("The Kenyan president declined to comment on the Ugandan budget .", ("The Kenyan president", ""), ("", "")),
    ("Kenya denied charges by Chile that it had attacked Uganda .", ("Kenya", "Chile"), ("Kenya", "Uganda")),
    ("Kenya is considering sending aid to Peru .", ("Kenya", "Peru"), ("", "")),
]


@pytest.mark.parametrize(("words", "first", "events"), TOLD)
def test_a_row_counts_what_is_told_first(words: str, first: tuple[str, str], events: tuple[str, str]) -> None:
    row = sides._row(words.split(), ["O"] * len(words.split()), "0")
    [found] = sides.code([row])
    for told, wanted in ((found.sides, first), (found.sides_of_events, events)):
        assert tuple(" ".join(row.tokens[w] for m in told[side] for w in sorted(m)) for side in ("source", "target")) == wanted


def test_an_event_is_whole_if_its_quad_and_both_sides_are_right() -> None:
    row = sides.Row(["a", "b", "c"], "3", "a b c", [0, 2, 4], {"source": [frozenset({0})], "target": []})
    source, target = frozenset({0}), frozenset({2})
    assert sides.is_whole(row, sides.Found(1, [("3", source, frozenset())]))
    assert not sides.is_whole(row, sides.Found(1, [("3", source, target)]))
    assert not sides.is_whole(row, sides.Found(1, [("1", source, frozenset())]))
    assert not sides.is_whole(row, sides.Found(0))


def test_predictions_have_the_shape_of_the_data(labelled: Path, tmp_path: Path) -> None:
    predictions = tmp_path / "predictions.jsonl"
    sides.evaluate(labelled, predictions)
    found = [json.loads(line) for line in predictions.read_text(encoding="utf-8").splitlines()]
    assert [row["events"] for row in found] == [1, 1, 0, 1, 1]
    assert found[1]["tags"] == ["B-S", "I-S", "O", "B-T", "I-T", "I-T", "O"]
    assert found[3]["tags"] == ["O"] * 6


def test_errors_have_a_class(labelled: Path, tmp_path: Path) -> None:
    errors = tmp_path / "errors.tsv"
    sides.evaluate(labelled, errors=errors)
    lines = [line.split("\t") for line in errors.read_text(encoding="utf-8").splitlines()[1:]]
    assert [(line[0], line[4]) for line in lines] == [("spurious event", "Spain condemned Cuba.")]
