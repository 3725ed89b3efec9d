"""Counts of events by who, what and when, counted by hand."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from dragoman.schema import Coding
from dragoman.store import QueryError, Store
from handmade import article, event


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    events = [
        event("a", 1, "ACCUSE", ["FRA GOV", "DEU GOV"], ["RUS GOV"], date="2024-11-06"),
        event("a", 2, "ACCUSE", ["FRA GOV", "FRA LEG"], ["RUS GOV"], date="2024-11-07"),
        event("a", 3, "CONSULT", ["JPN GOV", "USA GOV"], date="2024-11-30..2024-12-01"),
        event("a", 4, "CONSULT", ["JPN GOV", "JPN LEG"], date="2024-12"),
        event("a", 5, "SUPPORT", ["JPN GOV"], date="2024"),
        event("a", 6, "PROTEST", [], ["- CVL"]),
        event("a", 7, "ASSAULT", ["RUS MIL"], ["UKR", "UKR CVL", "-"], date="2024-12-24"),
        event("a", 8, "SUPPORT", [], [], date="2023"),
    ]
    with Store(tmp_path_factory.mktemp("panel") / "events.duckdb") as opened:
        opened.add([Coding(article=article("a"), events=events)])
        yield opened


def rows(store: Store, by: list[str], query: str = "") -> list[tuple[object, ...]]:
    return [tuple(row.values()) for row in store.panel(by, query)]


def test_by_dyad_and_month(store: Store) -> None:
    assert store.panel()[0] == {"actor": "DEU", "recipient": "RUS", "month": "2024-11", "events": 1}
    assert rows(store, ["dyad", "month"]) == [
        ("DEU", "RUS", "2024-11", 1),
        ("FRA", "RUS", "2024-11", 2),  # two French actors of one event are one dyad
        ("JPN", "JPN", "2024-12", 1),
        ("JPN", "USA", None, 1),  # from November to December: neither month
        ("JPN", None, None, 1),
        ("RUS", "UKR", "2024-12", 1),
        ("RUS", None, "2024-12", 1),
        ("USA", "JPN", None, 1),
        (None, None, None, 2),
    ]


def test_by_year(store: Store) -> None:
    assert rows(store, ["year"]) == [("2023", 1), ("2024", 6), (None, 1)]


def test_by_day(store: Store) -> None:
    assert rows(store, ["day"]) == [("2024-11-06", 1), ("2024-11-07", 1), ("2024-12-24", 1), (None, 5)]


def test_by_actor(store: Store) -> None:
    assert rows(store, ["actor"]) == [("DEU", 1), ("FRA", 2), ("JPN", 3), ("RUS", 1), ("USA", 1), (None, 2)]


def test_by_recipient_and_type(store: Store) -> None:
    assert rows(store, ["type", "recipient"]) == [
        ("ACCUSE", "RUS", 2),
        ("ASSAULT", "UKR", 1),
        ("ASSAULT", None, 1),
        ("CONSULT", "JPN", 2),
        ("CONSULT", "USA", 1),
        ("PROTEST", None, 1),
        ("SUPPORT", None, 2),
    ]


def test_by_quad_of_a_query(store: Store) -> None:
    assert rows(store, ["quad"]) == [(1, 4), (3, 2), (4, 2)]
    assert rows(store, ["quad"], "JPN") == [(1, 3)]
    assert rows(store, ["quad"], "CHN") == []


@pytest.mark.parametrize(
    ("by", "message"),
    [
        (["country"], "can be counted by"),
        (["mnth"], "did you mean month"),
        ([], "name what to count by"),
        (["dyad", "actor"], "named twice"),
    ],
)
def test_groups_not_understood(store: Store, by: list[str], message: str) -> None:
    with pytest.raises(QueryError, match=message):
        store.panel(by)
