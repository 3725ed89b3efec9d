"""Figures of made judgements, computed by hand."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from audited import judgement, made_store, no_event

from commands import Run
from dragoman import asking
from dragoman.audit import Audit, draw
from dragoman.audit.figures import Figure, figures
from dragoman.audit.lines import Missed, Reading
from dragoman.audit.report import html_report
from dragoman.audit.statistics import wilson


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made_store(tmp_path_factory.mktemp("audited") / "events.duckdb")


@pytest.fixture
def audit(store: Path, tmp_path: Path) -> Audit:
    """Sixteen CONSULTs of 30, ten ACCUSEs of 12, the four ASSAULTs; two articles."""
    with asking.opened(store) as there:
        draw(there, tmp_path / "audit.jsonl", size=30, by="type", seed=1, stories=2)
    return Audit(tmp_path / "audit.jsonl")


def of_type(audit: Audit, type: str) -> list[str]:
    return [id for id, item in audit.items.items() if item.event.type == type]


def row(audit: Audit, measure: str, field: str, group: str, name: str | None = None) -> Figure:
    (found,) = [f for f in figures(audit) if (f.measure, f.field, f.group) == (measure, field, group) and name in (None, f.name)]
    return found


def test_nothing_is_judged(audit: Audit) -> None:
    assert figures(audit) == []
    assert "Nothing is judged yet" in html_report(audit)


def test_precision_is_weighted_by_stratum(audit: Audit) -> None:
    """CONSULT: 8 of 10 right, ACCUSE: 5 of 10, ASSAULT: 1 of 2 judged: (30 * 0.8 + 12 * 0.5 + 4 * 0.5) / 46."""
    for n, id in enumerate(of_type(audit, "CONSULT")[:10]):
        audit.add(judgement(id) if n < 8 else no_event(id))
    for n, id in enumerate(of_type(audit, "ACCUSE")[:10]):
        audit.add(judgement(id) if n < 5 else judgement(id, type="ASSAULT"))
    for n, id in enumerate(of_type(audit, "ASSAULT")[:2]):
        audit.add(judgement(id) if n else judgement(id, recipient="none"))
    found = row(audit, "precision", "record", "all")
    assert (found.judged, found.unsure) == (22, 0)
    assert found.value == pytest.approx((30 * 0.8 + 12 * 0.5 + 4 * 0.5) / 46)
    size = 46**2 / (10 * 3.0**2 + 10 * 1.2**2 + 2 * 2.0**2)
    assert (found.low, found.high) == pytest.approx(wilson(found.value or 0, size))
    consult = row(audit, "precision", "type", "type", "CONSULT")
    assert (consult.judged, consult.value) == (10, pytest.approx(0.8))
    assert (consult.low, consult.high) == pytest.approx(wilson(0.8, 10))
    assert row(audit, "precision", "type", "type", "ASSAULT").value == 1, "only its recipient is wrong"
    date = row(audit, "precision", "date", "all")
    assert (date.judged, date.unsure, date.value) == (20, 0, 1), "of what is no event, no date is judged"


def test_what_is_unsure_is_told_and_not_counted(audit: Audit) -> None:
    one, two, three, *_ = of_type(audit, "CONSULT")
    for found in (judgement(one), judgement(two, actor="-"), judgement(three, actor="-", type="AID")):
        audit.add(found)
    record = row(audit, "precision", "record", "all")
    assert (record.judged, record.unsure, record.value) == (2, 1, 0.5), "a wrong type makes it wrong, whoever the actor is"


def test_the_majority_counts_and_a_tie_is_unsure(audit: Audit) -> None:
    one, two, *_ = of_type(audit, "CONSULT")
    for judge in ("anna", "ben", "carl"):
        audit.add(judgement(one, judge, **({"status": "claimed"} if judge == "carl" else {})))
    for judge in ("anna", "ben"):
        audit.add(judgement(two, judge, **({"status": "claimed"} if judge == "ben" else {})))
    status = row(audit, "precision", "status", "all")
    assert (status.judged, status.unsure, status.value) == (1, 1, 1)
    agreement = row(audit, "agreement", "status", "judges")
    assert agreement.judged == 2
    # units RRW and RW: of 5 values 3 right, 2 wrong; 2 + 2 unlike pairs of three weigh a half, 2 of two weigh 1
    assert agreement.value == pytest.approx(1 - 4 * (4 / 2 + 2) / (25 - 9 - 4))


def test_recall_is_of_articles_read_whole(audit: Audit) -> None:
    one, two = audit.stories.values()
    audit.add(Reading(judge="anna", article_id=one.article_id, right=one.events, missed=[Missed(text="a raid")]))
    audit.add(Reading(judge="anna", article_id=two.article_id, wrong=two.events, missed=[]))
    recall = row(audit, "recall", "record", "articles")
    assert (recall.judged, recall.value, recall.name) == (2, 0.5, "2")
    assert row(audit, "precision", "record", "articles").value == 0.5


def test_the_report_is_one_file_of_text(audit: Audit, run: Run, tmp_path: Path) -> None:
    audit.add(judgement(of_type(audit, "CONSULT")[0], "<script>alert(1)</script>"))
    out = tmp_path / "report.html"
    assert run("audit", "report", audit.path, "-o", out).status == 0
    page = out.read_text(encoding="utf-8")
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert "http" not in page
    assert "Precision by field" in page
    assert "CONSULT" in page


def test_the_report_as_a_table(audit: Audit, run: Run) -> None:
    audit.add(judgement(of_type(audit, "CONSULT")[0]))
    rows = list(csv.DictReader(io.StringIO(run("audit", "report", audit.path, "--format", "csv").out)))
    assert rows[0] | {"low": "", "high": ""} == {
        "measure": "precision",
        "field": "record",
        "group": "all",
        "name": "all",
        "judged": "1",
        "unsure": "0",
        "value": "1.0",
        "low": "",
        "high": "",
    }
