"""Speed and memory of full coding, side by side with the stock spaCy pipeline on the same text in the same run.

    python benchmarks/speed.py            # all figures, about five minutes
    python benchmarks/speed.py --quick    # without the run over 20,000 articles

In: the samples. Out: words a second of both and their ratio, time to the first record, peak memory for 200 and 20,000 articles.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import cycle, islice
from pathlib import Path

import spacy

from dragoman import Coder
from dragoman.language.en.pipeline import MODEL
from dragoman.schema import Article

SAMPLES = Path(__file__).resolve().parents[1] / "samples"
ROUNDS, COPIES = 3, 12
FEW, MANY = 200, 20_000
DRAGOMAN = [sys.executable, "-m", "dragoman"]
PEAK = """
import resource, subprocess, sys
subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


def sample_texts() -> list[str]:
    return [file.read_text(encoding="utf-8") for file in sorted(SAMPLES.glob("*.txt"))]


def short_articles() -> Iterator[str]:
    """Endless short articles, all different: headline and one paragraph of a sample, with a number."""
    paragraphs = [(text.split("\n", 1)[0], p) for text in sample_texts() for p in text.split("\n\n")[1:] if len(p) > 100]
    for number, (headline, paragraph) in enumerate(cycle(paragraphs)):
        yield f"{headline}\n\n{paragraph} (Report {number})"


def seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def print_speed() -> None:
    texts = sample_texts() * COPIES
    words = sum(len(text.split()) for text in texts)
    articles = [Article(id=str(n), text=text, published="2024-11-06") for n, text in enumerate(texts)]
    stock, coder = spacy.load(MODEL), Coder()
    list(stock.pipe(texts[:8]))
    list(coder.pipe(articles[:8]))
    pairs = [(seconds(lambda: list(stock.pipe(texts))), seconds(lambda: list(coder.pipe(articles)))) for _ in range(ROUNDS)]
    ours, theirs = min(p[1] for p in pairs), min(p[0] for p in pairs)
    print(f"{words:,} words, best of {ROUNDS} rounds, one process")
    print(f"stock spaCy pipeline  {words / theirs:8,.0f} words/s")
    print(f"dragoman, all stages  {words / ours:8,.0f} words/s")
    print(f"ratio                 {theirs / ours:8.2f}")


def print_first_record() -> None:
    sample = str(sorted(SAMPLES.glob("*.txt"))[0])
    started = time.perf_counter()
    with subprocess.Popen([*DRAGOMAN, "code", sample, "--format", "jsonl"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        assert process.stdout is not None
        process.stdout.readline()
        print(f"first record after    {time.perf_counter() - started:8.2f} s")
        process.stdout.read()


def print_memory(counts: list[int]) -> None:
    for count in counts:
        with tempfile.TemporaryDirectory() as folder:
            corpus = Path(folder) / "corpus.jsonl"
            with corpus.open("w", encoding="utf-8") as stream:
                for number, text in enumerate(islice(short_articles(), count)):
                    stream.write(json.dumps({"id": str(number), "text": text}) + "\n")
            started = time.perf_counter()
            command = [sys.executable, "-c", PEAK, *DRAGOMAN, "code", str(corpus), "--format", "jsonl"]
            peak = int(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
            print(f"{count:6,} short articles   {peak / 1024:8,.0f} MiB at most, {time.perf_counter() - started:.0f} s")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="leave out the run over 20,000 articles")
    quick = parser.parse_args().quick
    print_speed()
    print_first_record()
    print_memory([FEW] if quick else [FEW, MANY])


if __name__ == "__main__":
    main()
