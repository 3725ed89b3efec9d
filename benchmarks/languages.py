"""How often English is set aside, how often another language is not, and what telling costs.

    python benchmarks/languages.py [FILE_OR_FOLDER ...]   # English articles beside the samples; sentences of a file one a line with --lines

In: English texts, and the stories in other languages of tests/language/languages.yaml. Out: counts,
microseconds an article, share of coding.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter
from pathlib import Path

import yaml

from dragoman import Coder
from dragoman.language import language_of
from dragoman.read import read
from dragoman.schema import Article

ROOT = Path(__file__).resolve().parents[1]
TIMES = 20  # repetitions, since one round over the samples takes a few milliseconds


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sources", nargs="*")
    parser.add_argument("--lines", action="store_true", help="every line of the sources is a text of its own")
    options = parser.parse_args()
    others = yaml.safe_load((ROOT / "tests/language/languages.yaml").read_text(encoding="utf-8"))
    odd = others.pop("en")
    texts = list(texts_of([str(ROOT / "samples")], False)) + list(texts_of(options.sources, options.lines))
    print(f"{len(texts)} English texts:", counted(texts))
    print(f"{len(odd)} telegraphic or full of names:", counted(odd))
    print(f"{len(others)} other languages:", {code: language_of(None, text).code for code, text in others.items()})
    telling = seconds(lambda: [language_of(None, text) for text in texts for _ in range(TIMES)]) / TIMES
    coder = Coder()
    coding = seconds(lambda: list(coder.pipe({"text": text, "language": "en"} for text in texts)))
    print(
        f"{telling / len(texts) * 1e6:.0f} µs an article, {telling / coding:.2%} of coding ({sum(len(t.split()) for t in texts):,} words)"
    )


def texts_of(sources: list[str], lines: bool) -> list[str]:
    found = [item.text for item in read(sources) if isinstance(item, Article)]
    return [line for text in found for line in text.splitlines() if line.strip()] if lines else found


def counted(texts: list[str]) -> dict[str, int]:
    return dict(Counter(language_of(None, text).code or "too short to tell" for text in texts))


def seconds(work: object) -> float:
    assert callable(work)
    began = time.process_time()
    work()
    return time.process_time() - began


if __name__ == "__main__":
    main()
