"""Arguments and options that several commands have."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

FORMATS = "table, jsonl, plover, csv, tsv, polecat, icews, gdelt, quadruples, tkg, parquet, arrow, geojson, graphml, jsonld, datapackage"
FormatOption = Annotated[
    str | None,
    typer.Option("--format", "-f", help=f"{FORMATS}. Without it: as the file's name ends, a table on a terminal, JSON lines on a pipe."),
]
UnitOption = Annotated[str, typer.Option("--unit", help="report: every report of an event; event: each event once, after dragoman merge.")]
OneADayOption = Annotated[bool, typer.Option("--one-a-day", help="At most one event a day, pair of sides and type.")]
StoreArgument = Annotated[Path, typer.Argument(help="A store that dragoman code --store has made.")]
OutOption = Annotated[Path | None, typer.Option("--out", "-o", help="Write there instead of to the terminal; some formats make a folder.")]
KindOption = Annotated[
    str | None, typer.Option("--as", help="Read everything as this kind (text, jsonl, csv ...), whatever it looks like.")
]
MapOption = Annotated[
    list[str] | None, typer.Option("--map", help="Where fields stand: text=body,published=meta.date, or a preset such as ngec.")
]

PrivateOption = Annotated[bool, typer.Option("--allow-private", help="Fetch addresses of this machine and of private networks as well.")]
LanguageOption = Annotated[bool, typer.Option("--any-language", help="Code articles as English whatever language they are in.")]
