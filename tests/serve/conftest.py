"""The browser that pages are tried in: Debian's chromium. Without one they are skipped, unless DRAGOMAN_BROWSER=required."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
REQUIRED = os.environ.get("DRAGOMAN_BROWSER") == "required"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None and not REQUIRED:
        pytest.skip("no chromium on this machine (apt-get install chromium): pages are not tried")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-dev-shm-usage"])
        yield running
        running.close()


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
