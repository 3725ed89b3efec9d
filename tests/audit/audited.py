"""A small store to be audited, and judgements of it."""

from __future__ import annotations

from pathlib import Path

from dragoman.audit.lines import FIELDS, Judged, Judgement, Verdict
from dragoman.schema import Coding, Event
from dragoman.store import Store
from handmade import article, event, span

TYPES = ("CONSULT", "ACCUSE", "ASSAULT")
COUNTS = {"CONSULT": 30, "ACCUSE": 12, "ASSAULT": 4}


def made_store(path: Path) -> Path:
    """An event an article, of three types, three countries and two years."""
    codings: list[tuple[Coding, str | None]] = []
    with Store(path) as store:
        for kind, count in COUNTS.items():
            for n in range(count):
                id, year = f"{kind.lower()}{n}", 2023 + n % 2
                sentence = f"France {kind.lower()}ed Germany, article {n}."
                found = event(
                    id,
                    7,
                    kind,
                    ["FRA GOV"],
                    ["DEU" if n % 3 else "POL"],
                    date=f"{year}-05-06",
                    confidence=0.6 + n % 4 / 10,
                    evidence=[span(sentence)],
                    trigger=span(f"{kind.lower()}ed", 7),
                )
                about = article(id, sentence, f"{year}-05-06", publication="Les Nouvelles" if n % 2 else "Example News")
                codings.append((Coding(article=about, events=[found]), sentence))
        store.add(codings)
    return path


def judgement(item: str, judge: str = "anna", **wrong: str | None) -> Judgement:
    """All fields right but those that are named with what they should be; ``-`` is unsure."""
    return Judgement(judge=judge, item=item, fields={name: verdict(name, wrong) for name in FIELDS})


def verdict(name: Judged, wrong: dict[str, str | None]) -> Verdict:
    if name not in wrong:
        return Verdict(verdict="right")
    return Verdict(verdict="unsure") if wrong[name] == "-" else Verdict(verdict="wrong", should=wrong[name])


def no_event(item: str, judge: str = "anna") -> Judgement:
    return Judgement(judge=judge, item=item, fields={"type": Verdict(verdict="wrong", should="none")})


def events_of(path: Path) -> list[Event]:
    with Store(path, readonly=True) as store:
        return list(store.events())
