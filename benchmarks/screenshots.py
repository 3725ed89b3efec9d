"""Pictures of the reading room. In: stories, or a store. Out: a PNG of each view, some of them narrow or dark.

    python benchmarks/screenshots.py docs/pictures                                            # codes tests/stories first
    python benchmarks/screenshots.py docs/pictures --store events.duckdb --story 1469eac2 --between RUS/UKR

Needs chromium on this machine, playwright and pillow.
"""

from __future__ import annotations

import argparse
import io
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal
from urllib.parse import quote

import uvicorn
import yaml
from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from dragoman import Coder
from dragoman.serve import app_of
from dragoman.serve.serving import listening
from dragoman.store import Store

STORIES = Path(__file__).resolve().parents[1] / "tests" / "stories"
WIDE, NARROW = (1440, 900), (390, 844)
COLOURS = 128
DONE = "main:not([aria-busy]) h1"
TEXT = "TOKYO (Kyodo) - Japan's foreign minister condemned North Korea on Tuesday and promised South Korea help."


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path)
    parser.add_argument("--store", type=Path)
    parser.add_argument("--story", default="a03")
    parser.add_argument("--between", default="FRA")
    parser.add_argument("--words", default="ceasefire")
    given = parser.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    story, between = f"/story/{quote(given.story, safe='')}", f"/between/{given.between}?by=year"
    views = {
        "events": "/",
        "story": story,
        "between": between,
        "world": "/world",
        "search": f"/search?q={quote(given.words)}",
        "try": "/try",
    }
    with TemporaryDirectory() as folder, sync_playwright() as playwright:
        store = given.store or coded(Path(folder) / "stories.duckdb")
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        with served(store) as room:
            for name, path in views.items():
                take(browser, room, path, given.out / f"{name}.png", WIDE, "light")
            take(browser, room, story, given.out / "story-narrow.png", NARROW, "light")
            take(browser, room, "/world", given.out / "world-dark.png", WIDE, "dark")
        browser.close()


def coded(store: Path) -> Path:
    """A store of the stories that the tests have."""
    coder = Coder()
    stories = [one for file in sorted(STORIES.glob("?.yaml")) for one in yaml.safe_load(file.read_text(encoding="utf-8"))]
    with Store(store) as made:
        lines = [{"id": one["id"], "text": one["text"], "published": str(one["published"])} for one in stories]
        made.add((coder.code(line), line["text"]) for line in lines)
    return store


@contextmanager
def served(store: Path) -> Iterator[str]:
    with listening("127.0.0.1", 0) as listener:
        server = uvicorn.Server(uvicorn.Config(app_of(store), log_level="error"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join()


def take(browser: Browser, room: str, path: str, file: Path, size: tuple[int, int], scheme: Literal["light", "dark"]) -> None:
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
        page.locator(".record").first.focus()
        page.evaluate("scrollTo(0, 0)")
    picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    picture.save(file, optimize=True)
    page.close()


if __name__ == "__main__":
    main()
