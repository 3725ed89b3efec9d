"""Two codings compared: what is aligned with what, what counts as changed, and how it is shown and ended."""

from __future__ import annotations

import csv
import gzip
import io
import json
from pathlib import Path

import pytest

from commands import CANNOT_RUN, Run
from dragoman.differing import Comparison, Difference, codings_by_id
from dragoman.differing.aligning import paired
from dragoman.errors import DragomanError
from dragoman.schema import Coding, Event, Problem, Span
from dragoman.store import Store
from handmade import article, event, span, summit


def told(start: int, type: str, words: str = "condemned", **more: object) -> Event:
    return event("a", start, type, ["FRA"], ["IRN"], trigger=span(words, start), **more)


def coding(*events: Event, article_id: str = "a", **more: object) -> Coding:
    return Coding.model_validate({"article": article(article_id, **more), "events": list(events)})


def compared(a: Coding, b: Coding, *ignored: str) -> tuple[list[Difference], Comparison]:
    comparison = Comparison(ignored)
    return list(comparison.differences(iter([a]), iter([b]))), comparison


class TestAligning:
    def test_by_id_first(self) -> None:
        """Also where another one has the same words."""
        one, other = told(10, "ACCUSE"), told(10, "SANCTION").model_copy(update={"id": "other"})
        assert paired([one, other], [other, one]) == [(one, one), (other, other)]

    def test_then_by_words_of_the_same_type(self) -> None:
        """A trigger that has moved by a word, with another event of another type nearer by."""
        before = told(10, "ACCUSE", "strongly condemned")
        moved = told(19, "ACCUSE")
        nearer = told(10, "SANCTION", "strongly condemned").model_copy(update={"id": "new"})
        assert paired([before], [nearer, moved]) == [(before, moved), (None, nearer)]

    def test_then_by_words_of_any_type(self) -> None:
        before, after = told(10, "ACCUSE"), told(10, "SANCTION").model_copy(update={"id": "new"})
        assert paired([before], [after]) == [(before, after)]

    def test_words_apart_are_other_events(self) -> None:
        before, after = told(10, "ACCUSE"), told(30, "ACCUSE")
        assert paired([before], [after]) == [(before, None), (None, after)]

    def test_the_longest_overlap_wins(self) -> None:
        before = told(10, "ACCUSE", "condemned and rebuked")
        little, much = told(8, "ACCUSE", "he condemned"), told(12, "ACCUSE", "ndemned and rebuked")
        assert paired([before], [little, much]) == [(before, much), (None, little)]


class TestComparing:
    def test_the_same(self) -> None:
        differences, comparison = compared(summit(), summit())
        assert differences == []
        assert comparison.is_equal
        assert comparison.by_record == {(name, "same"): n for name, n in KINDS_OF_SUMMIT.items()}

    def test_a_field_that_changed(self) -> None:
        before, after = told(10, "ACCUSE", score=-2.0), told(10, "ACCUSE", score=-4.0)
        ((difference,), comparison) = compared(coding(before), coding(after))
        assert (difference.change, difference.fields, difference.a, difference.b) == ("changed", ("score",), before, after)
        assert comparison.by_field == {("event", "score"): 1}
        assert comparison.by_type == {("ACCUSE", "changed"): 1}
        assert comparison.by_article == {"a": 1}
        assert compared(coding(before), coding(after), "score")[1].is_equal

    def test_a_type_that_changed(self) -> None:
        ((difference,), _) = compared(coding(told(10, "ACCUSE")), coding(told(10, "SANCTION").model_copy(update={"id": "new"})))
        assert (difference.change, difference.fields) == ("changed", ("id", "type", "quad"))

    def test_what_is_only_in_one(self) -> None:
        differences, comparison = compared(coding(told(10, "ACCUSE")), coding(told(50, "AID")))
        assert [(one.change, one.type) for one in differences] == [("only_a", "ACCUSE"), ("only_b", "AID")]
        assert comparison.by_type == {("ACCUSE", "only_a"): 1, ("AID", "only_b"): 1}

    def test_articles_that_are_only_in_one(self) -> None:
        first = [coding(article_id=name) for name in "ace"]
        second = [coding(article_id=name) for name in "bcd"]
        found = list(Comparison().differences(iter(first), iter(second)))
        assert [(one.change, one.article_id) for one in found] == [("only_a", "a"), ("only_b", "b"), ("only_b", "d"), ("only_a", "e")]

    def test_problems_by_what_they_say(self) -> None:
        """Where the files lay does not matter."""
        here = Coding(problems=[Problem(source="here/a.jsonl:1", stage="read", message="no JSON")])
        there = Coding(problems=[Problem(source="there/a.jsonl:1", stage="read", message="no JSON")])
        assert compared(here, there)[1].is_equal
        assert not compared(here, Coding(problems=[Problem(stage="read", message="empty")]))[1].is_equal

    def test_another_text(self) -> None:
        ((difference,), _) = compared(coding(), coding(text="another text"))
        assert (difference.record, difference.fields) == ("article", ("sha256",))


KINDS_OF_SUMMIT = {"article": 1, "statement": 1, "event": 2, "relation": 1, "expectation": 1, "problem": 1}


@pytest.fixture
def stores(tmp_path: Path) -> tuple[Path, Path]:
    """Two stores: of three articles in A one is not in B, one has another score there, and one is the same."""
    first = [summit(), coding(told(10, "ACCUSE"), article_id="a"), coding(article_id="b")]
    second = [coding(told(10, "ACCUSE", score=-3.0), article_id="a"), summit()]
    paths = (tmp_path / "a.duckdb", tmp_path / "b.duckdb")
    for path, codings in zip(paths, (first, second), strict=True):
        with Store(path) as store:
            store.add(codings)
    return paths


class TestCommand:
    def test_equal(self, stores: tuple[Path, Path], run: Run) -> None:
        result = run("diff", stores[0], stores[0], "--format", "table")
        assert result.status == 0
        assert "no difference" in result.out

    def test_tables(self, stores: tuple[Path, Path], run: Run) -> None:
        result = run("diff", *stores, "--format", "table")
        assert result.status == 1
        row = {line.split()[0]: line.split()[1:] for line in result.out.splitlines() if line.split()}
        assert row["event"][:4] == ["2", "1", "0", "0"]
        assert row["article"][:4] in (["2", "0", "1", "0"], ["(of", "2", "that", "differ)"], ["record", "change", "type", "words"])
        assert row["ACCUSE"][:4] == ["0", "1", "0", "0"]
        assert row["event.score"] == ["1"]

    def test_json_lines(self, stores: tuple[Path, Path], run: Run) -> None:
        changed, only = run("diff", *stores, "--format", "jsonl").records
        assert (changed["article_id"], changed["record"], changed["change"], changed["fields"]) == ("a", "event", "changed", ["score"])
        assert (changed["a"]["score"], changed["b"]["score"]) == (0.0, -3.0)
        assert (only["article_id"], only["record"], only["change"], only["b"]) == ("b", "article", "only_a", None)

    def test_csv(self, stores: tuple[Path, Path], run: Run, tmp_path: Path) -> None:
        assert run("diff", *stores, "-o", tmp_path / "out.csv").status == 1
        first, second = csv.DictReader(io.StringIO((tmp_path / "out.csv").read_text()))
        assert (first["article_id"], first["type_a"], first["words"], first["fields"]) == ("a", "ACCUSE", "condemned", "score")
        assert (second["article_id"], second["record"], second["change"]) == ("b", "article", "only_a")

    def test_fields_that_may_differ(self, stores: tuple[Path, Path], run: Run) -> None:
        result = run("diff", *stores, "--ignore", "score", "--format", "jsonl")
        assert [row["article_id"] for row in result.records] == ["b"]
        assert "no record has a field 'scores'" in run("diff", *stores, "--ignore", "scores").err

    @pytest.mark.parametrize("packed", [False, True])
    def test_a_store_and_its_json_lines(self, stores: tuple[Path, Path], run: Run, tmp_path: Path, packed: bool) -> None:
        """As written, in another order of articles than the store's."""
        with Store(stores[0], readonly=True) as store:
            lines = [record.model_dump_json(by_alias=True) for one in reversed(list(store.codings())) for record in one.records()]
        content = ("\n".join(lines) + "\n").encode()
        (tmp_path / "a.jsonl").write_bytes(gzip.compress(content) if packed else content)
        assert run("diff", stores[0], tmp_path / "a.jsonl").status == 0
        assert run("diff", tmp_path / "a.jsonl", stores[1]).status == 1

    @pytest.mark.parametrize(
        ("content", "said"),
        [
            (b"", "is empty"),
            (b"a text\n", ":1 is no record of dragoman"),
            (b'{"record": "event", "article_id": "a"}\n', ":1 is no record of dragoman (event.id"),
            (b"[" * 100_000, ":1 is no record"),
            (b"\x1f\x8bbroken", "cannot be read"),
        ],
    )
    def test_what_is_no_coding(self, stores: tuple[Path, Path], run: Run, tmp_path: Path, content: bytes, said: str) -> None:
        (tmp_path / "x.jsonl").write_bytes(content)
        result = run("diff", stores[0], tmp_path / "x.jsonl")
        assert result.status == CANNOT_RUN
        assert said in result.err

    def test_what_is_not_there(self, stores: tuple[Path, Path], run: Run, tmp_path: Path) -> None:
        assert "cannot be read: No such file" in run("diff", stores[0], tmp_path / "none").err
        assert "there is no format 'xml'" in run("diff", *stores, "--format", "xml").err


def test_codings_come_in_the_order_of_ids(tmp_path: Path) -> None:
    """Code points, in a store as in a file, or they would not meet."""
    names = ["b", "ä", "Z", "a", "\U0001f600", "\uffff", "10", "9"]
    with Store(tmp_path / "e.duckdb") as store:
        store.add(coding(article_id=name) for name in names)
    rows = [json.dumps(article(name).model_dump()) for name in names]
    (tmp_path / "e.jsonl").write_text("\n".join(rows), encoding="utf-8")
    for path in (tmp_path / "e.duckdb", tmp_path / "e.jsonl"):
        with codings_by_id(path) as codings:
            assert [one.article.id for one in codings if one.article] == sorted(names)


def test_a_file_that_breaks_later(tmp_path: Path) -> None:
    good = json.dumps(article("a").model_dump())
    (tmp_path / "e.jsonl").write_text(f'{good}\n{{"record": "article", "id": "b"}}\n', encoding="utf-8")
    with codings_by_id(tmp_path / "e.jsonl") as codings:
        assert next(codings).article is not None
        with pytest.raises(DragomanError, match=r"e\.jsonl:2 is no record"):
            next(codings)


def test_a_statement_is_known_by_its_words() -> None:
    before = summit().statements[0]
    moved = before.model_copy(update={"id": "new", "cue": Span(text="said", start=141, end=145)})
    assert paired([before], [moved]) == [(before, moved)]
