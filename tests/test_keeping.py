"""The commands that look after stores, as a person gives them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from commands import CANNOT_RUN, STORY, Run, lines
from dragoman.store import Store


@pytest.fixture
def store(run: Run, story: Path, tmp_path: Path) -> Path:
    """Filled by two runs, of which the second found a broken line."""
    path = tmp_path / "e.duckdb"
    assert run("code", story, "--store", path, "-p", "2024-11-06").status == 0
    assert run("code", lines(tmp_path / "a.jsonl", {"id": "a", "text": STORY + "Again."}, "{broken"), "--store", path).status == 1
    return path


def test_runs_are_listed(store: Path, run: Run) -> None:
    rows = [line.split() for line in run("runs", store).out.splitlines()]
    assert [(row[0], row[-5], *row[-4:]) for row in rows if row and row[0].isdecimal()] == [
        ("1", "0.1.0", "1", "1", "0", "0"),
        ("2", "0.1.0", "1", "1", "1", "0"),
    ]


def test_one_run_is_shown(store: Path, run: Run) -> None:
    shown = run("runs", store, 1).out
    for line in ("command: dragoman code", "outcome: whole", "  published: 2024-11-06", "  events: 1"):
        assert line in shown.splitlines()
    assert "  model: " in shown


def test_runs_for_programs(store: Path, run: Run) -> None:
    first, second = (json.loads(line) for line in run("runs", store, "--format", "jsonl").out.splitlines())
    assert first["settings"] == second["settings"], "the day of publication is no setting of the coder"
    assert {"code", "model", "codebook", "knowledge"} == set(first["hashes"])
    assert {len(value) for value in first["hashes"].values()} == {64}
    assert first["packages"]["duckdb"]
    assert first["started"] <= first["ended"] <= second["started"]
    assert second["sources"][0].endswith("a.jsonl")
    assert second["counts"]["problems"] == 1


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["runs", "{store}", "7"], "there is no run 7"),
        (["runs", "{store}", "--format", "xml"], "there is no format 'xml' of runs"),
        (["runs", "{folder}/none.duckdb"], "there is no store"),
        (["verify", "{folder}/none.duckdb"], "there is no store"),
        (["code", "--retry-problems"], "name it with --store"),
    ],
)
def test_what_cannot_be_done(store: Path, run: Run, tmp_path: Path, arguments: list[str], said: str) -> None:
    result = run(*(argument.format(store=store, folder=tmp_path) for argument in arguments))
    assert (result.status, said in result.err) == (CANNOT_RUN, True)


def test_a_store_without_runs(tmp_path: Path, run: Run) -> None:
    with Store(tmp_path / "e.duckdb"):
        pass
    assert "no run is recorded in" in run("runs", tmp_path / "e.duckdb").err


def test_a_problem_is_mended(store: Path, run: Run, tmp_path: Path) -> None:
    assert run("code", "--store", store, "--retry-problems").status == 1
    lines(tmp_path / "a.jsonl", {"id": "a", "text": STORY + "Again."}, {"id": "b", "text": STORY + "Mended."})
    result = run("code", "--store", store, "--retry-problems")
    assert result.status == 0
    assert "1 articles, 1 events, 0 problems" in result.err
    assert run("verify", store).status == 0
    with Store(store, readonly=True) as opened:
        assert list(opened.problems()) == []
        assert opened.count_articles() == 3
