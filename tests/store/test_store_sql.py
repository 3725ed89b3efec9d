"""SQL of a user's own: it reads the store and nothing else, and what is wrong is said in one line with the word to blame."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from dragoman.schema import Coding
from dragoman.store import Store, StoreError
from handmade import article, event

SECRET = "not for the query"


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sql")
    (folder / "secret.csv").write_text(f"a\n{SECRET}\n", encoding="utf-8")
    with Store(folder / "events.duckdb") as store:
        store.add([Coding(article=article("a"), events=[event("a", n, "AID", ["FRA"], ["IRN"], date="2024") for n in range(3)])])
    return folder / "events.duckdb"


def rows(path: Path, sql: str) -> list[dict[str, Any]]:
    with Store(path, readonly=True) as store:
        return store.sql(sql).read_all().to_pylist()


@pytest.mark.parametrize(
    ("sql", "expected"),
    [
        ("SELECT count(*) AS n FROM events", [{"n": 3}]),
        ("select actor[1].country as who, count(*) as n from events group by all;", [{"who": "FRA", "n": 3}]),
        ("WITH x AS (SELECT 1 AS a) FROM x", [{"a": 1}]),
        ("VALUES (1)", [{"col0": 1}]),
        ("SELECT type FROM events WHERE quad = 4", []),
    ],
)
def test_it_reads(path: Path, sql: str, expected: list[dict[str, Any]]) -> None:
    assert rows(path, sql) == expected


def test_tables_are_listed(path: Path) -> None:
    assert {"events", "articles"} <= {row["name"] for row in rows(path, "SHOW TABLES")}
    assert {row["column_name"] for row in rows(path, "DESCRIBE events")} >= {"type", "actor"}


@pytest.mark.parametrize(
    "sql",
    [
        "INSERT INTO events SELECT * FROM events",
        "DELETE FROM events",
        "UPDATE events SET type = 'x'",
        "DROP TABLE events",
        "CREATE TEMP TABLE x AS SELECT 1",
        "ATTACH 'other.duckdb'",
        "COPY events TO 'copy.csv'",
        "EXPORT DATABASE 'all'",
        "SET enable_external_access = true",
        "PRAGMA database_list",
        "INSTALL httpfs",
        "LOAD httpfs",
        "CALL pragma_version()",
        "CHECKPOINT",
        "SELECT 1; DROP TABLE events",
        "EXPLAIN ANALYZE DELETE FROM events",
        "",
        "-- nothing",
    ],
)
def test_nothing_but_one_query_is_run(path: Path, sql: str) -> None:
    with pytest.raises(StoreError, match="only one query that reads"):
        rows(path, sql)
    assert rows(path, "SELECT count(*) AS n FROM events") == [{"n": 3}]


@pytest.mark.parametrize(
    "source",
    [
        *("read_csv('{secret}')", "read_text('{secret}')", "read_blob('{secret}')", "glob('{folder}/*')", "'{secret}'"),
        *("sniff_csv('{secret}')", "read_parquet('https://example.org/x.parquet')", "read_json('http://127.0.0.1/x')"),
    ],
)
def test_no_other_file_and_no_network(path: Path, source: str) -> None:
    secret = path.parent / "secret.csv"
    with pytest.raises(StoreError) as caught:
        rows(path, f"SELECT * FROM {source.format(secret=secret, folder=path.parent)}")
    assert SECRET not in str(caught.value)


def test_no_variable_of_the_program(path: Path) -> None:
    import pyarrow as pa

    secret_table = pa.table({"a": [SECRET]})
    assert secret_table.num_rows
    with pytest.raises(StoreError, match="secret_table does not exist"):
        rows(path, "SELECT * FROM secret_table")


@pytest.mark.parametrize(
    ("sql", "says"),
    [
        ("SELECT typ FROM events", "see 'typ' in line 1; Candidate bindings: \"type\""),
        ("SELECT type\nFROM evnts", "see 'evnts' in line 2; Did you mean \"events\""),
        ("SELCT 1", "see 'SELCT' in line 1"),
        ("SELECT 1 +", "the SQL cannot be run"),
        ("SELECT CAST('x' AS INTEGER)", "the SQL cannot be run"),
    ],
)
def test_what_is_wrong_is_said_in_one_line(path: Path, sql: str, says: str) -> None:
    with pytest.raises(StoreError) as caught:
        rows(path, sql)
    assert says in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_store_that_is_written_answers_no_sql(path: Path) -> None:
    with Store(path) as store, pytest.raises(StoreError, match="readonly=True"):
        store.sql("SELECT 1")
