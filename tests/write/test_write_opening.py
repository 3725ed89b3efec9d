"""Which writer is opened where, and what is said when that does not go."""

from __future__ import annotations

import io
import re
import sys
from pathlib import Path

import pytest

from dragoman import write
from dragoman.errors import DragomanError
from handmade import summit


def written(format: str | None, out: Path | None) -> str:
    with write.opened(format, out) as writer:
        writer.write(summit())
    return out.read_text(encoding="utf-8") if out else ""


@pytest.mark.parametrize(
    ("name", "format", "begins"),
    [
        ("out.csv", None, "id,article_id,type"),
        ("out.jsonl", None, '{"record":"article"'),
        ("out.txt", None, '{"record":"article"'),
        ("out", None, '{"record":"article"'),
        ("out.csv", "jsonl", '{"record":"article"'),
        ("out.json", "plover", '{"id": "s:30"'),
        ("out.txt", "table", "JAPAN'S ISHIBA"),
    ],
)
def test_the_format_follows_from_option_and_file(tmp_path: Path, name: str, format: str | None, begins: str) -> None:
    assert written(format, tmp_path / name).startswith(begins)


def test_a_pipe_gets_json_lines(capsys: pytest.CaptureFixture[str]) -> None:
    written(None, None)
    assert capsys.readouterr().out.startswith('{"record":"article"')


def test_the_standard_output_takes_utf8_whatever_the_locale(monkeypatch: pytest.MonkeyPatch) -> None:
    raw = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(raw, encoding="ascii"))
    for format in (name for name, made in write.formats().items() if made.target == "text"):
        written(format, None)
    assert "“the alliance”" in raw.getvalue().decode("utf-8")
    assert not sys.stdout.closed


def test_an_unknown_format() -> None:
    with pytest.raises(DragomanError, match=re.escape("there is no format 'jsnl', only table, jsonl, ") + r".*; did you mean jsonl\?"):
        written("jsnl", None)


def test_a_folder_needs_a_name_and_must_be_empty(tmp_path: Path) -> None:
    with pytest.raises(DragomanError, match="parquet is a folder: name one with --out"):
        written("parquet", None)
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "x").touch()
    for name in ("full", "full/x"):
        with pytest.raises(DragomanError, match="name another"):
            written("parquet", tmp_path / name)
    with write.opened("parquet", tmp_path / "new" / "er") as writer:
        writer.write(summit())
    assert (tmp_path / "new" / "er" / "events").is_dir()


def test_the_ending_names_folders_and_binary_files(tmp_path: Path) -> None:
    for name in ("x.parquet", "x.arrow"):
        with write.opened(None, tmp_path / name) as writer:
            writer.write(summit())
    assert (tmp_path / "x.parquet" / "articles").is_dir()
    assert (tmp_path / "x.arrow").read_bytes().startswith(b"ARROW1")


@pytest.mark.parametrize("name", [".", "nowhere/out.csv"])
def test_a_file_that_cannot_be_written(tmp_path: Path, name: str) -> None:
    with pytest.raises(DragomanError, match=r"cannot write .*; name another file"):
        written("csv", tmp_path / name)


def interrupted(out: Path) -> None:
    with write.opened(None, out) as writer:
        writer.write(summit())
        raise KeyboardInterrupt


def test_what_was_written_before_an_error_is_there(tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    with pytest.raises(KeyboardInterrupt):
        interrupted(out)
    assert len(out.read_text(encoding="utf-8").splitlines()) == 7
