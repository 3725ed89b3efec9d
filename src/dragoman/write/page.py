"""A page that needs nothing else: no script, no font, no picture from elsewhere. In: a title and HTML. Out: the document."""

from __future__ import annotations

from html import escape

from dragoman.write.colours import variables
from dragoman.write.plain import one_line
from dragoman.write.svg import AT_NIGHT

STYLE = """
* { box-sizing: border-box; }
body { font: 15px/1.5 system-ui, sans-serif; max-width: 1000px; margin: 32px auto; padding: 0 16px; color: var(--ink);
  background: var(--page); overflow-wrap: break-word; }
h1 { font: 600 26px/1.25 Georgia, serif; margin: 0 0 4px; text-wrap: balance; } h2 { font-size: 17px; margin: 32px 0 6px; }
p { margin: 4px 0 8px; } .lead { font-size: 16px; } .quiet { color: var(--quiet); font-size: 13px; } a { color: var(--accent); }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
nav { display: flex; flex-wrap: wrap; gap: 4px 18px; margin: 12px 0; font-size: 14px; } section { scroll-margin-top: 12px; }
figure { margin: 20px 0; overflow-x: auto; border: 1px solid var(--line); border-radius: 6px; }
figure svg { display: block; width: 100%; min-width: 640px; height: auto; }
.scroll { overflow-x: auto; } table { border-collapse: collapse; width: 100%; font-size: 14px; }
th, td { text-align: left; padding: 5px 14px 5px 0; border-bottom: 1px solid var(--line); vertical-align: top; }
th { font-weight: 600; color: var(--quiet); font-size: 12.5px; vertical-align: bottom; } td:first-child { white-space: nowrap; }
td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.bar { display: inline-block; width: 120px; height: 10px; vertical-align: middle; fill: var(--s3); }
.bar line { stroke: currentColor; stroke-width: 2; } .bar .whole { fill: var(--line); }
.q1, .met { color: var(--q1); fill: var(--q1); } .q2 { color: var(--q2); fill: var(--q2); }
.q3, .lapsed { color: var(--q3); fill: var(--q3); } .q4, .broken { color: var(--q4); fill: var(--q4); }
.open { color: var(--quiet); }
.chip { display: inline-block; border: 1px solid; border-radius: 4px; padding: 0 6px; font-size: 12px; font-weight: 600; }
.chip.q1 { background: var(--q1-wash); } .chip.q2 { background: var(--q2-wash); }
.chip.q3 { background: var(--q3-wash); } .chip.q4 { background: var(--q4-wash); }
.records { list-style: none; margin: 8px 0; padding: 0; }
.records li { display: grid; grid-template-columns: 96px minmax(0, 1fr); gap: 0 14px; padding: 9px 0; border-top: 1px solid var(--line); }
.records li:target { background: var(--lit); } .records p { margin: 0 0 2px; }
.day { font-variant-numeric: tabular-nums; }
.words { font-family: Georgia, serif; }
@media (max-width: 640px) { .records li { grid-template-columns: minmax(0, 1fr); } .day { color: var(--quiet); font-size: 13px; } }
@media print {
  :root { color-scheme: light; --page: #fff; } body { max-width: none; margin: 0; font-size: 10.5pt; } nav { display: none; }
  figure { overflow: visible; } figure svg { min-width: 0; } .scroll { overflow: visible; } a { color: inherit; text-decoration: none; }
  h1, h2, thead { break-after: avoid; } li, tr, figure { break-inside: avoid; } svg { print-color-adjust: exact; }
}
"""
# A drawing is the same on paper and in programs that draw; only on a dark page its colours are others.
DRAWN = "".join(
    f'figure svg [{name}="{day}"] {{ {name}: light-dark({day}, {night}); }}\n'
    for day, night in AT_NIGHT.items()
    for name in ("fill", "stroke")
)


def document(title: str, body: str) -> str:
    """The title is text, the body HTML."""
    shown = escape(one_line(title))
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f"<title>{shown}</title><style>{variables()}{STYLE}{DRAWN}</style></head><body><h1>{shown}</h1>{body}</body></html>\n"
    )


def table(head: str, body: str, label: str) -> str:
    """Cells of the head, rows of the body, both HTML; where it is wider than the page it scrolls, by keyboard as well."""
    return (
        f'<div class="scroll" role="region" tabindex="0" aria-label="{escape(label)}">'
        f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def figure(drawing: str) -> str:
    """An SVG, which on a telephone is wider than the page and scrolls."""
    return f'<figure tabindex="0">{drawing}</figure>'


def number(text: str) -> str:
    return f'<td class="number">{text}</td>'


def bar(share: float, interval: tuple[float, float] | None = None, kind: str = "") -> str:
    """A share as a bar, its interval as a line; ``kind`` is a class of the style sheet, which colours it."""
    line = f'<line x1="{interval[0] * 120:.1f}" x2="{interval[1] * 120:.1f}" y1="5" y2="5"/>' if interval else ""
    return (
        '<svg class="bar" viewBox="0 0 120 10" aria-hidden="true"><rect class="whole" width="120" height="10"/>'
        f'<rect class="{kind}" width="{share * 120:.1f}" height="10"/>{line}</svg>'
    )
