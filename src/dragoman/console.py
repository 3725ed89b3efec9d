"""In: what a command runs into. Out: exit statuses, one-line messages and the progress bar, the same for every command.

Exit statuses: 0 all went well; 1 to 100 so many articles or files had problems (100: that many or more); 101 the command could not
run (bad arguments, no such store); 130 interrupted; 141 nobody reads the output any more.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TaskProgressColumn, TextColumn, TimeRemainingColumn

MAX_PROBLEMS, CANNOT_RUN, INTERRUPTED, BROKEN_PIPE = 100, 101, 130, 141
PROBLEMS_SHOWN = 10


def say(message: str) -> None:
    """A line for the person at the terminal, beside the records."""
    print(message, file=sys.stderr, flush=True)


class Tally:
    """What a run has done so far, for the bar and for the last line."""

    def __init__(self) -> None:
        self.articles = self.events = self.problems = self.bytes = 0
        self.update: Callable[[], None] = lambda: None

    def read(self, count: int) -> None:
        self.bytes += count
        self.update()

    def coded(self, articles: int, events: int, problems: int) -> None:
        self.articles += articles
        self.events += events
        self.problems += problems
        self.update()

    @property
    def status(self) -> int:
        return min(self.problems, MAX_PROBLEMS)


def shows_progress(quiet: bool) -> bool:
    """Whether a bar is drawn: only where a person watches, and has not asked for silence."""
    return not quiet and sys.stderr.isatty()


@contextmanager
def progress(total_bytes: int | None, shown: bool) -> Iterator[Tally]:
    """A bar on the error stream, with articles a second and events found; only where a person watches."""
    tally = Tally()
    if not shown:
        yield tally
        return
    with Progress(
        SpinnerColumn(),
        BarColumn(bar_width=24),
        TaskProgressColumn(),
        TextColumn("{task.fields[counts]}"),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        transient=True,
    ) as bar:
        task = bar.add_task("", total=total_bytes, counts="")

        def update() -> None:
            seconds = bar.tasks[0].elapsed or 0.0
            rate = f"{tally.articles / seconds:.1f} articles/s" if seconds > 1 else ""
            bar.update(task, completed=tally.bytes, counts=f"{tally.articles:,} articles  {tally.events:,} events  {rate}")

        tally.update = update
        yield tally


@contextmanager
def steps(total: int, shown: bool) -> Iterator[Callable[[int, str], None]]:
    """A bar on the error stream for so many steps, told how many more are done and of what; only where a person watches."""
    if not shown:
        yield lambda done, what: None
        return
    columns = (SpinnerColumn(), BarColumn(bar_width=24), TaskProgressColumn(), TextColumn("{task.description}"), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=total)
        yield lambda done, what: bar.update(task, advance=done, description=what)
