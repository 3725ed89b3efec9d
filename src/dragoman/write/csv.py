"""CSV and TSV for spreadsheets and statistics. In: codings. Out: one event a row, with what is known of its article.

The columns follow from the schema: ``date.value`` is ``date_value``, the countries of ``actor`` are ``actor_country``. A list is joined
with ``;``, a list inside a list with ``|``; there a backslash stands before a ``;``, ``|`` or backslash of the text itself. Unknown is
empty. Text that a spreadsheet would run begins with an apostrophe (``plain.as_given`` takes it off); in TSV a space stands for tab and
line end.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator
from typing import Any, TextIO

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from dragoman.columns import Fields, Many, Shape, fields_of, model_in
from dragoman.schema import ArticleRecord, Coding, Event
from dragoman.write.plain import flat, harmless, no_formula

ARTICLE = "article_"
ARTICLE_ID = "id"  # the event has it as article_id
SEPARATORS = (";", "|")  # of a list, of a list inside it
RESERVED = re.compile(r"[\\;|]")


class CsvWriter:
    """Writes the events of a coding, below a first row with the names of the columns."""

    delimiter = ","

    def __init__(self, stream: TextIO) -> None:
        self.stream = stream
        self.rows = csv.writer(stream, delimiter=self.delimiter, lineterminator="\n")
        self.rows.writerow(columns())

    def write(self, coding: Coding) -> None:
        article = article_cells(coding.article) if coding.events else []
        for event in coding.events:
            self.rows.writerow([no_formula(self.in_a_row(cell)) for cell in (*record_cells(event), *article)])

    def close(self) -> None:
        self.stream.flush()

    def in_a_row(self, cell: str) -> str:
        """What a cell may hold; line ends and commas stand between quotation marks."""
        return cell


class TsvWriter(CsvWriter):
    """The same with tabs, one line a row."""

    delimiter = "\t"

    def in_a_row(self, cell: str) -> str:
        return flat(cell)


def columns() -> dict[str, str]:
    """Every column in order, with where its value stands in the records (``event.actor[].country``) and what the schema says of it."""
    event = described(Event, "", "event")
    article = described(ArticleRecord, ARTICLE, "article")
    return {**dict(event), **{name: said for name, said in article if name != ARTICLE + ARTICLE_ID}}


def record_cells(record: BaseModel) -> list[str]:
    """What stands in the columns that ``described`` lists for the record's model."""
    values = record.model_dump(by_alias=True)
    return [cell for name, shape in fields_of(type(record)).items() for cell in cells(shape, values[name])]


def article_cells(article: ArticleRecord | None) -> list[str]:
    values = article.model_dump(by_alias=True) if article else {}
    return [cell for name, shape in article_fields() for cell in cells(shape, values.get(name))]


def article_fields() -> list[tuple[str, Shape]]:
    """The fields of an article; not its id, which the event has as ``article_id``."""
    return [(name, shape) for name, shape in fields_of(ArticleRecord).items() if name != ARTICLE_ID]


def described(model: type[BaseModel], prefix: str, path: str) -> Iterator[tuple[str, str]]:
    """The columns that a record takes, each with its path and description."""
    for name, shape in fields_of(model).items():
        field = field_of(model, name)
        inner, place = model_in(field.annotation), f"{path}.{name}{'[]' if isinstance(shape, Many) else ''}"
        if inner:
            yield from described(inner, f"{prefix}{name}_", place)
        else:
            yield prefix + name, f"{place}: {field.description}" if field.description else place


def field_of(model: type[BaseModel], name: str) -> FieldInfo:
    """The field that has this name in JSON."""
    return next(field for key, field in model.model_fields.items() if name in (key, field.alias))


def cells(shape: Shape, value: Any) -> Iterator[str]:
    """What stands in these columns."""
    if isinstance(shape, Fields):
        for field, part in shape.fields:
            yield from cells(part, value and value[field])
    elif isinstance(shape, Many) and isinstance(shape.item, Fields):
        for field, part in shape.item.fields:
            yield from cells(Many(part), [item and item[field] for item in value or []])
    else:
        yield harmless(joined(value, SEPARATORS))


def joined(value: Any, separators: tuple[str, ...]) -> str:
    """A value in one cell; the items of a list with the first separator between them."""
    if isinstance(value, (list, tuple)) and separators:
        return separators[0].join(item_text(item, separators[1:]) for item in value)
    if isinstance(value, (dict, list, tuple)):
        return json.dumps(value, ensure_ascii=False, default=str)
    return "" if value is None else str(value)


def item_text(item: Any, separators: tuple[str, ...]) -> str:
    text = joined(item, separators)
    return text if isinstance(item, (list, tuple)) and separators else RESERVED.sub(r"\\\g<0>", text)
