"""In: what users hand over for an article: a text, a mapping or an Article. Out: an ``Article``, or a ValueError that says what is wrong.

The fields of a mapping are those of JSONL input; what dragoman does not know of them is kept in ``extra``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from dragoman.read.unpacking import Budget
from dragoman.schema import Article, Problem, article_id_of

STAGE = "read"
TEXT_KEYS = ("headline", "publication", "url", "language", "dateline")
KEYS = frozenset({"id", "text", "published", *TEXT_KEYS})
MAX_CHARS = 1_000_000
DATELINE_WITHIN = 120  # characters at the beginning of a text in which its dateline may stand already
SURROGATE = re.compile("[\ud800-\udfff]")
MARKUP = re.compile(
    r"\s*(?:<!--.*?-->\s*)?<(?P<tag>!doctype\s+html|html|head|body|\?xml|rss|feed|div|p|article|section|h1|table|meta)\b", re.I | re.S
)
MARKUP_CHARS = 2_000
XML = ("?xml", "rss", "feed")


class Spot:
    """Where the item that a reader gives next begins, in bytes of the unpacked content; None where its reader does not know."""

    def __init__(self) -> None:
        self.start: int | None = 0
        self._begins: int | None = None

    def set(self, begins: int | None) -> None:
        """Said by a reader before it gives an item: so many bytes behind ``start``, where its stream begins."""
        self._begins = None if begins is None or self.start is None else self.start + begins

    def take(self) -> int | None:
        """Asked by who was given an item; of the next one nothing is known then."""
        begins, self._begins = self._begins, None
        return begins


@dataclass(frozen=True, slots=True)
class Options:
    """What a reader is told: ``published`` is the day of articles that bring none, as YYYY-MM-DD.

    ``columns`` maps fields of an article to the keys or columns that hold them (``{"text": "body"}``), ``kind`` is the name of the reader
    that is asked for instead of the one that the content tells.
    ``depth`` is in how many archives the stream lies, ``budget`` what may still be unpacked of the outermost;
    ``spot`` is told where an item begins.
    """

    published: str | None = None
    max_chars: int = MAX_CHARS
    columns: Mapping[str, str] = field(default_factory=dict)
    kind: str | None = None
    depth: int = 0
    budget: Budget = field(default_factory=Budget)
    spot: Spot = field(default_factory=Spot)


def article_of(
    item: str | Mapping[str, Any] | Article, published: str | date | None = None, *, source: str | None = None, max_chars: int = MAX_CHARS
) -> Article:
    """An article from its text, from a mapping with the keys of JSONL input, or from an Article.

    ``published`` is the day of an item that has none, as YYYY-MM-DD or ISO date and time (the day is taken as written).
    ValueError where the text is missing, empty, longer than ``max_chars`` or no text, or a field has the wrong type.
    """
    if isinstance(item, Article):
        text_of({"text": item.text}, max_chars)
        return item.model_copy(update={"published": day_of(item.published or published)})
    if isinstance(item, str):
        return from_mapping({"text": item}, published, source, max_chars)
    if isinstance(item, Mapping):
        return from_mapping(item, published, source, max_chars)
    raise ValueError(f"an article is a text, a mapping with 'text', or an Article; this is {kind_of(item)}")


def from_mapping(fields: Mapping[str, Any], published: str | date | None, source: str | None, max_chars: int) -> Article:
    text = text_of(fields, max_chars)
    own = fields.get("published")
    extra = {str(key): value for key, value in fields.items() if key not in KEYS}
    check_writable(extra)
    return Article(
        id=id_of(fields.get("id")) or article_id_of(text),
        text=text,
        published=day_of(published if own is None or own == "" else own),
        source=source,
        extra=extra,
        **{key: short_text_of(key, fields.get(key)) for key in TEXT_KEYS},
    )


def text_of(fields: Mapping[str, Any], max_chars: int) -> str:
    text = fields.get("text")
    if text is None:
        known = ", ".join(sorted(map(repr, list(fields)[:8]))) or "no keys at all"
        raise ValueError(f"no 'text' in it (there is {known}); every article needs one")
    if not isinstance(text, str):
        raise ValueError(f"'text' is {kind_of(text)}, not text")
    if not text.strip():
        raise ValueError("'text' is empty")
    if len(text) > max_chars:
        raise ValueError(f"the text has {len(text):,} characters, more than the {max_chars:,} allowed; split it or raise the limit")
    check_surrogates("text", text)
    check_markup(text)
    return text


def check_surrogates(key: str, text: str) -> None:
    """JSON can write half a character ("\\ud83d"), which no file can hold."""
    half = SURROGATE.search(text)
    if half:
        raise ValueError(
            f"{key!r} has half a character (\\u{ord(half.group()):04x}) at {half.start()}; write the text anew from its source"
        )


def check_markup(text: str) -> None:
    match = MARKUP.match(text[:MARKUP_CHARS])
    if match is None:
        return
    if match["tag"].lower() in XML:
        raise ValueError("this is XML, not an article's text; give the feed or document as a file that ends in .xml")
    raise ValueError("this is HTML, not an article's text; give the page as a file that ends in .html")


def check_writable(extra: Mapping[str, Any]) -> None:
    """Keys that are kept as given must be such that they can be written again."""
    try:
        json.dumps(extra, ensure_ascii=False, allow_nan=False).encode()
    except (TypeError, ValueError, RecursionError) as error:
        raise ValueError(f"one of the keys {', '.join(map(repr, extra))} cannot be written as JSON: {error}") from error


def short_text_of(key: str, value: object) -> str | None:
    if value is None or value == "":
        return None
    if not isinstance(value, str):
        raise ValueError(f"{key!r} is {kind_of(value)}, not text")
    check_surrogates(key, value)
    return value


def id_of(value: object) -> str | None:
    """An id as text; numbers become text."""
    if value is None or value == "":
        return None
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise ValueError(f"'id' is {kind_of(value)}, not text or a number")
    text = str(value)
    check_surrogates("id", text)
    return text


def day_of(value: object) -> str | None:
    """YYYY-MM-DD of a date, or of an ISO date and time as written (no time zone is converted). ValueError for anything else."""
    if value is None or value == "":
        return None
    if isinstance(value, date):
        return value.isoformat()[:10]
    if not isinstance(value, str):
        raise ValueError(f"'published' is {kind_of(value)}, not a date; write it as YYYY-MM-DD")
    written = value.strip()
    try:
        if re.match(r"\d{4}-\d\d-\d\d", written):
            return datetime.fromisoformat(written).date().isoformat()
    except ValueError:
        pass
    raise ValueError(f"'published' is {shortened(value)!r}, which is no date; write it as YYYY-MM-DD or leave it out")


def kind_of(value: object) -> str:
    """What a JSON value is, in words."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true or false"
    if isinstance(value, int | float):
        return "a number"
    if isinstance(value, str):
        return "text"
    if isinstance(value, Mapping):
        return "an object"
    return "a list" if isinstance(value, list | tuple) else f"a {type(value).__name__}"


def shortened(value: str) -> str:
    return value if len(value) <= 40 else value[:37] + "..."


def problem(source: str, message: str, article_id: str | None = None) -> Problem:
    return Problem(article_id=article_id, source=source, stage=STAGE, message=SURROGATE.sub("\ufffd", message))


def with_dateline(text: str, dateline: str | None) -> str:
    """The text as it is printed: formats that keep the dateline apart take it from the paragraph that it begins."""
    if not text or not dateline or dateline.casefold() in text[:DATELINE_WITHIN].casefold():
        return text
    return f"{dateline.rstrip(' —–-')} — {text}"
