"""The notation of the labelled corpus, and what its check reports."""

from __future__ import annotations

from pathlib import Path

import pytest

from dragoman.errors import DataError
from dragoman.learn import corpus
from dragoman.learn.corpus import Example, Side, Trigger

LINE = "[Turkish warplanes|a] [bombed|ASSAULT.aerial+historical] [the port|r1,a2] and it [fell|2:RETREAT.withdraw]. {military, territory}"


def test_a_line_is_text_with_marks() -> None:
    example = corpus.example_of(LINE, "here:1")
    assert example.text == "Turkish warplanes bombed the port and it fell."
    assert example.triggers == (
        Trigger(18, 24, 1, "ASSAULT", ("aerial",), ("historical",)),
        Trigger(41, 45, 2, "RETREAT", ("withdraw",)),
    )
    assert example.sides == (Side(0, 17, 1, "actor"), Side(25, 33, 1, "recipient"), Side(25, 33, 2, "actor"))
    assert example.contexts == ("military", "territory")
    assert not example.pair


def test_contexts_are_judged_or_not() -> None:
    assert corpus.example_of("Rain fell. {none}", "here:1").contexts == ()
    assert corpus.example_of("~ Rain fell.", "here:1") == Example("Rain fell.", (), (), None, True, "here:1")


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("[Iran|a] [spoke|SPEAK].", "no type 'SPEAK'"),
        ("[Iran|a] [bombed|ASSAULT.phone] it.", "no mode 'phone'"),
        ("[Iran|a] [bombed|ASSAULT+maybe] it.", "no auxiliary mode 'maybe'"),
        ("[Iran|b] [bombed|ASSAULT] it.", "label 'b' is neither"),
        ("[Iran|a2] [bombed|ASSAULT] it.", "event 2, which has no trigger"),
        ("[Iran|a] [bombed|ASSAULT] and [met|CONSULT].", "event 1 is ASSAULT and CONSULT"),
        ("[Iran [bombed|ASSAULT] it.", "outside a mark"),
        ("Rain fell. {rain}", "no context 'rain'"),
        ("The bill was [killed|NONE.aerial].", "NONE has no modes"),
    ],
)
def test_what_cannot_be_read_names_its_line(line: str, reason: str) -> None:
    with pytest.raises(DataError, match=r"^here:3: ") as caught:
        corpus.example_of(line, "here:3")
    assert reason in str(caught.value)


def test_a_folder_is_read_in_the_order_of_its_names(tmp_path: Path) -> None:
    (tmp_path / "b.txt").write_text("# comment\n\nSecond.\n", encoding="utf-8")
    (tmp_path / "a.txt").write_text("First.\n", encoding="utf-8")
    assert [(e.text, e.where.partition("/")[2]) for e in corpus.read(tmp_path)] == [("First.", "a.txt:1"), ("Second.", "b.txt:3")]


def test_no_file_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"no \.txt files"):
        corpus.read(tmp_path)
