"""Files that are no store, or cannot be opened: a clear message, and the file stays as it was."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from dragoman.columns import duckdb_columns
from dragoman.schema import Coding, Event
from dragoman.store import Store, StoreError
from dragoman.store.migrations import LAYOUT
from handmade import article, event, summit


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "events.duckdb"


def why(path: Path, readonly: bool = False) -> str:
    with pytest.raises(StoreError) as caught:
        Store(path, readonly=readonly)
    message = str(caught.value)
    assert "\n" not in message
    assert str(path) in message or str(path.parent) in message
    return message


def test_no_such_folder(tmp_path: Path) -> None:
    assert "make it first (mkdir -p" in why(tmp_path / "nowhere" / "events.duckdb")


def test_a_folder(tmp_path: Path) -> None:
    assert "is a folder" in why(tmp_path)


def test_a_folder_that_is_a_file(path: Path) -> None:
    path.write_text("x")
    assert "is no folder" in why(path / "events.duckdb")


def test_nothing_to_read(path: Path) -> None:
    assert "dragoman code" in why(path, readonly=True)
    assert not path.exists()


@pytest.mark.parametrize("content", [b"x", b"article,event\n1,2\n" * 1000, bytes(5000), b"SQLite format 3\0" + bytes(5000)])
@pytest.mark.parametrize("readonly", [True, False])
def test_no_duckdb(path: Path, content: bytes, readonly: bool) -> None:
    path.write_bytes(content)
    assert "is no DuckDB file" in why(path, readonly)
    assert path.read_bytes() == content


def test_a_broken_duckdb(path: Path) -> None:
    path.write_bytes(bytes(8) + b"DUCK" + bytes(9000))
    assert "cannot be opened" in why(path)


@pytest.mark.parametrize("readonly", [True, False])
@pytest.mark.parametrize("table", ["CREATE TABLE mine (x INTEGER)", "CREATE TABLE meta (key VARCHAR, value VARCHAR)"])
def test_another_duckdb(path: Path, readonly: bool, table: str) -> None:
    with duckdb.connect(str(path)) as connection:
        connection.execute(table)
    assert "no dragoman store" in why(path, readonly)
    with duckdb.connect(str(path)) as connection:
        assert len(connection.execute("SHOW TABLES").fetchall()) == 1


def test_an_empty_file(path: Path) -> None:
    path.touch()
    assert "is an empty file: remove it" in why(path)


def test_a_device() -> None:
    assert "is no file on a disk" in why(Path("/dev/null"))


def test_a_database_without_tables_becomes_a_store(path: Path) -> None:
    """As an interrupted first run may leave it."""
    duckdb.connect(str(path)).close()
    assert "nothing is stored" in why(path, readonly=True)
    with Store(path) as store:
        assert store.count() == 0


def test_an_empty_store(path: Path) -> None:
    with Store(path) as store:
        assert store.add([]) == (0, 0, 0, 0)
        assert list(store.codings()) == list(store.events("JPN")) == list(store.articles()) == store.panel() == []


def test_a_newer_store(path: Path) -> None:
    with Store(path):
        pass
    with duckdb.connect(str(path)) as connection:
        connection.execute("UPDATE meta SET value = ? WHERE key = 'layout'", [str(LAYOUT + 1)])
        connection.execute("UPDATE meta SET value = '9.1' WHERE key = 'dragoman'")
    message = why(path)
    assert f"newer dragoman (9.1, store layout {LAYOUT + 1})" in message
    assert "pip install -U dragoman" in message


def test_meta_says_who_wrote_it(path: Path) -> None:
    with Store(path):
        pass
    with duckdb.connect(str(path)) as connection:
        meta = dict(connection.execute("SELECT key, value FROM meta").fetchall())
    assert meta["layout"] == str(LAYOUT)
    assert meta["dragoman"][0].isdigit()


@pytest.mark.parametrize("readonly", [True, False])
def test_in_use_by_another_process(path: Path, readonly: bool) -> None:
    script = f"from dragoman.store import Store\nwith Store({str(path)!r}):\n    print('open', flush=True)\n    input()"
    process = subprocess.Popen([sys.executable, "-c", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdout
    assert process.stdout.readline() == "open\n"
    message = why(path, readonly)
    process.communicate("\n")
    assert "in use by" in message
    assert str(process.pid) in message
    with Store(path, readonly=readonly) as store:
        assert store.count() == 0


def test_open_in_this_process(path: Path) -> None:
    with Store(path):
        assert "open in this process already" in why(path, readonly=True)


def test_a_closed_store(path: Path) -> None:
    with Store(path) as store:
        store.add([summit()])
        found = store.events()
    with pytest.raises(StoreError, match="cannot be read"):
        next(found)
    with pytest.raises(StoreError, match="cannot be written"):
        store.add([summit()])


def test_several_may_read(path: Path) -> None:
    with Store(path) as store:
        store.add([summit()])
    with Store(path, readonly=True) as one, Store(path, readonly=True) as other:
        assert one.count() == other.count() == 2


def test_reading_writes_nothing(path: Path) -> None:
    with Store(path) as store:
        store.add([summit()])
    before = path.read_bytes()
    with Store(path, readonly=True) as store:
        store.panel()
        with pytest.raises(StoreError, match="cannot be written"):
            store.add([Coding(article=article("new"))])
    assert path.read_bytes() == before


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_no_permission(path: Path) -> None:
    with Store(path):
        pass
    path.chmod(0o400)
    assert "no permission" in why(path)


def test_no_permission_to_make_a_file() -> None:
    path = Path("/proc/self/events.duckdb")
    if not path.parent.is_dir():
        pytest.skip("no /proc here")
    assert "cannot be opened" in why(path) or "no permission" in why(path)


def older_store(path: Path) -> None:
    """A store of a dragoman whose events had no ``because``, whose entities no ``office``, and that kept no texts."""
    with Store(path) as store:
        store.add([Coding(article=article("a"), events=[event("a", 1, "AID", ["FRA"], ["LBN"])])])
    older = duckdb_columns(Event)["actor"].replace(', "office" VARCHAR', "")
    with duckdb.connect(str(path)) as connection:
        connection.execute("DROP INDEX events_by_article_id")
        connection.execute("ALTER TABLE events DROP COLUMN because")
        connection.execute("DROP TABLE texts")
        connection.execute(f"ALTER TABLE events ALTER actor TYPE {older}")
        connection.execute("UPDATE meta SET value = '0.0.1' WHERE key = 'dragoman'")


def test_an_older_store_is_read(path: Path) -> None:
    older_store(path)
    with Store(path, readonly=True) as store:
        (found,) = store.events("FRA -> LBN")
    assert found == event("a", 1, "AID", ["FRA"], ["LBN"])


def test_an_older_store_is_brought_up_to_date(path: Path) -> None:
    older_store(path)
    with Store(path) as store:
        assert store.add([(summit(), "text")]).events == 2
    with Store(path, readonly=True) as store:
        assert event("a", 1, "AID", ["FRA"], ["LBN"]) in store.events()
        assert [coding for coding in store.codings() if coding.article and coding.article.id == "s"] == [summit()]
        assert store.text("s") == "text"
