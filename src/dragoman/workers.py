"""In: batches of items, and a way to make a coder. Out: what the coder makes of them, in order, coded in processes of their own.

A process that is killed while it hands back a batch can leave the parent waiting for the other half for ever. So whoever stops asks the
processes to leave off, and waits until they have; only if the parent is gone do they end at once. Ctrl-C while the parent waits inside
a future may leave that locked, and the pool then never ends: so the parent waits for a queue into which finished futures put themselves.
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from itertools import islice
from multiprocessing import get_context
from multiprocessing.connection import Connection
from queue import SimpleQueue
from threading import Thread
from typing import Protocol

from dragoman.errors import DragomanError
from dragoman.schema import Article, Coding, Problem

BATCHES_AHEAD = 2
Batch = list[Article | Problem]


class BatchCoder(Protocol):
    """What codes a batch; it asks ``stopped`` between articles and may leave the rest of the batch."""

    def batch(self, items: Batch, stopped: Callable[[], bool]) -> list[Coding]: ...


_coder: BatchCoder | None = None
_stop: ctypes.c_bool | None = None


def in_processes(batches: Iterator[Batch], workers: int, make: Callable[[], BatchCoder]) -> Iterator[Coding]:
    """The codings of all batches, a few of which are coded ahead of what is asked for. DragomanError if a process dies."""
    context = get_context("spawn")
    stop = context.RawValue(ctypes.c_bool, False)  # without a lock, which a process that is killed might still hold
    wanted, ours = context.Pipe(duplex=False)
    pool = ProcessPoolExecutor(workers, mp_context=context, initializer=_start, initargs=(wanted, stop, make))
    waiting: deque[Future[list[Coding]]] = deque()
    landing: SimpleQueue[Future[list[Coding]]] = SimpleQueue()
    landed = set()
    try:
        while True:
            for batch in islice(batches, workers * BATCHES_AHEAD - len(waiting)):
                with _interrupts_held():
                    waiting.append(pool.submit(_work, batch))
                    waiting[-1].add_done_callback(landing.put)
            if not waiting:
                return
            first = waiting.popleft()
            while first not in landed:
                landed.add(landing.get())
            landed.remove(first)
            yield from first.result()
    except BrokenProcessPool as error:
        raise DragomanError("a worker process died, most often for want of memory; try again with fewer workers") from error
    finally:
        stop.value = True
        pool.shutdown(wait=True, cancel_futures=True)
        ours.close()
        wanted.close()


def _start(wanted: Connection, stop: ctypes.c_bool, make: Callable[[], BatchCoder]) -> None:
    """Makes the coder of this process. Ctrl-C is the parent's to answer."""
    global _coder, _stop
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end_when_orphaned, args=(wanted,), daemon=True).start()
    _coder, _stop = make(), stop


def _end_when_orphaned(wanted: Connection) -> None:
    """The other end of the pipe is the parent's: it closes by itself when the parent dies."""
    wanted.poll(None)
    os._exit(1)


def _work(batch: Batch) -> list[Coding]:
    assert _coder is not None
    return _coder.batch(batch, lambda: _stop is not None and bool(_stop.value))


@contextmanager
def _interrupts_held() -> Iterator[None]:
    """Keeps Ctrl-C waiting for as long as processes are started, and from them for good: one that still loads would print a traceback."""
    if sys.platform == "win32":
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
