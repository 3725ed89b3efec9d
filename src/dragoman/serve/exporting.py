"""What is shown, as a file. In: a query, a condition, or Arrow batches. Out: bytes, and a name that tells the query and the data's version.

Parquet carries both in its metadata too; CSV and PLOVER have no place for them that their readers would not stumble over.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterable, Iterator
from io import StringIO
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory

import pyarrow as pa
import pyarrow.parquet as pq

from dragoman import asking
from dragoman.columns import table_of
from dragoman.schema import Model
from dragoman.serve.library import Library
from dragoman.store import Store, reading
from dragoman.store.conditions import Condition
from dragoman.write import results
from dragoman.write.csv import described, record_cells
from dragoman.write.jsonl import line_of
from dragoman.write.plain import no_formula

CHUNK = 1 << 16
BY_ARTICLE = "article_id, id"  # as on the pages
MEDIA = {"jsonl": "application/jsonl", "csv": "text/csv", "plover": "application/jsonl", "geojson": "application/geo+json"}
ENDINGS = {"plover": "plover.jsonl", "polecat": "polecat.tsv"}


def headers_of(books: Library, what: str, query: str, format: str) -> dict[str, str]:
    """The file's name, and query and version for programs."""
    words = unicodedata.normalize("NFKD", f"{what} {query}").encode("ascii", "ignore").decode()
    slug = re.sub(r"[^a-z0-9]+", "-", words.lower()).strip("-")[:80]
    name = f"{slug}_{books.version}.{ENDINGS.get(format, format)}"
    return {"Content-Disposition": f'attachment; filename="{name}"', "X-Dragoman-Data": books.version}


def media_of(format: str) -> str:
    return MEDIA.get(format, "application/octet-stream")


def events(books: Library, query: str, format: str) -> Iterator[bytes]:
    """The events of a query; written to a file first, which is removed when it is read."""
    with TemporaryDirectory(prefix="dragoman-") as folder:
        file = Path(folder) / f"export.{format}"
        if format == "parquet":  # the writer of that name makes a folder
            write_parquet(books.store.event_batches(query), file, query, books.version)
        else:
            asking.export(books.path, query, format, file)
        yield from chunks(file)


def rows(batches: pa.RecordBatchReader, query: str, version: str, format: str) -> Iterator[bytes]:
    """Rows of any columns."""
    with TemporaryDirectory(prefix="dragoman-") as folder:
        file = Path(folder) / f"rows.{format}"
        if format == "parquet":
            write_parquet(batches, file, query, version)
        else:
            results.write_rows(batches, format, file)
        yield from chunks(file)


def records(store: Store, model: type[Model], where: Condition, query: str, version: str, format: str) -> Iterator[bytes]:
    """Records of one kind with all their fields; in CSV in columns as ``dragoman export`` has those of events."""
    if format == "parquet":
        yield from rows(reading.record_batches(store.connection, model, where, BY_ARTICLE, None), query, version, format)
        return
    found = reading.records(store.connection, model, where, BY_ARTICLE)
    lines = csv_lines(model, found) if format == "csv" else (f"{line_of(record)}\n" for record in found)
    yield from (line.encode() for line in lines)


def csv_lines(model: type[Model], found: Iterable[Model]) -> Iterator[str]:
    """A line of names, then one a record."""
    line = StringIO()
    names = [name for name, _ in described(model, "", table_of(model))]
    for cells in chain([names], map(record_cells, found)):
        csv.writer(line, lineterminator="\n").writerow([no_formula(cell) for cell in cells])
        yield line.getvalue()
        line.seek(0)
        line.truncate()


def write_parquet(batches: pa.RecordBatchReader, file: Path, query: str, version: str) -> None:
    schema = batches.schema.with_metadata({"dragoman.query": query, "dragoman.data": version})
    with pq.ParquetWriter(file, schema, compression="zstd") as writer:
        for batch in batches:
            writer.write_batch(batch.replace_schema_metadata(schema.metadata))


def chunks(file: Path) -> Iterator[bytes]:
    with file.open("rb") as stream:
        while chunk := stream.read(CHUNK):
            yield chunk
