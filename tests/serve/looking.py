"""What the tests of pages do in the browser."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Page

WIDTHS = [390, 768, 1440]
DONE = "main:not([aria-busy]) h1"


def opened(page: Page, path: str) -> Page:
    page.goto(path)
    page.wait_for_selector(DONE)
    return page


def faults(page: Page) -> list[tuple[str, str]]:
    """What axe finds that is serious, in light and, of contrast, in the dark."""
    axe = files("axe_playwright_python") / "axe.min.js"
    page.evaluate(axe.read_text(encoding="utf-8"))
    found = serious(page.evaluate("axe.run({ resultTypes: ['violations'] })"))
    page.emulate_media(color_scheme="dark")
    return found + serious(page.evaluate("axe.run({ resultTypes: ['violations'], runOnly: ['color-contrast'] })"))


def serious(found: dict[str, Any]) -> list[tuple[str, str]]:
    grave = [one for one in found["violations"] if one["impact"] in ("serious", "critical")]
    return [(one["id"], node["html"][:200]) for one in grave for node in one["nodes"]]


def played(page: Page, path: str, last: str) -> None:
    """Plays what is told by year until its last one, in a page whose clock runs as it is told; then it may be played again."""
    page.clock.install()
    opened(page, path)
    page.get_by_role("button", name="Play").click()
    page.clock.run_for(10_000)
    page.locator("output", has_text=last).wait_for()
    page.get_by_role("button", name="Play").wait_for()


def tab_to(page: Page, selector: str, most: int = 40) -> None:
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"no {selector} within {most} tabs")


def saved(page: Page, button: str) -> Path:
    """The file that a button saves."""
    with page.expect_download() as download:
        page.get_by_role("button", name=button).click()
    found = Path(download.value.path())
    return found.rename(found.with_name(download.value.suggested_filename))
