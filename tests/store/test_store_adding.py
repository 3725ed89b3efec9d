"""Adding: exactly once, whole or not at all, and back as it was."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.schema import Coding, Problem
from dragoman.store import Store, StoreError
from dragoman.store.store import BATCH
from handmade import article, codings, event, summit

CONFLICT = "same id, different text"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "events.duckdb"


def small(article_id: str, text: str = "a text") -> Coding:
    return Coding(article=article(article_id, text), events=[event(article_id, 1, "AID", ["FRA GOV"], ["LBN CVL"])])


def test_what_was_added_comes_back(path: Path) -> None:
    with Store(path) as store:
        added = store.add([summit()])
        assert (added.articles, added.events, added.skipped, added.problems) == (1, 2, 0, 1)
    with Store(path, readonly=True) as store:
        assert list(store.codings()) == [summit()]
        assert list(store.articles()) == [summit().article]
        assert [one.trigger.text for one in store.events()] == ["congratulated", "shelled"]


def test_a_query_brings_the_statements_that_its_events_rest_on(path: Path) -> None:
    with Store(path) as store:
        store.add([summit()])
        (claimed,) = store.codings("claimed")
        (own,) = store.codings("SUPPORT")
    assert [one.id for one in claimed.statements] == ["s:80"]
    assert own.statements == own.problems == own.relations == []


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_any_coding_comes_back(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    given_codings = [data.draw(codings(article_id)) for article_id in ("a", "b\0é", "")]
    path = tmp_path_factory.mktemp("any") / "events.duckdb"
    with Store(path) as store:
        store.add((coding, f"text of {number}\0") for number, coding in enumerate(given_codings))
        assert store.text("b\0é") == "text of 1\0"
        found = {coding.article.id: coding for coding in store.codings() if coding.article}
    assert found == {coding.article.id: coding for coding in given_codings if coding.article}


def test_twice_changes_nothing(path: Path) -> None:
    with Store(path) as store:
        store.add([small("a"), small("b"), summit()])
        before = list(store.codings())
        again = store.add([small("b"), small("a"), summit()])
        assert (again.articles, again.events, again.skipped, again.problems) == (0, 0, 3, 0)
        assert list(store.codings()) == before


def test_twice_in_one_batch(path: Path) -> None:
    with Store(path) as store:
        added = store.add([small("a"), small("a"), small("b")])
        assert (added.articles, added.events, added.skipped) == (2, 2, 1)
        assert store.count() == 2


@pytest.mark.parametrize("together", [True, False])
def test_the_same_id_with_another_text_is_a_problem(path: Path, together: bool) -> None:
    with Store(path) as store:
        first, second = (small("a"), "a text"), (small("a", "another text"), "another text")
        if together:
            added = store.add([first, second])
        else:
            store.add([first])
            added = store.add([second])
        assert (added.skipped, added.problems) == (1, 1)
        assert store.add([second]).problems == 0, "it is said once"
        assert [(problem.article_id, problem.stage) for problem in store.problems()] == [("a", "store")]
        assert next(store.problems()).message.startswith(CONFLICT)
        assert store.text("a") == "a text"
        assert store.count() == 1


def test_many_batches(path: Path) -> None:
    with Store(path) as store:
        added = store.add(small(f"{number:04}") for number in range(2 * BATCH + 3))
        assert added.articles == added.events == 2 * BATCH + 3
        assert [record.id for record in store.articles()] == [f"{number:04}" for number in range(2 * BATCH + 3)]
        assert len(store.known()) == 2 * BATCH + 3
        assert list(store.known(["0007", "none"])) == ["0007"]


def test_a_slow_batch_ends_before_it_is_full(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Articles that take minutes each must not all be lost when the machine goes down."""
    monkeypatch.setattr("dragoman.store.store.BATCH_SECONDS", 0)

    def there_meanwhile(store: Store) -> Iterator[Coding]:
        yield small("first")
        yield small("second")
        assert list(store.known()) == ["first", "second"]

    with Store(path) as store:
        assert store.add(there_meanwhile(store)).articles == 2


def test_texts_are_kept_where_they_come_along(path: Path) -> None:
    with Store(path) as store:
        store.add([(small("a"), "as given\r\n\tÄ"), small("b"), (small("c"), None)])
        assert store.text("a") == "as given\r\n\tÄ"
        assert store.text("b") is store.text("c") is store.text("z") is None


def test_problems_without_an_article(path: Path) -> None:
    unread = Problem(source="feed.jsonl:7", stage="read", message="no JSON")
    with Store(path) as store:
        assert store.add([Coding(problems=[unread]), small("a")]).problems == 1
        assert store.add([Coding(problems=[unread])]).problems == 0
        assert store.add_problems([unread, Problem(source="feed.jsonl:9", stage="read", message="no JSON")]) == 1
        assert [problem.source for problem in store.problems()] == ["feed.jsonl:7", "feed.jsonl:9"]
        with_article, without = store.codings()
        assert with_article == small("a")
        assert [problem.source for problem in without.problems] == ["feed.jsonl:7", "feed.jsonl:9"]


def test_a_lone_surrogate_keeps_its_place(path: Path) -> None:
    odd = Coding(article=article("a\ud83d", "x\ud83dy", headline="x\ud83dy", extra={"\udc00": "\udc00"}))
    with Store(path) as store:
        assert store.add([(odd, "x\ud83dy")]).articles == 1
        assert store.add([(odd, "x\ud83dy")]).skipped == 1
        (back,) = store.articles()
        assert (back.id, back.headline, store.text("a\ufffd")) == ("a\ufffd", "x\ufffdy", "x\ufffdy")
        assert back.extra == {"\udc00": "\udc00"}


def test_what_was_given_before_an_error_is_stored(path: Path) -> None:
    def interrupted() -> Iterator[Coding]:
        yield small("a")
        yield small("b")
        raise KeyboardInterrupt

    with Store(path) as store:
        with pytest.raises(KeyboardInterrupt):
            store.add(interrupted())
        assert list(store.known()) == ["a", "b"]


def test_a_batch_is_whole_or_not_there(path: Path) -> None:
    with Store(path) as store:
        store.add([small("a")])
    with duckdb.connect(str(path)) as connection:  # a second event of this type will now fail, as on a disk that is full
        connection.execute("CREATE UNIQUE INDEX one_of_a_type ON events (type)")
    with Store(path) as store:
        with pytest.raises(StoreError, match="nothing of this batch"):
            store.add([(small("b"), "text"), (small("c"), "text")])
        assert list(store.known()) == ["a"]
        assert store.text("b") is None


def test_killed_in_the_middle(path: Path) -> None:
    script = f"""
        import sys
        from dragoman.store import Store
        sys.path.insert(0, {str(Path(__file__).parents[1])!r})
        from handmade import article, event
        from dragoman.schema import Coding

        def endless():
            number = 0
            while True:
                number += 1
                name = f"{{number:06}}"
                yield Coding(article=article(name), events=[event(name, place, "AID", ["FRA"], ["LBN"]) for place in range(3)])
                if number % 1000 == 0:
                    print(number, flush=True)

        with Store({str(path)!r}) as store:
            store.add(endless())
    """
    process = subprocess.Popen([sys.executable, "-c", textwrap.dedent(script)], stdout=subprocess.PIPE, text=True)
    assert process.stdout
    process.stdout.readline()
    process.stdout.readline()
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    process.stdout.close()
    with Store(path, readonly=True) as store:
        assert store.count() % (3 * BATCH) == 0
    with Store(path) as store:
        articles = [record.id for record in store.articles()]
        assert len(articles) >= 1000 // BATCH * BATCH
        assert len(articles) % BATCH == 0
        assert articles == [f"{number:06}" for number in range(1, len(articles) + 1)]
        assert store.count() == 3 * len(articles)
        assert store.add([Coding(article=article("000001"))]).skipped == 1
