"""The lexicon loads, and says file and line of what is wrong in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from dragoman import codebook
from dragoman.errors import DataError
from dragoman.events import lexicon

FOLDER = Path(lexicon.__file__).with_name("lexicon")


def test_every_type_has_entries() -> None:
    senses = {e.sense for entries in lexicon.load().entries.values() for e in entries if not e.operator}
    assert senses == {*codebook.load().types, lexicon.NONE}


def test_most_demanding_frame_comes_first() -> None:
    for entries in lexicon.load().entries.values():
        weights = [e.weight for e in entries]
        assert weights == sorted(weights, reverse=True)


@pytest.mark.parametrize(
    ("file", "row", "message"),
    [
        ("AID.tsv", "x\tgive\t\t\t", "AID.tsv:2: pos is one of v, n, a"),
        ("AID.tsv", "v\t\t\t\t", "AID.tsv:2: pos is one of v, n, a and the lemma is not empty"),
        ("COERCE.tsv", "v\tarrest\t\tarest\t", "COERCE.tsv:2: COERCE has no mode 'arest'"),
        ("AID.tsv", "v\tgive\tobj=$nowhere\t\t", "AID.tsv:2: no class $nowhere in classes.yaml"),
        ("AID.tsv", "v\tgive\t\t\tq=obj", "AID.tsv:2: roles are a=, r=, recip= or sure, not 'q=obj'"),
        ("AID.tsv", "v\tgive\tojb=aid\t\t", "AID.tsv:2: no slot 'ojb' in slots.yaml"),
        ("AID.tsv", "v\tgive\tobj=aid\t\tr=two", "AID.tsv:2: no slot 'two' in slots.yaml"),
        ("AID.tsv", "v\tgive\tobj=@AIDE\t\t", "AID.tsv:2: no type @AIDE"),
        ("AID.tsv", "v\tgive\t\t\t\tmore", "AID.tsv:2: 6 columns, but 5 in the header"),
        ("operators.tsv", "v\tagree\t\tpromiss\t", "operators.tsv:2: no operator 'promiss' in operators.yaml"),
    ],
)
def test_broken_rows_are_named(tmp_path: Path, file: str, row: str, message: str) -> None:
    (tmp_path / "classes.yaml").write_text("aid: [help]\n", encoding="utf-8")
    (tmp_path / "operators.yaml").write_text("promise: {alone: {type: AGREE}}\n", encoding="utf-8")
    roles = "{actors: [subj], recipients: [obj]}"
    (tmp_path / "roles.yaml").write_text(f"default: {{v: {roles}, n: {roles}, a: {roles}}}\n", encoding="utf-8")
    (tmp_path / "slots.yaml").write_text("places: [subj, obj]\n", encoding="utf-8")
    (tmp_path / file).write_text(f"pos\tlemma\tframe\tmode\troles\n{row}\n", encoding="utf-8")
    with pytest.raises(DataError) as error:
        lexicon.load_from(tmp_path)
    assert str(error.value).startswith(message)


@pytest.mark.parametrize(
    ("file", "text", "message"),
    [
        ("classes.yaml", "aid: help", "classes.yaml: aid: a list of words was expected"),
        ("classes.yaml", "aid: [on]", "classes.yaml: aid: a list of words was expected"),
        ("operators.yaml", "promise: {alnoe: {type: AGREE}}", "operators.yaml: promise: alnoe"),
        ("operators.yaml", "promise: {any: {type: AGREED}}", "operators.yaml: promise: no type 'AGREED'"),
        ("operators.yaml", "promise: {any: {type: REJECT, mode: [met]}}", "operators.yaml: promise: REJECT has no mode 'met'"),
        ("operators.yaml", "promise: {content: {AIDE: null}}", "operators.yaml: promise: content: no type 'AIDE'"),
        ("operators.yaml", "promise: {negated: refuse}", "operators.yaml: promise: negated: no operator 'refuse'"),
    ],
)
def test_broken_lists_are_named(tmp_path: Path, file: str, text: str, message: str) -> None:
    for name in ("classes", "operators", "roles", "slots"):
        (tmp_path / f"{name}.yaml").write_text("{}\n", encoding="utf-8")
    (tmp_path / file).write_text(text, encoding="utf-8")
    with pytest.raises(DataError) as error:
        lexicon.load_from(tmp_path)
    assert str(error.value).startswith(message)


def holds_whenever(earlier: lexicon.Entry, later: lexicon.Entry) -> bool:
    """Whether an entry that is tried first holds in every sentence in which the later one does, so that nobody ever sees that."""
    return all(any(_implies(c, demand) for c in later.conditions) for demand in earlier.conditions)


def _implies(condition: lexicon.Condition, demand: lexicon.Condition) -> bool:
    if condition.slot != demand.slot or condition.negated != demand.negated:
        return False
    if demand.negated:
        return condition == demand
    if not demand.asks:
        return True
    narrower = condition.words <= demand.words and condition.phrases <= demand.phrases and condition.types <= demand.types
    fewer = not condition.actors or 1 <= demand.actors <= condition.actors
    return condition.asks and narrower and fewer


def test_no_line_is_hidden_by_another() -> None:
    hidden = [
        f"{later.where} by {earlier.where}"
        for entries in lexicon.load().entries.values()
        for at, later in enumerate(entries)
        for earlier in entries[:at]
        if not (earlier.operator and earlier.sense != later.sense) and holds_whenever(earlier, later)
    ]
    assert hidden == []


def test_every_class_is_used() -> None:
    source = "".join(f.read_text(encoding="utf-8") for f in FOLDER.glob("*.tsv"))
    code = "".join(f.read_text(encoding="utf-8") for f in FOLDER.parent.glob("*.py"))
    assert [name for name in lexicon.load().classes if f"${name}" not in source and f'"{name}"' not in code] == []
