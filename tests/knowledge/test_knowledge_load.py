"""The tables: what they answer, by day, and how a broken line is reported."""

from __future__ import annotations

import shutil
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

import pytest
import yaml

from dragoman import knowledge
from dragoman.errors import DataError
from dragoman.knowledge import Name, Organisation, load_from
from dragoman.knowledge.borders import borders
from dragoman.knowledge.facts import checked_date, is_in_force
from dragoman.knowledge.phrases import Phrases
from dragoman.knowledge.plurals import load_plurals

CASES = yaml.safe_load(Path(__file__).with_name("cases.yaml").read_text(encoding="utf-8"))


def text_of(day: Any) -> str | None:
    return None if day is None else str(day)


@pytest.mark.parametrize(("place", "country"), CASES["places"])
def test_country_of_a_place(place: str, country: str | None) -> None:
    assert knowledge.load().place_country(place) == country


@pytest.mark.parametrize(("text", "country"), CASES["houses"])
def test_what_stands_for_a_state(text: str, country: str) -> None:
    assert country in {n.country for n in knowledge.load().cased.get(text) if isinstance(n, Name)}


@pytest.mark.parametrize(("text", "country", "sector"), CASES["bodies"])
def test_organisations_and_armed_groups(text: str, country: str, sector: str | None) -> None:
    bodies = [b for b in knowledge.load().cased.get(text) if isinstance(b, Organisation)]
    assert country in {b.country for b in bodies}
    assert sector is None or sector in {b.sector for b in bodies}


@pytest.mark.parametrize(("name", "day", "held"), CASES["holders"])
def test_what_somebody_holds_on_a_day(name: str, day: Any, held: list[list[str]]) -> None:
    assert [[h.country, h.title] for h in knowledge.load().holders(name, text_of(day))] == held


@pytest.mark.parametrize(("office", "country", "day", "person"), CASES["offices"])
def test_who_holds_an_office(office: str, country: str, day: Any, person: str | None) -> None:
    holding = knowledge.load().holder_of(office, country, text_of(day))
    assert (holding.person if holding else None) == person


@pytest.mark.parametrize(("title", "country", "day", "person"), CASES["titles"])
def test_who_is_called_by_a_title(title: str, country: str, day: Any, person: str | None) -> None:
    holding = knowledge.load().holder_titled(title, country, text_of(day))
    assert (holding.person if holding else None) == person


@pytest.mark.parametrize(("singular", "plural"), CASES["plurals"])
def test_plural(singular: str, plural: str) -> None:
    assert load_plurals(files("dragoman.knowledge") / "data").of(singular) == plural


def test_former_codes_are_those_of_plover() -> None:
    countries = {h.country for p in knowledge.load().people.values() for h in p.holdings}
    assert "KOS" in countries
    assert not countries & {"XKX", "SUN", "YUG"}


def test_bounds_of_a_month_belong_to_the_period() -> None:
    assert is_in_force("2006-03", "2010-01", "2006-03-01")
    assert is_in_force("2006-03", "2010-01", "2010-01-31")
    assert not is_in_force("2006-03", "2010-01", "2010-02-01")
    assert not is_in_force("2006-03", "2010-01", "2006-02-28")


def test_an_exact_end_is_the_day_when_it_was_over() -> None:
    assert not is_in_force("2017-01-20", "2021-01-20", "2021-01-20")
    assert is_in_force("2017-01-20", "2021-01-20", "2021-01-20", last_day=True)


def test_longest_phrase_wins_however_the_words_are_cut() -> None:
    phrases: Phrases[str] = Phrases()
    phrases.add("Guinea", "GIN")
    phrases.add("Guinea-Bissau", "GNB")
    assert phrases.at(["Guinea", "-", "Bissau", "voted"], 0, 4) == (3, ["GNB"])
    assert phrases.at(["Guinea", "voted"], 0, 2) == (1, ["GIN"])
    assert phrases.at(["voted"], 0, 1) is None


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with as_file(files("dragoman.knowledge") / "data") as data:
        shutil.copytree(data, tmp_path / "data")
    return tmp_path / "data"


@pytest.mark.parametrize(
    ("file", "line", "message"),
    [
        ("names.tsv", "Atlantis\tATL\tisland\t\t\t", "unknown kind 'island'"),
        ("names.tsv", "Atlantis\tatl\tname\t\t\t", "no country code"),
        ("names.tsv", "Atlantis\tATL\tname\t\t", "5 columns, but 6 in the header"),
        ("organisations.tsv", "Guild\t\tATL\tSOC\t\t\t1990-13\t", "no date"),
        ("agents.tsv", "soldier\tMIL\tboth\t", "is there already"),
        ("agents.tsv", "sailmaker\tMIL\tfew\t", "unknown number"),
        ("titles.tsv", "grand vizier\thead_of_government\tGOV\tloud", "unknown flags"),
        ("holders-east.tsv", "A B\t\tAFG\thead_of_state\tGOV\tking\tlong ago\t\t\tauthored", "no date"),
    ],
)
def test_a_broken_line_is_named(folder: Path, file: str, line: str, message: str) -> None:
    path = folder / file
    text = path.read_text(encoding="utf-8").rstrip("\n")
    path.write_text(f"{text}\n{line}\n", encoding="utf-8")
    with pytest.raises(DataError, match=message) as error:
        _ = load_from(folder).by_office
    assert error.value.where == f"{file}:{text.count(chr(10)) + 2}"


def test_a_missing_table_is_named(folder: Path) -> None:
    (folder / "codes.tsv").unlink()
    with pytest.raises(DataError, match=r"codes\.tsv: cannot be read"):
        load_from(folder)


def test_a_date_has_months_and_days() -> None:
    assert checked_date("2020-02", "x:1") == "2020-02"
    with pytest.raises(DataError, match="x:1"):
        checked_date("2020-2", "x:1")


def test_a_border_is_one_of_both_sides() -> None:
    assert "IRQ" in borders()["KWT"]
    assert "KWT" in borders()["IRQ"]
    assert "ISL" not in borders()
