"""For the kill tests: a coder that costs nothing, inputs with everything that may go wrong in them, and runs in processes to be killed.

The store, its ledger and the code of runs are the real ones; only the coder is put in place of the real one, which takes minutes.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import signal
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any
from unittest.mock import patch

import duckdb

from dragoman import provenance, running
from dragoman.drafts import Layout
from dragoman.records import article_record
from dragoman.schema import Article, Coding, Event, Problem, Span, event_id
from dragoman.verifying import faults

RECORDS = ("articles", "texts", "statements", "events", "relations", "expectations", "problems")
NOTED = """
    SELECT DISTINCT path, position, place, byte_offset, article_id, inputs.sha256, stage, message
    FROM inputs JOIN readings ON reading = readings.id
"""  # what was read where, whichever run read it
WHOLE = "SELECT path, sha256, max(articles), max(problems) FROM readings WHERE outcome = 'whole' GROUP BY ALL"
HELP = "France helped Lebanon, report {}."
TRIPS = "trips the coder"
CONTEXT = multiprocessing.get_context("forkserver")

provenance.hashes_of_package()  # once, for all processes that are forked from the one that loads this


class StubCoder:
    """Two events an article, or a problem where its text says so, in no time. Where somebody wants to know, it counts what it was given."""

    coded: Any = None

    def __init__(self, **options: Any) -> None:
        pass

    def pipe(self, items: Iterable[Article | Problem], workers: int = 1) -> Iterator[Coding]:
        for item in items:
            if self.coded is not None:
                self.coded.value += 1
            if isinstance(item, Problem):
                yield Coding(problems=[item])
                continue
            record = article_record(item, Layout(paragraphs=()), item.language)
            if TRIPS in item.text:
                yield Coding(article=record, problems=[Problem(article_id=item.id, source=item.source, stage="code", message="tripped")])
            else:
                yield Coding(article=record, events=[helped(item, word) for word in ("helped", "report")])


def helped(article: Article, word: str) -> Event:
    """An event whose characters and id are right, so that a store can be verified."""
    start = article.text.find(word)
    start, end = (0, 6) if start < 0 else (start, start + len(word))
    trigger = Span(text=article.text[start:end], start=start, end=end)
    id = event_id(article.id, start, end, "AID")
    return Event(id=id, article_id=article.id, type="AID", quad=2, score=7.0, trigger=trigger, evidence=[trigger])


def write_corpus(folder: Path, articles: int) -> Path:
    """A folder with JSON lines, some of them broken, doubled or under a known id with another text, and with files of one text."""
    folder.mkdir()
    each = articles * 3 // 10
    for part in range(3):
        rows = [json.dumps({"id": f"{part}-{n:04}", "text": f"France helped Lebanon, report {n}."}) for n in range(each)]
        rows[each // 3] = "{broken"
        rows[each // 2] = json.dumps({"id": f"{part}-again", "text": "This trips the coder."})
        rows.append(json.dumps({"id": f"{part}-0001", "text": "Another text under an id that is known."}))
        rows.append(json.dumps({"id": "0-0002", "text": "France helped Lebanon, report 2."}))
        (folder / f"{part}.jsonl").write_text("\n".join(rows) + "\n", encoding="utf-8")
    for n in range(articles - 3 * each):
        (folder / f"text-{n:04}.txt").write_text(f"France helped Lebanon, report from a letter {n}.", encoding="utf-8")
    (folder / "empty.txt").write_text("")
    return folder


def code(corpus: str, store: str, **more: Any) -> int:
    """A run with the stub in the place of the coder."""
    run = running.Run([corpus] if corpus else [], None, None, None, Path(store), None, None, 1, 1_000_000, True, **more)
    with patch.object(running, "Coder", StubCoder):
        return run.run()


class Child:
    """The same in a process of its own, which needs no time to begin: it is forked from one that has everything loaded."""

    def __init__(self, corpus: Path, store: Path) -> None:
        CONTEXT.set_forkserver_preload([__name__])
        self._coded = CONTEXT.RawValue("i", 0)  # without a lock, which would be lost with a process that is killed while it holds it
        self._process = CONTEXT.Process(target=_code_and_exit, args=(str(corpus), str(store), self._coded))
        with patch.dict(os.environ, {"PYTHONPATH": os.pathsep.join(sys.path)}):  # the server is not told otherwise where this module lies
            self._process.start()

    def wait(self) -> None:
        self._process.join()

    def kill(self, coded: int, seconds: float) -> bool:
        """Kill it so long after it was given so many articles. Whether it still ran: it may have ended before."""
        while self._coded.value < coded and self._process.is_alive():
            time.sleep(0.001)
        self._process.join(seconds)
        self._process.kill()
        self._process.join()
        return self._process.exitcode == -signal.SIGKILL


def _code_and_exit(corpus: str, store: str, coded: Any) -> None:
    StubCoder.coded = coded
    sys.exit(code(corpus, store))


def tables(store: Path) -> dict[str, list[tuple[Any, ...]]]:
    """All that a store holds, in an order of its own: records, texts, and what the ledger says of each input and source."""
    with duckdb.connect(str(store), read_only=True) as connection:
        found = {name: connection.execute(f"FROM {name} ORDER BY ALL").fetchall() for name in RECORDS}
        return {
            **found,
            **{name: sorted(connection.execute(sql).fetchall(), key=str) for name, sql in (("noted", NOTED), ("whole", WHOLE))},
        }


def rows(count: int, first: int = 0) -> list[dict[str, str]]:
    """Articles of a feed, with their numbers for ids."""
    return [{"id": f"{n}", "text": HELP.format(n)} for n in range(first, first + count)]


def sql(store: Path, query: str) -> list[tuple[Any, ...]]:
    """What a store answers to a question in SQL."""
    with duckdb.connect(str(store), read_only=True) as connection:
        return connection.execute(query).fetchall()


def is_sound(store: Path) -> bool:
    """Whether nothing is wrong with a store."""
    return list(faults(store)) == []
