"""In: Ctrl-C, or whoever stops a batch job or a container. Out: KeyboardInterrupt, also where a library has made another error of it.

Compiled code that is interrupted now and then raises an error of its own, which looks like the fault of one article. So it is kept that
a signal came, and asked for before what has been coded is handed on.
"""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

_came = False


def listen() -> None:
    """From now on both signals interrupt; one that is ignored, as in a background job, stays so."""
    global _came
    _came = False
    for number in (signal.SIGINT, signal.SIGTERM):
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, _interrupt)


def check() -> None:
    """KeyboardInterrupt if a signal came, whatever became of it."""
    if _came:
        raise KeyboardInterrupt


@contextmanager
def heeded() -> Iterator[None]:
    """Whatever error ends what is inside after a signal came is that signal: DuckDB raises one of its own for a query that was stopped."""
    try:
        yield
    except Exception as error:
        if _came:
            raise KeyboardInterrupt from error
        raise


def _interrupt(number: int, frame: FrameType | None) -> None:
    global _came
    _came = True
    raise KeyboardInterrupt
