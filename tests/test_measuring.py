"""The commands that check and measure: what they print, and how they end."""

from __future__ import annotations

from pathlib import Path

import pytest

from commands import Run
from dragoman.console import CANNOT_RUN

ROOT = Path(__file__).parents[1]
EXAMPLE = ROOT / "samples" / "types" / "expropriation.yaml"


def test_a_type_of_ones_own_is_checked(run: Run) -> None:
    found = run("types", "check", EXAMPLE)
    assert found.status == 0
    assert found.out.startswith("EXPROPRIATION (like COERCE): 20 examples, 10 counterexamples")


def test_a_type_that_is_wrong_is_an_error_with_a_reason(run: Run, tmp_path: Path, story: Path) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text("name: RIVER_DAM\nlike: COERCE\n", encoding="utf-8")
    for arguments in (("types", "check", file), ("code", "--types", file, story)):
        found = run(*arguments)
        assert (found.status, found.out) == (CANNOT_RUN, "")
        assert "0 examples; at least 5 are needed" in found.err


def test_types_of_ones_own_are_coded_and_asked_for(run: Run, tmp_path: Path) -> None:
    story, store = tmp_path / "story.txt", tmp_path / "events.duckdb"
    story.write_text("Ecuador nationalised the oil fields of a Canadian company on Monday.\n", encoding="utf-8")
    assert run("code", story, "--types", EXAMPLE, "--store", store).status == 0
    assert [e["type"] for e in run("query", store, "EXPROPRIATION", "--format", "jsonl").of("event")] == ["EXPROPRIATION"]
    assert run("query", store, "type:EXPROPRIATION", "--count").out.strip() == "1"
    assert run("query", store, "type:NATIONALISATION").status == CANNOT_RUN


def test_the_corpus_is_checked(run: Run, tmp_path: Path) -> None:
    for part in ("train", "test"):
        (tmp_path / part).mkdir()
        (tmp_path / part / "a.txt").write_text("[Iran|a] [bombed|ASSAULT] it.\n", encoding="utf-8")
    (tmp_path / "minima.yaml").write_text((ROOT / "corpus" / "minima.yaml").read_text(encoding="utf-8"), encoding="utf-8")
    found = run("model", "check", tmp_path)
    assert found.status == 1
    assert "FAILS: 1 examples (all), of 6000" in found.out
    (tmp_path / "train" / "a.txt").write_text("[Iran|a] [bombed|ASSAULTED] it.\n", encoding="utf-8")
    found = run("model", "check", tmp_path)
    assert (found.status, "train/a.txt:1: no type 'ASSAULTED'" in found.err) == (CANNOT_RUN, True)


def test_training_says_what_it_needs(run: Run, tmp_path: Path) -> None:
    try:
        import torch  # noqa: F401
    except ModuleNotFoundError:
        found = run("model", "train", ROOT / "corpus", "--out", tmp_path)
        assert (found.status, "make train" in found.err) == (CANNOT_RUN, True)
    else:
        pytest.skip("torch is installed here")


def test_a_model_is_measured(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("[Iran|a] [bombed|ASSAULT.aerial] [Iraq|r].\n", encoding="utf-8")
    found = run("eval", "model", tmp_path)
    assert found.status == 0
    assert found.out.startswith("types: macro-F1 ")
    assert run("eval", "model", tmp_path, "--model", tmp_path).status == CANNOT_RUN
