"""The cue tables: what is read, and errors that name file and line."""

from __future__ import annotations

import shutil
from importlib import resources
from pathlib import Path

import pytest

from dragoman.errors import DataError
from dragoman.statements.cues import english, is_claim, is_speech, read


@pytest.fixture
def tables(tmp_path: Path) -> Path:
    folder = tmp_path / "cues"
    shutil.copytree(str(resources.files("dragoman.statements") / "cues"), folder)
    return folder


def _lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def test_readings_of_a_verb_stand_in_the_order_of_the_table() -> None:
    call = english().verbs["call"]
    assert [(cue.manner, cue.particle) for cue in call] == [("describe", ""), ("urge", ""), ("criticise", "out")]
    assert call[1].prepositions == {"for", "on"}


def test_manners_tell_claims_from_promises() -> None:
    assert is_claim("claim")
    assert is_speech("claim")
    assert not is_claim("promise")
    assert not is_speech("promise")
    assert not is_speech("want")


def test_tables_say_the_same_from_any_folder(tables: Path) -> None:
    assert read(tables) == english()


@pytest.mark.parametrize(
    ("file", "line", "what"),
    [
        ("verbs.tsv", "say\t\tsay\tquote", "is there twice"),
        ("verbs.tsv", "utter\t\tmurmur\tquote", "unknown manner 'murmur'"),
        ("verbs.tsv", "utter\t\tsay\tquite", "unknown frame 'quite'"),
        ("verbs.tsv", "utter\t\tsay\t", "frames were expected"),
        ("verbs.tsv", "utter\tsay\tquote", "3 columns, but 4 in the header"),
        ("nouns.tsv", "claim\tclaim\tthat", "is there twice"),
        ("nouns.tsv", "tale\ttelling\tthat", "unknown manner 'telling'"),
        ("adjectives.tsv", "sure\tbelieve\tthat", "is there twice"),
        ("phrases.tsv", "\tsay", "a phrase was expected"),
        ("adverbs.tsv", "rumouredly\trumour", "unknown manner 'rumour'"),
        ("manners.tsv", "sing\tperhaps\tno\tsays\taffirmed\twith a tune", "speech is 'perhaps', not yes or no"),
        ("manners.tsv", "sing\tyes\tno\tsings\taffirmed\twith a tune", "unknown attitude 'sings'; known: says, asks"),
        ("manners.tsv", "sing\tyes\tno\tsays\tperhaps\twith a tune", "polarity is 'perhaps', not affirmed or negated"),
        ("occasions.tsv", "sauna\thot", "unknown kind 'hot'; known: occasion"),
    ],
)
def test_a_wrong_line_is_named(tables: Path, file: str, line: str, what: str) -> None:
    path = tables / file
    path.write_text(path.read_text(encoding="utf-8").rstrip("\n") + "\n" + line + "\n", encoding="utf-8")
    with pytest.raises(DataError) as error:
        read(tables)
    assert str(error.value).startswith(f"{file}:{_lines(path)}: ")
    assert what in str(error.value)


def test_a_missing_table_is_named(tables: Path) -> None:
    (tables / "verbs.tsv").unlink()
    with pytest.raises(DataError, match=r"^verbs\.tsv: cannot be read"):
        read(tables)


def test_an_empty_table_is_named(tables: Path) -> None:
    (tables / "nouns.tsv").write_text("# nothing\n", encoding="utf-8")
    with pytest.raises(DataError, match=r"^nouns\.tsv:1: a header line was expected"):
        read(tables)
