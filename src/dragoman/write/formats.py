"""Which formats there are, the one table of them. In: nothing. Out: formats by name: their writers, and what these write to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from dragoman.write.arrow import ArrowWriter
from dragoman.write.base import Writer
from dragoman.write.csv import CsvWriter, TsvWriter
from dragoman.write.datapackage import DataPackageWriter
from dragoman.write.gdelt import GdeltWriter
from dragoman.write.geojson import GeoJsonWriter
from dragoman.write.graphml import GraphMlWriter
from dragoman.write.icews import IcewsWriter
from dragoman.write.jsonl import JsonLinesWriter
from dragoman.write.jsonld import JsonLdWriter
from dragoman.write.parquet import ParquetWriter
from dragoman.write.plover import PloverWriter
from dragoman.write.polecat import PolecatWriter
from dragoman.write.quadruples import QuadruplesWriter, TkgWriter
from dragoman.write.table import TableWriter

FOR_PEOPLE, FOR_PROGRAMS = "table", "jsonl"
Target: TypeAlias = Literal["text", "binary", "folder"]


@dataclass(frozen=True, slots=True)
class Format:
    """Called with an open text or binary stream, or with a folder that is there, it makes a writer."""

    make: Callable[[Any], Writer]
    says: str
    target: Target = "text"

    def __call__(self, target: Any) -> Writer:
        return self.make(target)


FORMATS = {
    FOR_PEOPLE: Format(TableWriter, "for people, on a terminal"),
    FOR_PROGRAMS: Format(JsonLinesWriter, "all records, one JSON object a line"),
    "plover": Format(PloverWriter, "the JSON of PLOVER's manual"),
    "csv": Format(CsvWriter, "events with all their fields"),
    "tsv": Format(TsvWriter, "the same with tabs, one line a row"),
    "polecat": Format(PolecatWriter, "POLECAT's table"),
    "icews": Format(IcewsWriter, "ICEWS's table"),
    "gdelt": Format(GdeltWriter, "GDELT 2.0's table"),
    "quadruples": Format(QuadruplesWriter, "subject, relation, object, day"),
    "tkg": Format(TkgWriter, "a folder with quadruples as numbers and their ids", "folder"),
    "parquet": Format(ParquetWriter, "a folder with all records by year", "folder"),
    "arrow": Format(ArrowWriter, "events in Arrow's file format", "binary"),
    "geojson": Format(GeoJsonWriter, "events with their points, for maps"),
    "graphml": Format(GraphMlWriter, "actors and counts of events between them"),
    "jsonld": Format(JsonLdWriter, "linked data with provenance"),
    "datapackage": Format(DataPackageWriter, "a folder to publish: tables, codebook, schema", "folder"),
}


def formats() -> dict[str, Format]:
    """Every format by the name that ``--format`` takes."""
    return FORMATS
