"""Fixtures of this room: the codebook, its cases, a copy of its files to break, and the reference table beside the checkout."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from dragoman import codebook
from dragoman.codebook import Codebook

DATA = Path(codebook.__file__).parent
REFERENCE = Path(__file__).resolve().parents[3] / "shared" / "reference"


@pytest.fixture(scope="session")
def book() -> Codebook:
    return codebook.load()


@pytest.fixture
def broken(tmp_path: Path) -> Callable[[str, str, str], Path]:
    """A folder with a copy of the codebook's files, in one of which a text that is there once is replaced."""

    def folder(file: str, old: str, new: str) -> Path:
        for source in DATA.iterdir():
            if source.suffix in (".yaml", ".tsv"):
                shutil.copyfile(source, tmp_path / source.name)
        text = (tmp_path / file).read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old!r} is {text.count(old)} times in {file}"
        (tmp_path / file).write_text(text.replace(old, new), encoding="utf-8")
        return tmp_path

    return folder


@pytest.fixture(scope="session")
def reference_table() -> str:
    """The published conversion table; tests that need it are skipped where it is absent."""
    file = REFERENCE / "cameo2plover.txt"
    if not file.is_file():
        pytest.skip("no reference beside this checkout")
    return file.read_text(encoding="utf-8")
