"""Records in the formats of others. In: codings. Out: text on a stream, one module a format, all used in the same way.

``formats()["jsonl"](stream)`` makes a writer; give it codings with ``write(coding)`` and end with ``close()``.
"""

from __future__ import annotations

from dragoman.write.base import Writer
from dragoman.write.csv import CsvWriter
from dragoman.write.html import html_of
from dragoman.write.jsonl import JsonLinesWriter
from dragoman.write.plover import PloverWriter
from dragoman.write.table import TableWriter

__all__ = ["Writer", "formats", "html_of"]


def formats() -> dict[str, type[Writer]]:
    """Every format by the name that ``--format`` takes."""
    return {"table": TableWriter, "jsonl": JsonLinesWriter, "plover": PloverWriter, "csv": CsvWriter}
