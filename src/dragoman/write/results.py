"""Rows of any columns: panels, answers to SQL. In: Arrow batches. Out: a table for people, CSV, TSV, JSON lines, Arrow or Parquet."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO, TextIO, TypeAlias

import pyarrow as pa
import pyarrow.parquet as pq
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

from dragoman.errors import DragomanError
from dragoman.write.jsonl import finite
from dragoman.write.opening import bytes_to, implied_format, named_of, stream_to
from dragoman.write.plain import flat, harmless, no_formula, one_json_line, one_line

Reader: TypeAlias = pa.RecordBatchReader
ROWS_SHOWN = 200  # of a table for people
FOR_PEOPLE, FOR_PROGRAMS = "table", "csv"


def write_rows(reader: Reader, format: str | None, out: Path | None) -> None:
    """Writes all rows to the file, else to the standard output. DragomanError for an unknown format, or a file that cannot be written.

    Without a format: as the file's name ends, else a table on a terminal and CSV elsewhere.
    """
    name = format_of(format, out)
    if name in BINARY:
        with bytes_to(out) as file:
            BINARY[name](reader, file)
    else:
        with stream_to(out) as stream:
            TEXT[name](reader, stream)
            stream.flush()


def format_of(format: str | None, out: Path | None) -> str:
    """The name of the format that is meant."""
    known = [*TEXT, *BINARY]
    name = named_of(format, known) if format is not None else implied_format(out, known, FOR_PEOPLE, FOR_PROGRAMS)
    if name in BINARY and out is None:
        raise DragomanError(f"{name} is not for a terminal or a pipe: name a file with --out")
    return name


def rows_of(reader: Reader) -> Iterator[dict[str, Any]]:
    return (row for batch in reader for row in batch.to_pylist())


def write_table(reader: Reader, stream: TextIO) -> None:
    """The first rows, as wide as the terminal."""
    table = Table(box=SIMPLE_HEAD, show_edge=False)
    for name in reader.schema.names:
        table.add_column(one_line(name), overflow="fold")
    rows = rows_of(reader)
    for row in islice(rows, ROWS_SHOWN):
        table.add_row(*(one_line(cell_of(value)) for value in row.values()))
    console = Console(file=stream, highlight=False, markup=False, emoji=False, force_jupyter=False)
    console.print(table)
    if next(rows, None) is not None:
        console.print(f"These are the first {ROWS_SHOWN} rows; --format csv writes all.")


def write_csv(reader: Reader, stream: TextIO) -> None:
    write_cells(reader, csv.writer(stream, lineterminator="\n"), harmless)


def write_tsv(reader: Reader, stream: TextIO) -> None:
    write_cells(reader, csv.writer(stream, delimiter="\t", lineterminator="\n"), flat)


def write_cells(reader: Reader, lines: Any, fit: Callable[[str], str]) -> None:
    lines.writerow([no_formula(fit(name)) for name in reader.schema.names])
    lines.writerows([no_formula(fit(cell_of(value))) for value in row.values()] for row in rows_of(reader))


def write_jsonl(reader: Reader, stream: TextIO) -> None:
    for row in rows_of(reader):
        stream.write(one_json_line(json.dumps(finite(row), ensure_ascii=False, default=str)) + "\n")


def write_arrow(reader: Reader, file: BinaryIO) -> None:
    with pa.ipc.new_file(pa.PythonFile(file, mode="w"), reader.schema) as writer:
        for batch in reader:
            writer.write_batch(batch)


def write_parquet(reader: Reader, file: BinaryIO) -> None:
    with pq.ParquetWriter(file, reader.schema, compression="zstd") as writer:
        for batch in reader:
            writer.write_batch(batch)


def cell_of(value: Any) -> str:
    """A value in one cell; lists and structs as JSON."""
    if isinstance(value, (dict, list, tuple)):
        return json.dumps(finite(value), ensure_ascii=False, default=str)
    return "" if value is None else str(value)


TEXT: dict[str, Callable[[Reader, TextIO], None]] = {"table": write_table, "csv": write_csv, "tsv": write_tsv, "jsonl": write_jsonl}
BINARY: dict[str, Callable[[Reader, BinaryIO], None]] = {"arrow": write_arrow, "parquet": write_parquet}
