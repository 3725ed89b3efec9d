"""ICEWS's table: one source and target a row, tab-separated. In: codings. Out: the 20 columns of ``icews.tsv``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TextIO

from dragoman import codebook, knowledge
from dragoman.codebook.goldstein import goldstein
from dragoman.schema import ArticleRecord, Entity, Event
from dragoman.write import wording
from dragoman.write.columns import Cell, Cells, ColumnsWriter, listed, place_cells
from dragoman.write.dates import first_day
from dragoman.write.sides import has_happened, pairs_of, row_number


class IcewsWriter(ColumnsWriter):
    """Writes a row for each actor with each recipient of what has happened: ICEWS has no word for what is denied or still to come."""

    def __init__(self, stream: TextIO) -> None:
        super().__init__(stream, "icews", icews_rows)


def icews_rows(event: Event, article: ArticleRecord) -> Iterator[Cells]:
    if not has_happened(event):
        return
    told: dict[str, Cell] = {
        "day": first_day(event.date),
        "cameo_label": label_of(event.cameo),
        "cameo": event.cameo,
        "goldstein": goldstein(event.cameo) if event.cameo else None,
        "article": event.article_id,
        "publisher": article.publication or article.agency,
        **place_cells(event.place),
        "place_country": country_name(event.place.country) if event.place else None,
    }
    for number, (source, target) in enumerate(pairs_of(event)):
        yield {"number": row_number(event, number), **told, **side("source", source), **side("target", target)}


def side(name: str, entity: Entity | None) -> dict[str, Cell]:
    if entity is None:
        return dict.fromkeys((f"{name}_name", f"{name}_sectors", f"{name}_country"))
    sectors = codebook.load().sectors
    codes = [code for code in (entity.sector, *entity.other_sectors) if code]
    return {
        f"{name}_name": wording.who(entity),
        f"{name}_sectors": listed((sectors[code].name if code in sectors else code for code in codes), ","),
        f"{name}_country": country_name(entity.country),
    }


def label_of(cameo: str | None) -> str | None:
    """What a CAMEO code means, in our words."""
    entry = codebook.load().crosswalk.get(cameo or "")
    return entry.label if entry else None


def country_name(code: str | None) -> str | None:
    """The usual name of a country or of an actor that stands in its place; the code where there is none."""
    international = codebook.load().international
    if code in international:
        return international[code].name
    return (knowledge.load().country_name(code) or code) if code else None
