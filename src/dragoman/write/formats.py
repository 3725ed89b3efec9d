"""Which formats there are. In: nothing. Out: their writers by name."""

from __future__ import annotations

from dragoman.write.base import Writer
from dragoman.write.csv import CsvWriter
from dragoman.write.jsonl import JsonLinesWriter
from dragoman.write.plover import PloverWriter
from dragoman.write.table import TableWriter

FOR_PEOPLE, FOR_PROGRAMS = "table", "jsonl"


def formats() -> dict[str, type[Writer]]:
    """Every format by the name that ``--format`` takes."""
    return {FOR_PEOPLE: TableWriter, FOR_PROGRAMS: JsonLinesWriter, "plover": PloverWriter, "csv": CsvWriter}
