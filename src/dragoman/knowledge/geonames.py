"""In: a dump of GeoNames (allCountries, cities500 or one country; text or zip). Out: a list of places in a folder of the user's own.

The columns are those of GeoNames' readme: 19, tab-separated, without a header. Names of first-level regions that the dump itself lacks
are taken from admin1CodesASCII.txt, where that lies beside it.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple, cast
from zipfile import BadZipFile, ZipFile

from dragoman.errors import DataError
from dragoman.knowledge import gazetteer
from dragoman.knowledge.gazetteer import KINDS, Listed
from dragoman.knowledge.importing import Imported
from dragoman.schema import PlaceKind
from dragoman.tables import rows

COLUMNS = 19
REGIONS = "admin1CodesASCII.txt"
REGION_KM = 100.0
MOST_PROBLEMS = 1000


class Feature(NamedTuple):
    """What a feature code means; ``km`` is None where the size follows from the people."""

    kind: PlaceKind
    level: int
    km: float | None


def import_dump(source: Path, into: Path, least: int = 0) -> Imported:
    """Write the list. ``least`` leaves out towns of fewer people. DataError for what is no dump."""
    wanted, codes = _features(), _codes()
    places: list[Listed] = []
    regions: dict[str, Listed] = {}
    waiting: list[tuple[Listed, str]] = []
    problems: list[str] = []
    with _lines(source) as read:
        for number, line in enumerate(read, 1):
            fields = line.rstrip("\n").split("\t")
            if len(fields) != COLUMNS:
                raise DataError(f"{source.name}:{number}", f"has {len(fields)} columns, where a dump of GeoNames has {COLUMNS}")
            feature = wanted.get(f"{fields[6]}.{fields[7]}")
            if feature is None:
                continue
            try:
                place = _listed(fields, feature, codes)
            except ValueError as error:
                problems.append(f"{source.name}:{number}: {error}")
                continue
            if place.kind == "city" and place.population < least:
                continue
            places.append(place)
            region = f"{fields[8]}.{fields[10]}"
            if place.kind == "region" and place.level == 1:
                regions[region] = place
            else:
                waiting.append((place, region))
    if not places:
        raise DataError(source.name, "has no line that is a place; allCountries.zip, cities500.zip or a file like them was expected")
    _add_regions(source.parent / REGIONS, regions, waiting, places, codes)
    for place, region in waiting:
        place.region = regions.get(region)
    into.mkdir(parents=True, exist_ok=True)
    gazetteer.write(places, into / gazetteer.FILE)
    return Imported(into / gazetteer.FILE, len(places), problems[:MOST_PROBLEMS])


def _listed(fields: list[str], feature: Feature, codes: dict[str, str]) -> Listed:
    """ValueError where a number is none."""
    ident, name, ascii_name, others = fields[:4]
    lat, lon, population = float(fields[4]), float(fields[5]), int(fields[14] or 0)
    if not (-90 <= lat <= 90 and -180 <= lon <= 180):
        raise ValueError(f"{lat}, {lon} is nowhere on earth")
    names = [ascii_name, *(other for other in others.split(",") if other and gazetteer.is_latin(other))]
    country = codes.get(fields[8], "")
    return Listed(name, feature.kind, country, lat, lon, population, int(ident), feature.level, radius=feature.km or 0.0, others=names)


def _add_regions(
    file: Path, regions: dict[str, Listed], waiting: list[tuple[Listed, str]], places: list[Listed], codes: dict[str, str]
) -> None:
    """Regions that only the table of their names has, in the middle of their towns."""
    if not file.is_file():
        return
    inside: dict[str, list[Listed]] = {}
    for place, region in waiting:
        if region not in regions:
            inside.setdefault(region, []).append(place)
    for line in file.read_text(encoding="utf-8").splitlines():
        code, name, ascii_name, ident = line.split("\t")
        if members := inside.get(code):
            lat, lon = (sum(getattr(m, axis) for m in members) / len(members) for axis in ("lat", "lon"))
            people = sum(m.population for m in members)
            country = codes.get(code.partition(".")[0], "")
            regions[code] = Listed(name, "region", country, lat, lon, people, int(ident), 1, radius=REGION_KM, others=[ascii_name])
            places.append(regions[code])


@contextmanager
def _lines(source: Path) -> Iterator[Iterator[str]]:
    """The lines of a text, or of the one in a zip that is called after it. DataError where there is none."""
    if source.suffix.lower() != ".zip":
        with source.open(encoding="utf-8", newline="\n") as file:
            yield iter(file)
        return
    try:
        with ZipFile(source) as archive, archive.open(f"{source.stem}.txt") as packed:
            yield iter(io.TextIOWrapper(packed, encoding="utf-8", newline="\n"))
    except (BadZipFile, KeyError) as error:
        raise DataError(source.name, f"no {source.stem}.txt in it: {error}") from error


def _features() -> dict[str, Feature]:
    found: dict[str, Feature] = {}
    for where, (feature, kind, level, km) in rows(files("dragoman.knowledge") / "data", "features.tsv", ("feature", "kind", "level", "km")):
        if kind not in KINDS:
            raise DataError(where, f"{feature}: unknown kind {kind!r}")
        found[feature] = Feature(cast(PlaceKind, kind), int(level), float(km) if km else None)
    return found


def _codes() -> dict[str, str]:
    return {iso: country for _, (iso, country) in rows(files("dragoman.knowledge") / "data", "iso.tsv", ("iso", "country"))}
