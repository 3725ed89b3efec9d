"""In: the address of a page or feed. Out: what its server answers, within bounds on time, size and redirects, from the open internet only.

urllib3 is used for its plain connections: they take the address to connect to apart from the name that the certificate must have, which
httpx hides behind its transport, and trafilatura brings it along. Proxies, cookies and passwords are not sent.
"""

from __future__ import annotations

import re
import socket
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.client import HTTPException
from threading import Timer
from urllib.parse import SplitResult, quote, urljoin, urlsplit, urlunsplit

import certifi
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool, Timeout
from urllib3.exceptions import HTTPError, ProtocolError
from urllib3.response import BaseHTTPResponse

from dragoman.read.addresses import Refused, addresses_of
from dragoman.version import dragoman_version

PORTS = {"http": 80, "https": 443}
REDIRECTS = frozenset({301, 302, 303, 307, 308})
CHUNK = 65_536
OBJECT = re.compile(r"\A\w+\(host=[^()]*\)[^:]*: ")
ACCEPT = "text/html,application/xhtml+xml,application/rss+xml,application/atom+xml,application/xml;q=0.9,*/*;q=0.5"
KEPT_OUTSIDE_ASCII = "%/:=&?~#+!$,;'@()*[]|"


@dataclass(frozen=True, slots=True)
class Limits:
    """What one request may take: bytes once unpacked, seconds in all and without a byte, hops from address to address."""

    size: int = 32 * 2**20
    seconds: float = 60.0
    silence: float = 20.0
    redirects: int = 5


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server answered; ``url`` is where it came from in the end. ``body`` is unpacked, and empty where the status is no success."""

    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes = b""
    hops: tuple[str, ...] = ()

    @property
    def charset(self) -> str | None:
        """The encoding that the server names."""
        for part in self.headers.get("content-type", "").split(";")[1:]:
            key, _, value = part.partition("=")
            if key.strip().lower() == "charset":
                return value.strip().strip("\"'") or None
        return None


class Failed(ValueError):
    """No answer that can be used; the message says why."""


@dataclass(frozen=True, slots=True)
class Fetcher:
    """Fetches addresses; ``may`` is asked before each hop, and says why not, or None."""

    allow_private: bool = False
    limits: Limits = field(default_factory=Limits)
    may: Callable[[str], str | None] = lambda url: None

    def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> Answer:
        """The answer after all redirects. Refused for what is not asked for, Failed for what does not come."""
        ends = time.monotonic() + self.limits.seconds
        hops = [normal(url)]
        while True:
            if (why := self.may(hops[-1])) is not None:
                raise Refused(why)
            answer = self._answer(hops[-1], dict(headers or {}), ends)
            if answer.status not in REDIRECTS or "location" not in answer.headers:
                return Answer(hops[-1], answer.status, answer.headers, answer.body, tuple(hops))
            following = normal(urljoin(hops[-1], answer.headers["location"]))
            if len(hops) > self.limits.redirects or following in hops:
                raise Failed(f"more than {self.limits.redirects} redirects, or in a circle; the last is to {following}")
            hops.append(following)

    def _answer(self, url: str, headers: dict[str, str], ends: float) -> Answer:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port or PORTS[parts.scheme]
        try:
            addresses = addresses_of(host, port, self.allow_private)
        except OSError as error:
            raise Failed(str(error)) from error
        failure: Exception = Failed("no address")
        for address in addresses[:3]:
            try:
                return self._answer_of(address, parts, {**basic_headers(parts), **headers}, ends)
            except (HTTPError, HTTPException, OSError) as error:
                failure = error
                if is_over(ends):
                    raise Failed(self._late) from error
        raise Failed(said(failure)) from failure

    @property
    def _late(self) -> str:
        return f"not done within {self.limits.seconds:g} seconds"

    def _answer_of(self, address: str, parts: SplitResult, headers: dict[str, str], ends: float) -> Answer:
        left = max(0.1, ends - time.monotonic())
        with cut_off(pool_of(address, parts, Timeout(min(self.limits.silence, left))), left) as pool:
            target = urlunsplit(("", "", parts.path or "/", parts.query, ""))
            response = pool.urlopen(
                "GET", target, headers=headers, redirect=False, retries=False, preload_content=False, assert_same_host=False
            )
            named = {key.lower(): value for key, value in response.headers.items()}
            body = self._body(response, ends) if 200 <= response.status < 300 else b""
            return Answer(urlunsplit(parts), response.status, named, body)

    def _body(self, response: BaseHTTPResponse, ends: float) -> bytes:
        """The body, unpacked. Failed where it is longer than allowed or does not end in time."""
        parts: list[bytes] = []
        size = 0
        for chunk in response.stream(CHUNK, decode_content=True):
            parts.append(chunk)
            size += len(chunk)
            if size > self.limits.size:
                raise Failed(f"more than {self.limits.size:,} bytes; fetch it by other means and give the file")
        if is_over(ends):  # a body without a length ends where the connection is cut off
            raise Failed(self._late)
        return b"".join(parts)


def normal(url: str) -> str:
    """An address as it is asked for, without its fragment. Refused where it is none, or none of the web."""
    try:
        parts = urlsplit(url.strip())
        host = (parts.hostname or "").encode("idna").decode("ascii") if parts.hostname and ":" not in parts.hostname else parts.hostname
        port = parts.port
    except ValueError as error:
        raise Refused(f"{url[:200]!r} is no address: {error}") from error
    if parts.scheme not in PORTS or not host:
        raise Refused(f"{url[:200]!r} is no http or https address, and no other is fetched")
    if parts.username is not None or parts.password is not None:
        raise Refused("an address with a user name or password is not fetched; fetch it by other means and give the file")
    netloc = (f"[{host}]" if ":" in host else host) + (f":{port}" if port and port != PORTS[parts.scheme] else "")
    path, query = (quote(part, safe=KEPT_OUTSIDE_ASCII) for part in (parts.path or "/", parts.query))
    return urlunsplit((parts.scheme, netloc, path, query, ""))


def user_agent() -> str:
    return f"dragoman/{dragoman_version()} (political event coder; reads feeds and articles)"


def basic_headers(parts: SplitResult) -> dict[str, str]:
    return {"Host": parts.netloc, "User-Agent": user_agent(), "Accept": ACCEPT, "Accept-Encoding": "gzip, deflate"}


def pool_of(address: str, parts: SplitResult, timeout: Timeout) -> HTTPConnectionPool:
    """One connection to an address, which must show the certificate of the name."""
    port = parts.port or PORTS[parts.scheme]
    if parts.scheme == "http":
        return HTTPConnectionPool(address, port, timeout=timeout, maxsize=1)
    name = parts.hostname
    return HTTPSConnectionPool(
        address, port, timeout=timeout, maxsize=1, server_hostname=name, assert_hostname=name, ca_certs=certifi.where()
    )


@contextmanager
def cut_off(pool: HTTPConnectionPool, seconds: float) -> Iterator[HTTPConnectionPool]:
    """Ends the connections of a pool after so many seconds: a server that sends a byte now and then never falls silent."""
    opened: list[socket.socket] = []

    class Watched(pool.ConnectionCls):  # type: ignore[misc, name-defined]
        def _new_conn(self) -> socket.socket:
            made: socket.socket = super()._new_conn()
            opened.append(made.dup())  # TLS takes the first one over
            return made

    def end() -> None:
        for one in opened:
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)

    pool.ConnectionCls = Watched
    timer = Timer(seconds, end)
    timer.daemon = True
    timer.start()
    try:
        yield pool
    finally:
        timer.cancel()
        pool.close()
        for one in opened:
            one.close()


def is_over(ends: float) -> bool:
    return time.monotonic() > ends - 0.05  # the connection may be cut off a little early


def said(error: Exception) -> str:
    """What went wrong with a connection, without the names of urllib3's objects."""
    if isinstance(error, ProtocolError):
        return "the connection broke off; try again"
    return OBJECT.sub("", str(getattr(error, "reason", None) or error))
