"""Pictures without a server: a timeline of a query as SVG or PNG, which says what it shows."""

from __future__ import annotations

import importlib
import json
import struct
import sys
import zlib
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import pytest

from commands import Run
from dragoman.picturing import unit_for
from dragoman.schema import Coding
from dragoman.store import Store
from dragoman.write.svg import LONGEST_TITLE
from handmade import article, event, summit

SCRIPT = "<script>alert(1)</script>"
NAMESPACE = "{http://www.w3.org/2000/svg}"
SIGNATURE = b"\x89PNG\r\n\x1a\n"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("pictured") / "events.duckdb"
    with Store(path) as made:
        made.add([(summit(), "a text")])
        made.add([(Coding(article=article("o"), events=[event("o", 30, "SANCTION", ["JPN"], ["USA"], date="2024-12-01")]), None)])
    return path


def drawn(file: Path) -> ElementTree.Element:
    return ElementTree.parse(file).getroot()


def test_a_picture_of_a_query(store: Path, run: Run, tmp_path: Path) -> None:
    assert run("plot", store, "JPN <-> USA", "--by", "month", "-o", tmp_path / "plot.svg").status == 0
    picture = drawn(tmp_path / "plot.svg")
    assert picture.tag.endswith("svg")
    shown = "".join(picture.itertext())
    for part in ("JPN <-> USA", "events by month", "2024-11: 1 verbal cooperation", "2024-12: 1 material conflict", "events.duckdb"):
        assert part in shown
    assert "A Title" in run("plot", store, "--title", "A Title").out


def test_a_picture_tells_programs_what_it_shows(store: Path, run: Run, tmp_path: Path) -> None:
    run("plot", store, "JPN  <->  USA", "--title", f"“{SCRIPT}”", "-o", tmp_path / "plot.svg")
    told = json.loads(drawn(tmp_path / "plot.svg").findtext(f"{NAMESPACE}metadata") or "")
    assert (told["title"], told["query"], told["store"]) == (f"“{SCRIPT}”", "JPN  <->  USA", "events.duckdb")
    before = told["data"]
    with Store(store) as changed:
        changed.add([(Coding(article=article("later"), events=[]), None)])
    run("plot", store, "JPN <-> USA", "-o", tmp_path / "plot.svg")
    assert json.loads(drawn(tmp_path / "plot.svg").findtext(f"{NAMESPACE}metadata") or "")["data"] != before


def test_a_long_title_is_cut_where_it_is_drawn(store: Path, run: Run, tmp_path: Path) -> None:
    title = "All that is known " * 20
    run("plot", store, "--title", title, "-o", tmp_path / "plot.svg")
    picture = drawn(tmp_path / "plot.svg")
    assert picture.findtext(f"{NAMESPACE}title") == title.strip()
    (shown,) = [line.text or "" for line in picture.iter(f"{NAMESPACE}text") if line.get("font-size") == "17"]
    assert shown.endswith("…")
    assert len(shown) <= LONGEST_TITLE


def chunks_of(png: bytes) -> Iterator[tuple[bytes, bytes]]:
    """The chunks of a PNG, whose checksums are right."""
    assert png.startswith(SIGNATURE)
    at = len(SIGNATURE)
    while at < len(png):
        size, kind = struct.unpack(">I4s", png[at : at + 8])
        data, check = png[at + 8 : at + 8 + size], png[at + 8 + size : at + 12 + size]
        assert struct.pack(">I", zlib.crc32(kind + data)) == check
        yield kind, data
        at += 12 + size


def png_of(run: Run, store: Path, out: Path, *arguments: str) -> bytes:
    pytest.importorskip("resvg_py", reason='PNG is tried where the extra "png" is installed')
    result = run("plot", store, "JPN <-> USA", *arguments, "-o", out)
    assert result.status == 0, result.err
    return out.read_bytes()


def test_a_png_holds_query_and_version_of_the_data(store: Path, run: Run, tmp_path: Path) -> None:
    chunks = list(chunks_of(png_of(run, store, tmp_path / "plot.PNG", "--title", "Köln – 東京")))
    assert [kind for kind, _ in chunks][:2] == [b"IHDR", b"pHYs"]
    assert chunks[-1] == (b"IEND", b"")
    words = {data.split(b"\0", 1)[0].decode(): data.split(b"\0", 5)[5].decode() for kind, data in chunks if kind == b"iTXt"}
    assert words["Title"] == "Köln – 東京"
    assert words["dragoman.query"] == "JPN <-> USA"
    assert words["dragoman.store"] == "events.duckdb"
    run("plot", store, "-o", tmp_path / "plot.svg")
    told = json.loads(drawn(tmp_path / "plot.svg").findtext(f"{NAMESPACE}metadata") or "")
    assert words["dragoman.data"] == told["data"]
    width, height = struct.unpack(">II", chunks[0][1][:8])
    assert (width, height) == (1920, 760)


def test_a_png_has_its_words_also_where_no_font_is_installed(
    store: Path, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same picture to the letter with and without the fonts of the machine; and the words are really drawn."""
    first = png_of(run, store, tmp_path / "a.png", "--title", "Words")
    import resvg_py

    bare = resvg_py.svg_to_bytes
    monkeypatch.setattr(resvg_py, "svg_to_bytes", lambda **options: bare(**options, skip_system_fonts=True))
    assert png_of(run, store, tmp_path / "b.png", "--title", "Words") == first
    pixels = [b"".join(data for kind, data in chunks_of(png_of(run, store, tmp_path / "c.png", "--title", title)) if kind == b"IDAT")
              for title in ("Words", "Other words", "Łódź", "Київ", "Αθήνα")]  # fmt: skip
    assert all(one != other for one, other in pairwise(pixels))


def test_without_the_packages_it_says_which(store: Path, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "resvg_py", None)
    importlib.invalidate_caches()
    result = run("plot", store, "-o", tmp_path / "plot.png")
    assert result.status == 101
    assert "resvg-py" in result.err
    assert "font-source-sans-pro" in result.err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("-o", "plot.pdf"), "ends in .svg or .png"),
        (("-o", "plot"), "ends in .svg or .png"),
        (("--by", "hour"), "not by hour"),
        (("nonsense",), "nonsense"),
    ],
)
def test_what_cannot_be_drawn(
    store: Path, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], words: str
) -> None:
    monkeypatch.chdir(tmp_path)
    result = run("plot", store, *arguments)
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
