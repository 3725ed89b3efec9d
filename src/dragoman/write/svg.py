"""A timeline as SVG. In: counts of events by period and quad class. Out: cooperation above the line, conflict below it, title and source.

It has a ground of its own and no style sheet, so it looks the same in a page, in a paper and in a program that draws.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from typing import Any

from dragoman.codebook import QUAD_NAMES
from dragoman.write.colours import colours
from dragoman.write.plain import for_xml, one_line

WIDTH, HEIGHT = 960, 380
LEFT, RIGHT, TOP, BOTTOM = 52, 16, 76, 58  # around the bars
COLOURS = {quad: colours()[f"q{quad}"].day for quad in (1, 2, 3, 4)}
UP, DOWN = (2, 1), (4, 3)  # from the line outwards: deeds, then words
GROUND, INK, QUIET, LINE = (colours()[name].day for name in ("card", "ink", "quiet", "line"))
DRAWN_IN = ("card", "ink", "quiet", "line", "q1", "q2", "q3", "q4")
AT_NIGHT = {colours()[name].day: colours()[name].night for name in DRAWN_IN}  # for a page that is dark
LABELS = 8
MOST_TICKS = 4  # on each side
LONGEST_TITLE, LONGEST_SOURCE = 100, 150  # letters that a line of the picture holds; the file has them whole as title and metadata


def timeline(rows: Sequence[Mapping[str, Any]], unit: str, title: str, source: str, told: Mapping[str, str] | None = None) -> str:
    """Rows have the period under the name of its unit, and Q1 to Q4; of those without a period the number is told beside the source.

    ``told`` goes into the file for programs, as JSON.
    """
    dated = [row for row in rows if row[unit] is not None]
    undated = sum(row["events"] for row in rows if row[unit] is None)
    above, below = (max((height(row, side) for row in dated), default=0) for side in (UP, DOWN))
    step = nice(max(above, below, 1) / MOST_TICKS)
    above, below = (max(step, math.ceil(most / step) * step) for most in (above, below))
    scale = (HEIGHT - TOP - BOTTOM) / (above + below)
    middle = TOP + above * scale
    undated_note = f"; {undated:,} more of which the {unit} is not known" if undated else ""
    parts = [
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="{GROUND}"/>',
        text(16, 26, cut(title, LONGEST_TITLE), size=17, weight=600, fill=INK),
        text(16, 46, f"events by {unit}, cooperation above the line, conflict below"),
        *legend(),
        *grid(step, above, below, scale, middle),
        *bars(dated, unit, scale, middle),
        f'<line x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{middle:.1f}" y2="{middle:.1f}" stroke="{INK}"/>',
        *labels(dated, unit),
        text(16, HEIGHT - 12, cut(f"Source: {source}{undated_note}", LONGEST_SOURCE)),
    ]
    if not dated:
        parts.append(text(WIDTH / 2, middle - 14, f"no event of which the {unit} is known", anchor="middle"))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}" role="img" '
        f'font-family="system-ui, Helvetica, Arial, sans-serif"><title>{shown(title)}</title>{metadata(told)}{"".join(parts)}</svg>\n'
    )


def metadata(told: Mapping[str, str] | None) -> str:
    return f"<metadata>{escape(for_xml(json.dumps(told, ensure_ascii=False)))}</metadata>" if told else ""


def cut(words: str, most: int) -> str:
    words = one_line(words)
    return words if len(words) <= most else f"{words[: most - 1].rstrip()}…"


def shown(words: str) -> str:
    return escape(for_xml(one_line(words)))


def text(x: float, y: float, words: str, size: int = 12, weight: int = 400, fill: str = QUIET, anchor: str = "start") -> str:
    style = f'font-size="{size}" font-weight="{weight}" fill="{fill}" text-anchor="{anchor}"'
    return f'<text x="{x:.1f}" y="{y:.1f}" {style}>{shown(words)}</text>'


def height(row: Mapping[str, Any], side: Sequence[int]) -> int:
    return sum(int(row[f"Q{quad}"]) for quad in side)


def nice(least: float) -> int:
    """The first of 1, 2, 5, 10, 20 ... that is as large."""
    power = 10 ** max(0, math.floor(math.log10(max(least, 1))))
    return int(next(digit * power for digit in (1, 2, 5, 10) if digit * power >= least))


def legend() -> Iterator[str]:
    x = 16.0
    for quad in (1, 2, 3, 4):
        yield f'<rect x="{x}" y="55" width="10" height="10" fill="{COLOURS[quad]}"/>'
        yield text(x + 15, 64, QUAD_NAMES[quad])
        x += 42 + 6.6 * len(QUAD_NAMES[quad])


def grid(step: int, above: int, below: int, scale: float, middle: float) -> Iterator[str]:
    for count in range(-below, above + 1, step):
        y = middle - count * scale
        yield f'<line x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y:.1f}" y2="{y:.1f}" stroke="{LINE}"/>'
        yield text(LEFT - 8, y + 4, f"{abs(count):,}", anchor="end")


def bars(dated: Sequence[Mapping[str, Any]], unit: str, scale: float, middle: float) -> Iterator[str]:
    step = (WIDTH - LEFT - RIGHT) / max(len(dated), 1)
    for place, row in enumerate(dated):
        told = ", ".join(f"{row[f'Q{quad}']:,} {QUAD_NAMES[quad]}" for quad in (1, 2, 3, 4) if row[f"Q{quad}"])
        if not told:
            continue
        wide = min(step * 0.8, 48)
        x = LEFT + place * step + (step - wide) / 2
        yield f"<g><title>{shown(f'{row[unit]}: {told}')}</title>"
        for side, sign in ((UP, -1), (DOWN, 1)):
            y = middle
            for quad in side:
                tall = int(row[f"Q{quad}"]) * scale
                top = y - tall if sign < 0 else y
                y += sign * tall
                if tall:
                    yield f'<rect x="{x:.1f}" y="{top:.1f}" width="{wide:.2f}" height="{tall:.1f}" fill="{COLOURS[quad]}"/>'
        yield "</g>"


def labels(dated: Sequence[Mapping[str, Any]], unit: str) -> Iterator[str]:
    step, every = (WIDTH - LEFT - RIGHT) / max(len(dated), 1), max(1, math.ceil(len(dated) / LABELS))
    for place in range(0, len(dated), every):
        yield text(LEFT + (place + 0.5) * step, HEIGHT - BOTTOM + 18, str(dated[place][unit]), anchor="middle")
