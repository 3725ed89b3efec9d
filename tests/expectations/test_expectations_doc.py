"""The examples of docs/expectations.md do what they say."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import Any

import pytest

from dragoman import Coder
from dragoman.store import Store

DOC = (Path(__file__).resolve().parents[2] / "docs" / "expectations.md").read_text(encoding="utf-8")
CODE, STORE = re.findall(r"^```python\n(.*?)^```$", DOC, re.MULTILINE | re.DOTALL)


def test_the_example_of_one_story() -> None:
    names: dict[str, Any] = {}
    compared = 0
    for statement in ast.parse(CODE).body:
        source, _, value = "\n".join(CODE.splitlines()[statement.lineno - 1 : statement.end_lineno]).partition("  # ")
        if value:
            assert repr(eval(source, names)) == value
            compared += 1
        else:
            exec(source, names)
    assert compared == 2


def test_the_example_of_a_store(coder: Coder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    text = "Kenya will send 1,000 police officers to Haiti by the end of April if parliament agrees."
    monkeypatch.chdir(tmp_path)
    with Store("events.duckdb") as store:
        store.add([(coder.code(text, "2024-03-12"), text)])
    names: dict[str, Any] = {}
    exec("import dragoman\n" + STORE, names)
    assert "2024-04-30 HTI Kenya will send" in capsys.readouterr().out
    assert names["kept"].num_rows == 0
