"""The commands that look after stores: ``dragoman runs``, ``verify`` and ``diff``. As thin as cli.py, which holds the rest."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from dragoman.console import MAX_PROBLEMS, progress, shows_progress
from dragoman.errors import DragomanError
from dragoman.options import StoreArgument

if TYPE_CHECKING:
    from dragoman.store import RunRecord

DIFFERENT = 1
SHOWN = 10
CodingArgument = Annotated[Path, typer.Argument(help="A store, or JSON lines that dragoman code has written.")]
SHORT_HASH = 12


def runs(
    store: StoreArgument,
    run: Annotated[int | None, typer.Argument(metavar="RUN", help="The number of one run, to see all that is known of it.")] = None,
    format: Annotated[str, typer.Option("--format", "-f", help="table or jsonl.")] = "table",
) -> None:
    """List the runs that filled a store: when, with which version and options, how many records, how each ended.

    Examples:

        dragoman runs events.duckdb

        dragoman runs events.duckdb 2

        dragoman runs events.duckdb --format jsonl
    """
    from dragoman.store import Store

    if format not in ("table", "jsonl"):
        raise DragomanError(f"there is no format {format!r} of runs, only table and jsonl")
    with Store(store, readonly=True) as opened:
        found = [one for one in opened.runs() if run is None or one.id == run]
    if not found:
        what = "no run is recorded" if run is None else f"there is no run {run}; dragoman runs {store} lists them"
        raise DragomanError(f"{what} in {store}" if run is None else what)
    if format == "jsonl":
        for one in found:
            typer.echo(json.dumps(one.plain(), ensure_ascii=False))
    elif run is not None:
        _show_run(found[0])
    else:
        _show_runs(found)


def _show_runs(found: list[RunRecord]) -> None:
    table = Table(box=SIMPLE_HEAD, show_edge=False, padding=(0, 1, 0, 0))
    for name in ("run", "started", "outcome", "dragoman"):
        table.add_column(name, header_style="bold", no_wrap=name == "started")
    for name in ("articles", "events", "problems", "known"):
        table.add_column(name, header_style="bold", justify="right")
    for one in found:
        counts = (f"{one.counts[name]:,}" for name in ("articles", "events", "problems", "known"))
        table.add_row(str(one.id), _minute(one.started), one.outcome, one.dragoman, *counts)
    Console().print(table)


def _minute(time: str | None) -> str:
    """A time of the manifest as a person reads it."""
    return time[:16].replace("T", " ") if time else ""


def _show_run(run: RunRecord) -> None:
    console = Console(highlight=False, markup=False, emoji=False)
    for name, value in run.plain().items():
        if isinstance(value, dict):
            console.print(Text(f"{name}:", style="bold"))
            for key, inner in value.items():
                console.print(f"  {key}: {inner[:SHORT_HASH] if name == 'hashes' else inner}", soft_wrap=True)
        else:
            shown = " ".join(value) if isinstance(value, list) else "" if value is None else value
            console.print(Text.assemble((f"{name}: ", "bold"), str(shown)), soft_wrap=True)


def verify(
    store: StoreArgument,
    limit: Annotated[int, typer.Option("--limit", "-n", min=0, help="Print so many faults.")] = SHOWN,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress bar.")] = False,
) -> None:
    """Check a store: spans against the texts, ids, references between tables, counts against the runs.

    Example:

        dragoman verify events.duckdb

    The exit status is the number of faults (at most 100), 101 if the store cannot be opened.
    """
    from dragoman import verifying
    from dragoman.store import Store

    with Store(store, readonly=True) as opened:
        articles, note = opened.count_articles(), opened.note_on_layout()
    found: Counter[str] = Counter()
    with progress(articles, shows_progress(quiet)) as tally:

        def looked_at(events: int) -> None:
            tally.read(1)
            tally.coded(1, events, 0)

        for fault in verifying.faults(store, looked_at):
            found[fault.kind] += 1
            if found.total() <= limit:
                typer.echo(f"{fault.where}: {fault.what} ({fault.advice})")
    if found.total() > limit > 0:
        typer.echo(f"and {found.total() - limit:,} more; --limit shows more of them")
    if note:
        typer.echo(note)
    kinds = ", ".join(f"{kind} {count:,}" for kind, count in sorted(found.items()))
    typer.echo(
        f"{store}: {tally.articles:,} articles and {tally.events:,} events, {found.total():,} faults{f' ({kinds})' if kinds else ''}"
    )
    raise typer.Exit(min(found.total(), MAX_PROBLEMS))


def diff(
    a: CodingArgument,
    b: CodingArgument,
    format: Annotated[str | None, typer.Option("--format", "-f", help="table, jsonl or csv.")] = None,
    out: Annotated[Path | None, typer.Option("--out", "-o", help="Write there instead of to the terminal.")] = None,
    ignore: Annotated[
        list[str] | None, typer.Option("--ignore", help="A field that may differ, such as confidence; can be repeated.")
    ] = None,
    limit: Annotated[int, typer.Option("--limit", "-n", min=0, help="Differences that the table lists.")] = SHOWN,
) -> None:
    """Compare two codings of the same articles, record by record.

    Examples:

        dragoman diff old.duckdb new.duckdb

        dragoman diff old.duckdb new.jsonl --ignore confidence --ignore because --format csv -o changes.csv

    The exit status is 0 if they are equal, 1 if they differ, 101 if one of them cannot be read.
    """
    from dragoman import differing
    from dragoman.differing.showing import shower
    from dragoman.write.opening import stream_to

    show = shower(format, out)
    comparison = differing.Comparison(differing.known_fields(ignore or []))
    with differing.codings_by_id(a) as first, differing.codings_by_id(b) as second, stream_to(out) as stream:
        show(comparison, comparison.differences(first, second), stream, limit)
    raise typer.Exit(0 if comparison.is_equal else DIFFERENT)
