"""dragoman eval places on lines made here, on the development data, and the places of events of the blind stories."""

from __future__ import annotations

import json
from pathlib import Path

import placed
import pytest

from commands import Run
from dragoman.learn import places
from dragoman.learn.errors import EvaluationError
from dragoman.schema import Place

TEXT = "A bridge fell in Kharkiv. Beijing said it was sorry. Rain fell on Lyon."
FLOORS = {"f1": 0.80, "within": 0.88}
STORIES_FLOOR = 0.78


def gold_file(folder: Path) -> Path:
    wanted = [
        (TEXT.index(name), name, lat, lon) for name, lat, lon in (("Kharkiv", 50.0, 36.25), ("Beijing", 39.9, 116.4), ("Lyon", 45.7, 4.8))
    ]
    lines = [{"start": start, "end": start + len(name), "text": name, "lat": lat, "lon": lon} for start, name, lat, lon in wanted]
    file = folder / "gold.jsonl"
    file.write_text(json.dumps({"id": "a", "published": None, "text": TEXT, "places": lines}) + "\n", encoding="utf-8")
    return file


def test_figures_count_found_and_near(tmp_path: Path) -> None:
    figures = places.evaluate(gold_file(tmp_path), tmp_path / "out.jsonl", tmp_path / "errors.tsv")
    assert (figures.wanted, figures.found, figures.right, figures.recalled) == (3, 1, 1, 1)
    assert figures.nearness == 1.0
    written = json.loads((tmp_path / "out.jsonl").read_text(encoding="utf-8"))
    (place,) = written["places"]
    assert TEXT[place["start"] : place["end"]] == place["text"] == "Kharkiv"
    assert place["geonameid"] == "706483"
    errors = (tmp_path / "errors.tsv").read_text(encoding="utf-8").splitlines()
    assert [line.split("\t")[0] for line in errors] == ["why", "missed", "missed"]


def test_the_command_prints_them(tmp_path: Path, run: Run) -> None:
    result = run("eval", "places", gold_file(tmp_path), "--errors", tmp_path / "errors.tsv")
    assert "within 161 km" in result.out
    assert result.status == 0


def test_what_is_no_such_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "bad.jsonl").write_text('{"id": 1}\n', encoding="utf-8")
    with pytest.raises(EvaluationError, match=r"bad\.jsonl:1"):
        places.evaluate(tmp_path / "bad.jsonl")


def test_development_data(gold: Path) -> None:
    """A fifth of it, as all of it takes long."""
    lines = (gold / "places_dev.jsonl").read_text(encoding="utf-8").splitlines()[1::5]
    articles = [places.Article(a["id"], a["text"], None, a["places"]) for a in map(json.loads, lines)]
    figures = places.figures_of(articles)
    assert figures.f1 >= FLOORS["f1"] - 0.03
    assert figures.nearness >= FLOORS["within"] - 0.03


@pytest.mark.skipif(not list(placed.STORIES.glob("?.yaml")), reason="the blind stories are not there")
def test_events_of_the_blind_stories() -> None:
    right, coded = placed.share(placed.results(sorted(placed.STORIES.glob("?.yaml"))))
    assert coded >= 200
    assert right / coded >= STORIES_FLOOR


def test_a_place_is_judged_by_name_and_country() -> None:
    aleppo = Place(text="Aleppo province", start=0, end=1, name="Ḩalab", country="SYR")
    assert placed.verdict("Aleppo", "SYR", aleppo) == "right"
    assert placed.verdict("Aleppo", "TUR", aleppo) == "country"
    assert placed.verdict("Homs", "SYR", aleppo) == "other"
    assert placed.verdict(None, None, aleppo) == "invented"
    assert placed.verdict("Aleppo", "SYR", None) == "missing"
    assert placed.verdict(None, None, None) == "right"
