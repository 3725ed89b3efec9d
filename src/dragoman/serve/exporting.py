"""What is shown, as a file. In: a query, or Arrow batches. Out: bytes, and a name that tells the query and the data's version.

Parquet carries both in its metadata too; CSV and PLOVER have no place for them that their readers would not stumble over.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pyarrow as pa
import pyarrow.parquet as pq

from dragoman import asking
from dragoman.serve.library import Library
from dragoman.write import results

CHUNK = 1 << 16
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


def write_parquet(batches: pa.RecordBatchReader, file: Path, query: str, version: str) -> None:
    schema = batches.schema.with_metadata({"dragoman.query": query, "dragoman.data": version})
    with pq.ParquetWriter(file, schema, compression="zstd") as writer:
        for batch in batches:
            writer.write_batch(batch.replace_schema_metadata(schema.metadata))


def chunks(file: Path) -> Iterator[bytes]:
    with file.open("rb") as stream:
        while chunk := stream.read(CHUNK):
            yield chunk
