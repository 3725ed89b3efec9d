"""An audit from the first command to the last, as a scholar does it: drawn by strata, judged by two at the keyboard, reported, exported."""

from __future__ import annotations

import csv
import io
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from room import served

from commands import Run
from dragoman import asking
from dragoman.audit import Audit, draw
from dragoman.schema import Coding, Entity, Span
from dragoman.serve.auditing import Desk
from dragoman.store import Store
from handmade import article, event

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

STEPS = 120_000  # ms until a step has failed, also on a machine that does much else
SIZE, SECOND = 50, 12  # drawn; judged by the second judge as well
KINDS = {"CONSULT": ("met", 60), "ACCUSE": ("condemned", 30), "AID": ("helped", 12), "ASSAULT": ("shelled", 3)}
BEN = "Ben <b>O'Neil</b>/2"
MINIMA = """
{examples: 1, without_event: 0, pairs: 0, mode: 0, type: 0, auxiliary: 0, context: 0, distinct_triggers: 0, alike: 1.0,
near_duplicates: 1.0, gold_alike: 1.0, gold_stems: 1.0}
"""


def made_store(path: Path) -> Path:
    """Four types, some of them rare, an event an article, with the words of both sides in the sentence."""
    with Store(path) as store:
        for kind, (verb, count) in KINDS.items():
            for n in range(count):
                text = f"France {verb} Germany in town {n}."

                def at(words: str, text: str = text) -> Span:
                    return Span(text=words, start=text.index(words), end=text.index(words) + len(words))

                id = f"{verb}/{n}"
                found = event(id, 7, kind, [], date="2024-05-06", confidence=0.6 + n % 4 / 10, trigger=at(verb), evidence=[at(text)])
                sides = {"actor": ("France", "FRA"), "recipient": ("Germany", "DEU")}
                found = found.model_copy(update={side: [Entity(**at(w).model_dump(), country=c)] for side, (w, c) in sides.items()})
                store.add([(Coding(article=article(id, text, "2024-05-06"), events=[found]), text)])
    return path


def judged_by_keyboard(browser: Browser, store: Path, file: Path, judge: str, count: int) -> None:
    """Every fifth event is wrong: no event, or another type; the others are right."""
    with served(store, Desk(file, judge)) as address:
        context = browser.new_context(base_url=address, reduced_motion="reduce")
        context.set_default_timeout(STEPS)
        page = context.new_page()
        complaints: list[str] = []
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto("/audit")
        for done in range(count):
            waited_for(page, done)
            if done % 10 == 4:
                page.keyboard.press("n")
            elif done % 5 == 4:
                page.keyboard.press("w")
                page.keyboard.type("REJECT")
                page.keyboard.press("Escape")
                page.keyboard.press("a")
            else:
                page.keyboard.press("a")
        page.wait_for_selector(f".progress:has-text('{count} of {SIZE} events')")
        assert judge in (page.locator(".progress").text_content() or "")
        context.close()
    assert complaints == []


def waited_for(page: Page, done: int) -> None:
    page.wait_for_selector(f".progress:has-text('{done} of {SIZE} events')")
    page.wait_for_selector(".audit:not([aria-busy]) input[name=type]:focus")


@pytest.fixture(scope="module")
def folder(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An audit with all its judgements, the second judge's in a copy of the file, put behind the first."""
    folder = tmp_path_factory.mktemp("whole")
    store = made_store(folder / "events.duckdb")
    with asking.opened(store) as there:
        draw(there, folder / "anna.jsonl", size=SIZE, by="type", seed=7)
    (folder / "ben.jsonl").write_bytes((folder / "anna.jsonl").read_bytes())
    judged_by_keyboard(browser, store, folder / "anna.jsonl", "anna", SIZE)
    judged_by_keyboard(browser, store, folder / "ben.jsonl", BEN, SECOND)
    (folder / "both.jsonl").write_bytes((folder / "anna.jsonl").read_bytes() + (folder / "ben.jsonl").read_bytes())
    return folder


def test_rare_types_are_in_the_sample_and_all_is_judged(folder: Path) -> None:
    both = Audit(folder / "both.jsonl")
    drawn = Counter(item.event.type for item in both.items.values())
    assert sum(drawn.values()) == SIZE
    assert drawn["ASSAULT"] == 3
    assert drawn["CONSULT"] > drawn["ACCUSE"] > drawn["AID"] > 3
    assert both.judges == [BEN, "anna"]
    assert [len(both.judged_by(judge)) for judge in (BEN, "anna")] == [SECOND, SIZE]


def test_the_figures_are_those_of_the_judgements(folder: Path, run: Run) -> None:
    result = run("audit", "report", folder / "both.jsonl", "--format", "csv")
    rows = {(row["measure"], row["field"], row["group"], row["name"]): row for row in csv.DictReader(io.StringIO(result.out))}
    record = rows["precision", "record", "all", "all"]
    assert record["judged"] == str(SIZE)
    audit = Audit(folder / "anna.jsonl")
    strata = audit.sample.strata
    wrong = {item for item, said in audit.judged_by("anna").items() if said.fields["type"].verdict == "wrong"}
    assert len(wrong) == SIZE // 5
    weight = {item: strata[one.stratum].events / strata[one.stratum].drawn for item, one in audit.items.items()}
    expected = 1 - sum(weight[item] for item in wrong) / sum(weight.values())
    assert float(record["value"]) == pytest.approx(expected)
    assert float(record["low"]) < expected < float(record["high"])
    assert float(rows["agreement", "type", "judges", f"{BEN}, anna"]["value"]) == 1.0
    assert rows["precision", "actor", "all", "all"]["value"] == "1.0"
    page = run("audit", "report", folder / "both.jsonl", "--format", "html").out
    assert "Ben &lt;b&gt;O&#x27;Neil&lt;/b&gt;/2" in page
    assert f"{expected:.3f}" in page


def test_counts_are_corrected_by_them(folder: Path, run: Run) -> None:
    result = run("audit", "panel", folder / "events.duckdb", folder / "both.jsonl", "--by", "type", "--format", "csv")
    rows = {row["type"]: row for row in csv.DictReader(io.StringIO(result.out))}
    for kind, (_, count) in KINDS.items():
        row = rows[kind]
        assert int(row["events"]) == count
        assert float(row["right_low"]) <= float(row["right"]) <= float(row["right_high"]) <= count
    assert rows["ASSAULT"]["judged"] == "3"
    assert sum(float(row["right"]) for row in rows.values()) < sum(count for _, count in KINDS.values())


def test_what_was_judged_is_a_corpus(folder: Path, run: Run) -> None:
    for part in ("train", "test"):
        (folder / "corpus" / part).mkdir(parents=True)
    (folder / "corpus" / "minima.yaml").write_text(MINIMA, encoding="utf-8")
    exported = run("audit", "export", folder / "both.jsonl", "-o", folder / "corpus" / "train" / "judged.txt")
    lines = [
        line for line in (folder / "corpus" / "train" / "judged.txt").read_text(encoding="utf-8").splitlines() if not line.startswith("#")
    ]
    assert exported.err.startswith(f"{len(lines)} sentences")
    assert len(lines) == SIZE
    assert sum("|REJECT]" in line for line in lines) == SIZE // 10
    assert sum("|NONE]" in line for line in lines) == SIZE // 10
    (folder / "corpus" / "test" / "one.txt").write_text("[France|a] [met|CONSULT] [Germany|r].\n", encoding="utf-8")
    checked = run("model", "check", folder / "corpus")
    assert checked.status == 0, checked.out + checked.err
