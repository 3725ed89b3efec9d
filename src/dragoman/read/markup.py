"""In: an element of an XML document that holds text with markup (XHTML, NITF). Out: its plain text, an empty line between paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html.entities import html5
from typing import Any

from lxml import etree, html

HTML_BLOCKS = "p div li ul ol dl dt dd h1 h2 h3 h4 h5 h6 blockquote table tr hr pre section article header"
NITF_BLOCKS = "hl1 hl2 bq block note"
BLOCKS = frozenset([*HTML_BLOCKS.split(), *NITF_BLOCKS.split()])
BREAKS = frozenset({"br", "td", "th"})
WORDLESS = frozenset({"script", "style", "head", "media", "figure", "template"})
SPACE = re.compile(r"[ \t\r\n\f\v]+")
PARAGRAPH = "\n\n"


def local(element: Any) -> str:
    """The name of an element without its namespace; empty for comments and the like."""
    tag = element.tag
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else ""


def text_of(root: Any) -> str:
    """All text below an element. Not recursive, and pictures, scripts and styles are left out."""
    return PARAGRAPH.join(paragraph for paragraph in paragraphs(pieces(root)) if paragraph)


def line_of(root: Any) -> str:
    """The same in one line, as headlines have it."""
    return " ".join(" ".join(pieces(root)).split())


def text_of_html(markup: str) -> str:
    """The plain text of a piece of HTML; empty where there is none."""
    try:
        root = html.document_fromstring(markup.encode("utf-8", "replace"), parser=html.HTMLParser(encoding="utf-8"))
    except (etree.LxmlError, ValueError, AssertionError):
        return ""
    return text_of(root)


def pieces(root: Any) -> Iterator[str]:
    """Text in the order of the document; "\\n\\n" where a paragraph begins or ends, "\\n" where a line is broken."""
    stack: list[tuple[Any, bool]] = [(root, False)]
    while stack:
        element, is_end = stack.pop()
        name = local(element)
        if is_end:
            yield PARAGRAPH if name in BLOCKS else ""
            yield (element.tail and SPACE.sub(" ", element.tail)) or "" if element is not root else ""
            continue
        stack.append((element, True))
        if name in BLOCKS:
            yield PARAGRAPH
        elif name in BREAKS:
            yield "\n"
        if name in WORDLESS:
            continue
        if not name:
            yield character_of(element)
            continue
        if element.text:
            yield SPACE.sub(" ", element.text)
        stack.extend((child, False) for child in reversed(element))


def character_of(element: Any) -> str:
    """What an entity such as &nbsp; stands for, which a parser without DTD leaves as it is."""
    name = getattr(element, "name", None)
    return html5.get(f"{name};", "") if isinstance(name, str) else ""


def paragraphs(found: Iterable[str]) -> Iterator[str]:
    """Pieces put together; spaces in a row, also those that do not break, are one."""
    waiting: list[str] = []
    for piece in (*found, PARAGRAPH):
        if piece != PARAGRAPH:
            waiting.append(piece)
            continue
        yield "\n".join(line for line in (" ".join(line.split()) for line in "".join(waiting).split("\n")) if line)
        waiting.clear()
