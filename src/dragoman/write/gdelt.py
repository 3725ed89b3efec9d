"""GDELT 2.0's table of events: one pair a row, tab-separated, no header. In: codings. Out: the 61 columns of ``gdelt.tsv``."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import NamedTuple, TextIO

from dragoman.codebook.goldstein import goldstein
from dragoman.schema import ArticleRecord, Entity, Event, Place, When
from dragoman.tables import rows
from dragoman.write.columns import Cell, Cells, ColumnsWriter, place_cells
from dragoman.write.dates import MONTH_LENGTH, YEAR_LENGTH, first_day, is_day, known_part
from dragoman.write.icews import country_name
from dragoman.write.plain import one_line
from dragoman.write.sides import has_happened, pairs_of, row_number

LAST_ROOT_OF_QUAD = {1: 5, 2: 8, 3: 13, 4: 20}  # GDELT reads the quad class off the root of the CAMEO code
ACTOR_VALUES = ("code", "name", "country", "group", "role_1", "role_2", "role_3")


class Roles(NamedTuple):
    """What CAMEO calls one of our sectors, or an actor in place of a country."""

    country: str
    group: str
    role: str


class GdeltWriter(ColumnsWriter):
    """Writes a row for each actor with each recipient of what has happened: GDELT has no word for what is denied or still to come."""

    def __init__(self, stream: TextIO) -> None:
        super().__init__(stream, "gdelt", gdelt_rows, header=False)


def gdelt_rows(event: Event, article: ArticleRecord) -> Iterator[Cells]:
    if not has_happened(event):
        return
    told: dict[str, Cell] = {
        **days(event.date),
        **acts(event.cameo),
        "mentions": max(1, len(event.evidence)),
        "one": 1,
        **place_cells(event.place),
        "geo_type": geo_type(event.place),
        "geo_name": geo_name(event.place),
        "added": added(article.published.value),
        "url": article.url,
    }
    for number, (actor, recipient) in enumerate(pairs_of(event)):
        yield {"number": row_number(event, number), **told, **side("actor1", actor), **side("actor2", recipient)}


def geo_type(place: Place | None) -> int | None:
    """GDELT's number for the kind of a place; a building counts as the town it stands in."""
    if place is None or place.kind is None:
        return None
    american = place.country == "USA"
    return {"country": 1, "region": 2 if american else 5, "city": 3 if american else 4, "facility": 3 if american else 4}.get(place.kind)


def geo_name(place: Place | None) -> str | None:
    """ "Kharkiv, Kharkivska oblast, Ukraine", as far as it is known; each name once."""
    if place is None:
        return None
    names = (place.name, place.region, country_name(place.country))
    return ", ".join(dict.fromkeys(name for name in names if name)) if place.name else None


def days(when: When | None) -> dict[str, Cell]:
    """The date as far as the text gives it; a fraction of the year as GDELT counts it, all months 30 days."""
    day, month, year = first_day(when), known_part(when, MONTH_LENGTH), known_part(when, YEAR_LENGTH)
    return {
        "day": day and day.replace("-", ""),
        "month": month and month.replace("-", ""),
        "year": year,
        "fraction": day and f"{int(day[:4]) + ((int(day[5:7]) - 1) * 30 + int(day[8:])) / 365:.4f}",
    }


def acts(cameo: str | None) -> dict[str, Cell]:
    """The CAMEO code, what stands above it, and what GDELT reads off it."""
    root = int(cameo[:2]) if cameo and cameo.isdecimal() else 0
    quad = next((quad for quad, last in LAST_ROOT_OF_QUAD.items() if 0 < root <= last), None)
    return {
        "cameo": cameo,
        "cameo_base": cameo and cameo[:3],
        "cameo_root": cameo and cameo[:2],
        "cameo_quad": quad,
        "goldstein": goldstein(cameo) if cameo else None,
    }


def side(name: str, entity: Entity | None) -> dict[str, Cell]:
    """The columns of one actor that have a counterpart."""
    if entity is None:
        return dict.fromkeys(f"{name}_{value}" for value in ACTOR_VALUES)
    own = roles().get(entity.country or "", Roles(entity.country or "", "", ""))
    sectors = [roles()[code].role for code in (entity.sector, *entity.other_sectors) if code in roles()]
    found = list(dict.fromkeys(filter(None, (own.role, *sectors))))[:3]
    called = entity.name or country_name(entity.country) or entity.text
    values = ("".join((own.country, own.group, *found)), one_line(called).upper(), own.country, own.group, *found)
    return {f"{name}_{value}": cell for value, cell in zip(ACTOR_VALUES, (*values, "", "", ""), strict=False)}


def added(published: str | None) -> str | None:
    """Midnight of the day of publication as YYYYMMDDHHMMSS."""
    return f"{published.replace('-', '')}000000" if published and is_day(published) else None


@cache
def roles() -> dict[str, Roles]:
    """CAMEO's codes for our sectors and for what stands in place of a country."""
    table = rows(files("dragoman.write"), "cameo_actors.tsv", ("code", "country", "group", "role", "note"))
    return {code: Roles(country, group, role) for _, (code, country, group, role, _note) in table}
