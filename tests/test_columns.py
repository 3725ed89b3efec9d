"""What other systems are told of the records; expected types written by hand from the design."""

from __future__ import annotations

import json

import duckdb
import pyarrow as pa
import pytest
from pydantic import Field

from dragoman.columns import arrow_schema, duckdb_columns, json_schema, quoted, shape_of, table_of
from dragoman.schema import RECORDS, ArticleRecord, Event, Model, Problem, Relation, Span, Statement

ENTITY = (
    'STRUCT("text" VARCHAR, "start" BIGINT, "end" BIGINT, "name" VARCHAR, "country" VARCHAR, "sector" VARCHAR, '
    '"other_sectors" VARCHAR[], "office" VARCHAR, "wikidata" VARCHAR, "mention" VARCHAR)'
)
RECORD_NAMES = {"article", "statement", "event", "relation", "expectation", "problem"}


class Weight(Model):
    kilograms: float


class Wider(Event):
    """An event of a later schema."""

    table = "wider"

    casualties: int | None = None
    weights: list[Weight] = Field(default=[])


@pytest.mark.parametrize(
    ("model", "column", "expected"),
    [
        (Problem, "message", "VARCHAR"),
        (Event, "quad", "BIGINT"),
        (Event, "score", "DOUBLE"),
        (Event, "aux", "VARCHAR[]"),
        (Event, "status", "VARCHAR"),
        (Event, "actor", f"{ENTITY}[]"),
        (Event, "attributed_to", ENTITY),
        (Event, "evidence", 'STRUCT("text" VARCHAR, "start" BIGINT, "end" BIGINT)[]'),
        (Statement, "content", 'STRUCT("text" VARCHAR, "spans" BIGINT[][])'),
        (ArticleRecord, "published", 'STRUCT("value" VARCHAR, "source" VARCHAR)'),
        (ArticleRecord, "extra", "VARCHAR"),
        (Relation, "from", ENTITY),
    ],
)
def test_duckdb_types(model: type[Model], column: str, expected: str) -> None:
    assert duckdb_columns(model)[column] == expected


def test_columns_are_named_and_ordered_as_in_the_schema() -> None:
    assert list(duckdb_columns(Problem)) == ["article_id", "source", "stage", "message"]
    assert list(duckdb_columns(Relation))[:9] == ["id", "article_id", "kind", "from", "to", "title", "since", "until", "evidence"]
    assert list(duckdb_columns(Relation))[9:] == ["change", "status", "attributed_to", "known", "past", "because"]


def test_arrow_types() -> None:
    text, number = pa.string(), pa.int64()
    span = pa.struct([("text", text), ("start", number), ("end", number)])
    spoken = arrow_schema(Statement)
    assert spoken.field("cue").type == span
    assert spoken.field("content").type == pa.struct([("text", text), ("spans", pa.list_(pa.list_(number)))])
    assert arrow_schema(Event).field("evidence").type == pa.list_(span)
    assert arrow_schema(Event).field("confidence").type == pa.float64()


@pytest.mark.parametrize("model", [*RECORDS, Wider])
def test_duckdb_takes_every_table_and_arrow_agrees(model: type[Model]) -> None:
    columns = ", ".join(f"{quoted(name)} {kind}" for name, kind in duckdb_columns(model).items())
    with duckdb.connect() as connection:
        connection.execute(f"CREATE TABLE {table_of(model)} ({columns})")
        there = connection.table(table_of(model)).to_arrow_table().schema
    assert there == arrow_schema(model)


def test_a_new_field_needs_no_change_elsewhere() -> None:
    assert duckdb_columns(Wider)["casualties"] == "BIGINT"
    assert duckdb_columns(Wider)["weights"] == 'STRUCT("kilograms" DOUBLE)[]'
    assert arrow_schema(Wider).field("weights").type == pa.list_(pa.struct([("kilograms", pa.float64())]))


@pytest.mark.parametrize("annotation", [int | str, list[int | str], tuple[int, str], set[str], bytes])
def test_what_no_column_can_hold_is_an_error(annotation: object) -> None:
    with pytest.raises(TypeError, match="no column holds"):
        shape_of(annotation)


def test_json_schema_tells_records_apart() -> None:
    described = json_schema()
    assert described["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert described["discriminator"]["propertyName"] == "record"
    assert set(described["discriminator"]["mapping"]) == RECORD_NAMES
    assert len(described["oneOf"]) == 6


def test_json_schema_names_every_key_of_a_line() -> None:
    definitions = json_schema()["$defs"]
    relation = definitions["Relation"]
    assert list(relation["properties"])[:6] == ["record", "id", "article_id", "kind", "from", "to"]
    assert relation["required"] == list(relation["properties"])
    assert relation["additionalProperties"] is False
    assert definitions["Event"]["properties"]["record"]["const"] == "event"
    assert definitions["Event"]["properties"]["status"]["enum"] == ["reported", "claimed", "denied"]
    assert set(definitions["Span"]["properties"]) == set(Span.model_fields)


def test_json_schema_is_json_and_the_same_again() -> None:
    assert json.dumps(json_schema()) == json.dumps(json_schema())
