"""A timeline drawn without a library: its bars are as high as its counts, its text is text."""

from __future__ import annotations

from typing import Any
from xml.etree import ElementTree

import pytest

from dragoman.write.svg import COLOURS, HEIGHT, WIDTH, nice, timeline

SVG = "{http://www.w3.org/2000/svg}"
SCRIPT = "</text><script>alert(1)</script>\x00 & “x”"


def row(period: str | None, *counts: int) -> dict[str, Any]:
    return {"month": period, "events": sum(counts), **{f"Q{n}": count for n, count in enumerate(counts, 1)}}


def drawn(*rows: dict[str, Any], title: str = "A title", source: str = "a store") -> ElementTree.Element:
    return ElementTree.fromstring(timeline(rows, "month", title, source))


def words(picture: ElementTree.Element) -> str:
    return " | ".join(one.text or "" for one in picture.iter(f"{SVG}text"))


def bars(picture: ElementTree.Element) -> list[tuple[str, float, float]]:
    """(colour, top, height) of the bars, without the legend."""
    return [(one.get("fill", ""), float(one.get("y", 0)), float(one.get("height", 0))) for one in picture.findall(f"{SVG}g/{SVG}rect")]


def test_bars_are_as_high_as_their_counts() -> None:
    found = {colour: (top, tall) for colour, top, tall in bars(drawn(row("2024-01", 3, 6, 2, 8)))}
    unit = found[COLOURS[1]][1] / 3
    for quad, count in ((1, 3), (2, 6), (3, 2), (4, 8)):
        assert found[COLOURS[quad]][1] == pytest.approx(count * unit, abs=0.2)
    deeds, talk = found[COLOURS[2]], found[COLOURS[1]]
    assert talk[0] + talk[1] == pytest.approx(deeds[0], abs=0.2), "words stand on deeds"
    assert deeds[0] + deeds[1] == pytest.approx(found[COLOURS[4]][0], abs=0.2), "which stand on the line, under which conflict hangs"
    assert found[COLOURS[4]][0] + found[COLOURS[4]][1] == pytest.approx(found[COLOURS[3]][0], abs=0.2)


def test_it_says_what_it_shows() -> None:
    shown = words(drawn(row("2024-01", 1, 0, 0, 0), row("2024-02", 0, 0, 0, 2), row(None, 5, 0, 0, 0)))
    for part in ("A title", "events by month", "verbal cooperation", "material conflict", "2024-01", "Source: a store; 5 more"):
        assert part in shown


def test_all_stays_in_the_picture() -> None:
    picture = drawn(*(row(f"{1900 + n}-01", n, n * 7, n % 5 * 100, 3) for n in range(300)))
    for one in picture.iter(f"{SVG}rect"):
        assert 0 <= float(one.get("x", 0)) <= WIDTH
        assert 0 <= float(one.get("y", 0)) <= HEIGHT - float(one.get("height", 0))
    labels = [float(one.get("x", 0)) for one in picture.iter(f"{SVG}text") if one.get("text-anchor") == "middle"]
    assert len(labels) <= 8
    assert labels == sorted(labels)


@pytest.mark.parametrize("rows", [[], [row(None, 1, 2, 3, 4)]])
def test_nothing_to_show(rows: list[dict[str, Any]]) -> None:
    picture = drawn(*rows)
    assert "no event" in words(picture)
    assert bars(picture) == []


def test_text_stays_text() -> None:
    picture = drawn(row(SCRIPT, 1, 0, 0, 0), title=SCRIPT, source=SCRIPT)
    assert [one for one in picture.iter() if "script" in one.tag] == []
    assert "<script>alert(1)</script>" in words(picture)


def test_nice_steps() -> None:
    assert [nice(n) for n in (0.25, 1, 1.5, 3, 7, 12, 60, 1000)] == [1, 1, 2, 5, 10, 20, 100, 1000]
