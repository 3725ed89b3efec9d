"""Countries are exchanged throughout a sentence, each for one other, and nothing else is."""

from __future__ import annotations

import random

from dragoman.learn import swapping

WORDS = ["The", "French", "minister", "flew", "from", "Tokyo", "to", "France", ",", "and", "Japan", "waited", "."]


def test_each_country_becomes_one_other_in_all_its_forms() -> None:
    words = swapping.swapped(WORDS, random.Random(1))
    assert [b for a, b in zip(WORDS, words, strict=True) if a not in ("French", "Tokyo", "France", "Japan")] == [
        w for w in WORDS if w not in ("French", "Tokyo", "France", "Japan")
    ]
    first, second = (next(c for c, kinds in swapping.forms().items() if kinds["name"] == words[n]) for n in (7, 10))
    assert first != second
    assert words[1] == swapping.forms()[first]["adjective"]
    assert words[5] == swapping.forms()[second]["capital"]


def test_the_countries_of_a_sentence() -> None:
    assert swapping.countries_in(WORDS) == ["FRA", "JPN"]
    assert swapping.swapped(["Rain", "fell", "."], random.Random(1)) == ["Rain", "fell", "."]
