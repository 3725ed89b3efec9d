"""Pages that need no server, in a real browser and from a file: the report on two actors, the report of an audit."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from room import SCRIPT, made_store

from dragoman import asking, reporting
from dragoman.audit import Audit, draw
from dragoman.audit.lines import FIELDS, Judgement, Verdict
from dragoman.audit.report import html_report

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

PAGES = ("pair.html", "alone.html", "nobody.html", "audit.html")
WIDTHS = (390, 768, 1440)
STEPS = 120_000  # ms until a step has failed, also on a machine that does much else


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("without")
    store = made_store(folder / "events.duckdb")
    for name, sides in zip(PAGES, ("FRA,IRN", "FRA", "PER,BOL"), strict=False):
        reporting.report(store, sides, None, 100, folder / name)
    with asking.opened(store) as there:
        draw(there, folder / "audit.jsonl", size=20, by="type", stories=2)
    audit = Audit(folder / "audit.jsonl")
    for judge in ("anna", f"ben {SCRIPT}"):
        for place, item in enumerate(audit.items):
            verdict = Verdict(verdict="wrong" if place % 4 == 0 else "right")
            audit.add(Judgement(judge=judge, item=item, fields=dict.fromkeys(FIELDS, verdict)))
    (folder / "audit.html").write_text(html_report(audit), encoding="utf-8")
    return folder


@pytest.fixture
def page(browser: Browser, folder: Path) -> Iterator[Page]:
    """A page that asks nobody for anything."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    context.set_default_timeout(STEPS)
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    yield page
    context.close()
    assert {one for one in asked if not one.startswith(folder.as_uri())} == set()


@pytest.mark.parametrize("name", PAGES)
def test_no_page_is_wider_than_its_window(page: Page, folder: Path, name: str) -> None:
    page.goto(f"{folder.as_uri()}/{name}")
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width, width
    assert page.title() != "owned"
    assert page.locator("script").count() == 0


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious(page: Page, folder: Path, name: str, scheme: str) -> None:
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto(f"{folder.as_uri()}/{name}")
    page.evaluate((files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8"))
    found = page.evaluate("axe.run({ resultTypes: ['violations'] })")["violations"]
    assert [(one["id"], one["nodes"][0]["html"][:200]) for one in found if one["impact"] in ("serious", "critical")] == []


def test_dark_is_dark_and_paper_is_white(page: Page, folder: Path) -> None:
    page.goto(f"{folder.as_uri()}/pair.html")
    ground = "getComputedStyle(document.querySelector('figure svg > rect')).fill + getComputedStyle(document.body).backgroundColor"
    grounds = {  # of the picture, a card as in the reading room, and of the page
        ("screen", "light"): "rgb(255, 255, 255)rgb(251, 250, 247)",
        ("screen", "dark"): "rgb(32, 30, 28)rgb(23, 22, 20)",
        ("print", "dark"): "rgb(255, 255, 255)rgb(255, 255, 255)",
    }
    for (media, scheme), found in grounds.items():
        page.emulate_media(media=media, color_scheme=scheme)  # type: ignore[arg-type]
        assert page.evaluate(ground) == found, (media, scheme)


def test_what_looks_like_a_script_is_text(page: Page, folder: Path) -> None:
    page.goto(f"{folder.as_uri()}/alone.html")
    words = page.locator("body").text_content() or ""
    assert f"Iran {SCRIPT} must stop" in words
    assert f"France {SCRIPT} condemns" in words
    page.goto(f"{folder.as_uri()}/audit.html")
    assert f"ben {SCRIPT}" in (page.locator("body").text_content() or "")


def test_parts_are_reached_by_keyboard(page: Page, folder: Path) -> None:
    page.goto(f"{folder.as_uri()}/pair.html")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('nav') !== null")
    page.keyboard.press("Enter")
    assert page.url.endswith("#s0")
