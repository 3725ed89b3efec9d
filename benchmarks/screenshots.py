"""Pictures of the reading room. In: a store, a folder. Out: a PNG of each view, wide and light, and some narrow or dark.

python benchmarks/screenshots.py events.duckdb docs/pictures --between RUS,UKR --story a03 --words ceasefire
"""

from __future__ import annotations

import argparse
import io
import shutil
import threading
from pathlib import Path
from urllib.parse import quote

import uvicorn
from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from dragoman.serve import app_of
from dragoman.serve.serving import listening

WIDE, NARROW = (1440, 900), (390, 844)
COLOURS = 64
DONE = "main:not([aria-busy]) h1"
TEXT = "TOKYO (Kyodo) - Japan's foreign minister condemned North Korea on Tuesday and promised South Korea help."


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("store", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--between", default="RUS,UKR")
    parser.add_argument("--story", required=True)
    parser.add_argument("--words", default="ceasefire")
    given = parser.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    story, between = f"/story/{quote(given.story, safe='')}", f"/between/{given.between.replace(',', '/')}?by=year"
    views = {
        "events": "/",
        "story": story,
        "between": between,
        "world": "/world",
        "search": f"/search?q={quote(given.words)}",
        "try": "/try",
    }
    with listening("127.0.0.1", 0) as listener, sync_playwright() as playwright:
        server = uvicorn.Server(uvicorn.Config(app_of(given.store), log_level="error"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        room = f"http://127.0.0.1:{listener.getsockname()[1]}"
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        try:
            for name, path in views.items():
                take(browser, room, path, given.out / f"{name}.png", WIDE, "light")
            take(browser, room, story, given.out / "story-narrow.png", NARROW, "light")
            take(browser, room, "/world", given.out / "world-dark.png", WIDE, "dark")
            take(browser, room, between, given.out / "between-dark.png", WIDE, "dark")
        finally:
            browser.close()
            server.should_exit = True
            thread.join()


def take(browser: Browser, room: str, path: str, file: Path, size: tuple[int, int], scheme: str) -> None:
    """A picture of what is seen first, in few colours."""
    viewport = {"width": size[0], "height": size[1]}
    page = browser.new_page(base_url=room, viewport=viewport, color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
    page.goto(path)
    page.wait_for_selector(DONE)
    if path == "/try":
        page.get_by_label("Text").fill(TEXT)
        page.get_by_label("Published").fill("2024-11-06")
        page.get_by_role("button", name="Code it").click()
        page.wait_for_selector(".record", timeout=60_000)
    elif path.startswith("/story/"):
        page.locator(".record").first.hover()
    picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    picture.save(file, optimize=True)
    page.close()


if __name__ == "__main__":
    main()
