"""How often intervals of corrected counts hold the true ones: samples drawn again and again from populations that are known.

python tests/audit/simulated.py     # prints the coverage of each way to share a sample among strata
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from dragoman.audit.correcting import estimate
from dragoman.audit.sampling import shared

SIZES = (3000, 900, 300, 60)  # of the strata
PRECISE = {"falling": (0.9, 0.75, 0.6, 0.5), "equal": (0.8, 0.8, 0.8, 0.8), "rising": (0.6, 0.8, 0.9, 0.95)}  # of those in the group
MOVED = {"falling": (0.01, 0.03, 0.05, 0.1), "equal": (0.03, 0.03, 0.03, 0.03), "rising": (0.06, 0.03, 0.02, 0.01)}  # of the others
INSIDE = (0.2, 0.1, 0.3, 0.4)  # of each stratum
DRAWS = 1500
ALLOCATIONS = {
    "plain": (141, 42, 14, 3),
    **{f"drawn {n}": tuple(shared({str(size): size for size in SIZES}, n).values()) for n in (200, 80)},
}
EQUAL = {"equal 200": (50, 50, 50, 50), "equal 60": (15, 15, 15, 15)}  # which draw does not do


class Coverage(NamedTuple):
    """Shares of the draws whose interval holds the number of right ones, of all that belong in the group, and the coder's own count."""

    right: float
    corrected: float
    naive: float


def coverage(precise: str, shares: tuple[int, ...], draws: int = DRAWS, seed: int = 9) -> Coverage:
    rng = np.random.default_rng(seed)
    strata = []
    for size, precision, moved, inside in zip(SIZES, PRECISE[precise], MOVED[precise], INSIDE, strict=True):
        coded = rng.random(size) < inside
        strata.append((coded, np.where(coded, rng.random(size) < precision, rng.random(size) < moved)))
    counted = int(sum(coded.sum() for coded, _ in strata))
    right, truth = (int(sum(one.sum() for one in ones)) for ones in ([c & t for c, t in strata], [t for _, t in strata]))
    held: list[tuple[bool, bool, bool]] = []
    for _ in range(draws):
        found = estimate(sample_of(rng, strata, shares), counted, sum(SIZES))
        if found.right is None:
            held.append((False, False, False))
            continue
        low, high = found.right_low or 0, found.right_high or 0
        held.append((low <= right <= high, (found.corrected_low or 0) <= truth <= (found.corrected_high or 0), low <= counted <= high))
    return Coverage(*(float(share) for share in np.mean(held, axis=0)))


def sample_of(rng: np.random.Generator, strata: list[tuple[Any, Any]], shares: tuple[int, ...]) -> list[tuple[float, bool, bool]]:
    """Weight, counted in the group, belongs in the group."""
    sample = []
    for (coded, true), share in zip(strata, shares, strict=True):
        chosen = rng.choice(len(coded), share, replace=False)
        sample += [(len(coded) / share, bool(coded[n]), bool(true[n])) for n in chosen]
    return sample


if __name__ == "__main__":
    for name, shares in {**ALLOCATIONS, **EQUAL}.items():
        for precise in PRECISE:
            print(f"{name:10} {precise:8} right {(found := coverage(precise, shares)).right:.3f} corrected {found.corrected:.3f}")
