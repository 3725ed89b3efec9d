"""The commands that audit a store: ``dragoman audit draw``, ``report``, ``panel`` and ``export``. As thin as cli.py."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from dragoman.console import say
from dragoman.options import OutOption, StoreArgument

audits = typer.Typer(help="Draw a sample, judge it, and say how good the records are.", no_args_is_help=True)
AuditArgument = Annotated[Path, typer.Argument(help="A file that dragoman audit draw has made.")]
PAGE = "html"
RowsOption = Annotated[str | None, typer.Option("--format", "-f", help="table, csv, tsv, jsonl, arrow or parquet.")]


@audits.command("draw")
def draw(
    store: StoreArgument,
    question: Annotated[str, typer.Argument(metavar="QUERY", help="Draw from these events only; empty for all.")] = "",
    size: Annotated[int, typer.Option("--size", "-n", min=1, max=100_000, help="How many events.")] = 200,
    by: Annotated[str, typer.Option("--by", help="Stratify: none, type, confidence or publication.")] = "none",
    stories: Annotated[int, typer.Option("--stories", min=0, max=10_000, help="How many articles to read whole, for recall.")] = 0,
    seed: Annotated[int, typer.Option("--seed", help="Another one draws another sample.")] = 0,
    out: Annotated[Path, typer.Option("--out", "-o", help="The new file of the audit.")] = Path("audit.jsonl"),
) -> None:
    """Draw a sample of a store's events into a file of its own.

    Examples:

        dragoman audit draw events.duckdb --size 200 --by type --seed 7 -o audit.jsonl

        dragoman audit draw events.duckdb "2024, Q4" --size 300 --stories 30 -o conflict.jsonl

    Then judge it: dragoman serve events.duckdb --audit audit.jsonl --judge YOUR-NAME
    """
    from dragoman import asking
    from dragoman.audit import sampling

    with asking.opened(store) as there:
        drawn = sampling.draw(there, out, size, by, seed, question, stories)
    events = sum(stratum.drawn for stratum in drawn.strata.values())
    say(f"{events:,} of {sum(stratum.events for stratum in drawn.strata.values()):,} events, {len(drawn.strata)} strata -> {out}")
    if missing := [name for name, stratum in drawn.strata.items() if not stratum.drawn]:
        say(f"none drawn of {', '.join(missing)}: figures of the whole leave these out; draw more with --size")


@audits.command("report")
def report(audit: AuditArgument, format: RowsOption = None, out: OutOption = None) -> None:
    """Precision by type, field and confidence, recall, and how far the judges agree; also as a page, html.

    Examples:

        dragoman audit report audit.jsonl -o report.html

        dragoman audit report audit.jsonl --format csv -o figures.csv
    """
    from dragoman.audit import Audit
    from dragoman.audit import report as reports
    from dragoman.write import results
    from dragoman.write.opening import stream_to

    if format == PAGE or (format is None and out is not None and out.suffix.lower() in (".html", ".htm")):
        page = reports.html_report(Audit(audit))
        with stream_to(out) as stream:
            stream.write(page)
    else:
        results.write_rows(reports.rows_of(Audit(audit)), format, out)


@audits.command("panel")
def panel(
    store: StoreArgument,
    audit: AuditArgument,
    by: Annotated[
        str, typer.Option(help="Groups: dyad, country (on either side), actor, recipient, type, quad; day, week, month, quarter, year.")
    ] = "country,year",
    undirected: Annotated[bool, typer.Option("--undirected", help="One dyad for both directions.")] = False,
    format: RowsOption = None,
    out: OutOption = None,
) -> None:
    """Count events with intervals that account for the coder's errors.

    Examples:

        dragoman audit panel events.duckdb audit.jsonl --by country,year

        dragoman audit panel events.duckdb audit.jsonl --by type -o corrected.csv

    right: of the events counted, how many belong in the group; corrected: with those counted elsewhere. docs/audit.md explains them.
    """
    from dragoman import asking
    from dragoman.audit import Audit
    from dragoman.audit.correcting import corrected_panel
    from dragoman.audit.report import batches
    from dragoman.write import results

    results.format_of(format, out)
    layout = asking.layout(tuple(part.strip() for part in by.split(",")), None, False, False, None, undirected)
    with asking.opened(store) as there:
        rows = corrected_panel(there, Audit(audit), layout)
    results.write_rows(batches(rows), format, out)


@audits.command("export")
def export(audit: AuditArgument, out: OutOption = None) -> None:
    """Write what was judged right or put right as labelled text, as corpus/README.md explains it.

    Example:

        dragoman audit export audit.jsonl -o judged.txt
    """
    from dragoman.audit import Audit
    from dragoman.audit.exporting import corpus_lines
    from dragoman.write.opening import stream_to

    exported = corpus_lines(Audit(audit))
    with stream_to(out) as stream:
        stream.writelines(f"{line}\n" for line in exported.lines)
    say(f"{sum(not line.startswith('#') for line in exported.lines):,} sentences{f' -> {out}' if out else ''}")
    for reason, count in exported.left_out.items():
        say(f"left out {count:,}: {reason}")


def plot(
    store: StoreArgument,
    question: Annotated[str, typer.Argument(metavar="QUERY", help='Such as "JPN <-> USA"; empty for all events.')] = "",
    by: Annotated[str, typer.Option("--by", help="day, week, month, quarter or year.")] = "month",
    title: Annotated[str | None, typer.Option("--title", help="Over the picture; the query if it is not given.")] = None,
    out: Annotated[Path | None, typer.Option("--out", "-o", help="An .svg or .png file; SVG on the standard output if none.")] = None,
) -> None:
    """Draw a timeline of cooperation and conflict, as SVG or PNG.

    Examples:

        dragoman plot events.duckdb "JPN <-> USA" --by month -o plot.svg

        dragoman plot events.duckdb "RUS -> UKR, 2024" --by week --title "Russia and Ukraine in 2024" -o 2024.png
    """
    from dragoman import picturing

    picturing.plot(store, question, by, title, out)


def report_on(
    store: StoreArgument,
    between: Annotated[str, typer.Option("--between", help="Two actors, or one and all others: JPN,USA.")],
    during: Annotated[str | None, typer.Option("--during", help="Within 2024, 2024-05 or 2024-01..2024-06.")] = None,
    limit: Annotated[int, typer.Option("--limit", "-n", min=1, help="At most so many events are listed.")] = 2000,
    out: Annotated[Path, typer.Option("--out", "-o", help="The file of the page.")] = Path("report.html"),
) -> None:
    """Write one page that needs nothing else: timeline, counts, relations, promises and their outcomes, statements, events.

    Examples:

        dragoman report events.duckdb --between JPN,USA -o report.html

        dragoman report events.duckdb --between Japan --during 2024 -o japan.html
    """
    from dragoman import reporting

    say(f"{reporting.report(store, between, during, limit, out):,} events -> {out}")
