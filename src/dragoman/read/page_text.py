"""In: the tree of a page. Out: the text of its article, a blank line between paragraphs; and whether it only lists others.

Scripts, menus, comments and footers are left out by trafilatura; offsets of the records count in this text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from lxml import html as lxml_html
from lxml.etree import LxmlError, iterwalk
from lxml.html import HtmlElement
from trafilatura import bare_extraction

BLOCKS = frozenset(
    [
        "p",
        "div",
        "li",
        "ul",
        "ol",
        "dl",
        "dt",
        "dd",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "blockquote",
        "article",
        "section",
        "header",
        "footer",
        "figure",
        "figcaption",
        "table",
        "tr",
        "td",
        "th",
        "pre",
        "address",
        "aside",
        "main",
        "body",
        "hr",
        "form",
        "head",
        "quote",
        "list",
        "item",
        "row",
        "cell",
    ]
)
WORDLESS = frozenset({"script", "style", "svg", "noscript", "template", "iframe", "object", "title"})
AS_WRITTEN = frozenset({"pre", "quote", "code"})  # whose empty lines are paragraphs
FALLBACKS_UP_TO = 5_000  # tags; in longer pages trafilatura's second and third way cost seconds
KEPT_OR_NO_TEXT = re.compile(
    r"(?P<kept><script\b[^>]{0,500}ld\+json.*?(?:</script\s*>|\Z))"
    r"|<(?P<tag>script|style|svg|noscript|template)\b.*?(?:</(?P=tag)\s*>|\Z)|<!--.*?(?:-->|\Z)",
    re.IGNORECASE | re.DOTALL,
)
# lxml takes time in the square of the number of attributes of a tag, 15 s for 100,000
LONG_TAG = re.compile(r"<(/?[a-zA-Z][\w:-]{0,40}+)[^<>]{10000,}+>")
NOT_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
DECLARATION = re.compile(r"\A\s*<\?xml[^>]*\?>")
SPACE = re.compile(r"[ \t\r\n\f\xa0]+")
TITLE_WORDS, FEWEST_LISTED = 3, 5  # of a headline, and of headlines of other stories that make a front page
PARAGRAPH = 200  # characters that a paragraph of a story has, and a teaser has not
BREAK = "\x0b"  # a line break that the page wrote, while the others are only space
LINE_END = re.compile(r"[\r\n]+")
EMPTY_LINE = re.compile(r"\n[ \t\r]*\n")
PARAGRAPHS = re.compile(rf"{BREAK}(?: ?{BREAK})+")


class Body(NamedTuple):
    """The text of an article, and its first heading."""

    text: str
    heading: str | None


def without_scripts(markup: str) -> str:
    """Markup without what is no text of the page and may be most of it; JSON-LD stays."""
    return LONG_TAG.sub(r"<\1>", KEPT_OR_NO_TEXT.sub(lambda match: match["kept"] or " ", NOT_XML.sub(" ", DECLARATION.sub("", markup))))


def tree_of(markup: str) -> HtmlElement | None:
    """The tree of a page; None where there is nothing in it."""
    try:
        return lxml_html.document_fromstring(markup, parser=lxml_html.HTMLParser(encoding=None, remove_comments=True, remove_pis=True))
    except (LxmlError, ValueError, AssertionError):
        return None


def body_of(tree: HtmlElement, tags: int) -> Body | None:
    """The article in a page of so many ``tags``; None where there is none."""
    try:
        found = bare_extraction(tree, fast=tags > FALLBACKS_UP_TO, include_comments=False)
    except Exception:  # trafilatura meets pages that its authors have not, and each costs one article at most
        return None
    body = getattr(found, "body", None)
    if body is None:
        return None
    as_lines = len(body) == 1 and not len(body[0])  # trafilatura's last resort: one element with a line for each paragraph
    text = "\n\n".join(split(LINE_END.sub(BREAK * 2, body[0].text or "")) if as_lines else paragraphs(body))
    heading = next((SPACE.sub(" ", "".join(h.itertext())).strip() for h in body.iter("head") if h.get("rend") == "h1"), None)
    return Body(text, heading) if text else None


def lists_others(tree: HtmlElement, text: str) -> bool:
    """Whether a page has more headings that link to stories than paragraphs of a story."""
    linked = sum(
        len("".join(heading.itertext()).split()) >= TITLE_WORDS for heading in tree.iter("h1", "h2", "h3", "h4") if has_link(heading)
    )
    told = sum(len(paragraph) >= PARAGRAPH for paragraph in text.split("\n\n"))
    return linked >= FEWEST_LISTED and linked > told


def has_link(heading: HtmlElement) -> bool:
    return next(heading.iter("a"), None) is not None or (heading.getparent() is not None and heading.getparent().tag == "a")


def plain_text(markup: str) -> str:
    """The text of a piece of HTML, as feeds hold it: paragraphs as the tags have them, no scripts."""
    if "<" not in markup and "&" not in markup:
        return "\n\n".join(split(EMPTY_LINE.sub(BREAK * 2, markup)))
    tree = tree_of(f"<div>{without_scripts(markup)}</div>")
    return "" if tree is None else "\n\n".join(paragraphs(tree))


def paragraphs(root: HtmlElement) -> Iterator[str]:
    """The paragraphs below an element, in order; two line breaks in a row end one as well. Not recursive, so of any depth."""
    pieces: list[str] = []
    hidden = 0
    for event, element in iterwalk(root, events=("start", "end")):
        tag = element.tag
        starts = event == "start"
        hidden += (tag in WORDLESS) * (1 if starts else -1)
        if tag in BLOCKS:
            yield from split("".join(pieces))
            pieces.clear()
        if starts and tag in ("br", "lb"):
            pieces.append(BREAK)
        text = element.text if starts else element.tail
        if text and not hidden:
            pieces.append(EMPTY_LINE.sub(BREAK * 2, text) if starts and tag in AS_WRITTEN else text)
    yield from split("".join(pieces))


def split(text: str) -> Iterator[str]:
    for part in PARAGRAPHS.split(SPACE.sub(" ", text)):
        lines = (line.strip() for line in part.split(BREAK))
        if paragraph := "\n".join(line for line in lines if line):
            yield paragraph
