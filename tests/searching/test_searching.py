"""Full text over a store: what people type never is an error, what is found is ranked and counted, and only what is new is read."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from commands import Run
from dragoman.errors import DragomanError
from dragoman.schema import Coding
from dragoman.searching import Found, Index, find
from dragoman.searching.index import place_of
from dragoman.store import Store
from handmade import article, event, summit

TEXTS = {
    "a": ("Truce holds", "The ceasefire held on Monday. Nobody fired.", "CONSULT", "2024-05-01"),
    "b": ("Markets rise", "A ceasefire was not mentioned by the café owner.", "AID", "2024-05-02"),
    "c": ("Ceasefire", "Nothing else.", "CONSULT", "2023-05-03"),
}


def coding(name: str, type_: str | None = None) -> tuple[Coding, str]:
    headline, text, kind, day = TEXTS[name]
    told = event(name, 3, type_ or kind, ["FRA GOV"], ["DEU"], context=["military"])
    return Coding(article=article(name, text, day, headline=headline, publication="Wire"), events=[told]), text


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("searched") / "events.duckdb"
    with Store(path) as made:
        made.add([*map(coding, TEXTS), (summit(), "a text")])
    return path


@pytest.fixture(scope="module")
def index(store: Path) -> Index:
    found = Index(store)
    with Store(store, readonly=True) as there:
        assert list(found.update(there, "1")) == [0]
    return found


def ids(found: Found) -> list[str]:
    return [hit.id for hit in found.hits]


def search(
    index: Index,
    words: str,
    chosen: dict[str, Sequence[str]] | None = None,
    kind: str = "article",
    cursor: str | None = None,
    limit: int = 9,
) -> Found:
    with index.opened() as connection:
        return find(connection, kind, words, chosen or {}, limit, cursor)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("ceasefire", ["c", "a", "b"]),
        ("CEASEFIRES", ["c", "a", "b"]),
        ("ceasefire -café", ["c", "a"]),
        ("cafe", ["b"]),
        ('"ceasefire held"', ["a"]),
        ('"held ceasefire"', []),
        ("ceas*", ["c", "a", "b"]),
        ("monday or café", ["a", "b"]),
        ("ceasefire monday or café", ["a", "b"]),
        ("-ceasefire", ["s"]),
        ("unheard", []),
        ("", ["s", "b", "a", "c"]),
    ],
)
def test_words_find_articles_best_first(index: Index, words: str, wanted: list[str]) -> None:
    found = search(index, words)
    if " or " in words:
        assert sorted(ids(found)) == wanted
    else:
        assert ids(found) == wanted
    assert found.count == len(wanted)


def test_snippets_show_what_was_found(index: Index) -> None:
    (hit,) = search(index, "fired").hits
    assert [piece.text for piece in hit.snippet if piece.hit] == ["fired"]
    assert "".join(piece.text for piece in hit.snippet) == TEXTS["a"][1]


def test_facets_count_and_choose(index: Index) -> None:
    found = search(index, "ceasefire")
    assert found.facets["type"] == [("CONSULT", 2), ("AID", 1)]
    assert found.facets["year"] == [("2024", 2), ("2023", 1)]
    assert found.facets["country"] == [("DEU", 3), ("FRA", 3)]
    assert found.facets["publication"] == [("Wire", 3)]
    assert found.facets["context"] == [("military", 3)]
    narrower = search(index, "ceasefire", {"type": ["CONSULT"], "year": ["2024"]})
    assert ids(narrower) == ["a"]
    assert narrower.facets["type"] == [("CONSULT", 1)]


def test_statements_have_their_speakers(index: Index) -> None:
    found = search(index, "alliance", kind="statement")
    assert ids(found) == ["s:80"]
    assert found.facets["speaker"] == [("Yoshimasa Hayashi", 1)]
    assert ids(search(index, "hayashi", kind="statement")) == ["s:80"]


@pytest.mark.parametrize("words", ["", "ceasefire"])
def test_pages_hold_every_hit_once(index: Index, words: str) -> None:
    whole, pages, cursor = ids(search(index, words)), list[str](), None
    while True:
        found = search(index, words, cursor=cursor, limit=1)
        pages += ids(found)
        cursor = found.next
        if cursor is None:
            break
    assert pages == whole


@pytest.mark.parametrize("cursor", ["x", "W10", "WzEsImEiXQ", "bnVsbA"])
def test_no_cursor_of_a_page_is_said_to_be_none(index: Index, cursor: str) -> None:
    with pytest.raises(DragomanError, match="cursor"):
        search(index, "", cursor=cursor)


@pytest.mark.parametrize(
    "words", ['"', '""', "*", "-", "a*b", "NEAR(a b)", "title:x", "{a}", "^a", "a AND", "NOT", "(", "'", "or", "a or", "\0", "😀", "__"]
)
def test_syntax_of_the_index_is_no_error(index: Index, words: str) -> None:
    assert search(index, words).count >= 0


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.text(st.characters(blacklist_categories=["Cs"]) | st.sampled_from('"*-()^:{}+ '), max_size=30))
def test_whatever_is_typed_is_no_error(index: Index, words: str) -> None:
    assert search(index, words).count >= 0


def test_only_what_is_new_or_changed_is_read(tmp_path: Path) -> None:
    path = tmp_path / "events.duckdb"
    index = Index(path)
    with Store(path) as made:
        made.add([coding("a"), coding("b")])
    with Store(path, readonly=True) as there:
        assert list(index.update(there, "1")) == [0]
        assert index.state() == ("1", 2)
        assert list(index.update(there, "1")) == []
        assert list(index.update(there, "2")) == [], "another version with the same articles"
    path.unlink()
    with Store(path) as made:
        made.add([coding("b", "PROTEST"), coding("c")])
    with Store(path, readonly=True) as there:
        assert list(index.update(there, "3")) == [0]
    assert index.state() == ("3", 2)
    assert sorted(ids(search(index, "ceasefire"))) == ["b", "c"]
    assert search(index, "markets").facets["type"] == [("PROTEST", 1)]


def test_an_index_of_another_layout_is_made_anew(tmp_path: Path, store: Path) -> None:
    index = Index(store, tmp_path)
    with Store(store, readonly=True) as there:
        list(index.update(there, "1"))
        with index.opened() as connection:
            connection.execute("PRAGMA user_version = 99")
        assert index.state() == ("", 0)
        assert list(index.update(there, "1")) == [0]


def test_a_folder_that_cannot_be_written_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    assert place_of(tmp_path / "x.duckdb") == tmp_path / "x.duckdb.search"
    monkeypatch.setattr("os.access", lambda path, _: "cache" in str(path))
    assert place_of(tmp_path / "x.duckdb").parent == tmp_path / "cache" / "dragoman"
    monkeypatch.setattr("os.access", lambda path, _: False)
    assert tmp_path not in place_of(tmp_path / "x.duckdb").parents


def test_the_command_makes_an_index_that_is_found_again(tmp_path: Path, run: Run) -> None:
    path = tmp_path / "events.duckdb"
    with Store(path) as made:
        made.add([coding("a"), coding("b")])
    first = run("index", path)
    assert first.status == 0
    assert "2 articles can be searched; " in first.err + first.out
    assert ids(search(Index(path), "ceasefire")) == ["a", "b"]
    assert run("index", path, "--quiet").err == ""
    assert run("index", tmp_path / "none.duckdb").status != 0
