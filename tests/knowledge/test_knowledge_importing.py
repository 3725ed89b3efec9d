"""Facts of a user's own: a table, a piece of a Wikidata dump; what is wrong in them costs a line; the coder then knows them."""

from __future__ import annotations

import bz2
import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from commands import Run, lines
from dragoman import Coder, knowledge
from dragoman.errors import DataError
from dragoman.knowledge.comparing import compare
from dragoman.knowledge.importing import import_table, is_dump
from dragoman.knowledge.wikidata import import_dump

HOLDERS = "person\tcountry\ttitle\tsince\tuntil\n"


def table(folder: Path, *rows: str, header: str = HOLDERS, name: str = "mine.tsv") -> Path:
    file = folder / name
    file.write_text(header + "".join(f"{row}\n" for row in rows), encoding="utf-8")
    return file


def test_office_and_sector_are_filled_in_from_the_title(tmp_path: Path) -> None:
    done = import_table(table(tmp_path, "Ola Nordmo\tNorway\tForeign Minister\t2027-01-01\t"), tmp_path / "facts")
    assert (done.kept, done.problems, done.file.name) == (1, [], "holders-mine.tsv")
    [holding] = knowledge.load(tmp_path / "facts").people["Ola Nordmo"].holdings
    assert holding[1:7] == ("NOR", "foreign_minister", "GOV", "Foreign Minister", "2027-01-01", "")
    assert holding.source == "mine"


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("Ola Nordmo\tAtlantis\tforeign minister\t2027-01-01\t", "neither a country code"),
        ("Ola Nordmo\tNOR\tforeign minister\tlast year\t", "is no date"),
        ("Ola Nordmo\tNOR\tforeign minister\t2027-01-01\t2026-01-01", "ends (2026-01-01) before it begins"),
        ("Nordmo\tNOR\tforeign minister\t2027-01-01\t", "a full name is needed"),
        ("\tNOR\tforeign minister\t2027-01-01\t", "person is empty"),
        ("Ola Nordmo\tNOR\t\t2027-01-01\t", "neither title nor office"),
    ],
)
def test_a_line_that_cannot_be_used_is_left_out_and_the_rest_is_kept(tmp_path: Path, row: str, message: str) -> None:
    done = import_table(table(tmp_path, row, "Kari Nordmo\tNOR\tmayor of Moss\t2027\t"), tmp_path / "facts")
    assert done.kept == 1
    [problem] = done.problems
    assert message in problem
    assert "mine.tsv:2" in problem


def test_a_table_that_is_none_of_ours_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="the header must have person, country"):
        import_table(table(tmp_path, "x\ty", header="who\twhat\n"), tmp_path / "facts")
    assert not (tmp_path / "facts").exists()


def test_organisations_and_names_are_added_to_those_of_the_folder(tmp_path: Path) -> None:
    header = "name\taliases\tcountry\tsector\n"
    for row in ("Skerry Front\tSF\tNOR\tREB", "Skerry Union\t\tNOR\tLAB", "Skerry Front\tSF\tNOR\tREB"):
        import_table(table(tmp_path, row, header=header), tmp_path / "facts")
    assert (tmp_path / "facts" / "organisations.tsv").read_text(encoding="utf-8").count("\n") == 3
    known = knowledge.load(tmp_path / "facts").cased.get("SF")
    assert [m.name for m in known] == ["Skerry Front"]


def test_the_coder_knows_what_was_imported(tmp_path: Path) -> None:
    facts = tmp_path / "facts"
    import_table(table(tmp_path, "Ola Nordmo\tNOR\tforeign minister\t2027-01-01\t"), facts)
    text = "Nordmo condemned Iran on Tuesday."
    [event] = Coder(knowledge=facts).code(text, published="2027-02-02").events
    assert (event.actor[0].name, event.actor[0].country, event.actor[0].office) == ("Ola Nordmo", "NOR", "foreign minister")
    assert all(e.actor == [] or e.actor[0].country is None for e in Coder().code(text, published="2027-02-02").events)


def test_the_commands_take_the_folder(tmp_path: Path, run: Run) -> None:
    source = table(tmp_path, "Ola Nordmo\tNOR\tforeign minister\t2027-01-01\t", "Bad\tNOR\tking\t2027\t")
    done = run("knowledge", "import", source, "--into", tmp_path / "facts")
    assert done.status == 1
    assert "1 lines in" in done.err
    assert "Ola Nordmo" in run("who", "Nordmo", "--on", "2027-03-01", "--knowledge", tmp_path / "facts").out
    overlap = run("knowledge", "check", "--knowledge", tmp_path / "facts")
    assert overlap.status == 0 or "overlap\tNOR foreign_minister" in overlap.out
    (tmp_path / "none").mkdir()
    assert "dragoman knowledge import and dragoman knowledge places make them" in run("who", "Nordmo", "--knowledge", tmp_path / "none").err


def entity(qid: str, label: str, **claims: Any) -> dict[str, Any]:
    return {"id": qid, "labels": {"en": {"value": label}}, "aliases": {"en": [{"value": f"{label} the Elder"}]}, "claims": claims}


def item(qid: str, **qualifiers: str) -> dict[str, Any]:
    dates = {p: [{"datavalue": {"value": {"time": f"+{d}T00:00:00Z", "precision": 11}}}] for p, d in qualifiers.items()}
    return {"mainsnak": {"datavalue": {"value": {"id": qid}}}, "qualifiers": dates, "rank": "normal"}


HUMAN = [item("Q5")]
NORWAY = entity("Q20", "Norway", P298=[{"mainsnak": {"datavalue": {"value": "NOR"}}, "rank": "normal"}])
OFFICE = entity("Q900", "Minister of Foreign Affairs of Norway", P1001=[item("Q20")])
GARDENER = entity("Q901", "royal gardener of Norway", P1001=[item("Q20")])
PEOPLE = [
    entity("Q1000", "Ola Nordmo", P31=HUMAN, P39=[item("Q900", P580="2027-01-01", P582="2028-05-05"), item("Q901", P580="2020-01-01")]),
    entity("Q1001", "Per Gammel", P31=HUMAN, P39=[item("Q900", P580="1890-01-01", P582="1895-01-01")]),
    entity("Q1002", "Ola Nordmo Prize", P31=[item("Q618779")], P39=[item("Q900", P580="2027-01-01")]),
]


def dump(file: Path) -> Path:
    text = "[\n" + ",\n".join(json.dumps(e) for e in [*PEOPLE, NORWAY, OFFICE, GARDENER]) + "\nnonsense\n]\n"
    opened = {".gz": gzip.open, ".bz2": bz2.open}.get(file.suffix, open)
    with opened(file, "wt", encoding="utf-8") as stream:
        stream.write(text)
    return file


@pytest.mark.parametrize("name", ["dump.json", "dump.json.gz", "dump.json.bz2"])
def test_a_wikidata_dump_gives_the_holders_of_known_offices(tmp_path: Path, name: str) -> None:
    assert is_dump(Path(name))
    done = import_dump(dump(tmp_path / name), tmp_path / "facts")
    assert done.kept == 1
    assert done.file.read_text(encoding="utf-8").splitlines()[1].split("\t") == [
        "Ola Nordmo",
        "Ola Nordmo the Elder",
        "NOR",
        "foreign_minister",
        "GOV",
        "minister of foreign affairs",
        "2027-01-01",
        "2028-05-05",
        "Q1000",
        "wikidata-dump",
    ]
    assert [p.split(":")[0] for p in done.problems] == [name, "Q901 (royal gardener of Norway)"]


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("page.json.gz", b"<html>", "cannot be unpacked"),
        ("cut.json.gz", gzip.compress(b"[\n" * 9000)[:40], "cannot be unpacked"),
        ("latin.tsv", "person\tcountry\ttitle\tsince\nJosé\tESP\tking\t2027\n".encode("latin-1"), "no UTF-8"),
        ("empty.tsv", b"", "a header line was expected"),
        ("comma.tsv", b"person,country,title,since\n", "with tabs between them"),
    ],
)
def test_a_file_that_is_none_of_these_is_refused_in_one_line(tmp_path: Path, run: Run, name: str, content: bytes, message: str) -> None:
    (tmp_path / name).write_bytes(content)
    ended = run("knowledge", "import", tmp_path / name, "--into", tmp_path / "facts")
    assert ended.status == 101
    assert message in ended.err
    assert not (tmp_path / "facts").exists()


def test_a_table_from_windows_is_read(tmp_path: Path) -> None:
    (tmp_path / "bom.tsv").write_bytes("\ufeffperson\tcountry\ttitle\tsince\r\nAna Norte\tESP\tqueen\t2027\r\n".encode())
    assert import_table(tmp_path / "bom.tsv", tmp_path / "facts").kept == 1
    assert knowledge.load(tmp_path / "facts").people["Ana Norte"].holdings[0].since == "2027"


def test_what_others_say_is_compared(tmp_path: Path) -> None:
    (tmp_path / "heads_2022_wikidata.csv").write_text(
        "country,officeholderLabel,start_year,end_year\nFrance,Emmanuel Macron,2017,\nGermany,Ola Nordmo,2021,\n", encoding="utf-8"
    )
    claims, found = compare(tmp_path, knowledge.load())
    assert len(claims) == 2
    [difference] = found
    assert difference.claim.name == "Ola Nordmo"
    assert "Olaf Scholz" in difference.ours
    lines(tmp_path / "other.txt", "nothing")
    with pytest.raises(DataError, match="none of the lists"):
        compare(tmp_path / "nowhere", knowledge.load())
