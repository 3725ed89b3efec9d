"""The tables of POLECAT, ICEWS and GDELT: their columns as published, and what stands in them, read off events made by hand."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from written import lines_of, rows_of, text_of

from dragoman.codebook.goldstein import goldstein
from dragoman.schema import Coding, Entity, Event, Place, PlaceKind, When
from dragoman.write import formats
from dragoman.write.columns import columns_of
from handmade import article, entity, event, summit

DOC = Path(__file__).resolve().parents[2] / "docs" / "formats.md"
POLECAT = """Event ID, Event Date, Event Type, Event Mode, Intensity, Quad Code, Contexts, Actor Name, Actor Country, Actor COW,
Primary Actor Sector, Actor Sectors, Actor Title, Actor Name Raw, Wikipedia Actor ID, Recipient Name, Recipient Country, Recipient COW,
Primary Recipient Sector, Recipient Sectors, Recipient Title, Recipient Name Raw, Wikipedia Recipient ID, Placename, City, District,
Province, Country, Latitude, Longitude, GeoNames ID, Raw Placename, Feature Type, Source, Publication Date, Story People,
Story Organizations, Story Locations, Language, Version"""
ICEWS = """Event ID, Event Date, Source Name, Source Sectors, Source Country, Event Text, CAMEO Code, Intensity, Target Name,
Target Sectors, Target Country, Story ID, Sentence Number, Publisher, City, District, Province, Country, Latitude, Longitude"""
LYON = Place(text="Lyon", start=5, end=9, name="Lyon", country="FRA", lat=45.75, lon=-4.85, geonameid=2996944)


def coding(*events: Event, **more: str) -> Coding:
    return Coding(article=article("a", published="2024-11-06", **more), events=list(events))


def gdelt(*events: Event, **more: str) -> list[dict[str, str]]:
    names = [column.name for column in columns_of("gdelt")]
    return [dict(zip(names, line, strict=True)) for line in lines_of(text_of("gdelt", coding(*events, **more)))]


@pytest.mark.parametrize(("format", "published"), [("polecat", POLECAT), ("icews", ICEWS)])
def test_the_header_is_the_published_one(format: str, published: str) -> None:
    (head,) = lines_of(text_of(format))
    assert head == re.split(r",\s+", published)


def test_gdelt_has_61_columns_and_no_header() -> None:
    assert text_of("gdelt") == ""
    names = [column.name for column in columns_of("gdelt")]
    assert len(names) == 61
    assert names[:6] == ["GLOBALEVENTID", "SQLDATE", "MonthYear", "Year", "FractionDate", "Actor1Code"]
    assert names[25:35] == [
        *("IsRootEvent", "EventCode", "EventBaseCode", "EventRootCode", "QuadClass", "GoldsteinScale"),
        *("NumMentions", "NumSources", "NumArticles", "AvgTone"),
    ]
    of_place = ["Type", "FullName", "CountryCode", "ADM1Code", "ADM2Code", "Lat", "Long", "FeatureID"]
    assert names[51:] == [*(f"ActionGeo_{name}" for name in of_place), "DATEADDED", "SOURCEURL"]


@pytest.mark.parametrize("table", ["polecat", "icews", "gdelt"])
def test_a_column_has_a_value_or_a_reason(table: str) -> None:
    assert [column.name for column in columns_of(table) if not column.value and not column.note] == []


def test_the_docs_list_what_is_always_empty() -> None:
    """And nothing else: each table's section of docs/formats.md against its columns."""
    sections = dict(re.findall(r"^## (\S+)[^\n]*\n(.*?)(?=^## |\Z)", DOC.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL))
    for table, heading in (("polecat", "POLECAT"), ("icews", "ICEWS"), ("gdelt", "GDELT")):
        listed = [row.split(" | ") for row in re.findall(r"^\| (.*) \|$", sections[heading], re.MULTILINE)][1:]
        told = {name: why for names, why in listed for name in names.split(", ")}
        assert told == {column.name: column.note for column in columns_of(table) if not column.value}


def test_the_docs_list_the_formats() -> None:
    rows = re.findall(r"^\| ([a-z, ]+) \| (text|binary|folder) \|", DOC.read_text(encoding="utf-8"), re.MULTILINE)
    assert {name: target for names, target in rows for name in names.split(", ")} == {n: made.target for n, made in formats().items()}


def test_polecat() -> None:
    first, second = rows_of(text_of("polecat", summit()))
    assert {k: v for k, v in first.items() if v and k != "Version"} == {
        "Event ID": "s:30",
        "Event Date": "2024-11-06",
        "Event Type": "SUPPORT",
        "Intensity": "5.0",
        "Quad Code": "VERBAL COOPERATION",
        "Actor Name": "Shigeru Ishiba",
        "Actor Country": "JPN",
        "Primary Actor Sector": "GOV",
        "Actor Sectors": "GOV",
        "Actor Title": "prime minister",
        "Actor Name Raw": "Ishiba",
        "Recipient Name": "Donald Trump",
        "Recipient Country": "USA",
        "Primary Recipient Sector": "ELI",
        "Recipient Sectors": "ELI PTY",
        "Recipient Name Raw": "Trump",
        "Source": "Example News",
        "Publication Date": "2024-11-06",
    }
    assert first["Version"].startswith("dragoman ")
    assert (second["Event Date"], second["Event Mode"], second["Actor Country"], second["Actor Name"]) == (
        *("", "heavy-weapons;destroy"),
        *("RUS;PRK", ""),
    )


def test_polecat_tells_what_did_not_happen_among_the_modes() -> None:
    strike = event("a", 1, "PROTEST", ["FRA LAB"], mode=["strike"], aux=["negation"], place=LYON)
    (row,) = rows_of(text_of("polecat", coding(strike)))
    assert row["Event Mode"] == "strike;negation"
    assert [row[name] for name in ("Placename", "Country", "Latitude", "Longitude", "GeoNames ID", "Raw Placename")] == [
        *("Lyon", "FRA", "45.75", "-4.85", "2996944", "Lyon")
    ]


def test_lists_stay_beside_each_other() -> None:
    actors = [entity("FRA GOV", "a;b", name="A; B"), entity("DEU", "c"), entity("-", "d", name="D")]
    odd = event("a", 1, "ACCUSE", []).model_copy(update={"actor": actors})
    (row,) = rows_of(text_of("polecat", coding(odd)))
    assert (row["Actor Name"], row["Actor Country"], row["Actor Name Raw"]) == ("A, B;;D", "FRA;DEU;", "a,b;c;d")


@pytest.mark.parametrize(
    ("date", "day", "month", "year", "fraction"),
    [
        ("2024-11-06", "2024-11-06", "202411", "2024", "2024.8384"),  # 10 months of 30 days and 6
        ("2024-01-02..2024-01-05", "2024-01-02", "202401", "2024", "2024.0055"),
        ("2024-11", "", "202411", "2024", ""),
        ("2024", "", "", "2024", ""),
        ("", "", "", "", ""),
    ],
)
def test_no_day_is_made_up(date: str, day: str, month: str, year: str, fraction: str) -> None:
    dated = event("a", 1, "ACCUSE", ["FRA"], ["IRN"], date=date, cameo="111")
    for table in ("polecat", "icews"):
        (row,) = rows_of(text_of(table, coding(dated)))
        assert row["Event Date"] == day
    (row,) = gdelt(dated)
    assert [row[name] for name in ("SQLDATE", "MonthYear", "Year", "FractionDate")] == [day.replace("-", ""), month, year, fraction]


def test_icews_has_a_row_for_each_pair() -> None:
    accused = event("a", 1, "ACCUSE", ["FRA GOV", "DEU"], ["IRN", "UNO"], date="2024-11-05", cameo="111")
    rows = rows_of(text_of("icews", coding(accused, publication="The Daily")))
    assert [(row["Source Country"], row["Target Country"]) for row in rows] == [
        *(("France", "Iran"), ("France", "United Nations")),
        *(("Germany", "Iran"), ("Germany", "United Nations")),
    ]
    assert len({row["Event ID"] for row in rows}) == 4
    assert all(int(row["Event ID"]) < 2**53 for row in rows)
    first = rows[0]
    assert [first[name] for name in ("Source Name", "Source Sectors", "CAMEO Code", "Event Text", "Intensity")] == [
        *("FRA GOV", "government", "111", "criticise or denounce", "-2.0")
    ]
    assert [first[name] for name in ("Story ID", "Publisher", "Sentence Number")] == ["a", "The Daily", ""]


def test_who_meets_meets_each_other_and_who_accuses_together_does_not() -> None:
    met = event("a", 1, "CONSULT", ["JPN", "USA"])
    rows = rows_of(text_of("icews", coding(met)))
    assert [(row["Source Country"], row["Target Country"]) for row in rows] == [("Japan", "United States"), ("United States", "Japan")]
    accused = event("a", 1, "ACCUSE", ["FRA", "DEU"])
    rows = rows_of(text_of("icews", coding(accused)))
    assert [(row["Source Country"], row["Target Country"]) for row in rows] == [("France", ""), ("Germany", "")]


@pytest.mark.parametrize("aux", ["negation", "hypothetical", "future"])
def test_what_has_not_happened_is_left_out(aux: str) -> None:
    unreal = event("a", 1, "ASSAULT", ["RUS"], ["UKR"], aux=[aux], date="2024-11-05")
    real = event("a", 2, "ASSAULT", ["RUS"], ["UKR"], aux=["historical"], status="denied", date="2024-11-05")
    assert len(rows_of(text_of("icews", coding(unreal, real)))) == 1
    assert len(gdelt(unreal, real)) == 1
    assert len(lines_of(text_of("quadruples", coding(unreal, real)))) == 1
    assert len(rows_of(text_of("polecat", coding(unreal, real)))) == 2


def test_gdelt() -> None:
    lee = Entity(text="he", start=0, end=2, name="Ann Lee", country="ZWE", sector="GOV", other_sectors=["JRN", "PTY"])
    resigned = event("a", 1, "CONCEDE", [], ["UNO CVL"], date="2024-11-05", cameo="0831", place=LYON, quad=1)
    resigned = resigned.model_copy(update={"actor": [lee]})
    (row,) = gdelt(resigned, url="https://example.org/1")
    assert row.pop("GLOBALEVENTID").isdecimal()
    assert {name: cell for name, cell in row.items() if cell} == {
        "SQLDATE": "20241105",
        "MonthYear": "202411",
        "Year": "2024",
        "FractionDate": "2024.8356",
        "Actor1Code": "ZWEGOVMED",
        "Actor1Name": "ANN LEE",
        "Actor1CountryCode": "ZWE",
        "Actor1Type1Code": "GOV",
        "Actor1Type2Code": "MED",
        "Actor2Code": "UNOIGOCVL",
        "Actor2Name": "UNITED NATIONS",
        "Actor2KnownGroupCode": "UNO",
        "Actor2Type1Code": "IGO",
        "Actor2Type2Code": "CVL",
        "EventCode": "0831",
        "EventBaseCode": "083",
        "EventRootCode": "08",
        "QuadClass": "2",
        "GoldsteinScale": "5.0",
        "NumMentions": "1",
        "NumSources": "1",
        "NumArticles": "1",
        "ActionGeo_FullName": "Lyon, France",
        "ActionGeo_Lat": "45.75",
        "ActionGeo_Long": "-4.85",
        "DATEADDED": "20241106000000",
        "SOURCEURL": "https://example.org/1",
    }


def test_a_type_of_ones_own_has_no_cameo_code() -> None:
    own = event("a", 1, "EXPROPRIATION", ["FRA"], ["IRN"], quad=4)
    (row,) = gdelt(own)
    assert [row[name] for name in ("EventCode", "EventRootCode", "QuadClass", "GoldsteinScale")] == ["", "", "", ""]
    assert [r["CAMEO Code"] for r in rows_of(text_of("icews", coding(own)))] == [""]


@pytest.mark.parametrize(("code", "value"), [("044", 2.5), ("1831", -10.0), ("1952", -10.0), ("176", -7.0), ("", None), ("x", None)])
def test_goldstein(code: str, value: float | None) -> None:
    assert goldstein(code) == value


def test_the_same_rows_have_the_same_numbers() -> None:
    assert text_of("gdelt", summit()) == text_of("gdelt", summit())


def test_a_week_is_no_day() -> None:
    odd = event("a", 1, "ACCUSE", ["FRA"]).model_copy(update={"date": When(text="x", start=0, end=1, value="2024-W45-1")})
    (row,) = rows_of(text_of("polecat", coding(odd)))
    assert row["Event Date"] == ""


KHARKIV = Place(
    text="Kharkiv",
    start=0,
    end=7,
    name="Kharkiv",
    country="UKR",
    lat=49.98,
    lon=36.25,
    geonameid=706483,
    kind="city",
    region="Kharkivska oblast",
    uncertainty=12.3,
)
KINDS = [
    ("country", "UKR", "1"),
    ("region", "USA", "2"),
    ("city", "USA", "3"),
    ("facility", "UKR", "4"),
    ("region", "UKR", "5"),
    ("water", None, ""),
]


def test_a_town_and_its_region_have_their_columns() -> None:
    strike = event("a", 1, "ASSAULT", ["RUS MIL"], ["UKR"], date="2024-11-05", cameo="190", place=KHARKIV, quad=4)
    (polecat,) = rows_of(text_of("polecat", coding(strike)))
    assert [polecat[name] for name in ("Placename", "City", "Province", "Country", "Feature Type", "GeoNames ID")] == [
        *("Kharkiv", "Kharkiv", "Kharkivska oblast", "UKR", "city", "706483")
    ]
    (icews,) = rows_of(text_of("icews", coding(strike)))
    assert [icews[name] for name in ("City", "Province", "Country", "Latitude")] == ["Kharkiv", "Kharkivska oblast", "Ukraine", "49.98"]


@pytest.mark.parametrize(("kind", "country", "number"), KINDS)
def test_gdelt_numbers_the_kinds_of_places(kind: PlaceKind, country: str | None, number: str) -> None:
    place = KHARKIV.model_copy(update={"kind": kind, "country": country})
    strike = event("a", 1, "ASSAULT", ["RUS MIL"], ["UKR"], date="2024-11-05", cameo="190", place=place, quad=4)
    line = text_of("gdelt", coding(strike)).rstrip("\n").split("\t")
    assert line[51] == number
    assert line[52].startswith("Kharkiv, Kharkivska oblast")
