"""How long a search takes. In: a number of generated articles. Out: milliseconds for words that are rare, common and everywhere.

python benchmarks/search.py --articles 60000
"""

from __future__ import annotations

import argparse
import random
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from dragoman.searching import Index, find
from dragoman.searching.index import add_document

WORDS = [f"w{place}" for place in range(30_000)]
LENGTH = 150


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=5_000)
    number = parser.parse_args().articles
    with TemporaryDirectory() as folder:
        index = Index(Path(folder) / "events.duckdb")
        fill(index, number)
        print(f"{number:,} articles, {index.path.stat().st_size / 1e6:.0f} MB")
        with index.opened() as connection:
            for typed in ("", "w3000", "w100", "w5"):
                began = time.perf_counter()
                found = find(connection, "article", typed, {}, 20, None)
                print(f"{typed or '(no words)'}: {found.count:,} found in {(time.perf_counter() - began) * 1000:.0f} ms")


def fill(index: Index, number: int) -> None:
    """Words after Zipf's law; of each article 4 types, 6 countries, a context, publication and year."""
    chance = random.Random(1)
    weights = [1 / (place + 1) for place in range(len(WORDS))]
    with index.opened() as connection, connection:
        for n in range(number):
            body = " ".join(chance.choices(WORDS, weights, k=LENGTH))
            facets = [("publication", f"p{n % 20}"), ("year", str(1990 + n % 30)), ("context", f"x{n % 30}")]
            facets += [("type", f"T{chance.randrange(16)}") for _ in range(4)] + [
                ("country", f"C{chance.randrange(150)}") for _ in range(6)
            ]
            row = ("article", str(n), str(n), f"{1990 + n % 30}-01-02", f"p{n % 20}")
            add_document(connection, row, f"head {body[:40]}", body, list[tuple[str, str | None]](facets))


if __name__ == "__main__":
    main()
