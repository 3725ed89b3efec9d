"""The figures of ``dragoman eval model``: calibration counted by hand, and that all of them are there for a folder of examples."""

from __future__ import annotations

from pathlib import Path

import pytest

from dragoman.learn import judgements
from dragoman.learn.corpus import example_of
from dragoman.learn.examples import sentences_of

LINES = """
[France|a] [condemned|ACCUSE.disapprove] [Iran|r] on Tuesday.
[Police in Lima|a] [arrested|COERCE.arrest] [two students|r]. The mayor was away. {legal, repression}
[Kenya|a] [imposed|NONE] [sanctions|SANCTION] on [Sudan|r].
"""


def test_calibration_error() -> None:
    # bin 0.9: two judgements of mean 0.95, one right; bin 0.5: one of 0.55, right. (2 * |0.95 - 0.5| + |0.55 - 1|) / 3
    assert judgements.calibration_error([(0.94, True), (0.96, False), (0.55, True)]) == pytest.approx((0.9 + 0.45) / 3)
    assert judgements.calibration_error([(1.0, True)]) == 0
    assert judgements.calibration_error([]) == 0


def test_figures_of_a_folder(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(LINES, encoding="utf-8")
    figures = judgements.evaluate(tmp_path)
    assert {name: score.wanted for name, score in figures.types.items()} == {"SANCTION": 1, "ACCUSE": 1, "COERCE": 1}
    assert {name: score.wanted for name, score in figures.modes.items()} == {"ACCUSE.disapprove": 1, "COERCE.arrest": 1}
    assert {name: score.wanted for name, score in figures.contexts.items()} == {"legal": 1, "repression": 1}
    assert figures.aux == {}
    assert figures.swapped == 3  # every sentence names a country or its capital
    assert any(line.startswith("types: macro-F1") for line in figures.lines())


def test_the_words_of_one_event_share_its_label() -> None:
    """The rules see the sanction at "imposed", the mark is at "sanctions"."""
    example = example_of("[Kenya|a] imposed [sanctions|SANCTION] on [Sudan|r].", "here:1")
    (sentence,) = sentences_of([example])
    assert {sentence.words[j.word]: j.type for j in sentence.judged if j.type != "NONE"} == {"imposed": "SANCTION", "sanctions": "SANCTION"}
    example = example_of("[Kenya|a] [imposed|SANCTION] sanctions on [Sudan|r].", "here:1")
    (sentence,) = sentences_of([example])
    assert "sanctions" not in [sentence.words[j.word] for j in sentence.judged]


def test_sentences_keep_the_words_of_their_sides() -> None:
    example = example_of("Rain fell. [The Kenyan police|a2] [met|2:CONSULT] [two ministers|a2].", "here:1")
    first, second = sentences_of([example])
    assert (first.sides, [first.words[j.word] for j in first.judged if j.type != "NONE"]) == ([], [])
    assert [(event, role, second.words[word]) for event, role, word in second.sides] == [(2, "actor", "police"), (2, "actor", "ministers")]
