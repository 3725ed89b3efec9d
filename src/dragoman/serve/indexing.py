"""The index for full-text search, while a store is served. In: a store and its index. Out: how many articles are left, as it goes.

Much to do is done by another process that gives way to all others: in this one, who asks for a page would wait for it.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Event as Signal

from dragoman.searching import Index
from dragoman.searching.index import SearchError, place_of, version_of
from dragoman.store import Store

FEW = 2_000  # articles that this process does itself
GIVING_WAY = 10
EVERY = 0.5  # seconds


def brought_up_to_date(store: Store, index: Index, closing: Signal) -> Iterator[int]:
    """Articles that are left, again and again, until none is or ``closing`` is set. SearchError where the index cannot be made."""
    version = version_of(store.path)
    done, there = index.state()
    if done == version:
        return
    total = store.count_articles()
    if total - there <= FEW or index.path != place_of(store.path):  # an index in a temporary folder is this process's own
        yield from index.update(store, version)
        return
    with child(store) as process:
        while process.poll() is None and not closing.wait(EVERY):
            yield max(total - index.state()[1], 1)
        if process.poll():
            raise SearchError((process.stderr.read() if process.stderr else "").strip() or "the index could not be made")


@contextmanager
def child(store: Store) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-m", "dragoman", "index", str(store.path), "--quiet"]
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    with suppress(OSError, AttributeError):
        os.setpriority(os.PRIO_PROCESS, process.pid, GIVING_WAY)
    try:
        yield process
    finally:
        process.terminate()
        process.wait()
