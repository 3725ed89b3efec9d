"""What can go wrong between drawing and reporting: files cut off, put together wrongly or not to be written, stores coded anew."""

from __future__ import annotations

from pathlib import Path

import pytest
from audited import judgement, made_store

from commands import Run
from dragoman import asking
from dragoman.audit import Audit, draw
from dragoman.audit.sampling import absent
from dragoman.errors import DataError, DragomanError
from dragoman.schema import Coding
from dragoman.store import Store
from handmade import article, event


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return made_store(tmp_path / "events.duckdb")


def drawn(store: Path, file: Path, seed: int = 0) -> Audit:
    with asking.opened(store) as there:
        draw(there, file, size=5, seed=seed)
    return Audit(file)


@pytest.mark.parametrize("kept", [1, 2, 3])
def test_a_line_cut_off_within_a_letter_counts_for_nothing(store: Path, tmp_path: Path, kept: int) -> None:
    file = tmp_path / "audit.jsonl"
    first = next(iter(drawn(store, file).items))
    whole = file.read_bytes()
    file.write_bytes(whole + b'{"line":"judgement","judge":"' + "🕊".encode()[:kept])
    cut = Audit(file)
    assert cut.judgements == []
    cut.add(judgement(first))
    assert set(Audit(file).judged_by("anna")) == {first}
    assert file.read_bytes().startswith(whole)


def test_a_sample_that_was_cut_off_while_it_was_drawn_is_none(store: Path, tmp_path: Path) -> None:
    file = tmp_path / "audit.jsonl"
    drawn(store, file)
    lines = file.read_bytes().splitlines(keepends=True)
    for cut in (lines[:3], [*lines[:3], lines[3][:50]]):
        file.write_bytes(b"".join(cut))
        with pytest.raises(DataError, match="2 of 5 drawn events are there"):
            Audit(file)


def test_two_samples_are_not_taken_for_one(store: Path, tmp_path: Path, run: Run) -> None:
    for name, seed in (("a", 1), ("b", 2)):
        drawn(store, tmp_path / name, seed)
    (tmp_path / "both").write_bytes((tmp_path / "a").read_bytes() + (tmp_path / "b").read_bytes())
    result = run("audit", "report", tmp_path / "both")
    assert result.status == 101
    assert "another sample begins here" in result.err
    assert "both:7" in result.err


def test_what_could_not_be_written_is_not_judged(store: Path, tmp_path: Path) -> None:
    file = tmp_path / "audit.jsonl"
    audit = drawn(store, file)
    first = next(iter(audit.items))
    file.rename(tmp_path / "away")
    with pytest.raises(DragomanError, match="cannot write"):
        audit.add(judgement(first))
    assert audit.judgements == []
    (tmp_path / "away").rename(file)
    audit.add(judgement(first))
    assert [one.item for one in audit.judgements] == [first]


def coded_anew(store: Path, out: Path, lost: str) -> Path:
    """The same store, but for one event, in whose place another one came."""
    with Store(store, readonly=True) as there, Store(out) as other:
        for coding, text in there.with_texts():
            assert coding.article
            kept = [one for one in coding.events if one.id != lost]
            other.add([(coding.model_copy(update={"events": kept}), text)])
        other.add([(Coding(article=article("new"), events=[event("new", 1, "CONSULT", ["FRA"])]), None)])
    return out


def test_counts_are_not_corrected_with_a_sample_of_another_store(store: Path, tmp_path: Path, run: Run) -> None:
    audit = drawn(store, tmp_path / "audit.jsonl")
    first = next(iter(audit.items))
    audit.add(judgement(first))
    assert run("audit", "panel", store, audit.path, "--by", "type").status == 0
    changed = coded_anew(store, tmp_path / "changed.duckdb", lost=first)
    with asking.opened(changed) as there:
        assert there.count("") == sum(one.events for one in audit.sample.strata.values()), "as many events as before"
        assert absent(there, audit) == 1
    result = run("audit", "panel", changed, audit.path, "--by", "type")
    assert result.status == 101
    assert "another state" in result.err


def test_a_sample_is_not_judged_beside_another_store(store: Path, tmp_path: Path, run: Run) -> None:
    audit = drawn(store, tmp_path / "audit.jsonl")
    with Store(tmp_path / "other.duckdb") as other:
        other.add([(Coding(article=article("x"), events=[event("x", 1, "CONSULT", ["FRA"])]), None)])
    result = run("serve", tmp_path / "other.duckdb", "--audit", audit.path, "--judge", "anna")
    assert result.status == 101
    assert "serve the store that it was drawn from, events.duckdb" in result.err


def test_a_name_that_no_judgement_can_have_is_refused_at_once(store: Path, tmp_path: Path, run: Run) -> None:
    audit = drawn(store, tmp_path / "audit.jsonl")
    result = run("serve", store, "--audit", audit.path, "--judge", "a" * 101)
    assert result.status == 101
    assert "at most 100" in result.err


def test_nothing_judged_is_said(store: Path, tmp_path: Path, run: Run) -> None:
    audit = drawn(store, tmp_path / "audit.jsonl")
    assert run("audit", "report", audit.path, "-o", tmp_path / "report.html").status == 0
    assert "Nothing is judged yet." in (tmp_path / "report.html").read_text(encoding="utf-8")
    assert run("audit", "report", audit.path, "--format", "html").out.startswith("<!doctype html>")
    assert run("audit", "report", audit.path, "--format", "csv").out.strip() == "measure,field,group,name,judged,unsure,value,low,high"
    assert "judge some first" in run("audit", "panel", store, audit.path).err
    exported = run("audit", "export", audit.path)
    assert (exported.status, exported.out) == (0, "")
    assert exported.err.startswith("0 sentences")


def test_what_judges_are_called_stays_text(store: Path, tmp_path: Path, run: Run) -> None:
    audit = drawn(store, tmp_path / "audit.jsonl")
    first = next(iter(audit.items))
    for name in ("<script>alert(1)</script>", "../a/b", "=1+1", "Zoë\n\u202e"):
        audit.add(judgement(first, name))
    page = run("audit", "report", audit.path, "--format", "html").out
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert "../a/b" in page
    assert "\u202e" not in page
    rows = run("audit", "report", audit.path, "--format", "csv").out
    assert not any(cell.startswith("=") for line in rows.splitlines() for cell in line.split(","))
