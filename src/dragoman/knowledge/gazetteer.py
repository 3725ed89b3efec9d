"""In: the compiled list of the world's places. Out: what a name may mean on the map, the most populous first.

A name is looked up without regard to case, accents, hyphens and apostrophes; the list is read when it is first asked for.
"""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from hashlib import blake2b
from importlib.resources import files
from math import asin, cos, radians, sin, sqrt
from pathlib import Path
from typing import Any, Final, get_args
from zipfile import BadZipFile

import numpy as np

from dragoman.errors import DataError
from dragoman.schema import PlaceKind

FILE = "places.npz"
KINDS: Final = tuple(get_args(PlaceKind))
NOWHERE = 0xFFFFFFFF
LATIN_ENDS = 0x250
ARRAYS = ("key", "of", "main", "lat", "lon", "population", "geonameid", "kind", "level", "country", "region", "radius", "names", "ends")
EARTH = 6371.0
PEOPLE_A_KM2 = 3000.0
LEAST_KM = 2.0
UNMARKED = str.maketrans(
    dict.fromkeys("'’‘`ʻ.")
    | {
        "-": " ",
        "–": " ",
        "ß": "ss",
        "ø": "o",
        "Ø": "o",
        "ł": "l",
        "Ł": "l",
        "đ": "d",
        "Đ": "d",
        "ı": "i",
        "æ": "ae",
        "œ": "oe",
        "ð": "d",
        "þ": "th",
    }
)
LONG_FORMS = {"st": "saint", "ste": "sainte", "mt": "mount", "ft": "fort"}


@dataclass(frozen=True, slots=True)
class Spot:
    """One place. ``level`` of a region is 1 or 2; ``main`` says whether the name asked for is its usual one."""

    row: int
    name: str
    kind: PlaceKind
    level: int
    country: str | None
    region: int | None
    lat: float
    lon: float
    population: int
    geonameid: int | None
    radius: float
    main: bool = True

    def distance(self, other: Spot) -> float:
        return distance(self.lat, self.lon, other.lat, other.lon)


def distance(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """Kilometres between two points."""
    a, b = radians(lat), radians(other_lat)
    half = sin((b - a) / 2) ** 2 + cos(a) * cos(b) * sin(radians(other_lon - lon) / 2) ** 2
    return 2 * EARTH * asin(sqrt(min(1.0, half)))


def folded(name: str) -> str:
    """A name as it is looked up: "St. Étienne" and "Saint-Etienne" are the same."""
    plain = name.translate(UNMARKED).lower()
    if not plain.isascii():
        plain = "".join(c for c in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(c))
    return " ".join(LONG_FORMS.get(word, word) for word in plain.split())


def key_of(name: str) -> int:
    """The number under which a folded name stands in the list."""
    return int.from_bytes(blake2b(name.encode(), digest_size=8).digest(), "little")


def is_latin(name: str) -> bool:
    return all(ord(c) < LATIN_ENDS or 0x1E00 <= ord(c) < 0x1F00 or c in "’‘ʻʼ–" for c in name)


def radius_of_city(population: int) -> float:
    """Kilometres from the centre to the edge of a town of so many."""
    return round(max(LEAST_KM, sqrt(population / PEOPLE_A_KM2 / 3.14159)), 1)


class Gazetteer:
    """The places of a compiled list; of one of the user's own, and then those of the package's that it does not hold."""

    def __init__(self, arrays: dict[str, Any], countries: Sequence[str], base: Gazetteer | None = None) -> None:
        self._arrays = arrays
        self._countries = countries
        self._names: bytes = arrays["names"].tobytes()
        self._own = len(arrays["lat"])
        self._base = base
        self._replaced: Any = None if base is None else np.isin(base._arrays["geonameid"], arrays["geonameid"][arrays["geonameid"] > 0])

    def __len__(self) -> int:
        return self._own + (0 if self._base is None else len(self._base))

    def rows(self, names: Sequence[str]) -> list[list[tuple[int, bool]]]:
        """For each folded name the places it may mean, the most populous first, and whether it is their usual name; asked for together, as
        that costs least."""
        if not names:
            return []
        keys = np.fromiter((key_of(name) for name in names), dtype=np.uint64, count=len(names))
        found = self._of_keys(keys)
        if self._base is not None:
            for own, others in zip(found, self._base._of_keys(keys), strict=True):
                kept = [(row + self._own, main) for row, main in others if not self._replaced[row]]
                if kept:
                    own[:] = sorted([*own, *kept], key=lambda one: -self.population(one[0]))
        return found

    def _of_keys(self, keys: Any) -> list[list[tuple[int, bool]]]:
        known = self._arrays["key"]
        first, last = np.searchsorted(known, keys, "left"), np.searchsorted(known, keys, "right")
        of, main = self._arrays["of"], self._arrays["main"]
        return [[(int(of[i]), bool(main[i])) for i in range(a, b)] for a, b in zip(first.tolist(), last.tolist(), strict=True)]

    def find(self, name: str) -> list[Spot]:
        """All that a name may mean, the most populous first."""
        return [self.spot(row, main) for row, main in self.rows([folded(name)])[0]]

    def population(self, row: int) -> int:
        if row >= self._own and self._base is not None:
            return self._base.population(row - self._own)
        return int(self._arrays["population"][row])

    def kind(self, row: int) -> PlaceKind:
        if row >= self._own and self._base is not None:
            return self._base.kind(row - self._own)
        kind: PlaceKind = KINDS[self._arrays["kind"][row]]
        return kind

    def spot(self, row: int, main: bool = True) -> Spot:
        if row >= self._own and self._base is not None:
            spot = self._base.spot(row - self._own, main)
            return replace(spot, row=row, region=None if spot.region is None else spot.region + self._own)
        arrays = self._arrays
        start = int(arrays["ends"][row - 1]) if row else 0
        kind, population = self.kind(row), self.population(row)
        region, country = int(arrays["region"][row]), self._countries[arrays["country"][row]]
        return Spot(
            row,
            self._names[start : int(arrays["ends"][row])].decode(),
            kind,
            int(arrays["level"][row]),
            country or None,
            region if region != NOWHERE else None,
            round(float(arrays["lat"][row]), 5),
            round(float(arrays["lon"][row]), 5),
            population,
            int(arrays["geonameid"][row]) or None,
            radius_of_city(population) if kind == "city" else float(arrays["radius"][row]),
            main,
        )


@dataclass(slots=True, eq=False)
class Listed:
    """A place on its way into a list. ``region`` is the first-level region that it lies in."""

    name: str
    kind: PlaceKind
    country: str
    lat: float
    lon: float
    population: int = 0
    geonameid: int = 0
    level: int = 0
    region: Listed | None = None
    radius: float = 0.0
    others: Iterable[str] = ()


def compiled(places: Sequence[Listed]) -> dict[str, Any]:
    """The arrays of a list; the same places give the same bytes."""
    position = {id(place): row for row, place in enumerate(places)}
    countries = sorted({"", *(p.country for p in places)})
    number = {code: i for i, code in enumerate(countries)}
    names = [p.name.encode() for p in places]
    found: list[tuple[int, int, int, int]] = []
    for row, place in enumerate(places):
        forms = {folded(place.name): 1}
        for other in place.others:
            forms.setdefault(folded(other), 0)
        found += [(key_of(form), -place.population, row, main) for form, main in forms.items() if form]
    found.sort()
    return {
        "key": np.array([f[0] for f in found], dtype=np.uint64),
        "of": np.array([f[2] for f in found], dtype=np.uint32),
        "main": np.array([f[3] for f in found], dtype=np.uint8),
        "lat": np.array([p.lat for p in places], dtype=np.float32),
        "lon": np.array([p.lon for p in places], dtype=np.float32),
        "population": np.array([min(p.population, NOWHERE) for p in places], dtype=np.uint32),
        "geonameid": np.array([p.geonameid for p in places], dtype=np.uint32),
        "kind": np.array([KINDS.index(p.kind) for p in places], dtype=np.uint8),
        "level": np.array([p.level for p in places], dtype=np.uint8),
        "country": np.array([number[p.country] for p in places], dtype=np.uint16),
        "region": np.array([position.get(id(p.region), NOWHERE) for p in places], dtype=np.uint32),
        "radius": np.array([round(p.radius) for p in places], dtype=np.uint16),
        "names": np.frombuffer(b"".join(names), dtype=np.uint8),
        "ends": np.cumsum([len(n) for n in names], dtype=np.uint32),
        "countries": np.array(countries),
    }


def write(places: Sequence[Listed], path: Path) -> None:
    with path.open("wb") as file:
        np.savez_compressed(file, **compiled(places))


def read(content: bytes, where: str, base: Gazetteer | None = None) -> Gazetteer:
    """DataError for what is no compiled list."""
    try:
        with np.load(io.BytesIO(content), allow_pickle=False) as stored:
            return Gazetteer({name: stored[name] for name in ARRAYS}, stored["countries"].tolist(), base)
    except (ValueError, KeyError, OSError, BadZipFile) as error:
        raise DataError(where, f"is no list of places ({error}); make it again with dragoman knowledge places") from error


@cache
def load(addition: Path | None = None) -> Gazetteer:
    """The list that comes with the package, with that of a folder of the user's own where it holds one; read once a process."""
    if addition is None:
        return read((files("dragoman.knowledge") / "data" / FILE).read_bytes(), FILE)
    own = addition / FILE
    return read(own.read_bytes(), str(own), load()) if own.is_file() else load()
