"""In: the bytes of one e-mail as the wire services send them. Out: its article, or a Problem: the plain text, else the HTML part."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from email import policy
from email.message import EmailMessage, MIMEPart
from email.parser import BytesParser
from typing import Any

from dragoman.read import registry
from dragoman.read.base import Options, article_of, problem
from dragoman.read.guessing import text_and_note
from dragoman.read.stamps import day_of_stamp
from dragoman.schema import Article, Problem

MAX_PARTS = 25  # parts that have parts; each line is compared with the ends of all that are open
MAX_MESSAGE = 32 * 2**20  # bytes of one message with its attachments, which is held in memory
HTML = "html"
ENDS_OF_LINES = re.compile("\r\n?")


def articles(data: bytes, where: str, options: Options) -> Iterator[Article | Problem]:
    """The article of one message; nothing raises, whatever the bytes are."""
    if data.lower().count(b"multipart/") > MAX_PARTS:
        yield problem(where, f"an e-mail with more than {MAX_PARTS} parts that have parts; save its text as .txt")
        return
    try:
        message = BytesParser(policy=policy.default).parsebytes(data)
        fields = fields_of(message)
        plain, html = part_of(message, "plain"), part_of(message, "html")
        text, note = ("", {}) if plain is None else text_in(plain)
        markup = b"" if html is None else bytes_in(html)
    except Exception as error:  # the parser of headers raises whatever it stumbles over
        yield problem(where, f"no usable e-mail: {str(error) or type(error).__name__}; save its text as .txt")
        return
    if text.strip():
        yield article_in({**fields, **note, "text": text}, where, options)
    elif markup.strip():
        yield from (with_fields(item, fields, where) for item in html_articles(markup, where, options))
    else:
        yield problem(where, "no text in this e-mail; save what is attached and read that", fields.get("id"))


def article_in(fields: dict[str, Any], where: str, options: Options) -> Article | Problem:
    try:
        fields["published"] = day_of_stamp(fields.get("published"), "Date")
        return article_of(fields, options.published, source=where, max_chars=options.max_chars)
    except ValueError as error:
        return problem(where, str(error), fields.get("id"))


def fields_of(message: EmailMessage) -> dict[str, Any]:
    """What the headers say; the day is the one that the sender's clock had."""
    fields = {
        "id": header(message, "Message-ID").strip("<>"),
        "headline": header(message, "Subject"),
        "published": header(message, "Date"),
        "language": header(message, "Content-Language"),
        "from": header(message, "From"),
    }
    return {name: value for name, value in fields.items() if value}


def header(message: EmailMessage, name: str) -> str:
    return " ".join(str(message.get(name, "")).encode("utf-8", "replace").decode().split())


def part_of(message: EmailMessage, kind: str) -> MIMEPart | None:
    return message.get_body(preferencelist=(kind,))


def bytes_in(part: MIMEPart) -> bytes:
    held = part.get_payload(decode=True)
    return held if isinstance(held, bytes) else b""


def text_in(part: MIMEPart) -> tuple[str, dict[str, Any]]:
    """The text of a part, with line ends as everywhere."""
    text, note = text_and_note(bytes_in(part), part.get_content_charset())
    return ENDS_OF_LINES.sub("\n", text), note


def html_articles(markup: bytes, where: str, options: Options) -> Iterator[Article | Problem]:
    reader = registry.by_name(HTML)
    if reader is None:
        yield problem(where, "an e-mail of HTML alone, which isn't read yet; save its text as .txt")
    else:
        yield from reader.read(io.BufferedReader(io.BytesIO(markup)), where, options)


def with_fields(item: Article | Problem, fields: dict[str, Any], where: str) -> Article | Problem:
    """The article of the HTML part, with what the headers know better; a Date that is none is a Problem."""
    if isinstance(item, Problem):
        return item.model_copy(update={"article_id": fields.get("id", item.article_id)})
    try:
        published = day_of_stamp(fields.get("published"), "Date") or item.published
    except ValueError as error:
        return problem(where, str(error), fields.get("id"))
    known = {"id": fields.get("id", item.id), "headline": fields.get("headline", item.headline), "published": published}
    return item.model_copy(update={**known, "extra": {**item.extra, **({"from": fields["from"]} if "from" in fields else {})}})
