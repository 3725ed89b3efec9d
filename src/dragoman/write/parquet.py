"""Parquet, partitioned by year. In: codings. Out: a folder with one folder a kind of record, such as ``events/year=2024/part-0.parquet``.

An event's year is that of its date, every other record's that of its article's publication; where it is not known, the folder is the
one that readers of partitions take for null. All fields are there as in the store, so all records can be read back.
"""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from dragoman.columns import arrow_schema, table_of
from dragoman.rows import row_of, table_of_rows
from dragoman.schema import Coding, Event, Model, Record
from dragoman.write.dates import YEAR_LENGTH, known_part

if TYPE_CHECKING:
    import pyarrow.parquet as pq

Partition: TypeAlias = tuple[type[Model], str]
UNKNOWN_YEAR = "__HIVE_DEFAULT_PARTITION__"
ROWS_HELD = 20_000  # in memory, of all partitions together


class ParquetWriter:
    """Holds rows until there are many, then writes the fullest partition, so that few row groups are small."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.files: dict[Partition, pq.ParquetWriter] = {}
        self.rows: dict[Partition, list[dict[str, Any]]] = defaultdict(list)
        self.held = 0

    def write(self, coding: Coding) -> None:
        published = coding.article.published.value if coding.article else None
        for record in coding.records():
            self.rows[type(record), year_of(record, published)].append(row_of(record))
            self.held += 1
        while self.held >= ROWS_HELD:
            self._flush(max(self.rows, key=lambda partition: len(self.rows[partition])))

    def close(self) -> None:
        for partition in list(self.rows):
            self._flush(partition)
        for file in self.files.values():
            file.close()

    def _flush(self, partition: Partition) -> None:
        rows = self.rows.pop(partition)
        self.held -= len(rows)
        self._file(partition).write_table(table_of_rows(rows, arrow_schema(partition[0])))

    def _file(self, partition: Partition) -> pq.ParquetWriter:
        if partition not in self.files:
            import pyarrow.parquet as pq  # 0.1 s to load, and every command lists the formats

            model, year = partition
            folder = self.folder / table_of(model) / f"year={year}"
            folder.mkdir(parents=True, exist_ok=True)
            self.files[partition] = pq.ParquetWriter(folder / "part-0.parquet", arrow_schema(model), compression="zstd")
        return self.files[partition]


def year_of(record: Record, published: str | None) -> str:
    value = known_part(record.date, YEAR_LENGTH) if isinstance(record, Event) else (published or "")[:YEAR_LENGTH]
    return value if value and value.isascii() and value.isdecimal() else UNKNOWN_YEAR
