"""The command line: one function a command, each a thin layer over the Python API. Exit statuses: see console.py."""

from __future__ import annotations

import csv
import io
import json
import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from typer.exceptions import TyperException

from dragoman import interrupts, knowing, measuring
from dragoman.console import BROKEN_PIPE, CANNOT_RUN, INTERRUPTED, say
from dragoman.errors import DragomanError

app = typer.Typer(
    name="dragoman",
    help="An open political event coder: who said and did what to whom, when, where and on whose word.\n\n"
    "Example: dragoman code story.txt --published 2024-11-06",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="markdown",
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.add_typer(measuring.evaluations, name="eval")
app.add_typer(measuring.models, name="model")
app.add_typer(measuring.types, name="types")
app.add_typer(knowing.facts, name="knowledge")
app.command()(knowing.who)

FormatOption = Annotated[
    str | None, typer.Option("--format", "-f", help="table, jsonl, plover or csv. Without it: a table on a terminal, JSON lines on a pipe.")
]
UnitOption = Annotated[str, typer.Option("--unit", help="report: every report of an event; event: each event once, after dragoman merge.")]
OneADayOption = Annotated[bool, typer.Option("--one-a-day", help="At most one event a day, pair of sides and type.")]
OutOption = Annotated[Path | None, typer.Option("--out", "-o", help="Write there instead of to the terminal.")]


def _version(asked: bool) -> None:
    if asked:
        import dragoman

        typer.echo(f"dragoman {dragoman.__version__}")
        raise typer.Exit


@app.callback()
def _main(version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")] = False) -> None:
    pass


@app.command()
def code(
    sources: Annotated[
        list[str] | None, typer.Argument(help="Text or JSONL files (also .gz), folders, globs, or - for standard input.")
    ] = None,
    published: Annotated[
        str | None, typer.Option("--published", "-p", help="Day of publication, YYYY-MM-DD, of articles without one.")
    ] = None,
    format: FormatOption = None,
    out: OutOption = None,
    store: Annotated[
        Path | None, typer.Option("--store", "-s", help="Add the records to this DuckDB file; what is there is left out.")
    ] = None,
    types: Annotated[
        Path | None, typer.Option("--types", help="YAML with event types of your own, coded as well; see dragoman types check.")
    ] = None,
    knowledge: knowing.KnowledgeOption = None,
    workers: Annotated[int, typer.Option("--workers", "-j", min=1, help="Processes to code in.")] = 1,
    max_chars: Annotated[int, typer.Option("--max-chars", min=1000, help="Longer articles are a problem, not coded.")] = 1_000_000,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress bar and no last line.")] = False,
) -> None:
    """Code articles: find who said and did what to whom.

    Examples:

        dragoman code story.txt --published 2024-11-06

        dragoman code corpus/*.jsonl.gz --store events.duckdb -j 4

        cat feed.jsonl | dragoman code - --format csv -o events.csv

    The exit status is the number of articles or files with problems (at most 100), 101 if nothing could be run, 130 when interrupted.
    """
    from dragoman.running import Run

    if not sources:
        if sys.stdin.isatty():
            raise DragomanError("name a file, a folder or - for standard input; dragoman code --help shows examples")
        sources = ["-"]
    run = Run(sources, published, format, out, store, types, knowledge, workers, max_chars, quiet)
    raise typer.Exit(run.run())


@app.command()
def query(
    store: Annotated[Path, typer.Argument(help="A store that dragoman code --store has made.")],
    question: Annotated[str, typer.Argument(metavar="QUERY", help='Such as "JPN -> USA, SUPPORT, 2024"; empty for all events.')] = "",
    format: FormatOption = None,
    out: OutOption = None,
    limit: Annotated[int | None, typer.Option("--limit", "-n", min=1, help="At most so many events.")] = None,
    count: Annotated[bool, typer.Option("--count", help="Print only how many events there are.")] = False,
    unit: UnitOption = "report",
    one_a_day: OneADayOption = False,
) -> None:
    """Look events up in a store.

    Examples:

        dragoman query events.duckdb "JPN -> USA, SUPPORT, 2024"

        dragoman query events.duckdb "RUS <-> UKR, material conflict, claimed" --limit 20

        dragoman query events.duckdb "* -> IRN, SANCTION|THREATEN, 2024-01..2024-06" --format csv -o iran.csv

    Terms between commas must all hold; alternatives stand between |, and ! before a term excludes. docs/query.md lists the terms.
    """
    from dragoman import knowledge, write
    from dragoman.merging.asking import warn_if_stale, write_merged
    from dragoman.store import Store

    with Store(store, readonly=True, country_of=knowledge.load().place_country) as opened:
        warn_if_stale(opened, unit)
        if count:
            typer.echo(opened.count(question, unit, one_a_day))
        elif not (unit == "event" and write_merged(opened.merged(question, limit, one_a_day), format, out)):
            with write.opened(format, out) as writer:
                for coding in opened.codings(question, limit, unit, one_a_day):
                    writer.write(coding)


@app.command()
def quotes(
    sources: Annotated[list[str], typer.Argument(help="Text or JSONL files, folders, globs, - for standard input, or one store.")],
    speaker: Annotated[str, typer.Option("--speaker", help='Only of this speaker: a name, a country, a sector ("RUS GOV").')] = "",
    kind: Annotated[str, typer.Option("--kind", help="direct, indirect, mixed, or what the cue does: deny, warn, ask ...")] = "",
    about: Annotated[str, typer.Option("--about", help="Only with this word, or beginning of one, in what was said.")] = "",
    during: Annotated[str, typer.Option("--during", help="Published within: 2023, 2023-05 or 2023-01..2023-06.")] = "",
    published: Annotated[str | None, typer.Option("--published", "-p", help="Day of publication of articles without one.")] = None,
    format: Annotated[str | None, typer.Option("--format", "-f", help="table, csv or jsonl.")] = None,
    out: OutOption = None,
    knowledge: knowing.KnowledgeOption = None,
    workers: Annotated[int, typer.Option("--workers", "-j", min=1, help="Processes to code in.")] = 1,
) -> None:
    """Print who said what: quotations and reported speech, with speaker and addressee.

    Examples:

        dragoman quotes story.txt

        dragoman quotes story.txt --kind deny

        dragoman quotes events.duckdb --speaker Lavrov --about grain --during 2023 --format csv -o lavrov.csv

    The exit status is the number of articles or files with problems (at most 100).
    """
    from dragoman import quoting
    from dragoman.write.opening import stream_to

    wanted = quoting.Wanted(speaker, kind, about, during)
    name = format or quoting.format_of(out)
    with quoting.opened(sources, published, knowledge, workers) as source, stream_to(out) as stream:
        writer = quoting.writer(name, stream)
        for quote in quoting.quotes(source.codings, wanted):
            writer.write(quote)
        writer.close()
    raise typer.Exit(source.status())


@app.command()
def panel(
    store: Annotated[Path, typer.Argument(help="A store that dragoman code --store has made.")],
    question: Annotated[str, typer.Argument(metavar="QUERY", help="Count only these events.")] = "",
    by: Annotated[str, typer.Option(help="Groups: dyad, actor, recipient, type, quad, day, month, year.")] = "dyad,month",
    unit: UnitOption = "report",
    one_a_day: OneADayOption = False,
) -> None:
    """Count events for a regression, one row a group, as CSV.

    Example:

        dragoman panel events.duckdb "Q4" --by dyad,month > conflict.csv
    """
    from dragoman import knowledge
    from dragoman.merging.asking import warn_if_stale
    from dragoman.store import Store
    from dragoman.store.panel import COUNT, columns_of

    groups = [part.strip() for part in by.split(",")]
    with Store(store, readonly=True, country_of=knowledge.load().place_country) as opened:
        warn_if_stale(opened, unit)
        rows = opened.panel(groups, question, unit, one_a_day)
    table = csv.DictWriter(sys.stdout, [*columns_of(groups), COUNT], lineterminator="\n")
    table.writeheader()
    table.writerows(rows)


@app.command()
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


@app.command()
def schema() -> None:
    """Print the JSON Schema of all records.

    Example:

        dragoman schema > records.schema.json
    """
    from dragoman.columns import json_schema

    typer.echo(json.dumps(json_schema(), indent=2, ensure_ascii=False))


@app.command()
def codebook(name: Annotated[str | None, typer.Argument(help="A type, mode, context, quad class, sector or CAMEO code.")] = None) -> None:
    """Explain a type, mode, context or code; without a name, list them.

    Examples:

        dragoman codebook THREATEN

        dragoman codebook "verbal conflict"
    """
    from dragoman.codebook.explain import explain

    Console().print(explain(name))


def main() -> None:
    """The entry point: every way in which a command can end has an exit status and, where needed, one line that says what to do."""
    _open_closed_streams()
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")  # of text for people; records are written in UTF-8 anyway
    interrupts.listen()
    sys.exit(_status(sys.argv[1:]))


def _open_closed_streams() -> None:
    """Whoever starts a command may have closed its streams; Python then has None in their places."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode))  # noqa: SIM115  (open until the command ends)


def _status(arguments: list[str]) -> int:
    command = typer.main.get_command(app)
    try:
        # Typer's own main would answer a closed pipe and Ctrl-C before we can
        with interrupts.heeded(), command.make_context("dragoman", arguments) as context:
            command.invoke(context)
        sys.stdout.flush()
    except typer.Exit as end:
        return end.exit_code
    except TyperException as error:
        if error.format_message():
            say(f"dragoman: {error.format_message()} ({next_step(arguments)})")
        return CANNOT_RUN
    except DragomanError as error:
        say(f"dragoman: {error}")
        return CANNOT_RUN
    except (KeyboardInterrupt, typer.Abort):
        say("Interrupted. What was finished is kept; the same command with --store goes on where it stopped.")
        return INTERRUPTED
    except (BrokenPipeError, SystemExit):  # Rich answers a closed pipe with SystemExit
        _write_no_more()
        return BROKEN_PIPE
    except OSError as error:
        say(f"dragoman: {error.filename or 'the output'} cannot be read or written: {error.strerror or error}")
        _write_no_more()
        return CANNOT_RUN
    return 0


def next_step(arguments: list[str]) -> str:
    """What to do about arguments that are not understood."""
    if any(argument.startswith("->") for argument in arguments):
        return 'for anyone, write *, as in "* -> USA"'
    return "dragoman --help shows the commands, dragoman COMMAND --help their options"


def _write_no_more() -> None:
    """Python would complain once more when it flushes a stream that cannot be written at exit."""
    with suppress(OSError, ValueError):  # a standard output that is no file, as in a test
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
