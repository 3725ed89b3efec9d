"""What makes two runs the same: content of the user's files, versions; and what does not: names, workers, where records go."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from dragoman import provenance
from dragoman.provenance import reading_settings, run_record

OPTIONS: dict[str, Any] = {"sources": ["a"], "published": None, "max_chars": 1000, "workers": 1, "types": None, "store": Path("e.duckdb")}


@pytest.fixture
def types(tmp_path: Path) -> Path:
    file = tmp_path / "types.yaml"
    file.write_text("first")
    return file


def settings(types: Path | None = None, knowledge: Path | None = None) -> str | None:
    return run_record(OPTIONS, ["a"], types, knowledge).settings


def test_types_count_by_their_content(types: Path) -> None:
    before = settings(types)
    assert before != settings()
    types.touch()
    assert settings(types) == before
    types.write_text("second")
    assert settings(types) != before


def test_facts_count_by_all_their_files(tmp_path: Path) -> None:
    folder = tmp_path / "facts"
    folder.mkdir()
    (folder / "a.tsv").write_text("a")
    before = settings(knowledge=folder)
    (folder / "b.tsv").write_text("")
    assert settings(knowledge=folder) != before
    (folder / "b.tsv").unlink()
    assert settings(knowledge=folder) == before


def test_the_package_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    before = settings()
    assert settings() == before
    monkeypatch.setattr(provenance, "hashes_of_package", lambda: {"model": "another"})
    assert settings() != before


def test_every_file_of_the_package_is_in_one_hash(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("cli.py", "events/model/card.md", "codebook/plover.yaml", "knowledge/data/codes.tsv", "__pycache__/cli.pyc"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(name)
    monkeypatch.setattr(provenance, "PACKAGE", tmp_path)
    hashes = provenance.hashes_of_package.__wrapped__
    before = hashes()
    changed = {
        "cli.py": "code",
        "events/model/card.md": "model",
        "codebook/plover.yaml": "codebook",
        "knowledge/data/codes.tsv": "knowledge",
    }
    for name, part in changed.items():
        (tmp_path / name).write_text("changed")
        after = hashes()
        assert {key for key in after if after[key] != before[key]} == {part}
        before = after
    (tmp_path / "__pycache__" / "cli.pyc").write_text("changed")
    assert hashes() == before


@pytest.mark.parametrize(
    ("option", "value", "matters"),
    [
        ("published", "2024-11-06", True),
        ("max_chars", 5000, True),
        ("workers", 4, False),
        ("types", Path("t"), False),
        ("sources", ["b"], False),
    ],
)
def test_what_decides_how_a_source_is_read(option: str, value: object, matters: bool) -> None:
    assert (reading_settings({**OPTIONS, option: value}) != reading_settings(OPTIONS)) == matters


def test_an_option_that_is_new_matters() -> None:
    """Until somebody says that it does not, a source that was read without it is read again."""
    assert reading_settings({**OPTIONS, "map": {"text": "body"}}) != reading_settings(OPTIONS)
