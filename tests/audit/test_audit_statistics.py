"""Intervals and agreement against values computed by hand or published."""

from __future__ import annotations

import pytest

from dragoman.audit.statistics import alpha, clustered_share, interval_of_sum, share_of, wilson


@pytest.mark.parametrize(
    ("right", "size", "low", "high"),
    [
        (81, 263, 0.2553, 0.3662),  # Newcombe, Statist. Med. 17 (1998) 857, table I, method 3
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0000, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_wilson_as_newcombe_prints_it(right: int, size: int, low: float, high: float) -> None:
    found = wilson(right / size, size)
    assert [round(bound, 4) for bound in found] == [low, high]


def test_wilson_of_nothing_and_of_everything() -> None:
    assert wilson(0.0, 0) == (0.0, 1.0)
    assert wilson(0.3, float("inf")) == (0.3, 0.3)


def test_equal_weights_are_no_weights() -> None:
    plain = share_of([(n < 81, 1.0) for n in range(263)])
    weighted = share_of([(n < 81, 3.5) for n in range(263)])
    assert plain.value == 81 / 263
    assert (weighted.low, weighted.high) == pytest.approx((plain.low, plain.high))


def test_a_weighted_share_has_the_smaller_size() -> None:
    """Two that weigh 3 and one that weighs 1. Kish: (3 + 3 + 1)² / (9 + 9 + 1) = 49 / 19. Linearised, of share 4/7: 9 * 9/49 + 9 * 16/49
    + 9/49 = 234 / 49 over 49, so 12/49 * 49 * 49 / 234 = 588 / 234, which is smaller."""
    found = share_of([(True, 3.0), (False, 3.0), (True, 1.0)])
    assert found.value == pytest.approx(4 / 7)
    assert (found.low, found.high) == pytest.approx(wilson(4 / 7, 588 / 234))
    other = share_of([(True, 1.0), (False, 1.0), (True, 3.0)])
    assert (other.low, other.high) == pytest.approx(wilson(4 / 5, 25 / 11)), "Kish; linearised it would be 4/25 * 25 * 25 / 26"


def test_who_judges_all_knows() -> None:
    found = share_of([(True, 1.0), (False, 1.0)], population=2)
    assert (found.value, found.low, found.high) == (0.5, 0.5, 0.5)
    half = share_of([(n % 2 == 0, 1.0) for n in range(50)], population=100)
    assert (half.low, half.high) == wilson(0.5, 100), "half of the population judged: its variance is half"


def test_articles_that_differ_make_the_interval_wider() -> None:
    alike = clustered_share([(4, 5)] * 20)
    apart = clustered_share([(5, 5)] * 16 + [(0, 5)] * 4)
    assert alike.value == apart.value == 0.8
    assert apart.low < alike.low < 0.8 < alike.high < apart.high
    assert (alike.low, alike.high) == wilson(0.8, 100), "articles that are all alike are no less than a plain sample"
    assert (apart.low, apart.high) == pytest.approx(wilson(0.8, 19)), "by hand: 0.16 / (20/19 * 20 * 0.16 * 25 / 100²)"


def test_the_interval_of_a_sum() -> None:
    assert interval_of_sum([(10, 0.5, 0.4, 0.7)]) == (pytest.approx(4), pytest.approx(7))
    low, high = interval_of_sum([(10, 0.5, 0.2, 0.9), (100, 0.1, 0.06, 0.13)])
    assert (low, high) == (pytest.approx(15 - 5), pytest.approx(15 + 5))


DASH = None
FOUR_OBSERVERS = [  # Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011), C: nominal data, four observers, missing values
    (1, 2, 3, 3, 2, 1, 4, 1, 2, DASH, DASH, DASH),
    (1, 2, 3, 3, 2, 2, 4, 1, 2, 5, DASH, 3),
    (DASH, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, DASH),
    (1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, DASH),
]
TWO_OBSERVERS = [(0, 1, 0, 0, 0, 0, 0, 0, 1, 0), (1, 1, 1, 0, 0, 1, 0, 0, 0, 0)]  # the same, A: binary, two observers, none missing


def test_alpha_as_krippendorff_prints_it() -> None:
    assert alpha(zip(*TWO_OBSERVERS, strict=True)) == pytest.approx(0.095, abs=0.0005)
    assert alpha(zip(*FOUR_OBSERVERS, strict=True)) == pytest.approx(0.743, abs=0.0005)


def test_alpha_by_hand() -> None:
    """Units aa, ab, bb: 2 of 6 values disagree; 3 a and 3 b: 1 - 5 * 2 / (36 - 18)."""
    assert alpha(["aa", "ab", "bb"]) == pytest.approx(1 - 5 * 2 / 18)
    assert alpha(["aa", "bb"]) == 1
    assert alpha([["a", None], ["b", "b"], ["a", "a"]]) == 1, "what one alone says is left out"


@pytest.mark.parametrize("units", [[], [["a"]], [["a", "a"], ["a", "a"]], [[None, "b"]]])
def test_no_alpha_where_there_is_nothing_to_tell_apart(units: list[list[str | None]]) -> None:
    assert alpha(units) is None
