"""Arrow's file format (Feather). In: codings. Out: one event a row with all fields, and its article in the column ``article``."""

from __future__ import annotations

from typing import Any, BinaryIO

import pyarrow as pa

from dragoman.columns import arrow_schema
from dragoman.rows import row_of, table_of_rows
from dragoman.schema import ArticleRecord, Coding, Event

ARTICLE = "article"
BATCH = 10_000  # rows in memory at once


def schema() -> pa.Schema:
    return arrow_schema(Event).append(pa.field(ARTICLE, pa.struct(list(arrow_schema(ArticleRecord)))))


class ArrowWriter:
    """Writes batches of events as they come."""

    def __init__(self, stream: BinaryIO) -> None:
        self.stream = stream
        self.file = pa.ipc.new_file(pa.PythonFile(stream, mode="w"), schema())
        self.rows: list[dict[str, Any]] = []

    def write(self, coding: Coding) -> None:
        article = row_of(coding.article) if coding.article and coding.events else None
        self.rows += ({**row_of(event), ARTICLE: article} for event in coding.events)
        if len(self.rows) >= BATCH:
            self._flush()

    def close(self) -> None:
        self._flush()
        self.file.close()
        self.stream.flush()

    def _flush(self) -> None:
        if self.rows:
            self.file.write_table(table_of_rows(self.rows, schema()))
        self.rows = []
