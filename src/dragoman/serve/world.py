"""Who deals with whom, over time. In: a store, a query, year or month. Out: cells of cooperation and conflict for countries
or actors and their pairs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any, Literal, TypeVar

from pydantic import BaseModel, Field

from dragoman.store import Store

PAIRS = 400  # those with most events; more can neither be drawn nor read
NODES = 1000  # those with most events
Cell = tuple[int | None, int, int, float]
Unit = Literal["year", "month"]
Of = Literal["country", "actor"]
Key = TypeVar("Key", str, tuple[str, str])


class Pair(BaseModel):
    one: str
    other: str
    cells: list[Cell]


class Node(BaseModel):
    code: str = Field(description="of a country, or of country and sector: JPN GOV")
    cells: list[Cell]


class World(BaseModel):
    """Cells are place of the period (null without a date), cooperation, conflict, sum of the scores; periods without events have none."""

    periods: list[str]
    pairs: list[Pair] = Field(description=f"the {PAIRS} with most events, these first")
    nodes: list[Node] = Field(description=f"the {NODES} with most events, by code")


def world_of(store: Store, query: str, by: Unit, of: Of) -> World:
    """QueryError for a query that is not understood."""
    layout: dict[str, Any] = {"wide": "quad", "score": True, "roles": of == "actor"}
    pairs = store.panel(("dyad", by), query, undirected=True, **layout)
    alone = store.panel(("country", by), query, **layout)
    periods = sorted({str(row[by]) for row in (*pairs, *alone) if row[by] is not None})
    places: dict[str | None, int | None] = {**{period: place for place, period in enumerate(periods)}, None: None}
    by_pair = grouped((((row["country_a"], row["country_b"]), row) for row in pairs if row["country_a"] and row["country_b"]), by, places)
    by_node = grouped(((row["country"], row) for row in alone if row["country"]), by, places)
    return World(
        periods=periods,
        pairs=[Pair(one=one, other=other, cells=cells) for (one, other), cells in most_active(by_pair)[:PAIRS]],
        nodes=[Node(code=code, cells=cells) for code, cells in sorted(most_active(by_node)[:NODES])],
    )


def most_active(groups: dict[Key, list[Cell]]) -> list[tuple[Key, list[Cell]]]:
    """Those with most events first."""
    return sorted(groups.items(), key=lambda item: (-sum(up + down for _, up, down, _ in item[1]), item[0]))


def grouped(rows: Iterable[tuple[Key, dict[str, Any]]], by: str, places: dict[str | None, int | None]) -> dict[Key, list[Cell]]:
    found: dict[Key, list[Cell]] = defaultdict(list)
    for key, row in rows:
        period = None if row[by] is None else str(row[by])
        found[key].append((places[period], row["Q1"] + row["Q2"], row["Q3"] + row["Q4"], row["score_sum"]))
    return found
