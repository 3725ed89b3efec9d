"""What a run leaves to do: sources that were read before, that changed, that are gone, that had problems, disks that are full.

The coder is the stub of killing.py; files, store and ledger are real. ``run`` gives the exit status.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest

import killing
from commands import lines
from dragoman import running
from dragoman.read import sources as reading
from dragoman.schema import Article, Coding, Problem
from dragoman.store import Store
from killing import HELP, StubCoder, code, is_sound, rows, sql


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return tmp_path / "e.duckdb"


@pytest.fixture
def feed(tmp_path: Path) -> Path:
    return lines(tmp_path / "feed.jsonl", *rows(3))


@pytest.fixture
def read_files(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the files that are read from now on."""
    seen: list[str] = []
    original = reading.read_file

    def noted(path: Path, *rest: Any) -> Iterator[Article | Problem]:
        for item in original(path, *rest):
            if path.name not in seen:
                seen.append(path.name)
            yield item

    monkeypatch.setattr(reading, "read_file", noted)
    return seen


def problems(store: Path) -> list[str]:
    with Store(store, readonly=True) as opened:
        return [problem.message for problem in opened.problems()]


class TestReadBefore:
    def test_the_ledger_says_where_an_input_begins(self, feed: Path, store: Path) -> None:
        code(str(feed), str(store))
        content = feed.read_bytes()
        found = sql(store, "SELECT byte_offset, article_id FROM inputs ORDER BY position")
        assert [json.loads(content[offset:].splitlines()[0])["id"] for offset, _ in found] == [id for _, id in found] == ["0", "1", "2"]

    def test_what_was_wholly_read_is_not_read_again(self, feed: Path, store: Path, read_files: list[str]) -> None:
        assert code(str(feed), str(store)) == 0
        assert read_files == ["feed.jsonl"]
        before = killing.tables(store)
        read_files.clear()
        assert code(str(feed), str(store)) == 0
        assert read_files == []
        assert killing.tables(store) == before
        with Store(store, readonly=True) as opened:
            assert [run.counts["known"] for run in opened.runs()] == [0, 3]

    def test_with_another_day_it_is_read_again(
        self, feed: Path, store: Path, read_files: list[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Articles that are there stay as they are; but what had no day before may be read otherwise now."""
        code(str(feed), str(store))
        read_files.clear()
        run = running.Run([str(feed)], "2024-11-06", None, None, store, None, None, 1, 1_000_000, True)
        assert run.run() == 0
        assert read_files == ["feed.jsonl"]
        assert sql(store, "SELECT count(*), count(published.value) FROM articles") == [(3, 0)]

    def test_what_could_not_be_read_is_said_again(self, tmp_path: Path, store: Path, read_files: list[str]) -> None:
        feed = lines(tmp_path / "feed.jsonl", *rows(1), "{broken", {"id": "0", "text": "Another text."})
        assert code(str(feed), str(store)) == 2
        read_files.clear()
        assert code(str(feed), str(store)) == 2
        assert read_files == []
        assert len(problems(store)) == 2
        assert is_sound(store)

    def test_the_same_text_elsewhere_is_noted_but_stored_once(self, feed: Path, tmp_path: Path, store: Path) -> None:
        lines(tmp_path / "other.jsonl", *rows(2, first=2))
        assert code(str(tmp_path / "*.jsonl"), str(store)) == 0
        assert sql(store, "SELECT count(*) FROM articles") == [(4,)]
        found = sql(store, "SELECT path, position, article_id, inputs.outcome FROM inputs JOIN readings ON id = reading ORDER BY ALL")
        assert [(Path(path).name, *rest) for path, *rest in found] == [
            ("feed.jsonl", 1, "0", "coded"),
            ("feed.jsonl", 2, "1", "coded"),
            ("feed.jsonl", 3, "2", "coded"),
            ("other.jsonl", 1, "2", "known"),
            ("other.jsonl", 2, "3", "coded"),
        ]
        assert is_sound(store)

    def test_a_pipe_is_read_once(self, tmp_path: Path, store: Path) -> None:
        """A look at its content would take it away."""
        pipe = tmp_path / "pipe.jsonl"
        os.mkfifo(pipe)
        with subprocess.Popen([sys.executable, "-c", f"open({str(pipe)!r}, 'w').write({json.dumps(rows(1)[0])!r})"]):
            assert code(str(pipe), str(store)) == 0
        assert sql(store, "SELECT count(*), (SELECT any_value(outcome) FROM readings) FROM articles") == [(1, "unchecked")]

    def test_coded_with_other_versions(self, feed: Path, store: Path, capsys: pytest.CaptureFixture[str]) -> None:
        code(str(feed), str(store))
        with duckdb.connect(str(store)) as connection:
            connection.execute("UPDATE runs SET settings = 'of an older model'")
        run = running.Run([str(feed)], None, None, None, store, None, None, 1, 1_000_000, quiet=False)
        assert run.run() == 0
        assert "3 articles in" in (said := capsys.readouterr().err)
        assert "other versions or options: they stay as they are" in said


class TestChanged:
    def test_since(self, feed: Path, store: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """A feed that has grown: the new articles are added, and the change is said, but no problem."""
        code(str(feed), str(store))
        lines(feed, *rows(5))
        run = running.Run([str(feed)], None, None, None, store, None, None, 1, 1_000_000, quiet=False)
        assert run.run() == 0
        assert f"{feed} has changed since run 1 read it" in capsys.readouterr().err
        assert sql(store, "SELECT count(*), count(DISTINCT id) FROM articles") == [(5, 5)]
        assert sql(store, "SELECT count(*) FROM inputs WHERE outcome = 'coded'") == [(5,)]
        assert is_sound(store)

    @pytest.mark.parametrize("how", ["grown", "replaced", "removed"])
    def test_while_it_is_read(self, tmp_path: Path, store: Path, monkeypatch: pytest.MonkeyPatch, how: str) -> None:
        """What was read is kept, the change is a problem, and the next run reads the file again, after which all is well."""
        feed = lines(tmp_path / "feed.jsonl", *rows(600))
        later = lines(tmp_path / "later.new", *rows(700))

        class Meddling(StubCoder):
            def pipe(self, items: Any, workers: int = 1) -> Iterator[Coding]:
                for number, coding in enumerate(super().pipe(items)):
                    if number == 10:
                        change(feed, later, how)
                    yield coding

        monkeypatch.setattr(killing, "StubCoder", Meddling)
        assert code(str(feed), str(store)) == 1
        (said,) = problems(store)
        assert said.startswith("it changed while it was read")
        stored = sql(store, "SELECT count(*) FROM articles")[0][0]
        assert stored >= 600
        assert is_sound(store)
        monkeypatch.undo()
        if how == "removed":
            later.rename(feed)
        assert code(str(feed), str(store)) == 0
        assert problems(store) == [], "the file has been read wholly since"
        assert sql(store, "SELECT count(*), count(DISTINCT id) FROM articles") == [(700, 700)]
        assert is_sound(store)


def change(feed: Path, later: Path, how: str) -> None:
    if how == "grown":
        with feed.open("a") as stream:
            stream.write("".join(json.dumps(row) + "\n" for row in rows(100, first=600)))
    elif how == "replaced":
        later.rename(feed)
    else:
        feed.unlink()


class TestLost:
    def interrupted(self, folder: Path, store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """A run over two files that stops in the second."""

        class Stopping(StubCoder):
            def pipe(self, items: Any, workers: int = 1) -> Iterator[Coding]:
                for number, coding in enumerate(super().pipe(items)):
                    if number == 420:
                        raise KeyboardInterrupt
                    yield coding

        with monkeypatch.context() as patched:
            patched.setattr(killing, "StubCoder", Stopping)
            with pytest.raises(KeyboardInterrupt):
                code(str(folder), str(store))

    def test_a_file_that_was_being_read_is_gone(self, tmp_path: Path, store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        folder = tmp_path / "corpus"
        folder.mkdir()
        lines(folder / "a.jsonl", *rows(400))
        second = lines(folder / "b.jsonl", *rows(400, first=400))
        self.interrupted(folder, store, monkeypatch)
        assert sql(store, "SELECT id, outcome, articles FROM runs") == [(1, "interrupted", 420)]
        second.rename(tmp_path / "away")
        assert code(str(folder), str(store)) == 1
        (said,) = problems(store)
        assert "run 1 broke off, and is gone: 20 articles of it are stored" in said
        assert code(str(folder), str(store)) == 0, "it is said once"
        (tmp_path / "away").rename(second)
        assert code(str(folder), str(store)) == 0
        assert problems(store) == []
        assert sql(store, "SELECT count(*) FROM articles") == [(800,)]
        assert is_sound(store)

    def test_a_file_that_was_never_there(self, tmp_path: Path, store: Path) -> None:
        assert code(str(tmp_path / "none.txt"), str(store)) == 1
        assert code(str(tmp_path / "none.txt"), str(store)) == 1
        assert len(problems(store)) == 1
        (tmp_path / "none.txt").write_text(HELP)
        assert code(str(tmp_path / "none.txt"), str(store)) == 0
        assert problems(store) == []

    def test_a_pattern_that_matched_nothing(self, tmp_path: Path, store: Path) -> None:
        pattern = str(tmp_path / "*.txt")
        assert code(pattern, str(store)) == 1
        (tmp_path / "now.txt").write_text(HELP)
        assert code(pattern, str(store)) == 0
        assert problems(store) == []
        assert is_sound(store)


class TestRetry:
    @pytest.fixture
    def troubled(self, tmp_path: Path, store: Path) -> Path:
        """A folder in which a line is broken, a text trips the coder, and all else is well; coded."""
        folder = tmp_path / "corpus"
        folder.mkdir()
        lines(folder / "bad.jsonl", *rows(2), "{broken", {"id": "t", "text": "This trips the coder, who helped with a report."})
        lines(folder / "good.jsonl", *rows(2, first=10))
        assert code(str(folder), str(store)) == 2
        return folder

    def test_only_what_had_a_problem(self, troubled: Path, store: Path, read_files: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
        coded: list[str] = []

        class Watched(StubCoder):
            def pipe(self, items: Any, workers: int = 1) -> Iterator[Coding]:
                for coding in super().pipe(items):
                    coded.append(coding.article.id if coding.article else coding.problems[0].stage)
                    yield coding

        monkeypatch.setattr(killing, "StubCoder", Watched)
        assert code(str(troubled), str(store), retry_problems=True) == 2
        assert (read_files, coded) == (["bad.jsonl"], ["read", "t"])
        assert len(problems(store)) == 2
        assert is_sound(store)

    @pytest.mark.parametrize("named", [True, False])
    def test_what_is_well_now(self, troubled: Path, store: Path, monkeypatch: pytest.MonkeyPatch, named: bool) -> None:
        """The line is mended, and the coder no longer trips: their problems are gone, their records there."""
        lines(
            troubled / "bad.jsonl",
            *rows(2),
            {"id": "mended", "text": HELP.format("mended")},
            {"id": "t", "text": "This trips the coder, who helped with a report."},
        )
        lines(troubled / "new.jsonl", *rows(1, first=99))
        monkeypatch.setattr(killing, "TRIPS", "nothing trips it any more")
        assert code(str(troubled) if named else "", str(store), retry_problems=True) == 0
        assert problems(store) == []
        assert sql(store, "SELECT id FROM articles ORDER BY id") == [("0",), ("1",), ("10",), ("11",), ("mended",), ("t",)]
        assert sql(store, "SELECT count(*) FROM events WHERE article_id = 't'") == [(2,)]
        with Store(store, readonly=True) as opened:
            assert [(run.counts["articles"], run.counts["recoded"], run.counts["problems"]) for run in opened.runs()] == [
                (5, 0, 2),
                (1, 1, -2),
            ]
        assert is_sound(store)

    def test_another_text_stays_a_problem(self, tmp_path: Path, store: Path) -> None:
        feed = lines(
            tmp_path / "feed.jsonl",
            {"id": "t", "text": "This trips the coder, who helped with a report."},
            {"id": "t", "text": "Another text."},
        )
        assert code(str(feed), str(store)) == 2
        assert code(str(feed), str(store), retry_problems=True) == 2
        assert sorted(problems(store))[0].startswith("same id, different text")
        with Store(store, readonly=True) as opened:
            assert opened.text("t") == "This trips the coder, who helped with a report."
        assert is_sound(store)

    def test_nothing_to_try_again(self, feed: Path, store: Path, capsys: pytest.CaptureFixture[str]) -> None:
        code(str(feed), str(store))
        run = running.Run([], None, None, None, store, None, None, 1, 1_000_000, quiet=False, retry_problems=True)
        assert run.run() == 0
        assert "nothing in the ledger of this store had a problem" in capsys.readouterr().err


def test_a_source_counts_as_read_only_when_all_before_it_is_stored(tmp_path: Path, store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second file holds an article that is still on its way from the first: if the run stops before that is stored, neither is read."""
    lines(tmp_path / "a.jsonl", *rows(300))
    lines(tmp_path / "b.jsonl", rows(1, first=299)[0])

    class Stopping(StubCoder):
        def pipe(self, items: Any, workers: int = 1) -> Iterator[Coding]:
            for number, coding in enumerate(super().pipe(iter(list(items)))):
                if number == 290:
                    raise KeyboardInterrupt
                yield coding

    with monkeypatch.context() as patched:
        patched.setattr(killing, "StubCoder", Stopping)
        with pytest.raises(KeyboardInterrupt):
            code(str(tmp_path / "*.jsonl"), str(store))
    with Store(store, readonly=True) as opened:
        assert opened.count_articles() == 290
    assert sql(store, "SELECT outcome FROM readings") == [("begun",), ("begun",)]
    assert code(str(tmp_path / "b.jsonl"), str(store)) == 0
    assert sql(store, "SELECT count(*) FROM articles WHERE id = '299'") == [(1,)]
