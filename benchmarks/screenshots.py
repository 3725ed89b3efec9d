"""Pictures of the docs. In: the list ``SHOTS``; stories, or a store. Out: a WebP without loss of each view, some narrow or dark.

    python benchmarks/screenshots.py docs/pictures                      # codes samples and tests/stories first
    python benchmarks/screenshots.py docs/pictures --only world,audit   # some of them
    python benchmarks/screenshots.py docs/pictures --store events.duckdb

Needs chromium on this machine, playwright and pillow. Of tests/stories only those with odd numbers are shown: the others are held out.
What judges say in the audit's pictures is made up.
"""

from __future__ import annotations

import argparse
import io
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

import uvicorn
import yaml
from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from dragoman import Coder, asking, reporting
from dragoman.audit import Audit, draw
from dragoman.audit.lines import FIELDS, Judgement, Verdict
from dragoman.audit.report import html_report
from dragoman.serve import app_of
from dragoman.serve.auditing import Desk
from dragoman.serve.serving import listening
from dragoman.store import Store

ROOT = Path(__file__).resolve().parents[1]
STORIES, SAMPLES = ROOT / "tests" / "stories", ROOT / "samples"
WIDE, NARROW = (1440, 900), (390, 844)
MOST_BYTES = 1_500_000  # of all pictures together
DONE = "main:not([aria-busy]):not(:has([aria-busy])) h1"
TEXT = "TOKYO (Kyodo) - Japan's foreign minister condemned North Korea on Tuesday and promised South Korea help."
SAMPLE = 50
STEPS = 180_000  # ms until a step has failed


def nothing(page: Page) -> None:
    """Shown as it opens."""


def lit(page: Page) -> None:
    page.locator(".record").first.focus()
    page.evaluate("scrollTo(0, 0)")


def tried(page: Page) -> None:
    page.get_by_label("Text").fill(TEXT)
    page.get_by_label("Published").fill("2024-11-06")
    page.get_by_role("button", name="Code it").click()
    page.wait_for_selector(".record")


def opened(page: Page) -> None:
    page.wait_for_selector("input[name=type]:focus")


def promised(page: Page) -> None:
    page.get_by_role("heading", name="Promised and expected").evaluate("heading => heading.scrollIntoView()")


def drawing(page: Page) -> None:
    page.locator("figure").evaluate("figure => figure.scrollIntoView()")


def half_judged(page: Page) -> None:
    opened(page)
    for key in ("r", "r", "r", "w"):
        page.keyboard.press(key)
    page.evaluate("scrollTo(0, 0)")


@dataclass(frozen=True, slots=True)
class Shot:
    """A picture: its name, what is opened (of the room, or a file that ``main`` has made), and what is done there first."""

    name: str
    path: str
    act: Callable[[Page], None] = nothing
    size: tuple[int, int] = WIDE
    scheme: Literal["light", "dark"] = "light"


SHOTS = (
    Shot("events", "/"),
    Shot("story", "/story/a03", lit),
    Shot("story-narrow", "/story/a03", lit, NARROW),
    Shot("between", "/between/FRA?by=year"),
    Shot("world", "/world"),
    Shot("world-dark", "/world", scheme="dark"),
    Shot("network", "/world?view=network&of=actor"),
    Shot("network-narrow", "/world?view=network", drawing, NARROW),
    Shot("between-promises", "/between/FRA?by=year", promised),
    Shot("search", "/search?q=ceasefire"),
    Shot("try", "/try", tried),
    Shot("audit", "/audit", half_judged),
    Shot("audit-narrow", "/audit", opened, NARROW),
    Shot("audit-report", "audit.html"),
    Shot("report", "report.html"),
    Shot("report-dark", "report.html", size=NARROW, scheme="dark"),
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path)
    parser.add_argument("--store", type=Path)
    parser.add_argument("--between", default="FRA", help="whom the report is on")
    parser.add_argument("--only", default="", help="names of pictures, with commas")
    given = parser.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    names = [name for name in given.only.split(",") if name]
    with TemporaryDirectory() as made, sync_playwright() as playwright:
        folder = Path(made)
        store = given.store or coded(folder / "events.duckdb")
        audit = judged(store, folder / "audit.jsonl")
        (folder / "audit.html").write_text(html_report(audit), encoding="utf-8")
        reporting.report(store, given.between, None, 500, folder / "report.html")
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        with served(store, Desk(audit.path, "carla")) as room:
            for shot in SHOTS:
                if not names or shot.name in names:
                    take(browser, shot, room if shot.path.startswith("/") else f"{folder.as_uri()}/", given.out)
        browser.close()
    size = sum(file.stat().st_size for file in given.out.glob("*.webp"))
    print(f"{size / 1000:,.0f} kB in {given.out}")
    if size > MOST_BYTES:
        raise SystemExit(f"more than {MOST_BYTES:,} bytes: take fewer pictures")


def coded(store: Path) -> Path:
    """A store of the samples and of the stories that the tests show."""
    stories = [one for file in sorted(STORIES.glob("?.yaml")) for one in yaml.safe_load(file.read_text(encoding="utf-8"))]
    lines = [
        {"id": one["id"], "text": one["text"], "published": str(one["published"])} for one in stories if int(one["id"].strip("ab")) % 2
    ]
    for file in sorted(SAMPLES.glob("*.yaml")):
        published = yaml.safe_load(file.read_text(encoding="utf-8"))["published"]
        lines.append({"id": file.stem, "text": file.with_suffix(".txt").read_text(encoding="utf-8"), "published": str(published)})
    coder = Coder()
    with Store(store) as made:
        made.add((coder.code(line), line["text"]) for line in lines)
    return store


def judged(store: Path, file: Path) -> Audit:
    """An audit of which two judges have done a part; what they say is made up, and the same each time."""
    with asking.opened(store) as there:
        draw(there, file, SAMPLE, "type")
    audit = Audit(file)
    for judge, differs in (("anna", SAMPLE), ("ben", 7)):
        for place, item in enumerate(list(audit.items)[: SAMPLE - 10]):
            wrong = FIELDS[place // 3 % len(FIELDS)] if place % 3 == 0 or place % differs == differs - 1 else None
            said = {name: Verdict(verdict="wrong" if name == wrong else "right") for name in FIELDS}
            audit.add(Judgement(judge=judge, item=item, fields=said))
    return audit


@contextmanager
def served(store: Path, desk: Desk) -> Iterator[str]:
    with listening("127.0.0.1", 0) as listener:
        server = uvicorn.Server(uvicorn.Config(app_of(store, desk=desk), log_level="error"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join()


def take(browser: Browser, shot: Shot, base: str, out: Path) -> None:
    """A picture of what is seen first."""
    width, height = shot.size
    page = browser.new_page(viewport={"width": width, "height": height}, color_scheme=shot.scheme, reduced_motion="reduce")
    page.set_default_timeout(STEPS)
    page.goto(base + shot.path)
    page.wait_for_selector(DONE if shot.path.startswith("/") else "h1")
    shot.act(page)
    with Image.open(io.BytesIO(page.screenshot())) as seen:
        seen.convert("RGB").save(out / f"{shot.name}.webp", lossless=True, quality=100, method=6)
    page.close()


if __name__ == "__main__":
    main()
