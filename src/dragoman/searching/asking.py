"""In: ``dragoman index``. Out: an index beside the store, brought up to date, and a line about it."""

from __future__ import annotations

import time
from pathlib import Path

from dragoman.console import say, shows_progress, steps
from dragoman.searching.index import Index, version_of
from dragoman.store import Store


def run(path: Path, quiet: bool) -> None:
    """Indexes a store that must be there, with a bar where a person watches."""
    started = time.monotonic()
    with Store(path, readonly=True) as store:
        index = Index(path)
        total = left = store.count_articles()
        with steps(total, shown=shows_progress(quiet)) as on_step:
            for waiting in index.update(store, version_of(path)):
                on_step(left - waiting, "indexed")
                left = waiting
    if not quiet:
        say(f"{total:,} articles can be searched; {time.monotonic() - started:.1f} s -> {index.path}")
