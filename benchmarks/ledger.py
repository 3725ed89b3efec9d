"""How long ``dragoman ledger`` takes over a store of 100,000 events and 20,000 expectations that are made for it.

python benchmarks/ledger.py [EVENTS]
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from dragoman import asking, codebook, expecting
from dragoman.schema import ArticleRecord, Coding, Due, Entity, Event, Expectation, Published, Span, When, record_id
from dragoman.store import Store

EVENTS, EXPECTATIONS = 5, 1  # of each article
COUNTRIES = ["USA", "RUS", "CHN", "GBR", "FRA", "DEU", "JPN", "IND", "PAK", "IRN", "ISR", "TUR", "UKR", "POL", "BRA", "MEX", "KEN"]
COUNTRIES += ["NGA", "ETH", "EGY", "SAU", "KOR", "PRK", "AUS", "CAN", "ITA", "ESP", "ZAF", "ARG", "COL"]
NOUNS = ["troops", "aid", "talks", "border", "grain", "ships", "prisoners", "sanctions", "ceasefire", "loan", "visit", "treaty"]
NOUNS += ["drones", "hostages", "tariffs", "pipeline"]
DAYS = 3650


def entity(code: str) -> Entity:
    return Entity(text=code, start=0, end=3, name=code, country=code)


def made(articles: int) -> Iterator[Coding]:
    rng, types = random.Random(0), [t for t in codebook.load().types if t != "THREATEN"]
    for number in range(articles):
        day = date(2015, 1, 1) + timedelta(days=rng.randrange(DAYS))
        id = f"a{number}"
        events, expected = [], []
        for place in range(EVENTS + EXPECTATIONS):
            one, other = rng.sample(COUNTRIES, 2)
            kind = rng.choice(types)
            sentence = f"{one} told {other} of the {' and the '.join(rng.sample(NOUNS, 3))} that {rng.choice(NOUNS)} would follow."
            span, trigger = Span(text=sentence, start=0, end=len(sentence)), Span(text="told", start=4, end=8)
            if place < EVENTS:
                when = When(text="then", start=0, end=4, value=day.isoformat(), precision="day") if rng.random() < 0.5 else None
                event_id = record_id(id, "event", place)
                events.append(
                    Event(
                        id=event_id,
                        article_id=id,
                        type=kind,
                        quad=codebook.load().type(kind).quad,
                        score=0,
                        actor=[entity(one)],
                        recipient=[entity(other)],
                        date=when,
                        trigger=trigger,
                        evidence=[span],
                    )
                )
            else:
                due = Due(text="then", value=(day + timedelta(days=rng.randrange(1, 120))).isoformat()) if rng.random() < 0.6 else None
                expected.append(
                    Expectation(
                        id=record_id(id, "expectation", place),
                        article_id=id,
                        from_=entity(one),
                        to=entity(other) if rng.random() < 0.7 else None,
                        type=kind,
                        due=due,
                        kind="commitment",
                        strength="firm",
                        trigger=trigger,
                        evidence=[span],
                    )
                )
        article = ArticleRecord(id=id, published=Published(value=day.isoformat(), source="given"), sha256="0" * 64)
        yield Coding(article=article, events=events, expectations=expected)


def main() -> None:
    wanted = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "events.duckdb"
        with Store(path) as store:
            store.add(made(wanted // EVENTS))
        for _ in range(3):
            started = time.perf_counter()
            with asking.opened(path) as there:
                rows = expecting.found(there, expecting.Wanted())
            table = expecting.ledger_of(rows)
            seconds = time.perf_counter() - started
        settled = sum(row["settled"] for row in table)
        print(f"{wanted:,} events, {len(rows):,} expectations, {settled:,} settled, {len(table)} actors: {seconds:.2f} s")


if __name__ == "__main__":
    main()
