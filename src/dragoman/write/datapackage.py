"""A data package (Frictionless) that can be published as it is. In: codings. Out: a folder with tables, codebook, schema, descriptor.

``datapackage.json`` describes every column and gives size and hash of every file. Licence and title are the publisher's to say.
"""

from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, TextIO, TypeAlias

from pydantic import BaseModel

from dragoman import codebook
from dragoman.columns import SCALARS, Fields, Scalar, fields_of, json_schema
from dragoman.schema import Coding, Event, Statement
from dragoman.version import dragoman_version
from dragoman.write.csv import CsvWriter, columns, described, record_cells
from dragoman.write.plain import no_formula

Columns: TypeAlias = dict[str, str]
DESCRIPTOR, EVENTS, STATEMENTS, CODEBOOK, SCHEMA = "datapackage.json", "events.csv", "statements.csv", "codebook.csv", "schema.json"
SAYS = {
    EVENTS: "Who did what to whom, when, on whose word; one event a row.",
    STATEMENTS: "Who said what to whom; one statement a row.",
    CODEBOOK: "The event types, modes, auxiliary modes, contexts, quad classes and sectors, with their definitions.",
    SCHEMA: "JSON Schema of the records that the columns are made of.",
}
CODEBOOK_COLUMNS = {
    "kind": "type, mode, auxiliary mode, context, quad class, sector or international actor",
    "name": "as it stands in the tables",
    "of": "the type of a mode",
    "quad": "the quad class of a type, 1 to 4",
    "score": "-10 (conflict) to 10 (cooperation)",
    "definition": "what it covers",
}
NUMBER_TYPES = {"BIGINT": "integer", "DOUBLE": "number", "BOOLEAN": "boolean"}


class DataPackageWriter:
    """Writes rows as they come, and at the end what describes them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.files = [self._open(EVENTS), self._open(STATEMENTS)]
        self.events = CsvWriter(self.files[0])
        self.statements = csv.writer(self.files[1], lineterminator="\n")
        self.statements.writerow(statement_columns())

    def write(self, coding: Coding) -> None:
        self.events.write(coding)
        for statement in coding.statements:
            self.statements.writerow(map(no_formula, record_cells(statement)))

    def close(self) -> None:
        for file in self.files:
            file.close()
        with self._open(CODEBOOK) as file:
            rows = csv.writer(file, lineterminator="\n")
            rows.writerow(CODEBOOK_COLUMNS)
            rows.writerows(codebook_rows())
        with self._open(SCHEMA) as file:
            file.write(json.dumps(json_schema(), indent=2, ensure_ascii=False) + "\n")
        with self._open(DESCRIPTOR) as file:
            file.write(json.dumps(self._descriptor(), indent=2, ensure_ascii=False) + "\n")

    def _open(self, name: str) -> TextIO:
        return (self.folder / name).open("w", encoding="utf-8", newline="\n")

    def _descriptor(self) -> dict[str, Any]:
        return {
            "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
            "name": "dragoman-events",
            "title": "Political events coded by dragoman",
            "description": f"Made by dragoman {dragoman_version()}. Text that a spreadsheet would run begins with an apostrophe.",
            "resources": [
                self._table(EVENTS, columns(), number_types(Event)),
                self._table(STATEMENTS, statement_columns(), number_types(Statement)),
                self._table(CODEBOOK, CODEBOOK_COLUMNS, {"quad": "integer", "score": "number"}),
                {**self._file(SCHEMA), "format": "json", "mediatype": "application/schema+json"},
            ],
        }

    def _table(self, name: str, described: Columns, types: dict[str, str]) -> dict[str, Any]:
        fields = [{"name": column, "type": types.get(column, "string"), "description": said} for column, said in described.items()]
        return {
            **self._file(name),
            "type": "table",
            "format": "csv",
            "mediatype": "text/csv",
            "encoding": "utf-8",
            "schema": {"fields": fields, "missingValues": [""], **({"primaryKey": ["id"]} if "id" in described else {})},
        }

    def _file(self, name: str) -> dict[str, Any]:
        path = self.folder / name
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        return {
            "name": name.replace(".", "-"),
            "path": name,
            "description": SAYS[name],
            "bytes": path.stat().st_size,
            "hash": f"sha256:{digest}",
        }


def statement_columns() -> Columns:
    return dict(described(Statement, "", "statement"))


def number_types(model: type[BaseModel]) -> dict[str, str]:
    """The columns that hold numbers; lists of numbers are text."""
    return {name: NUMBER_TYPES[kind] for name, kind in scalars(fields_of(model).items()) if kind in NUMBER_TYPES}


def scalars(fields: Any, prefix: str = "") -> Iterator[tuple[str, str]]:
    """Column to DuckDB type of what is no list."""
    for name, shape in fields:
        if isinstance(shape, Scalar):
            yield prefix + name, SCALARS[shape.python][0]
        elif isinstance(shape, Fields):
            yield from scalars(shape.fields, f"{prefix}{name}_")


def codebook_rows() -> Iterator[Sequence[str | float | None]]:
    book = codebook.load()
    for event_type in book.types.values():
        yield "type", event_type.name, "", event_type.quad, event_type.score, event_type.definition
        for mode in event_type.modes.values():
            yield "mode", mode.name, event_type.name, "", event_type.mode_score(mode.name), mode.definition
    for auxiliary in book.auxiliary.values():
        yield "auxiliary mode", auxiliary.name, "", "", "", auxiliary.definition
    for context in book.contexts.values():
        yield "context", context.name, "", "", "", context.definition
    for quad in book.quads.values():
        yield "quad class", quad.name, "", quad.number, "", quad.definition
    for kind, actors in (("sector", book.sectors), ("international actor", book.international)):
        for actor in actors.values():
            yield kind, actor.code, "", "", "", actor.definition
