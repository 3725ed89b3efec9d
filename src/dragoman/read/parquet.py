"""In: a Parquet file with a table of articles. Out: an article or a Problem for each row, some rows in memory at a time.

A row group that is damaged costs its own rows.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from dragoman.read import rows
from dragoman.read.base import Options, problem
from dragoman.read.streams import back_and_forth
from dragoman.read.unpacking import FREE_BYTES, MAX_RATIO, Bomb
from dragoman.schema import Article, Problem

NAME = "parquet"
ENDINGS = (".parquet", ".pq")
MAGIC = b"PAR1"
ROWS_AT_ONCE = 64


def looks_like(head: bytes) -> bool:
    return head.startswith(MAGIC)


def read(stream: io.BufferedReader, source: str, options: Options) -> Iterator[Article | Problem]:
    from pyarrow import parquet

    seekable = back_and_forth(stream)
    try:
        file = parquet.ParquetFile(seekable)
        names = list(file.schema_arrow.names)
        groups, length = file.num_row_groups, seekable.seek(0, io.SEEK_END)
    except Exception as error:  # pyarrow's own kinds, OSError and, for odd types, others
        yield problem(source, f"no usable Parquet file: {first_line(error)}; write it again")
        return
    try:
        columns = rows.columns_in(names, options)
    except ValueError as error:
        yield problem(source, str(error))
        return
    if not file.metadata.num_rows:
        yield problem(source, "the table has no rows; there is nothing to code")
    for group in range(groups):
        yield from rows_of(file, group, length, source, columns, options)


def rows_of(file: Any, group: int, length: int, source: str, columns: dict[str, str], options: Options) -> Iterator[Article | Problem]:
    """The articles of one row group."""
    number = sum(file.metadata.row_group(earlier).num_rows for earlier in range(group))
    try:
        allowed = max(FREE_BYTES, MAX_RATIO * length)
        if file.metadata.row_group(group).total_byte_size > allowed:
            raise Bomb(allowed)
        for batch in file.iter_batches(ROWS_AT_ONCE, row_groups=[group]):
            for row in batch.to_pylist():
                number += 1
                yield rows.article_in({name: plain(value) for name, value in row.items()}, columns, f"{source}:{number}", options)
    except Exception as error:
        yield problem(f"{source}:{number + 1}", f"the rest of row group {group + 1} is damaged: {first_line(error)}; write the file again")


def plain(value: Any) -> Any:
    """A value as JSON has it; the day of a time is the one written."""
    if isinstance(value, date | datetime | time):
        return value.isoformat()
    if isinstance(value, dict):
        return {str(key): plain(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [plain(part) for part in value]
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    if isinstance(value, Decimal):
        return str(value)
    return None if isinstance(value, float) and value != value else value


def first_line(error: Exception) -> str:
    return (str(error) or type(error).__name__).strip().splitlines()[0][:200]
