"""How long ``dragoman merge`` takes and how much memory: 50,000 articles with 3 events each, made from the sets of tests/merge.

python benchmarks/merge.py [ARTICLES]               # spread over two years, so that more articles are more a day
python benchmarks/merge.py [ARTICLES] --a-day 68    # so many a day however many there are, so that only the store is larger

A merge should hold what a window of days needs, so memory is to be compared at the same number of articles a day.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from datetime import date, timedelta
from multiprocessing import get_context
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests" / "merge"))

from copies_and_events import article_of  # noqa: E402
from copying import printings  # noqa: E402
from pairing import codings, pairs  # noqa: E402

from dragoman.merging import merge  # noqa: E402
from dragoman.schema import Coding, Event, Published, When, record_id  # noqa: E402
from dragoman.store import Store  # noqa: E402

EVENTS = 3  # of each story, told by all its copies
TOLD = 150  # pairs of reports whose events are told again and again
DAYS = 730  # over which stories are spread, where nothing else is asked


def templates() -> list[Event]:
    return [event for both in codings(pairs()[:TOLD]) for coding in both for event in coding.events]


def made(articles: int, days: int) -> Iterator[tuple[Coding, str]]:
    """So many printings, seed after seed; the stories of a seed are new stories, and the copies of one tell the same events."""
    known, rng, given = templates(), random.Random(0), 0
    for seed in range(1, 1 + articles):
        told: dict[int, list[tuple[Event, date]]] = {}
        for printed in printings(seed):
            if given == articles:
                return
            day = date(2020, 1, 1) + timedelta(days=rng.randrange(days))
            events = told.setdefault(printed.story, [(event, day) for event in rng.sample(known, EVENTS)])
            coding, text = article_of(printed)
            assert coding.article is not None
            article = coding.article.model_copy(
                update={"id": f"{seed}-{printed.id}", "published": Published(value=events[0][1].isoformat())}
            )
            yield Coding(article=article, events=[of(event, article.id, place, then) for place, (event, then) in enumerate(events)]), text
            given += 1


def of(event: Event, article_id: str, place: int, then: date) -> Event:
    when = None if event.date is None else When(text=event.date.text, start=0, end=0, value=then.isoformat(), precision="day")
    return event.model_copy(update={"id": record_id(article_id, "event", place), "article_id": article_id, "date": when})


def peak_memory() -> int:
    """In MB, of this process alone: what getrusage says holds that of the process which started it too."""
    [line] = (line for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines() if line.startswith("VmHWM:"))
    return int(line.split()[1]) // 1024


def measured(path: Path) -> str:
    """Merges in this process and says what it took; memory is that of a process which does nothing else."""
    before = peak_memory()
    with Store(path) as store:
        began, busy = time.monotonic(), time.process_time()
        done = merge(store)
        seconds, busy = time.monotonic() - began, time.process_time() - busy
    return f"{done}\n{seconds:.0f} s, {busy:.0f} s of processor; peak {peak_memory()} MB, {before} MB before"


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles", type=int, nargs="?", default=50_000)
    parser.add_argument("--a-day", type=float, help="articles a day on average; without it they are spread over two years")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "merge.duckdb"
        with Store(path) as store:
            store.add(made(asked.articles, round(asked.articles / asked.a_day) if asked.a_day else DAYS))
        size = path.stat().st_size
        with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
            sys.stdout.write(pool.submit(measured, path).result())
        grown = path.stat().st_size - size
        sys.stdout.write(f"; store {size / 2**20:.0f} MB, +{grown / 2**20:.0f} MB ({grown / asked.articles:.0f} bytes an article)\n")
