"""In: the tree of a page. Out: what it says of itself: headline, days, authors, publisher and address, each with where it was found.

JSON-LD is believed before meta, link and time, these before what trafilatura reads off the page. No day is taken from running text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from html import unescape
from importlib import resources
from typing import Any, NamedTuple
from urllib.parse import urljoin, urlsplit

from lxml.html import HtmlElement
from trafilatura.metadata import extract_metadata

from dragoman.read import jsonld
from dragoman.read.stamps import day_written
from dragoman.tables import rows

COLUMNS = ("field", "in", "name")
JSON_LD = {
    "headline": ("headline", "name"),
    "published": ("datePublished", "dateCreated", "uploadDate"),
    "modified": ("dateModified",),
    "author": ("author", "creator"),
    "publication": ("publisher", "sourceOrganization", "copyrightHolder"),
    "url": ("mainEntityOfPage", "url", "@id"),
}
LONGEST_NAME, LONGEST_ADDRESS = 500, 2_000  # characters
MOST_AUTHORS = 20
NO_GUESSES = {"extensive_search": False, "original_date": True}


class Found(NamedTuple):
    """The values of one field, and where they stood: json-ld, meta, link, time or page."""

    values: list[str]
    where: str


class Facts(NamedTuple):
    """What a page says of itself; ``body`` is the article's text where JSON-LD holds it."""

    fields: dict[str, Found]
    body: str | None
    is_article: bool


def facts_of(tree: HtmlElement, address: str | None = None) -> Facts:
    """The facts of a page that came from ``address``; raises nothing of its own."""
    article = jsonld.article_in(script.text or "" for script in scripts(tree))
    said = {"meta": metas(tree), "link": links(tree), "time": times(tree)}
    found: dict[str, Found] = {}
    for field in JSON_LD:
        clean = CLEANED.get(field, name)
        base = address if field == "url" else None
        for where, raw in [*from_json(article, field), *from_tree(said, field)]:
            values = [value for one in raw if (value := clean(one, base))]
            if values:
                found[field] = Found(values[:MOST_AUTHORS], where)
                break
    fill_from_page(found, tree)
    body = jsonld.texts_of(article.get("articleBody"))
    says_so = any(kind.lower() == "article" for kind in said["meta"].get("og:type", ()))
    return Facts(found, body[0] if body else None, bool(article) or says_so)


def scripts(tree: HtmlElement) -> Iterator[HtmlElement]:
    return (s for s in tree.iter("script") if (s.get("type") or "").strip().lower().startswith("application/ld+json"))


def from_json(article: Mapping[str, Any], field: str) -> Iterator[tuple[str, list[str]]]:
    return (("json-ld", jsonld.texts_of(article.get(key))) for key in JSON_LD[field])


def from_tree(said: Mapping[str, dict[str, list[str]]], field: str) -> Iterator[tuple[str, list[str]]]:
    return ((place, said[place][key]) for place, key in places().get(field, ()) if key in said[place])


@cache
def places() -> dict[str, list[tuple[str, str]]]:
    """The places and names under which each field is looked for."""
    found: dict[str, list[tuple[str, str]]] = {}
    for _, (field, place, key) in rows(resources.files("dragoman.read"), "page_fields.tsv", COLUMNS):
        found.setdefault(field, []).append((place, key))
    return found


def metas(tree: HtmlElement) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for element in tree.iter("meta"):
        content = (element.get("content") or "").strip()
        for attribute in ("property", "name", "itemprop"):
            if content and (key := element.get(attribute)):
                found.setdefault(key.strip().lower(), []).append(content)
    return found


def links(tree: HtmlElement) -> dict[str, list[str]]:
    return {
        rel: [href] for element in tree.iter("link") for rel in (element.get("rel") or "").lower().split() if (href := element.get("href"))
    }


def times(tree: HtmlElement) -> dict[str, list[str]]:
    """By itemprop, and "pubdate" for those that have the attribute of that name or are the only one of the page."""
    found: dict[str, list[str]] = {}
    every = list(tree.iter("time"))
    for element in every:
        value = element.get("datetime") or element.get("content") or (element.text or "").strip()
        if value and (prop := (element.get("itemprop") or "").strip().lower()):
            found.setdefault(prop, []).append(value)
        elif value and (element.get("pubdate") is not None or len(every) == 1):
            found.setdefault("pubdate", []).append(value)
    return found


def fill_from_page(found: dict[str, Found], tree: HtmlElement) -> None:
    """Headline, authors and publisher as trafilatura reads them off the page, where the page does not say."""
    if "headline" in found and "author" in found:
        return
    try:
        read = extract_metadata(tree, date_config=dict(NO_GUESSES), extensive=False)
    except Exception:  # as in page_text: what trafilatura trips over costs these fields, not the article
        return
    for field, value in (("headline", read.title), ("author", read.author), ("publication", read.sitename)):
        values = [part for raw in (value or "").split(";") if (part := name(raw, None))]
        if field not in found and values and not values[0].startswith("http"):
            found[field] = Found(values if field == "author" else values[:1], "page")


def name(raw: str, base: str | None) -> str | None:
    """A name or headline in one line; None for an address, which authors are now and then given as."""
    text = " ".join(unescape(raw).split())
    return None if text.startswith(("http://", "https://")) else text[:LONGEST_NAME] or None


def web_address(raw: str, base: str | None) -> str | None:
    try:
        address = urljoin(base or "", raw.strip())
        parts = urlsplit(address)
    except ValueError:
        return None
    return address if parts.scheme in ("http", "https") and parts.hostname and len(address) <= LONGEST_ADDRESS else None


def day(raw: str, base: str | None) -> str | None:
    return day_written(raw)


CLEANED: dict[str, Callable[[str, str | None], str | None]] = {"published": day, "modified": day, "url": web_address}
