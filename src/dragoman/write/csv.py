"""CSV for spreadsheets and statistics. In: codings. Out: one event a row, with what is known of its article.

The columns follow from the schema: ``date.value`` is ``date_value``, the countries of ``actor`` are ``actor_country``. A list is joined with
``;``, a list inside a list with ``|``; in a list a backslash stands before a ``;``, ``|`` or backslash of the text. Unknown is empty.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from typing import Any, TextIO

import json

from dragoman.columns import Fields, Json, Many, Scalar, Shape, fields_of
from dragoman.schema import ArticleRecord, Coding, Event
from dragoman.write.plain import encodable

ARTICLE = "article_"
OWN_COLUMN = "id"  # of the article: the event has it as article_id
SEPARATORS = ";|"
RESERVED = re.compile(r"[\\;|]")


class CsvWriter:
    """Writes the events of a coding, below a first row with the names of the columns."""

    def __init__(self, stream: TextIO) -> None:
        self.stream = stream
        self.rows = csv.writer(stream, lineterminator="\n")
        self.rows.writerow(columns())

    def write(self, coding: Coding) -> None:
        article = cells_of(ArticleRecord, coding.article) if coding.article else article_columns()
        for event in coding.events:
            self.rows.writerow(...)

    def close(self) -> None:
        self.stream.flush()
