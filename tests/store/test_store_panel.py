"""Counts of events by who, what and when, counted by hand."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from dragoman import codebook
from dragoman.schema import Coding, When
from dragoman.store import QueryError, Store
from dragoman.store.query import days_of
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


def test_by_week_and_quarter(store: Store) -> None:
    assert rows(store, ["week"], "FRA") == [("2024-W45", 2)]
    assert rows(store, ["week"], "CONSULT") == [("2024-W48", 1), (None, 1)]  # from Saturday to Sunday; a month is no week
    assert rows(store, ["quarter"]) == [("2024-Q4", 5), (None, 3)]


def test_an_iso_week_may_belong_to_the_other_year(tmp_path: Path) -> None:
    with Store(tmp_path / "weeks.duckdb") as opened:
        opened.add([Coding(article=article("w"), events=[event("w", 1, "AID", ["FRA"], date="2024-12-30")])])
        assert rows(opened, ["week"]) == [("2025-W01", 1)]


def test_by_country_on_either_side(store: Store) -> None:
    assert rows(store, ["country"]) == [("DEU", 1), ("FRA", 2), ("JPN", 3), ("RUS", 3), ("UKR", 1), ("USA", 1), (None, 3)]


def test_one_dyad_for_both_directions(store: Store) -> None:
    found = store.panel(["dyad"], undirected=True)
    assert list(found[0]) == ["country_a", "country_b", "events"]
    assert [tuple(row.values()) for row in found] == [
        *(("DEU", "RUS", 1), ("FRA", "RUS", 2), ("JPN", "JPN", 1), ("JPN", "USA", 1), ("JPN", None, 1)),
        *(("RUS", "UKR", 1), ("RUS", None, 1), (None, None, 2)),
    ]


def test_types_and_quads_as_columns(store: Store) -> None:
    (by_quad,) = store.panel(["recipient"], "* -> UKR CVL", wide="quad")[:1]
    assert by_quad == {"recipient": "UKR", "events": 1, "Q1": 0, "Q2": 0, "Q3": 0, "Q4": 1}
    by_type = {row["actor"]: row for row in store.panel(["actor"], wide="type")}
    assert (by_type["JPN"]["CONSULT"], by_type["JPN"]["SUPPORT"], by_type["JPN"]["AID"], by_type["JPN"]["events"]) == (2, 1, 0, 3)
    assert list(by_type["JPN"])[2:] == list(codebook.load().types)


def test_sum_and_mean_of_the_score(tmp_path: Path) -> None:
    scores = [(1, -2.0), (2, -3.5), (3, -3.5)]
    events = [event("s", n, "ACCUSE", ["FRA", "FRA LEG"], ["IRN"], date="2024-11-06", score=score) for n, score in scores]
    with Store(tmp_path / "scores.duckdb") as opened:
        opened.add([Coding(article=article("s"), events=events)])
        (row,) = opened.panel(["dyad", "year"], score=True)
    assert row == {"actor": "FRA", "recipient": "IRN", "year": "2024", "events": 3, "score_sum": -9.0, "score_mean": -3.0}


def test_zeros_are_filled_between_first_and_last(store: Store) -> None:
    found = [tuple(row.values()) for row in store.panel(["recipient", "month"], "ACCUSE or ASSAULT", fill=True, score=True)]
    assert found == [
        *(("RUS", "2024-11", 2, 0.0, 0.0), ("RUS", "2024-12", 0, 0.0, None)),
        *(("UKR", "2024-11", 0, 0.0, None), ("UKR", "2024-12", 1, 0.0, 0.0)),
        *((None, "2024-11", 0, 0.0, None), (None, "2024-12", 1, 0.0, 0.0)),
    ]


def test_zeros_are_filled_in_a_period_and_nothing_else_is_counted(store: Store) -> None:
    found = store.panel(["month"], fill=True, period=days_of("2024-10..2024-11"), wide="quad")
    assert [(row["month"], row["events"], row["Q3"]) for row in found] == [("2024-10", 0, 0), ("2024-11", 2, 2)]
    assert store.panel(["actor", "day"], "CHN", fill=True, period=days_of("2024-02")) == []


def test_what_has_no_period_stays_as_it_is(store: Store) -> None:
    found = [tuple(row.values()) for row in store.panel(["year"], "SUPPORT or PROTEST", fill=True)]
    assert found == [("2023", 1), ("2024", 1), (None, 1)]


@pytest.mark.parametrize("unit", ["day", "week", "month", "quarter", "year"])
def test_every_period_once(store: Store, unit: str) -> None:
    found = [row[unit] for row in store.panel([unit], "ACCUSE", fill=True, period=days_of("2023-01..2024-12"))]
    assert found == sorted(set(found))
    assert len(found) == {"day": 731, "week": 106, "month": 24, "quarter": 8, "year": 2}[unit]  # from the week of 2022-12-26 on


def test_a_panel_too_large_is_refused(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dragoman.store.store.FILLED_ROWS", 10)
    with pytest.raises(QueryError, match="would make 196 rows; choose a period, or a longer unit"):
        store.panel(["dyad", "day"], "ACCUSE or ASSAULT", fill=True)


@pytest.mark.parametrize(("text", "days"), [("2024", ("2024-01-01", "2024-12-31")), ("2023-12..2024-02", ("2023-12-01", "2024-02-29"))])
def test_days_of_a_period(text: str, days: tuple[str, str]) -> None:
    assert days_of(text) == days


@pytest.mark.parametrize("value", ["soon", "2024-13", "", "99999", "2024-W45"])
def test_what_is_no_date_is_in_no_period(tmp_path: Path, value: str) -> None:
    odd = event("o", 1, "AID", ["FRA"]).model_copy(update={"date": When(text="x", start=0, end=1, value=value)})
    with Store(tmp_path / "odd.duckdb") as opened:
        opened.add([Coding(article=article("o"), events=[odd])])
        assert rows(opened, ["month"]) == [(None, 1)]


@pytest.mark.parametrize(
    ("by", "layout", "message"),
    [
        (["continent"], {}, "can be counted by"),
        (["mnth"], {}, "did you mean month"),
        ([], {}, "name what to count by"),
        (["dyad", "actor"], {}, "named twice"),
        (["dyad", "country"], {}, "not beside dyad"),
        (["actor"], {"undirected": True}, "count by dyad"),
        (["actor"], {"fill": True}, "one unit of time"),
        (["month", "year"], {"fill": True}, "one unit of time"),
        (["actor"], {"wide": "mode"}, "type or quad"),
    ],
)
def test_groups_not_understood(store: Store, by: list[str], layout: dict[str, Any], message: str) -> None:
    with pytest.raises(QueryError, match=message):
        store.panel(by, **layout)
