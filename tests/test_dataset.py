"""A store in Python: the same records as rows, in Arrow, pandas and polars, and in a notebook."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest

import dragoman
from commands import STORY
from dragoman.dataset import Dataset
from dragoman.errors import DragomanError
from dragoman.store import QueryError, Store, StoreError
from handmade import article, event, summit

ROOT = Path(__file__).resolve().parents[1]
FENCE = re.compile(r"^```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)
SCORES = {"score_sum": -9.5, "score_mean": -9.5}


@pytest.fixture
def data(tmp_path: Path) -> Iterator[Dataset]:
    events = [event("a", n, "ACCUSE", ["FRA"], ["IRN"], date=f"2024-11-{n:02}", score=-2.0) for n in range(1, 26)]
    with Store(tmp_path / "events.duckdb") as store:
        store.add([(dragoman.Coding(article=article("a", STORY, headline="<b>"), events=events), STORY)])
        store.add([summit()])
    with dragoman.open(tmp_path / "events.duckdb") as opened:
        yield opened


def test_events(data: Dataset) -> None:
    found = data.events("FRA -> IRN", limit=3)
    assert [e.id for e in found] == ["a:1", "a:2", "a:3"]
    assert [e.id for e in found] == ["a:1", "a:2", "a:3"]  # again
    table = found.arrow()
    assert table.column("id").to_pylist() == ["a:1", "a:2", "a:3"]
    assert table.column("actor").to_pylist()[0][0]["country"] == "FRA"
    assert data.count("FRA -> IRN") == 25


def test_statements(data: Dataset) -> None:
    assert [s.id for s in data.statements()] == ["s:80"]
    assert [s.id for s in data.statements(speaker="Hayashi", about="alliance")] == ["s:80"]
    assert list(data.statements(speaker="JPN MIL")) == []
    assert data.statements(kind="direct").arrow().column("speaker").to_pylist()[0]["name"] == "Yoshimasa Hayashi"
    assert data.statements(kind="indirect").arrow().num_rows == 0
    with pytest.raises(DragomanError, match="there is no kind"):
        data.statements(kind="sung")


def test_articles_and_text(data: Dataset) -> None:
    assert [a.id for a in data.articles()] == ["s", "a"]
    assert data.articles().arrow().column("id").to_pylist() == ["s", "a"]
    assert data.text("a") == STORY
    assert data.text("s") is None
    assert len(list(data.codings())) == 2


def test_panels_and_sql(data: Dataset) -> None:
    assert list(data.panel("dyad,month", "FRA")) == [{"actor": "FRA", "recipient": "IRN", "month": "2024-11", "events": 25}]
    filled = data.panel(["dyad", "week"], "FRA", period="2024-11", wide="quad", score=True)
    assert sum(row["Q3"] for row in filled) == 25
    assert data.panel("month", "FRA", fill=True).arrow().to_pylist() == [{"month": "2024-11", "events": 25}]
    assert list(data.sql("SELECT count(*) AS n FROM events")) == [{"n": 27}]


def test_what_is_wrong_is_said_at_once(data: Dataset) -> None:
    with pytest.raises(QueryError, match="did you mean SUPPORT"):
        data.events("SUPORT")
    with pytest.raises(QueryError, match="did you mean month"):
        data.panel("dyad,mnth")
    with pytest.raises(StoreError, match="only one query"):
        data.sql("DROP TABLE events")
    with pytest.raises(StoreError, match="there is no store"):
        dragoman.open("none.duckdb")
    with pytest.raises(DragomanError, match="has the ids"):
        data.story("zzz")


def test_pandas(data: Dataset) -> None:
    pytest.importorskip("pandas")
    frame = data.panel("dyad,month", "FRA").pandas()
    assert frame.to_dict("records") == [{"actor": "FRA", "recipient": "IRN", "month": "2024-11", "events": 25}]
    assert data.events().pandas().shape[0] == 27


def test_polars(data: Dataset) -> None:
    pytest.importorskip("polars")
    assert data.panel("dyad,month", "FRA").polars().to_dicts() == [{"actor": "FRA", "recipient": "IRN", "month": "2024-11", "events": 25}]
    assert data.events("FRA").polars().height == 25


@pytest.mark.parametrize("library", ["pandas", "polars"])
def test_a_library_that_is_missing(data: Dataset, library: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(DragomanError, match=f"pip install {library}; .arrow"):
        getattr(data.articles(), library)()


def test_in_a_notebook(data: Dataset) -> None:
    page = data.events()._repr_html_()
    assert page.count("<tr>") == 21
    assert "the first 20 of more" in page
    assert "<th>month</th>" in data.panel("month")._repr_html_()
    assert "&lt;b&gt;" in data.sql("SELECT headline FROM articles")._repr_html_()
    assert "<p>no records</p>" in data.events("CHN")._repr_html_()
    assert "Tuesday" in data.story("a")._repr_html_()
    assert "alliance" in data.story("s")._repr_html_()


def test_a_handle_says_what_it_is(data: Dataset) -> None:
    assert repr(data).startswith("dragoman.open('/")


def test_the_examples_of_the_docs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    text = "Kyiv said Russian troops shelled a Ukrainian village on Tuesday."
    monkeypatch.chdir(tmp_path)
    with Store("events.duckdb") as store:
        store.add([(dragoman.Coder().code(text, "2024-11-06"), text)])
    import_module("dragoman.spacy_component")  # where the package is not installed, spaCy finds no entry point
    blocks = FENCE.findall((ROOT / "docs" / "python.md").read_text(encoding="utf-8"))
    names: dict[str, object] = {}
    for block in blocks:
        exec(block, names)
    out = capsys.readouterr().out
    assert len(blocks) == 3
    assert "claimed shelled" in out
    assert names["monthly"] == [
        {**{"actor": "RUS", "recipient": "UKR", "month": "2024-11", "events": 1, "Q1": 0, "Q2": 0, "Q3": 0, "Q4": 1}, **SCORES}
    ]
    assert names["types"] == [{"type": "ASSAULT", "n": 1}]
    assert len(names["said"]) == 1  # type: ignore[arg-type]
    assert "ACCUSE 2024-11-05 condemned" in out
    assert "a1 ['SUPPORT']" in out
