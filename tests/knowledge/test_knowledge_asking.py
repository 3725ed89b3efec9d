"""Who or what a name means on a day, asked by a person: answers, members, and the command that shows them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from commands import Run
from dragoman import knowledge
from dragoman.codebook.errors import UnknownName
from dragoman.knowledge.asking import members, nearest, who

ASKED = yaml.safe_load(Path(__file__).with_name("asked.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize(("question", "day", "wanted"), ASKED)
def test_what_a_name_means_on_a_day(question: str, day: Any, wanted: list[list[str]]) -> None:
    answers = who(question, knowledge.load(), str(day))
    assert [[a.name, a.what, a.country, a.since] for a in answers if a.holds] == [[*map(str, one)] for one in wanted]


def test_without_a_day_everything_is_told_and_nothing_is_said_to_hold() -> None:
    answers = who("Takeshi Iwaya", knowledge.load())
    assert {a.what for a in answers} >= {"foreign minister", "defence minister"}
    assert {a.holds for a in answers} == {None}


def test_an_unknown_name_is_answered_with_those_like_it() -> None:
    with pytest.raises(UnknownName, match="Takeshi Iwaya"):
        who("Takeshi Iwayama", knowledge.load())


def test_what_was_last_and_what_came_next() -> None:
    answers = who("Takeshi Iwaya", knowledge.load(), "2021-06-01")
    assert [(a.what, a.holds) for a in nearest(answers, "2021-06-01")] == [("defence minister", False), ("foreign minister", False)]


def test_members_come_and_go() -> None:
    known = knowledge.load()
    name = "European Union"
    assert "GBR" in members(name, known, "2015-01-01")
    assert "GBR" not in members(name, known, "2021-01-01")
    assert "HRV" not in members(name, known, "2010-01-01")
    assert len(members(name, known, "2021-01-01")) == 27


def test_the_command_shows_office_dates_and_source(run: Run) -> None:
    shown = run("who", "Iwaya", "--on", "2024-11-06")
    assert shown.status == 0
    assert all(part in shown.out for part in ("Takeshi Iwaya", "foreign minister", "JPN GOV", "2024-10-01", "2025-10-21", "authored"))
    assert "defence minister" not in shown.out


def test_the_command_writes_json(run: Run) -> None:
    shown = run("who", "Iwaya", "--on", "2024-11-06", "--json")
    first = json.loads(shown.out.splitlines()[0])
    assert (first["name"], first["what"], first["holds"]) == ("Takeshi Iwaya", "foreign minister", True)


def test_the_command_lists_members(run: Run) -> None:
    assert "16 members on 1990-01-01" in " ".join(run("who", "NATO", "--on", "1990-01-01").out.split())


@pytest.mark.parametrize(("arguments", "message"), [(("Nobodyknown",), "unknown name"), (("Iwaya", "--on", "yesterday"), "--on")])
def test_the_command_says_what_is_wrong(run: Run, arguments: tuple[str, ...], message: str) -> None:
    ended = run("who", *arguments)
    assert ended.status == 101
    assert message in ended.err


def test_knowledge_is_checked_by_a_command(run: Run) -> None:
    ended = run("knowledge", "check")
    assert ended.status == 0
    assert ended.out == ""
    assert "0 findings" in ended.err
