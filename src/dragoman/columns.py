"""The shape of the records in other systems' terms, all from one walk over the fields of ``schema.py``.

In: record models. Out: a JSON Schema document, Arrow schemas, DuckDB column types. A field added to a model appears in all three.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, TypeAlias, Union, get_args, get_origin

import pyarrow as pa
from pydantic import BaseModel, TypeAdapter

from dragoman.schema import AnyRecord

DISCRIMINATOR = "record"  # says which record an object is; a table holds one kind only and needs no such column
DIALECT = "https://json-schema.org/draft/2020-12/schema"

SCALARS: dict[type, tuple[str, Any]] = {
    str: ("VARCHAR", pa.string()),
    bool: ("BOOLEAN", pa.bool_()),
    int: ("BIGINT", pa.int64()),
    float: ("DOUBLE", pa.float64()),
}


@dataclass(frozen=True)
class Scalar:
    """A text, truth value, whole number or number."""

    python: type


@dataclass(frozen=True)
class Json:
    """A value of any form, kept as JSON text."""


@dataclass(frozen=True)
class Many:
    """A list."""

    item: Shape


@dataclass(frozen=True)
class Fields:
    """A record inside a record, by the names that it has outside Python."""

    fields: tuple[tuple[str, Shape], ...]


Shape: TypeAlias = Scalar | Json | Many | Fields


def shape_of(annotation: Any) -> Shape:
    """What a field's annotation means. TypeError for an annotation that no column can hold, such as a union of two types."""
    annotation = without_none(annotation)
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return shape_of(arguments[0])
    if origin is Literal:
        return scalar_of(annotation, {type(value) for value in arguments})
    if origin is list or origin is tuple:
        return Many(item_of(annotation, [one for one in arguments if one is not Ellipsis]))
    if annotation is Any or origin is dict or annotation is dict:
        return Json()
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return Fields(tuple(fields_of(annotation).items()))
    return scalar_of(annotation, {annotation})


def without_none(annotation: Any) -> Any:
    """``X | None`` is ``X``: every column may be null."""
    if get_origin(annotation) not in (Union, UnionType):
        return annotation
    left = [one for one in get_args(annotation) if one is not NoneType]
    return left[0] if len(left) == 1 else annotation


def model_in(annotation: Any) -> type[BaseModel] | None:
    """The record inside a field, or inside the list that the field is."""
    annotation = without_none(annotation)
    if get_origin(annotation) in (list, Annotated):
        return model_in(get_args(annotation)[0])
    return annotation if isinstance(annotation, type) and issubclass(annotation, BaseModel) else None


def item_of(annotation: Any, items: list[Any]) -> Shape:
    shapes = {shape_of(item) for item in items}
    if len(shapes) != 1:
        raise TypeError(f"no column holds {annotation}: the items of a list must be of one type")
    return shapes.pop()


def scalar_of(annotation: Any, types: set[Any]) -> Scalar:
    if len(types) != 1 or not types <= SCALARS.keys():
        raise TypeError(f"no column holds {annotation}")
    return Scalar(types.pop())


@cache
def fields_of(model: type[BaseModel]) -> dict[str, Shape]:
    """Column name to shape, in the order of the schema; names as JSON has them (``from``, not ``from_``)."""
    return {field.alias or name: shape_of(field.annotation) for name, field in model.model_fields.items() if name != DISCRIMINATOR}


@cache
def json_columns(model: type[BaseModel]) -> tuple[str, ...]:
    """The columns in which a value of any form is kept as JSON text."""
    return tuple(name for name, shape in fields_of(model).items() if isinstance(shape, Json))


def duckdb_type(shape: Shape) -> str:
    """The type in DuckDB's SQL, such as ``STRUCT("text" VARCHAR, "start" BIGINT)[]``."""
    match shape:
        case Scalar(python):
            return SCALARS[python][0]
        case Json():
            return "VARCHAR"
        case Many(item):
            return f"{duckdb_type(item)}[]"
        case Fields(fields):
            return f"STRUCT({', '.join(f'{quoted(name)} {duckdb_type(inner)}' for name, inner in fields)})"


def arrow_type(shape: Shape) -> pa.DataType:
    match shape:
        case Scalar(python):
            return SCALARS[python][1]
        case Json():
            return pa.string()
        case Many(item):
            return pa.list_(arrow_type(item))
        case Fields(fields):
            return pa.struct([(name, arrow_type(inner)) for name, inner in fields])


def duckdb_columns(model: type[BaseModel]) -> dict[str, str]:
    """Column name to DuckDB type."""
    return {name: duckdb_type(shape) for name, shape in fields_of(model).items()}


@cache
def arrow_schema(model: type[BaseModel]) -> pa.Schema:
    """The columns of a record's table in Arrow; every one may be null."""
    return pa.schema([(name, arrow_type(shape)) for name, shape in fields_of(model).items()])


def json_schema() -> dict[str, Any]:
    """One JSON Schema document for a line of JSONL output: any of the records, told apart by ``record``."""
    described = TypeAdapter(AnyRecord).json_schema(by_alias=True, mode="serialization")
    for definition in described["$defs"].values():
        definition["required"] = list(definition["properties"])  # what is unknown is written as null, never left out
    title = {"$schema": DIALECT, "title": "dragoman record", "description": "One line of dragoman's JSONL output."}
    return {**title, **described}


def table_of(model: type[BaseModel]) -> str:
    """The name of a record's table."""
    return str(getattr(model, "table"))  # noqa: B009 - declared on the records, not on their base


def quoted(name: str) -> str:
    """An identifier in SQL."""
    return '"' + name.replace('"', '""') + '"'
