"""The records: what they refuse, how they are written, that their ids are stable."""

from __future__ import annotations

import ast
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from dragoman import schema
from dragoman.schema import AnyRecord, Coding, Entity, Problem, Relation, Span, article_id_of, record_id, sha256_of
from handmade import codings, entity, summit


@settings(max_examples=50, deadline=None)
@given(codings("a"))
def test_any_coding_survives_json(coding: Coding) -> None:
    assert Coding.model_validate_json(coding.model_dump_json(by_alias=True)) == coding


@settings(max_examples=50, deadline=None)
@given(codings("a"))
def test_any_line_is_read_as_the_record_that_it_says(coding: Coding) -> None:
    reader = TypeAdapter(AnyRecord)
    assert [reader.validate_json(record.model_dump_json(by_alias=True)) for record in coding.records()] == coding.records()


def test_records_come_in_the_order_of_the_design() -> None:
    assert [record.record for record in summit().records()] == [
        "article",
        "statement",
        "event",
        "event",
        "relation",
        "expectation",
        "problem",
    ]


def test_a_coding_without_an_article_has_its_problems() -> None:
    unread = Problem(source="feed.jsonl:7", stage="read", message="no JSON")
    assert Coding(problems=[unread]).records() == [unread]


def test_a_relation_is_written_with_from() -> None:
    relation = Relation(id="r", article_id="a", kind="partner", from_=entity("FRA"), to=entity("DEU"))
    written = json.loads(relation.model_dump_json())
    assert written["from"]["country"] == "FRA"
    assert "from_" not in written


def test_a_misspelt_field_is_an_error() -> None:
    with pytest.raises(ValidationError, match="contry"):
        Entity.model_validate({"text": "Paris", "start": 0, "end": 5, "contry": "FRA"})


def test_a_record_does_not_change() -> None:
    span = Span(text="x", start=0, end=1)
    with pytest.raises(ValidationError):
        span.start = 5  # type: ignore[misc]


def test_an_article_without_an_id_is_named_by_its_text() -> None:
    # SHA-256 of "abc" as FIPS 180-2 prints it
    assert sha256_of("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert article_id_of("abc") == "ba7816bf8f01cfea"


def test_a_lone_surrogate_has_a_digest() -> None:
    assert len(sha256_of("\ud83d")) == 64


@given(st.text(), st.integers(), st.integers())
def test_ids_are_the_same_again(article_id: str, start: int, end: int) -> None:
    assert record_id(article_id, "event", start, end) == record_id(article_id, "event", start, end)


def test_ids_tell_offsets_and_kinds_apart() -> None:
    ids = {
        record_id("a", "event", 1, 12),
        record_id("a", "event", 11, 2),
        record_id("a", "statement", 1, 12),
        record_id("b", "event", 1, 12),
    }
    assert len(ids) == 4
    assert all(len(one) == 16 for one in ids)


def test_the_schema_imports_nothing_of_ours() -> None:
    tree = ast.parse(Path(schema.__file__).read_text(encoding="utf-8"))
    imported = [node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    imported += [alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names]
    assert not [name for name in imported if name.startswith("dragoman")]
