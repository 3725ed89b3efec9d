"""Corrected counts: their cells are those of the panel, their formula is the published one, their intervals hold as often as they say."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from audited import judgement, made_store, no_event
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from simulated import ALLOCATIONS, PRECISE, coverage

from commands import Run
from dragoman import asking
from dragoman.audit import Audit, draw
from dragoman.audit.cells import cells_of, corrected, facts_of, needed_of
from dragoman.audit.correcting import Estimate, corrected_panel, estimate
from dragoman.errors import DragomanError
from dragoman.schema import Coding, Event
from dragoman.store import Store
from dragoman.store.panel import Panel
from handmade import article, event

NARROW = (("dyad", "month"), ("country", "year"), ("actor", "week"), ("recipient", "quad"), ("type", "quarter"), ("day",), ("dyad", "type"))
PANELS = [Panel(by) for by in NARROW] + [Panel(("dyad",), undirected=True)]
DATES = [None, "2024", "2024-11", "2024-11-06", "2024-02-29", "2024-12-30..2025-01-02", "2024-10..2024-12", "2020-12-31", "2024-13-45"]
CODES = st.lists(st.sampled_from(["FRA GOV", "DEU", "POL", "-"]), max_size=3)
TYPES = st.sampled_from(["CONSULT", "ACCUSE", "COOPERATE"])
EVENTS = st.builds(
    lambda start, type, actors, recipients, date: event("a", start, type, actors, recipients, date=date),
    st.just(0),
    TYPES,
    CODES,
    CODES,
    st.sampled_from(DATES),
)


@settings(max_examples=3, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(events=st.lists(EVENTS, min_size=40, max_size=80))
def test_cells_are_those_of_the_panel(tmp_path_factory: pytest.TempPathFactory, events: list[Event]) -> None:
    path = tmp_path_factory.mktemp("cells") / "events.duckdb"
    numbered = [one.model_copy(update={"id": f"a:{n}"}) for n, one in enumerate(events)]
    with Store(path) as store:
        store.add([(Coding(article=article("a"), events=numbered), None)])
        for panel in PANELS:
            counted = {
                tuple(row[name] for name in panel.columns): row["events"] for b in store.panel_batches(panel) for row in b.to_pylist()
            }
            ours: dict[tuple[object, ...], int] = {}
            for one in numbered:
                for cell in cells_of(facts_of(one), panel):
                    ours[cell] = ours.get(cell, 0) + 1
            assert ours == counted, panel.by


def test_a_correction_moves_an_event() -> None:
    one = event("a", 0, "ACCUSE", ["FRA GOV"], ["DEU"], date="2024-11-06")
    panel = Panel(("dyad", "type", "year"))

    def cells(**wrong: str | None) -> set[tuple[object, ...]]:
        facts = corrected(one, judgement("a", **wrong).fields, needed_of(panel))
        assert facts is not None
        return cells_of(facts, panel)

    assert cells() == {("FRA", "DEU", "ACCUSE", "2024")}
    assert cells(type="ASSAULT", date="2023-01") == {("FRA", "DEU", "ASSAULT", "2023")}
    assert cells(actor="the ministry (POL GOV); ITA", recipient="none") == {
        ("POL", None, "ACCUSE", "2024"),
        ("ITA", None, "ACCUSE", "2024"),
    }
    assert cells(recipient="the rebels", date="none") == {("FRA", None, "ACCUSE", None)}
    assert cells(actor=None, place="Paris") == {("?", "DEU", "ACCUSE", "2024")}, "wrong, but nobody says what it should be"
    assert corrected(one, no_event("a").fields, needed_of(panel)) is None
    with pytest.raises(LookupError):
        cells(date="-")


def test_the_estimate_is_that_of_prediction_powered_inference() -> None:
    """PPI++ (arXiv:2311.01453), mean, with the weight of the predictions that is best for a large population: cov(Y, f) / var(f)."""
    rng = np.random.default_rng(5)
    population, size = 4000, 150
    coded = rng.random(population) < 0.3
    true = np.where(coded, rng.random(population) < 0.8, rng.random(population) < 0.05)
    chosen = rng.choice(population, size, replace=False)
    f, y = coded[chosen].astype(float), true[chosen].astype(float)
    tuned = float(np.cov(y, f, bias=True)[0, 1] / np.var(f))
    published = population * (y.mean() + tuned * (coded.mean() - f.mean()))
    found = estimate(((1.0, bool(a), bool(b)) for a, b in zip(f, y, strict=True)), int(coded.sum()), population)
    assert found.corrected == pytest.approx(published, abs=0.01)


def test_a_group_of_which_nothing_was_judged_has_no_estimate() -> None:
    assert estimate([(1.0, False, False)], 3, 100) == Estimate(0, None, None, None, None, None, None)


def test_who_judges_all_has_the_true_count() -> None:
    sample = [(1.0, True, True)] * 6 + [(1.0, True, False)] * 2 + [(1.0, False, True)] * 3 + [(1.0, False, False)] * 9
    assert estimate(sample, 8, 20) == Estimate(8, 6, 6, 6, 9, 9, 9)


@pytest.mark.parametrize("precise", PRECISE)
@pytest.mark.parametrize("allocation", ALLOCATIONS)
def test_the_intervals_hold_as_often_as_they_say(precise: str, allocation: str) -> None:
    """Of a plain sample 95 in 100 intervals hold the true count, give or take what 1,500 draws leave to chance.

    Of stratified ones of 200 and of 80 at least that, more where those that weigh most are seldom wrong. The coder's own count lies
    outside of the interval of the right ones.
    """
    found = coverage(precise, ALLOCATIONS[allocation])
    highest = 0.98 if allocation == "plain" else 0.995
    assert 0.935 <= found.right <= highest
    assert 0.935 <= found.corrected <= highest
    assert found.naive < 0.1


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made_store(tmp_path_factory.mktemp("audited") / "events.duckdb")


@pytest.fixture
def audit(store: Path, tmp_path: Path) -> Audit:
    with asking.opened(store) as there:
        draw(there, tmp_path / "audit.jsonl", size=46, by="type")
    return Audit(tmp_path / "audit.jsonl")


def test_a_store_that_is_judged_whole(store: Path, audit: Audit) -> None:
    """All 46 judged: of the 4 ASSAULTs one is an ACCUSE and one no event, and of the 12 ACCUSEs two are CONSULTs."""
    ids = {kind: [id for id, item in audit.items.items() if item.event.type == kind] for kind in ("CONSULT", "ACCUSE", "ASSAULT")}
    wrong = {ids["ASSAULT"][0]: judgement(ids["ASSAULT"][0], type="ACCUSE"), ids["ASSAULT"][1]: no_event(ids["ASSAULT"][1])}
    wrong |= {id: judgement(id, type="CONSULT") for id in ids["ACCUSE"][:2]}
    for id in audit.items:
        audit.add(wrong.get(id, judgement(id)))
    with asking.opened(store) as there:
        rows = corrected_panel(there, audit, Panel(("type",)))
    assert {row["type"]: (row["events"], row["right"], row["corrected"], row["corrected_low"], row["corrected_high"]) for row in rows} == {
        "ACCUSE": (12, 10, 11, 11, 11),
        "ASSAULT": (4, 2, 2, 2, 2),
        "CONSULT": (30, 30, 32, 32, 32),
    }


def test_what_the_panel_needs_must_be_judged(store: Path, audit: Audit) -> None:
    for id in audit.items:
        audit.add(judgement(id, date="-"))
    with asking.opened(store) as there:
        assert len(corrected_panel(there, audit, Panel(("country",)))) == 3
        with pytest.raises(DragomanError, match="date"):
            corrected_panel(there, audit, Panel(("country", "year")))


def test_another_store_is_refused(audit: Audit, tmp_path: Path) -> None:
    with Store(tmp_path / "other.duckdb") as other:
        other.add([(Coding(article=article("a"), events=[event("a", 0, "ACCUSE", ["FRA"], ["DEU"])]), None)])
    audit.add(judgement(next(iter(audit.items))))
    with asking.opened(tmp_path / "other.duckdb") as there, pytest.raises(DragomanError, match="another state"):
        corrected_panel(there, audit, Panel(("country",)))


def test_the_command(store: Path, audit: Audit, run: Run) -> None:
    for id in audit.items:
        audit.add(judgement(id))
    lines = run("audit", "panel", store, audit.path, "--by", "country,year", "--format", "csv").out.splitlines()
    assert lines[0] == "country,year,events,judged,right,right_low,right_high,corrected,corrected_low,corrected_high"
    assert "FRA,2023,23,23,23.0,23.0,23.0,23.0,23.0,23.0" in lines
    assert run("audit", "panel", store, audit.path, "--by", "nothing").status == 101
