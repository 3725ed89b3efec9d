"""The samples, coded whole: what differs from the records read by hand stands in samples_gaps.txt, and nothing else differs."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from dragoman import Coder

sys.path.insert(0, str(Path(__file__).parent))
import samples

WITHOUT_EVENTS = ("market", "sports")


def known_gaps() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    name = ""
    for line in samples.GAPS.read_text(encoding="utf-8").splitlines():
        if line.startswith("== "):
            name = line.removeprefix("== ")
            found[name] = []
        elif line and not line.startswith("#"):
            found[name].append(line)
    return found


@pytest.mark.parametrize("name", samples.names())
def test_sample(coder: Coder, name: str) -> None:
    found = samples.compare(name, *samples.code(coder, name))
    assert samples.lines_of(found) == known_gaps()[name], "read the difference; if it was meant: python tests/samples.py --gaps"


@pytest.mark.parametrize("name", WITHOUT_EVENTS)
def test_markets_and_games_have_no_events(coder: Coder, name: str) -> None:
    _, coding = samples.code(coder, name)
    assert coding.article is not None
    assert coding.events == []


@pytest.mark.parametrize("name", samples.names())
def test_masthead(coder: Coder, name: str) -> None:
    wanted = samples.expected_of(name)["article"]
    _, coding = samples.code(coder, name)
    article = coding.article
    assert article is not None
    assert (article.headline, article.agency, article.publication) == (wanted["headline"], wanted["agency"], wanted["publication"])
    dateline = article.dateline
    wanted_line = wanted["dateline"] or {}
    assert (dateline and dateline.place, dateline and dateline.country) == (wanted_line.get("place"), wanted_line.get("country"))


def test_samples_are_mostly_right(coder: Coder) -> None:
    found = [samples.compare(name, *samples.code(coder, name)) for name in samples.names()]
    paired, missed, spurious = (sum(len(getattr(f, part)) for f in found) for part in ("paired", "missed", "spurious"))
    assert paired / (paired + missed) > 0.7
    assert paired / (paired + spurious) > 0.7
