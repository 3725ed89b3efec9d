"""In: the options of ``dragoman code``. Out: articles read, coded, written and stored, and the exit status.

Reading, coding and writing run one article at a time through the whole chain, so that memory does not grow with the corpus.
"""

from __future__ import annotations

import os
import stat
import sys
import time
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import asdict, dataclass, field
from itertools import chain
from pathlib import Path
from typing import TextIO

from dragoman import interrupts, provenance, read, write
from dragoman.coder import Coder
from dragoman.console import PROBLEMS_SHOWN, Tally, progress, say, shows_progress
from dragoman.errors import DragomanError
from dragoman.read.base import day_of
from dragoman.read.registry import known_kind
from dragoman.read.sources import STDIN, files_of
from dragoman.resuming import Resumption, recorded, troubled_sources
from dragoman.schema import Article, Coding, Problem
from dragoman.store import Added, Store
from dragoman.store.log import Log
from dragoman.store.manifest import RunRecord
from dragoman.write.opening import format_of


@dataclass(frozen=True, slots=True)
class Run:
    """One call of ``dragoman code``."""

    sources: list[str]
    published: str | None
    format: str | None
    out: Path | None
    store: Path | None
    types: Path | None
    knowledge: Path | None
    workers: int
    max_chars: int
    quiet: bool
    kind: str | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    allow_private: bool = False
    any_language: bool = False
    retry_problems: bool = False

    def run(self) -> int:
        """Codes everything and returns the exit status. DragomanError, before anything is made or changed, where an option is wrong."""
        started = time.monotonic()
        self._check()
        coder = Coder(types=self.types, knowledge=self.knowledge, any_language=self.any_language)
        with ExitStack() as stack:
            store = stack.enter_context(Store(self.store)) if self.store else None
            log = store.log(self._record()) if store else None
            sources = self.sources or (troubled_sources(log) if log and self.retry_problems else [])
            writer = stack.enter_context(write.opened(self.format, self.out)) if self._writes else None
            tally = stack.enter_context(progress(read.total_bytes(sources), self._shows_progress))
            run = _Stream(self, sources, coder, tally, self._resumption(store, log, tally) if store and log else None)
            codings = run.codings()
            if writer is not None:
                codings = run.written(codings, writer)
            added = run.stored(codings, store, log) if store and log else run.exhausted(codings)
        if not self.quiet:
            run.report(added, time.monotonic() - started, shown=self._writes and self.out is None)
        return tally.status

    def _record(self) -> RunRecord:
        return provenance.run_record(asdict(self), self.sources, self.types, self.knowledge)

    def _resumption(self, store: Store, log: Log, tally: Tally) -> Resumption:
        """What earlier runs left to do; says so where they coded otherwise."""
        others = log.ledger.other_settings(log.run.settings or "")
        if others and not self.quiet:
            say(f"{others:,} articles in {self.store} were coded with other versions or options: they stay as they are")
        settings = provenance.reading_settings(asdict(self))
        return Resumption(store, log, settings, tally, self.retry_problems, skips_new=bool(self.sources))

    def _check(self) -> None:
        """Nothing is made or emptied for a command that cannot run."""
        try:
            day_of(self.published)
        except ValueError as error:
            raise DragomanError(f"{error} (--published)") from error
        known_kind(self.kind)
        if self._writes:
            format_of(self.format, self.out)
            self._check_apart(self.out or sys.stdout)

    def _check_apart(self, written: Path | TextIO) -> None:
        """What is written must not be read as well: it would be emptied first, or grow for ever."""
        if isinstance(written, Path) and not written.exists():
            return self._check_apart_when_made(written)
        output = _file(written)
        for source in (s for s in self.sources if output and s != STDIN):
            for file in files_of(source):
                if isinstance(file, Path) and _file(file) == output:
                    raise DragomanError(f"{file} would be read and written at once: write to another file, outside of what is read")

    def _check_apart_when_made(self, out: Path) -> None:
        """Whether a folder or pattern that is read takes a new file in shows only when it is there."""
        try:
            out.touch(exist_ok=False)
        except OSError:
            return  # the writer says why
        try:
            self._check_apart(out)
        finally:
            out.unlink()

    @property
    def _shows_progress(self) -> bool:
        """A bar would draw itself over records that scroll by on the same terminal."""
        scrolls = self._writes and self.out is None and sys.stdout.isatty()
        return shows_progress(self.quiet) and not scrolls

    @property
    def _writes(self) -> bool:
        """Records are written unless they only go into a store."""
        return self.store is None or self.format is not None or self.out is not None


def _file(of: Path | TextIO) -> tuple[int, int] | None:
    """Device and number of a file that is there, so that a file is known by any of its names; None of what is no file."""
    try:
        found = os.stat(of) if isinstance(of, Path) else os.fstat(of.fileno())
    except (OSError, ValueError):
        return None
    return (found.st_dev, found.st_ino) if stat.S_ISREG(found.st_mode) else None


class _Stream:
    """The articles of a run on their way from the files to the writer and the store."""

    def __init__(self, options: Run, sources: list[str], coder: Coder, tally: Tally, resumption: Resumption | None) -> None:
        self.options = options
        self.sources = sources
        self.coder = coder
        self.tally = tally
        self.resumption = resumption
        self.texts: deque[str] = deque()
        self.problems: list[Problem] = []

    def codings(self) -> Iterator[Coding]:
        for coding in self.coder.pipe(self._remembered(self._new()), self.options.workers):
            interrupts.check()
            self.tally.coded(coding.article is not None, len(coding.events), len(coding.problems))
            self.problems.extend(coding.problems[: PROBLEMS_SHOWN - len(self.problems)])
            yield coding

    def _new(self) -> Iterator[Article | Problem]:
        """What is read, without what the store has already, so that an interrupted run goes on where it stopped."""
        options, resumption = self.options, self.resumption
        around = resumption.around if resumption else None
        items = read.read(
            self.sources,
            published=options.published,
            max_chars=options.max_chars,
            columns=options.columns,
            kind=options.kind,
            allow_private=options.allow_private,
            on_bytes=self.tally.read,
            around=around,
            spot=resumption.spot if resumption else None,
        )
        return resumption.new(chain(items, resumption.lost(self.sources))) if resumption else items

    def _remembered(self, items: Iterable[Article | Problem]) -> Iterator[Article | Problem]:
        """Keeps the texts of what is on its way, for the store; codings come back in the same order."""
        for item in items:
            self.texts.append(item.text if isinstance(item, Article) else "")
            yield item

    @staticmethod
    def written(codings: Iterable[Coding], writer: write.Writer) -> Iterator[Coding]:
        for coding in codings:
            writer.write(coding)
            yield coding

    def stored(self, codings: Iterable[Coding], store: Store, log: Log) -> Added:
        with recorded(log):
            return store.add(((coding, self.texts.popleft()) for coding in codings), log)

    def exhausted(self, codings: Iterable[Coding]) -> Added:
        for _ in codings:
            self.texts.popleft()
        return Added()

    def report(self, added: Added, seconds: float, shown: bool) -> None:
        """The last lines for a person: what could not be read, and how much was done."""
        if not shown:
            for problem in self.problems:
                say(f"{problem.source or problem.article_id}: {problem.message}")
        tally, resumption = self.tally, self.resumption
        if tally.articles + tally.problems <= 1 and resumption is None:
            return
        for note in (resumption.notes if resumption else [])[:PROBLEMS_SHOWN]:
            say(note)
        skipped = added.skipped + (resumption.known if resumption else 0)
        there = f", {skipped:,} were there already" if skipped else ""
        target = f" -> {self.options.store}" if resumption else ""
        say(f"{tally.articles:,} articles, {tally.events:,} events, {tally.problems:,} problems in {seconds:.1f} s{there}{target}")
