"""Fixtures that all rooms share: the parser, loaded once, texts parsed line by line, the command, and a story for it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from spacy.language import Language

from commands import STORY, Result, Run
from dragoman import Coder
from dragoman.cli import _status
from dragoman.drafts import Layout, Stretch
from dragoman.language import Annotated, annotate, load

GOLD = Path(__file__).resolve().parents[2] / "shared" / "gold"


@pytest.fixture(scope="session")
def nlp() -> Language:
    return load()


@pytest.fixture(scope="session")
def coder() -> Coder:
    return Coder()


@pytest.fixture(scope="session")
def parse(nlp: Language) -> Callable[[str], Annotated]:
    def parsed(text: str) -> Annotated:
        stretches, start = [], 0
        for line in text.splitlines(keepends=True):
            if line.strip():
                stretches.append(Stretch(start, start + len(line.rstrip())))
            start += len(line)
        return annotate(nlp, [(text, Layout(paragraphs=tuple(stretches)))])[0]

    return parsed


@pytest.fixture(scope="session")
def gold() -> Path:
    """The development data beside the checkout; tests that need it are skipped where it is absent."""
    if not GOLD.is_dir():
        pytest.skip("no development data beside this checkout")
    return GOLD


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """The command in this process, which spares the second that loading the parser takes."""

    def ran(*arguments: object) -> Result:
        capsys.readouterr()
        status = _status([str(a) for a in arguments])
        written = capsys.readouterr()
        return Result(status, written.out, written.err)

    return ran


@pytest.fixture
def story(tmp_path: Path) -> Path:
    file = tmp_path / "story.txt"
    file.write_text(STORY, encoding="utf-8")
    return file
