"""In: ``dragoman merge``, and ``--unit event`` of other commands. Out: a merged store and a line about it, merged events written."""

from __future__ import annotations

import time
from collections.abc import Iterable
from pathlib import Path

from dragoman.console import say, shows_progress, steps
from dragoman.merging.run import merge, total_of
from dragoman.schema import MergedEvent
from dragoman.store import Store
from dragoman.store.merged import UNIT_EVENT, unmerged
from dragoman.write.merged import WRITERS
from dragoman.write.opening import format_of, stream_to

FORGOTTEN = "articles of this store were taken out or changed since the last merge, so all were merged anew"


def run(path: Path, quiet: bool) -> None:
    """Merges a store that must be there, with a bar where a person watches."""
    Store(path, readonly=True).close()  # which is an error where there is no store, while opening it for writing makes one
    started = time.monotonic()
    with Store(path) as store, steps(total_of(store), shown=shows_progress(quiet)) as on_step:
        done = merge(store, on_step)
    if quiet:
        return
    if done.forgotten:
        say(FORGOTTEN)
    seconds = time.monotonic() - started
    told = f"{done.articles:,} articles tell {done.stories:,} stories, {done.reports:,} reports {done.events:,} events"
    say(f"{done.new:,} new articles; {told}")
    say(f"{seconds:.1f} s -> {path}")


def warn_if_stale(store: Store, unit: str) -> None:
    """What came after the last merge counts as events of its own; whoever counts should know."""
    if unit == UNIT_EVENT and (waiting := unmerged(store.connection)):
        say(f"{waiting:,} articles came after the last merge and are counted for themselves: run dragoman merge {store.path}")


def write_merged(events: Iterable[MergedEvent], format: str | None, out: Path | None) -> bool:
    """Writes merged events; False, and nothing is written, for a format that has no columns for reports and disagreements."""
    writer = WRITERS.get(format_of(format, out))
    if writer is None:
        return False
    with stream_to(out) as stream:
        writer(events, stream)
    return True
