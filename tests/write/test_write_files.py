"""Parquet, Arrow, GeoJSON, JSON-LD and the data package: read back by others' readers, nothing lost."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.dataset as ds
import pytest
from hypothesis import HealthCheck, given, settings
from written import bytes_of, folder_of, rows_of, text_of

from dragoman.columns import table_of
from dragoman.rows import record_of, without_surrogates
from dragoman.schema import RECORDS, ArticleRecord, Coding, Event, Place, Record
from dragoman.write.parquet import UNKNOWN_YEAR, ParquetWriter
from dragoman.write.plain import as_given
from handmade import article, codings, event, summit

BY_YEAR = ds.partitioning(pa.schema([("year", pa.int32())]), flavor="hive")  # told, since it cannot be inferred where no year is known


def read_parquet(folder: Path) -> list[Record]:
    """All records of a folder that ``parquet`` wrote."""
    found: list[Any] = []
    for model in RECORDS:
        if (folder / table_of(model)).is_dir():
            rows = ds.dataset(folder / table_of(model), partitioning=BY_YEAR).to_table().to_pylist()
            found += [record_of(model, {k: v for k, v in row.items() if k != "year"}) for row in rows]
    return found


def key(record: Record) -> str:
    return record.model_dump_json()


def storable(record: Record) -> Record:
    """The record as any database can hold it: no half characters."""
    return type(record).model_validate(without_surrogates(record.model_dump(by_alias=True)))


def test_parquet_reads_back_what_was_written(tmp_path: Path) -> None:
    assert sorted(map(key, read_parquet(folder_of("parquet", tmp_path, summit())))) == sorted(map(key, summit().records()))


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(coding=codings("a"))
def test_parquet_and_arrow_read_back_anything(coding: Coding) -> None:
    with TemporaryDirectory() as folder:
        found = read_parquet(folder_of("parquet", Path(folder), coding))
    assert sorted(map(key, found)) == sorted(key(storable(record)) for record in coding.records())
    rows = pa.ipc.open_file(bytes_of("arrow", coding)).read_all().to_pylist()
    articles = [record_of(ArticleRecord, row.pop("article")) for row in rows]
    assert [record_of(Event, row) for row in rows] == [storable(e) for e in coding.events]
    assert articles == [storable(coding.article)] * len(rows) if coding.article else not articles


def test_parquet_is_partitioned_by_the_year_of_the_event(tmp_path: Path) -> None:
    events = [event("a", n, "AID", ["FRA"], ["IRN"], date=date) for n, date in enumerate(("2023-12-31", "2024", "2024-05", "", "../x"))]
    folder_of("parquet", tmp_path, Coding(article=article("a", published="2025-01-01"), events=events))
    assert {path.name for path in (tmp_path / "events").iterdir()} == {"year=2023", "year=2024", f"year={UNKNOWN_YEAR}"}
    assert [path.name for path in (tmp_path / "articles").iterdir()] == ["year=2025"]
    sql = f"SELECT year, count(*) FROM read_parquet('{tmp_path}/events/*/*.parquet', hive_partitioning=true) GROUP BY year ORDER BY year"
    assert duckdb.sql(sql).fetchall() == [(2023, 1), (2024, 2), (None, 2)]


def test_parquet_holds_few_rows_in_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dragoman.write.parquet.ROWS_HELD", 10)
    writer = ParquetWriter(tmp_path)
    for number in range(30):
        writer.write(Coding(article=article(f"a{number}"), events=[event(f"a{number}", 1, "AID", ["FRA"], date="2024")]))
        assert writer.held < 10
    writer.close()
    assert len(read_parquet(tmp_path)) == 60


def test_arrow_is_read_by_others() -> None:
    polars = pytest.importorskip("polars")
    frame = polars.read_ipc(io.BytesIO(bytes_of("arrow", summit(), summit())), use_pyarrow=False)
    assert frame["type"].to_list() == ["SUPPORT", "ASSAULT"] * 2


def test_no_events_are_a_file_too() -> None:
    assert pa.ipc.open_file(bytes_of("arrow")).read_all().num_rows == 0
    assert json.loads(text_of("geojson")) == {"type": "FeatureCollection", "features": []}
    assert json.loads(text_of("jsonld"))["@graph"]


def test_geojson_places_only_what_has_a_place() -> None:
    lyon = Place(text="Lyon", start=5, end=9, name="Lyon", country="FRA", lat=45.75, lon=4.85)
    nowhere = lyon.model_copy(update={"lat": 95.0})
    events = [event("a", n, "PROTEST", ["FRA LAB"], place=place) for n, place in enumerate((lyon, None, nowhere))]
    found = json.loads(text_of("geojson", Coding(article=article("a"), events=events)))["features"]
    assert [feature["geometry"] for feature in found] == [{"type": "Point", "coordinates": [4.85, 45.75]}, None, None]
    assert found[0]["properties"]["place"] == "Lyon"
    assert (found[0]["properties"]["kind"], found[1]["properties"]["uncertainty_km"]) == (None, None)
    assert found[1]["id"] == "a:1"
    assert found[1]["properties"]["actors"] == ["FRA LAB (FRA LAB)"]


def test_json_ld_says_where_it_comes_from() -> None:
    nodes = {node["@id"]: node for node in json.loads(text_of("jsonld", summit()))["@graph"]}
    support, assault = nodes["#event-s%3A30"], nodes["#event-s%3A200"]
    assert support["derived_from"] == "#article-s"
    assert nodes[support["generated_by"]]["prov:wasAssociatedWith"] == {"@id": "#dragoman"}
    assert assault["stated_in"] == "#statement-s%3A80"
    assert assault["prov:wasAttributedTo"]["exact"] == "Kyiv"
    [quoted] = support["evidence"]
    assert quoted["source"] == "#article-s"
    assert (quoted["selector"]["exact"], quoted["selector"]["refined_by"]["start"]) == ("Ishiba congratulated Trump; others waited.", 8)


def test_json_ld_is_rdf() -> None:
    rdflib = pytest.importorskip("rdflib")
    graph = rdflib.Graph().parse(data=text_of("jsonld", summit()), format="json-ld", publicID="https://example.org/set")
    prov = rdflib.Namespace("http://www.w3.org/ns/prov#")
    derived = {str(o) for o in graph.objects(rdflib.URIRef("https://example.org/set#event-s%3A30"), prov.wasDerivedFrom)}
    assert derived == {"https://example.org/set#article-s"}


def test_a_data_package_describes_its_files(tmp_path: Path) -> None:
    folder = folder_of("datapackage", tmp_path, summit())
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    assert {path.name for path in folder.iterdir()} == {r["path"] for r in package["resources"]} | {"datapackage.json"}
    for resource in package["resources"]:
        data = (folder / resource["path"]).read_bytes()
        assert resource["bytes"] == len(data)
        assert resource["hash"] == f"sha256:{hashlib.sha256(data).hexdigest()}"
        if resource["format"] == "csv":
            head = next(csv.reader(io.StringIO(data.decode("utf-8"))))
            assert head == [field["name"] for field in resource["schema"]["fields"]]
            assert all(field["description"] for field in resource["schema"]["fields"])


def test_the_numbers_of_a_data_package_are_numbers(tmp_path: Path) -> None:
    folder = folder_of("datapackage", tmp_path, summit())
    cast = {"integer": int, "number": float, "string": str}
    for resource in json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))["resources"][:3]:
        with (folder / resource["path"]).open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                for field in resource["schema"]["fields"]:
                    cell = row[field["name"]]
                    assert cell == "" or cast[field["type"]](cell) is not None
    types = {f["name"]: f["type"] for f in json.loads((folder / "datapackage.json").read_text())["resources"][0]["schema"]["fields"]}
    assert (types["score"], types["trigger_start"], types["actor_start"], types["id"]) == ("number", "integer", "string", "string")


def test_statements_are_in_the_package(tmp_path: Path) -> None:
    with (folder_of("datapackage", tmp_path, summit()) / "statements.csv").open(encoding="utf-8", newline="") as file:
        (row,) = csv.DictReader(file)
    assert (row["speaker_name"], row["kind"], row["content_text"]) == ("Yoshimasa Hayashi", "direct", "We will keep “the alliance”\nstrong")


def test_tsv_says_the_same_as_csv_on_one_line() -> None:
    rows = list(csv.DictReader(io.StringIO(text_of("csv", summit()), newline="")))
    for row, other in zip(rows, rows_of(text_of("tsv", summit())), strict=True):
        assert {name: as_given(cell).replace("\n", " ").replace("\t", " ") for name, cell in row.items()} == {
            name: as_given(cell) for name, cell in other.items()
        }
