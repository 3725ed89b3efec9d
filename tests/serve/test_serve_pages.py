"""The reading room's pages in a real browser: each width, dark and light, by keyboard, with nothing asked of another machine."""

from __future__ import annotations

import csv
import json
import struct
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote
from xml.etree import ElementTree

import pytest
from looking import WIDTHS, faults, opened, played, saved, tab_to
from room import ODD, SCRIPT, TEXT, made_store, served

from dragoman.store import Store

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

STORY = f"/story/{quote(ODD, safe='')}"
VIEWS = ["/", "/?query=nonsense", STORY, "/between", "/between/FRA", "/between/FRA/DEU", "/between/FRA GOV/DEU"]
VIEWS += ["/world", "/world?view=network", "/world?view=network&of=actor", "/search", "/search?q=report", "/try"]


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served(made_store(tmp_path_factory.mktemp("room") / "events.duckdb")) as address:
        yield address


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
    opened(page, path)
    assert faults(page) == []


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
    for path in ("/world?query=nonsense", "/world?view=network&within=never", "/between/FRA?within=never", "/search?facet=nothing:x"):
        opened(page, path)
        page.get_by_role("alert").wait_for()
        assert page.locator("form.ask button").is_visible(), "the question can be put right"


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


def test_a_chart_is_saved_with_its_query_and_version(page: Page, room: str) -> None:
    opened(page, "/between/RUS/UKR?by=year")
    version = page.request.get("/api/about").json()["version"]
    svg = saved(page, "Save “Russia and Ukraine: events by year” as SVG")
    assert svg.name == f"russia-and-ukraine-events-by-year_{version}.svg"
    root = ElementTree.fromstring(svg.read_bytes())
    said = json.loads(root.findtext("{http://www.w3.org/2000/svg}metadata") or "")
    assert (said["query"], said["data"]) == ("RUS <-> UKR", version)
    colours = {one.get("fill") for one in root.iter("{http://www.w3.org/2000/svg}rect")}
    assert len(colours) > 1, "styles are written into the file"
    assert not [one for one in root.iter() if one.get("class") or one.get("href")]
    written = " ".join(one.text or "" for one in root.iter("{http://www.w3.org/2000/svg}text"))
    for words in ("Russia and Ukraine: events by year", "number of events by year", "material conflict", "RUS <-> UKR", version):
        assert words in written, "title, units, key and source can be read in the picture"
    png = saved(page, "Save “Russia and Ukraine: events by year” as PNG")
    assert version in png.name
    words = texts_of(png.read_bytes())
    assert (words["dragoman.query"], words["dragoman.data"]) == ("RUS <-> UKR", version)
    assert words["Title"] == "Russia and Ukraine: events by year"
    assert words["Source"].endswith("/between/RUS/UKR?by=year")


def texts_of(png: bytes) -> dict[str, str]:
    """The words in the chunks of a PNG, whose checksums must be right."""
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    at, found = 8, {}
    while at < len(png):
        (size,) = struct.unpack(">I", png[at : at + 4])
        kind, body = png[at + 4 : at + 8], png[at + 8 : at + 8 + size]
        assert struct.unpack(">I", png[at + 8 + size : at + 12 + size]) == (zlib.crc32(kind + body),)
        if kind == b"tEXt":
            keyword, _, text = body.partition(b"\0")
            found[keyword.decode("latin-1")] = text.decode("latin-1")
        elif kind == b"iTXt":
            keyword, _, text = body.partition(b"\0\0\0\0\0")
            found[keyword.decode("latin-1")] = text.decode()
        at += 12 + size
    return found


def test_words_beyond_latin_1_are_in_the_picture_too(page: Page) -> None:
    opened(page, "/world?query=France+or+C%C3%B4te+d%27Ivoire+or+USA&within=2023")
    words = texts_of(saved(page, "Save “Cooperation and conflict between countries” as PNG").read_bytes())
    assert words["dragoman.query"] == "France or Côte d'Ivoire or USA, 2023"
    made = page.evaluate("""async () => {
        const { withText } = await import("/static/png.js");
        const drawn = await new Promise((done) => document.createElement("canvas").toBlob(done));
        const png = new Uint8Array(await drawn.arrayBuffer());
        return [...new Uint8Array(await withText(png, { Title: "Київ – Москва" }).arrayBuffer())];
    }""")
    assert texts_of(bytes(made)) == {"Title": "Київ – Москва"}


def test_the_map_has_the_numbers_of_its_table(page: Page) -> None:
    opened(page, "/world")
    row = page.locator("tbody tr", has_text="Russia – Ukraine")
    assert row.locator("td").all_inner_texts()[:3] == ["12", "0", "12"]
    assert page.locator("svg.map path.land.s0 title", has_text="Ukraine: ").count() == 0, "Ukraine is attacked and helped"
    assert "0 cooperation, 12 conflict" in (page.locator("svg.map .pair title", has_text="Russia and Ukraine").text_content() or "")
    row.get_by_role("link").click()
    page.wait_for_url("**/between/RUS/UKR")
    page.get_by_role("heading", name="Russia and Ukraine", exact=True).wait_for()


def test_the_map_is_moved_through_time_by_keyboard(page: Page) -> None:
    opened(page, "/world?by=year")
    page.get_by_role("slider").focus()
    page.keyboard.press("ArrowRight")
    page.locator("output", has_text="2023").wait_for()
    assert page.locator("tbody tr", has_text="Russia – Ukraine").locator("td").first.inner_text() == "6"
    assert "at=2023" in page.url
    page.reload()
    page.locator("output", has_text="2023").wait_for()


def test_the_map_is_played_to_its_end(page: Page) -> None:
    played(page, "/world?by=year", "2024")


def test_filters_of_the_map_are_in_its_address(page: Page) -> None:
    opened(page, "/world")
    page.get_by_label("Type").select_option("AID")
    page.get_by_role("button", name="Show").click()
    page.wait_for_url("**type=AID**")
    page.locator("caption", has_text="The 1 pair").wait_for()


def test_lists_between_two_are_saved(page: Page) -> None:
    """Statements, relations and promises, each as it is listed."""
    opened(page, "/between/FRA/DEU")
    assert page.get_by_role("heading", level=1).inner_text() == "France and Germany"
    for title, path in (("Standing relations", "relations"), ("Promised and expected", "expectations")):
        with page.expect_download() as download:
            page.get_by_role("link", name=f"Save “{title}” as CSV").click()
        assert download.value.suggested_filename.startswith(f"{path}-fra-deu_")
        with Path(download.value.path()).open(encoding="utf-8", newline="") as file:
            assert len(list(csv.DictReader(file))) == page.locator("section", has_text=title).locator("li").count() == 1
    with page.expect_download() as download:
        page.get_by_role("link", name="Save counts of “France and Germany: events by type” as CSV").click()
    assert Path(download.value.path()).read_text(encoding="utf-8").splitlines() == ["type,quad,events", "CONSULT,1,12"]
    opened(page, "/between/FRA/IRN")
    with page.expect_download() as download:
        page.get_by_role("link", name="Save “France on Iran” as CSV").click()
    assert SCRIPT in Path(download.value.path()).read_text(encoding="utf-8")


@pytest.mark.parametrize("asked", ["Japan", "japan", "JPN", "jpn"])
def test_a_country_is_asked_for_by_name_or_code(page: Page, asked: str) -> None:
    opened(page, "/between")
    page.get_by_label("One").fill(asked)
    page.get_by_label("Other").fill("the United States")
    page.keyboard.press("Enter")
    page.wait_for_url("**/between/JPN/USA")
    page.get_by_role("heading", name="Japan and the United States", exact=True).wait_for()
    page.get_by_label("Other").fill("Japan (government)")
    page.get_by_label("One").fill("RUS MIL")
    page.keyboard.press("Enter")
    page.wait_for_url("**/between/RUS%20MIL/JPN%20GOV")
    page.get_by_role("heading", name="Russia (military) and Japan (government)").wait_for()


@pytest.mark.parametrize("unit", ["week", "quarter"])
def test_a_week_or_quarter_is_chosen_by_its_days(page: Page, unit: str) -> None:
    """The 30th of December 2024 would be in the first week of 2025; these events lie on days of 2023 and 2024."""
    opened(page, f"/between/RUS/UKR?by={unit}")
    column = page.locator("svg.timeline a", has_text="1 material conflict").first
    column.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**period=**")
    page.get_by_role("link", name="Not only").wait_for()
    assert page.locator("table.cards tbody tr").count() >= 1
    assert page.locator("svg.timeline a[aria-current]").count() == 1


def test_an_empty_store_says_how_to_fill_it(page: Page, browser: Browser, tmp_path: Path) -> None:
    with Store(tmp_path / "empty.duckdb"):
        pass
    with served(tmp_path / "empty.duckdb") as address:
        for path in ("/", "/world", "/world?view=network", "/between/FRA/DEU", "/search?q=x"):
            empty = browser.new_page(base_url=address)
            opened(empty, path)
            assert "dragoman code" in (empty.get_by_role("status").first.text_content() or "")
            assert empty.locator("svg").count() == 0
            empty.close()


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


def test_an_actor_without_a_sector_says_what_it_opens(page: Page) -> None:
    opened(page, "/world?view=network&of=actor")
    node = page.locator(".network .node[data-code='UKR']")
    assert (node.get_attribute("aria-label") or "").endswith("no sector told, opens Ukraine as a whole")
    assert "opens" not in (page.locator(".network .node[data-code='USA GOV']").get_attribute("aria-label") or "")
