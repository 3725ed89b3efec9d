"""Texts as papers print them: words in whatever house style, sketches, versions, copies and their places in a story."""

from __future__ import annotations

import random
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
import yaml

from dragoman.errors import DataError
from dragoman.merge import versions
from dragoman.merge.copies import Text, are_copies, places
from dragoman.merge.sketches import KEPT, SHINGLE, sketch
from dragoman.merge.versions import version_of
from dragoman.merge.words import read, words

CASES: dict[str, list[Any]] = yaml.safe_load(Path(__file__).with_name("cases.yaml").read_text(encoding="utf-8"))
STORY = " ".join(f"word{place} of{place % 7} story{place}" for place in range(100))
OTHER = " ".join(f"term{place} in{place % 7} report{place}" for place in range(100))


def hashes(text: str) -> frozenset[int]:
    return frozenset(sketch(text).tolist())


@pytest.mark.parametrize(("one", "other"), CASES["same_words"])
def test_house_styles_have_the_same_words(one: str, other: str) -> None:
    assert words(one) == words(other)


def test_other_words_stay_other_words() -> None:
    assert words("Troops left Goma") != words("Troops reached Goma")


def test_a_line_of_another_kind_is_named(tmp_path: Path) -> None:
    (tmp_path / "style.tsv").write_text("over\tpattern\tsame\nline\ta\tb\n", encoding="utf-8")
    with pytest.raises(DataError, match=r"style\.tsv:2"):
        read(tmp_path)


@pytest.mark.parametrize(("headline", "text", "number"), CASES["versions"])
def test_versions(headline: str | None, text: str, number: int) -> None:
    assert version_of(headline, text) == number


def test_marks_far_down_are_no_version() -> None:
    assert version_of(None, "x" * versions.HEAD + " (Adds quote)") == 0


def test_a_sketch_is_of_half_of_the_shingles() -> None:
    shingles = 300 - SHINGLE + 1
    assert 0.7 * shingles / KEPT < len(hashes(STORY)) < 1.3 * shingles / KEPT
    assert all(value % KEPT == 0 for value in hashes(STORY))


def test_the_sketch_of_a_part_is_part_of_the_sketch() -> None:
    assert hashes(" ".join(STORY.split()[:150])) < hashes(STORY)


@pytest.mark.parametrize("text", ["", "Three short words", "😀 \ud800 …"])
def test_what_has_no_shingle_has_no_sketch(text: str) -> None:
    assert not hashes(text)
    assert not are_copies(sketch(text), sketch(text))


@pytest.mark.parametrize(
    ("other", "copies"),
    [
        (STORY, True),
        (" ".join(STORY.split()[:90]), True),  # cut from the bottom
        ("By a correspondent\n" + STORY + " All rights reserved", True),
        (" ".join(STORY.split()[200:]) + " " + OTHER, False),  # background told again in another story
        (OTHER, False),
    ],
)
def test_copies_are_mostly_contained(other: str, copies: bool) -> None:
    assert are_copies(sketch(STORY), sketch(other)) is copies


def text(name: str, publisher: str | None, day: int | None, version: int = 0, length: int = 1000, agency: bool = False) -> Text:
    return Text(name, publisher, agency, day, version, length)


WIRE = [
    text("first", "Wire", 10, agency=True),
    text("second", "Wire", 10, version=1, length=1200, agency=True),
    text("third", "Wire", 11, version=2, length=1100, agency=True),
    text("herald", "Herald", 10, length=1300),
    text("post", "Post", 12, version=2),
    text("undated", None, None),
]


def test_the_latest_version_stands_and_copies_are_of_the_earliest_report() -> None:
    found = {place.id: (place.story, place.role, place.of) for place in places(WIRE)}
    assert found == {
        "first": ("first", "superseded", "third"),
        "second": ("first", "superseded", "third"),
        "third": ("first", "stands", "third"),
        "herald": ("first", "copy", "first"),
        "post": ("first", "copy", "first"),
        "undated": ("first", "copy", "first"),
    }


def test_places_do_not_depend_on_the_order() -> None:
    once = places(WIRE)
    assert all(places(order) == once for order in random.Random(0).sample(list(permutations(WIRE)), 50))


def test_without_a_publisher_only_what_is_marked_is_a_version() -> None:
    unnamed = [text("a", None, 1), text("b", None, 1), text("c", None, 1, version=1)]
    assert [(place.id, place.role) for place in places(unnamed)] == [("a", "superseded"), ("b", "copy"), ("c", "stands")]
