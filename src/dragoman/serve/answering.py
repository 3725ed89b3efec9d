"""Answers that hold until the data changes. In: requests of the API. Out: their answers with an ETag, 304, or the answer given before.

While a store is served nobody can write to it, so an answer is the same each time: the last ones are kept, up to so many bytes.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Awaitable, Callable
from threading import Lock
from typing import NamedTuple

from fastapi import Request, Response

from dragoman.serve.library import Library

Next = Callable[[Request], Awaitable[Response]]
KEPT_BYTES = 64 << 20
LARGEST = 1 << 20  # of one answer; a file is streamed and not kept
JSON = "application/json"
SEARCH = "/api/search"  # finds more while articles are still indexed
CHANGING = ("/api/audit",)  # while the store does not


class Answer(NamedTuple):
    """The body of an answer, and the tag of the data that it was made from."""

    tag: str
    body: bytes


class Answers:
    """The answers given last, by address."""

    def __init__(self, most: int = KEPT_BYTES) -> None:
        self._most, self._size = most, 0
        self._kept: OrderedDict[str, Answer] = OrderedDict()
        self._lock = Lock()

    def get(self, address: str, tag: str) -> bytes | None:
        with self._lock:
            found = self._kept.get(address)
            if found is None or found.tag != tag:
                return None
            self._kept.move_to_end(address)
            return found.body

    def keep(self, address: str, tag: str, body: bytes) -> None:
        with self._lock:
            before = self._kept.pop(address, None)
            self._size += len(body) - (len(before.body) if before else 0)
            self._kept[address] = Answer(tag, body)
            while self._size > self._most:
                _, oldest = self._kept.popitem(last=False)
                self._size -= len(oldest.body)


def tagged(library: Library) -> Callable[[Request, Next], Awaitable[Response]]:
    """Middleware: whoever has an answer already is told so before anything is looked up."""
    answers = Answers()

    async def answer(request: Request, call_next: Next) -> Response:
        path = request.url.path
        if request.method != "GET" or not path.startswith("/api/") or path.startswith(CHANGING):
            return await call_next(request)
        indexed = f"-{library.waiting}" if path == SEARCH and library.waiting != 0 else ""
        tag = f'W/"{library.version}{indexed}"'
        if request.headers.get("if-none-match") == tag:
            return Response(status_code=304, headers={"ETag": tag})
        address = f"{path}?{request.url.query}"
        body = answers.get(address, tag)
        if body is not None:
            return Response(body, media_type=JSON, headers={"ETag": tag})
        response = await call_next(request)
        if response.status_code != 200:
            return response
        response.headers["ETag"] = tag
        if response.headers.get("content-type") != JSON or int(response.headers.get("content-length", LARGEST + 1)) > LARGEST:
            return response
        body = b"".join([chunk async for chunk in response.body_iterator])  # type: ignore[attr-defined]
        answers.keep(address, tag, body)
        return Response(body, media_type=JSON, headers={"ETag": tag})

    return answer
