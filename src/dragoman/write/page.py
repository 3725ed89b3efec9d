"""A page that needs nothing else: no script, no font, no picture from elsewhere. In: a title and HTML. Out: the document."""

from __future__ import annotations

from functools import cache
from html import escape
from importlib.resources import files

from dragoman.write.colours import variables
from dragoman.write.plain import one_line
from dragoman.write.svg import AT_NIGHT

# A drawing is the same on paper and in programs that draw; only on a dark page its colours are others.
DRAWN = "".join(
    f'figure svg [{name}="{day}"] {{ {name}: light-dark({day}, {night}); }}\n'
    for day, night in AT_NIGHT.items()
    for name in ("fill", "stroke")
)


@cache
def style() -> str:
    return (files("dragoman.write") / "page.css").read_text(encoding="utf-8")


def document(title: str, body: str) -> str:
    """The title is text, the body HTML."""
    shown = escape(one_line(title))
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f"<title>{shown}</title><style>{variables()}\n{style()}{DRAWN}</style></head><body><h1>{shown}</h1>{body}</body></html>\n"
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
