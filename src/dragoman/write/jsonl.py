"""JSON lines. In: codings. Out: one record a line in UTF-8, keys in the order of the schema, told apart by ``record``, nulls kept."""

from __future__ import annotations

import json
import re
from typing import TextIO

from dragoman.schema import Coding, Record

SURROGATE = re.compile("[\ud800-\udfff]")


class JsonLinesWriter:
    """Writes every record of a coding."""

    def __init__(self, stream: TextIO) -> None:
        self.stream = stream

    def write(self, coding: Coding) -> None:
        self.stream.writelines(f"{line_of(record)}\n" for record in coding.records())

    def close(self) -> None:
        self.stream.flush()


def line_of(record: Record) -> str:
    """The record in JSON. A lone surrogate, which UTF-8 cannot write, is escaped as JSON does."""
    try:
        return record.model_dump_json(by_alias=True)
    except ValueError:
        line = json.dumps(record.model_dump(mode="python", by_alias=True), ensure_ascii=False, separators=(",", ":"))
        return SURROGATE.sub(lambda found: f"\\u{ord(found[0]):04x}", line)
