"""In: feeds and a store. Out: the store with the records of what the feeds publish, and a line for each feed that had something new.

The store is open only while articles go into it, so that it can be queried between.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from dragoman import interrupts
from dragoman.coder import Coder
from dragoman.console import MAX_PROBLEMS, say
from dragoman.read.base import Options
from dragoman.schema import Article, Coding, Problem
from dragoman.store import Added, Store
from dragoman.store.errors import StoreError
from dragoman.store.store import BATCH
from dragoman.store.writing import sum_of
from dragoman.watch.manners import Guest
from dragoman.watch.polling import Poll, Poller
from dragoman.watch.state import State

TURN = 1.0  # seconds; the least that is slept between rounds
LOCKED = 60.0  # seconds after which a store is tried again that somebody else writes


@dataclass(slots=True)
class Watch:
    """Watches feeds until it is interrupted, or asks each once. ``every`` is in seconds."""

    feeds: Sequence[str]
    store: Path
    coder: Coder
    every: float = 900.0
    pages: bool = True
    quiet: bool = False
    guest: Guest = field(default_factory=Guest)

    def once(self) -> int:
        """Asks each feed that is not to be left alone, and returns the exit status: how many problems there were."""
        state = State(self.store)
        problems = sum(self._feed(feed, state) for feed in self.feeds if state.of(feed).not_before <= self.guest.now())
        return min(problems, MAX_PROBLEMS)

    def forever(self) -> None:
        """Asks each feed again and again, one after the other; ends by KeyboardInterrupt."""
        state = State(self.store)
        due = dict.fromkeys(self.feeds, 0.0)
        while True:
            feed = min(due, key=due.__getitem__)
            wait = due[feed] - self.guest.now()
            if wait > 0:
                time.sleep(max(TURN, wait))
                interrupts.check()
            try:
                self._feed(feed, state)
                due[feed] = max(self.guest.now() + self.every, state.of(feed).not_before)
            except StoreError as error:
                self._say(f"{error} (trying again in {LOCKED:.0f} seconds)")
                due[feed] = self.guest.now() + LOCKED

    def _feed(self, feed: str, state: State) -> int:
        """Asks one feed, codes and stores what is new, and only then remembers it. Returns the number of problems."""
        known = state.of(feed)
        if known.not_before > self.guest.now():
            return 0
        poll = Poller(self.guest, self._stored, Options(), self.pages, self.every).poll(known)
        added, problems = self._coded(poll)
        if poll.answer is not None:
            poll.done(known)
        state.save()
        self._report(feed, poll, added, problems)
        return len(problems)

    def _stored(self, article_ids: Sequence[str]) -> set[str]:
        if not article_ids or not self.store.exists():
            return set()
        with Store(self.store, readonly=True) as store:
            return set(store.known(article_ids))

    def _coded(self, poll: Poll) -> tuple[Added, list[Problem]]:
        problems = list(poll.problems)
        added = Added()
        for articles in batched(poll.articles):
            codings: list[tuple[Coding, str]] = []
            for coding, article in zip(self.coder.pipe(articles), articles, strict=True):
                interrupts.check()
                problems += coding.problems
                codings.append((coding, article.text))
            with Store(self.store) as store:
                added = sum_of(added, store.add(codings))
        return added, problems

    def _report(self, feed: str, poll: Poll, added: Added, problems: Sequence[Problem]) -> None:
        for problem in problems:
            self._say(f"{problem.source or problem.article_id}: {problem.message}")
        left = len(poll.later) + poll.waiting
        if poll.articles or left:
            later = f", {left:,} whose page comes later" if left else ""
            self._say(f"{feed}: {added.articles:,} new articles, {added.events:,} events{later} -> {self.store}")

    def _say(self, message: str) -> None:
        if not self.quiet:
            say(message)


def batched(articles: Sequence[Article]) -> Iterator[Sequence[Article]]:
    """As many at a time as the store takes in one go, so that a long feed is not lost when somebody stops in the middle."""
    return (articles[start : start + BATCH] for start in range(0, len(articles), BATCH))
