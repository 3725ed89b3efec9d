"""In: the gold attributions of an article and the predicted ones. Out: the one-to-one pairs that agree best."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from dragoman.learn.attributions import Attribution, Words


def agreement(one: Words, other: Words) -> float:
    return 2 * len(one & other) / (len(one) + len(other)) if one and other else 0.0


def paired(gold: Sequence[Attribution], found: Sequence[Attribution]) -> list[tuple[int, int]]:
    """The one-to-one pairs with the greatest sum of agreement between contents; cues and sources break ties."""
    worth: dict[tuple[int, int], float] = {}
    by_word: dict[int, list[int]] = defaultdict(list)
    for p, one in enumerate(found):
        for word in one.content:
            by_word[word].append(p)
    for g, one in enumerate(gold):
        for p in sorted({p for word in one.content for p in by_word[word]}):
            other = found[p]
            ties = 1e-4 * agreement(one.cue, other.cue) + 1e-5 * agreement(one.source, other.source)
            worth[g, p] = agreement(one.content, other.content) + ties
    return [pair for group in _groups(worth) for pair in _best(group, worth)]


def _groups(worth: Mapping[tuple[int, int], float]) -> list[list[tuple[int, int]]]:
    """Pairs that share a member, directly or through others."""
    group_of: dict[tuple[str, int], list[tuple[int, int]]] = {}
    for g, p in worth:
        left, right = group_of.get(("gold", g), []), group_of.get(("found", p), [])
        merged = left + [pair for pair in right if left is not right] + [(g, p)]
        for a, b in merged:
            group_of["gold", a] = group_of["found", b] = merged
    unique: dict[int, list[tuple[int, int]]] = {id(group): group for group in group_of.values()}
    return list(unique.values())


def _best(group: Sequence[tuple[int, int]], worth: Mapping[tuple[int, int], float]) -> list[tuple[int, int]]:
    """The best assignment by augmenting paths: each gold in turn takes the place that costs the others least (Kuhn and Munkres)."""
    golds, founds = sorted({g for g, _ in group}), sorted({p for _, p in group})
    # one empty place for each gold, so that going without a partner is possible
    cost = [[-worth.get((g, p), 0.0) for p in founds] + [0.0] * len(golds) for g in golds]
    holder = _assignment(cost)
    return [(golds[row], founds[place]) for place, row in holder.items() if place < len(founds) and (golds[row], founds[place]) in worth]


def _assignment(cost: Sequence[Sequence[float]]) -> dict[int, int]:
    """Column to row of the cheapest assignment of every row to a column of its own; not more rows than columns."""
    column_price, row_price = [0.0] * len(cost[0]), [0.0] * len(cost)
    holder: dict[int, int] = {}
    for row in range(len(cost)):
        settled, came_from, free = _cheapest_path(cost, row, holder, row_price, column_price)
        least = settled[free]
        row_price[row] += least
        for column, distance in settled.items():
            column_price[column] -= least - distance
            if column in holder:
                row_price[holder[column]] += least - distance
        place: int | None = free
        while place is not None:
            before = came_from[place]
            holder[place] = row if before is None else holder[before]
            place = before
    return holder


def _cheapest_path(
    cost: Sequence[Sequence[float]], row: int, holder: Mapping[int, int], row_price: Sequence[float], column_price: Sequence[float]
) -> tuple[dict[int, float], dict[int, int | None], int]:
    """From a row through held columns to a free one: distance of the columns settled, the column before each, the free column."""
    distance: dict[int, float] = {}
    settled: dict[int, float] = {}
    came_from: dict[int, int | None] = {}
    current, least = row, 0.0
    last: int | None = None
    while True:
        for column in range(len(column_price)):
            through = least + cost[current][column] - row_price[current] - column_price[column]
            if column not in settled and (column not in distance or through < distance[column]):
                distance[column], came_from[column] = through, last
        last = min((c for c in distance if c not in settled), key=lambda c: (distance[c], c))
        least = settled[last] = distance[last]
        if last not in holder:
            return settled, came_from, last
        current = holder[last]
