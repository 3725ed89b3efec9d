"""Samples are reproducible and lie beside the store; judgements are only ever added."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest
from audited import COUNTS, judgement, made_store, no_event

from dragoman import asking
from dragoman.audit import Audit, draw
from dragoman.audit.lines import Judgement as Said
from dragoman.audit.lines import Missed, Reading, Verdict, Withdrawn, problem_with
from dragoman.audit.sampling import choose, shared
from dragoman.errors import DataError, DragomanError
from dragoman.store import Store
from dragoman.store.conditions import TRUE
from dragoman.store.errors import QueryError


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made_store(tmp_path_factory.mktemp("audited") / "events.duckdb")


def drawn(store: Path, out: Path, **options: object) -> Audit:
    with asking.opened(store) as there:
        draw(there, out, **options)  # type: ignore[arg-type]
    return Audit(out)


def test_the_same_seed_draws_the_same(store: Path, tmp_path: Path) -> None:
    before = store.read_bytes()
    for name, seed in (("a", 7), ("b", 7), ("c", 8)):
        drawn(store, tmp_path / name, size=10, by="type", seed=seed, stories=3)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()
    assert set(Audit(tmp_path / "a").items) != set(Audit(tmp_path / "c").items)
    assert store.read_bytes() == before


def test_a_store_filled_in_another_order_gives_the_same_sample(store: Path, tmp_path: Path) -> None:
    with Store(store, readonly=True) as there, Store(tmp_path / "events.duckdb") as other:
        other.add([(coding, text) for coding, text in reversed(list(there.with_texts()))])
    one = drawn(store, tmp_path / "a", size=10, by="publication", seed=7, stories=3)
    two = drawn(tmp_path / "events.duckdb", tmp_path / "b", size=10, by="publication", seed=7, stories=3)
    assert list(one.items.values()) == list(two.items.values())
    assert one.stories == two.stories


def test_strata_share_by_the_root_and_keep_their_sizes(store: Path, tmp_path: Path) -> None:
    audit = drawn(store, tmp_path / "a", size=24, by="type")
    assert Counter(item.event.type for item in audit.items.values()) == {"CONSULT": 12, "ACCUSE": 8, "ASSAULT": 4}
    assert {name: (one.events, one.drawn) for name, one in audit.sample.strata.items()} == {
        "CONSULT": (30, 12),
        "ACCUSE": (12, 8),
        "ASSAULT": (4, 4),
    }


@pytest.mark.parametrize("by", ["none", "type", "confidence", "publication"])
@pytest.mark.parametrize("size", [1, 5, 46, 1000])
def test_no_more_are_drawn_than_there_are(store: Path, tmp_path: Path, by: str, size: int) -> None:
    audit = drawn(store, tmp_path / "a", size=size, by=by)
    assert len(audit.items) == min(size, sum(COUNTS.values()))
    assert sum(one.events for one in audit.sample.strata.values()) == sum(COUNTS.values())
    assert Counter(item.stratum for item in audit.items.values()) == {n: s.drawn for n, s in audit.sample.strata.items() if s.drawn}


def test_shares() -> None:
    assert shared({"a": 400, "b": 100, "c": 100}, 20) == {"a": 10, "b": 5, "c": 5}
    assert shared({"a": 10_000, "b": 1, "c": 4}, 3) == {"a": 1, "b": 1, "c": 1}
    assert shared({"a": 3, "b": 2}, 9) == {"a": 3, "b": 2}
    assert shared({"a": 1, "b": 1}, 0) == {"a": 0, "b": 0}


def test_a_plain_sample_takes_each_as_often(store: Path) -> None:
    """Over seeds each event comes about as often as any other: 200 samples of 10 of 46, so 43 times each, give or take 6."""
    counts: Counter[str] = Counter()
    with asking.opened(store) as there:
        for seed in range(200):
            counts.update(one.id for one in choose(there, TRUE, "none", seed, {"all": 10}))
    assert len(counts) == sum(COUNTS.values())
    assert 43 - 25 < min(counts.values()) < max(counts.values()) < 43 + 25


def test_a_query_limits_what_is_drawn(store: Path, tmp_path: Path) -> None:
    audit = drawn(store, tmp_path / "a", size=100, query="ACCUSE, 2023")
    assert len(audit.items) == 6
    with pytest.raises(QueryError):
        drawn(store, tmp_path / "b", query="nonsense")
    with pytest.raises(DragomanError, match="no event"):
        drawn(store, tmp_path / "b", query="AID")
    with pytest.raises(DragomanError, match="not by colour"):
        drawn(store, tmp_path / "b", by="colour")
    assert not (tmp_path / "b").exists()


def test_a_file_with_judgements_is_not_drawn_over(store: Path, tmp_path: Path) -> None:
    drawn(store, tmp_path / "a", size=5)
    with pytest.raises(DragomanError, match="there already"):
        drawn(store, tmp_path / "a", size=5)


def test_a_later_judgement_takes_the_place_of_an_earlier_one(store: Path, tmp_path: Path) -> None:
    audit = drawn(store, tmp_path / "a", size=3)
    first, second, _ = audit.items
    for one in (judgement(first), judgement(second), judgement(first, "ben"), judgement(first, type="AID")):
        audit.add(one)
    again = Audit(tmp_path / "a")
    for found in (audit, again):
        assert list(found.judged_by("anna")) == [second, first], "in the order of the latest"
        assert found.judged_by("anna")[first].fields["type"].should == "AID"
        assert found.judged_by("ben")[first].fields["type"].verdict == "right"
    again.add(Withdrawn(judge="anna", about=first))
    assert set(Audit(tmp_path / "a").judged_by("anna")) == {second}
    assert len((tmp_path / "a").read_text(encoding="utf-8").splitlines()) == 4 + 5, "nothing that was written is lost"


def test_copies_of_a_file_can_be_put_together(store: Path, tmp_path: Path) -> None:
    audit = drawn(store, tmp_path / "a", size=3, stories=1)
    (tmp_path / "b").write_bytes((tmp_path / "a").read_bytes())
    first, second, _ = audit.items
    audit.add(judgement(first))
    Audit(tmp_path / "b").add(judgement(first, "ben"))
    Audit(tmp_path / "b").add(judgement(second, "ben"))
    (tmp_path / "both").write_bytes((tmp_path / "a").read_bytes() + (tmp_path / "b").read_bytes())
    both = Audit(tmp_path / "both")
    assert list(both.items) == list(audit.items)
    assert [(one.judge, one.item) for one in both.judgements] == [("anna", first), ("ben", first), ("ben", second)]


def test_what_was_not_drawn_is_not_judged(store: Path, tmp_path: Path) -> None:
    audit = drawn(store, tmp_path / "a", size=3, stories=1)
    before = (tmp_path / "a").read_bytes()
    with pytest.raises(DataError, match="not in this sample"):
        audit.add(judgement("nothing"))
    with pytest.raises(DataError, match="has no event x"):
        audit.add(Reading(judge="anna", article_id=next(iter(audit.stories)), right=["x"]))
    assert (tmp_path / "a").read_bytes() == before


def test_a_line_that_was_cut_off_is_no_judgement(store: Path, tmp_path: Path) -> None:
    file = tmp_path / "a"
    audit = drawn(store, file, size=3)
    first, second, _ = audit.items
    audit.add(judgement(first))
    whole = file.read_bytes()
    file.write_bytes(whole + b'{"line":"judgement","jud')
    cut = Audit(file)
    assert set(cut.judged_by("anna")) == {first}
    cut.add(judgement(second))
    assert file.read_bytes().startswith(whole)
    assert set(Audit(file).judged_by("anna")) == {first, second}


def test_a_line_that_is_none_is_named(store: Path, tmp_path: Path) -> None:
    file = tmp_path / "a"
    drawn(store, file, size=2)
    with file.open("a", encoding="utf-8") as stream:
        stream.write('{"line": "item"}\n')
    with pytest.raises(DataError, match="a:4: "):
        Audit(file)
    file.write_text("", encoding="utf-8")
    with pytest.raises(DataError, match="draw makes one"):
        Audit(file)
    with pytest.raises(DragomanError, match="cannot be read"):
        Audit(tmp_path / "none")


@pytest.mark.parametrize(
    ("field", "should", "problem"),
    [
        ("type", "AID", None),
        ("type", "none", None),
        ("type", "HELP", "no type HELP"),
        ("mode", "aerial, destroy", None),
        ("mode", "aeriel", "no mode aeriel"),
        ("aux", "future, negation", None),
        ("status", "claimed", None),
        ("status", "true", "no status true"),
        ("date", "2024-11", None),
        ("date", "2024-11-04..2024-11-06", None),
        ("date", "Tuesday", "write 2024"),
        ("actor", "the ministry (JPN GOV); USA", None),
        ("actor", " ", "write none"),
    ],
)
def test_corrections_are_understood_or_refused(field: str, should: str, problem: str | None) -> None:
    found = problem_with(field, should)  # type: ignore[arg-type]
    assert (found is None) if problem is None else (problem in str(found))


def test_a_judgement_says_something() -> None:
    with pytest.raises(ValueError, match="no field"):
        Said(judge="anna", item="x", fields={})
    with pytest.raises(ValueError, match="nothing can be put"):
        Said(judge="anna", item="x", fields={"type": Verdict(verdict="right", should="AID")})
    with pytest.raises(ValueError, match="no type HELP"):
        Said(judge="anna", item="x", fields={"type": Verdict(verdict="wrong", should="HELP")})


def test_any_text_comes_back(store: Path, tmp_path: Path) -> None:
    audit = drawn(store, tmp_path / "a", size=1, stories=1)
    (item,), (story,) = audit.items, audit.stories
    audit.add(no_event(item, "Zoë \u2028 <script>"))
    audit.add(Reading(judge="ben", article_id=story, missed=[Missed(text="line\nend \u202e", type="AID")]))
    again = Audit(tmp_path / "a")
    assert again.judges == ["Zoë \u2028 <script>", "ben"]
    assert again.readings[0].missed[0].text == "line\nend \u202e"
    assert all(json.loads(line) for line in (tmp_path / "a").read_text(encoding="utf-8").split("\n") if line)
