"""What became of an expectation: rows made by hand, the same from a store, the commands, the blind pairs with floors."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from outcomes import PAIRS, half, outcome
from typer.testing import CliRunner

import dragoman
from dragoman import Coder, expecting
from dragoman.cli import app
from dragoman.errors import DragomanError
from dragoman.expectations.outcomes import Deeds, Settled, settled
from dragoman.expectations.promises import deeds_of, promise_of
from dragoman.expectations.stories import Story, story_of
from dragoman.schema import Coding, Due, Event, Expectation
from dragoman.settling import following
from dragoman.store import Store
from handmade import article, entity, event, span

SENTENCE = "Kenya will send police officers to Haiti by the end of April."


def expectation(
    id: str, type: str = "AID", due: str | None = "2024-04-30", text: str = SENTENCE, to: str | None = "HTI", **more: object
) -> Expectation:
    return Expectation(
        id=id,
        article_id=str(more.pop("article_id", "x")),
        from_=entity(str(more.pop("from_", "KEN")), name="Kenya"),
        to=None if to is None else entity(to, name="Haiti"),
        type=type,
        due=None if due is None else Due(text="then", value=due),
        kind="commitment",
        evidence=[span(text)],
        trigger=span("will"),
        **more,  # type: ignore[arg-type]
    )


def told(type: str, actor: list[str], recipient: list[str], text: str, **more: object) -> Event:
    return event("y", 0, type, actor, recipient, evidence=[span(text)], quad=1, **more)


def outcome_of(later: list[tuple[Event, str]], as_of: str = "2024-06-01", one: Expectation | None = None) -> Settled:
    deeds = [deed for e, day in later for deed in deeds_of(e, day)]
    (found,) = settled([promise_of(one or expectation("e1"), "2024-03-12")], Deeds.among(deeds), as_of)
    return found


class TestOutcome:
    def test_met_by_the_act_between_the_two(self) -> None:
        came = told("AID", ["KEN"], ["HTI"], "Kenyan police landed in Port-au-Prince.", date="2024-04-20")
        assert (outcome_of([(came, "2024-04-21")]).outcome, outcome_of([(came, "2024-04-21")]).met_by) == ("met", came.id)

    def test_not_met_before_it_was_promised(self) -> None:
        came = told("AID", ["KEN"], ["HTI"], "Kenyan police landed.", date="2024-02-20")
        assert outcome_of([(came, "2024-04-21")]).outcome == "lapsed"

    @pytest.mark.parametrize("aux", ["future", "hypothetical", "historical"])
    def test_not_met_by_another_promise(self, aux: str) -> None:
        assert outcome_of([(told("AID", ["KEN"], ["HTI"], "Kenya will send police.", aux=[aux]), "2024-04-21")]).outcome == "lapsed"

    def test_not_met_by_what_is_done_to_somebody_else(self) -> None:
        assert outcome_of([(told("AID", ["KEN"], ["SOM"], "Kenya sent police officers to Somalia."), "2024-04-21")]).outcome == "lapsed"

    def test_not_met_by_somebody_else(self) -> None:
        assert outcome_of([(told("AID", ["USA"], ["HTI"], "Washington sent police officers to Haiti."), "2024-04-21")]).outcome == "lapsed"

    def test_too_late_is_lapsed(self) -> None:
        came = told("AID", ["KEN"], ["HTI"], "Kenyan police landed.", date="2024-05-25")
        assert outcome_of([(came, "2024-05-26")]).outcome == "lapsed"

    def test_open_until_the_day_has_passed(self) -> None:
        assert outcome_of([], as_of="2024-04-30").outcome == "open"
        assert outcome_of([], as_of="2024-05-01").outcome == "lapsed"
        assert outcome_of([], one=expectation("e1", due=None)).outcome == "open"

    def test_broken_by_a_refusal_in_the_same_words(self) -> None:
        refused = told("REJECT", ["KEN"], ["HTI"], "Kenya refused to send the officers.")
        found = outcome_of([(refused, "2024-04-10")])
        assert (found.outcome, found.met_by) == ("broken", refused.id)

    def test_a_refusal_of_something_else_breaks_nothing(self) -> None:
        assert (
            outcome_of([(told("REJECT", ["KEN"], ["HTI"], "Nairobi turned down a proposal on fishing."), "2024-04-10")]).outcome == "lapsed"
        )

    def test_a_truce_is_broken_by_an_attack(self) -> None:
        truce = expectation("e1", "RETREAT", None, "Kenya agreed to stop all raids.")
        assert (
            outcome_of([(told("ASSAULT", ["KEN"], ["HTI"], "Gunboats fired on a village."), "2024-04-01")], one=truce).outcome == "broken"
        )

    def test_what_is_put_off_is_not_broken(self) -> None:
        put_off = told("REJECT", ["KEN"], ["HTI"], "Kenya postponed sending the officers.")
        assert outcome_of([(put_off, "2024-04-10")], as_of="2024-04-20").outcome == "open"

    def test_nothing_after_the_day_counts(self) -> None:
        came = told("AID", ["KEN"], ["HTI"], "Kenyan police landed.")
        assert outcome_of([(came, "2024-04-21")], as_of="2024-04-20").outcome == "open"


def test_a_revision_moves_the_day() -> None:
    first = promise_of(expectation("e1", due="2024-04-30"), "2024-03-12")
    moved = expectation("e2", due="2024-06-30", text="Kenya postponed sending the police officers to Haiti until June.", article_id="z")
    found = {s.promise.id: s for s in settled([first, promise_of(moved, "2024-04-20")], Deeds.among([]), "2024-05-15")}
    assert found["e2"].revises == "e1"
    assert found["e1"].due == "2024-06-30"
    assert {s.outcome for s in found.values()} == {"open"}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("ledger") / "events.duckdb"
    first = article("x", published="2024-03-12")
    later = article("y", published="2024-05-20")
    came = told("AID", ["KEN"], ["HTI"], "Kenyan police landed in Port-au-Prince.", date="2024-04-20")
    unknown = event("y", 9, "AID", ["-"], ["HTI"], evidence=[span("They sent police officers.")])
    expected = [
        expectation("e1"),
        expectation("e2", "CONSULT", "2024-05-01", "Kenya and Haiti are to hold talks."),
        expectation("e3", "CONSULT", "2024-12-24", "Kenya and Haiti are to meet."),
        expectation("e4", due=None, to=None, from_="USA", text="Washington pledged tents."),
    ]
    with Store(path) as there:
        there.add([Coding(article=first, expectations=expected), Coding(article=later, events=[came, unknown])])
    return path


def rows_of(command: list[str]) -> list[dict[str, object]]:
    result = CliRunner().invoke(app, [*command, "--format", "jsonl"])
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.output.splitlines()]


class TestCommands:
    def test_expectations_of_a_store(self, store: Path) -> None:
        rows = rows_of(["expectations", str(store)])
        assert {row["id"]: row["outcome"] for row in rows} == {"e1": "met", "e2": "lapsed", "e3": "open", "e4": "open"}
        assert rows[0]["met_by"] == "y:0"
        assert rows[0]["decided"] == "2024-04-20"

    @pytest.mark.parametrize(
        ("options", "ids"),
        [
            (["--due", "2024-12"], ["e3"]),
            (["--due", "2024-05-01..2024-12-31"], ["e2", "e3"]),
            (["--between", "HTI,KEN"], ["e1", "e2", "e3"]),
            (["--between", "Haiti,Kenya", "--type", "AID"], ["e1"]),
            (["--outcome", "met,lapsed"], ["e1", "e2"]),
            (["--by", "USA"], ["e4"]),
            (["--kind", "threat"], []),
            (["--as-of", "2024-04-01", "--outcome", "open"], ["e1", "e2", "e3", "e4"]),
        ],
    )
    def test_filters(self, store: Path, options: list[str], ids: list[str]) -> None:
        assert [row["id"] for row in rows_of(["expectations", str(store), *options])] == ids

    def test_ledger(self, store: Path) -> None:
        kenya, usa = rows_of(["ledger", str(store)])
        assert kenya == {"actor": "KEN", "met": 1, "broken": 0, "lapsed": 1, "open": 1, "settled": 2, "kept": 0.5}
        assert usa["kept"] is None
        assert usa["open"] == 1
        assert rows_of(["ledger", str(store), "--min", "1"]) == [kenya]

    def test_a_table_for_people(self, store: Path) -> None:
        result = CliRunner().invoke(app, ["ledger", str(store), "--format", "table"])
        assert result.exit_code == 0
        assert "KEN" in result.output
        assert "0.5" in result.output

    @pytest.mark.parametrize(
        "wrong", [{"kind": "oath"}, {"outcome": "kept"}, {"type": "BALLET"}, {"between": "JPN"}, {"as_of": "2024-13-01"}, {"due": "soon"}]
    )
    def test_what_there_is_not(self, wrong: dict[str, str]) -> None:
        with pytest.raises(DragomanError):
            expecting.Wanted(**wrong)

    def test_in_python(self, store: Path) -> None:
        with dragoman.open(store) as data:
            assert [row["outcome"] for row in data.expectations(outcome="met")] == ["met"]
            assert data.ledger().arrow().column_names[0] == "actor"


TEXT = "PORT-AU-PRINCE (AP) - Some 200 men in camouflage climbed out of a Kenya Airways jet on Saturday. Police officers saluted."
OTHER = "NAIROBI (AP) - Kenyan officials and a minister from Haiti spoke of roads on Saturday."


@pytest.fixture(scope="module")
def with_texts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("told") / "events.duckdb"
    landed = told("CONSULT", ["KEN"], ["HTI"], TEXT)
    elsewhere = event("z", 1, "AID", ["KEN"], ["HTI"], evidence=[span(OTHER)])
    with Store(path) as there:
        there.add(
            [Coding(article=article("x", published="2024-03-12"), expectations=[expectation("e1"), expectation("e5", due="2024-04-10")])]
        )
        there.add([(Coding(article=article("z", published="2024-04-09"), events=[elsewhere]), OTHER)])
        there.add([(Coding(article=article("y", published="2024-04-20"), events=[landed]), TEXT)])
    return path


def test_what_a_story_tells_in_plain_words_decides(with_texts: Path) -> None:
    """The event in z has the right type and sides, but no word of its story says that anything came."""
    rows = {row["id"]: row for row in rows_of(["expectations", str(with_texts)])}
    assert (rows["e1"]["outcome"], rows["e1"]["decided"], rows["e1"]["told_in"]) == ("met", "2024-04-20", "y")
    assert str(rows["e1"]["told"]).endswith("jet on Saturday.")
    assert (rows["e5"]["outcome"], rows["e5"]["told_in"]) == ("lapsed", None)


def test_no_story_is_read_after_the_one_that_decides(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []

    def noted(id: str, *rest: Any) -> Story:
        read.append(id)
        return story_of(id, *rest)

    monkeypatch.setattr(following, "story_of", noted)
    with Store(tmp_path / "events.duckdb") as there:
        there.add([Coding(article=article("x", published="2024-03-12"), expectations=[expectation("e1")])])
        for id, day in (("v", "2024-04-19"), ("y", "2024-04-20"), ("z", "2024-04-25")):
            landed = event(id, 0, "CONSULT", ["KEN"], ["HTI"], evidence=[span(TEXT)], quad=1)
            there.add([(Coding(article=article(id, published=day), events=[landed]), OTHER if id == "v" else TEXT)])
    (row,) = rows_of(["expectations", str(tmp_path / "events.duckdb")])
    assert (row["outcome"], row["told_in"]) == ("met", "y")
    assert read == ["v", "y"]


def test_names_are_shown_as_they_are_written(tmp_path: Path) -> None:
    body = Expectation.model_validate({**expectation("e1").model_dump(), "from": entity("IGO", name="African Union").model_dump()})
    with Store(tmp_path / "events.duckdb") as there:
        there.add([Coding(article=article("x", published="2024-03-12"), expectations=[body])])
    assert rows_of(["ledger", str(tmp_path / "events.duckdb")])[0]["actor"] == "African Union"
    assert rows_of(["expectations", str(tmp_path / "events.duckdb"), "--by", "African Union"])[0]["from"] == "African Union"


def test_a_store_gives_what_records_give(store: Path) -> None:
    """The SQL makes the same rows of a store that ``promise_of`` and ``deeds_of`` make of its records."""
    with Store(store, readonly=True) as there:
        codings = list(there.codings())
        days = {c.article.id: c.article.published.value or "" for c in codings if c.article}
        promises = [promise_of(e, days[e.article_id]) for c in codings for e in c.expectations]
        deeds = [d for c in codings for e in c.events for d in deeds_of(e, days[e.article_id])]
        by_records = settled(promises, Deeds.among(deeds), "2024-05-20")
        by_store = [row.settled for row in expecting.found(there, expecting.Wanted())]
    assert [(s.promise.id, s.promise.from_, s.promise.to, s.due, s.outcome, s.met_by) for s in by_store] == [
        (s.promise.id, s.promise.from_, s.promise.to, s.due, s.outcome, s.met_by) for s in by_records
    ]


@pytest.mark.parametrize(("name", "least"), [("odd", 25), ("even", 17)])
def test_blind_pairs(coder: Coder, name: str, least: int) -> None:
    if not PAIRS.exists():
        pytest.skip("the blind pairs are not in this checkout")
    pairs = [p for p in yaml.safe_load(PAIRS.read_text(encoding="utf-8")) if half(p) == name]
    right = [own for pair in pairs if (own := outcome(pair, coder)[0]) is not None and own.outcome == pair["outcome"]]
    assert len(right) >= least
