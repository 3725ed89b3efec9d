"""In: a stream of ninjs, generation 1 or 2: one document, a list, or one a line. Out: an article or a Problem for each item of text."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

from dragoman.read import json_document, jsonl
from dragoman.read.base import Options, article_of, problem
from dragoman.read.objects import known_id, looks_like_json, looks_like_lines, parsed
from dragoman.read.stamps import day_of_stamp
from dragoman.read.streams import HEAD, decoded
from dragoman.schema import Article, Problem

NAME = "ninjs"
ENDINGS = (".ninjs", ".json", ".jsonl", ".ndjson")
BODY = re.compile(rb'"(?:bodies|body_(?:text|xhtml|html|nitf))"\s*:')
IDENTIFIER = re.compile(rb'"(?:uri|guid|standard)"\s*:')
TEXT_KEY = re.compile(rb'"text"\s*:')
UNUSABLE = ("canceled", "withheld")
BODIES = ("body_text", "body_xhtml", "body_html", "body_nitf")  # plain text first
STAMPS = ("versioncreated", "firstcreated", "contentcreated")
KEPT = ("slugline", "urgency", "byline", "located", "pubstatus", "version", "subjects", "subject", "edNote", "ednote")


def looks_like(head: bytes) -> bool:
    return looks_like_json(head) and bool(BODY.search(head)) and bool(IDENTIFIER.search(head)) and not TEXT_KEY.search(head)


def read(stream: io.BufferedReader, source: str, options: Options) -> Iterator[Article | Problem]:
    if options.columns:  # then the user says where the text is
        yield from json_document.read(stream, source, options)
        return
    texts = 0
    for where, value in values_in(stream, source, options):
        found = value if isinstance(value, Problem) else article_in(value, where, options)
        if found is not None:
            texts += 1
            yield found
    if not texts:
        yield problem(source, "no item of text in it; ninjs with a body was expected")


def values_in(stream: io.BufferedReader, source: str, options: Options) -> Iterator[tuple[str, Any]]:
    """Each item and where it stands, or a Problem for what cannot be read."""
    if looks_like_lines(stream.peek(HEAD)):
        for where, line in jsonl.lines_of(stream, source, options):
            try:
                yield where, line if isinstance(line, Problem) else parsed(decoded(line.rstrip(), first_line=0))
            except ValueError as error:
                yield where, problem(where, str(error))
        return
    try:
        value = json_document.document_in(stream)
    except ValueError as error:
        yield source, problem(source, str(error))
        return
    if isinstance(value, list):
        yield from ((f"{source}[{number}]", item) for number, item in enumerate(value, 1))
    else:
        yield source, value


def article_in(value: Any, where: str, options: Options) -> Article | Problem | None:
    """The article of an item; None where the item is no text."""
    if not isinstance(value, dict):
        return problem(where, 'an object with "uri" and a body was expected')
    if value.get("type", "text") != "text":
        return None
    name = value.get("uri") or value.get("guid")
    if value.get("pubstatus") in UNUSABLE:
        return problem(where, f"its sender says that it is {value['pubstatus']}, so it is not coded", known_id({"id": name}))
    try:
        return article_of(fields_of(value, name), options.published, source=where, max_chars=options.max_chars)
    except ValueError as error:
        return problem(where, str(error), known_id({"id": name}))


def fields_of(value: dict[str, Any], name: Any) -> dict[str, Any]:
    """An article's fields. ValueError where there is no text, or no date where one is written."""
    text = body_of(value)
    if not text:
        raise ValueError(f"no text in it ({', '.join(BODIES)} and bodies are looked for); send for the full item")
    stamp = next((key for key in STAMPS if value.get(key)), STAMPS[0])
    return {
        **{key: value[key] for key in KEPT if value.get(key)},
        "id": name,
        "text": text,
        "headline": value.get("headline") or main_of(value.get("headlines")),
        "published": day_of_stamp(value.get(stamp), stamp),
        "publication": provider_of(value),
        "url": value.get("uri") if str(value.get("uri", "")).startswith(("http:", "https:")) else None,
        "language": value.get("language"),
    }


def body_of(value: dict[str, Any]) -> str:
    for key in BODIES:
        if isinstance(value.get(key), str) and value[key].strip():
            return value[key].strip() if key == "body_text" else html_text(value[key])
    bodies = value.get("bodies")
    known = [body for body in bodies if isinstance(body, dict) and isinstance(body.get("value"), str)] if isinstance(bodies, list) else []
    best = min(known, key=lambda body: (body.get("role") not in (None, "main"), "html" in str(body.get("contenttype"))), default=None)
    if best is None:
        return ""
    return best["value"].strip() if str(best.get("contenttype", "")).startswith("text/plain") else html_text(best["value"])


def html_text(markup: str) -> str:
    from dragoman.read.markup import text_of_html

    return text_of_html(markup)


def main_of(headlines: Any) -> str | None:
    known = [line for line in headlines if isinstance(line, dict)] if isinstance(headlines, list) else []
    best = min(known, key=lambda line: line.get("role") not in (None, "main"), default=None)
    return best.get("value") if best else None


def provider_of(value: dict[str, Any]) -> str | None:
    for key in ("provider", "source", "copyrightholder"):
        held = value.get(key)
        if isinstance(held, dict):
            held = held.get("name") or held.get("literal")
        if isinstance(held, str) and held:
            return held
    return None
