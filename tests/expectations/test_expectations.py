"""What a story says is still to come: sentences of our own, the blind stories with floors, the data files."""

from __future__ import annotations

import shutil
from importlib import resources
from pathlib import Path
from typing import Any

import pytest
import yaml
from expected_scores import all_files, due_of, half, score, stories

from dragoman import Coder
from dragoman.errors import DataError
from dragoman.expectations import cues, kinds
from dragoman.schema import Coding, Expectation

OWN = yaml.safe_load(Path(__file__).with_name("own.yaml").read_text(encoding="utf-8"))
DAY = "2024-03-12"
DATA = resources.files("dragoman.expectations")
LIKE_TRAITS = (
    "Lee congratulates Albanese on vote; hopes for early talks\n"
    "SINGAPORE - Singaporean Prime Minister Lee Hsien Loong on Monday congratulated Anthony Albanese after Labor claimed victory in the "
    "Australian election, expressing a wish to meet him soon.\n\n"
    '"I hope to work closely with him to take our friendship forward," Lee said.\n'
)


def told(one: Expectation) -> dict[str, Any]:
    due = due_of(one)
    return {
        "from": one.from_.country,
        "to": one.to and one.to.country,
        "kind": one.kind,
        "type": one.type,
        "strength": one.strength,
        "due": due,
        "condition": one.condition and one.condition.text,
    }


@pytest.mark.parametrize("case", OWN, ids=lambda case: case["text"][:40])
def test_own_sentences(coder: Coder, case: dict[str, Any]) -> None:
    found = [told(one) for one in coder.code(case["text"], DAY).expectations]
    assert [{name: one[name] for name in label} for one, label in zip(found, case["expected"], strict=True)] == case["expected"]


def test_spans_are_of_the_text(coder: Coder) -> None:
    for case in OWN:
        for one in coder.code(case["text"], DAY).expectations:
            spans = [one.trigger, one.condition, one.from_, one.to, one.holder, *one.evidence, one.due]
            assert all(case["text"][s.start : s.end] == s.text for s in spans if s is not None)
            assert one.because
            assert one.evidence
            assert one.outcome == "open"
            assert one.met_by is None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Hassan Nasrallah, the leader of Hezbollah, said that his party would attack Israel.", "Hezbollah"),
        ("The Lebanese Forces announced on Tuesday that its ministers were to resign.", "Lebanese Forces"),
    ],
)
def test_who_belongs_to_a_body_by_a_pronoun_acts_for_it(coder: Coder, text: str, name: str) -> None:
    assert [one.from_.name for one in coder.code(text, DAY).expectations] == [name]


def test_a_wish_to_meet_a_winner_is_on_the_ledger(coder: Coder) -> None:
    coding = coder.code(LIKE_TRAITS, "2022-05-23")
    assert any(e.from_.name == "Lee Hsien Loong" and e.type == "CONSULT" for e in coding.expectations)


def test_records_point_at_events_and_statements_that_are_there(coder: Coder) -> None:
    coding = coder.code("Russia threatened to expel British diplomats. Kenya said it would send troops to Haiti.", DAY)
    events, statements = {e.id for e in coding.events}, {s.id for s in coding.statements}
    assert {e.event_id for e in coding.expectations} & events
    assert {e.statement_id for e in coding.expectations} & statements
    assert all(e.event_id is None or e.event_id in events for e in coding.expectations)
    assert len({e.id for e in coding.expectations}) == len(coding.expectations)


def test_without_a_day_of_publication_no_day_is_guessed(coder: Coder) -> None:
    (one,) = coder.code("Turkey plans to send two ships with aid to Gaza within 10 days.").expectations
    assert one.due is not None
    assert one.due.value is None
    assert one.due.text == "within 10 days"


@pytest.mark.parametrize("name", ["odd", "even", "dev", "dev-2"])
def test_stories(coder: Coder, name: str) -> None:
    some = [story for story in stories(all_files()) if half(story) == name]
    if not some:
        pytest.skip("these stories are not in this checkout")
    total = score(some, coder)
    assert total.precision >= FLOORS[name][0]
    assert total.recall >= FLOORS[name][1]


FLOORS = {"odd": (0.82, 0.64), "even": (0.71, 0.57), "dev": (0.82, 0.64), "dev-2": (0.72, 0.54)}


class TestData:
    def copied(self, folder: Path) -> Path:
        copy = folder / "data"
        shutil.copytree(str(DATA), copy, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
        return copy

    @pytest.mark.parametrize(
        ("file", "line", "message"),
        [
            ("cues.tsv", "v\tswear\toath\tfirm\tinf", "no kind 'oath'"),
            ("cues.tsv", "x\tswear\tthreat\tfirm\tinf", "pos is one of"),
            ("cues.tsv", "v\tswear\tthreat\tfirm\tgerund", "no form 'gerund'"),
            ("cues.tsv", "v\tswear\tthreat", "3 columns"),
            ("acts.tsv", "v\tdance\t\tBALLET\tno", "no type 'BALLET'"),
            ("acts.tsv", "v\tdance\t\tAID\tperhaps", "yes or no"),
        ],
    )
    def test_what_is_wrong_is_named_with_its_line(self, tmp_path: Path, file: str, line: str, message: str) -> None:
        folder = self.copied(tmp_path)
        table = folder / file
        text = table.read_text(encoding="utf-8") + line + "\n"
        table.write_text(text, encoding="utf-8")
        with pytest.raises(DataError, match=message) as error:
            cues.load_from(folder)
        assert f"{file}:{len(text.splitlines())}" in str(error.value)

    def test_a_list_too_few(self, tmp_path: Path) -> None:
        folder = self.copied(tmp_path)
        (folder / "words.yaml").write_text("future: [will]\n", encoding="utf-8")
        with pytest.raises(DataError, match=r"words\.yaml"):
            cues.load_from(folder)

    def test_outcomes_know_their_types(self, tmp_path: Path) -> None:
        folder = self.copied(tmp_path)
        with (folder / "outcomes.tsv").open("a", encoding="utf-8") as table:
            table.write("AID\tAID\tBALLET\t\t\n")
        with pytest.raises(DataError, match="BALLET"):
            kinds.load_from(folder)


def test_a_coding_shows_itself(coder: Coder) -> None:
    coding: Coding = coder.code(OWN[0]["text"], DAY)
    assert ">Haiti (HTI)<" in coding._repr_html_()  # type: ignore[attr-defined]
