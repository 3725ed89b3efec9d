"""A web server of one test: answers by path, and remembers what it was asked."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import NamedTuple


class Reply(NamedTuple):
    body: bytes | str = b""
    status: int = 200
    headers: Mapping[str, str] = {}


class Asked(NamedTuple):
    path: str
    headers: dict[str, str]


Route = Reply | Callable[[Asked], Reply | Iterator[bytes]]


class Site:
    """``routes`` may be changed while it runs; a path without one is not found. An iterator is sent raw, piece by piece."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.routes: dict[str, Route] = {}
        self.asked: list[Asked] = []

    def url(self, path: str) -> str:
        return self.address + path

    def paths(self) -> list[str]:
        return [asked.path for asked in self.asked]


@contextmanager
def serving() -> Iterator[Site]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked = Asked(self.path, {key.lower(): value for key, value in self.headers.items()})
            site.asked.append(asked)
            route = site.routes.get(self.path, Reply(status=404))
            reply = route if isinstance(route, Reply) else route(asked)
            with suppress(OSError):  # who asked has gone
                self.send(reply)

        def send(self, reply: Reply | Iterator[bytes]) -> None:
            if not isinstance(reply, Reply):
                for piece in reply:
                    self.wfile.write(piece)
                    self.wfile.flush()
                return
            body = reply.body.encode() if isinstance(reply.body, str) else reply.body
            self.send_response(reply.status)
            for key, value in {"Content-Length": str(len(body)), **reply.headers}.items():
                self.send_header(key, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *arguments: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    site = Site(f"http://localhost:{server.server_address[1]}")
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
