"""What of an article is headline, dateline and running text: cases by hand, the samples, and any text at all."""

from __future__ import annotations

import itertools
import time
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.drafts import Layout, Stretch
from dragoman.read import layout
from dragoman.schema import Article

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
SEEDS = Path(__file__).resolve().parents[3] / "shared" / "seeds"
HERE = Path(__file__).parent
CASES: list[dict[str, Any]] = yaml.safe_load((HERE / "layouts.yaml").read_text(encoding="utf-8"))
PLACES: dict[str, str] = yaml.safe_load((HERE / "places.yaml").read_text(encoding="utf-8"))


def place_country(place: str) -> str | None:
    return PLACES.get(place.casefold())


def laid_out(text: str, **fields: Any) -> Layout:
    return layout(Article(id="a", text=text, **fields), place_country)


def found_in(text: str, **fields: Any) -> dict[str, Any]:
    """A layout in the words of the cases."""

    def chars(stretch: Stretch | None) -> str | None:
        return text[stretch.start : stretch.end] if stretch else None

    got = laid_out(text, **fields)
    line = got.dateline
    return {
        "headline": chars(got.headline),
        "place": line.place if line else None,
        "country": line.country if line else None,
        "line": chars(line.stretch) if line else None,
        "day": line.day if line else None,
        "agency": got.agency,
        "publication": got.publication,
        "published": got.published,
        "paragraphs": [chars(p) for p in got.paragraphs],
    }


def params() -> list[Any]:
    return [
        pytest.param(case, id=case["name"], marks=[pytest.mark.xfail(reason=case["gap"], strict=True)] if "gap" in case else [])
        for case in CASES
    ]


@pytest.mark.parametrize("case", params())
def test_cases(case: dict[str, Any]) -> None:
    found = found_in(case["text"], **case.get("given", {}))
    assert found == {key: case.get(key) for key in found}


@pytest.mark.parametrize("path", sorted(SAMPLES.glob("*.txt")), ids=lambda path: path.stem)
def test_samples(path: Path) -> None:
    expected = yaml.safe_load(path.with_suffix(".yaml").read_text(encoding="utf-8"))["article"]
    found = found_in(path.read_bytes().decode("utf-8"))
    assert found["headline"] == expected["headline"]
    assert found["agency"] == expected["agency"]
    assert found["publication"] == expected["publication"]
    assert {"place": found["place"], "country": found["country"]} == expected["dateline"]


def test_seed() -> None:
    if not SEEDS.is_dir():
        pytest.skip("no seeds beside this checkout")
    found = found_in(next(SEEDS.glob("*.txt")).read_text(encoding="utf-8"))
    assert found["headline"].endswith("hopes to meet him soon")
    assert (found["place"], found["country"]) == ("TOKYO", "JPN")
    assert found["publication"] == "Japan Today"
    assert found["agency"] == "Kyodo"
    assert found["published"] is None
    assert len(found["paragraphs"]) == 11
    assert found["paragraphs"][0].startswith("Japanese Prime Minister")
    assert found["paragraphs"][-1].endswith("next U.S. president.")


PIECES = st.sampled_from([*yaml.safe_load((HERE / "pieces.yaml").read_text(encoding="utf-8")), "\r\n", "\u2028", "\ufeff", "\u200b"])
TEXTS = st.one_of(st.text(max_size=300), st.lists(st.one_of(PIECES, st.text(max_size=4)), max_size=40).map("".join))


@settings(max_examples=400, deadline=None)
@given(TEXTS, st.one_of(st.none(), st.text(max_size=20)))
def test_any_text_gives_stretches_in_order(text: str, headline: str | None) -> None:
    got = laid_out(text, headline=headline)
    line = [got.dateline.stretch] if got.dateline else []
    stretches = [*([got.headline] if got.headline else []), *line, *got.paragraphs]
    assert all(0 <= s.start < s.end <= len(text) for s in stretches)
    assert all(text[s.start : s.end].strip() for s in stretches)
    assert all(one.end <= other.start for one, other in itertools.pairwise(stretches))


@pytest.mark.parametrize(
    "line", ["A b c d e f. ", "\n", "(", "TOKYO — ", "· ", "Japan Today", "a\n", "By A ", "copyright A ", "© ", ", A", "A. "]
)
def test_long_texts_take_linear_time(line: str) -> None:
    def seconds(text: str) -> float:
        start = time.process_time()
        laid_out(text)
        return time.process_time() - start

    laid_out(line)
    assert seconds(line * (400_000 // len(line))) < 20, "a time that grows with the square is minutes"
