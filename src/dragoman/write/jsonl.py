"""JSON lines. In: codings. Out: one record a line in UTF-8, keys in the order of the schema, told apart by ``record``, nulls kept."""

from __future__ import annotations

import json
from math import isfinite
from typing import Any, TextIO

from dragoman.schema import Coding, Model
from dragoman.write.plain import one_json_line


class JsonLinesWriter:
    """Writes every record of a coding."""

    def __init__(self, stream: TextIO) -> None:
        self.stream = stream

    def write(self, coding: Coding) -> None:
        self.stream.writelines(f"{line_of(record)}\n" for record in coding.records())

    def close(self) -> None:
        self.stream.flush()


def line_of(record: Model) -> str:
    """The record in JSON, on one line; what would end the line, act on a terminal or cannot be written in UTF-8 is escaped."""
    try:
        return one_json_line(record.model_dump_json(by_alias=True, fallback=str))
    except ValueError:  # a lone surrogate, which pydantic cannot write
        values = finite(record.model_dump(by_alias=True))
        return one_json_line(json.dumps(values, ensure_ascii=False, separators=(",", ":"), default=str))


def finite(value: Any) -> Any:
    """The same with null for numbers that JSON does not have."""
    if isinstance(value, float):
        return value if isfinite(value) else None
    if isinstance(value, dict):
        return {key: finite(inner) for key, inner in value.items()}
    return [finite(inner) for inner in value] if isinstance(value, (list, tuple)) else value
