"""Stores of every earlier layout: read as they are, brought up to date when they are written, nothing of them lost."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from dragoman.schema import Coding
from dragoman.store import Store, StoreError
from dragoman.store.database import canonical_tables, columns_in
from dragoman.store.manifest import UNRECORDED
from dragoman.store.migrations import LAYOUT, LAYOUTS, STEPS
from dragoman.verifying import faults
from handmade import article, summit

RUNS = {1: 0, 2: 1}  # that the fixtures tell of
FIXTURES = sorted((Path(__file__).parent / "layouts").glob("*.sql"))  # each dumped by the code of the commit that it names


def ids(fixture: Path) -> str:
    return fixture.stem


@pytest.fixture(params=FIXTURES, ids=ids)
def older(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    path = tmp_path / "events.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute(request.param.read_text(encoding="utf-8"))
    return path


def layout_of(path: Path) -> int:
    return int(structure(path)[1])


def structure(path: Path) -> tuple[dict[str, dict[str, str]], str]:
    with duckdb.connect(str(path), read_only=True) as connection:
        found = columns_in(connection)
        (layout,) = connection.execute("SELECT value FROM meta WHERE key = 'layout'").fetchall()[0]
        wanted = canonical_tables(connection)
    return {table: found.get(table, {}) for table in wanted}, layout


def test_every_layout_has_a_fixture_and_a_step() -> None:
    assert {fixture.stem.split("-")[0] for fixture in FIXTURES} == {str(n) for n in range(1, LAYOUT)}
    assert set(LAYOUTS) == set(range(1, LAYOUT + 1))
    assert set(STEPS) == set(range(2, LAYOUT + 1))


def test_an_older_store_is_read_and_stays_as_it_is(older: Path) -> None:
    before, layout = older.read_bytes(), layout_of(older)
    with Store(older, readonly=True) as store:
        assert list(store.codings()) == [summit()]
        assert store.text("s") == "a text"
        assert len(list(store.runs())) == RUNS[layout]
        assert f"layout {layout}, of an older dragoman" in str(store.note_on_layout())
    assert older.read_bytes() == before


QUERIES = ("JPN -> USA", "RUS MIL -> UKR", "* -> UKR, 2024", "not 2024", "PRK", "GOV", "!GOV", "2024-11-06", "published:2024-11", "SUPPORT")


@pytest.mark.parametrize("query", QUERIES)
def test_an_older_store_is_asked_as_one_of_today(older: Path, query: str) -> None:
    def answers(path: Path) -> tuple[object, ...]:
        with Store(path, readonly=True) as store:
            panels = [store.panel(by, query) for by in (("dyad", "month"), ("country", "year"))]
            return list(store.events(query)), list(store.codings(query)), store.count(query), store.count(query, one_a_day=True), panels

    before = answers(older)
    with Store(older):
        pass
    assert answers(older) == before


def test_an_older_store_is_brought_up_to_date(older: Path) -> None:
    layout_before = layout_of(older)
    with Store(older) as store:
        assert store.add([(summit(), "a text"), (Coding(article=article("new", "new")), "new")]).articles == 1
    found, layout = structure(older)
    with duckdb.connect() as connection:
        assert found == canonical_tables(connection)
    assert layout == str(LAYOUT)
    with Store(older, readonly=True) as store:
        assert [coding for coding in store.codings() if coding.article and coding.article.id == "s"] == [summit()]
        assert store.text("s") == "a text"
        before, ours = store.runs()
        if layout_before == 1:
            assert (before.outcome, before.started, before.dragoman) == (UNRECORDED, None, "0.1.0")
        else:
            assert (before.outcome, before.sources) == ("whole", ["feed.jsonl"])
        assert [before.counts[name] for name in ("articles", "statements", "events", "problems")] == [1, 1, 2, 1]
        assert (ours.command, ours.counts["articles"]) == ("Store.add", 1)
    assert {fault.kind for fault in faults(older)} <= {"span", "id", "text"}, "counts and references fit; the words are made up"


def test_a_step_that_fails_leaves_the_store_as_it_was(older: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(connection: duckdb.DuckDBPyConnection, dragoman: str) -> None:
        raise duckdb.IOException("as on a disk that is full")

    before = structure(older)
    monkeypatch.setitem(STEPS, LAYOUT, failing)
    with pytest.raises(StoreError, match="cannot be brought up to date"):
        Store(older)
    assert structure(older) == before
    with Store(older, readonly=True) as store:
        assert list(store.codings()) == [summit()]


def test_todays_store_is_whole_when_it_is_made(tmp_path: Path) -> None:
    with Store(tmp_path / "events.duckdb"):
        pass
    found, layout = structure(tmp_path / "events.duckdb")
    with duckdb.connect() as connection:
        assert found == canonical_tables(connection)
    assert layout == str(LAYOUT)
