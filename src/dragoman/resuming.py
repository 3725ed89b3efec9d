"""Going on where a run stopped. In: the items of each source, and a store's ledger. Out: the items that are still to be coded, noted in it.

A source that was wholly read with the same content and the same options is not read again. Content is told by its SHA-256, which
takes a moment beside coding; size and time of a file only tell whether it changed while it was read.
"""

from __future__ import annotations

import glob
import os
import stat
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from dragoman import interrupts
from dragoman.console import Tally
from dragoman.provenance import hash_of_file
from dragoman.read.base import Spot
from dragoman.read.sources import STDIN, shown
from dragoman.schema import Article, Problem, sha256_of
from dragoman.store import Store, StoreError, ledger, manifest
from dragoman.store.ledger import Became, Before, Input, Reading
from dragoman.store.log import Log
from dragoman.store.writing import ANOTHER_TEXT

LOOKAHEAD = 256  # articles whose ids are looked up in the store at once
RECENT = 8_192  # articles that are remembered because they may be on their way to the store
STAGE = "read"
CHANGED = "it changed while it was read: give the same command again once it is complete, what is stored of it stays"
Item = Article | Problem


@dataclass(frozen=True, slots=True)
class Content:
    """A file as it was found before it was read."""

    sha256: str
    status: os.stat_result

    @property
    def modified(self) -> str:
        return datetime.fromtimestamp(self.status.st_mtime, UTC).isoformat(timespec="milliseconds")


@dataclass(slots=True)
class Source:
    """A source that is being read: how many of its items have been handed on, and of how many once that is known."""

    reading: Reading
    outcome: str = ledger.UNCHECKED
    handled: int = 0
    total: int | None = None


class Place(NamedTuple):
    """Where an item stood: which one of its source, and at which byte of it, where that is known."""

    source: Source | None
    position: int
    byte_offset: int | None = None


class Resumption:
    """What of the sources of a run is new to its store. ``retry`` asks for what had a problem, and for nothing else.

    ``notes`` are sentences for the person who started the run; ``known`` counts the articles that are there already.
    """

    def __init__(self, store: Store, log: Log, settings: str, tally: Tally, retry: bool = False, skips_new: bool = False) -> None:
        self._store = store
        self._log = log
        self._ledger = log.ledger
        self._settings = settings
        self._tally = tally
        self._retry = retry
        self._skips_new = skips_new
        self._is_first = self._ledger.is_empty()
        self._troubled = set(self._ledger.troubled_paths()) if retry else set[str]()
        self._again = self._ledger.troubled_articles() if retry else set[str]()
        self._places: deque[Place] = deque()
        self.spot = Spot()
        self._recent: dict[str, str] = {}
        self._visited: set[str] = set()
        self.notes: list[str] = self._notes_on_retrying() if retry else []
        self.known = 0

    def _notes_on_retrying(self) -> list[str]:
        notes = [] if self._troubled else ["nothing in the ledger of this store had a problem"]
        return [*notes, "what came from standard input has to be given again"] if STDIN in self._troubled else notes

    def around(self, name: str | Path, items: Iterator[Item]) -> Iterator[Item]:
        """The items of a source that have to be looked at; nothing is read of one that is there wholly."""
        path = path_of(name)
        self._visited.add(path)
        before, earlier = (None, []) if self._is_first else self._ledger.last_reading(path)
        if self._retry and (path not in self._troubled if before else self._skips_new):
            return
        content = content_of(name)
        if before and content and self._is_there(before, content):
            yield from self._left_out(before, content)
            return
        if before and content and before.sha256 not in (None, content.sha256):
            self.notes.append(f"{shown(name)} has changed since run {before.run} read it: it is read again, what is stored of it stays")
        found = {"sha256": content.sha256, "size": content.status.st_size, "modified": content.modified} if content else {}
        source = Source(self._log.begin(path, self._settings, earlier=earlier, **found))
        yield from self._all_of(source, name, items, content)

    def _is_there(self, before: Before, content: Content) -> bool:
        same = (before.outcome, before.sha256, before.settings) == (ledger.WHOLE, content.sha256, self._settings)
        return same and not self._retry

    def _left_out(self, before: Before, content: Content) -> Iterator[Item]:
        """Only the problems, which the run must not hide."""
        self._tally.read(content.status.st_size)
        self._count_known(before.articles)
        for problem in self._ledger.problems_of(before.id):
            self._places.append(Place(None, 0))
            yield problem

    def _all_of(self, source: Source, name: str | Path, items: Iterator[Item], content: Content | None) -> Iterator[Item]:
        position = 0
        for position, item in enumerate(items, 1):
            self._places.append(Place(source, position, self.spot.take()))
            yield item
        if content is not None:
            source.outcome = ledger.WHOLE if is_unchanged(Path(name), content) else ledger.CHANGED
        if source.outcome == ledger.CHANGED:
            position += 1
            self._places.append(Place(source, position))
            yield Problem(source=shown(name), stage=STAGE, message=CHANGED)
        source.total = position
        self._settle(source)

    def lost(self, sources: Sequence[str]) -> Iterator[Item]:
        """A problem for each file that a run did not read to its end and that is gone; and an end to what was wrong with a whole source."""
        if self._is_first:
            return
        for path, run, articles in self._ledger.unfinished():
            if path not in self._visited and not os.path.exists(path) and any(is_below(path, source) for source in sources):
                message = (
                    f"it was being read when run {run} broke off, and is gone: {articles:,} articles of it are stored, the rest is not"
                )
                yield from self.around(path, iter([Problem(source=path, stage=STAGE, message=message)]))
        for source in sources:
            before, earlier = self._ledger.last_reading(source) if source not in self._visited else (None, [])
            if before is not None:
                self._log.end_reading(self._log.begin(source, self._settings, earlier=earlier), ledger.WHOLE)

    def new(self, items: Iterable[Item]) -> Iterator[Item]:
        """Leaves out what the store has with the same text; another text under a known id is a problem."""
        items = iter(items)
        while ahead := list(islice(items, LOOKAHEAD)):
            stored = self._store.known([a.id for a in ahead if isinstance(a, Article)])
            places = [self._places.popleft() for _ in ahead]
            noted = self._noted(places)
            for item, place in zip(ahead, places, strict=True):
                yield from self._handed(item, place, stored, noted)
                if place.source is not None:
                    place.source.handled += 1
                    self._settle(place.source)

    def _noted(self, places: Sequence[Place]) -> dict[int, set[tuple[int, str, str]]]:
        """By reading, what earlier readings of the same source noted at the same positions."""
        readings = {source.reading.id: source.reading for source, _, _ in places if source is not None and source.reading.earlier}
        spans = {id: [p for source, p, _ in places if source is not None and source.reading.id == id] for id in readings}
        return {id: self._ledger.noted_between(readings[id].earlier, min(span), max(span)) for id, span in spans.items()}

    def _handed(self, item: Item, place: Place, stored: dict[str, str], noted: dict[int, set[tuple[int, str, str]]]) -> Iterator[Item]:
        source, position, byte_offset = place
        reading = source.reading if source is not None else None
        if isinstance(item, Problem):
            if reading is not None:
                reading.problems += 1
            self._log.hand(Input(reading, position, item.source, item.article_id, None, byte_offset))
            yield item
            return
        if reading is not None:
            reading.articles += 1
        digest = sha256_of(item.text)
        there = self._recent.get(item.id) or stored.get(item.id)
        read = Input(reading, position, item.source, item.id, digest, byte_offset)
        if there == digest and item.id not in self._again:
            self._count_known(1)
            if reading is None or (position, item.id, digest) not in noted.get(reading.id, ()):
                self._log.note(read, Became(ledger.KNOWN))
        elif there and there != digest:
            if reading is not None:
                reading.problems += 1
            self._log.hand(read)
            yield Problem(article_id=item.id, source=item.source, stage="store", message=ANOTHER_TEXT)
        else:
            if there:
                self._again.discard(item.id)
                self._log.replaced.add(item.id)
            self._remember(item.id, digest)
            self._log.hand(read)
            yield item

    def _count_known(self, articles: int) -> None:
        self.known += articles
        self._log.run.counts["known"] += articles

    def _settle(self, source: Source) -> None:
        if source.handled == source.total:
            self._log.end_reading(source.reading, source.outcome)

    def _remember(self, article_id: str, digest: str) -> None:
        self._recent[article_id] = digest
        if len(self._recent) > RECENT:
            del self._recent[next(iter(self._recent))]


def troubled_sources(log: Log) -> list[str]:
    """The sources of a store in which something had a problem, as far as they can be read again."""
    return [path for path in log.ledger.troubled_paths() if path != STDIN]


@contextmanager
def recorded(log: Log) -> Iterator[None]:
    """Notes in the store how what is inside ends, as far as the disk allows."""
    try:
        with interrupts.heeded():
            log.flush()
            yield
            log.close(manifest.WHOLE)
    except BaseException as error:
        stopped = isinstance(error, KeyboardInterrupt)
        with suppress(StoreError):
            log.close(manifest.INTERRUPTED if stopped else manifest.FAILED, None if stopped else str(error) or type(error).__name__)
        raise


def path_of(name: str | Path) -> str:
    """What a source is called in the ledger: a file by its whole path, everything else as it was given."""
    return shown(os.path.abspath(name)) if isinstance(name, Path) else name


def content_of(name: str | Path) -> Content | None:
    """The content of a file on a disk; None for anything else, of which a second look would see something else."""
    try:
        if isinstance(name, Path) and stat.S_ISREG((status := name.stat()).st_mode):
            return Content(hash_of_file(name), status)
    except (OSError, ValueError):
        pass
    return None


def is_unchanged(file: Path, before: Content) -> bool:
    """Whether the same file is still there, as large and as old as when its content was looked at."""
    try:
        now = file.stat()
    except OSError:
        return False
    return all(getattr(now, part) == getattr(before.status, part) for part in ("st_dev", "st_ino", "st_size", "st_mtime_ns"))


def is_below(path: str, source: str) -> bool:
    """Whether a file would be read for a source, as far as its name tells."""
    plain = Path(source)
    while glob.has_magic(str(plain)):
        plain = plain.parent
    return Path(path).is_relative_to(os.path.abspath(plain))
