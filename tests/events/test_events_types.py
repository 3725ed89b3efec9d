"""What the room of events knows of types is data, and broken data says where."""

from __future__ import annotations

from pathlib import Path

import pytest

from dragoman import codebook
from dragoman.errors import DataError
from dragoman.events.types import FACTS, facts, facts_of


def lines(**changed: str) -> str:
    every = dict.fromkeys(codebook.load().types, "") | changed
    return "\n".join(["type\tfacts", *(f"{name}\t{having}" for name, having in every.items())])


def test_every_fact_holds_of_some_types_and_not_of_all() -> None:
    for fact in FACTS:
        assert 0 < len(facts()[fact]) < len(codebook.load().types)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (lines(APPEAL="aimed"), "types.tsv:18: APPEAL is no type"),
        (lines(AGREE="amied"), "types.tsv:2: no fact 'amied'"),
        (lines() + "\nAID\t", "types.tsv:18: AID is no type, or is there already"),
        ("type\tfacts\nAID\tserving", "types.tsv: no line for ACCUSE"),
    ],
)
def test_broken_lines_are_named(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "types.tsv").write_text(text, encoding="utf-8")
    with pytest.raises(DataError) as error:
        facts_of(tmp_path)
    assert str(error.value).startswith(message)
