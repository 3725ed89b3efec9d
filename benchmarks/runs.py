"""Long runs into a store: throughput beside coding alone, bytes a record, and memory that does not grow with the corpus.

    python benchmarks/runs.py                                  # 3,000 articles coded, 50,000 handled by a stub, about ten minutes
    python benchmarks/runs.py --articles 0                     # without the coder

In: the samples, cut into short articles that are all different. Out: articles a second with ``--store`` over those without, in turns, so
that both meet the same load; size a record; what the store costs besides the coder; peak memory for a fifth of the articles and for all of
them, read, stored and noted in the ledger as ever, but with the coder of ``tests/killing.py`` in place of the real one, whose memory
``benchmarks/speed.py`` measures.
"""

from __future__ import annotations

import argparse
import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from itertools import islice
from pathlib import Path

from speed import DRAGOMAN, PEAK, short_articles

from dragoman.store import Store

ROUNDS = 3
TESTS = Path(__file__).resolve().parents[1] / "tests"
STUBBED = """
import sys
from pathlib import Path
from unittest.mock import patch
sys.path.insert(0, sys.argv[1])
import killing
from dragoman import running
store = Path(sys.argv[3]) if len(sys.argv) > 3 else None
out = None if store else Path("/dev/null")
run = running.Run([sys.argv[2]], None, out and "jsonl", out, store, None, None, 1, 1_000_000, True)
with patch.object(running, "Coder", killing.StubCoder):
    run.run()
"""
FEW, MANY = 500, 5_500


def seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def write_articles(file: Path, count: int) -> Path:
    with file.open("w", encoding="utf-8") as stream:
        for number, text in enumerate(islice(short_articles(), count)):
            stream.write(json.dumps({"id": str(number), "text": text}) + "\n")
    return file


def command(corpus: Path, store: Path | None) -> list[str]:
    target = ["--store", str(store)] if store else ["-o", "/dev/null", "-f", "jsonl"]
    return [*DRAGOMAN, "code", str(corpus), "-q", *target]


def peak_mib(arguments: list[str]) -> float:
    done = subprocess.run([sys.executable, "-c", PEAK, *arguments], capture_output=True, text=True, check=True)
    return int(done.stdout) / 1024


def cost(arguments: list[str]) -> tuple[float, float]:
    """Seconds that a command takes, by the clock and of processors; the second does not depend on what else the machine does."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    taken = seconds(lambda: subprocess.run(arguments, check=True))
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return taken, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def print_runs(folder: Path, articles: int) -> None:
    """Coding alone and with a store, in turns."""
    part = write_articles(folder / "part.jsonl", articles // ROUNDS)
    pairs = []
    for number in range(ROUNDS):
        alone, stored = (cost(command(part, to)) for to in (None, folder / f"{number}.duckdb"))
        pairs.append((alone, stored))
        times = f"alone {alone[0]:.1f} s ({alone[1]:.1f} of processors), with --store {stored[0]:.1f} s ({stored[1]:.1f})"
        print(f"round {number + 1}: {articles // ROUNDS:,} articles {times}")
    for name, which in (("the clock", 0), ("processors' time", 1)):
        ratio = statistics.median(alone[which] / stored[which] for alone, stored in pairs)
        print(f"throughput with --store, over coding alone    {ratio:8.2f} by {name}")
    taken, used = cost(command(part, folder / "0.duckdb"))
    print(f"the same command again                        {taken:8.1f} s ({used:.1f} of processors)")
    print_sizes(folder / "0.duckdb")


def stubbed(corpus: Path, *store: Path) -> list[str]:
    return [sys.executable, "-c", STUBBED, str(TESTS), str(corpus), *map(str, store)]


def print_store_alone(folder: Path) -> None:
    """What a run costs besides the coder, from two runs of different lengths: once, and for each article."""
    for what, target in (("written as JSON lines", None), ("with --store", "s{}.duckdb")):
        used = []
        for count in (FEW, MANY):
            corpus = write_articles(folder / f"s{count}.jsonl", count)
            used.append(cost(stubbed(corpus, *([folder / target.format(count)] if target else [])))[1])
        each = (used[1] - used[0]) / (MANY - FEW)
        print(f"{what + ', without a coder':45} {each * 1000:8.2f} ms of processors an article, and {used[0] - each * FEW:.1f} s once")


def print_memory(folder: Path, articles: int) -> None:
    for count in (articles // 5, articles):
        corpus = write_articles(folder / f"{count}.jsonl", count)
        started = time.perf_counter()
        peak = peak_mib(stubbed(corpus, folder / f"m{count}.duckdb"))
        print(f"{count:7,} articles with --store and a stub, at most {peak:8,.0f} MiB, {time.perf_counter() - started:.0f} s")


def print_sizes(path: Path) -> None:
    with Store(path, readonly=True) as store:
        records = sum(len(coding.records()) for coding in store.codings())
        texts = sum(len((text or "").encode()) for _, text in store.with_texts())
    size = path.stat().st_size
    print(
        f"store                                         {size / 2**20:8.1f} MiB for {records:,} records and {texts / 2**20:.1f} MiB of text"
    )
    print(f"bytes a record, with the texts                {size / records:8,.0f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=3_000, help="short articles to code; 0 leaves that out")
    parser.add_argument("--memory", type=int, default=50_000, help="short articles for the stub; 0 leaves that out")
    parser.add_argument("--folder", type=Path, default=None, help="where files are made, with room for a gigabyte")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=given.folder) as made:
        if given.memory:
            print_store_alone(Path(made))
            print_memory(Path(made), given.memory)
        if given.articles:
            print_runs(Path(made), given.articles)


if __name__ == "__main__":
    main()
