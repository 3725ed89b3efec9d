"""The reading room's pages in a real browser: each width, dark and light, by keyboard, with nothing asked of another machine."""

from __future__ import annotations

import json
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote
from xml.etree import ElementTree

import pytest
from room import ODD, SCRIPT, TEXT, made_store, served

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

STORY = f"/story/{quote(ODD, safe='')}"
VIEWS = ["/", "/?query=nonsense", STORY, "/between", "/between/FRA", "/between/FRA/DEU", "/world", "/search", "/search?q=report", "/try"]
WIDTHS = [390, 768, 1440]
DONE = "main:not([aria-busy]) h1"


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served(made_store(tmp_path_factory.mktemp("room") / "events.duckdb")) as address:
        yield address


@pytest.fixture
def page(browser: Browser, room: str) -> Iterator[Page]:
    """A page that may ask nobody but this server, and has nothing to complain of."""
    context = browser.new_context(base_url=room, viewport={"width": 1440, "height": 900}, reduced_motion="reduce")
    page = context.new_page()
    complaints: list[str] = []
    page.on("request", lambda asked: None if asked.url.startswith((room, "data:", "blob:")) else complaints.append(f"asked {asked.url}"))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda line: complaints.append(line.text) if line.type == "error" and "status of 4" not in line.text else None)
    yield page
    context.close()
    assert complaints == []


def opened(page: Page, path: str) -> Page:
    page.goto(path)
    page.wait_for_selector(DONE)
    return page


def lit(page: Page, inside: str) -> str:
    """The words that are lit in a part of the page."""
    return "".join(page.locator(f"{inside}.lit, {inside} .lit").evaluate_all("lit => lit.map(one => one.textContent)"))


@pytest.mark.parametrize("path", VIEWS)
def test_no_view_is_wider_than_its_window(page: Page, path: str) -> None:
    opened(page, path)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width, width


@pytest.mark.parametrize("path", VIEWS)
def test_axe_finds_nothing_serious(page: Page, path: str) -> None:
    axe = files("axe_playwright_python") / "axe.min.js"
    opened(page, path)
    page.evaluate(axe.read_text(encoding="utf-8"))
    assert serious(page.evaluate("axe.run({ resultTypes: ['violations'] })")) == []
    page.emulate_media(color_scheme="dark")
    assert serious(page.evaluate("axe.run({ resultTypes: ['violations'], runOnly: ['color-contrast'] })")) == []


def serious(found: dict[str, Any]) -> list[tuple[str, str]]:
    grave = [one for one in found["violations"] if one["impact"] in ("serious", "critical")]
    return [(one["id"], node["html"][:200]) for one in grave for node in one["nodes"]]


def test_dark_is_dark(page: Page) -> None:
    opened(page, "/")
    shades = []
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        shades.append([page.evaluate(f"getComputedStyle(document.body).{name}") for name in ("backgroundColor", "color")])
    assert luminance(shades[0][0]) > 200 > 80 > luminance(shades[0][1])
    assert luminance(shades[1][0]) < 80 < 200 < luminance(shades[1][1])


def luminance(colour: str) -> float:
    return sum(float(part) for part in colour.removeprefix("rgb(").rstrip(")").split(",")[:3]) / 3


def test_pointing_at_a_record_lights_its_words(page: Page) -> None:
    opened(page, STORY)
    page.locator(".record", has_text="ACCUSE").hover()
    words = lit(page, ".text")
    assert "condemned" in words
    assert "Iran" in words
    assert "promised" not in words
    page.locator(".record", has_text="AID").hover()
    assert "promised" in lit(page, ".text")
    assert "condemned" not in lit(page, ".text")


def test_pointing_at_words_lights_their_records(page: Page) -> None:
    opened(page, STORY)
    page.locator(".text mark", has_text="condemned").hover()
    assert "ACCUSE" in lit(page, ".record")
    assert "AID" not in lit(page, ".record")
    page.locator(".text mark", has_text="must stop").hover()
    assert "must stop" in lit(page, ".record")


def test_marks_stand_at_their_words_behind_characters_of_two_units(page: Page) -> None:
    opened(page, STORY)
    assert page.locator(".text mark.event").first.text_content() == "condemned"
    assert page.locator(".text").evaluate("text => [...text.querySelectorAll('[data-start]')].map(one => one.textContent).join('')") == TEXT


def test_a_record_is_reached_and_its_words_lit_by_keyboard(page: Page) -> None:
    opened(page, "/")
    tab_to(page, "td a")
    page.keyboard.press("Enter")
    page.wait_for_selector(".record")
    tab_to(page, ".record")
    page.keyboard.press("Enter")
    assert lit(page, ".text")
    card = page.evaluate("document.activeElement.textContent")
    assert lit(page, ".record") == card


def test_from_words_to_a_record_by_keyboard(page: Page) -> None:
    opened(page, STORY)
    tab_to(page, ".text .label")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.matches('.record.lit')")


def tab_to(page: Page, selector: str, most: int = 40) -> None:
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"no {selector} within {most} tabs")


def test_what_looks_like_a_script_is_text(page: Page) -> None:
    for path in (STORY, "/?query=ACCUSE", "/search?q=condemns", "/between/FRA/IRN"):
        opened(page, path)
        assert SCRIPT in (page.locator("main").text_content() or ""), path
        assert page.locator("main script, main b:text('Times')").count() == 0
        assert "owned" not in page.title() or "<script>" in page.title()
    opened(page, STORY)
    assert page.locator("a[href^='javascript:']").count() == 0


def test_an_address_is_a_view(page: Page) -> None:
    opened(page, "/")
    page.get_by_label("Ask").fill("RUS -> UKR")
    page.keyboard.press("Enter")
    page.wait_for_url("**/?query=RUS+-%3E+UKR")
    page.locator("main p", has_text="12 events").wait_for()
    assert page.locator("tbody tr").count() == 12
    page.go_back()
    page.locator("main p", has_text="61 events").wait_for()
    assert page.locator("tbody tr").count() == 50


def test_errors_are_shown_in_the_servers_words(page: Page) -> None:
    opened(page, "/?query=nonsense")
    assert "nonsense" in (page.get_by_role("alert").text_content() or "")
    opened(page, "/story/none")
    assert "none" in (page.get_by_role("alert").text_content() or "")


def test_a_store_is_served_that_another_reads(tmp_path: Path) -> None:
    """Two servers at once, as two windows of the command."""
    store = made_store(tmp_path / "events.duckdb")
    with served(store) as one, served(store) as other:
        assert one != other


def test_search_marks_what_it_found_and_narrows_down(page: Page) -> None:
    opened(page, "/search?q=report")
    page.locator("main p", has_text="60 articles").wait_for()
    assert page.locator(".hits mark.hit").first.text_content() == "Report"
    page.get_by_role("complementary").get_by_role("link", name="ASSAULT").click()
    page.locator("main p", has_text="12 articles").wait_for()
    assert "facet=type%3AASSAULT" in page.url
    page.get_by_role("link", name="Without type:ASSAULT").click()
    page.locator("main p", has_text="60 articles").wait_for()
    page.get_by_role("link", name="Statements").click()
    page.locator("main p", has_text="0 statements").wait_for()


def saved(page: Page, button: str) -> Path:
    """The file that a button saves."""
    with page.expect_download() as download:
        page.get_by_role("button", name=button).click()
    found = Path(download.value.path())
    return found.rename(found.with_name(download.value.suggested_filename))


def test_a_chart_is_saved_with_its_query_and_version(page: Page, room: str) -> None:
    opened(page, "/between/RUS/UKR?by=year")
    version = page.request.get("/api/about").json()["version"]
    svg = saved(page, "Save “RUS and UKR: events by year” as SVG")
    assert svg.name == f"rus-and-ukr-events-by-year_{version}.svg"
    root = ElementTree.fromstring(svg.read_bytes())
    said = json.loads(root.findtext("{http://www.w3.org/2000/svg}metadata") or "")
    assert (said["query"], said["data"]) == ("RUS <-> UKR", version)
    colours = {one.get("fill") for one in root.iter("{http://www.w3.org/2000/svg}rect")}
    assert len(colours) > 1, "styles are written into the file"
    assert not [one for one in root.iter() if one.get("class") or one.get("href")]
    png = saved(page, "Save “RUS and UKR: events by year” as PNG")
    assert png.read_bytes()[:8] == b"\x89PNG\r\n\x1a\n"
    assert version in png.name


def test_the_map_has_the_numbers_of_its_table(page: Page) -> None:
    opened(page, "/world")
    row = page.locator("tbody tr", has_text="RUS – UKR")
    assert row.locator("td").all_inner_texts()[1:4] == ["12", "0", "12"]
    assert page.locator("svg.map path.land.s0 title", has_text="UKR: ").count() == 0, "Ukraine is attacked and helped"
    assert "0 cooperation, 12 conflict" in (page.locator("svg.map .pair title", has_text="RUS and UKR").text_content() or "")
    row.get_by_role("link").click()
    page.wait_for_url("**/between/RUS/UKR")


def test_the_map_is_moved_through_time_by_keyboard(page: Page) -> None:
    opened(page, "/world?by=year")
    page.get_by_role("slider").focus()
    page.keyboard.press("ArrowRight")
    page.locator("output", has_text="2023").wait_for()
    assert page.locator("tbody tr", has_text="RUS – UKR").locator("td").nth(1).inner_text() == "6"
    assert "at=2023" in page.url
    page.reload()
    page.locator("output", has_text="2023").wait_for()


def test_the_map_is_played_to_its_end(page: Page) -> None:
    page.clock.install()
    opened(page, "/world?by=year")
    page.get_by_role("button", name="Play").click()
    page.clock.run_for(10_000)
    page.locator("output", has_text="2024").wait_for()
    page.get_by_role("button", name="Play").wait_for()


def test_filters_of_the_map_are_in_its_address(page: Page) -> None:
    opened(page, "/world")
    page.get_by_label("Type").select_option("AID")
    page.get_by_role("button", name="Show").click()
    page.wait_for_url("**type=AID**")
    page.locator("caption", has_text="The 1 pair").wait_for()


def test_drawing_across_the_timeline_zooms(page: Page) -> None:
    opened(page, "/between/RUS/UKR")
    box = page.locator("svg.timeline").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] * 0.3, box["y"] + 40)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.5, box["y"] + 60, steps=4)
    page.mouse.up()
    page.wait_for_url("**within=2023-**..2023-**")
    page.get_by_role("link", name="Not within").wait_for()
    rows = page.locator("tbody tr").count()
    assert 0 < rows < 12


def test_a_column_of_the_timeline_chooses_its_events(page: Page) -> None:
    opened(page, "/between/RUS/UKR?by=year")
    page.get_by_role("link", name="2024: 6 material conflict").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**period=2024")
    page.get_by_role("link", name="Not only 2024").wait_for()
    assert page.locator("tbody tr").count() == 6
