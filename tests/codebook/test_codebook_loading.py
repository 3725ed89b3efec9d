"""Broken data is an error that names file and line; nothing is repaired or skipped."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from dragoman import codebook
from dragoman.codebook.reading import yaml_entries
from dragoman.errors import DataError
from dragoman.tables import entries

BREAKS: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "breaks.yaml").read_text(encoding="utf-8"))
Broken = Callable[[str, str, str], Path]


@pytest.mark.parametrize("case", BREAKS, ids=lambda c: f"{c['file']}: {c['says']}")
def test_a_fault_is_reported_with_file_and_line(broken: Broken, case: dict[str, Any]) -> None:
    folder = broken(case["file"], case["old"], case["new"])
    with pytest.raises(DataError) as caught:
        codebook.load_from(folder)
    file = case.get("in", case["file"])
    where = f"{file}:{line_of(folder / file, case['at'], case.get('last', False))}" if "at" in case else file
    assert str(caught.value).startswith(f"{where}: {case['says']}")
    assert caught.value.where == where


def line_of(file: Path, text: str, last: bool) -> int:
    """Line on which the text begins, the first or the last time it is there."""
    content = file.read_text(encoding="utf-8")
    at = content.rfind(text) if last else content.find(text)
    assert at >= 0
    return content.count("\n", 0, at) + 1


def test_a_copy_of_the_files_is_the_same_codebook(broken: Broken) -> None:
    assert codebook.load_from(broken("older.tsv", "renamed", "renamed")) == codebook.load()


def test_a_type_of_ones_own_needs_no_code(broken: Broken) -> None:
    folder = broken("to_cameo.tsv", "ASSAULT\tunconventional\t204\n", "ASSAULT\tunconventional\t204\nAPPEAL\t\t100\n")
    with (folder / "plover.yaml").open("a", encoding="utf-8") as stream:
        stream.write(
            "\n- name: APPEAL\n  quad: 3\n  score: -0.5\n  recipient_required: false\n  definition: The actor turns to the public.\n"
            "  look_alikes:\n    - {type: REQUEST, tell: Somebody in particular is asked in a REQUEST.}\n"
            "  example: {text: The mayor turned to the people of the town., actor: [FRA GOV], recipient: [], mode: []}\n  modes: {}\n"
        )
    assert codebook.load_from(folder).score("APPEAL") == -0.5


def test_a_missing_file_and_broken_bytes_name_the_file(broken: Broken) -> None:
    folder = broken("older.tsv", "renamed", "renamed")
    (folder / "sectors.tsv").unlink()
    with pytest.raises(DataError, match=r"^sectors\.tsv: cannot be read"):
        codebook.load_from(folder)
    (folder / "plover.yaml").write_bytes(b"- name: \xff\n")
    with pytest.raises(DataError, match=r"^plover\.yaml: is no UTF-8"):
        codebook.load_from(folder)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "x.yaml:1: a list of entries was expected"),
        ("name: AGREE\n", "x.yaml:1: a list of entries was expected"),
        ("- a: 1\n- a: 1\n  a: 2\n", "x.yaml:3: 'a' is there twice"),
        ("- a: {b: [{c: 1,\n   c: 2}]}\n", "x.yaml:2: 'c' is there twice"),
        ("- a: \x07\n", "x.yaml:1: not valid YAML"),
        ("- a: !!python/name:os.system x\n", "x.yaml:1: not valid YAML"),
        ("- a: [1\n", "x.yaml:2: not valid YAML"),
    ],
)
def test_yaml_that_is_no_list_of_entries(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "x.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(DataError) as caught:
        yaml_entries(tmp_path, "x.yaml")
    assert str(caught.value).startswith(message)


def test_tsv_skips_comments_and_counts_lines(tmp_path: Path) -> None:
    (tmp_path / "x.tsv").write_text("# note\nname\tvalue\n\n# note\none\t\ntwo\t2\u2028b\n", encoding="utf-8")
    assert [(entry.where, entry.fields) for entry in entries(tmp_path, "x.tsv")] == [
        ("x.tsv:5", {"name": "one", "value": ""}),
        ("x.tsv:6", {"name": "two", "value": "2\u2028b"}),
    ]


def test_tsv_without_a_header(tmp_path: Path) -> None:
    (tmp_path / "x.tsv").write_text("# note\n", encoding="utf-8")
    with pytest.raises(DataError, match=r"^x\.tsv:1: a header line was expected"):
        entries(tmp_path, "x.tsv")


def test_it_is_read_once() -> None:
    assert codebook.load() is codebook.load()


def test_a_fresh_process_loads_it_in_120_ms_of_its_own_time() -> None:
    """Processor time, since other work on the machine is no fault of the codebook."""
    printed = printed_by("from time import process_time as now\nbegan = now()\ncodebook.load()\nprint(now() - began)")
    assert 0 < float(printed) < 0.12


def test_loading_needs_neither_rich_nor_spacy() -> None:
    assert printed_by("import sys\ncodebook.load()\nprint({'rich', 'spacy'} & set(sys.modules))") == "set()"


def printed_by(program: str) -> str:
    """What a fresh Python prints that has imported the codebook."""
    run = [sys.executable, "-c", f"from dragoman import codebook\n{program}"]
    return subprocess.run(run, capture_output=True, text=True, check=True).stdout.strip()
