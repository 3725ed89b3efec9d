"""The commands about who is who: ``dragoman who`` and ``dragoman knowledge``. As thin as cli.py, which holds the rest."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from dragoman.console import MAX_PROBLEMS, say
from dragoman.errors import DragomanError

facts = typer.Typer(help="The facts about actors: check them, add your own.", no_args_is_help=True)

SHOWN = 40
KnowledgeOption = Annotated[
    Path | None,
    typer.Option("--knowledge", "-k", envvar="DRAGOMAN_KNOWLEDGE", help="A folder with facts of your own; see dragoman knowledge import."),
]
IntoOption = Annotated[Path, typer.Option("--into", help="The folder for what is imported; it is made if it is not there.")]


def who(
    question: Annotated[str, typer.Argument(metavar="NAME", help='A person, state, body or office: Iwaya, NATO, "president of France".')],
    on: Annotated[str | None, typer.Option("--on", help="Day, YYYY-MM-DD. Without it: all that is known.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="JSON lines instead of a table.")] = False,
    knowledge_folder: KnowledgeOption = None,
) -> None:
    """Say who or what a name means on a day: office, dates, source.

    Examples:

        dragoman who Iwaya --on 2024-11-06

        dragoman who "Japanese foreign minister" --on 1998-03-01

        dragoman who NATO --on 1990-01-01

    A date is as precise as it is known: 2010, 2010-05 or 2010-05-11. docs/knowledge.md says what the sources mean.
    """
    from dragoman import knowledge
    from dragoman.knowledge.asking import members, nearest
    from dragoman.knowledge.asking import who as ask

    day = day_asked(on)
    known = knowledge.load(knowledge_folder)
    answers = ask(question, known, day)
    if as_json:
        for answer in answers:
            typer.echo(json.dumps(answer.fields(), ensure_ascii=False))
        return
    held = [a for a in answers if a.holds is not False]
    shown = held or nearest(answers, day)
    console = Console()
    if not held:
        console.print(Text(f"Nothing of this is so on {day}. Before and after:"))
    table = Table(box=SIMPLE_HEAD, show_edge=False, padding=(0, 1, 0, 0))
    for column in ("who", "what", "of", "from", "until", "source"):
        table.add_column(column, overflow="fold", header_style="bold", no_wrap=column in ("who", "from", "until", "of"))
    for answer in shown[:SHOWN]:
        of = " ".join(filter(None, (answer.country, answer.sector)))
        table.add_row(*map(Text, (answer.name, answer.what, of, answer.since or "?", answer.until or "-", answer.source)))
    console.print(table)
    if len(shown) > SHOWN:
        console.print(Text(f"and {len(shown) - SHOWN} more; --json shows all"))
    for name in dict.fromkeys(a.name for a in answers if a.kind == "organisation"):
        if found := members(name, known, day):
            console.print(Text(f"\n{name}, {len(found)} members{f' on {day}' if day else ''}: {', '.join(found)}"))


@facts.command()
def check(
    knowledge_folder: KnowledgeOption = None,
) -> None:
    """Look for overlaps, gaps and contradictions in the facts; the exit status is their number (at most 100).

    Example:

        dragoman knowledge check --knowledge my-facts
    """
    from dragoman import knowledge
    from dragoman.knowledge import checks

    known = knowledge.load(knowledge_folder)
    findings = checks.check(known)
    for finding in findings:
        typer.echo(f"{finding.kind}\t{finding.where}\t{finding.what}")
    holdings = sum(len(p.holdings) for p in known.people.values())
    memberships = sum(map(len, known.members.values()))
    say(f"{len(known.people):,} persons in {holdings:,} holdings, {memberships:,} memberships: {len(findings)} findings")
    raise typer.Exit(min(len(findings), MAX_PROBLEMS))


@facts.command()
def compare(
    folder: Annotated[Path, typer.Argument(help="A folder with lists of leaders: REIGN, Wikidata, CIA World Leaders, G20.")],
    differences: Annotated[Path | None, typer.Option("--differences", help="Write every difference to this TSV file.")] = None,
) -> None:
    """Compare heads of state and government with lists that others keep.

    Example:

        dragoman knowledge compare ../shared/reference/leaders --differences differences.tsv
    """
    from dragoman import knowledge
    from dragoman.knowledge import comparing

    claims, found = comparing.compare(folder, knowledge.load())
    for source in dict.fromkeys(c.source for c in claims):
        of_source = [d for d in found if d.claim.source == source]
        missing = sum(not d.ours for d in of_source)
        total = sum(c.source == source for c in claims)
        typer.echo(f"{source}: {total} claims, {total - len(of_source)} the same, {len(of_source) - missing} others, {missing} nobody")
    if differences is not None:
        lines = ("\t".join((d.claim.source, d.claim.country, d.claim.day, d.claim.name, "; ".join(d.ours))) for d in found)
        differences.write_text("".join(f"{line}\n" for line in ("source\tcountry\tday\ttheirs\tours", *lines)), encoding="utf-8")


@facts.command("import")
def import_(
    source: Annotated[
        Path, typer.Argument(help="A TSV of holders, organisations or names; or a Wikidata dump (.json, .json.gz, .json.bz2).")
    ],
    into: IntoOption,
    since: Annotated[str, typer.Option("--since", help="Of a dump: only offices held in this year or later.")] = "1945",
) -> None:
    """Make facts of your own ready for --knowledge: check each line, fill in what the tables know of an office.

    Examples:

        dragoman knowledge import ministers.tsv --into my-facts

        dragoman knowledge import latest-all.json.gz --into my-facts --since 1990

        dragoman code story.txt --knowledge my-facts

    The exit status is the number of lines that were left out (at most 100). docs/knowledge.md describes the columns.
    """
    from dragoman.knowledge import importing, wikidata

    if not source.exists():
        raise DragomanError(f"there is no {source}")
    if importing.is_dump(source):
        done = wikidata.import_dump(source, into, since, progress=sys.stderr.isatty())
    else:
        done = importing.import_table(source, into)
    for problem in done.problems[:SHOWN]:
        say(f"  {problem}")
    if len(done.problems) > SHOWN:
        say(f"  and {len(done.problems) - SHOWN} more")
    say(f"{done.kept:,} lines in {done.file}, {len(done.problems):,} left out")
    raise typer.Exit(min(len(done.problems), MAX_PROBLEMS))


@facts.command()
def propose(
    store: Annotated[Path, typer.Argument(help="A store that dragoman code --store has made.")],
    out: Annotated[Path | None, typer.Option("--out", "-o", help="Write the table there instead of to the terminal.")] = None,
    at_least: Annotated[int, typer.Option("--stories", min=1, help="Only what at least so many stories tell.")] = 1,
    knowledge_folder: KnowledgeOption = None,
) -> None:
    """List holders of offices that stories name and the facts have not, and ends of offices, as a table to check and import.

    Examples:

        dragoman knowledge propose events.duckdb -o proposed.tsv

        dragoman knowledge import proposed.tsv --into my-facts

    Nothing is taken over by itself: read the evidence of each line, delete what is wrong, then import the rest.
    """
    from dragoman.relating import asking

    found = asking.propose(store, knowledge_folder, out, at_least)
    if out is not None:
        say(f"{len(found):,} proposals -> {out}; read them before dragoman knowledge import {out}")


@facts.command()
def places(
    source: Annotated[Path, typer.Argument(help="A dump of GeoNames: allCountries.zip, cities500.zip, a country's UA.zip, or its .txt.")],
    into: IntoOption,
    least: Annotated[int, typer.Option("--least", min=0, help="Only towns of so many people.")] = 0,
) -> None:
    """Make a dump of GeoNames ready for --knowledge, so that villages, lakes and buildings are found that the list of the package lacks.

    Examples:

        dragoman knowledge places UA.zip --into my-facts

        dragoman knowledge places allCountries.zip --into my-facts --least 100

    Lay admin1CodesASCII.txt beside a dump of cities, so that their regions have names. The exit status is the number of lines that were
    left out (at most 100).
    """
    from dragoman.knowledge import geonames

    if not source.exists():
        raise DragomanError(f"there is no {source}")
    done = geonames.import_dump(source, into, least)
    for problem in done.problems[:SHOWN]:
        say(f"  {problem}")
    say(f"{done.kept:,} places in {done.file}, {len(done.problems):,} lines left out")
    raise typer.Exit(min(len(done.problems), MAX_PROBLEMS))


def day_asked(text: str | None) -> str | None:
    from dragoman.read.base import day_of

    try:
        return day_of(text)
    except ValueError as error:
        raise DragomanError(f"{error} (--on)") from error
