"""In: data/landmarks.tsv. Out: seas, rivers, parts of the world, borders and facilities, as places of the list."""

from __future__ import annotations

from importlib.resources import files
from typing import cast

from dragoman.errors import DataError
from dragoman.knowledge.gazetteer import KINDS, Listed
from dragoman.schema import PlaceKind
from dragoman.tables import Folder, rows

FILE = "landmarks.tsv"
COLUMNS = ("name", "aliases", "kind", "country", "lat", "lon", "km")


def load(folder: Folder | None = None) -> list[Listed]:
    """DataError, with file and line, for what is wrong in the table."""
    return [_listed(where, fields) for where, fields in rows(folder or files("dragoman.knowledge") / "data", FILE, COLUMNS)]


def _listed(where: str, fields: list[str]) -> Listed:
    name, aliases, kind, country, lat, lon, km = fields
    if kind not in KINDS:
        raise DataError(where, f"{name}: unknown kind {kind!r}")
    try:
        north, east, radius = float(lat), float(lon), float(km)
    except ValueError as error:
        raise DataError(where, f"{name}: {error}") from error
    if not (-90 <= north <= 90 and -180 <= east <= 180 and 0 < radius < 10_000):
        raise DataError(where, f"{name}: {lat}, {lon}, {km} km is nowhere on earth")
    return Listed(name, cast(PlaceKind, kind), country, north, east, radius=radius, others=[a for a in aliases.split(";") if a])
