"""Any text in any field gives one row with the right columns; nothing is run by a spreadsheet, nothing is lost on the way back."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path
from tempfile import TemporaryDirectory
from xml.etree import ElementTree

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from written import folder_of, lines_of, text_of

from dragoman.schema import Coding
from dragoman.write import formats
from dragoman.write.columns import columns_of
from dragoman.write.csv import columns
from dragoman.write.plain import as_given, harmless, no_formula
from dragoman.write.sides import has_happened, pairs_of
from handmade import article, codings, entity, event, span

FORMULAS = ["=SUM(A1)", "+1+1", "-2+3", "@x", "'=x"]
BREAKING = ["a\tb", "a\nb", "a\r\nb", 'a"b', '"', "a\x00b", "\u2028", "\x85", ";", ",", "\ud83d", "#x", " ", "\\"]
ODD = [*FORMULAS, *BREAKING]
TEXT = st.sampled_from(ODD) | st.text(max_size=6) | st.tuples(st.sampled_from(ODD), st.text(max_size=3)).map("".join)
NUMBER = re.compile(r"[+-]?\d+(\.\d+)?(e[+-]?\d+)?", re.IGNORECASE)
EXAMPLES = settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def with_text(text: str) -> Coding:
    """A coding in which the text stands wherever a text of the article can."""
    odd = entity("FRA", text, name=text, office=text)
    texts = {"trigger": span(text), "evidence": [span(text)], "because": [text, text]}
    happened = event("a", 1, "ACCUSE", [], date="2024-11-06")
    happened = happened.model_copy(update={"actor": [odd], "recipient": [odd], "attributed_to": odd, **texts})
    return Coding(article=article("a", headline=text, publication=text, url=text, extra={"x": text}), events=[happened])


def rows_expected(format: str, coding: Coding) -> int:
    if format in ("icews", "gdelt"):
        return sum(len(list(pairs_of(e))) for e in coding.events if has_happened(e))
    return len(coding.events)


def check_tables(coding: Coding) -> None:
    for format in ("polecat", "icews", "gdelt", "tsv"):
        text = text_of(format, coding)
        width = len(columns()) if format == "tsv" else len(columns_of(format))
        rows = lines_of(text)
        header = 0 if format == "gdelt" else 1
        assert [len(row) for row in rows] == [width] * (rows_expected(format, coding) + header)
        assert [line.count("\t") for line in text.splitlines()] == [width - 1] * len(rows)  # also without regard to quotes
        assert not [cell for row in rows for cell in row if cell[:1] in "=+-@" and cell and not NUMBER.fullmatch(cell)]
    rows = list(csv.reader(io.StringIO(text_of("csv", coding), newline="")))
    assert [len(row) for row in rows] == [len(columns())] * (len(coding.events) + 1)


@pytest.mark.parametrize("text", ODD)
def test_odd_text_in_every_field(text: str) -> None:
    check_tables(with_text(text))


@EXAMPLES
@given(text=TEXT)
def test_any_text_in_every_field(text: str) -> None:
    check_tables(with_text(text))


@EXAMPLES
@given(coding=codings("a"))
def test_any_coding_in_any_format(coding: Coding) -> None:
    check_tables(coding)
    for line in lines_of(text_of("quadruples", coding)):
        assert len(line) == 4
    ElementTree.fromstring(text_of("graphml", coding))
    assert len(json.loads(text_of("geojson", coding))["features"]) == len(coding.events)
    json.loads(text_of("jsonld", coding))
    for format in ("tkg", "datapackage"):
        with TemporaryDirectory() as folder:
            folder_of(format, Path(folder), coding)


@EXAMPLES
@given(text=TEXT)
def test_csv_gives_the_text_back(text: str) -> None:
    (row,) = csv.DictReader(io.StringIO(text_of("csv", with_text(text)), newline=""))
    assert as_given(row["trigger_text"]) == harmless(text)
    assert as_given(row["article_headline"]) == harmless(text)


@given(text=TEXT)
def test_an_apostrophe_comes_off_again(text: str) -> None:
    assert as_given(no_formula(text)) == text


@pytest.mark.parametrize("number", ["-9.5", "5", "+3", "-1e-07"])
def test_numbers_stay_numbers(number: str) -> None:
    assert no_formula(number) == number


@pytest.mark.parametrize("format", [name for name, made in formats().items() if made.target == "text"])
def test_text_can_be_written_in_utf8(format: str) -> None:
    text_of(format, with_text("\ud800=x")).encode("utf-8")
