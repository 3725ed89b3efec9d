"""JSON lines: one record a line, keys in the order of the schema, nothing that a terminal acts on."""

from __future__ import annotations

import io
import json

from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter

from dragoman.schema import AnyRecord, Coding, Problem, Relation
from dragoman.write import formats
from handmade import article, codings, entity, summit


def written(*given_codings: Coding) -> str:
    stream = io.StringIO()
    writer = formats()["jsonl"](stream)
    for coding in given_codings:
        writer.write(coding)
    writer.close()
    return stream.getvalue()


def test_one_record_a_line_in_order() -> None:
    kinds = [json.loads(line)["record"] for line in written(summit()).splitlines()]
    assert kinds == ["article", "statement", "event", "event", "relation", "expectation", "problem"]


def test_keys_are_in_the_order_of_the_schema_and_nulls_are_kept() -> None:
    problem = Coding(problems=[Problem(source="feed.jsonl:7", stage="read", message="“no” JSON")])
    line = '{"record":"problem","article_id":null,"source":"feed.jsonl:7","stage":"read","message":"“no” JSON"}\n'
    assert written(problem) == line


def test_from_is_called_from() -> None:
    relation = Relation(id="r", article_id="a", kind="partner", from_=entity("FRA"))
    line = json.loads(written(Coding(article=article("a"), relations=[relation])).splitlines()[1])
    assert list(line)[:7] == ["record", "id", "article_id", "kind", "from", "to", "title"]
    assert "from_" not in line


@settings(max_examples=50, deadline=None)
@given(codings("a"))
def test_any_coding_is_read_back(coding: Coding) -> None:
    reader = TypeAdapter(AnyRecord)
    assert [reader.validate_json(line) for line in written(coding).splitlines()] == coding.records()


@given(st.text(st.characters(), max_size=20))
def test_any_text_stays_on_its_line_and_is_utf8(message: str) -> None:
    text = written(Coding(problems=[Problem(stage="read", message=message)]))
    assert text.encode("utf-8")
    assert len(text.splitlines()) == 1
    assert json.loads(text)["message"] == message


def test_what_a_terminal_acts_on_is_escaped() -> None:
    odd = "\x1b[31m \x9b2J \u202e \u2028 \ud83d"
    text = written(Coding(problems=[Problem(stage="read", message=odd)]))
    assert r"\u001b[31m \u009b2J \u202e \u2028 \ud83d" in text
    assert json.loads(text)["message"] == odd


def test_extra_keys_that_json_does_not_know() -> None:
    strange = article("a", extra={"nan": float("nan"), "object": 1j, "surrogate": ["\ud83d", float("inf")]})
    assert json.loads(written(Coding(article=strange)))["extra"] == {"nan": None, "object": "1j", "surrogate": ["\ud83d", None]}
