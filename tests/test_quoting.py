"""Who said what, for people: filters, formats, articles and stores."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

from commands import Run, lines
from dragoman.errors import DragomanError
from dragoman.quoting import Wanted

NEWS = [
    {
        "id": "a",
        "published": "2023-07-18",
        "text": "MOSCOW - Russian Foreign Minister Sergey Lavrov said on Tuesday that the grain deal was over.\n"
        "Ukraine denied that its ports were closed.",
    },
    {
        "id": "b",
        "published": "2024-02-01",
        "text": 'PARIS - "Grain will flow," French President Emmanuel Macron told reporters on Thursday.',
    },
]


@pytest.fixture
def feed(tmp_path: Path) -> Path:
    return lines(tmp_path / "feed.jsonl", *NEWS)


def found(run: Run, *arguments: object) -> list[dict[str, Any]]:
    ended = run("quotes", *arguments, "--format", "jsonl")
    assert ended.status == 0, ended.err
    return [json.loads(line) for line in ended.out.splitlines()]


def test_every_statement_is_a_row(run: Run, feed: Path) -> None:
    rows = found(run, feed)
    assert [(r["article_id"], r["speaker"], r["country"], r["manner"]) for r in rows] == [
        ("a", "Sergei Lavrov", "RUS", "say"),
        ("a", "Ukraine", "UKR", "deny"),
        ("b", "Emmanuel Macron", "FRA", "say"),
    ]
    assert (rows[2]["kind"], rows[2]["addressee"], rows[2]["cue"]) == ("direct", "reporters", "told")
    text = str(NEWS[1]["text"])
    assert "Grain will flow" in text[rows[2]["start"] : rows[2]["end"]]


@pytest.mark.parametrize(
    ("options", "speakers"),
    [
        (("--speaker", "lavrov"), ["Sergei Lavrov"]),
        (("--speaker", "UKR"), ["Ukraine"]),
        (("--speaker", "FRA GOV"), ["Emmanuel Macron"]),
        (("--speaker", "FRA MIL"), []),
        (("--kind", "deny"), ["Ukraine"]),
        (("--kind", "direct"), ["Emmanuel Macron"]),
        (("--about", "grain"), ["Sergei Lavrov", "Emmanuel Macron"]),
        (("--about", "rain"), []),
        (("--during", "2023"), ["Sergei Lavrov", "Ukraine"]),
        (("--during", "2023-08..2024"), ["Emmanuel Macron"]),
        (("--speaker", "Lavrov", "--about", "grain", "--during", "2023-07"), ["Sergei Lavrov"]),
    ],
)
def test_filters(run: Run, feed: Path, options: tuple[str, ...], speakers: list[str]) -> None:
    assert [r["speaker"] for r in found(run, feed, *options)] == speakers


def test_a_store_answers_as_its_articles_do(run: Run, feed: Path, tmp_path: Path) -> None:
    store = tmp_path / "events.duckdb"
    run("code", feed, "--store", store)
    assert found(run, store) == found(run, feed)
    assert [r["speaker"] for r in found(run, store, "--speaker", "Macron")] == ["Emmanuel Macron"]


def test_csv_has_a_row_a_statement(run: Run, feed: Path, tmp_path: Path) -> None:
    out = tmp_path / "quotes.csv"
    assert run("quotes", feed, "-o", out).status == 0
    rows = list(csv.DictReader(io.StringIO(out.read_text(encoding="utf-8"))))
    assert [r["speaker"] for r in rows] == ["Sergei Lavrov", "Ukraine", "Emmanuel Macron"]
    assert rows[0]["content"] == "the grain deal was over" or "grain deal was over" in rows[0]["content"]


def test_a_table_is_for_people(run: Run, feed: Path) -> None:
    shown = run("quotes", feed, "--format", "table").out
    assert all(part in shown for part in ("who", "how", "what", "Sergei Lavrov", "RUS GOV", "to reporters", "2024-02-01"))
    assert "no statements" in run("quotes", feed, "--speaker", "nobody", "--format", "table").out


def test_problems_are_counted_and_cost_one_article(run: Run, tmp_path: Path) -> None:
    file = lines(tmp_path / "feed.jsonl", NEWS[1], "{broken")
    ended = run("quotes", file, "--format", "jsonl")
    assert ended.status == 1
    assert len(ended.out.splitlines()) == 1
    assert "feed.jsonl" in ended.err


@pytest.mark.parametrize(("wanted", "message"), [({"kind": "shout"}, "no kind 'shout'"), ({"during": "last year"}, "is no period")])
def test_what_is_not_understood_is_said(wanted: dict[str, str], message: str) -> None:
    with pytest.raises(DragomanError, match=message):
        Wanted(**wanted)


def test_a_format_that_there_is_not(run: Run, feed: Path) -> None:
    ended = run("quotes", feed, "--format", "xml")
    assert ended.status == 101
    assert "table, csv, jsonl" in ended.err
