"""The examples of docs/relations.md: the code prints what the page shows, and the kinds are those of the records."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, get_args

import pytest

from dragoman.schema import RelationKind

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "relations.md").read_text(encoding="utf-8")


def block(kind: str) -> str:
    found = re.search(rf"^```{kind}\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    assert found is not None
    return found[1]


def test_the_example_prints_what_the_page_shows(capsys: pytest.CaptureFixture[str]) -> None:
    names: dict[str, Any] = {}
    exec(block("python"), names)
    assert capsys.readouterr().out.splitlines() == block("text").splitlines()


def test_every_kind_is_described() -> None:
    assert set(re.findall(r"^\| `(\w+)` \|", PAGE, re.MULTILINE)) == set(get_args(RelationKind))
