"""The command ``read``: what it shows at the widths of usual terminals, what it hands on, and how it ends. ``--as`` and ``--map``."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import made
from commands import Run, lines
from dragoman.console import CANNOT_RUN

ROWS = ({"id": "one", "text": "PARIS - France condemned Iran.", "published": "2024-11-05", "headline": "Paris condemns"}, {"id": "two"})


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return lines(tmp_path / "wire.jsonl", *ROWS)


@pytest.mark.parametrize("width", [80, 140])
def test_the_table_fits(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, width: int) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    (tmp_path / "n.rtf").write_bytes(made.rtf(made.NEXIS))
    (tmp_path / "w.zip").write_bytes(made.ZIP)
    lines(tmp_path / "x.jsonl", {"id": "x" * 200, "text": made.GRAIN, "headline": "Grain " * 50, "publication": "A Paper " * 9})
    done = run("read", tmp_path)
    assert done.status == 0
    assert max(map(len, done.out.splitlines())) <= width
    assert "Grain for Somalia" in done.out
    assert "8 articles" in done.out


def test_whose_word_the_day_is(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "140")
    (tmp_path / "told.txt").write_text("March 5, 2024 (AFP)\n\nPARIS - France condemned Iran on Monday.\n", encoding="utf-8")
    given = lines(tmp_path / "given.jsonl", ROWS[0])
    assert "2024-11-05 given" in " ".join(run("read", given).out.split())
    assert "2024-03-05 text" in " ".join(run("read", tmp_path / "told.txt").out.split())
    assert "2020-01-01 option" in " ".join(run("read", tmp_path / "told.txt", "--published", "2020-01-01").out.split())


def test_problems_are_shown_and_counted(run: Run, file: Path) -> None:
    done = run("read", file)
    assert done.status == 1
    assert "wire.jsonl:2: no 'text' in it" in done.out.replace("\n", "")
    assert "1 articles, 1 problems" in done.out


def test_lines_can_be_coded(run: Run, file: Path, tmp_path: Path) -> None:
    out = tmp_path / "again.jsonl"
    assert run("read", file, "--format", "jsonl", "-o", out).status == 1
    [row] = map(json.loads, out.read_text(encoding="utf-8").splitlines())
    assert row == {**ROWS[0], "source": f"{file}:1", "kind": "jsonl"}
    assert run("code", out, "--format", "jsonl").of("article")[0]["id"] == "one"


def test_the_limit(run: Run, tmp_path: Path) -> None:
    many = lines(tmp_path / "many.jsonl", *({"id": str(n), "text": made.GRAIN} for n in range(9)))
    assert "3 articles" in run("read", many, "--limit", 3).out


@pytest.mark.parametrize("command", ["read", "code", "quotes"])
def test_a_mapping_and_a_kind(run: Run, tmp_path: Path, command: str) -> None:
    table = tmp_path / "table.dat"
    table.write_text("when,what\n2024-11-06,Norway said it condemned Iran.\n", encoding="utf-8")
    done = run(command, table, "--as", "csv", "--map", "text=what,published=when", "--format", "jsonl")
    assert done.status == 0
    assert "2024-11-06" in done.out


@pytest.mark.parametrize("command", ["read", "code", "quotes"])
def test_options_that_are_none(run: Run, file: Path, command: str) -> None:
    for options in (("--as", "cvs"), ("--map", "text"), ("--map", "body=text")):
        done = run(command, file, *options)
        assert done.status == CANNOT_RUN
        assert done.out == ""
    assert "did you mean csv?" in run(command, file, "--as", "cvs").err


def test_nothing_is_made_for_a_kind_that_is_none(run: Run, file: Path, tmp_path: Path) -> None:
    assert run("code", file, "--as", "x", "--store", tmp_path / "new.duckdb").status == CANNOT_RUN
    assert not (tmp_path / "new.duckdb").exists()


def test_formats_that_are_none(run: Run, file: Path) -> None:
    assert "there is no format 'xml' of articles, only table, jsonl" in run("read", file, "--format", "xml").err
    assert "--published" in run("read", file, "--published", "soon").err
