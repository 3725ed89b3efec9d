"""Who deals with whom, over time. In: a store, a query, year or month. Out: cells of cooperation and conflict for countries and pairs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from pydantic import BaseModel, Field

from dragoman.store import Store

PAIRS = 400  # those with most events; more can neither be drawn nor read
Cell = tuple[int | None, int, int, float]


class Pair(BaseModel):
    one: str
    other: str
    cells: list[Cell]


class Country(BaseModel):
    country: str
    cells: list[Cell]


class World(BaseModel):
    """Cells are place of the period (null without a date), cooperation, conflict, sum of the scores; periods without events have none."""

    periods: list[str]
    pairs: list[Pair] = Field(description=f"the {PAIRS} with most events, these first")
    countries: list[Country]


def world_of(store: Store, query: str, by: str) -> World:
    """QueryError for a query that is not understood."""
    pairs = store.panel(("dyad", by), query, wide="quad", score=True, undirected=True)
    countries = store.panel(("country", by), query, wide="quad", score=True)
    periods = sorted({str(row[by]) for row in (*pairs, *countries) if row[by] is not None})
    places: dict[str | None, int | None] = {**{period: place for place, period in enumerate(periods)}, None: None}
    by_pair = grouped((((row["country_a"], row["country_b"]), row) for row in pairs if row["country_a"] and row["country_b"]), by, places)
    by_country = grouped(((row["country"], row) for row in countries if row["country"]), by, places)
    most = sorted(by_pair.items(), key=lambda item: (-sum(up + down for _, up, down, _ in item[1]), item[0]))[:PAIRS]
    return World(
        periods=periods,
        pairs=[Pair(one=one, other=other, cells=cells) for (one, other), cells in most],
        countries=[Country(country=country, cells=cells) for country, cells in sorted(by_country.items())],
    )


def grouped(rows: Iterable[tuple[Any, dict[str, Any]]], by: str, places: dict[str | None, int | None]) -> dict[Any, list[Cell]]:
    found: dict[Any, list[Cell]] = defaultdict(list)
    for key, row in rows:
        period = None if row[by] is None else str(row[by])
        found[key].append((places[period], row["Q1"] + row["Q2"], row["Q3"] + row["Q4"], row["score_sum"]))
    return found
