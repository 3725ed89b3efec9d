"""Runs that are killed at any point, and resumed: the store is that of a run that nobody killed, record for record."""

from __future__ import annotations

import random
from pathlib import Path

import duckdb
import pytest

from dragoman.verifying import faults
from killing import Child, code, tables, write_corpus

ARTICLES, STORES, KILLS = 2_000, 5, 10
SEED = 20261127


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_corpus(tmp_path_factory.mktemp("killed") / "corpus", ARTICLES)


@pytest.fixture(scope="module")
def undisturbed(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[tuple[object, ...]]]:
    """What a store holds after a run of its own."""
    store = tmp_path_factory.mktemp("undisturbed") / "e.duckdb"
    Child(corpus, store).wait()
    return tables(store)


def test_the_corpus_has_everything(undisturbed: dict[str, list[tuple[object, ...]]]) -> None:
    found = undisturbed
    assert len(found["articles"]) == len(found["texts"]) == ARTICLES - 3  # broken lines
    assert len(found["events"]) == 2 * (ARTICLES - 6)  # and articles that trip the coder
    assert len(found["problems"]) == 3 + 3 + 3 + 1  # broken, tripping, another text, empty file
    assert len(found["noted"]) == ARTICLES + 6 + 1
    assert len(found["whole"]) == 3 + 200 + 1


def test_killed_at_fifty_points(corpus: Path, undisturbed: dict[str, list[tuple[object, ...]]], tmp_path: Path) -> None:
    """Five stores, each of which is written by eleven runs: ten are killed, the last goes on to the end.

    A third of the points lies before the first article, where a store is made or opened and its ledger read. The others are counted in
    articles, not in seconds, so that a fast machine and a slow one kill at the same places.
    """
    points = random.Random(SEED)
    killed, grew = 0, 0
    for number in range(STORES):
        store = tmp_path / f"{number}.duckdb"
        before = 0
        for kill in range(KILLS):
            coded = 0 if kill % 3 == 0 else points.randint(1, (ARTICLES - before) * 2 // 3)
            killed += Child(corpus, store).kill(coded, points.uniform(0, 0.3 if coded == 0 else 0.02))
            articles = stored(store)
            assert articles >= before
            grew += before < articles < ARTICLES - 3
            before = articles
        assert 7 <= code(str(corpus), str(store)) <= 10, "articles that tripped the coder before are known now"
        assert tables(store) == undisturbed
        assert list(faults(store)) == []
    assert killed >= 0.7 * STORES * KILLS, "too many had ended before they were killed"
    assert grew >= STORES, "too few were killed while they stored"


def stored(store: Path) -> int:
    """How many articles a run has stored that may have been killed before it had made the store."""
    if not store.exists():
        return 0
    with duckdb.connect(str(store), read_only=True) as connection:
        made = connection.execute("SELECT count(*) FROM duckdb_tables() WHERE table_name = 'articles'").fetchone()
        found = connection.execute("SELECT count(*) FROM articles").fetchone() if made == (1,) else (0,)
    assert found is not None
    return int(found[0])
