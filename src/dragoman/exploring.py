"""The commands that ask stores: ``dragoman query``, ``panel``, ``export``, ``show``, ``relations`` and ``merge``. As thin as cli.py."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from dragoman.console import say
from dragoman.errors import DragomanError
from dragoman.knowing import KnowledgeOption
from dragoman.options import FormatOption, OneADayOption, OutOption, StoreArgument, UnitOption


def query(
    store: StoreArgument,
    question: Annotated[str, typer.Argument(metavar="QUERY", help='Such as "JPN -> USA, SUPPORT, 2024"; empty for all events.')] = "",
    format: FormatOption = None,
    out: OutOption = None,
    limit: Annotated[int | None, typer.Option("--limit", "-n", min=1, help="At most so many events.")] = None,
    count: Annotated[bool, typer.Option("--count", help="Print only how many events there are.")] = False,
    sql: Annotated[str | None, typer.Option("--sql", help="Ask in SQL instead; it can only read, and only this store.")] = None,
    unit: UnitOption = "report",
    one_a_day: OneADayOption = False,
) -> None:
    """Look events up in a store.

    Examples:

        dragoman query events.duckdb "JPN -> USA, SUPPORT or AGREE, 2024-11, GOV"

        dragoman query events.duckdb "RUS <-> UKR, material conflict, claimed" --limit 20

        dragoman query events.duckdb "* -> IRN, SANCTION|THREATEN, 2024-01..2024-06" --format csv -o iran.csv


        dragoman query events.duckdb --sql "SELECT type, count(*) FROM events GROUP BY type"

    Terms between commas must all hold; "or" stands between alternatives, "not" excludes. docs/query.md lists the terms.
    """
    from dragoman import asking

    if sql is not None:
        if question or limit or count or one_a_day or unit != "report":
            raise DragomanError("--sql stands alone: write conditions, LIMIT and count(*) into the SQL")
        asking.answer_sql(store, sql, format, out)
    elif count:
        typer.echo(asking.count(store, question, unit, one_a_day))
    else:
        asking.export(store, question, format, out, limit, unit, one_a_day)


def export(
    store: StoreArgument,
    question: Annotated[str, typer.Argument(metavar="QUERY", help="Only these events; empty for everything that is stored.")] = "",
    format: FormatOption = None,
    out: OutOption = None,
) -> None:
    """Write a store in a format that other programs read.

    Examples:

        dragoman export events.duckdb --format polecat -o out.tsv

        dragoman export events.duckdb "2024, !negation" --format datapackage -o published/

        dragoman export events.duckdb -o events.parquet

    docs/formats.md tells what each format holds.
    """
    from dragoman import asking

    written = asking.export(store, question, format, out)
    if out is not None:
        say(f"{written.articles:,} articles, {written.events:,} events -> {out}")


def panel(
    store: StoreArgument,
    question: Annotated[str, typer.Argument(metavar="QUERY", help="Count only these events.")] = "",
    by: Annotated[
        str, typer.Option(help="Groups: dyad, country (on either side), actor, recipient, type, quad; day, week, month, quarter, year.")
    ] = "dyad,month",
    wide: Annotated[str | None, typer.Option("--wide", help="A column for each type, or for each quad.")] = None,
    score: Annotated[bool, typer.Option("--score", help="Sum and mean of the score as well.")] = False,
    fill: Annotated[bool, typer.Option("--fill", help="Zeros for each group in each period between the first and the last.")] = False,
    period: Annotated[str | None, typer.Option("--period", help="Count and fill within 2024 or 2024-01..2024-06 only.")] = None,
    undirected: Annotated[bool, typer.Option("--undirected", help="One dyad for both directions.")] = False,
    unit: UnitOption = "report",
    one_a_day: OneADayOption = False,
    format: Annotated[str | None, typer.Option("--format", "-f", help="table, csv, tsv, jsonl, arrow or parquet.")] = None,
    out: OutOption = None,
) -> None:
    """Count events for a regression, one row a group.

    Examples:

        dragoman panel events.duckdb "Q4" --by dyad,month > conflict.csv

        dragoman panel events.duckdb --by country,week --wide quad --score --period 2024 -o 2024.parquet

        dragoman panel events.duckdb --by dyad,month --fill --undirected

    Without a file: a table on a terminal, CSV on a pipe.
    """
    from dragoman import asking

    groups = tuple(part.strip() for part in by.split(","))
    layout = asking.layout(groups, wide, score, fill, period, undirected)
    asking.panel(store, layout, question, format, out, unit, one_a_day)


def show(
    article: Annotated[str, typer.Argument(help="The id of an article in the store, or how it begins; without --store a file.")],
    store: Annotated[Path | None, typer.Option("--store", "-s", help="The store that the article is in.")] = None,
    published: Annotated[str | None, typer.Option("--published", "-p", help="Day of publication of a file, YYYY-MM-DD.")] = None,
    knowledge: KnowledgeOption = None,
    width: Annotated[int | None, typer.Option("--width", min=40, help="Columns; those of the terminal if not given.")] = None,
) -> None:
    """Print a story with its evidence marked: events, statements, actors, dates, and the records beneath.

    Examples:

        dragoman show story.txt --published 2024-11-06

        dragoman show 1469eac2 --store events.duckdb

        dragoman show story.txt | less
    """
    from dragoman import showing

    raise typer.Exit(showing.show(article, store, published, knowledge, width))


def relations(
    store: StoreArgument,
    between: Annotated[str, typer.Option("--between", help="Only of these, one or two: JPN,USA or Japan,NATO.")] = "",
    kind: Annotated[str, typer.Option("--kind", help="Only of this kind: alliance, sanctions, office ...")] = "",
    on: Annotated[str | None, typer.Option("--on", help="Only what stands on this day, YYYY-MM-DD.")] = None,
    format: Annotated[str | None, typer.Option("--format", "-f", help="table, jsonl, csv or graphml.")] = None,
    out: OutOption = None,
) -> None:
    """Show what stands between actors, over all stories of a store: alliances, disputes, sanctions, offices.

    Examples:

        dragoman relations events.duckdb --between JPN,USA

        dragoman relations events.duckdb --kind office --on 2024-11-06

        dragoman relations events.duckdb --format graphml -o relations.graphml

    One row a pair and kind, with the days on which it was first and last told. docs/relations.md says what counts.
    """
    from dragoman.knowing import day_asked
    from dragoman.relating import asking

    asking.relations(store, between, kind, day_asked(on), format, out)


def merge(
    store: Annotated[Path, typer.Argument(help="A store that dragoman code --store has made.")],
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress bar and no last line.")] = False,
) -> None:
    """Find copies among the articles of a store, and the reports of the same event.

    Examples:

        dragoman merge events.duckdb

        dragoman query events.duckdb "RUS -> UKR, ASSAULT" --unit event

    What was merged before is kept, and only what came since is compared; the result is the same as if all had come at once.
    """
    from dragoman.merging.asking import run

    run(store, quiet)


def index(
    store: StoreArgument,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print nothing.")] = False,
) -> None:
    """Make the index for full-text search beside a store, or bring it up to date; serve does it by itself.

    Example:

        dragoman index events.duckdb

    Only articles that are new or were changed are read.
    """
    from dragoman.searching.asking import run

    run(store, quiet)


def serve(
    store: StoreArgument,
    host: Annotated[
        str, typer.Option("--host", help="Address to listen on; any but this machine's own needs the token that is printed.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help="Port; 0 takes a free one.")] = 8460,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print the address and nothing else.")] = False,
    audit: Annotated[Path | None, typer.Option("--audit", help="Judge the sample in this file, which judgements are added to.")] = None,
    judge: Annotated[str | None, typer.Option("--judge", help="The name under which you judge.")] = None,
) -> None:
    """Open the reading room: look at the records of a store in a browser, and ask for them over HTTP.

    Examples:

        dragoman serve events.duckdb

        dragoman serve events.duckdb --host 0.0.0.0 --port 8000

        dragoman serve events.duckdb --audit audit.jsonl --judge anna

    The store is only read. Ctrl-C ends it.
    """
    from dragoman.serve.serving import serve as run

    run(store, host, port, quiet, audit, judge)
