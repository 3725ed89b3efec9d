"""Stores that somebody or something has changed: every kind of fault is found, and a store that is well has none."""

from __future__ import annotations

import shutil
from pathlib import Path

import duckdb
import pytest

from commands import STORY, Run, lines
from dragoman.store import Store
from dragoman.verifying import faults
from handmade import summit

CLAIM = "KYIV - Ukraine said on Tuesday that Russian troops shelled a Ukrainian village. “We will sue Russia,” Ukraine said.\n"
BREAKS = {  # what is done to a store, and which faults that makes
    "UPDATE texts SET text = 'X' || text WHERE article_id = 'a'": {"text", "span"},
    "UPDATE events SET trigger = struct_pack(text := 'praised', start := trigger.start, \"end\" := trigger.end)": {"span"},
    'UPDATE events SET trigger = struct_pack(text := trigger.text, start := trigger.start, "end" := trigger.end + 1)': {"span", "id"},
    "UPDATE events SET type = 'AID'": {"id"},
    "UPDATE statements SET id = 'x'": {"id", "reference", "doubled"},
    "UPDATE events SET article_id = 'gone' WHERE article_id = 'a'": {"reference"},
    "UPDATE events SET statement_id = 'gone' WHERE article_id = 'b'": {"reference"},
    "DELETE FROM statements": {"reference", "count"},
    "DELETE FROM texts WHERE article_id = 'a'; DELETE FROM articles WHERE id = 'a'": {"reference", "count"},
    "INSERT INTO events BY NAME SELECT * FROM events WHERE article_id = 'a'": {"doubled", "count"},
    "DELETE FROM events WHERE article_id = 'a'": {"count"},
    "INSERT INTO problems VALUES ('gone', NULL, 'code', 'failed')": {"reference", "count"},
    "DELETE FROM runs": {"reference", "count"},
    "DELETE FROM readings": {"reference", "count"},
    "DELETE FROM inputs": {"count"},
    "UPDATE runs SET articles = articles + 1": {"count"},
    "DROP INDEX events_by_article_id; ALTER TABLE events DROP COLUMN because": {"layout"},
    "UPDATE events SET actor_countries = ['XXX'] WHERE article_id = 'a'": {"columns"},
    "UPDATE events SET first_day = DATE '1999-01-01' WHERE article_id = 'b'": {"columns"},
    "ALTER TABLE articles ALTER COLUMN headline TYPE BLOB": {"layout"},
}


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of two articles, made by the command."""
    from dragoman.cli import _status

    folder = tmp_path_factory.mktemp("sound")
    feed = lines(folder / "a.jsonl", {"id": "a", "text": STORY}, {"id": "b", "text": CLAIM})
    assert _status(["code", str(feed), "--store", str(folder / "e.duckdb"), "-p", "2024-11-06", "-q"]) == 0
    return folder / "e.duckdb"


@pytest.fixture
def store(sound: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(sound, tmp_path / "e.duckdb"))


def test_there_is_something_to_break(sound: Path) -> None:
    with Store(sound, readonly=True) as opened:
        first, second = opened.codings()
    assert len(first.events) == 1
    assert second.events
    assert len(second.statements) == 2
    assert any(event.statement_id for event in second.events)


def test_a_store_that_is_well(sound: Path, run: Run) -> None:
    assert list(faults(sound)) == []
    result = run("verify", sound)
    assert result.status == 0
    assert "2 articles" in result.out
    assert "0 faults" in result.out


@pytest.mark.parametrize("change", BREAKS)
def test_every_kind_of_fault_is_found(store: Path, change: str) -> None:
    with duckdb.connect(str(store)) as connection:
        connection.execute(change)
    found = list(faults(store))
    assert {fault.kind for fault in found} == BREAKS[change]
    assert all(fault.where and fault.what and fault.advice for fault in found)


def test_the_command_says_how_many_and_what_to_do(store: Path, run: Run) -> None:
    with duckdb.connect(str(store)) as connection:
        connection.execute("UPDATE events SET type = 'AID'")
        (events,) = connection.execute("SELECT count(*) FROM events").fetchall()[0]
    result = run("verify", store, "--limit", 1)
    assert result.status == events
    first, *_, last = result.out.splitlines()
    assert first.startswith("events ")
    assert "compare with dragoman diff" in first
    assert f"and {events - 1} more" in result.out or events == 1
    assert f"{events} faults (id {events})" in last


def test_what_was_stored_without_its_text_has_no_spans_to_check(tmp_path: Path) -> None:
    with Store(tmp_path / "e.duckdb") as opened:
        opened.add([summit()])
    assert {fault.kind for fault in faults(tmp_path / "e.duckdb")} == {"id"}, "of made-up ids"


def test_a_store_that_is_none(tmp_path: Path, run: Run) -> None:
    (tmp_path / "e.duckdb").write_text("no store")
    assert "is no DuckDB file" in run("verify", tmp_path / "e.duckdb").err
