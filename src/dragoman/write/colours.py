"""Colours of the reading room, of reports and of pictures. In: colours.tsv. Out: colours by name, and as variables of a style sheet."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import NamedTuple

from dragoman.tables import rows


class Colour(NamedTuple):
    """On a light page, and on a dark one."""

    day: str
    night: str


@cache
def colours() -> dict[str, Colour]:
    return {name: Colour(day, night) for _, (name, day, night) in rows(files("dragoman.write"), "colours.tsv", ("name", "day", "night"))}


@cache
def variables() -> str:
    """A style sheet: --ink and the others, as a page is light or dark."""
    told = "".join(f"  --{name}: light-dark({day}, {night});\n" for name, (day, night) in colours().items())
    return f":root {{\n  color-scheme: light dark;\n{told}}}\n"
