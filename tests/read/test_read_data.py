"""The data of the room: complete, and what is broken in it is named with file and line. Days as they stand in mastheads."""

from __future__ import annotations

import re
import shutil
from importlib import resources
from pathlib import Path

import pytest

from dragoman.errors import DataError
from dragoman.read import days, export_marks, glue, mapping

FILES = ("glue.tsv", "agencies.tsv", "publications.tsv", "regions.tsv", "months.tsv")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in FILES:
        with resources.as_file(resources.files("dragoman.read") / name) as source:
            shutil.copy(source, tmp_path / name)
    return tmp_path


def test_names() -> None:
    words = glue.load()
    assert words.agency("the associated press") == "AP"
    assert words.agency("KYODO NEWS") == "Kyodo"
    assert words.agency("Transatlantic Press") is None
    assert words.is_publication("The Washington Post")
    assert words.is_publication("washington post")
    assert words.sounds_like("publication", "The Aegean Herald")
    assert words.sounds_like("agency", "South Asia Desk")
    assert words.region("n.y.") == "USA"
    assert words.region("Que") == "CAN"
    assert set(words.months.values()) == set(range(1, 13))


@pytest.mark.parametrize(
    ("file", "line", "says"),
    [
        ("glue.tsv", "credit\tbegins\tReporting by", "how is 'begins'"),
        ("glue.tsv", "credit\tstarts\t", "'text' is empty"),
        ("glue.tsv", "credit\tstarts", "2 columns, but 3"),
        ("glue.tsv", "credit\tstarts\tReporting by", "is there twice"),
        ("agencies.tsv", "Elsewhere\tAgence France-Presse", "is also a form of AFP"),
        ("regions.tsv", "Bavaria\tGermany", "is no alpha-3 code"),
        ("months.tsv", "Ventose\t13", "is no month"),
        ("publications.tsv", "The Star\tThe Sun", "2 columns, but 1"),
    ],
)
def test_broken_lines(folder: Path, file: str, line: str, says: str) -> None:
    path = folder / file
    text = path.read_text(encoding="utf-8") + line + "\n"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DataError, match=re.escape(says)) as error:
        glue.load_from(folder)
    assert error.value.where == f"{file}:{text.count(chr(10))}"


def test_a_missing_file(folder: Path) -> None:
    (folder / "regions.tsv").unlink()
    with pytest.raises(DataError, match=r"regions\.tsv"):
        glue.load_from(folder)


def values(text: str, reference: str | None = None) -> list[str | None]:
    return [days.value_of(found, reference) for found in days.days_in(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024-11-06", ["2024-11-06"]),
        ("2024-11-06T10:30Z", ["2024-11-06"]),
        ("Nov. 6, 2024", ["2024-11-06"]),
        ("Sept 6 2024", ["2024-09-06"]),
        ("6th November 2024", ["2024-11-06"]),
        ("NOVEMBER 6, 2024", ["2024-11-06"]),
        ("25/12/2024", ["2024-12-25"]),
        ("12/25/2024", ["2024-12-25"]),
        ("25.12.2024", ["2024-12-25"]),
        ("11/11/2024", ["2024-11-11"]),
        ("06/11/2024", []),
        ("February 30, 2024", []),
        ("February 29, 2023", []),
        ("March 3", [None]),
        ("may 5 people", []),
        ("version 1.2.2024.5", []),
        ("between March 3, 2024 and 5 May 2024", ["2024-03-03", "2024-05-05"]),
    ],
)
def test_days_in_a_line(text: str, expected: list[str | None]) -> None:
    assert values(text) == expected


@pytest.mark.parametrize(
    ("text", "reference", "expected"),
    [
        ("March 3", "2024-03-04", "2024-03-03"),
        ("Dec. 31", "2024-01-01", "2023-12-31"),
        ("Jan 1", "2023-12-31", "2024-01-01"),
        ("March 3", "2024-08-01", None),
        ("Feb. 29", "2023-03-01", None),
        ("Feb. 29", "2024-03-01", "2024-02-29"),
        ("Jan 1", "0001-01-02", "0001-01-01"),
    ],
)
def test_the_year_comes_from_the_day_of_publication(text: str, reference: str, expected: str | None) -> None:
    assert values(text, reference) == [expected]


EXPORTS = (resources.files("dragoman.read") / "exports.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (EXPORTS.replace("starts:", "beginnings:"), "'starts' is missing"),
        (EXPORTS.replace("'body', 'full text:?'", "'(body'"), "no usable marks"),
        ("- a list", "no usable marks"),
        ("a: [", "no usable marks"),
    ],
)
def test_broken_marks_of_exports(text: str, says: str) -> None:
    with pytest.raises(DataError, match=re.escape(says)) as error:
        export_marks.from_text(text)
    assert error.value.where == "exports.yaml"


def test_names_of_columns_and_presets() -> None:
    assert mapping.known_columns(["Published At", "TITLE", "body", "Text"]) == {
        "published": "Published At",
        "headline": "TITLE",
        "text": "Text",
    }
    assert set(mapping.presets()) == {"ngec", "news-please"}
    with pytest.raises(DataError, match="'body' is no field of an article"):
        mapping.checked("columns.tsv:3", "body")
