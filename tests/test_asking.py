"""query --sql, export, panel and show as commands: what they write, and what they say when they cannot."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from commands import STORY, Run
from dragoman.console import CANNOT_RUN
from dragoman.options import FORMATS
from dragoman.schema import Coding
from dragoman.store import Store
from dragoman.write import formats
from handmade import article, event


@pytest.fixture
def store(tmp_path: Path) -> Path:
    events = [
        event("abc", 0, "ACCUSE", ["FRA"], ["IRN"], date="2024-11-06", score=-2.0),
        event("abc", 5, "AID", ["FRA GOV"], ["LBN"], date="2024-12", score=10.0),
    ]
    path = tmp_path / "events.duckdb"
    with Store(path) as opened:
        opened.add([(Coding(article=article("abc", STORY, headline="=1+1"), events=events), STORY)])
        opened.add([Coding(article=article("abd", "x"))])
    return path


def cells(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text)))


@pytest.mark.parametrize("format", list(formats()))
def test_every_format_can_be_exported(run: Run, store: Path, format: str, tmp_path: Path) -> None:
    out = tmp_path / "out"
    result = run("export", store, "--format", format, "-o", out)
    assert (result.status, result.out, result.err) == (0, "", f"2 articles, 2 events -> {out}\n")
    assert any(out.iterdir()) if formats()[format].target == "folder" else out.stat().st_size


def test_export_takes_a_query(run: Run, store: Path) -> None:
    assert [row[1] for row in cells(run("export", store, "AID", "-f", "quadruples").out)] == []  # December has no day
    assert run("export", store, "ACCUSE", "-f", "quadruples").out == "FRA\tACCUSE\tIRN\t2024-11-06\n"
    assert len(run("export", store, "AID", "-f", "icews").out.splitlines()) == 2


def test_export_says_what_to_do(run: Run, store: Path, tmp_path: Path) -> None:
    assert "name one with --out" in run("export", store, "-f", "parquet").err
    assert "did you mean polecat" in run("export", store, "-f", "polekat").err
    out = tmp_path / "o.csv"
    result = run("export", store, "SUPORT", "-o", out)
    assert result.status == CANNOT_RUN
    assert not out.exists()
    assert "there is no store" in run("export", tmp_path / "none.duckdb", "-f", "csv").err


def test_sql(run: Run, store: Path, tmp_path: Path) -> None:
    sql = "SELECT id, headline, published FROM articles ORDER BY id"
    assert cells(run("query", store, "--sql", sql).out) == [
        ["id", "headline", "published"],
        ["abc", "'=1+1", '{"value": null, "source": "none"}'],
        ["abd", "", '{"value": null, "source": "none"}'],
    ]
    lines = run("query", store, "--sql", sql, "-f", "jsonl").out.splitlines()
    assert json.loads(lines[0]) == {"id": "abc", "headline": "=1+1", "published": {"value": None, "source": "none"}}
    assert "abd" in run("query", store, "--sql", sql, "-f", "table").out
    out = tmp_path / "x.parquet"
    run("query", store, "--sql", sql, "-o", out)
    assert pq.read_table(out).column("id").to_pylist() == ["abc", "abd"]
    assert "see 'hedline' in line 1" in run("query", store, "--sql", "SELECT hedline FROM articles").err
    assert "stands alone" in run("query", store, "AID", "--sql", sql).err
    assert "only one query" in run("query", store, "--sql", "DROP TABLE events").err


def test_a_table_for_people_ends_somewhere(run: Run, store: Path) -> None:
    text = run("query", store, "--sql", "SELECT range AS n FROM range(1000)", "-f", "table").out
    assert "first 200 rows" in text
    assert len(text.splitlines()) < 210


def test_panels(run: Run, store: Path, tmp_path: Path) -> None:
    assert cells(run("panel", store, "--by", "actor,quarter", "--wide", "quad", "--score").out) == [
        ["actor", "quarter", "events", "Q1", "Q2", "Q3", "Q4", "score_sum", "score_mean"],
        ["FRA", "2024-Q4", "2", "0", "1", "1", "0", "8.0", "4.0"],
    ]
    assert cells(run("panel", store, "--by", "recipient,month", "--period", "2024-10..2024-11").out)[1:] == [
        *(["IRN", "2024-10", "0"], ["IRN", "2024-11", "1"]),
    ]
    out = tmp_path / "panel.parquet"
    run("panel", store, "--by", "dyad", "--undirected", "-o", out)
    assert pq.read_table(out).to_pylist() == [
        {"country_a": "FRA", "country_b": "IRN", "events": 1},
        {"country_a": "FRA", "country_b": "LBN", "events": 1},
    ]
    assert "did you mean type" in run("panel", store, "--wide", "typ").err
    assert "no date" in run("panel", store, "--period", "soon").err


def test_show_a_stored_article(run: Run, store: Path) -> None:
    result = run("show", "abc", "--store", store)
    assert result.status == 0
    assert "E1" in result.out
    assert "\x1b" not in result.out
    assert "it may be any of abc, abd" in run("show", "ab", "--store", store).err
    assert "lists them" in run("show", "zzz", "--store", store).err
    assert "no events" in run("show", "abd", "--store", store).out


def test_show_a_file(run: Run, story: Path) -> None:
    result = run("show", story, "--published", "2024-11-06", "--width", "80")
    assert result.status == 0
    assert "‹France› [condemned](E1) ‹Iran› on ~Tuesday~." in result.out
    assert "E1  ACCUSE" in result.out
    assert run("show", story.parent / "none.txt").status == 1


def test_the_help_names_every_format() -> None:
    assert FORMATS.split(", ") == list(formats())


def test_code_writes_in_every_format(run: Run, story: Path, tmp_path: Path) -> None:
    for name, made in formats().items():
        out = tmp_path / f"coded-{name}"
        assert run("code", story, "--published", "2024-11-06", "--format", name, "--out", out).status == 0
        assert out.is_dir() == (made.target == "folder")
    assert "is a folder: name one with --out" in run("code", story, "--format", "datapackage").err
    assert "is not empty" in run("code", story, "--format", "parquet", "--out", story.parent).err


def test_rows_of_any_text_stay_rows(run: Run, store: Path) -> None:
    odd = ("=1", "a\tb", "c\nd", 'e"f', "-x")
    sql = " UNION ALL ".join(f"SELECT {n} AS n, '{text}' AS t" for n, text in enumerate(odd)) + " ORDER BY n"
    assert [row[1] for row in cells(run("query", store, "--sql", sql).out)] == ["t", "'=1", "a\tb", "c\nd", 'e"f', "'-x"]
    lines = run("query", store, "--sql", sql, "-f", "tsv").out.splitlines()
    assert [line.count("\t") for line in lines] == [1] * 6
