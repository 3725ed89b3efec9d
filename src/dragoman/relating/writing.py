"""In: rows of standing relations. Out: a table, CSV, JSON lines or GraphML."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable
from dataclasses import fields
from typing import TextIO

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from dragoman.relating.graph import Row
from dragoman.write.graphml import FOOT, HEAD, attribute, data
from dragoman.write.plain import one_line

FORMATS = ("table", "jsonl", "csv", "graphml")
GRAPH = '<graph id="relations" edgedefault="directed">\n'
OF_EDGES = {
    **{"kind": "string", "title": "string", "since": "string", "until": "string", "past": "boolean", "status": "string"},
    **{"first_seen": "string", "last_seen": "string", "stories": "int", "evidence": "string"},
}
COLUMNS = ("what", "who", "whom", "since", "until", "seen", "stories", "known")
YES_NO = {True: "yes", False: "no", None: "-"}


def write_rows(rows: list[Row], format: str, stream: TextIO, width: int | None = None) -> None:
    {"table": _table, "jsonl": _jsonl, "csv": _csv, "graphml": _graphml}[format](rows, stream, width)
    stream.flush()


def _jsonl(rows: Iterable[Row], stream: TextIO, width: int | None) -> None:
    for row in rows:
        stream.write(json.dumps(row.fields(), ensure_ascii=False) + "\n")


def _csv(rows: Iterable[Row], stream: TextIO, width: int | None) -> None:
    names = [{"source": "from", "target": "to"}.get(f.name, f.name) for f in fields(Row)]
    out = csv.DictWriter(stream, names, lineterminator="\n")
    out.writeheader()
    for row in rows:
        out.writerow({**row.fields(), "evidence": one_line(row.evidence)})


def _graphml(rows: list[Row], stream: TextIO, width: int | None) -> None:
    stream.write(HEAD)
    stream.writelines(f'<key id="{name}" for="edge" attr.name="{name}" attr.type="{kind}"/>\n' for name, kind in OF_EDGES.items())
    stream.write(GRAPH)
    stream.writelines(
        f"<node id={attribute(name)}/>\n" for name in sorted({end for row in rows for end in (row.source, row.target) if end})
    )
    for row in rows:
        if row.target:
            values = row.fields()
            told = [(name, str(values[name]).lower() if name == "past" else values[name]) for name in OF_EDGES if values[name] != ""]
            stream.write(f"<edge source={attribute(row.source)} target={attribute(row.target)}>{data(told)}</edge>\n")
    stream.write(FOOT)


def _table(rows: list[Row], stream: TextIO, width: int | None) -> None:
    console = Console(file=stream, width=width, highlight=False, markup=False, emoji=False, force_jupyter=False)
    table = Table(box=SIMPLE_HEAD, show_edge=False, padding=(0, 1, 0, 0))
    for column in COLUMNS:
        table.add_column(column, overflow="fold", header_style="bold", no_wrap=column in ("since", "until", "stories"))
    for row in rows:
        seen = row.first_seen if row.first_seen == row.last_seen else f"{row.first_seen} to {row.last_seen}"
        what = one_line(row.title or row.kind.replace("_", " ")) + (" (past)" if row.past else "")
        cells = (what, row.source, row.target or "-", row.since or "-", row.until or "-", seen or "-", str(row.stories), YES_NO[row.known])
        table.add_row(*(Text(one_line(cell)) for cell in cells))
    console.print(table if rows else Text("no relations", style="dim"))
