"""Records as rows of a table and back. In: record models. Out: Arrow tables; and from DuckDB's rows, the same models again."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

import pyarrow as pa
from pydantic import ValidationError

from dragoman.columns import DISCRIMINATOR, arrow_schema, json_columns
from dragoman.schema import Model

Kind = TypeVar("Kind", bound=Model)
LONE_SURROGATE = re.compile("[\ud800-\udfff]")


def arrow_table(model: type[Model], records: Sequence[Model]) -> pa.Table:
    """The records as rows of their table."""
    return table_of_rows([row_of(record) for record in records], arrow_schema(model))


def table_of_rows(rows: list[dict[str, Any]], schema: pa.Schema) -> pa.Table:
    """An Arrow table. A lone surrogate, which no database takes, becomes one U+FFFD, so offsets stay right."""
    try:
        return pa.Table.from_pylist(rows, schema=schema)
    except UnicodeEncodeError:
        return pa.Table.from_pylist([without_surrogates(row) for row in rows], schema=schema)


def row_of(record: Model) -> dict[str, Any]:
    row = record.model_dump(by_alias=True, exclude={DISCRIMINATOR})
    for name in json_columns(type(record)):
        row[name] = json.dumps(row[name], default=str)
    return row


def record_of(model: type[Kind], row: Mapping[str, Any]) -> Kind:
    """The record that a row holds. A null where today's schema wants a value is a column younger than the row: it takes the default."""
    values = dict(row)
    for name in json_columns(model):
        if isinstance(values.get(name), str):
            values[name] = json.loads(values[name])
    try:
        return model.model_validate(values)
    except ValidationError:
        return model.model_validate(without_nulls(values))


def without_nulls(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: without_nulls(inner) for key, inner in value.items() if inner is not None}
    return [without_nulls(inner) for inner in value] if isinstance(value, list) else value


def without_surrogates(value: Any) -> Any:
    """The same with U+FFFD for every code point that UTF-8 cannot write."""
    if isinstance(value, str):
        return LONE_SURROGATE.sub("\ufffd", value)
    if isinstance(value, dict):
        return {key: without_surrogates(inner) for key, inner in value.items()}
    return [without_surrogates(inner) for inner in value] if isinstance(value, (list, tuple)) else value
