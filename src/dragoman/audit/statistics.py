"""Shares and their intervals, and the agreement of judges. In: counts, weights, values. Out: numbers; no records are known here.

Wilson, J. Amer. Statist. Assoc. 22 (1927) 209. Kish, Survey Sampling (1965), 11.7: effective size of a weighted sample. Zou & Donner,
Statist. Med. 27 (2008) 1693: the interval of a sum from the intervals of its parts. Krippendorff, Content Analysis (2004), 11.3: alpha.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass

Z = 1.959963984540054  # of the normal distribution, for 95 %


@dataclass(frozen=True, slots=True)
class Share:
    """A share of ``count`` judged ones with its 95 % interval; ``value`` is None where there are none."""

    count: int
    value: float | None
    low: float
    high: float


def wilson(share: float, size: float, z: float = Z) -> tuple[float, float]:
    """The interval of a share of a sample of that size; all there can be for an empty one."""
    if size <= 0:
        return 0.0, 1.0
    if math.isinf(size):
        return share, share
    middle = share + z * z / (2 * size)
    half = z * math.sqrt(share * (1 - share) / size + z * z / (4 * size * size))
    scale = 1 + z * z / size
    return max(0.0, (middle - half) / scale), min(1.0, (middle + half) / scale)


def share_of(judged: Iterable[tuple[bool, float]], population: float | None = None) -> Share:
    """The weighted share of those that are true. Where the population is not much larger than the sample, the interval is narrower."""
    pairs = list(judged)
    weight = sum(w for _, w in pairs)
    if not weight:
        return Share(0, None, 0.0, 1.0)
    value = sum(w for true, w in pairs if true) / weight
    size = effective_size(pairs, value)
    if population is not None:
        left = 1 - len(pairs) / population
        size = size / left if left > 1e-9 else math.inf
    return Share(len(pairs), value, *wilson(value, size))


def effective_size(pairs: Sequence[tuple[bool, float]], value: float) -> float:
    """The size of a plain sample that says as much: Kish's, or, where it is smaller, that of the linearised variance of the share.

    The one is too large where those that weigh most vary most, the other where few are wrong: of the two, intervals are the wider ones.
    """
    square = sum(w for _, w in pairs) ** 2
    kish = square / sum(w * w for _, w in pairs)
    variance = sum((w * (true - value)) ** 2 for true, w in pairs) / square
    return min(kish, value * (1 - value) / variance) if variance else kish


def clustered_share(clusters: Sequence[tuple[int, int]]) -> Share:
    """A share of things that were drawn in clusters, each (true ones, all): as events of articles are.

    The variance is that of a ratio of sums over clusters (Cochran, Sampling Techniques, 1977, 6.2); the interval Wilson's of the size
    that a plain sample of this variance would have, at most as large as the sample is.
    """
    true, total = sum(a for a, _ in clusters), sum(n for _, n in clusters)
    if not total:
        return Share(0, None, 0.0, 1.0)
    value, count = true / total, len(clusters)
    size = float(total)
    if count > 1 and 0 < value < 1:
        variance = count / (count - 1) * sum((a - value * n) ** 2 for a, n in clusters) / (total * total)
        size = min(size, value * (1 - value) / variance) if variance else size
    return Share(total, value, *wilson(value, size))


def interval_of_sum(parts: Sequence[tuple[float, float, float, float]]) -> tuple[float, float]:
    """The interval of a sum of independent parts, each (factor, value, low, high)."""
    total = sum(factor * value for factor, value, _, _ in parts)
    below = math.sqrt(sum((factor * (value - low)) ** 2 for factor, value, low, _ in parts))
    above = math.sqrt(sum((factor * (high - value)) ** 2 for factor, value, _, high in parts))
    return total - below, total + above


def alpha(units: Iterable[Sequence[Hashable | None]]) -> float | None:
    """Krippendorff's alpha of nominal values; None in a unit is a judge who does not say. None where nothing can be compared.

    A unit with fewer than two values is left out. Where all values are the same there is nothing to tell apart, and no alpha.
    """
    coincidences: Counter[tuple[Hashable, Hashable]] = Counter()
    for unit in units:
        values = [value for value in unit if value is not None]
        for place, one in enumerate(values):
            for other in values[:place] + values[place + 1 :]:
                coincidences[one, other] += 1 / (len(values) - 1)  # type: ignore[assignment]
    margins: Counter[Hashable] = Counter()
    for (one, _), count in coincidences.items():
        margins[one] += count
    total = float(sum(margins.values()))
    expected = total * total - sum(count * count for count in margins.values())
    if total < 2 or not expected:
        return None
    observed = sum(count for (one, other), count in coincidences.items() if one != other)
    return 1 - (total - 1) * observed / expected
