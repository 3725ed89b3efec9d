"""In: an address. Out: whether its host's robots.txt lets us fetch it, and how long it wants us to pause between requests.

As RFC 9309 has it: a host without the file (4xx) allows all, one that cannot be asked (5xx, no answer) nothing for now.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit, urlunsplit
from urllib.robotparser import RobotFileParser

from dragoman.read.addresses import Refused
from dragoman.read.fetching import Answer, Failed

AGENT = "dragoman"
KEPT, KEPT_UNKNOWN = 24 * 3_600.0, 1_800.0  # seconds until a file is fetched again, and until a host is asked again that did not answer
LONGEST = 500 * 1_024  # bytes that are heeded


@dataclass(frozen=True, slots=True)
class Rules:
    """What a host says; ``parser`` is None where it could not be asked."""

    parser: RobotFileParser | None
    until: float


class Robots:
    """The rules of all hosts that were asked. ``fetch`` fetches a robots.txt, ``now`` is a clock in seconds."""

    def __init__(self, fetch: Callable[[str], Answer], now: Callable[[], float]) -> None:
        self._fetch = fetch
        self._now = now
        self._rules: dict[str, Rules] = {}

    def allow(self, url: str) -> bool:
        parser = self._of(url).parser
        return parser is not None and parser.can_fetch(AGENT, url)

    def is_silent(self, url: str) -> bool:
        """Whether the host could not be asked."""
        return self._of(url).parser is None

    def delay(self, url: str) -> float:
        """Seconds that the host wants between requests; 0 where it does not say."""
        parser = self._of(url).parser
        wanted = parser.crawl_delay(AGENT) if parser else None
        return float(wanted or 0)

    def knows(self, url: str) -> bool:
        """Whether the host has been asked, so that nobody need ask it now."""
        return site_of(url) in self._rules

    def _of(self, url: str) -> Rules:
        site = site_of(url)
        rules = self._rules.get(site)
        if rules is None or rules.until < self._now():
            parser = self._asked(site)
            rules = Rules(parser, self._now() + (KEPT if parser else KEPT_UNKNOWN))
            self._rules[site] = rules
        return rules

    def _asked(self, site: str) -> RobotFileParser | None:
        try:
            answer = self._fetch(site)
        except (Refused, Failed):
            return None
        if answer.status >= 500 or answer.status == 429:
            return None
        text = answer.body[:LONGEST].decode("utf-8", "replace") if answer.status == 200 else ""
        parser = RobotFileParser()
        parser.parse(text.splitlines())
        return parser


def site_of(url: str) -> str:
    """Where the robots.txt of an address lies."""
    parts = urlsplit(url)
    return urlunsplit((parts.scheme, parts.netloc, "/robots.txt", "", ""))
