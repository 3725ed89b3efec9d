"""What every format's writer looks like. In: codings, one by one. Out: text on a stream."""

from __future__ import annotations

from typing import Protocol, TextIO

from dragoman.schema import Coding


class Writer(Protocol):
    """Made with an open text stream, which stays open; ``close`` writes what is due at the end and does not close the stream."""

    def __init__(self, stream: TextIO) -> None: ...

    def write(self, coding: Coding) -> None: ...

    def close(self) -> None: ...
