"""How long ``dragoman ledger`` takes over a store of 100,000 events and 20,000 expectations that are made for it.

python benchmarks/ledger.py [EVENTS] [--texts]

With --texts every article has a text: a story of ``samples/`` in which other countries take part, so that what was promised is looked for
in its words, too. What these tell is kept beside the store, so the first question takes longest; then the store grows.
"""

from __future__ import annotations

import argparse
import random
import resource
import tempfile
import time
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import islice
from pathlib import Path

from dragoman import asking, codebook, expecting, knowledge
from dragoman.expectations.stories import sides_in
from dragoman.expectations.wording import WORD
from dragoman.schema import ArticleRecord, Coding, Due, Entity, Event, Expectation, Published, Span, When, record_id
from dragoman.store import Store

EVENTS, EXPECTATIONS = 5, 1  # of each article
GROWTH = 100  # one article in so many comes after the ledger was asked for
COUNTRIES = ["USA", "RUS", "CHN", "GBR", "FRA", "DEU", "JPN", "IND", "PAK", "IRN", "ISR", "TUR", "UKR", "POL", "BRA", "MEX", "KEN"]
COUNTRIES += ["NGA", "ETH", "EGY", "SAU", "KOR", "PRK", "AUS", "CAN", "ITA", "ESP", "ZAF", "ARG", "COL"]
NOUNS = ["troops", "aid", "talks", "border", "grain", "ships", "prisoners", "sanctions", "ceasefire", "loan", "visit", "treaty"]
NOUNS += ["drones", "hostages", "tariffs", "pipeline"]
PROMISES = ["send police officers to", "hold talks with", "release prisoners from", "withdraw its troops from", "lift sanctions on"]
PROMISES += ["sign a treaty with", "lend money to", "send grain to"]
DAYS = 3650
SAMPLES = Path(__file__).parent.parent / "samples"


def entity(code: str) -> Entity:
    return Entity(text=code, start=0, end=3, name=knowledge.load().country_name(code), country=code)


def templates() -> list[list[str]]:
    """The sample stories in parts; each second part is the code of a state that is named there."""
    found = []
    for path in sorted(SAMPLES.glob("*.txt")):
        text = path.read_text(encoding="utf-8")
        words = list(WORD.finditer(text))
        parts, end = list[str](), 0
        for first, last, side, is_person in sides_in([word.group() for word in words], None):
            if side is not None and side.isupper() and not is_person:
                parts += [text[end : words[first].start()], side]
                end = words[last - 1].end()
        found.append([*parts, text[end:]])
    return found


def told(parts: list[str], sides: list[str], rng: random.Random) -> str:
    """A sample story in which ``sides`` take the places of those that are named most."""
    most = sorted(dict.fromkeys(parts[1::2]), key=parts[1::2].count, reverse=True)
    among = dict(zip(most, [*sides, *rng.sample(COUNTRIES, len(most))], strict=False))
    named = knowledge.load().country_name
    return "".join(part if place % 2 == 0 else named(among[part]) or part for place, part in enumerate(parts))


def made(articles: int, with_texts: bool = False) -> Iterator[Coding | tuple[Coding, str]]:
    rng, types = random.Random(0), [t for t in codebook.load().types if t != "THREATEN"]
    stories, named = templates(), knowledge.load().country_name
    for number in range(articles):
        day = date(2015, 1, 1) + timedelta(days=rng.randrange(DAYS))
        id = f"a{number}"
        events, expected, sides = list[Event](), list[Expectation](), list[str]()
        for place in range(EVENTS + EXPECTATIONS):
            one, other = rng.sample(COUNTRIES, 2)
            sides += [one, other]
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
                if with_texts:
                    sentence = f"{named(one)} will {rng.choice(PROMISES)} {named(other)}, officials said."
                    start = sentence.find("will")
                    span, trigger = Span(text=sentence, start=0, end=len(sentence)), Span(text="will", start=start, end=start + 4)
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
        coding = Coding(article=article, events=events, expectations=expected)
        yield (coding, told(rng.choice(stories), sides, rng)) if with_texts else coding


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("events", nargs="?", type=int, default=100_000)
    parser.add_argument("--texts", action="store_true")
    options = parser.parse_args()
    knowledge.load()
    articles = options.events // EVENTS
    late = articles // GROWTH if options.texts else 0
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "events.duckdb"
        with Store(path) as store:
            store.add(islice(made(articles, options.texts), late, None))
        for when in ("first", "again", "once more"):
            ask(path, when)
        if late:
            with Store(path) as store:
                store.add(islice(made(articles, options.texts), late))
            for when in (f"with {late:,} more articles", "again"):
                ask(path, when)


def ask(path: Path, when: str) -> None:
    started, used = time.perf_counter(), time.process_time()
    with asking.opened(path) as there:
        rows = expecting.found(there, expecting.Wanted())
    table = expecting.ledger_of(rows)
    seconds, used = time.perf_counter() - started, time.process_time() - used
    settled = sum(row["settled"] for row in table)
    made_of = f"{len(rows):,} expectations, {settled:,} settled, {len(table)} actors"
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{when}: {made_of}: {seconds:.2f} s, {used:.2f} s of processor time; {peak:,} MB at most so far", flush=True)


if __name__ == "__main__":
    main()
