"""The command line: one function a command, each a thin layer over the Python API. Exit statuses: see console.py."""

from __future__ import annotations

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

from dragoman import auditing, expecting, exploring, interrupts, keeping, knowing, measuring
from dragoman.console import BROKEN_PIPE, CANNOT_RUN, INTERRUPTED, say
from dragoman.errors import DragomanError
from dragoman.options import FormatOption, KindOption, LanguageOption, MapOption, OutOption, PrivateOption

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
app.add_typer(auditing.audits, name="audit")


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
        list[str] | None,
        typer.Argument(help="Files (docs/reading.md lists the kinds), folders, globs, http(s) addresses, or - for standard input."),
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
    kind: KindOption = None,
    columns: MapOption = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress bar and no last line.")] = False,
    allow_private: PrivateOption = False,
    any_language: LanguageOption = False,
    retry_problems: Annotated[
        bool, typer.Option("--retry-problems", help="With --store: code again what had a problem, and nothing else.")
    ] = False,
) -> None:
    """Code articles: find who said and did what to whom.

    Examples:

        dragoman code story.txt --published 2024-11-06

        dragoman code corpus/*.jsonl.gz --store events.duckdb -j 4

        cat feed.jsonl | dragoman code - --format csv -o events.csv

    The exit status is the number of articles or files with problems (at most 100), 101 if nothing could be run, 130 when interrupted.
    """
    from dragoman.read.mapping import columns_of
    from dragoman.running import Run

    if retry_problems and store is None:
        raise DragomanError("--retry-problems looks into a store for what had one: name it with --store")
    if not sources and not retry_problems:
        if sys.stdin.isatty():
            raise DragomanError("name a file, a folder or - for standard input; dragoman code --help shows examples")
        sources = ["-"]
    run = Run(
        sources or [],
        published,
        format,
        out,
        store,
        types,
        knowledge,
        workers,
        max_chars,
        quiet,
        kind=kind,
        columns=columns_of(columns),
        allow_private=allow_private,
        any_language=any_language,
        retry_problems=retry_problems,
    )
    raise typer.Exit(run.run())


@app.command()
def read(
    sources: Annotated[list[str], typer.Argument(help="Files of any kind that is read, folders, globs, or - for standard input.")],
    published: Annotated[str | None, typer.Option("--published", "-p", help="Day of publication of articles without one.")] = None,
    format: Annotated[str | None, typer.Option("--format", "-f", help="table or jsonl.")] = None,
    out: OutOption = None,
    limit: Annotated[int | None, typer.Option("--limit", "-n", min=1, help="Stop after so many articles.")] = None,
    kind: KindOption = None,
    columns: MapOption = None,
    max_chars: Annotated[int, typer.Option("--max-chars", min=1000, help="Longer articles are a problem.")] = 1_000_000,
) -> None:
    """Show what is understood of files, before a long run: headline, day and publication of each article, and what cannot be read.

    Examples:

        dragoman read archive.zip --limit 20

        dragoman read export.csv --map text=body,published=pub_date

        dragoman read crawl.warc.gz --format jsonl -o articles.jsonl

    The exit status is the number of articles or files with problems (at most 100).
    """
    from dragoman.read.mapping import columns_of
    from dragoman.reading import Reading

    reading = Reading(sources, published, format, out, limit, kind, columns_of(columns), max_chars)
    raise typer.Exit(reading.run())


@app.command()
def watch(
    feeds: Annotated[Path, typer.Argument(help="A file with the address of an RSS or Atom feed on each line.")],
    store: Annotated[Path, typer.Option("--store", "-s", help="Add the records to this DuckDB file.")],
    every: Annotated[str, typer.Option("--every", help="How often each feed is asked: 15m, 2h, 1d.")] = "15m",
    once: Annotated[bool, typer.Option("--once", help="Ask each feed once and end, as for cron.")] = False,
    pages: Annotated[bool, typer.Option("--pages/--no-pages", help="Fetch the page where the feed has only a summary.")] = True,
    knowledge: knowing.KnowledgeOption = None,
    allow_private: PrivateOption = False,
    any_language: LanguageOption = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Say nothing.")] = False,
) -> None:
    """Code what feeds publish, as they publish it.

    Examples:

        dragoman watch feeds.txt --store events.duckdb

        dragoman watch feeds.txt --store events.duckdb --once

    The exit status of --once is the number of feeds and articles with problems (at most 100). docs/watching.md says how feeds are asked.
    """
    from dragoman.coder import Coder
    from dragoman.watch import Watch
    from dragoman.watch.feeds import feeds_in, seconds_of
    from dragoman.watch.manners import Guest

    named, seconds = feeds_in(feeds), seconds_of(every)
    coder = Coder(knowledge=knowledge, any_language=any_language)
    watching = Watch(named, store, coder, seconds, pages, quiet, Guest(allow_private))
    if once:
        raise typer.Exit(watching.once())
    watching.forever()


@app.command()
def quotes(
    sources: Annotated[list[str], typer.Argument(help="Text or JSONL files, folders, globs, - for standard input, or one store.")],
    speaker: Annotated[str, typer.Option("--speaker", help='Only of this speaker: a name, a country, a sector ("RUS GOV").')] = "",
    kind: Annotated[str, typer.Option("--kind", help="direct, indirect, mixed; asks, denies, believes ...; warn, admit ...; or all.")] = "",
    about: Annotated[str, typer.Option("--about", help="Only with this word, or beginning of one, in what was said.")] = "",
    during: Annotated[str, typer.Option("--during", help="Published within: 2023, 2023-05 or 2023-01..2023-06.")] = "",
    published: Annotated[str | None, typer.Option("--published", "-p", help="Day of publication of articles without one.")] = None,
    format: Annotated[str | None, typer.Option("--format", "-f", help="table, csv or jsonl.")] = None,
    out: OutOption = None,
    knowledge: knowing.KnowledgeOption = None,
    workers: Annotated[int, typer.Option("--workers", "-j", min=1, help="Processes to code in.")] = 1,
    kind_of: KindOption = None,
    columns: MapOption = None,
) -> None:
    """Print who said what: quotations and reported speech, with speaker and addressee.

    Examples:

        dragoman quotes story.txt

        dragoman quotes story.txt --kind denies

        dragoman quotes events.duckdb --speaker Lavrov --about grain --during 2023 --format csv -o lavrov.csv

    What is only believed, wished or planned is left out unless --kind asks for it. The exit status is the number of articles or files with
    problems (at most 100).
    """
    from dragoman import quoting
    from dragoman.read.mapping import columns_of
    from dragoman.write.opening import implied_format, stream_to

    wanted = quoting.Wanted(speaker, kind, about, during)
    name = format or implied_format(out, quoting.FORMATS, "table", "jsonl")
    with quoting.opened(sources, published, knowledge, workers, kind_of, columns_of(columns)) as source, stream_to(out) as stream:
        writer = quoting.writer(name, stream)
        for quote in quoting.quotes(source.codings, wanted):
            writer.write(quote)
        writer.close()
    raise typer.Exit(source.status())


for command in (
    exploring.query,
    exploring.panel,
    exploring.export,
    exploring.show,
    exploring.relations,
    exploring.merge,
    exploring.index,
    exploring.serve,
    auditing.plot,
    expecting.expectations,
    expecting.ledger,
    keeping.runs,
    keeping.verify,
    keeping.diff,
    knowing.who,
):
    app.command()(command)
app.command("report")(auditing.report_on)


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
