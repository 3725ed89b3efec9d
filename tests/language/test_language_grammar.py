"""Who is subject and object of what: cases as data, one line each, read by hand."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from spacy.tokens import Token

from dragoman.language import Annotated
from dragoman.language.en import grammar

CASES: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "grammar.yaml").read_text(encoding="utf-8"))
Parse = Callable[[str], Annotated]


def word(annotated: Annotated, text: str) -> Token:
    return next(t for t in annotated.doc if t.text == text)


@pytest.mark.parametrize("case", CASES, ids=lambda c: f"{c['of']}: {c['text']}")
def test_slots(parse: Parse, case: dict[str, Any]) -> None:
    annotated = parse(case["text"])
    token = word(annotated, case["of"])
    for question in ("agents", "patients", "owners"):
        if question in case:
            assert [t.text for t in getattr(grammar, question)(token)] == case[question], question
    if "negated" in case:
        assert grammar.is_negated(token) is case["negated"]
    if "with" in case:
        assert [t.text for t in grammar.prepositional(token).get("with", [])] == case["with"]


@pytest.mark.parametrize("text", ["Talks in Geneva.", "No comment", "Rain", "A deal: signed, sealed and delivered"])
def test_climbing_ends_where_no_verb_is(parse: Parse, text: str) -> None:
    for token in parse(text).doc:
        grammar.clause_head(token)
        assert len(list(grammar.ancestors(token))) < len(token.doc)
        grammar.surface_subjects(token)


def test_phrase_leaves_relative_clause_and_article(parse: Parse) -> None:
    annotated = parse("The foreign minister of Japan, who met reporters, praised the plan.")
    tokens = grammar.phrase(word(annotated, "minister"))
    assert annotated.doc[tokens.start : tokens.end].text == "The foreign minister of Japan"
