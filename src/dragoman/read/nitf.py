"""In: a stream of NITF, one document or many. Out: an article or a Problem for each."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from dragoman.read.base import Options, article_of, problem, with_dateline
from dragoman.read.markup import line_of, local, text_of
from dragoman.read.stamps import day_of_stamp
from dragoman.read.xml_items import Broken, first_tag, items
from dragoman.schema import Article, Problem

NAME = "nitf"
ENDINGS = (".nitf", ".xml")


def looks_like(head: bytes) -> bool:
    return first_tag(head) == "nitf" or (first_tag(head) != "newsItem" and b"<nitf" in head and b"<newsItem" not in head)


def read(stream: io.BufferedReader, source: str, options: Options) -> Iterator[Article | Problem]:
    number = 0
    for number, item in enumerate(items(stream, "nitf"), 1):
        where = source if number == 1 else f"{source}[{number}]"
        yield problem(where, item) if isinstance(item, Broken) else article_in(item, where, options)
    if not number:
        yield problem(source, "no <nitf> in this XML; NewsML-G2, NITF, RSS and Atom are read, of others give the article's text")


def article_in(nitf: Any, where: str, options: Options) -> Article | Problem:
    found = fields_of(nitf)
    try:
        found["published"] = day_of_stamp(found.get("published"))
        return article_of(found, options.published, source=where, max_chars=options.max_chars)
    except ValueError as error:
        return problem(where, str(error), found.get("id"))


def fields_of(nitf: Any) -> dict[str, Any]:
    """An article's fields as far as the document has them; ``published`` as it is written."""
    headline = line_in(nitf, "hl1") or line_in(nitf, "hedline") or line_in(nitf, "title")
    dateline = line_in(nitf, "dateline")
    content = first(nitf, "body.content")
    fields = {
        "id": attribute_of(nitf, "doc-id", "id-string"),
        "headline": headline,
        "published": attribute_of(nitf, "date.issue", "norm") or attribute_of(nitf, "date.release", "norm"),
        "publication": attribute_of(nitf, "pubdata", "name") or attribute_of(nitf, "pubdata", "position.section"),
        "dateline": dateline,
        "byline": line_in(nitf, "byline"),
        "distributor": line_in(nitf, "distributor"),
        "text": with_dateline(text_of(content), dateline) if content is not None else None,
    }
    return {name: value for name, value in fields.items() if value}


def first(root: Any, name: str) -> Any:
    return next((element for element in root.iter() if local(element) == name), None)


def line_in(root: Any, name: str) -> str | None:
    element = first(root, name)
    return (line_of(element) or None) if element is not None else None


def attribute_of(root: Any, name: str, attribute: str) -> str | None:
    element = first(root, name)
    return (element.get(attribute) or None) if element is not None else None
