"""What stories tell of promises is kept beside the store: it is not read twice, and the answer is that of a store that was never asked."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from dragoman import settling
from dragoman.expectations.stories import Story, story_of
from dragoman.schema import Coding, Due, Expectation
from dragoman.settling import following, kept
from dragoman.store import Store
from handmade import article, entity, event, span

PROMISED = "Kenya will send police officers to Haiti by the end of April."
PUT_OFF = "Kenya postponed sending the police officers to Haiti until June."
LANDED = "PORT-AU-PRINCE (AP) - Some 200 men in camouflage climbed out of a Kenya Airways jet on Saturday. Police officers saluted."
ROADS = "NAIROBI (AP) - Kenyan officials and a minister from Haiti spoke of roads on Saturday."


def promised(id: str, day: str, text: str = PROMISED, due: str = "2024-04-30") -> Coding:
    sides = entity("KEN", name="Kenya"), entity("HTI", name="Haiti")
    when, word = Due(text="then", value=due), span("will" if "will" in text else "postponed")
    one = Expectation(
        id=f"{id}:e",
        article_id=id,
        from_=sides[0],
        to=sides[1],
        type="AID",
        due=when,
        kind="commitment",
        evidence=[span(text)],
        trigger=word,
    )
    return Coding(article=article(id, published=day), expectations=[one])


def story(id: str, day: str, text: str) -> tuple[Coding, str]:
    named = event(id, 0, "CONSULT", ["KEN"], ["HTI"], evidence=[span(text)], quad=1)
    return Coding(article=article(id, published=day), events=[named]), text


def add(path: Path, *codings: Coding | tuple[Coding, str]) -> None:
    with Store(path) as there:
        there.add(codings)


def became(path: Path) -> dict[str, tuple[str, str | None]]:
    """Of each promise its outcome and the story that tells of it."""
    with Store(path, readonly=True) as there:
        return {one.promise.article_id: (one.outcome, one.told and one.told.article_id) for one, _ in settling.outcomes(there, is_any)}


def is_any(_: object) -> bool:
    return True


@pytest.fixture
def store(tmp_path: Path) -> Path:
    path = tmp_path / "events.duckdb"
    add(path, promised("x", "2024-03-12"), story("v", "2024-04-19", ROADS), story("y", "2024-04-20", LANDED))
    return path


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> Callable[[], list[str]]:
    """The stories that were read since it was last asked."""
    ids: list[str] = []

    def noted(id: str, *rest: Any) -> Story:
        ids.append(id)
        return story_of(id, *rest)

    def since() -> list[str]:
        found = ids[:]
        ids.clear()
        return found

    monkeypatch.setattr(following, "story_of", noted)
    return since


def test_nothing_is_read_twice(store: Path, read: Callable[[], list[str]]) -> None:
    assert became(store) == {"x": ("met", "y")}
    assert read() == ["v", "y"]
    assert became(store) == {"x": ("met", "y")}
    assert read() == []


def test_only_what_is_new_is_read(store: Path, read: Callable[[], list[str]]) -> None:
    became(store)
    read()
    add(store, story("u", "2024-04-18", LANDED), story("z", "2024-04-25", LANDED))
    assert became(store) == {"x": ("met", "u")}
    assert read() == ["u"]


def test_a_story_that_was_changed_is_read_again(store: Path, read: Callable[[], list[str]]) -> None:
    became(store)
    read()
    with Store(store) as there:
        there.connection.execute("UPDATE texts SET text = ? WHERE article_id = 'y'", [ROADS])
    assert became(store) == {"x": ("open", None)}
    assert read() == ["y"]


def test_a_promise_that_was_changed_is_followed_anew(store: Path, read: Callable[[], list[str]]) -> None:
    became(store)
    read()
    with Store(store) as there:
        there.connection.execute("UPDATE expectations SET due = {'text': 'then', 'value': '2024-04-10'}")
    assert became(store) == {"x": ("lapsed", None)}
    assert read() == ["v", "y"]


def test_an_earlier_story_takes_the_place_of_the_last_that_is_looked_at(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(following, "LOOKED_AT", 2)
    assert became(store)["x"] == ("met", "y")
    add(store, story("u", "2024-04-18", ROADS))
    assert became(store)["x"][1] is None


def test_where_the_day_is_moved_later_stories_are_read_after_all(store: Path, read: Callable[[], list[str]]) -> None:
    add(store, story("z", "2024-04-25", LANDED))
    assert became(store) == {"x": ("met", "y")}
    assert read() == ["v", "y"]
    add(store, promised("w", "2024-04-22", PUT_OFF, "2024-06-30"))
    asked_before = became(store)
    assert read() == ["v", "y", "z"]
    store.with_name(f"{store.name}.told").unlink()
    assert became(store) == asked_before


def test_what_is_asked_of_some_is_kept_for_these(store: Path, read: Callable[[], list[str]]) -> None:
    add(store, promised("w", "2024-03-20"))
    with Store(store, readonly=True) as there:
        settling.outcomes(there, lambda promise: promise.article_id == "w")
    assert read() == ["v", "y"]
    with Store(store, readonly=True) as there:
        settling.outcomes(there, lambda promise: promise.article_id == "w")
    assert read() == []
    became(store)
    assert read() == ["v", "y"]


def test_a_store_that_is_open_for_writing_may_have_changed(store: Path) -> None:
    with Store(store) as there:
        assert settling.outcomes(there, is_any)[0][0].outcome == "met"
        there.connection.execute("UPDATE texts SET text = ? WHERE article_id = 'y'", [ROADS])
        assert settling.outcomes(there, is_any)[0][0].told is None


def test_where_nothing_can_be_written_the_answer_is_the_same(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.access", lambda path, _: False)
    assert became(store) == {"x": ("met", "y")}
    assert became(store) == {"x": ("met", "y")}
    assert not store.with_name(f"{store.name}.told").exists()


def test_a_file_that_is_none_of_ours_is_made_anew(store: Path, read: Callable[[], list[str]]) -> None:
    store.with_name(f"{store.name}.told").write_bytes(b"no database " * 100)
    assert became(store) == {"x": ("met", "y")}
    read()
    became(store)
    assert read() == []


def test_who_writes_meanwhile_is_not_waited_for_long(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    became(store)
    monkeypatch.setattr(kept, "BUSY", 0.01)
    other = sqlite3.connect(store.with_name(f"{store.name}.told"))
    other.execute("BEGIN EXCLUSIVE")
    add(store, story("u", "2024-04-18", LANDED))
    assert became(store) == {"x": ("met", "u")}
    other.close()


def test_several_at_once_get_the_same(store: Path) -> None:
    with Store(store, readonly=True) as there, ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda _: [one.outcome for one, _ in settling.outcomes(there, is_any)], range(12)))
    assert answers == [["met"]] * 12


def test_a_promise_of_which_no_new_story_can_tell_is_left_alone(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    became(store)
    add(store, story("late", "2025-04-20", LANDED))

    def asked(*_: Any) -> Any:
        raise AssertionError("stories were asked for")

    monkeypatch.setattr(following.expected, "stories", asked)
    assert became(store) == {"x": ("met", "y")}
