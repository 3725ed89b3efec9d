"""The examples of docs/runs.md, run one after another."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import duckdb
import pytest

from commands import Run
from dragoman.store.database import LEDGER

ROOT = Path(__file__).resolve().parents[1]
TEXT = (ROOT / "docs" / "runs.md").read_text(encoding="utf-8")
FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def block(kind: str) -> str:
    return next(body for found, body in FENCE.findall(TEXT) if found == kind)


def test_the_examples(tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "samples").mkdir()
    (tmp_path / "samples" / "summit.txt").write_bytes((ROOT / "samples" / "summit.txt").read_bytes())
    monkeypatch.chdir(tmp_path)
    results = [run(*shlex.split(line)[1:]) for line in block("").splitlines()]
    assert [result.status for result in results] == [0] * 7
    first, second, retried, listed, one, verified, compared = results
    assert "1 articles" in first.err
    assert "0 articles" in second.err
    assert "1 were there already" in second.err
    assert "nothing in the ledger of this store had a problem" in retried.err
    assert listed.out.count("whole") == 3
    assert "articles: 1" in one.out
    assert "0 faults" in verified.out
    assert "no difference" in compared.out
    exec(block("python"), {})
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[:2] for line in lines] == [["1", "whole"], ["2", "whole"], ["3", "whole"]]
    with duckdb.connect("events.duckdb", read_only=True) as connection:
        assert connection.execute(block("sql")).fetchall() == []


def test_every_column_of_the_ledger_is_described() -> None:
    columns = {name for table in ("readings", "inputs") for name in LEDGER[table]}
    assert {name for name in columns if f"`{name}`" not in TEXT} == set()
