"""In: a stream with an RSS (0.9x, 1.0, 2.0) or Atom feed. Out: an article for each entry. A feed is read whole, up to ``MAX_FEED``.

An entry's text is its full content where the feed has it, else its summary, else its title; ``extra["text_from"]`` says which.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

from dragoman.read.base import Options, problem
from dragoman.read.encodings import text_of
from dragoman.schema import Article, Problem

NAME = "feed"
ENDINGS = (".rss", ".atom", ".rdf", ".xml")
# The groups are atomic, as in html.py.
LOOKS_LIKE_FEED = re.compile(
    rb"\s*(?:<\?xml.{0,200}?\?>\s*)?(?>(?:<!--.{0,4000}?-->|<[!?](?:[^<>\[]|\[[^\]]{0,4000}\])*+>)\s*)*+"
    rb"<(?:rss|rdf:RDF|(?:\w{1,20}:)?feed)\b",
    re.DOTALL,
)
MAX_FEED = 16 * 2**20  # bytes


def looks_like(head: bytes) -> bool:
    return LOOKS_LIKE_FEED.match(head) is not None


def read(stream: io.BufferedReader, source: str, options: Options) -> Iterator[Article | Problem]:
    """An article or a Problem for each entry, in the order of the feed."""
    from dragoman.read.entries import articles_of  # feedparser and trafilatura take 0.5 s to load

    data = stream.read(MAX_FEED + 1)
    if len(data) > MAX_FEED:
        yield problem(source, f"a feed of more than {MAX_FEED:,} bytes; split it, or write its entries as JSON lines")
        return
    yield from articles_of(text_of(data), source, options)
