"""The network of the World view in a real browser: 300 lines that can be read, reached by keyboard, and played through time."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import combinations
from math import hypot
from typing import TYPE_CHECKING
from xml.etree import ElementTree

import pytest
from busy import busy_store, pairs
from looking import WIDTHS, faults, opened, played, saved, tab_to
from room import served

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

NETWORK = "/world?view=network"
OVERLAPS = """() => {
    const boxes = [...document.querySelectorAll(".network .labels text:not(.roomless)")].map((text) => [text.textContent, text.getBBox()]);
    const crossing = (a, b) => a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height - 3 && b.y < a.y + a.height - 3;
    const on = (box, others) => others.filter(([, other]) => crossing(box, other)).map(([name]) => name);
    return boxes.flatMap(([name, box], place) => on(box, boxes.slice(place + 1)).map((other) => `${name} on ${other}`));
}"""
CIRCLES = """() => [...document.querySelectorAll(".network .node")].map((node) => {
    const circle = node.querySelector("circle");
    return [node.dataset.code, ...["cx", "cy", "r"].map((name) => Number(circle.getAttribute(name)))];
})"""


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served(busy_store(tmp_path_factory.mktemp("busy") / "events.duckdb")) as address:
        yield address


def circles(page: Page) -> dict[str, tuple[float, float, float]]:
    return {code: (x, y, r) for code, x, y, r in page.evaluate(CIRCLES)}


def focused(page: Page) -> str:
    return page.evaluate("document.activeElement.getAttribute('aria-label')") or ""


def edge(page: Page, one: str, other: str) -> Locator:
    return page.locator(f".network .edge[data-ends='{one}|{other}']")


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("of", ["country", "actor"])
def test_names_and_circles_of_300_pairs_do_not_lie_on_each_other(page: Page, width: int, of: str) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    opened(page, f"{NETWORK}&top=300&of={of}")
    page.locator(".network .node").first.wait_for()
    assert page.locator(".network .edge").count() > 250
    assert page.evaluate(OVERLAPS) == []
    assert page.locator(".network .labels text:not(.roomless)").count() >= 12
    found = list(circles(page).values())
    assert all(x - r > 0 and x + r < width and y - r > 0 for x, y, r in found)
    close = [(a, b) for a, b in combinations(found, 2) if hypot(a[0] - b[0], a[1] - b[1]) < a[2] + b[2]]
    assert close == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_axe_finds_nothing_serious(page: Page) -> None:
    """Not with all: of 300 pairs it takes minutes."""
    opened(page, f"{NETWORK}&top=25&of=actor")
    page.locator(".network .node").first.wait_for()
    assert faults(page) == []


def test_the_same_network_has_the_same_places(page: Page) -> None:
    seen = []
    for _ in range(2):
        opened(page, f"{NETWORK}&top=200")
        page.locator(".network .node").first.wait_for()
        seen.append(circles(page))
    assert seen[0] == seen[1]
    assert len(seen[0]) > 30


def test_the_strongest_pairs_are_shown_and_as_many_as_asked(page: Page) -> None:
    wanted = sorted(pairs(), key=lambda pair: (-pair[2], *sorted(pair[:2])))[:25]
    opened(page, f"{NETWORK}&top=25")
    page.locator(".network .node").first.wait_for()
    ends = page.locator(".network .edge").evaluate_all("edges => edges.map((edge) => edge.dataset.ends)")
    assert sorted(ends) == sorted("|".join(sorted(pair[:2])) for pair in wanted)
    page.get_by_label("Pairs").select_option("100")
    page.get_by_role("button", name="Show").click()
    page.wait_for_url("**top=100**")
    page.locator("caption", has_text="100 pairs").wait_for()
    assert page.locator(".network .edge").count() == 100


def test_lines_tell_score_and_number_as_the_table_does(page: Page) -> None:
    rows = page.request.get("/api/panel?by=dyad&wide=quad&score=true&undirected=true&query=USA <-> RUS").json()["rows"]
    (row,) = [one for one in rows if (one["country_a"], one["country_b"]) == ("RUS", "USA")]
    up, down, mean = row["Q1"] + row["Q2"], row["Q3"] + row["Q4"], row["score_mean"]
    opened(page, NETWORK)
    strong, weak = edge(page, "RUS", "USA"), edge(page, "JPN", "USA")
    strong.wait_for()
    told = f"{up} cooperation, {down} conflict, mean score {mean:.1f}".replace("-", "−")
    assert strong.get_attribute("aria-label") == f"Russia and the United States: {told}"
    shade = sum(mean > bound for bound in (-4, -1, 1, 4))
    assert f"l{shade}" in (strong.locator(".line").get_attribute("class") or "")
    widths = [float(one.locator(".line").get_attribute("stroke-width") or 0) for one in (strong, weak)]
    assert widths[0] > widths[1] > 0
    cells = page.locator("tbody tr", has_text="Russia – United States").locator("td").all_inner_texts()
    assert cells[:3] == [str(up + down), str(up), str(down)]


def test_circles_and_lines_are_reached_by_keyboard(page: Page) -> None:
    opened(page, NETWORK)
    page.locator(".network .node").first.wait_for()
    tab_to(page, ".network .node")
    assert focused(page).startswith("United States:"), "the one with most events"
    page.keyboard.press("ArrowRight")
    assert focused(page).startswith("Russia:")
    page.keyboard.press("ArrowDown")
    assert focused(page).startswith("Russia and the United States:")
    page.keyboard.press("ArrowRight")
    assert "Russia" in focused(page)
    assert not focused(page).startswith("Russia and the United States:")
    assert page.locator(".told").inner_text() == focused(page)
    assert edge(page, "RUS", "USA").evaluate("edge => getComputedStyle(edge).opacity") == "0.15", "others are dimmed"
    page.keyboard.press("ArrowUp")
    assert focused(page).startswith("Russia:")
    assert page.locator(".network [tabindex='0']").count() == 1
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/between/RUS/USA")
    page.get_by_role("heading", name="Russia and the United States", exact=True).wait_for()


def test_a_click_leads_to_the_two_within_the_period(page: Page) -> None:
    opened(page, f"{NETWORK}&at=2022")
    page.locator(".network .node[data-code=JPN]").click()
    page.wait_for_url("**/between/JPN?within=2022")
    opened(page, f"{NETWORK}&of=actor&within=2023")
    page.locator(".network .node[data-code='USA GOV']").click()
    page.wait_for_url("**/between/USA%20GOV?within=2023")
    page.get_by_role("heading", name="The United States (government) and all others").wait_for()


def test_a_period_is_chosen_and_nothing_jumps(page: Page) -> None:
    opened(page, f"{NETWORK}&by=year")
    page.locator(".network .node").first.wait_for()
    before = circles(page)
    page.get_by_role("slider").focus()
    page.keyboard.press("ArrowRight")
    page.locator("output", has_text="2021").wait_for()
    after = circles(page)
    assert after.keys() <= before.keys()
    assert {code: place[:2] for code, place in after.items()} == {code: before[code][:2] for code in after}
    assert "at=2021" in page.url
    assert "2021" in (page.locator("svg.network").get_attribute("aria-label") or "")


def test_it_is_played_to_its_end(page: Page) -> None:
    played(page, f"{NETWORK}&by=year", "2024")


def test_filters_stay_from_map_to_network_and_back(page: Page) -> None:
    opened(page, "/world?type=ASSAULT&by=month")
    page.get_by_role("link", name="Network").click()
    page.wait_for_url("**view=network**")
    page.locator(".network .node").first.wait_for()
    assert page.get_by_label("Type").input_value() == "ASSAULT"
    assert page.locator(".network .line:not(.l0)").count() == 0, "an assault is conflict"
    page.locator("select[name=of]").select_option("actor")
    page.get_by_role("button", name="Show").click()
    page.wait_for_url("**of=actor**")
    page.get_by_role("link", name="Map").click()
    page.wait_for_url("**/world?type=ASSAULT&by=month")
    page.locator("svg.map").wait_for()


def test_a_period_without_events_says_so(page: Page) -> None:
    opened(page, f"{NETWORK}&within=1999")
    page.locator("main p", has_text="No two countries").wait_for()
    opened(page, f"{NETWORK}&of=actor&within=1999")
    page.locator("main p", has_text="No two actors").wait_for()


def test_the_network_is_saved_as_it_is_shown(page: Page) -> None:
    opened(page, f"{NETWORK}&type=AID&at=2022")
    page.locator(".network .node").first.wait_for()
    shown = page.locator(".network .edge").count()
    root = ElementTree.fromstring(saved(page, "Save “Who deals with whom: countries” as SVG").read_bytes())
    said = json.loads(root.findtext("{http://www.w3.org/2000/svg}metadata") or "")
    assert said["query"] == "type:AID, 2022", "the period that is played to is part of what was asked"
    assert said["address"] == f"{NETWORK}&type=AID&at=2022"
    words = " ".join(one.text or "" for one in root.iter("{http://www.w3.org/2000/svg}text"))
    assert "United States" in words
    assert "mean score of the events" in words
    assert len(list(root.iter("{http://www.w3.org/2000/svg}line"))) == 2 * shown


def test_a_narrow_window_made_wide_is_drawn_anew(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 800})
    opened(page, NETWORK)
    page.locator(".network .node").first.wait_for()
    assert (page.locator("svg.network").bounding_box() or {})["width"] <= 390
    page.set_viewport_size({"width": 1440, "height": 900})
    page.wait_for_function("document.querySelector('svg.network').getBoundingClientRect().width > 1000")
    assert page.evaluate(OVERLAPS) == []
