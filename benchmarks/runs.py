"""Long runs into a store: throughput and memory beside coding alone, bytes a record, and what questions to a large store cost.

    python benchmarks/runs.py                                  # 50,000 articles and a million events, about an hour
    python benchmarks/runs.py --articles 5000 --events 1000000

In: the samples, cut into short articles that are all different. Out: articles a second with ``--store`` over those without, in turns, so
that both meet the same load; peak memory for a tenth and for all of them; size a record; seconds for a dyad query and a full panel.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

from speed import DRAGOMAN, PEAK, short_articles

from dragoman.schema import ArticleRecord, Coding, Entity, Event, Published, Span, When, event_id, sha256_of
from dragoman.store import Store

ROUNDS = 3
SEED = 7
COUNTRIES = (
    "USA",
    "CHN",
    "RUS",
    "UKR",
    "FRA",
    "DEU",
    "GBR",
    "JPN",
    "KOR",
    "PRK",
    "IRN",
    "ISR",
    "PSE",
    "SYR",
    "TUR",
    "IND",
    "BRA",
    "NGA",
    "VEN",
)
TYPES = {
    "SUPPORT": 1,
    "AGREE": 1,
    "CONSULT": 1,
    "COOPERATE": 2,
    "AID": 2,
    "ACCUSE": 3,
    "THREATEN": 3,
    "PROTEST": 3,
    "SANCTION": 4,
    "ASSAULT": 4,
}
SENTENCE = "The {a} government made a statement on the matter of {b}, an official said on {day}, and nobody would say more."
EVENTS_AN_ARTICLE = 4


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


def print_memory(folder: Path, articles: int) -> None:
    for count in (articles // 10, articles):
        corpus = write_articles(folder / f"{count}.jsonl", count)
        print(f"{count:7,} articles with --store, at most          {peak_mib(command(corpus, folder / f'm{count}.duckdb')):8,.0f} MiB")


def print_sizes(path: Path) -> None:
    with Store(path, readonly=True) as store:
        records = sum(len(coding.records()) for coding in store.codings())
        texts = sum(len((text or "").encode()) for _, text in store.with_texts())
    size = path.stat().st_size
    print(
        f"store                                         {size / 2**20:8.1f} MiB for {records:,} records and {texts / 2**20:.1f} MiB of text"
    )
    print(f"bytes a record, with the texts                {size / records:8,.0f}")


def generated(events: int) -> Iterator[tuple[Coding, str]]:
    """Articles of four events each, of random countries, types and days of twenty years; the same each time."""
    chance = random.Random(SEED)
    for number in range(events // EVENTS_AN_ARTICLE):
        day = f"{chance.randint(2005, 2024)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
        a, b = chance.sample(COUNTRIES, 2)
        sentence = SENTENCE.format(a=a, b=b, day=day)
        text = f"{sentence} (Report {number})"
        found = [event_of(str(number), start, sentence, a, b, day, chance) for start in range(0, 4 * EVENTS_AN_ARTICLE, 4)]
        article = ArticleRecord(id=str(number), sha256=sha256_of(text), published=Published(value=day, source="given"))
        yield Coding(article=article, events=found), text


def event_of(article_id: str, start: int, sentence: str, a: str, b: str, day: str, chance: random.Random) -> Event:
    type = chance.choice(list(TYPES))
    trigger = Span(text=sentence[start : start + 3], start=start, end=start + 3)
    place = sentence.index(a)
    return Event(
        id=event_id(article_id, trigger.start, trigger.end, type),
        article_id=article_id,
        type=type,
        quad=TYPES[type],
        score=chance.choice((-10.0, -5.0, 0.5, 4.0, 7.0)),
        actor=[Entity(text=a, start=place, end=place + len(a), country=a, sector="GOV")],
        recipient=[
            Entity(text=b, start=sentence.index(b), end=sentence.index(b) + len(b), country=b, sector=chance.choice(("GOV", "CVL")))
        ],
        date=When(text=day, start=sentence.index(day), end=sentence.index(day) + len(day), value=day, precision="day"),
        trigger=trigger,
        evidence=[Span(text=sentence, start=0, end=len(sentence))],
        confidence=round(chance.random(), 3),
        because=[f"“{trigger.text}” is {type}", "generated"],
    )


def print_questions(folder: Path, events: int) -> None:
    path = folder / "large.duckdb"
    with Store(path) as store:
        writing = seconds(lambda: store.add(generated(events)))
    print(f"{events:,} generated events written through the store at {events / writing:,.0f} a second")
    print(f"bytes an event, with its article and text     {path.stat().st_size / events:8,.0f}")
    with Store(path, readonly=True) as store:
        for what, ask in {
            "dyad query, counted": lambda: store.count("JPN -> USA, SUPPORT, 2024"),
            "dyad query, its events": lambda: list(store.events("JPN -> USA, SUPPORT, 2024")),
            "dyad query, its first 20 events": lambda: list(store.events("JPN -> USA", limit=20)),
            "dyad query, with articles": lambda: list(store.codings("JPN -> USA, SUPPORT, 2024")),
            "panel of dyads and months": lambda: store.panel(("dyad", "month")),
            "panel of dyads and days": lambda: store.panel(("dyad", "day")),
        }.items():
            ask()
            times = sorted(seconds(ask) for _ in range(2 * ROUNDS - 1))
            print(f"{what:45} {statistics.median(times) * 1000:8,.0f} ms (best {times[0] * 1000:,.0f})")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=50_000, help="short articles to code; 0 leaves that out")
    parser.add_argument("--events", type=int, default=1_000_000, help="generated events to ask for; 0 leaves that out")
    parser.add_argument("--folder", type=Path, default=None, help="where files are made, with room for a few gigabytes")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=given.folder) as made:
        if given.events:
            print_questions(Path(made), given.events)
        if given.articles:
            print_runs(Path(made), given.articles)
            print_memory(Path(made), given.articles)


if __name__ == "__main__":
    main()
