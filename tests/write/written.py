"""What a format makes of codings, as text, bytes or a folder."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from dragoman.schema import Coding
from dragoman.write import formats


def text_of(format: str, *given: Coding) -> str:
    stream = io.StringIO(newline="")
    writer = formats()[format](stream)
    for coding in given:
        writer.write(coding)
    writer.close()
    assert not stream.closed
    return stream.getvalue()


def bytes_of(format: str, *given: Coding) -> bytes:
    stream = io.BytesIO()
    writer = formats()[format](stream)
    for coding in given:
        writer.write(coding)
    writer.close()
    return stream.getvalue()


def folder_of(format: str, folder: Path, *given: Coding) -> Path:
    writer = formats()[format](folder)
    for coding in given:
        writer.write(coding)
    writer.close()
    return folder


def lines_of(text: str) -> list[list[str]]:
    """The cells of a table with tabs, as pandas and R take it apart."""
    return list(csv.reader(io.StringIO(text, newline=""), delimiter="\t"))


def rows_of(text: str) -> list[dict[str, str]]:
    """The rows below a header by column; every row has exactly its columns."""
    head, *rows = lines_of(text)
    return [dict(zip(head, row, strict=True)) for row in rows]
