"""In: a stream of WARC, such as an archive of CC-NEWS. Out: the articles of its pages, or a Problem for each that is broken.

Responses with HTML or plain text and status 200, and the texts of WET files are read; requests, pictures and redirections are passed over.
The day of the crawl is not the day of publication: it is kept in ``extra``.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

from dragoman.read import registry
from dragoman.read.base import Options, article_of, problem
from dragoman.read.guessing import known, text_and_note
from dragoman.read.warc_records import BEGINS, Broken, Records
from dragoman.schema import Article, Problem

NAME = "warc"
ENDINGS = (".warc", ".wet")
HTML = "html"
HTML_TYPES = ("text/html", "application/xhtml+xml")
TEXT_TYPE = "text/plain"
READ_TYPES = re.compile(rb"^warc-type:[ \t]*(response|conversion)[ \t]*\r?$", re.IGNORECASE | re.MULTILINE)
MAX_PAGE = 16 * 2**20  # bytes of a page, unpacked
OK = 200


def looks_like(head: bytes) -> bool:
    return head.startswith(BEGINS)


def read(stream: io.BufferedReader, source: str, options: Options) -> Iterator[Article | Problem]:
    number = 0
    records = Records(stream)
    for number, record in enumerate(records, 1):
        where = f"{source}[{number}]"
        options.spot.set(records.begins)
        if isinstance(record, Broken):
            yield problem(where, record.message)
        elif READ_TYPES.search(record.partition(b"\r\n\r\n")[0]):
            yield from articles(record, source, where, options)
    if not number:
        yield problem(source, "no record in it; WARC was expected")


def articles(record: bytes, source: str, where: str, options: Options) -> Iterator[Article | Problem]:
    """The article of a record's page, if it holds one."""
    from fastwarc.warc import ArchiveIterator

    try:
        page = next(iter(ArchiveIterator(io.BytesIO(record), parse_http=True, auto_decode="all")), None)
        if page is None:
            return
        headers = {str(name).lower(): str(value) for name, value in page.headers.items()}
        is_text = headers.get("warc-type") == "conversion"
        kind = TEXT_TYPE if is_text else str(page.http_content_type or "").lower()
        status = getattr(page.http_headers, "status_code", None) if page.is_http else OK
        if kind not in (*HTML_TYPES, TEXT_TYPE) or status not in (OK, None):
            return
        data = page.reader.read(MAX_PAGE + 1)
        charset = None if is_text else page.http_charset
    except Exception as error:  # of the library, for headers and codings that are none
        yield problem(where, f"no usable record: {error}; fetch the file again if it matters")
        return
    where = f"{source}!{headers['warc-target-uri']}" if headers.get("warc-target-uri") else where
    if len(data) > MAX_PAGE:
        yield problem(where, f"a page of more than {MAX_PAGE:,} bytes, which no article has")
    elif data.strip():
        found = text_of_page(data, charset, where, options) if kind == TEXT_TYPE else html_of_page(data, charset, where, options)
        yield from (with_headers(item, headers) for item in found)


def text_of_page(data: bytes, charset: str | None, where: str, options: Options) -> Iterator[Article | Problem]:
    try:
        text, note = text_and_note(data, charset)
        yield article_of({"text": text, **note}, options.published, source=where, max_chars=options.max_chars)
    except ValueError as error:
        yield problem(where, str(error))


def html_of_page(data: bytes, charset: str | None, where: str, options: Options) -> Iterator[Article | Problem]:
    reader = registry.by_name(HTML)
    if reader is None:
        yield problem(where, "a page of HTML, which isn't read yet; take out the article's text first and give that")
        return
    yield from reader.read(io.BufferedReader(io.BytesIO(as_utf8(data, charset))), where, options)


def as_utf8(data: bytes, charset: str | None) -> bytes:
    """A page in the encoding that its server names, in UTF-8, since the page itself may not say it."""
    encoding = known(charset)
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode(encoding, "replace").encode() if encoding else data
    return data


def with_headers(item: Article | Problem, headers: dict[str, str]) -> Article | Problem:
    """The address and the day of the crawl, as the record has them."""
    if isinstance(item, Problem):
        return item
    extra: dict[str, Any] = {**item.extra, "crawled": headers["warc-date"]} if headers.get("warc-date") else item.extra
    return item.model_copy(update={"url": item.url or headers.get("warc-target-uri"), "extra": extra})
