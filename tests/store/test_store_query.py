"""What queries find, and what is said of those that cannot be understood. Cases in cases.yaml."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from dragoman.schema import Coding
from dragoman.store import QueryError, Store
from handmade import article, event

CASES: dict[str, Any] = yaml.load(Path(__file__).with_name("cases.yaml").read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
COUNTRIES = {"Japan": "JPN", "United States": "USA", "South Korea": "KOR"}


def made_codings() -> Iterator[Coding]:
    for article_id, published in CASES["articles"].items():
        rows = {key: row for key, row in CASES["events"].items() if key.startswith(f"{article_id}:")}
        events = [event(article_id, int(key.split(":")[1]), kind, *sides, **more) for key, (kind, *sides, more) in rows.items()]
        yield Coding(article=article(article_id, published=None if published == "null" else published), events=events)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    path = tmp_path_factory.mktemp("store") / "events.duckdb"
    with Store(path) as writing:
        writing.add(made_codings())
    with Store(path, readonly=True, country_of=COUNTRIES.get) as reading:
        yield reading


@pytest.mark.parametrize("case", CASES["queries"], ids=lambda case: case["query"] or "everything")
def test_query(store: Store, case: dict[str, Any]) -> None:
    found = [one.id for one in store.events(case["query"])]
    expected = case["finds"] if "ordered" in case else sorted(case["finds"])
    assert (found if "ordered" in case else sorted(found)) == expected
    assert store.count(case["query"]) == len(expected)


@pytest.mark.parametrize("case", CASES["errors"], ids=lambda case: case["query"])
def test_query_not_understood(store: Store, case: dict[str, Any]) -> None:
    with pytest.raises(QueryError) as caught:
        store.events(case["query"])
    assert case["error"] in str(caught.value)
    if "nearest" in case:
        assert caught.value.nearest[0] == case["nearest"]
    assert store.count() == 10


def test_limit_takes_the_first(store: Store) -> None:
    assert [one.id for one in store.events("2024", limit=2)] == ["c:30", "b:30"]
    assert [one.id for one in store.events("2024", limit=0)] == []


def test_codings_of_a_query_hold_what_it_finds(store: Store) -> None:
    found = [(coding.article and coding.article.id, [one.id for one in coding.events]) for coding in store.codings("2024-11|2023")]
    assert found == [("a", ["a:10", "a:20", "a:30", "a:40"])]
    limited = [(coding.article and coding.article.id, [one.id for one in coding.events]) for coding in store.codings("Q4", limit=2)]
    assert limited == [("a", ["a:40"]), ("c", ["c:30"])]


def test_names_need_someone_who_knows_them(store: Store) -> None:
    with Store(store.path, readonly=True) as plain, pytest.raises(QueryError, match="not understood"):
        plain.count("Japan")
