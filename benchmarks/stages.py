"""How the time of coding is shared among the stages, and what knowledge costs to load, on the samples, in one run.

    python benchmarks/stages.py

In: the samples. Out: the share of each stage in the time of all, best of three rounds; seconds and memory of loading the knowledge.
"""

from __future__ import annotations

import resource
import time
from collections import defaultdict
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from typing import Any

from dragoman.knowledge import loading

ROUNDS = 3
MEGABYTE = 1024
SAMPLES = Path(__file__).resolve().parents[1] / "samples"
STAGES = ("read", "parse", "statements", "actors", "when", "where", "events", "quantities", "relations", "expectations", "records")


def knowledge() -> str:
    seconds = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        loading.load_from(files("dragoman.knowledge") / "data")
        seconds.append(time.perf_counter() - began)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / MEGABYTE
    return f"knowledge loads in {min(seconds):.3f} s, best of {ROUNDS}; the process then has {peak:.0f} MiB"


def rounds() -> list[dict[str, float]]:
    from dragoman import actors, events, expectations, language, quantities, read, relations, statements, when, where
    from dragoman.knowledge import gazetteer
    from dragoman.records import Records
    from dragoman.schema import Article

    nlp, known, judge, listed = language.load(), loading.load(), events.classifier(), gazetteer.load()
    articles = [
        Article(id=file.stem, text=file.read_text(encoding="utf-8"), published="2024-06-01") for file in sorted(SAMPLES.glob("*.txt"))
    ]
    found = []
    for _ in range(ROUNDS + 1):
        spent: dict[str, float] = defaultdict(float)

        def timed(stage: str, work: Callable[..., Any], *arguments: Any, spent: dict[str, float] = spent) -> Any:
            began = time.perf_counter()
            result = work(*arguments)
            spent[stage] += time.perf_counter() - began
            return result

        for article in articles:
            layout = timed("read", read.layout, article, known.place_country)
            annotated = timed("parse", language.annotate, nlp, [(article.text, layout)])[0]
            said, quotes = timed("statements", statements.find, annotated)
            mentions = timed("actors", actors.find, annotated, layout, article.published, quotes, known)
            times = timed("when", when.find, annotated, article.published)
            happenings = timed("events", events.find, annotated, mentions, said, judge)
            timed("quantities", quantities.find, annotated, happenings, said)
            standing = timed("relations", relations.find, annotated, mentions, said, times, known, article.published)
            acts = events.acts(annotated, mentions, judge)
            expected = timed("expectations", expectations.find, annotated, mentions, said, happenings, times, article.published, acts)
            places = timed("where", where.find, annotated, layout, mentions, known, listed)
            placed = timed("where", where.of_events, annotated, happenings, places)
            dates = timed("when", when.dates, annotated, times, said)
            made = Records(article.id, annotated, mentions, article.published)
            timed("records", _records, made, dates, list(zip(happenings, placed, strict=True)), standing, expected)
        found.append(spent)
    return found[1:]


def _records(records: Any, dates: Any, happenings: Any, standing: Any, expected: Any) -> None:
    for one, place in happenings:
        records.event(one, dates.of(one.dated_by), place)
    for relation in standing:
        records.relation(relation)
    for expectation in expected:
        records.expectation(expectation)


def main() -> None:
    print(knowledge())
    best = min(rounds(), key=lambda spent: sum(spent.values()))
    total = sum(best.values())
    for stage in STAGES:
        print(f"{stage:<13}{best[stage] / total:6.1%}")


if __name__ == "__main__":
    main()
