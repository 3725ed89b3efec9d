"""The examples of docs/audit.md, run one after another; judging is done by the Python example, in place of a person."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from commands import Run
from dragoman.audit.correcting import COLUMNS
from dragoman.audit.figures import Figure
from dragoman.audit.lines import FIELDS

ROOT = Path(__file__).resolve().parents[2]
TEXT = (ROOT / "docs" / "audit.md").read_text(encoding="utf-8")
FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
SAMPLES = ("prisoner-release", "summit")


def test_the_examples(tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "samples").mkdir()
    for name in SAMPLES:
        (tmp_path / "samples" / f"{name}.txt").write_bytes((ROOT / "samples" / f"{name}.txt").read_bytes())
    monkeypatch.chdir(tmp_path)
    (python,) = [body for kind, body in FENCE.findall(TEXT) if kind == "python"]
    commands = [line for kind, body in FENCE.findall(TEXT) if not kind for line in body.splitlines()]
    assert len(commands) == 9
    written = {}
    for command in commands:
        if command.startswith("dragoman serve"):
            exec(python, {})
            printed = capsys.readouterr().out.splitlines()
            assert printed == ["precision record 1.0", "precision type 1.0", "precision mode None"]
            continue
        result = run(*shlex.split(command)[1:])
        assert result.status == 0, (command, result.err)
        written[" ".join(command.split()[1:3])] = result
    assert "events" in written["audit draw"].err
    assert written["audit panel"].status == 0
    assert {"report.html", "figures.csv", "judged.txt", "pair.html", "plot.svg"} <= {file.name for file in tmp_path.iterdir()}


def test_every_field_and_column_is_described() -> None:
    names = {*FIELDS, *Figure._fields, *COLUMNS}
    assert {name for name in names if f"`{name}`" not in TEXT} == set()
