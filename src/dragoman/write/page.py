"""A page that needs nothing else: no script, no font, no picture from elsewhere. In: a title and HTML. Out: the document."""

from __future__ import annotations

from html import escape

from dragoman.write.plain import one_line

STYLE = """
:root { color-scheme: light dark; --line: #8885; --quiet: light-dark(#5f5a54, #aaa39a); --fill: light-dark(#1c5f8a, #86bfe6); }
body { font: 15px/1.5 system-ui, sans-serif; max-width: 1000px; margin: 32px auto; padding: 0 16px; }
h1 { font: 600 26px/1.25 Georgia, serif; margin: 0 0 4px; } h2 { font-size: 17px; margin: 32px 0 4px; }
p { margin: 4px 0 8px; } .quiet { color: var(--quiet); font-size: 13px; } figure { margin: 20px 0; }
figure svg { max-width: 100%; height: auto; }
.scroll { overflow-x: auto; } table { border-collapse: collapse; width: 100%; font-size: 14px; }
th, td { text-align: left; padding: 5px 14px 5px 0; border-bottom: 1px solid var(--line); vertical-align: top; }
th { font-weight: 600; color: var(--quiet); font-size: 12.5px; white-space: nowrap; } td:first-child { white-space: nowrap; }
td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.bar { display: inline-block; width: 120px; height: 10px; vertical-align: middle; }
.bar rect { fill: var(--fill); } .bar line { stroke: currentColor; } .bar .whole { fill: var(--line); }
@media print { body { max-width: none; margin: 0; } }
"""


def document(title: str, body: str) -> str:
    """The title is text, the body HTML."""
    shown = escape(one_line(title))
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f"<title>{shown}</title><style>{STYLE}</style></head><body><h1>{shown}</h1>{body}</body></html>\n"
    )


def table(head: str, body: str) -> str:
    """Cells of the head, rows of the body, both HTML; it scrolls where it is wider than the page."""
    return f'<div class="scroll"><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>'
