"""A store for the tests of pages, with what pages must not stumble over, and a server for it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import uvicorn

from dragoman.schema import Coding, Content, Entity, Event, Expectation, Relation, Span, Statement, When
from dragoman.serve import app_of
from dragoman.serve.auditing import Desk
from dragoman.serve.serving import listening
from dragoman.store import Store
from handmade import article, event

SCRIPT = "<script>document.title = 'owned'</script>"
ODD = "odd/one?#ü"
TEXT = f"""PARIS 𝔄😀 (AFP) - France condemned Iran on Tuesday.
“Iran {SCRIPT} must stop,” said Jean {SCRIPT} Martin.
Germany promised to help France by June. France and Germany remain allies."""


def at(words: str, nth: int = 0) -> Span:
    """The words as they stand in the text, the first time or a later one; offsets count code points, as everywhere."""
    start = -1
    for _ in range(nth + 1):
        start = TEXT.index(words, start + 1)
    return Span(text=words, start=start, end=start + len(words))


def entity(words: str, country: str, nth: int = 0, **more: Any) -> Entity:
    return Entity(**at(words, nth).model_dump(), country=country, **more)


def coding() -> Coding:
    """An article with one record of each kind, each at its words."""
    france, iran = entity("France", "FRA", name="France"), entity("Iran", "IRN", name=f"Iran {SCRIPT}")
    martin = entity(f"Jean {SCRIPT} Martin", "FRA", name=f"Jean {SCRIPT} Martin", sector="GOV")
    germany = entity("Germany", "DEU", name="Germany")
    tuesday = When(**at("Tuesday").model_dump(), value="2024-11-05", precision="day")
    condemned = event(ODD, 1, "ACCUSE", [], date="2024-11-05", trigger=at("condemned"), score=-2.0, because=["condemn is ACCUSE"])
    condemned = condemned.model_copy(
        update={"actor": [france], "recipient": [iran], "date": tuesday, "evidence": [at(TEXT.split("\n")[0])]}
    )
    content = at(f"Iran {SCRIPT} must stop")
    said = Statement(id=f"{ODD}:s", article_id=ODD, kind="direct", speaker=martin, addressee=iran, cue=at("said"),
                     content=Content(text=content.text, spans=[(content.start, content.end)]))  # fmt: skip
    promise = Expectation(id=f"{ODD}:x", article_id=ODD, from_=germany, to=entity("France", "FRA", 1), type="AID", trigger=at("promised"))
    allies = Relation(id=f"{ODD}:r", article_id=ODD, kind="alliance", from_=entity("France", "FRA", 2), to=entity("Germany", "DEU", 1),
                      evidence=[at("allies")])  # fmt: skip
    head = article(
        ODD, TEXT, "2024-11-06", headline=f"France {SCRIPT} condemns", publication="Example <b>Times</b>", url="javascript:alert(1)"
    )
    return Coding(article=head, events=[condemned], statements=[said], expectations=[promise], relations=[allies])


def others() -> Iterator[tuple[Coding, str]]:
    """Enough other articles for a second page and a timeline of two years."""
    kinds = [
        ("CONSULT", "FRA", "DEU"),
        ("ASSAULT", "RUS", "UKR"),
        ("AID", "USA", "UKR"),
        ("SANCTION", "USA", "RUS"),
        ("PROTEST", "FRA", "FRA"),
    ]
    for n in range(60):
        type_, actor, recipient = kinds[n % len(kinds)]
        day = f"{2023 + n // 30}-{n % 12 + 1:02d}-{n % 28 + 1:02d}"
        one: Event = event(f"a{n:02d}", 3, type_, [f"{actor} GOV"], [recipient], date=day, score=2.0, context=["military"] if n % 2 else [])
        yield (
            Coding(article=article(f"a{n:02d}", published=day, headline=f"Report {n} of {actor}", publication="Wire"), events=[one]),
            f"Words of {n}.",
        )


def made_store(path: Path) -> Path:
    with Store(path) as store:
        store.add([(coding(), TEXT), *others()])
    return path


@contextmanager
def served(store: Path, desk: Desk | None = None) -> Iterator[str]:
    """The address of a server that runs as long as it is needed; with a desk, records are judged there."""
    with listening("127.0.0.1", 0) as listener:
        server = uvicorn.Server(uvicorn.Config(app_of(store, desk=desk), log_level="error", access_log=False))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join(10)
