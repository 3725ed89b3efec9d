"""The map of the World view. In: the folder of npm's world-atlas 2.0.2. Out: src/dragoman/serve/static/map-data.js.

    npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz
    pip install pycountry==26.2.16
    python benchmarks/world_map.py package

Countries are drawn from the 1:110m data, in the Natural Earth projection, as paths of whole numbers; a place for a line or a dot comes
from the middle of the largest part, of countries too small for 1:110m from the 1:50m data.
"""

from __future__ import annotations

import json
import math
import sys
from itertools import pairwise
from pathlib import Path
from typing import Any

import pycountry

OUT = Path(__file__).resolve().parents[1] / "src" / "dragoman" / "serve" / "static" / "map-data.js"
WITHOUT_CODE = {"Kosovo": "KOS", "N. Cyprus": "CYP", "Somaliland": "SOM"}  # as the PLOVER manual counts them
LEFT_OUT = {"ATA"}
MIDDLES = {"FRA": (2.5, 46.6), "USA": (-98.0, 39.5), "NOR": (9.0, 61.5), "RUS": (60.0, 58.0), "CAN": (-105.0, 57.0), "IDN": (113.5, -0.8)}
WIDTH, TOP, BOTTOM = 2000.0, 84.0, -58.0
SCALE = WIDTH / (2 * 0.8707 * math.pi)
Point = tuple[float, float]
Ring = list[Point]


def projected(point: Point) -> Point:
    """Natural Earth (Patterson 2008, in the polynomial of Savric 2011)."""
    east, north = (math.radians(value) for value in point)
    square = north * north
    fourth = square * square
    x = east * (0.8707 - 0.131979 * square + fourth * (-0.013791 + fourth * (0.003971 * square - 0.001529 * fourth)))
    y = north * (1.007226 + square * (0.015085 + fourth * (-0.044475 + 0.028874 * square - 0.005916 * fourth)))
    return x * SCALE, -y * SCALE


HIGHEST = projected((0, TOP))[1]
HEIGHT = projected((0, BOTTOM))[1] - HIGHEST


def placed(point: Point) -> tuple[int, int]:
    x, y = projected(point)
    return round(x + WIDTH / 2), round(y - HIGHEST)


def arcs_of(topology: dict[str, Any]) -> list[Ring]:
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    found = []
    for arc in topology["arcs"]:
        x = y = 0
        points: Ring = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((x * sx + tx, y * sy + ty))
        found.append(points)
    return found


def countries_of(file: Path) -> dict[str, list[Ring]]:
    """Code to outer rings."""
    topology = json.loads(file.read_text(encoding="utf-8"))
    arcs = arcs_of(topology)
    found: dict[str, list[Ring]] = {}
    for shape in topology["objects"]["countries"]["geometries"]:
        code = code_of(shape)
        if code is None or code in LEFT_OUT or not shape.get("arcs"):
            continue
        polygons = [shape["arcs"]] if shape["type"] == "Polygon" else shape["arcs"]
        found.setdefault(code, []).extend(ring_of(polygon[0], arcs) for polygon in polygons)
    return found


def code_of(shape: dict[str, Any]) -> str | None:
    named = pycountry.countries.get(numeric=shape.get("id", ""))
    return named.alpha_3 if named else WITHOUT_CODE.get(shape["properties"]["name"])


def ring_of(places: list[int], arcs: list[Ring]) -> Ring:
    """An arc with a negative number is walked backwards; each begins where the one before ends."""
    ring: Ring = []
    for place in places:
        points = arcs[place] if place >= 0 else arcs[~place][::-1]
        ring += points[1:] if ring else points
    return ring


def within_the_map(ring: Ring) -> list[Ring]:
    """A ring that crosses 180 degrees as two, each cut off at the edge."""
    unrolled: Ring = []
    for east, north in ring:
        last = unrolled[-1][0] if unrolled else east
        unrolled.append((east + 360 * round((last - east) / 360), north))
    turns = {-360 * round(east / 360) for east, _ in unrolled if abs(east) != 180} | {0}
    copies = [[(min(180.0, max(-180.0, east + turn)), north) for east, north in unrolled] for turn in turns]
    return [copy for copy in copies if len({east for east, _ in copy}) > 1]


def path_of(rings: list[Ring]) -> str:
    parts = []
    for ring in (part for whole in rings for part in within_the_map(whole)):
        points = [placed(point) for point in ring]
        thinned = [point for place, point in enumerate(points) if not place or point != points[place - 1]]
        if len(thinned) > 3:
            steps = pairwise(thinned[:-1])
            parts.append(f"M{thinned[0][0]},{thinned[0][1]}" + "".join(f"l{b[0] - a[0]},{b[1] - a[1]}" for a, b in steps) + "z")
    return "".join(parts)


def area_and_middle(ring: Ring) -> tuple[float, Point]:
    doubled = x = y = 0.0
    for (ax, ay), (bx, by) in zip(ring, [*ring[1:], ring[0]], strict=True):
        cross = ax * by - bx * ay
        doubled, x, y = doubled + cross, x + (ax + bx) * cross, y + (ay + by) * cross
    return abs(doubled), (x / (3 * doubled), y / (3 * doubled)) if doubled else ring[0]


def main(folder: Path) -> None:
    coarse, fine = countries_of(folder / "countries-110m.json"), countries_of(folder / "countries-50m.json")
    found = {}
    for code in sorted(coarse | fine):
        _, middle = max(map(area_and_middle, coarse.get(code) or fine[code]))
        found[code] = [*placed(MIDDLES.get(code, middle)), path_of(coarse.get(code, []))]
    lines = ",\n".join(f"{json.dumps(code)}:{json.dumps(entry, separators=(',', ':'))}" for code, entry in found.items())
    head = (
        "// Made by benchmarks/world_map.py from world-atlas 2.0.2 (ISC), which is Natural Earth (public domain).\n// Code: middle, path.\n"
    )
    sizes = f"export const WIDTH = {round(WIDTH)}, HEIGHT = {round(HEIGHT)};\n"
    OUT.write_text(f"{head}{sizes}export const COUNTRIES = {{\n{lines}\n}};\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
