"""Event types that users define: what is wrong in a file is said, and a type that is defined is coded beside PLOVER's."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from dragoman import Coder
from dragoman.errors import DataError
from dragoman.events import custom, encoder
from dragoman.learn.custom_check import check

EXAMPLE = Path(__file__).parents[2] / "samples" / "types" / "expropriation.yaml"
VALID = "name: RIVER_DAM\nlike: COERCE\nexamples:\n" + "".join(f"  - {who} [dammed] the river.\n" for who in "ABCDE")


@pytest.fixture(scope="module")
def model() -> encoder.Encoder:
    return encoder.load()


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("name: [", "cannot be read as YAML"),
        ("- 3", "wanted a mapping"),
        (VALID.replace("RIVER_DAM", "river dam"), "written in capitals"),
        (VALID.replace("RIVER_DAM", "ASSAULT"), "none of PLOVER's"),
        (VALID.replace("COERCE", "DAMMING"), "'DAMMING' is no type of PLOVER"),
        (VALID + "colour: red\n", "unknown key 'colour'"),
        (VALID + "quad: 5\n", "quad is 1 to 4"),
        (VALID.replace("E [dammed]", "E dammed"), "mark the word that tells the event"),
        (VALID.replace("  - E [dammed] the river.\n", ""), "4 examples; at least 5"),
        (VALID + "counterexamples: 3\n", "counterexamples: wanted a list of sentences"),
        ("- " + VALID.replace("\n", "\n  ") + "\n- " + VALID.replace("\n", "\n  "), "RIVER_DAM is there twice"),
    ],
)
def test_what_is_wrong_in_a_file_is_said(tmp_path: Path, model: encoder.Encoder, text: str, reason: str) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(DataError, match=str(file)) as caught:
        custom.read(file, model)
    assert reason in str(caught.value)


def test_quad_and_score_are_those_of_the_nearest_type_unless_given(tmp_path: Path, model: encoder.Encoder) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text(VALID, encoding="utf-8")
    (found,) = custom.read(file, model)
    assert (found.quad, found.score) == (4, -7.0)
    file.write_text(VALID + "quad: 3\nscore: -1\n", encoding="utf-8")
    (found,) = custom.read(file, model)
    assert (found.quad, found.score) == (3, -1.0)


def test_a_regression_separates_what_can_be_separated() -> None:
    chance = np.random.default_rng(1)
    states = chance.normal(size=(60, 8)).astype(np.float32)
    states[:10, 0] += 6
    samples = tuple(custom.Sample("", states[n : n + 1], 0) for n in range(10))
    head = custom.fit(custom.CustomType("X", "", "COERCE", 4, -7.0, samples), states[10:])
    assert (head.chances(states[:10]) >= custom.LEAST).all()
    assert (head.chances(states[10:]) < custom.LEAST).all()


def test_a_type_of_ones_own_is_coded_beside_the_others() -> None:
    coder = Coder(types=EXAMPLE)
    text = "Ecuador nationalised the oil fields of a Canadian company on Monday. France condemned Iran."
    events = coder.code(text, "2024-11-06").events
    (own,) = [e for e in events if e.type == "EXPROPRIATION"]
    assert (own.trigger.text, own.quad, own.score, own.cameo) == ("nationalised", 4, -7.0, None)
    assert [a.country for a in own.actor] == ["ECU"]
    assert any("EXPROPRIATION" in reason for reason in own.because)
    assert [e.type for e in events if e.trigger.text == "condemned"] == ["ACCUSE"]
    (again,) = coder.pipe([{"text": text, "published": "2024-11-06"}], workers=2)
    assert again.events == events


def test_the_check_tells_what_is_confused(model: encoder.Encoder) -> None:
    (one,) = custom.read(EXAMPLE, model)
    found = check(one, model)
    samples = {s.text for s in one.samples}
    assert found.score.wanted == 20
    assert found.score.right == 20 - len(found.missed)
    assert {text for _, text in (*found.missed, *found.mistaken)} <= samples
    assert all(chance < custom.LEAST for chance, _ in found.missed)
    assert all(chance >= custom.LEAST for chance, _ in found.mistaken)
    assert found.score.f1 > 0.5
    assert any("20 examples, 10 counterexamples" in line for line in found.lines())
