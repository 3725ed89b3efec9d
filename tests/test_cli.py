"""The command, as people and scripts run it: every input, good and bad, and what is written."""

from __future__ import annotations

import csv
import gzip
import io
import json
import subprocess
from pathlib import Path

import pytest

from commands import COMMAND, OTHER, STORY, SUMMIT, Result, Run, contents, lines, process
from dragoman.console import CANNOT_RUN
from dragoman.store import Store


def dyads(result: Result) -> list[tuple[str, str, str]]:
    return [(e["type"], e["actor"][0]["country"], e["recipient"][0]["country"]) for e in result.of("event")]


class TestGoodInput:
    def test_a_file(self, run: Run, story: Path) -> None:
        result = run("code", story, "--published", "2024-11-06")
        assert result.status == 0
        assert dyads(result) == [("ACCUSE", "FRA", "IRN")]
        [event] = result.of("event")
        assert event["date"]["value"] == "2024-11-05"
        assert result.err == ""

    def test_standard_input_in_a_process(self) -> None:
        result = process("code", "-", stdin=json.dumps({"id": "x", "text": STORY}) + "\n")
        assert (result.status, dyads(result)) == (0, [("ACCUSE", "FRA", "IRN")])
        assert {r.get("article_id", r.get("id")) for r in result.records} == {"x"}

    def test_no_source_is_standard_input(self) -> None:
        assert dyads(process("code", stdin=STORY)) == [("ACCUSE", "FRA", "IRN")]

    def test_packed_folder_and_pattern(self, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        (tmp_path / "deep").mkdir()
        with gzip.open(tmp_path / "deep" / "a.jsonl.gz", "wt") as packed:
            packed.write(json.dumps({"id": "packed", "text": STORY}) + "\n")
        (tmp_path / "b.txt").write_text(OTHER)
        (tmp_path / "c.pdf").write_bytes(b"%PDF")
        monkeypatch.chdir(tmp_path)
        for source in (".", "**/*.[tj]*"):
            result = run("code", source)
            assert result.status == 0, result.err
            assert sorted(dyads(result)) == [("ACCUSE", "FRA", "IRN"), ("SUPPORT", "NOR", "SWE")]

    def test_the_day_of_an_article_goes_before_the_option(self, run: Run, tmp_path: Path) -> None:
        file = lines(tmp_path / "a.jsonl", {"text": STORY, "published": "2020-01-08"}, {"text": STORY + " "})
        articles = run("code", file, "-p", "2024-11-06").of("article")
        assert [a["published"] for a in articles] == [{"value": v, "source": "given"} for v in ("2020-01-08", "2024-11-06")]

    def test_help_and_version(self, run: Run) -> None:
        assert run("--version").out.startswith("dragoman 0.")
        for command in ("code", "query", "panel", "schema", "codebook"):
            assert command in run("--help").out
            assert "Example" in run(command, "--help").out or command == "schema"

    def test_schema_and_codebook(self, run: Run) -> None:
        assert "event" in json.dumps(json.loads(run("schema").out))
        assert "THREATEN" in run("codebook", "THREATEN").out


class TestFormats:
    def test_a_pipe_gets_json_lines(self, run: Run) -> None:
        assert run("code", SUMMIT).out == run("code", SUMMIT, "-f", "jsonl").out

    def test_json_lines(self, run: Run) -> None:
        kinds = [r["record"] for r in run("code", SUMMIT, "-f", "jsonl").records]
        assert kinds[0] == "article"
        assert set(kinds) == {"article", "statement", "event", "relation", "expectation"}
        assert sorted(kinds[1:], key=["statement", "event", "relation", "expectation"].index) == kinds[1:]

    def test_table(self, run: Run) -> None:
        out = run("code", SUMMIT, "-f", "table").out
        assert out.startswith("SEOUL/TOKYO SUMMIT: Yoon, Kishida agree to restart defence hotline")
        assert all(code in out for code in ("JPN GOV", "KOR GOV", "CONSULT"))

    def test_csv_has_a_row_an_event(self, run: Run) -> None:
        rows = list(csv.DictReader(io.StringIO(run("code", SUMMIT, "-f", "csv").out)))
        assert [r["type"] for r in rows] == [e["type"] for e in run("code", SUMMIT).of("event")]

    def test_plover_has_a_line_an_event(self, run: Run) -> None:
        events = [json.loads(line) for line in run("code", SUMMIT, "-f", "plover").out.splitlines()]
        assert [e["event"] for e in events] == [e["type"] for e in run("code", SUMMIT).of("event")]

    @pytest.mark.parametrize("ending", ["jsonl", "csv", "table", "plover"])
    def test_out_has_what_the_pipe_would_get(self, run: Run, tmp_path: Path, ending: str) -> None:
        to_file = run("code", SUMMIT, "-o", tmp_path / f"out.{ending}")
        assert (to_file.status, to_file.out) == (0, "")
        assert (tmp_path / f"out.{ending}").read_text(encoding="utf-8") == run("code", SUMMIT, "-f", ending).out


class TestBadFiles:
    """Each costs one article and says why; the status is the number of problems."""

    @pytest.mark.parametrize(
        ("name", "content", "says"),
        [
            ("empty.txt", b"", "it is empty"),
            ("blank.txt", b" \n\n\t", "it is empty"),
            ("empty.jsonl", b"\n\n", "it is empty"),
            ("binary.txt", bytes(range(256)) * 40, "binary"),
            ("picture.txt", b"\x89PNG\r\n\x1a\n\x00\x00", "binary"),
            ("mixed.txt", "Le pr\xe9sident a dit".encode("latin-1") + "é".encode(), "UTF-8 at byte 6, line 1"),
            ("page.txt", b"<!DOCTYPE html><html><body><p>Hi</p></body></html>", "HTML"),
            ("page.html", b"<html><body>Hi</body></html>", "no article"),
            ("cut.txt.gz", gzip.compress(STORY.encode() * 500)[:60], "ends too early"),
            ("no.txt.gz", b"\x1f\x8b\x08\x00 and then nonsense that no one packed", "damaged"),
            ("list.jsonl", b"[1, 2]\n", "a list, but an object"),
            ("keys.jsonl", b'{"id": "a", "body": "France condemned Iran."}\n', "no 'text' in it (there is 'body', 'id')"),
            ("null.jsonl", b'{"text": null}\n', "no 'text'"),
            ("number.jsonl", b'{"text": 5}\n', "'text' is a number"),
            ("day.jsonl", b'{"text": "A", "published": "last Tuesday"}\n', "'last Tuesday', which is no date"),
            ("february.jsonl", b'{"text": "A", "published": "2024-02-30"}\n', "'2024-02-30', which is no date"),
            ("half.jsonl", b'{"text": "A \\ud83d"}\n', "half a character"),
            ("nan.jsonl", b'{"text": "A", "x": NaN}\n', "NaN is no JSON number"),
            ("deep.jsonl", b'{"text": "A", "x": ' + b"[" * 100_000 + b"]" * 100_000 + b"}\n", "deeply"),
        ],
    )
    def test_it_is_a_problem(self, run: Run, tmp_path: Path, name: str, content: bytes, says: str) -> None:
        (tmp_path / name).write_bytes(content)
        result = run("code", tmp_path / name)
        assert says in result.problem
        assert result.of("event") == []

    def test_a_broken_line_in_the_middle_costs_only_itself(self, run: Run, tmp_path: Path) -> None:
        file = lines(tmp_path / "a.jsonl", {"id": "1", "text": STORY}, '{"id": "2", "text": "Fran', {"id": "3", "text": OTHER})
        result = run("code", file)
        assert [r.get("id") or r["source"] for r in result.records if r["record"] in ("article", "problem")] == ["1", f"{file}:2", "3"]
        assert dyads(result) == [("ACCUSE", "FRA", "IRN"), ("SUPPORT", "NOR", "SWE")]
        assert result.status == 1

    def test_a_line_of_50_megabytes(self, run: Run, tmp_path: Path) -> None:
        file = tmp_path / "a.jsonl"
        with file.open("w") as stream:
            stream.write(json.dumps({"text": "x" * 50_000_000}) + "\n" + json.dumps({"text": STORY}) + "\n")
        result = run("code", file)
        assert "longer than" in result.problem
        assert dyads(result) == [("ACCUSE", "FRA", "IRN")]

    def test_a_text_of_50_megabytes(self, run: Run, tmp_path: Path) -> None:
        (tmp_path / "a.txt").write_text("France condemned Iran. " * 2_200_000)
        assert "more than the 1,000,000 characters" in run("code", tmp_path / "a.txt").problem

    def test_a_folder_without_articles(self, run: Run, tmp_path: Path) -> None:
        (tmp_path / "notes.pdf").write_bytes(b"%PDF-1.4")
        assert "no articles in this folder" in run("code", tmp_path).problem

    def test_no_such_file_and_nothing_that_matches(self, run: Run, tmp_path: Path) -> None:
        assert "there is no such file" in run("code", tmp_path / "gone.txt").problem
        assert "nothing matches" in run("code", tmp_path / "*.txt").problem

    def test_no_permission(self, run: Run, story: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        def refused(self: Path, *_: object, **__: object) -> None:
            raise PermissionError(13, "Permission denied", str(self))

        monkeypatch.setattr(Path, "open", refused)
        assert "no permission to read it" in run("code", story).problem

    def test_the_others_are_coded(self, run: Run, story: Path, tmp_path: Path) -> None:
        result = run("code", tmp_path / "gone.txt", story, tmp_path / "gone.jsonl")
        assert (result.status, dyads(result)) == (2, [("ACCUSE", "FRA", "IRN")])

    def test_the_status_ends_at_100(self, run: Run, tmp_path: Path) -> None:
        assert run("code", lines(tmp_path / "a.jsonl", *["{}"] * 130)).status == 100

    def test_what_went_wrong_is_said_when_records_go_elsewhere(self, run: Run, tmp_path: Path) -> None:
        result = run("code", tmp_path / "gone.txt", "-o", tmp_path / "out.jsonl")
        assert f"{tmp_path / 'gone.txt'}: cannot be opened" in result.err
        assert result.out == ""

    def test_control_characters_stay_in_the_file(self, run: Run, tmp_path: Path) -> None:
        (tmp_path / "a.txt").write_text("PARIS - France \x1b[31mcondemned\x07 Iran.\n\x85\u2028", encoding="utf-8")
        for kind in ("table", "jsonl", "csv", "plover"):
            assert "\x1b" not in run("code", tmp_path / "a.txt", "-f", kind).out


class TestBadCommands:
    """Nothing runs, nothing is made, one line says what to do."""

    @pytest.mark.parametrize(
        ("arguments", "says"),
        [
            (["code", "{story}", "--published", "soon"], "'soon', which is no date"),
            (["code", "{story}", "--published", "2024-13-01"], "which is no date"),
            (["code", "{story}", "--format", "tables"], "did you mean table?"),
            (["code", "{story}", "--format", "xml"], "only table, jsonl, plover, csv"),
            (["code", "{story}", "--workers", "0"], "workers"),
            (["code", "{story}", "--max-chars", "many"], "max-chars"),
            (["code", "{story}", "--nonsense"], "nonsense"),
            (["cod", "{story}"], "cod"),
            (["code", "{story}", "--store", "{folder}"], "is a folder"),
            (["code", "{story}", "--store", "{story}"], "no DuckDB file"),
            (["code", "{story}", "--store", "{folder}/no/such/events.duckdb"], "make it first"),
            (["code", "{story}", "--out", "{folder}/no/out.jsonl"], "cannot write"),
            (["code", "{story}", "--out", "{folder}"], "cannot write"),
            (["query", "{folder}/none.duckdb"], "there is no store"),
            (["panel", "{folder}/none.duckdb"], "there is no store"),
            (["query", "{folder}/none.duckdb", "-> USA"], '"* -> USA"'),
            (["codebook", "THREATN"], "THREATEN"),
            (["eval", "types", "{folder}/none.tsv"], "there is no"),
            (["eval", "types", "{story}"], "no column 'sentence'"),
            (["eval", "sides", "{story}"], "story.txt:1"),
            (["eval", "sides", "{folder}"], "directory"),
            (["eval", "statements", "{folder}"], "expected"),
            (["eval", "types", "{latin}"], "no text in UTF-8"),
            (["eval", "sides", "{latin}"], "no text in UTF-8"),
            (["eval", "types", "{story}", "--predictions", "{story}"], "would be lost"),
            (["eval", "sides", "{story}", "--errors", "{story}"], "would be lost"),
        ],
    )
    def test_it_is_said(
        self, run: Run, story: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], says: str
    ) -> None:
        monkeypatch.chdir(tmp_path)
        latin = tmp_path / "latin.tsv"
        latin.write_bytes(b"sentence\tsource\ttarget\troot\nThe caf\xe9 shut.\ta\tb\tAID\n")
        before = sorted(tmp_path.iterdir())
        result = run(*(a.format(story=story, folder=tmp_path, latin=latin) for a in arguments))
        assert result.status == CANNOT_RUN
        assert result.out == ""
        assert says in result.err
        assert result.err.startswith("dragoman: ")
        assert len(result.err.splitlines()) == 1
        assert story.read_text() == STORY
        assert [f for f in sorted(tmp_path.iterdir()) if f not in before and f.name != "eval"] == []

    @pytest.mark.parametrize(
        ("kind", "content", "says"),
        [
            ("types", "sentence\tsource\ttarget\troot\nOslo fell.\ta\tb\tCONCEDE\n", ":2: 'CONCEDE' is no label"),
            ("types", "sentence\tsource\ttarget\troot\nOslo fell.\ta\n", ":2: fewer columns"),
            ("types", "sentence\tsource\ttarget\troot\n", "no rows"),
            ("sides", '{"tokens": ["Oslo"], "tags": ["B-X"], "quad": 1}\n', ":1: wanted tokens, tags and quad (ValueError: 'B-X'"),
            ("sides", '{"tokens": "Oslo", "tags": "OOOO", "quad": 1}\n', "not lists"),
            ("sides", '{"tokens": ["Oslo"], "tags": ["O"], "quad": 7}\n', "quad is '7'"),
            ("sides", '{"tokens": ["Oslo"]}\n', "tags"),
        ],
    )
    def test_labelled_data_of_another_shape(self, run: Run, tmp_path: Path, kind: str, content: str, says: str) -> None:
        (tmp_path / "data").write_text(content)
        result = run("eval", kind, tmp_path / "data", "--errors", tmp_path / "errors.tsv")
        assert (result.status, result.out) == (CANNOT_RUN, "")
        assert says in result.err

    def test_labelled_data_with_a_mark_of_its_encoding(self, run: Run, tmp_path: Path) -> None:
        (tmp_path / "data").write_text(
            "sentence\tsource\ttarget\troot\n" + STORY.strip() + "\tFrance\tIran\tACCUSE\n", encoding="utf-8-sig"
        )
        predictions = tmp_path / "new" / "predictions.tsv"
        assert run("eval", "types", tmp_path / "data", "--errors", tmp_path / "e.tsv", "--predictions", predictions).status == 0
        assert predictions.read_text().splitlines()[1].split("\t")[4] == "ACCUSE"

    def test_a_wrong_option_makes_no_store(self, run: Run, story: Path, tmp_path: Path) -> None:
        for wrong in (["-p", "soon"], ["-f", "xml"]):
            assert run("code", story, *wrong, "--store", tmp_path / "e.duckdb").status == CANNOT_RUN
        assert not (tmp_path / "e.duckdb").exists()

    def test_a_terminal_is_no_article(self, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("sys.stdin", type("Terminal", (), {"isatty": lambda self: True})())
        assert "name a file" in run("code").err

    def test_a_query_that_is_none(self, run: Run, story: Path, tmp_path: Path) -> None:
        run("code", story, "--store", tmp_path / "e.duckdb")
        result = run("query", tmp_path / "e.duckdb", "FRA -> IRN, SUPORT")
        assert (result.status, "SUPPORT" in result.err) == (CANNOT_RUN, True)


class TestReadAndWritten:
    """What is read must never be emptied, or grow while it is read."""

    def test_out_is_a_source(self, run: Run, story: Path) -> None:
        result = run("code", story, "--out", story)
        assert (result.status, story.read_text()) == (CANNOT_RUN, STORY)
        assert "read and written at once" in result.err

    def test_out_is_another_name_of_a_source(self, run: Run, story: Path, tmp_path: Path) -> None:
        (tmp_path / "link.jsonl").symlink_to(story)
        assert run("code", story, "-o", tmp_path / "link.jsonl").status == CANNOT_RUN
        assert story.read_text() == STORY

    @pytest.mark.parametrize("source", [".", "*.*"])
    def test_out_would_be_in_what_is_read(self, run: Run, story: Path, monkeypatch: pytest.MonkeyPatch, source: str) -> None:
        monkeypatch.chdir(story.parent)
        assert run("code", source, "-o", "out.jsonl").status == CANNOT_RUN
        assert not Path("out.jsonl").exists()
        assert run("code", source, "-o", "../apart.jsonl").status == 0

    def test_the_shell_writes_into_what_is_read(self, story: Path) -> None:
        with (story.parent / "out.jsonl").open("w") as out:
            done = subprocess.run([*COMMAND, "code", str(story.parent)], stdout=out, stderr=subprocess.PIPE, timeout=60, check=False)
        assert done.returncode == CANNOT_RUN
        assert b"read and written at once" in done.stderr


class TestStore:
    def test_the_same_twice_changes_nothing(self, run: Run, story: Path, tmp_path: Path) -> None:
        store = tmp_path / "e.duckdb"
        first = run("code", story, tmp_path / "gone.txt", "--store", store)
        assert (first.status, first.out) == (1, "")
        assert "1 articles, 1 events, 1 problems" in first.err
        before = contents(store)
        second = run("code", story, tmp_path / "gone.txt", "--store", store)
        assert "1 were there already" in second.err
        assert contents(store) == before
        assert len(before) == 3

    def test_store_and_out_together(self, run: Run, story: Path, tmp_path: Path) -> None:
        run("code", story, "--store", tmp_path / "e.duckdb", "-o", tmp_path / "out.jsonl")
        assert (tmp_path / "out.jsonl").read_text() == run("query", tmp_path / "e.duckdb", "-f", "jsonl").out

    def test_query_count_panel(self, run: Run, story: Path, tmp_path: Path) -> None:
        store = tmp_path / "e.duckdb"
        run("code", story, "--store", store, "-p", "2024-11-06")
        assert dyads(run("query", store, "FRA -> IRN, ACCUSE")) == [("ACCUSE", "FRA", "IRN")]
        assert run("query", store, "IRN -> FRA").of("event") == []
        assert run("query", store, "France -> Iran", "--count").out == "1\n"
        assert run("panel", store).out == "actor,recipient,month,events\nFRA,IRN,2024-11,1\n"
        assert run("panel", store, "AID", "--by", "type").out == "type,events\n"
        assert "Quiet" not in run("code", story, "--store", store, "-q").err

    def test_another_text_under_the_same_id(self, run: Run, tmp_path: Path) -> None:
        """Whether the first came in an earlier run, in this one, or side by side; the first is kept and the other is a problem."""
        store = tmp_path / "e.duckdb"
        twice = lines(tmp_path / "a.jsonl", {"id": "1", "text": STORY}, {"id": "1", "text": OTHER}, {"id": "1", "text": STORY})
        first = run("code", twice, "--store", store)
        assert first.status == 1
        assert "another text" in first.err or "different text" in first.err
        before = contents(store)
        assert run("code", twice, "--store", store).status == 1
        assert contents(store) == before
        with Store(store, readonly=True) as opened:
            assert opened.text("1") == STORY

    def test_the_store_is_in_use(self, story: Path, tmp_path: Path) -> None:
        with Store(tmp_path / "e.duckdb"):
            result = process("code", story, "--store", tmp_path / "e.duckdb")
        assert result.status == CANNOT_RUN
        assert "in use" in result.err
