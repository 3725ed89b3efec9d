"""In: an address of the web, named as a source. Out: the articles of what it holds, told by its content as of a file."""

from __future__ import annotations

import codecs
import io
from collections.abc import Iterator

from dragoman.read import html
from dragoman.read.addresses import Refused
from dragoman.read.base import Options, problem
from dragoman.read.encodings import known, text_of
from dragoman.read.fetching import Answer, Failed, Fetcher
from dragoman.read.opening import OnBytes, read_stream
from dragoman.schema import Article, Problem

GOOD = range(200, 300)
MARKUP = ("text/", "application/xhtml", "application/xml", "application/rss", "application/atom", "application/rdf")


def read_url(url: str, options: Options, fetcher: Fetcher, on_bytes: OnBytes | None = None) -> Iterator[Article | Problem]:
    """The articles at an address; a Problem where it is not fetched, does not answer or holds none."""
    try:
        answer = fetcher.fetch(url)
    except (Refused, Failed) as error:
        yield problem(url, str(error))
        return
    if answer.status not in GOOD:
        yield problem(url, f"the server answers with status {answer.status}; look at the address in a browser")
        return
    yield from read_answer(answer, url, options, on_bytes)


def read_answer(answer: Answer, source: str, options: Options, on_bytes: OnBytes | None = None) -> Iterator[Article | Problem]:
    """The articles of an answer. The only one of a page gets the page's address where it does not name another."""
    for item in read_stream(io.BytesIO(in_utf8(answer)), source, options, on_bytes=on_bytes):
        if isinstance(item, Article) and item.kind == html.NAME and item.url is None:
            item = item.model_copy(update={"url": answer.url})
        yield item


def in_utf8(answer: Answer) -> bytes:
    """The body, recoded with a mark if the server names an encoding that is not UTF-8; a mark of its own counts more."""
    kind = answer.headers.get("content-type", "").lower()
    charset = known(answer.charset)
    if charset in (None, "utf-8") or not kind.startswith(MARKUP) or answer.body.startswith((codecs.BOM_UTF8, b"\xff\xfe", b"\xfe\xff")):
        return answer.body
    return codecs.BOM_UTF8 + text_of(answer.body, charset).encode()
