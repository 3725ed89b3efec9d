"""Articles from what a Python program hands over, and readers that no bytes can make raise."""

from __future__ import annotations

import gzip
import io
import re
from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.read import article_of, read
from dragoman.schema import Article, Problem, article_id_of


def test_a_text() -> None:
    article = article_of("Kenya sent grain.", published="2024-03-05")
    assert article == Article(id=article_id_of("Kenya sent grain."), text="Kenya sent grain.", published="2024-03-05")


def test_a_mapping() -> None:
    article = article_of({"id": 12, "text": "Kenya sent grain.", "headline": "Grain", "mood": 3}, published="2024-03-05")
    assert (article.id, article.headline, article.published, article.extra) == ("12", "Grain", "2024-03-05", {"mood": 3})


def test_empty_fields_count_as_missing() -> None:
    article = article_of({"id": "", "text": "x", "headline": "", "published": "", "url": None})
    assert (article.id, article.headline, article.published, article.url) == (article_id_of("x"), None, None, None)


def test_an_article_keeps_its_own_day() -> None:
    article = Article(id="a", text="x", published="2020-01-01")
    assert article_of(article, published="2024-03-05") == article


def test_an_article_without_a_day_gets_the_default() -> None:
    assert article_of(Article(id="a", text="x"), published="2024-03-05").published == "2024-03-05"


@pytest.mark.parametrize("day", [date(2024, 3, 5), datetime(2024, 3, 5, 23, 59), "2024-03-05", "2024-03-05T23:59:00-08:00"])
def test_days(day: Any) -> None:
    assert article_of("x", published=day).published == "2024-03-05"


@pytest.mark.parametrize(
    ("item", "says"),
    [
        ("", "'text' is empty"),
        ("  \n", "'text' is empty"),
        ({}, "no keys at all"),
        ({"txt": "x"}, "there is 'txt'"),
        ({"text": b"x"}, "'text' is a bytes"),
        ({"text": "x", "published": "Tuesday"}, "which is no date"),
        ({"text": "x", "published": "2024-13-01"}, "which is no date"),
        ({"text": "x", "published": "2024-03-05T99:00"}, "which is no date"),
        ({"text": "x", "language": 5}, "'language' is a number"),
        ({"text": "x", "tags": {1, 2}}, "cannot be written as JSON"),
        ({"text": "x" * 11}, "11 characters, more than the 10 allowed"),
        ({"text": "a\ud800b"}, "half a character"),
        (Article(id="a", text=" "), "'text' is empty"),
        (Article(id="a", text="x", published="soon"), "which is no date"),
        (None, "this is null"),
        (5, "this is a number"),
        (["x"], "this is a list"),
        (b"x", "this is a bytes"),
    ],
)
def test_what_is_no_article(item: Any, says: str) -> None:
    with pytest.raises(ValueError, match=re.escape(says)):
        article_of(item, max_chars=10)


def results_of(data: bytes) -> list[Article | Problem]:
    return list(read(["-"], stdin=io.BytesIO(data), max_chars=2_000))


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_give_something(data: bytes) -> None:
    assert len(results_of(data)) >= 1


@settings(max_examples=100, deadline=None)
@given(st.binary(min_size=1, max_size=200), st.integers(0, 400), st.integers(0, 255))
def test_any_damage_to_a_packed_file_gives_something(data: bytes, at: int, byte: int) -> None:
    packed = bytearray(gzip.compress(data, mtime=0))
    packed[2 + at % (len(packed) - 2)] = byte
    assert len(results_of(bytes(packed))) >= 1


@settings(max_examples=100, deadline=None)
@given(
    st.lists(
        st.one_of(st.sampled_from(['{"text": "x"}', '{"text": 1}', "{", "[", "]", '{"text":', '"', "null", ""]), st.text(max_size=5)),
        max_size=8,
    )
)
def test_any_lines_give_something(lines: list[str]) -> None:
    assert len(results_of("\n".join(lines).encode("utf-8", "replace"))) >= 1
