"""What README, CONTRIBUTING and docs/ say is so: examples run, commands parse, files exist, rows load, the screen is the real one.

python tests/test_docs.py     # pastes the screen of README.md anew
"""

from __future__ import annotations

import ast
import io
import re
import shlex
import shutil
import sys
from collections.abc import Callable, Iterator
from importlib import resources
from itertools import takewhile
from pathlib import Path
from typing import Any

import duckdb
import pytest
import typer
import yaml

from dragoman import Coder, codebook, console, knowledge
from dragoman.cli import app
from dragoman.events import lexicon
from dragoman.read import glue
from dragoman.schema import RECORDS, Entity
from dragoman.statements import cues
from dragoman.store import Store
from dragoman.store.query import parsed
from dragoman.write.table import TableWriter

ROOT = Path(__file__).resolve().parents[1]
README = ROOT / "README.md"
DOCS = (README, ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md")))
TEXTS = {file.name: file.read_text(encoding="utf-8") for file in DOCS}
FENCE = re.compile(r"^```(?P<kind>[^\n]*)\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)
INLINE = re.compile(r"`(dragoman [^`]+)`")
LINK = re.compile(r"\]\((?!https?:|#)([^)#]+)[^)]*\)")
NAMED_FILE = re.compile(r"`((?:src|tests|docs|samples|benchmarks)/[^`\s*]*)`|\bpython ((?:tests|benchmarks|samples)/\S+\.py)")
SHELL = ("|", ">", "<")
SCREEN = re.compile(
    r"(?<=```\n)\$ dragoman code (?P<sample>\S+) --published (?P<day>\S+) --format table\n.*?(?=^```$)", re.MULTILINE | re.DOTALL
)
SCREEN_WIDTH = 100
LOADERS: dict[str, Callable[[Path], Any]] = {
    "events/lexicon": lexicon.load_from,
    "knowledge/data": knowledge.load_from,
    "statements/cues": cues.read,
    "read": glue.load_from,
    "codebook": codebook.load_from,
}


def fences(text: str, kind: str) -> list[str]:
    return [match["body"] for match in FENCE.finditer(text) if match["kind"].strip() == kind]


def commands() -> Iterator[tuple[str, list[str]]]:
    """(document, arguments) of every ``dragoman ...`` in a block without a language or between backticks."""
    for name, text in TEXTS.items():
        lines = [line for body in fences(text, "") for line in body.splitlines()]
        found = [line[line.index("dragoman ") :] for line in lines if re.match(r"(\$ )?(.*\| )?dragoman ", line)]
        for command in [*found, *INLINE.findall(text)]:
            arguments = shlex.split(command.replace("\\|", "|"), comments=True)[1:]
            yield name, list(takewhile(lambda word: word not in SHELL, arguments))


COMMANDS = list(commands())


def example_rows() -> list[tuple[str, str]]:
    """(file, row) of every example in CONTRIBUTING.md."""
    found = [m for m in FENCE.finditer(TEXTS["CONTRIBUTING.md"]) if m["kind"].startswith("tsv ")]
    return [(m["kind"].removeprefix("tsv "), row) for m in found for row in m["body"].splitlines()]


def screen(coder: Coder, sample: str, day: str) -> str:
    stream = io.StringIO()
    TableWriter(stream, SCREEN_WIDTH).write(coder.code((ROOT / sample).read_text(encoding="utf-8"), day))
    return "\n".join(line.rstrip() for line in stream.getvalue().strip().splitlines()) + "\n"


def with_screen(text: str, coder: Coder) -> str:
    """A text with the present output under the command that it shows."""
    return SCREEN.sub(lambda m: m.group().split("\n", 1)[0] + "\n" + screen(coder, m["sample"], m["day"]), text)


def test_there_is_something_to_test() -> None:
    assert len(COMMANDS) > 25
    assert len(example_rows()) > 8
    assert SCREEN.search(TEXTS["README.md"])


def test_the_screen_is_what_the_command_prints(coder: Coder) -> None:
    text = README.read_text(encoding="utf-8")
    assert with_screen(text, coder) == text, "python tests/test_docs.py pastes it anew; look at it before you commit"


def test_the_python_example_of_the_readme() -> None:
    (example,) = fences(TEXTS["README.md"], "python")
    names: dict[str, Any] = {}
    compared = 0
    for statement in ast.parse(example).body:
        lines = example.splitlines()[statement.lineno - 1 : statement.end_lineno]
        source, _, value = "\n".join(lines).partition("  # ")
        if value:
            assert repr(eval(source, names)) == value
            compared += 1
        else:
            exec(source, names)
    assert compared == 5


def test_the_examples_of_the_store(
    coder: Coder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    text = "Kyiv said Russian troops shelled a Ukrainian village on Tuesday."
    monkeypatch.chdir(tmp_path)
    with Store("events.duckdb") as store:
        store.add([(coder.code(text, "2024-11-06"), text)])
    (python,), (sql,) = fences(TEXTS["query.md"], "python"), fences(TEXTS["query.md"], "sql")
    names: dict[str, Any] = {}
    exec(python, names)
    assert "claimed shelled" in capsys.readouterr().out
    assert names["rows"] == [{"actor": "RUS", "recipient": "UKR", "month": "2024-11", "events": 1}]
    with duckdb.connect("events.duckdb", read_only=True) as connection:
        assert connection.execute(sql).fetchall() == [("2024-11-05", "RUS", "UKR", "ASSAULT")]


@pytest.mark.parametrize(("document", "arguments"), COMMANDS, ids=lambda part: part if isinstance(part, str) else " ".join(part))
def test_a_command_has_these_arguments(document: str, arguments: list[str]) -> None:
    command, name = typer.main.get_command(app), "dragoman"
    while hasattr(command, "commands") and arguments and not arguments[0].startswith("-"):
        name, *arguments = arguments
        if name in ("COMMAND", "..."):
            return
        assert name in command.commands, document
        command = command.commands[name]
    options = [word for word in arguments if word != "--help"]
    if options:  # a bare name speaks of the command
        command.make_context(name, options)


@pytest.mark.parametrize("document", TEXTS)
def test_links_and_files_exist(document: str) -> None:
    folder = ROOT / ("docs" if document not in ("README.md", "CONTRIBUTING.md") else "")
    missing = [link for link in LINK.findall(TEXTS[document]) if not (folder / link).exists()]
    named = [name for pair in NAMED_FILE.findall(TEXTS[document]) for name in pair if name]
    assert missing + [name for name in named if "TYPE" not in name and not (ROOT / name).exists()] == []


def test_queries_are_understood() -> None:
    text = TEXTS["query.md"]
    terms = [term for row in re.findall(r"^\| (`.*?) \| ", text, re.MULTILINE) for term in re.findall(r"`([^`]+)`", row)]
    examples = [line for body in fences(text, "query") for line in body.splitlines()]
    asked = [arguments[2] for _, arguments in COMMANDS if arguments[:1] in (["query"], ["panel"]) and len(arguments) > 2]
    queries = [*terms, *examples, *(query for query in asked if not query.startswith("-"))]
    assert len(queries) > 40
    for query in queries:
        parsed(query, knowledge.load().place_country, ["EXPROPRIATION"])


@pytest.mark.parametrize(("file", "row"), example_rows(), ids=lambda part: Path(part).name[:30])
def test_an_example_row_is_a_row_of_its_table(tmp_path: Path, file: str, row: str) -> None:
    room = Path(file).parent.relative_to("src/dragoman").as_posix()
    copy = tmp_path / "tables"
    shutil.copytree(ROOT / "src" / "dragoman" / room, copy, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    table = copy / Path(file).name
    table.write_text(table.read_text(encoding="utf-8").rstrip("\n") + f"\n{row}\n", encoding="utf-8")
    LOADERS[room](copy)


def test_every_field_is_described() -> None:
    fields = {field.alias or name for model in (*RECORDS, Entity) for name, field in model.model_fields.items()} - {"record"}
    assert sorted(name for name in fields if f"`{name}`" not in TEXTS["records.md"]) == []


def test_every_operator_and_its_keys_are_described() -> None:
    source = (resources.files("dragoman.events") / "lexicon" / "operators.yaml").read_text(encoding="utf-8")
    operators: dict[str, dict[str, Any]] = yaml.safe_load(source)
    words = {*operators, *(key for operator in operators.values() for key in operator)}
    assert sorted(word for word in words if f"| `{word}` |" not in TEXTS["lexicon.md"]) == []


def test_no_figure_is_owed() -> None:
    assert [name for name, text in TEXTS.items() if "TBD" in text] == []


def test_exit_statuses_are_listed() -> None:
    for status in (console.MAX_PROBLEMS, console.CANNOT_RUN, console.INTERRUPTED, console.BROKEN_PIPE):
        assert re.search(rf"^\| (1 to )?{status} \|", TEXTS["README.md"], re.MULTILINE)


if __name__ == "__main__":
    README.write_text(with_screen(README.read_text(encoding="utf-8"), Coder()), encoding="utf-8")
    sys.exit(0)
