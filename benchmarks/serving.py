"""How the reading room bears many at once, and how soon its pages are there: stores made as in store.py, a server in a process of its own.

    python benchmarks/serving.py                     # 200 requests at once on 200,000 events, then first paints on a million
    python benchmarks/serving.py --events 50000 --pages-events 0

In: sizes of stores. Out: errors and times of 200 requests at once (median, 95th of a hundred, longest), whether a writer is refused
meanwhile, seconds until the server answers; milliseconds until each page shows its heading in chromium, where there is one.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import httpx

from dragoman.errors import DragomanError
from dragoman.store import Store
from store import fill

AT_ONCE = 200
QUESTIONS = (
    "/api/about",
    "/api/events?query=JPN -> USA",
    "/api/events?query=USA <-> CHN, Q4&limit=100",
    "/api/events/count?query=RUS MIL -> UKR",
    "/api/panel?by=dyad,year&query=JPN <-> USA&wide=quad",
    "/api/statements?speaker=JPN",
    "/api/articles",
    "/",
)
PAGES = ("/", "/between/JPN/USA", "/world", "/search", "/try", "/story/{}")
PORT = 8499
FIRST_PAINT = "performance.getEntriesByType('paint')[0]?.startTime ?? -1"


@contextmanager
def served(store: Path) -> Iterator[str]:
    """The address of a server on a store; how long it took to answer is printed."""
    began = time.perf_counter()
    command = [sys.executable, "-m", "dragoman", "serve", str(store), "--port", str(PORT), "--quiet"]
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{PORT}"
    try:
        while True:
            try:
                httpx.get(f"{address}/api/codebook")
                break
            except httpx.TransportError:
                time.sleep(0.02)
        print(
            f"the server answers after {time.perf_counter() - began:.1f} s, {processor_seconds(process.pid):.2f} s of them of a processor"
        )
        yield address
    finally:
        process.terminate()
        process.wait()


def processor_seconds(process: int) -> float:
    """Of a process that is running, on Linux; unlike the clock's it does not depend on what else the machine does."""
    fields = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def asked_at_once(address: str, store: Path) -> None:
    def ask(number: int) -> tuple[float, int]:
        began = time.perf_counter()
        answer = client.get(address + QUESTIONS[number % len(QUESTIONS)])
        return time.perf_counter() - began, answer.status_code

    with httpx.Client(timeout=60, limits=httpx.Limits(max_connections=AT_ONCE)) as client, ThreadPoolExecutor(AT_ONCE) as threads:
        for question in QUESTIONS:
            client.get(address + question)
        waiting = threads.map(ask, range(AT_ONCE))
        refused = is_refused(store)
        found = list(waiting)
    seconds = sorted(one for one, _ in found)
    errors = Counter(status for _, status in found if status != 200)
    at95 = seconds[int(0.95 * len(seconds)) - 1]
    told = f"median {statistics.median(seconds):.3f} s, 95 of 100 under {at95:.3f} s, longest {seconds[-1]:.3f} s"
    print(f"{AT_ONCE} at once: {sum(errors.values())} errors {dict(errors) or ''}; {told}")
    print("a writer meanwhile is", "refused" if refused else "NOT REFUSED")


def is_refused(store: Path) -> bool:
    try:
        Store(store).close()
    except DragomanError:
        return True
    return False


def painted(address: str) -> None:
    """Milliseconds until a page paints first, and until its heading is there, the first time and the second."""
    from playwright.sync_api import sync_playwright

    story = httpx.get(f"{address}/api/articles?limit=1").json()["records"][0]["id"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        for path in PAGES:
            times = []
            for _ in range(2):
                began = time.perf_counter()
                page.goto(address + path.format(story), wait_until="commit")
                page.wait_for_selector("main h1")
                heading = (time.perf_counter() - began) * 1000
                times.append((page.evaluate(FIRST_PAINT), heading))
            shown = "; ".join(
                f"{name} {first:.0f}, again {again:.0f}" for name, first, again in zip(("first paint", "heading"), *times, strict=True)
            )
            print(f"{path:<18} {shown} ms")
        browser.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--events", type=int, default=200_000)
    parser.add_argument("--pages-events", type=int, default=1_000_000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        small = Path(folder) / "small.duckdb"
        fill(small, options.events)
        with served(small) as address:
            asked_at_once(address, small)
        if options.pages_events and shutil.which("chromium"):
            large = Path(folder) / "large.duckdb"
            fill(large, options.pages_events)
            with served(large) as address:
                painted(address)


if __name__ == "__main__":
    main()
