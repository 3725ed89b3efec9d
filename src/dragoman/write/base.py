"""What every format's writer looks like. In: codings, one by one. Out: text or bytes on a stream, or files in a folder."""

from __future__ import annotations

from typing import Protocol

from dragoman.schema import Coding


class Writer(Protocol):
    """Made with an open stream, which stays open, or a folder; ``close`` writes what is due at the end and does not close the stream."""

    def write(self, coding: Coding) -> None: ...

    def close(self) -> None: ...
