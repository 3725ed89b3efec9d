"""In: a stream with one web page. Out: the article on it, or a Problem. A page is read whole, up to ``MAX_PAGE``.

The text is what trafilatura extracts, a blank line between paragraphs; records count their offsets in that text, not in the markup.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

from dragoman.read.base import Options, problem
from dragoman.read.encodings import text_of
from dragoman.schema import Article, Problem

NAME = "html"
ENDINGS = (".html", ".htm", ".xhtml")
# The groups are atomic: a thousand comments would else be tried in all combinations.
LOOKS_LIKE_HTML = re.compile(
    rb"\s*(?:<\?xml[^>]{0,200}\?>\s*)?(?><!--.{0,4000}?-->\s*)*+"
    rb"<(?:!doctype\s+html|html|head|body|title|meta|div|article|h1|table|frameset)\b",
    re.IGNORECASE | re.DOTALL,
)
MAX_PAGE = 32 * 2**20  # bytes; a page of more is no article


def looks_like(head: bytes) -> bool:
    return LOOKS_LIKE_HTML.match(head) is not None


def read(stream: io.BufferedReader, source: str, options: Options) -> Iterator[Article | Problem]:
    """One article or one Problem."""
    from dragoman.read.page import page_of  # trafilatura takes 0.3 s to load, and whoever reads other formats need not wait

    data = stream.read(MAX_PAGE + 1)
    if len(data) > MAX_PAGE:
        yield problem(source, f"a page of more than {MAX_PAGE:,} bytes; save the article alone")
        return
    yield page_of(text_of(data), source, options)
