"""Differences for people and programs. In: a comparison and its differences. Out: tables on a stream, JSON lines, or CSV."""

from __future__ import annotations

import csv
import json
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import TextIO

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from dragoman.differing.comparing import CHANGED, ONLY_A, ONLY_B, SAME, Comparison, Difference
from dragoman.errors import DragomanError
from dragoman.schema import Event, Record, Statement
from dragoman.write.opening import implied_format
from dragoman.write.plain import harmless, one_json_line, one_line

CHANGES = (SAME, CHANGED, ONLY_A, ONLY_B)
RECORDS = ("article", "statement", "event", "relation", "expectation", "problem")
COLUMNS = ("article_id", "record", "change", "type_a", "type_b", "id_a", "id_b", "words", "fields")
LISTED = 10  # articles that differ most, and fields that changed most
WORDS = 60  # characters of a statement that are shown

Differences = Iterator[Difference]
Shower = Callable[[Comparison, Differences, TextIO, int], None]


def as_json_lines(comparison: Comparison, differences: Differences, stream: TextIO, limit: int) -> None:
    """One object a difference, with both records whole."""
    for one in differences:
        sides = {side: record.model_dump(mode="json", by_alias=True) if record else None for side, record in (("a", one.a), ("b", one.b))}
        row = {"article_id": one.article_id, "record": one.record, "change": one.change, "fields": list(one.fields), **sides}
        stream.write(one_json_line(json.dumps(row, ensure_ascii=False)) + "\n")


def as_csv(comparison: Comparison, differences: Differences, stream: TextIO, limit: int) -> None:
    """One row a difference."""
    rows = csv.DictWriter(stream, COLUMNS, lineterminator="\n")
    rows.writeheader()
    for one in differences:
        rows.writerow({name: harmless(value) for name, value in row_of(one).items()})


def row_of(difference: Difference) -> dict[str, str]:
    a, b = difference.a, difference.b
    values = {
        "article_id": difference.article_id,
        "record": difference.record,
        "change": difference.change,
        "type_a": type_of(a),
        "type_b": type_of(b),
        "id_a": getattr(a, "id", None),
        "id_b": getattr(b, "id", None),
        "words": words_of(difference.one),
        "fields": " ".join(difference.fields),
    }
    return {name: one_line(str(value)) if value is not None else "" for name, value in values.items()}


def type_of(record: Record | None) -> str | None:
    return Difference(None, CHANGED, record, None).type if record is not None else None


def words_of(record: Record) -> str:
    """The words by which a person finds the record in the text."""
    if isinstance(record, Event):
        return record.trigger.text
    if isinstance(record, Statement):
        return record.content.text if len(record.content.text) <= WORDS else record.content.text[: WORDS - 3] + "..."
    return str(getattr(record, "headline", None) or getattr(record, "message", None) or "")


def as_tables(comparison: Comparison, differences: Differences, stream: TextIO, limit: int) -> None:
    """Counts by record, type, field and article, and the first differences."""
    first = list(islice(differences, limit))
    for _ in differences:
        pass
    console = Console(file=stream, highlight=False, markup=False, emoji=False, force_jupyter=False)
    console.print(
        counted("record", comparison.by_record, [name for name in RECORDS if any((name, c) in comparison.by_record for c in CHANGES)])
    )
    if comparison.is_equal:
        console.print(Text("no difference", style="green"))
        return
    different = sorted({type for type, change in comparison.by_type if change != SAME})
    if different:
        console.print(counted("type of event", comparison.by_type, different))
    if comparison.by_field:
        console.print(
            listed("field that changed", {f"{record}.{name}": n for (record, name), n in comparison.by_field.most_common(LISTED)})
        )
    articles = sorted(comparison.by_article.items(), key=lambda item: (-item[1], item[0]))
    console.print(listed(f"article (of {len(articles):,} that differ)", {id or "(none)": n for id, n in articles[:LISTED]}))
    console.print(detailed(first))
    left = comparison.by_article.total() - len(first)
    if left:
        console.print(Text(f"and {left:,} more: --limit shows more of them, --format jsonl or csv all", style="dim"))


def counted(what: str, counts: Counter[tuple[str, str]], names: list[str]) -> Table:
    table = Table(box=SIMPLE_HEAD, show_edge=False, padding=(0, 1, 0, 0))
    table.add_column(what, header_style="bold")
    for change in CHANGES:
        table.add_column(change.replace("_a", " A").replace("_b", " B"), justify="right")
    for name in names:
        table.add_row(one_line(name), *(f"{counts[name, change]:,}" for change in CHANGES))
    return table


def listed(what: str, counts: dict[str, int]) -> Table:
    table = Table(box=SIMPLE_HEAD, show_edge=False, padding=(0, 1, 0, 0))
    table.add_column(what, header_style="bold", overflow="fold")
    table.add_column("differences", justify="right")
    for name, count in counts.items():
        table.add_row(Text(one_line(name)), f"{count:,}")
    return table


def detailed(differences: list[Difference]) -> Table:
    table = Table(box=SIMPLE_HEAD, show_edge=False, padding=(0, 1, 0, 0))
    for name in ("article", "record", "change", "type", "words", "fields"):
        table.add_column(name, header_style="bold", overflow="fold")
    for one in differences:
        row = row_of(one)
        types = " > ".join(dict.fromkeys(filter(None, (row["type_a"], row["type_b"]))))
        change = one.change.replace("_a", " A").replace("_b", " B")
        table.add_row(*(Text(cell) for cell in (row["article_id"], one.record, change, types, row["words"], row["fields"])))
    return table


SHOWERS: dict[str, Shower] = {"table": as_tables, "jsonl": as_json_lines, "csv": as_csv}


def shower(format: str | None, out: Path | None) -> Shower:
    """How differences are shown: as is asked for, as the file's name ends, else in tables. DragomanError for a format that there is not."""
    name = format or implied_format(out, SHOWERS, "table", "jsonl")
    if name not in SHOWERS:
        raise DragomanError(f"there is no format {name!r} of differences, only {', '.join(SHOWERS)}")
    return SHOWERS[name]
