"""That whom names, pronouns and descriptions mean stays as good as was asked for, on the sets of identities.py."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from identities import HELD_LINKS, HELD_NAMES, NAMES, Reader, links, name_rows, names, stories


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader()


def test_names_mean_whom_they_mean_on_the_day(reader: Reader) -> None:
    counts = names(reader).counts
    assert counts["names"] > 300
    assert counts["right"] / counts["names"] >= 0.95
    assert counts["wrong identity"] / counts["names"] <= 0.02


def test_pronouns_and_descriptions_mean_whom_they_mean(reader: Reader) -> None:
    counts = links(reader, HELD_LINKS).counts
    assert counts["links"] > 200
    assert counts["right"] / counts["resolved"] >= 0.85
    assert counts["right"] / counts["links"] >= 0.70


def test_what_is_held_out_is_in_no_other_set() -> None:
    texts = [row["text"] for _, row in name_rows(HELD_NAMES)]
    assert len(texts) == 150
    assert set(texts).isdisjoint(row["text"] for _, row in name_rows(NAMES))
    assert len(list(stories(HELD_LINKS))) == 30
