"""In: the text of a database's export (Nexis, Factiva), as plain text, HTML, RTF or Word. Out: its articles, or a Problem for each.

Articles are told apart by the lines that databases put between them; a text without any such line is one article.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from dragoman.read import days, export_marks
from dragoman.read.base import Options, article_of, problem, with_dateline
from dragoman.read.guessing import NOTE, text_and_note
from dragoman.read.markup import text_of_html
from dragoman.read.stamps import day_of_stamp
from dragoman.read.streams import refusal
from dragoman.schema import Article, Problem

NAME = "export"
ENDINGS = (".txt", ".html", ".htm")
MAX_FILE = 64 * 2**20  # bytes of a file, which is read whole; 500 articles of 400 words have 1.2 million
TAG = re.compile(r"<[^<>]{0,2000}>")
HTML = re.compile(rb"\s*(?:<!--(?:(?!-->).){0,2000}-->\s*)*<(?:!doctype|html|head|body|div|table)\b", re.IGNORECASE | re.DOTALL)
HEADER_LINES = 25  # above the text of an article
LONGEST_DAY = 60  # characters of a line that is a day
AROUND_A_DAY = re.compile(
    r"[\s,.;:]|\b\d{1,2}:\d\d(?::\d\d)?\b|\b(?:[ap]m|gmt|utc|est|edt|bst|edition|final|first|late|\w+day)\b", re.IGNORECASE
)


class Chunk(NamedTuple):
    """The lines of one article, and its number in the database."""

    lines: list[str]
    id: str | None


def looks_like(head: bytes) -> bool:
    marks = export_marks.load()
    text = head.decode("utf-8", "replace")
    lines = TAG.sub("\n", text).split("\n") if HTML.match(head) else text.split("\n")
    return any(marks.starts.fullmatch(line) or marks.ends.fullmatch(line) for line in map(str.strip, lines) if len(line) <= LONGEST_DAY)


def read(stream: io.BufferedReader, source: str, options: Options) -> Iterator[Article | Problem]:
    data = stream.read(MAX_FILE + 1).replace(b"\0", b"")
    refused = refusal(data)
    if len(data) > MAX_FILE:
        refused = f"an export of more than {MAX_FILE:,} bytes; export fewer articles at once"
    if refused is not None:
        yield problem(source, refused)
        return
    try:
        text, note = text_and_note(data)
    except ValueError:  # a damaged place costs its characters, not the articles around it
        text, note = data.decode("utf-8", "replace"), {NOTE: "utf-8 (damaged)"}
    is_html = HTML.match(data) is not None
    text = text_of_html(text) if is_html else text
    if next(chunks_of(text.splitlines()), None) is None:
        what = "HTML" if is_html else "text"
        yield problem(source, f"this is {what} without the lines that databases put between articles, so it is not read as their export")
        return
    yield from articles(text, source, options, note)


def articles(text: str, source: str, options: Options, note: dict[str, Any] | None = None) -> Iterator[Article | Problem]:
    """The articles of an export, or the one article that a document is."""
    if not text.strip():
        yield problem(source, "there is no text in it; nothing to code")
        return
    number = 0
    for number, chunk in enumerate(chunks_of(text.splitlines()), 1):
        yield article_in({**fields_of(chunk), **(note or {})}, f"{source}[{number}]", options)
    if not number:
        yield article_in({"text": text.strip(), **(note or {})}, source, options)


def article_in(fields: dict[str, Any], where: str, options: Options) -> Article | Problem:
    try:
        fields["published"] = day_of_stamp(fields.get("published"))
        return article_of(fields, options.published, source=where, max_chars=options.max_chars)
    except ValueError as error:
        return problem(where, str(error), fields.get("id"))


def chunks_of(lines: list[str]) -> Iterator[Chunk]:
    """The lines of each article; none where no line marks one. What stands before the first start is the cover of the export."""
    marks = export_marks.load()
    waiting: list[str] = []
    started = False
    for line in lines:
        bare = line.strip()
        end = marks.ends.fullmatch(bare)
        is_start = marks.starts.fullmatch(bare) is not None
        if not end and not is_start:
            waiting.append(line)
            continue
        if (end or started) and any(map(str.strip, waiting)):
            yield Chunk(waiting, end["id"] if end else None)
        waiting = []
        started = is_start
    if started and any(map(str.strip, waiting)):
        yield Chunk(waiting, None)


def fields_of(chunk: Chunk) -> dict[str, Any]:
    """The fields of one article; ``published`` as it is written."""
    lines = [line.strip() for line in chunk.lines]
    fields = coded_fields(lines) or laid_out_fields(lines)
    loaded = fields.pop("loaded", None)
    fields.setdefault("published", loaded)
    fields["language"] = export_marks.load().languages.get(fields.get("language", "").casefold())
    fields["text"] = with_dateline(fields.get("text", ""), fields.get("dateline"))
    return {"id": chunk.id, **fields}


def coded_fields(lines: list[str]) -> dict[str, Any]:
    """Fields that two letters stand before; nothing where the article is laid out without them."""
    marks = export_marks.load()
    found: dict[str, list[str]] = {}
    field = "skip"
    for line in lines:
        code = marks.code.fullmatch(line)
        if code:
            field = marks.codes[code[1]]
        found.setdefault(field, []).append((code[2] or "") if code else line)
    if "text" not in found or "headline" not in found:
        return {}
    text = "\n\n".join(filter(None, found.pop("text")))
    return {"text": text, **{name: " ".join(filter(None, held)) for name, held in found.items() if name != "skip" and any(held)}}


def laid_out_fields(lines: list[str]) -> dict[str, Any]:
    """Fields by their order and labels: the day, what stands around it, and the text behind the last line that is none of it."""
    marks = export_marks.load()
    begins, header = header_of(lines)
    tail = next((at for at in range(begins, len(lines)) if marks.tails.fullmatch(lines[at])), len(lines))
    fields = {
        marks.labels[label[1].lower()]: label[2].strip()
        for line in (*lines[:begins], *lines[tail:])
        if (label := marks.label.fullmatch(line)) and label[2].strip()
    }
    return {**around_the_day(header), **fields, "text": "\n".join(lines[begins:tail]).strip()}


def header_of(lines: list[str]) -> tuple[int, list[str]]:
    """Where the text begins, and the lines above it that are not empty."""
    marks = export_marks.load()
    body = next((at for at, line in enumerate(lines) if marks.body.fullmatch(line)), None)
    if body is not None:
        return body + 1, [line for line in lines[:body] if line]
    tail = next((at for at, line in enumerate(lines) if marks.tails.fullmatch(line)), len(lines))
    filled = [at for at, line in enumerate(lines[:tail]) if line][:HEADER_LINES]
    above = [at for at in filled if is_day(lines[at]) or marks.furniture.fullmatch(lines[at]) or marks.label.fullmatch(lines[at])]
    last = -1
    for at in above:  # further lines of the header may be few lines behind the one before, no further
        if last >= 0 and sum(1 for between in filled if last < between < at) > 2:
            break
        last = at
    return last + 1, [lines[at] for at in filled if at <= last]


def is_day(line: str) -> bool:
    return len(line) <= LONGEST_DAY and day_in(line) is not None


def day_in(line: str) -> str | None:
    """The day that a line consists of, apart from weekday, time and edition."""
    found = next(days.days_in(line), None)
    if found is None or found.year is None or AROUND_A_DAY.sub("", line[: found.start] + line[found.end :]):
        return None
    return days.value_of(found, None)


def around_the_day(header: list[str]) -> dict[str, Any]:
    """Headline, publication and day from their order, which differs between the databases."""
    marks = export_marks.load()
    at = next((number for number in reversed(range(len(header))) if is_day(header[number])), None)
    if at is None:
        return {"headline": header[0] if header else None}
    before = header[:at]
    after = [line for line in header[at + 1 :] if not marks.label.fullmatch(line)]
    fields: dict[str, Any] = {"published": day_in(header[at])}
    counted = any(marks.words.fullmatch(line) for line in before)
    if counted:
        named = [line for line in after if not marks.furniture.fullmatch(line) or not line.isupper()]
        clock = re.compile(r"\d{1,2}:\d\d.*")
        fields["publication"] = next((line for line in named if not clock.fullmatch(line)), None)
        fields["headline"] = before[0]
    elif len(before) > 1:
        fields["publication"], fields["headline"] = before[-1], before[-2]
    else:
        fields["publication"] = before[0] if before else None
        fields["headline"] = next((line for line in after if not marks.furniture.fullmatch(line)), None)
    return fields
