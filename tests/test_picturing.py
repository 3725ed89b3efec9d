"""Pictures without a server: one page on two actors, one picture of a query."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import pytest

from commands import Run
from dragoman.picturing import unit_for
from dragoman.schema import Coding
from dragoman.store import Store
from handmade import article, entity, event, span, summit

SCRIPT = "<script>alert(1)</script>"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("pictured") / "events.duckdb"
    with Store(path) as made:
        made.add([(summit(), "a text")])
        sentence = f"Tokyo {SCRIPT} sanctioned Washington."
        odd = event("o", 30, "SANCTION", [], date="2024-12-01", evidence=[span(sentence, 20)], trigger=span("sanctioned", 30))
        odd = odd.model_copy(update={"actor": [entity("JPN", f"Tokyo {SCRIPT}")], "recipient": [entity("USA")]})
        made.add([(Coding(article=article("o", headline=SCRIPT), events=[odd]), None)])
    return path


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


class Tags(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.links: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.links += [value or "" for name, value in attrs if name in ("src", "href", "style", "onclick")]


def test_one_page_on_two_actors(store: Path, run: Run, tmp_path: Path) -> None:
    result = run("report", store, "--between", "JPN,USA", "-o", tmp_path / "report.html")
    assert result.status == 0, result.err
    page = (tmp_path / "report.html").read_text(encoding="utf-8")
    found = Tags(page)
    assert {"svg", "table", "h1"} <= set(found.tags)
    assert not {"script", "link", "img", "iframe"} & set(found.tags)
    assert found.links == []
    assert "Ishiba congratulated Trump; others waited." in page
    assert "&lt;script&gt;" in page
    assert "Standing relations (1)" in page
    assert "Promises, plans and threats (1)" in page
    assert "2 events from 2024-11-06 to 2024-12-01" in page


def test_names_and_a_period(store: Path, run: Run, tmp_path: Path) -> None:
    assert run("report", store, "--between", "Japan, USA", "--during", "2024-12", "-o", tmp_path / "a.html").err.startswith("1 events")
    assert "Standing relations (1)" in (tmp_path / "a.html").read_text(encoding="utf-8")
    assert run("report", store, "--between", "Japan", "-o", tmp_path / "b.html").err.startswith("2 events")
    assert run("report", store, "--between", "FRA,DEU", "-o", tmp_path / "c.html").err.startswith("0 events")
    assert "No events." in (tmp_path / "c.html").read_text(encoding="utf-8")


def test_a_long_list_says_so(store: Path, run: Run, tmp_path: Path) -> None:
    run("report", store, "--between", "JPN,USA", "--limit", 1, "-o", tmp_path / "report.html")
    page = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert "The first 1 by date are listed." in page
    assert "2 events" in page


def test_a_picture_of_a_query(store: Path, run: Run, tmp_path: Path) -> None:
    assert run("plot", store, "JPN <-> USA", "--by", "month", "-o", tmp_path / "plot.svg").status == 0
    picture = ElementTree.parse(tmp_path / "plot.svg").getroot()
    assert picture.tag.endswith("svg")
    shown = "".join(picture.itertext())
    for part in ("JPN <-> USA", "events by month", "2024-11: 1 verbal cooperation", "2024-12: 1 material conflict", "events.duckdb"):
        assert part in shown
    assert "A Title" in run("plot", store, "--title", "A Title").out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("plot", "-o", "plot.png"), "PNG is not written"),
        (("plot", "-o", "plot.pdf"), "ends in .svg"),
        (("plot", "--by", "hour"), "not by hour"),
        (("plot", "nonsense"), "nonsense"),
        (("report", "--between", "A,B,C"), "one actor or two"),
        (("report", "--between", "Nowhere"), "Nowhere"),
    ],
)
def test_what_cannot_be_drawn(
    store: Path, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], words: str
) -> None:
    monkeypatch.chdir(tmp_path)
    result = run(arguments[0], store, *arguments[1:])
    assert result.status == 101
    assert words in result.err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("first", "last", "unit"),
    [
        ("", "", "year"),
        ("2024-11-06", "2024-12-01", "day"),
        ("2024-10", "2024-12-01", "month"),
        ("2015", "2024-12-01", "month"),
        ("1945", "2024", "year"),
    ],
)
def test_the_unit_of_a_page(first: str, last: str, unit: str) -> None:
    assert unit_for(first, last) == unit
