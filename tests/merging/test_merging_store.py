"""A store that is merged: the same in whatever order and portions articles came, kept, asked by report or event, and told about."""

from __future__ import annotations

import csv
import io
import json
import random
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pytest

from commands import Run
from dragoman import Coder
from dragoman.console import CANNOT_RUN
from dragoman.merging import merge
from dragoman.merging import run as run_of_merge
from dragoman.schema import Coding, Entity, MergedEvent, Published, Source, Span, sha256_of
from dragoman.store import Store, StoreError
from dragoman.store.merged import TABLES, append
from dragoman.store.transactions import transaction
from dragoman.write.merged import write_csv, write_table

WIRE = """UPDATE {version}-Gunmen kill soldiers in Mali

BAMAKO, March 3 (Reuters) - {lead}

The army said that the patrol was on its way back from a market when it came under fire from both sides of the road.

Nobody said at first who was behind it, and the governor of the region asked people to stay in their villages.

Mali has fought several armed groups in the north and the centre of the country for more than ten years.
"""
LEAD = "Gunmen killed seven Malian soldiers near Konna on Monday."
ARTICLES: list[dict[str, Any]] = [
    {"id": "wire-1", "publication": "Reuters", "published": "2020-03-03", "text": WIRE.format(version=1, lead=LEAD)},
    {
        "id": "wire-2",
        "publication": "Reuters",
        "published": "2020-03-03",
        "text": WIRE.format(version=2, lead=LEAD.replace("seven", "nine")),
    },
    {"id": "herald", "publication": "Herald", "published": "2020-03-04", "text": WIRE.format(version=1, lead=LEAD).split("\n\n", 1)[1]},
    {
        "id": "rival",
        "publication": "Courier",
        "published": "2020-03-04",
        "text": "DAKAR - Militants attacked Malian soldiers near Konna on Monday and killed eight of them, a Senegalese newspaper said.",
    },
    {"id": "other", "publication": "Post", "published": "2020-03-04", "text": "OSLO - Norway praised Sweden on Tuesday."},
    {
        "id": "later",
        "publication": "Post",
        "published": "2020-03-20",
        "text": "BAMAKO - Gunmen killed two Malian soldiers near Gao on Thursday.",
    },
    {
        "id": "twice",
        "publication": "Post",
        "published": "2020-03-20",
        "text": "BAMAKO - Gunmen killed a Malian soldier at Ansongo on Thursday.",
    },
]


@pytest.fixture(scope="module")
def coded() -> list[tuple[Coding, str]]:
    coder = Coder()
    return [(coder.code(article), article["text"]) for article in ARTICLES]


def made(path: Path, portions: Iterable[list[tuple[Coding, str]]]) -> Path:
    for portion in portions:
        with Store(path) as store:
            store.add(portion)
            merge(store)
    return path


@pytest.fixture
def store(tmp_path: Path, coded: list[tuple[Coding, str]]) -> Path:
    return made(tmp_path / "events.duckdb", [coded])


def contents(path: Path) -> list[Any]:
    """What users see of a merged store."""
    with Store(path, readonly=True) as opened:
        copies = opened.connection.execute("SELECT * FROM copies ORDER BY ALL").fetchall()
        return [copies, [event.model_dump() for event in opened.merged()]]


def konna_in(events: Iterable[MergedEvent]) -> MergedEvent:
    """The killing, not the fight of ten years that three copies tell at their end."""
    [konna] = [event for event in events if event.reports > 2 and event.event.date]
    return konna


def test_copies_versions_and_events(store: Path) -> None:
    with Store(store, readonly=True) as opened:
        copies = opened.connection.execute('SELECT article_id, story, role, "of" FROM copies ORDER BY article_id').fetchall()
        konna = konna_in(opened.merged("ASSAULT"))
    assert copies == [
        ("herald", "wire-1", "copy", "wire-1"),
        ("wire-1", "wire-1", "superseded", "wire-2"),
        ("wire-2", "wire-1", "stands", "wire-2"),
    ]
    assert (konna.reports, konna.stories, konna.publications) == (4, 2, ["Courier", "Herald", "Reuters"])
    assert konna.earliest.article_id in ("wire-1", "wire-2")
    assert {(d.value, *d.publications) for d in konna.disagreements if d.about == "killed"} == {("9", "Reuters"), ("8", "Courier")}


def test_the_order_in_which_articles_come_does_not_matter(tmp_path: Path, store: Path, coded: list[tuple[Coding, str]]) -> None:
    rng = random.Random(0)
    for attempt in range(6):
        mixed = rng.sample(coded, len(coded))
        cut = sorted(rng.sample(range(len(mixed) + 1), 2))
        path = made(tmp_path / f"{attempt}.duckdb", [mixed[: cut[0]], mixed[cut[0] : cut[1]], mixed[cut[1] :]])
        assert contents(path) == contents(store)


def test_the_order_does_not_change_a_byte(tmp_path: Path, store: Path, coded: list[tuple[Coding, str]], run: Run) -> None:
    backwards = made(tmp_path / "backwards.duckdb", [coded[4:], coded[:4][::-1]])
    for arguments in (("--format", "jsonl"), ("--format", "csv"), ("ASSAULT", "--format", "plover")):
        assert run("query", backwards, *arguments, "--unit", "event").out == run("query", store, *arguments, "--unit", "event").out


RECALLING = "PARIS - France sent aid on Wednesday, two days after gunmen killed seven Malian soldiers near Konna on Monday."


def test_an_article_that_recalls_an_event_is_noted_in_whatever_order_it_comes(tmp_path: Path, coded: list[tuple[Coding, str]]) -> None:
    recalling = coded[0][0].article
    assert recalling is not None
    article = recalling.model_copy(update={"id": "recalling", "published": Published(value="2020-03-04"), "sha256": sha256_of(RECALLING)})
    one = [(Coding(article=article), RECALLING)]
    found = []
    for name, portions in (("after", [coded, one]), ("before", [one, coded]), ("together", [[*coded, *one]])):
        with Store(made(tmp_path / f"{name}.duckdb", portions)) as opened:
            merge(opened)
            found.append(opened.connection.execute('SELECT article_id, start, "end", merged_id FROM retold').fetchall())
            killed = max(opened.merged("ASSAULT"), key=lambda told: told.reports)
    assert found == [[("recalling", RECALLING.index("killed"), RECALLING.index(" seven"), killed.id)]] * 3


def test_merging_again_changes_nothing(store: Path) -> None:
    before = contents(store)
    with Store(store) as opened:
        assert merge(opened).new == 0
    assert contents(store) == before


def test_an_article_that_was_taken_out_is_forgotten(store: Path) -> None:
    with Store(store) as opened:
        for table, column in (("articles", "id"), ("texts", "article_id"), ("events", "article_id")):
            opened.connection.execute(f"DELETE FROM {table} WHERE {column} = 'rival'")
        assert merge(opened).forgotten
        konna = konna_in(opened.merged("ASSAULT"))
    assert konna.publications == ["Herald", "Reuters"]


def test_an_interrupted_run_is_gone_on_with(tmp_path: Path, store: Path, coded: list[tuple[Coding, str]]) -> None:
    def interrupt(done: int, what: str) -> None:
        raise KeyboardInterrupt

    path = tmp_path / "interrupted.duckdb"
    with Store(path) as opened:
        opened.add(coded)
        with pytest.raises(KeyboardInterrupt):
            merge(opened, interrupt)
    with Store(path) as opened:
        merge(opened)
    assert contents(path) == contents(store)


def test_what_needs_more_memory_gets_that_of_the_store(
    tmp_path: Path, store: Path, coded: list[tuple[Coding, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    date_new, limits = run_of_merge.events.date_new, list[str]()

    def failing(connection: duckdb.DuckDBPyConnection) -> Iterator[int]:
        limits.append(connection.execute("SELECT current_setting('memory_limit')").fetchall()[0][0])
        if len(limits) <= len(run_of_merge.LIMITS):
            raise duckdb.OutOfMemoryException("failed to allocate")
        yield from date_new(connection)

    monkeypatch.setattr(run_of_merge.events, "date_new", failing)
    assert contents(made(tmp_path / "again.duckdb", [coded])) == contents(store)
    assert len(set(limits)) == len(limits) == len(run_of_merge.LIMITS) + 1


def test_what_is_appended_is_not_held_until_the_transaction_ends(store: Path) -> None:
    rows = [{"one": number, "other": number, "strength": 0.5} for number in range(10_000)]
    with Store(store) as opened, transaction(opened.connection):
        before = pa.total_allocated_bytes()
        for _ in range(5):
            append(opened.connection, "merge_links", rows)
        assert pa.total_allocated_bytes() - before < 10_000 * 16


def test_units_and_one_a_day(store: Path) -> None:
    with Store(store, readonly=True) as opened:
        assert opened.count("ASSAULT") >= 6  # four at Konna, and what else the coder finds in them
        assert opened.count("ASSAULT", unit="event") == 4
        assert len(list(opened.events("ASSAULT", unit="event"))) == 4
        assert opened.count("ASSAULT, 2020-03-19") == 2
        assert opened.count("ASSAULT, 2020-03-19", one_a_day=True) == 1
        by_day = opened.panel(["day"], "ASSAULT", unit="event", one_a_day=True)
    assert [one["day"] for one in by_day] == ["2020-03-02", "2020-03-19", None]  # the fight of ten years has no day
    assert {one["events"] for one in by_day} == {1}


def test_what_was_never_merged_says_so(tmp_path: Path, coded: list[tuple[Coding, str]]) -> None:
    with Store(tmp_path / "new.duckdb") as opened:
        opened.add(coded[:1])
        with pytest.raises(StoreError, match="dragoman merge"):
            opened.count(unit="event")
        with pytest.raises(StoreError, match="report or event"):
            opened.count(unit="story")


def test_the_tables_are_made_once(store: Path) -> None:
    with Store(store, readonly=True) as opened:
        found = {name for (name,) in opened.connection.execute("SELECT table_name FROM duckdb_tables()").fetchall()}
    assert set(TABLES) <= found


class TestCommand:
    def test_merge_and_query(self, store: Path, run: Run) -> None:
        told = run("merge", store)
        assert told.status == 0
        assert "0 new articles; 7 articles tell 5 stories" in told.err
        [konna] = [
            one for one in map(json.loads, run("query", store, "ASSAULT", "--unit", "event").out.splitlines()) if one["reports"] == 4
        ]
        assert konna["event"]["record"] == "event"

    def test_csv(self, store: Path, run: Run) -> None:
        rows = list(csv.DictReader(io.StringIO(run("query", store, "ASSAULT", "--unit", "event", "--format", "csv").out)))
        assert sorted(row["reports"] for row in rows) == ["1", "1", "3", "4"]
        [konna] = [row for row in rows if row["reports"] == "4"]
        assert konna["publications"] == "Courier; Herald; Reuters"
        assert "killed 8 (Courier); killed 9 (Reuters)" in konna["disagreements"]

    def test_table_and_another_format(self, store: Path, run: Run) -> None:
        assert "Courier" in run("query", store, "--unit", "event", "--format", "table").out
        assert len(run("query", store, "ASSAULT", "--unit", "event", "--format", "plover").out.splitlines()) >= 3

    def test_counts(self, store: Path, run: Run) -> None:
        assert run("query", store, "ASSAULT", "--unit", "event", "--count").out.strip() == "4"
        assert run("query", store, "ASSAULT, 2020-03-19", "--one-a-day", "--count").out.strip() == "1"
        assert run("panel", store, "ASSAULT", "--by", "type", "--unit", "event").out == "type,events\nASSAULT,4\n"

    def test_a_store_that_grew_since_is_told_about(self, store: Path, run: Run) -> None:
        text = "LIMA - Peru condemned Chile on Monday."
        with Store(store) as opened:
            opened.add([(Coder().code({"id": "new", "text": text}), text)])
        assert "1 articles came after the last merge" in run("query", store, "--unit", "event", "--count").err

    def test_without_a_store_none_is_made(self, tmp_path: Path, run: Run) -> None:
        assert run("merge", tmp_path / "none.duckdb").status == CANNOT_RUN
        assert not (tmp_path / "none.duckdb").exists()


def test_the_example_of_the_docs(store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    text = (Path(__file__).resolve().parents[2] / "docs" / "merging.md").read_text(encoding="utf-8")
    [example] = re.findall(r"^```python\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    monkeypatch.chdir(store.parent)
    names: dict[str, Any] = {}
    exec(example, names)
    assert "['Courier', 'Herald', 'Reuters']" in capsys.readouterr().out
    assert names["first_texts"] == [("herald",)]


def test_nothing_in_an_article_moves_the_page_or_runs_in_a_spreadsheet(
    coded: list[tuple[Coding, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    event = next(event for coding, _ in coded for event in coding.events)
    told = event.model_copy(update={"actor": [Entity(text="=1+1", start=0, end=4)], "trigger": Span(text="[/b]\x1b", start=0, end=5)})
    merged = MergedEvent(
        id="m", event=told, reports=1, stories=1, publications=["[red]Courier"], earliest=Source(article_id="a"), disagreements=[]
    )
    page, rows = io.StringIO(), io.StringIO()
    write_table([merged], page)
    write_csv([merged], rows)
    assert "[/b]" in page.getvalue()
    assert "[red]Courier" in page.getvalue()
    assert "\x1b" not in page.getvalue() + rows.getvalue()
    assert next(csv.DictReader(io.StringIO(rows.getvalue())))["actor"] == "'=1+1"
