"""In: addresses to fetch. Out: their answers, with what a guest owes a host: robots.txt, a pause between requests, and patience.

All of it runs in one thread, so there is never more than one request at a time, to a host or at all.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

from dragoman.read.addresses import Refused
from dragoman.read.fetching import Answer, Failed, Fetcher, Limits
from dragoman.watch.robots import LONGEST, Robots

PAUSE, LONGEST_PAUSE = 2.0, 30.0  # seconds between two requests to a host, and at most if it wants more
LONGEST_WAIT = 86_400.0  # seconds that a Retry-After is heeded
BUSY = frozenset({429, 503})


class Disallowed(Refused):
    """The host's robots.txt does not want this address fetched."""


class Guest:
    """Fetches addresses with manners. ``sleep`` and ``now`` are there for tests."""

    def __init__(
        self,
        allow_private: bool = False,
        pause: float = PAUSE,
        sleep: Callable[[float], None] = time.sleep,
        now: Callable[[], float] = time.time,
    ) -> None:
        self.now = now
        self._sleep = sleep
        self._pause = pause
        self._free: dict[str, float] = {}
        self._asking = Fetcher(allow_private, Limits(size=8 * LONGEST, seconds=30.0), self._wait)
        self.robots = Robots(self._asking.fetch, now)
        self._fetcher = replace(self._asking, limits=Limits(), may=self._admitted)

    def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> Answer:
        """The answer. Disallowed by robots.txt, Refused or Failed as of ``Fetcher.fetch``. A busy host is left alone for a while."""
        try:
            answer = self._fetcher.fetch(url, headers)
        finally:
            self._rest(url)
        if answer.status in BUSY:
            self._free[host_of(answer.url)] = self.now() + (self.retry_after(answer) or self._pause)
        return answer

    def retry_after(self, answer: Answer) -> float | None:
        """Seconds that a host asks us to wait, as a number or a date; None where it does not."""
        written = answer.headers.get("retry-after", "").strip()
        if written.isdecimal():
            return min(float(written[:9]), LONGEST_WAIT)
        try:
            wanted = parsedate_to_datetime(written).timestamp() - self.now()
        except (ValueError, OverflowError, TypeError, IndexError):
            return None
        return min(max(0.0, wanted), LONGEST_WAIT)

    def free_at(self, url: str) -> float:
        """When the host may next be asked."""
        return self._free.get(host_of(url), 0.0)

    def is_held(self, url: str) -> bool:
        """Whether the host asked to be left alone for longer than anybody waits."""
        return self.free_at(url) - self.now() > LONGEST_PAUSE

    def _admitted(self, url: str) -> str | None:
        if not self.robots.allow(url):
            if self.robots.is_silent(url):
                raise Failed(f"the robots.txt of {host_of(url)} cannot be read")
            raise Disallowed(f"the robots.txt of {host_of(url)} does not allow {url}")
        return self._wait(url)

    def _wait(self, url: str) -> str | None:
        """Waits for the host's turn, but not for one that asked to be left alone for longer."""
        left = self.free_at(url) - self.now()
        if self.is_held(url):
            return f"{host_of(url)} asked to be left alone for another {left:.0f} seconds"
        if left > 0:
            self._sleep(left)
        self._rest(url)
        return None

    def _rest(self, url: str) -> None:
        wanted = self.robots.delay(url) if self.robots.knows(url) else 0.0
        pause = min(max(self._pause, wanted), LONGEST_PAUSE)
        self._free[host_of(url)] = max(self.free_at(url), self.now() + pause)


def host_of(url: str) -> str:
    return urlsplit(url).netloc
