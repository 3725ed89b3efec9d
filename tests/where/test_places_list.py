"""The list of places: what it holds, how it is looked up, how a dump of GeoNames becomes one."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from commands import Run
from dragoman.errors import DataError
from dragoman.knowledge import gazetteer, geonames, landmarks
from dragoman.knowledge.gazetteer import Listed, distance, folded
from dragoman.knowledge.loading import load as load_knowledge

DUMP = [
    "1001\tZzyzxford\tZzyzxford\tZyzx,Ziziksford\t-0.5\t36.1\tP\tPPL\tKE\t\t31\t\t\t\t4200\t\t1800\tAfrica/Nairobi\t2024-01-01",
    "1002\tUpper Zzyzx\tUpper Zzyzx\t\t-0.6\t36.2\tP\tPPL\tKE\t\t31\t\t\t\t12\t\t1800\tAfrica/Nairobi\t2024-01-01",
    "1003\tZzyzx Dam\tZzyzx Dam\t\t-0.55\t36.15\tS\tDAM\tKE\t\t31\t\t\t\t0\t\t1800\tAfrica/Nairobi\t2024-01-01",
    "1004\tZzyzx Well\tZzyzx Well\t\t-0.55\t36.15\tH\tWLL\tKE\t\t31\t\t\t\t0\t\t1800\tAfrica/Nairobi\t2024-01-01",
    "184745\tNairobi\tNairobi\tNairobi City\t-1.28333\t36.81667\tP\tPPLC\tKE\t\t05\t\t\t\t5000000\t\t1684\tAfrica/Nairobi\t2024-01-01",
]
REGIONS = "KE.31\tZzyzx County\tZzyzx County\t2001\nKE.05\tNairobi Area\tNairobi Area\t2002\n"


def dump(folder: Path, lines: list[str]) -> Path:
    (folder / "KE.txt").write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    (folder / "admin1CodesASCII.txt").write_text(REGIONS, encoding="utf-8")
    return folder / "KE.txt"


@pytest.mark.parametrize(
    ("name", "country", "lat", "lon"),
    [
        ("Kyiv", "UKR", 50.45, 30.52),
        ("Kiev", "UKR", 50.45, 30.52),
        ("Nenagh", "IRL", 52.86, -8.2),
        ("SÃO PAULO", "BRA", -23.55, -46.64),
        ("Saint Petersburg", "RUS", 59.94, 30.31),
        ("Deir ez-Zor", "SYR", 35.34, 40.14),
        ("Qamishli", "SYR", 37.05, 41.23),
    ],
)
def test_towns_are_where_they_are(name: str, country: str, lat: float, lon: float) -> None:
    towns = [s for s in gazetteer.load().find(name) if s.kind == "city" and s.country == country]
    assert distance(towns[0].lat, towns[0].lon, lat, lon) < 15


def test_regions_and_states() -> None:
    listed = gazetteer.load()
    texas = listed.find("Texas")[0]
    assert (texas.kind, texas.level, texas.country) == ("region", 1, "USA")
    assert distance(texas.lat, texas.lon, 31.3, -99.3) < 161
    assert [s.kind for s in listed.find("Georgia")[:2]] == ["region", "country"]
    assert listed.find("the nowhere of all") == []
    for name in ("Cuyahoga County", "Kent", "Oaxaca"):
        assert any(s.kind == "region" for s in listed.find(name)), name


def test_a_name_is_folded() -> None:
    assert folded("St. Étienne-du-Mont") == "saint etienne du mont"
    assert folded("N’Djaména") == folded("NDjamena")


def test_every_landmark_is_in_the_list() -> None:
    listed = gazetteer.load()
    missing = [one.name for one in landmarks.load() if not any(s.kind == one.kind for s in listed.find(one.name))]
    assert missing == []


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("Nowhere\t\tplanet\t\t1\t1\t1", "unknown kind"),
        ("Nowhere\t\tarea\t\t91\t1\t1", "nowhere on earth"),
        ("Nowhere\t\tarea\t\tnorth\t1\t1", "could not convert"),
    ],
)
def test_a_broken_landmark_is_named(tmp_path: Path, line: str, message: str) -> None:
    (tmp_path / "landmarks.tsv").write_text("\t".join(landmarks.COLUMNS) + f"\n{line}\n", encoding="utf-8")
    with pytest.raises(DataError, match=r"landmarks\.tsv:2.*" + message):
        landmarks.load(tmp_path)


def test_the_same_places_give_the_same_bytes(tmp_path: Path) -> None:
    region = Listed("Shire", "region", "GBR", 52, -2, 10, 7, 1)
    places = [region, Listed("Hobbiton", "city", "GBR", 52.1, -2.1, 900, 8, region=region, others=["Hobbytown"])]
    for name in ("one", "two"):
        gazetteer.write(places, tmp_path / name)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()
    listed = gazetteer.read((tmp_path / "one").read_bytes(), "one")
    (spot,) = listed.find("hobbytown")
    assert (spot.name, spot.main, spot.region) == ("Hobbiton", False, 0)


def test_what_is_no_list_says_so(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"places\.npz"):
        gazetteer.read(b"no list", "places.npz")


def test_a_dump_comes_before_the_package(tmp_path: Path) -> None:
    done = geonames.import_dump(dump(tmp_path, DUMP), tmp_path / "mine")
    assert (done.kept, done.problems) == (6, [])
    listed = gazetteer.load(tmp_path / "mine")
    town = listed.find("Ziziksford")[0]
    assert (town.name, town.country, town.population) == ("Zzyzxford", "KEN", 4200)
    assert town.region is not None
    assert listed.spot(town.region).name == "Zzyzx County"
    assert listed.find("Zzyzx Dam")[0].kind == "facility"
    assert listed.find("Zzyzx Well") == []
    nairobi = [s for s in listed.find("Nairobi") if s.kind == "city"]
    assert [s.population for s in nairobi] == [5_000_000]
    kyiv = next(s for s in listed.find("Kyiv") if s.kind == "city")
    assert kyiv.region is not None
    assert listed.spot(kyiv.region).country == "UKR"


def test_the_command_reads_a_zip(tmp_path: Path, run: Run) -> None:
    text = dump(tmp_path, [*DUMP, DUMP[0].replace("-0.5\t", "north\t")])
    with zipfile.ZipFile(tmp_path / "KE.zip", "w") as archive:
        archive.write(text, "KE.txt")
    result = run("knowledge", "places", tmp_path / "KE.zip", "--into", tmp_path / "mine", "--least", 100)
    assert result.status == 1
    assert "KE.zip:6" in result.err
    assert gazetteer.load(tmp_path / "mine").find("Upper Zzyzx") == []
    assert load_knowledge(tmp_path / "mine").place_country("Nairobi") == "KEN"


@pytest.mark.parametrize("content", ["one\ttwo\n", "\n".join(DUMP[3:4]) + "\n"])
def test_what_is_no_dump_says_so(tmp_path: Path, content: str) -> None:
    (tmp_path / "KE.txt").write_text(content, encoding="utf-8")
    with pytest.raises(DataError, match=r"KE\.txt"):
        geonames.import_dump(tmp_path / "KE.txt", tmp_path / "mine")
