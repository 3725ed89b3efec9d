"""Merged events for people and scripts. In: ``MergedEvent`` after ``MergedEvent``. Out: a table, CSV, or one JSON object a line."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable
from typing import TextIO

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

from dragoman.schema import Disagreement, Entity, Event, MergedEvent
from dragoman.write.jsonl import line_of
from dragoman.write.plain import harmless, no_formula, one_line

COLUMNS = (
    "id",
    "date",
    "type",
    "actor",
    "recipient",
    "trigger",
    "status",
    "reports",
    "stories",
    "publications",
    "earliest",
    "disagreements",
)
NUMERIC = ("reports", "stories")
SHOWN = 3  # publications in the table, the rest as a number


def row_of(event: MergedEvent) -> dict[str, str | int]:
    """The event as flat columns; several values are joined by "; "."""
    told = event.event
    return {
        "id": event.id,
        "date": told.date.value or "" if told.date else "",
        "type": told.type,
        "actor": sides(told.actor),
        "recipient": sides(told.recipient),
        "trigger": told.trigger.text,
        "status": told.status,
        "reports": event.reports,
        "stories": event.stories,
        "publications": "; ".join(event.publications),
        "earliest": event.earliest.article_id,
        "disagreements": "; ".join(map(said, event.disagreements)),
    }


def sides(entities: Iterable[Entity]) -> str:
    """The countries and sectors of a side, each once."""
    return "; ".join(dict.fromkeys(" ".join(filter(None, (e.country, e.sector))) or e.text for e in entities))


def said(one: Disagreement) -> str:
    """ "killed 23 (Agency, Herald)"."""
    return f"{one.about} {one.value} ({', '.join(one.publications) or f'{len(one.event_ids)} reports'})"


def write_jsonl(events: Iterable[MergedEvent], stream: TextIO) -> None:
    for event in events:
        stream.write(line_of(event) + "\n")


def write_csv(events: Iterable[MergedEvent], stream: TextIO) -> None:
    table = csv.writer(stream, lineterminator="\n")
    table.writerow(COLUMNS)
    table.writerows([no_formula(harmless(str(value))) for value in row_of(event).values()] for event in events)


def write_table(events: Iterable[MergedEvent], stream: TextIO) -> None:
    table = Table(box=SIMPLE_HEAD)
    for name in ("date", "who", "what", "whom", "reports", "in", "they differ"):
        table.add_column(name, justify="right" if name in NUMERIC else "left")
    for event in events:
        table.add_row(*map(one_line, cells(event, event.event)))
    Console(file=stream, highlight=False, markup=False, emoji=False, force_jupyter=False).print(table)


def cells(event: MergedEvent, told: Event) -> tuple[str, ...]:
    row = row_of(event)
    places = "; ".join(event.publications[:SHOWN]) + (f" +{len(event.publications) - SHOWN}" if len(event.publications) > SHOWN else "")
    what = f"{told.type} {told.trigger.text}"
    return str(row["date"]), str(row["actor"]), what, str(row["recipient"]), str(event.reports), places, str(row["disagreements"])


WRITERS: dict[str, Callable[[Iterable[MergedEvent], TextIO], None]] = {"table": write_table, "csv": write_csv, "jsonl": write_jsonl}
