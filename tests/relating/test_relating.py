"""Standing relations over the stories of a store, and offices proposed to the knowledge."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from xml.etree import ElementTree

import pytest

from commands import Run
from dragoman import Coder
from dragoman.store import Store

STORIES = [
    ("a", "2023-05-02", "Sweden is a partner of NATO. Japan and the United States have been allies since 1951, President Joe Biden said."),
    ("b", "2024-04-10", "Sweden joined NATO in March. The Japan-U.S. alliance is old. Syria is under U.S. sanctions."),
    ("c", "2024-11-06", "The United States is an ally of Japan. Peruvian Foreign Minister Karl Muster resigned on Tuesday."),
    ("e", "2024-11-06", "Former President Joe Biden spoke."),
    ("d", "2024-11-08", "Uruguayan Defence Minister Anna Beispiel met Kenyan President William Ruto."),
]  # fmt: skip


@pytest.fixture(scope="module")
def store(coder: Coder, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("relating") / "events.duckdb"
    articles = [{"id": name, "text": f"Report\n\nGENEVA (AP) - {text}", "published": day} for name, day, text in STORIES]
    with Store(path) as there:
        there.add((coding, article["text"]) for coding, article in zip(coder.pipe(articles), articles, strict=True))
    return path


def rows(run: Run, *arguments: object) -> list[dict[str, object]]:
    return [json.loads(line) for line in run("relations", *arguments, "--format", "jsonl").out.splitlines()]


def test_one_row_a_pair_and_kind_over_all_stories(run: Run, store: Path) -> None:
    (row,) = rows(run, store, "--kind", "alliance")
    assert {name: row[name] for name in ("from", "to", "since", "first_seen", "last_seen", "stories", "past")} == {
        "from": "JPN", "to": "USA", "since": "1951", "first_seen": "2023-05-02", "last_seen": "2024-11-06", "stories": 3, "past": False,
    }  # fmt: skip
    assert row["evidence"] == "The United States is an ally of Japan."


def test_between(run: Run, store: Path) -> None:
    assert {row["kind"] for row in rows(run, store, "--between", "USA,JPN")} == {"alliance"}
    assert {row["kind"] for row in rows(run, store, "--between", "Sweden,NATO")} == {"partner", "member_of"}
    assert {row["from"] for row in rows(run, store, "--between", "SYR")} == {"USA"}
    assert rows(run, store, "--between", "FRA,DEU") == []


def test_on_a_day(run: Run, store: Path) -> None:
    """From its first day on, or where no story tells it from when one first tells of it."""
    assert [row["kind"] for row in rows(run, store, "--between", "JPN", "--on", "1950-12-31")] == []
    assert [row["kind"] for row in rows(run, store, "--between", "JPN", "--on", "1960-01-01")] == ["alliance"]
    assert [row["kind"] for row in rows(run, store, "--between", "SYR", "--on", "2024-01-01")] == []
    assert [row["kind"] for row in rows(run, store, "--between", "SYR", "--on", "2024-04-10")] == ["sanctions"]


def test_what_is_over_is_told_apart(run: Run, store: Path) -> None:
    told = {(row["past"], row["last_seen"]) for row in rows(run, store, "--kind", "office") if row["from"] == "Joe Biden"}
    assert told == {(False, "2023-05-02"), (True, "2024-11-06")}


def test_formats(run: Run, store: Path, tmp_path: Path) -> None:
    told = run("relations", store, "--kind", "alliance", "--format", "csv").out
    (row,) = csv.DictReader(io.StringIO(told))
    assert (row["from"], row["to"], row["stories"]) == ("JPN", "USA", "3")
    assert "alliance" in run("relations", store, "--format", "table").out
    file = tmp_path / "relations.graphml"
    assert run("relations", store, "--out", file).status == 0
    graph = ElementTree.parse(file).getroot()
    space = {"g": "http://graphml.graphdrawing.org/xmlns"}
    edges = graph.findall(".//g:edge", space)
    assert ("JPN", "USA") in {(edge.get("source"), edge.get("target")) for edge in edges}
    nodes = {node.get("id") for node in graph.findall(".//g:node", space)}
    assert {end for edge in edges for end in (edge.get("source"), edge.get("target"))} <= nodes


def test_what_is_not_understood(run: Run, store: Path) -> None:
    assert "there is no kind 'friendship'" in run("relations", store, "--kind", "friendship").err
    assert "did you mean graphml" in run("relations", store, "--format", "graphmi").err
    assert "--on" in run("relations", store, "--on", "yesterday").err


def test_offices_that_the_tables_have_not_are_proposed_not_taken(run: Run, store: Path, tmp_path: Path) -> None:
    """Biden and Ruto are known; the minister of Peru ends, the one of Uruguay is new."""
    table = tmp_path / "proposed.tsv"
    assert run("knowledge", "propose", store, "--out", table).status == 0
    proposed = {row["person"]: row for row in csv.DictReader(io.StringIO(table.read_text(encoding="utf-8")), delimiter="\t")}
    assert set(proposed) == {"Karl Muster", "Anna Beispiel"}
    new, end = proposed["Anna Beispiel"], proposed["Karl Muster"]
    assert (new["country"], new["office"], new["since"], new["until"]) == ("URY", "defence_minister", "2024-11-08", "")
    assert (new["news"], new["dates"], new["article_id"]) == ("unknown", "seen", "d")
    assert "Anna Beispiel" in new["evidence"]
    assert (end["country"], end["until"], end["news"], end["dates"]) == ("PER", "2024-11-05", "end", "told")
    assert run("who", "Anna Beispiel").status != 0


def test_a_proposal_can_be_imported(run: Run, store: Path, tmp_path: Path) -> None:
    """After which the tables hold it, and nothing is proposed again."""
    table, facts = tmp_path / "proposed.tsv", tmp_path / "facts"
    run("knowledge", "propose", store, "--out", table)
    assert run("knowledge", "import", table, "--into", facts).status == 0
    assert "defence minister" in run("who", "Anna Beispiel", "--knowledge", facts).out
    again = run("knowledge", "propose", store, "--knowledge", facts).out
    assert len(again.splitlines()) == 1


def test_only_what_several_stories_tell(run: Run, store: Path) -> None:
    assert len(run("knowledge", "propose", store, "--stories", "2").out.splitlines()) == 1
