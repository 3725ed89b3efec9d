"""docs/codebook.md says what the data says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from dragoman import codebook
from dragoman.codebook import Codebook
from dragoman.codebook.explain import explain

DOCS = (Path(__file__).resolve().parents[2] / "docs" / "codebook.md").read_text(encoding="utf-8")
COMMANDS = re.findall(r'^dragoman codebook (?:"([^"]+)"|(\w+)) ', DOCS, re.MULTILINE)
SNIPPETS = re.findall(r"^(book\..+?|list\(.+?) +# (.+)$", DOCS, re.MULTILINE)


def test_the_table_of_types(book: Codebook) -> None:
    rows = [tuple(cell.strip() for cell in line.strip("|").split("|")) for line in DOCS.splitlines() if re.match(r"\| [A-Z]+ ", line)]
    assert rows == [
        (
            event_type.name,
            book.quads[event_type.quad].name,
            f"{event_type.score:g}",
            "required" if event_type.recipient_required else "optional",
            ", ".join(event_type.modes) or "none",
        )
        for event_type in book.types.values()
    ]


@pytest.mark.parametrize("name", [quoted or plain for quoted, plain in COMMANDS])
def test_every_name_of_the_commands_can_be_explained(name: str) -> None:
    assert explain(name)


@pytest.mark.parametrize(("expression", "value"), SNIPPETS)
def test_the_python_example(book: Codebook, expression: str, value: str) -> None:
    assert repr(eval(expression, {"book": book})) == value


def test_examples_and_files_were_found() -> None:
    assert len(COMMANDS) == 8
    assert len(SNIPPETS) == 6
    for name in re.findall(r"`(\w+\.(?:yaml|tsv))`", DOCS):
        assert (Path(codebook.__file__).parent / name).is_file(), name
