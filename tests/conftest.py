"""Fixtures that all rooms share: the parser, loaded once, and texts parsed line by line."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from spacy.language import Language

from dragoman.drafts import Layout, Stretch
from dragoman.language import Annotated, annotate, load

GOLD = Path(__file__).resolve().parents[2] / "shared" / "gold"
SAMPLES = Path(__file__).resolve().parents[1] / "samples"


@pytest.fixture(scope="session")
def nlp() -> Language:
    return load()


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
