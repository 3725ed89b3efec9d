"""In: the markup of a feed. Out: an article for each entry, a Problem for each that has no text.

Broken feeds are repaired before feedparser sees them, since its own repair takes time in the square of their length.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from html.entities import name2codepoint
from typing import Any, NamedTuple
from urllib.parse import urljoin

import feedparser
from lxml import etree

from dragoman.read.base import Options, article_of, problem
from dragoman.read.page_fields import name, web_address
from dragoman.read.page_text import NOT_XML, plain_text
from dragoman.read.stamps import day_written
from dragoman.schema import Article, Problem

MAX_TAGS = 100_000  # elements: feedparser takes 6 s for so many; a feed of 3,000 entries has 30,000
MOST_ATTRIBUTES = 30  # of an element; feedparser takes time in the square of them
PROLOG = re.compile(r"\A\s*<\?xml[^>]*\?>")
DOCTYPE = re.compile(r"<!DOCTYPE(?:[^<>\[]|\[[^\]]{0,4000}\])*>", re.IGNORECASE)
NAMED = re.compile(r"&([A-Za-z][A-Za-z0-9]{1,8});")
OWN_OF_XML = frozenset({"lt", "gt", "amp", "quot", "apos"})
CLOSED = re.compile(r"</(?:item|entry|\w{1,20}:entry)\s*>", re.IGNORECASE)
MARKED_UP_TWICE = re.compile(r"</?(?:p|div|br|a|b|i|em|strong|span|img|script|style|iframe)\b[^<>]*>", re.IGNORECASE)
ENTITIES = "it declares entities of its own, which no feed needs and which can blow up; take the <!ENTITY lines out"


def articles_of(markup: str, source: str, options: Options, address: str | None = None) -> Iterator[Article | Problem]:
    """The articles of a feed's markup that came from ``address``."""
    if "<!ENTITY" in markup:
        yield problem(source, ENTITIES)
        return
    root = tree_of(markup)
    tags = 0 if root is None else sum(1 for _ in root.iter())
    if tags > MAX_TAGS:
        yield problem(source, f"a feed of more than {MAX_TAGS:,} elements; split it, or write its entries as JSON lines")
        return
    feed = None if root is None else parsed(root)
    if feed is None or not feed.get("version"):
        yield problem(source, "no RSS or Atom feed: it is broken before its first entry, or other XML")
        return
    if not feed.entries:
        yield problem(source, "a feed without entries; there is nothing to code")
    whole = len(CLOSED.findall(markup))
    for number, entry in enumerate(feed.entries, 1):
        where = f"{source}[{number}]"
        if number == len(feed.entries) and number > whole:
            yield problem(where, "the feed ends in the middle of this entry, so it is left out; fetch it again")
        else:
            yield from_entry(entry, feed.feed, where, options, address)


def tree_of(markup: str) -> Any:
    """The tree of a feed, repaired where it is broken; None where nothing could be made of it."""
    markup = NAMED.sub(spelled_out, DOCTYPE.sub("", NOT_XML.sub(" ", PROLOG.sub("", markup))))
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)
    try:
        return etree.fromstring(markup.lstrip().encode(), parser)
    except (etree.XMLSyntaxError, ValueError):
        return None


def parsed(root: Any) -> Any:
    """What feedparser makes of a tree."""
    for element in root.iter():
        if len(element.attrib) > MOST_ATTRIBUTES:
            element.attrib.clear()
    data = etree.tostring(root, encoding="utf-8")
    headers = {"content-type": "application/xml; charset=utf-8"}
    try:
        return feedparser.parse(io.BytesIO(data), sanitize_html=False, resolve_relative_uris=False, response_headers=headers)
    except Exception:  # a feed that feedparser trips over costs that feed
        return None


def spelled_out(match: re.Match[str]) -> str:
    """The character of an entity of HTML, which XML does not know."""
    code = None if match[1] in OWN_OF_XML else name2codepoint.get(match[1])
    return match.group() if code is None else chr(code)


class Body(NamedTuple):
    text: str
    origin: str


def from_entry(entry: Any, feed: Any, where: str, options: Options, address: str | None) -> Article | Problem:
    body = body_of(entry)
    url = web_address(entry.get("link") or "", address or feed.get("link"))
    if body is None:
        return problem(where, "an entry without text or title" + (f" ({url})" if url else ""))
    published, found_in = day_of_entry(entry)
    authors = [text for author in entry.get("authors") or [] if (text := name(author.get("name") or "", None))]
    article_id = id_of(entry, feed, url)
    given = {
        "id": article_id,
        "text": body.text,
        "headline": line(entry.get("title")),
        "published": published,
        "publication": line((entry.get("source") or {}).get("title")) or line(feed.get("title")),
        "url": url,
        "text_from": body.origin,
        **({"author": authors} if authors else {}),
        **({"found_in": {"published": found_in}} if published else {}),
    }
    try:
        return article_of(given, options.published, source=where, max_chars=options.max_chars)
    except ValueError as error:
        return problem(where, str(error), article_id)


def body_of(entry: Mapping[str, Any]) -> Body | None:
    """The longest content, else the summary, else the title."""
    contents = [clean_text(str(part.get("value") or "")) for part in entry.get("content") or []]
    if longest := max(contents, key=len, default=""):
        return Body(longest, "content")
    for key in ("summary", "title"):
        if text := clean_text(str(entry.get(key) or "")):
            return Body(text, key)
    return None


def clean_text(markup: str) -> str:
    """Text without markup, also where that was escaped once more than it should be."""
    text = plain_text(markup)
    return plain_text(text) if MARKED_UP_TWICE.search(text) else text


def line(markup: str | None) -> str | None:
    return name(clean_text(markup or ""), None)


def id_of(entry: Mapping[str, Any], feed: Mapping[str, Any], url: str | None) -> str | None:
    """The entry's id; a bare number is only unique together with the feed's address. None where it has neither id nor link."""
    own = " ".join(str(entry.get("id") or "").split())
    if not own or ":" in own:
        return own or url
    return urljoin(str(feed.get("link") or ""), f"#{own}") if feed.get("link") else own


def day_of_entry(entry: Mapping[str, Any]) -> tuple[str | None, str | None]:
    """The day of publication as written, else the day of the version, and which of them it is."""
    for key in ("published", "created", "updated"):
        if key in entry and (day := day_written(str(entry[key] or ""))):
            return day, key
    return None, None
