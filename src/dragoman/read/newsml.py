"""In: a stream of NewsML-G2, a message with many items or one item. Out: an article or a Problem for each item of text.

Items of pictures, video and the like are passed over. What its sender has cancelled or holds back is a Problem.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from dragoman.read import nitf
from dragoman.read.base import Options, article_of, problem
from dragoman.read.markup import line_of, local, text_of
from dragoman.read.nitf import first, line_in
from dragoman.read.stamps import day_of_stamp
from dragoman.read.xml_items import Broken, first_tag, items
from dragoman.schema import Article, Problem

NAME = "newsml"
ENDINGS = (".newsml", ".xml")
UNUSABLE = {"canceled": "was cancelled by its sender", "withheld": "is held back by its sender"}
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


def looks_like(head: bytes) -> bool:
    return first_tag(head) in ("newsMessage", "newsItem") or b"<newsItem" in head


def read(stream: io.BufferedReader, source: str, options: Options) -> Iterator[Article | Problem]:
    texts = 0
    for number, item in enumerate(items(stream, "newsItem"), 1):
        where = f"{source}[{number}]"
        if isinstance(item, Broken):
            found: Article | Problem | None = problem(where, item)
        else:
            found = article_in(item, where, options)
        if found is not None:
            texts += 1
            yield found
    if not texts:
        yield problem(source, "no item of text in it; NewsML-G2 was expected, with the text inside and not as a file of its own")


def article_in(item: Any, where: str, options: Options) -> Article | Problem | None:
    """The article of an item; None where the item is no text."""
    if class_of(item) not in (None, "text"):
        return None
    status = code_of(first(item, "pubstatus"))
    fields = fields_of(item)
    if status in UNUSABLE:
        return problem(where, f"the item {UNUSABLE[status]} ({status}), so it is not coded", fields.get("id"))
    try:
        fields["published"] = day_of_stamp(fields.get("published"))
        return article_of(fields, options.published, source=where, max_chars=options.max_chars)
    except ValueError as error:
        return problem(where, str(error), fields.get("id"))


def class_of(item: Any) -> str | None:
    return code_of(first(item, "itemclass"))


def code_of(element: Any) -> str | None:
    """What a code such as "ninat:text", or the address that it is short for, ends in."""
    code = element.get("qcode") or element.get("uri") if element is not None else None
    return code.rpartition(":")[2].rpartition("/")[2].lower() if code else None


def fields_of(item: Any) -> dict[str, Any]:
    """An article's fields as far as the item has them. The day is that of this version, which is when its text was true."""
    content = first(item, "contentset")
    about = first(item, "contentmeta")
    inside = {} if content is None else inside_of(content)
    fields = {
        **inside,
        "id": item.get("guid"),
        "headline": line_of_either(about, "headline") or inside.get("headline") or line_in(item, "title"),
        "published": line_in(item, "versioncreated") or line_in(item, "firstcreated") or inside.get("published"),
        "publication": provider_of(item) or inside.get("publication"),
        "language": language_of(item, about),
        "dateline": line_of_either(about, "dateline") or inside.get("dateline"),
        "slugline": line_of_either(about, "slugline"),
        "byline": line_of_either(about, "by") or inside.get("byline"),
        "version": item.get("version"),
    }
    return {name: value for name, value in fields.items() if value}


def inside_of(content: Any) -> dict[str, Any]:
    """The text, and what else the content says of itself; NITF says much, XHTML and plain text nothing."""
    for holder in content:
        if local(holder) == "inlinexml" and len(holder):
            document = first(holder, "nitf")
            if document is not None:
                return nitf.fields_of(document)
            body = first(holder, "body")
            return {"text": text_of(holder if body is None else body)}
        if local(holder) == "inlinedata" and "text" in (holder.get("contenttype") or "text") and not holder.get("encoding"):
            return {"text": "".join(holder.itertext()).strip()}
    return {}


def line_of_either(root: Any, name: str) -> str | None:
    return line_in(root, name) if root is not None else None


def provider_of(item: Any) -> str | None:
    element = first(item, "provider")
    if element is None:
        return None
    code = str(element.get("qcode") or "").rpartition(":")[2]
    return line_of(element) or str(element.get("literal") or code) or None


def language_of(item: Any, about: Any) -> str | None:
    element = first(about, "language") if about is not None else None
    told = element.get("tag") if element is not None else None
    return str(told or item.get(LANGUAGE) or "") or None
