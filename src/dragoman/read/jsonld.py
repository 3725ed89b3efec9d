"""In: the JSON-LD scripts of a page. Out: the article among them as a mapping of schema.org, and its values as plain text.

Only what stands for the page itself counts: a list of other stories is no article of this page.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from dragoman.read.base import SURROGATE

ARTICLE = re.compile(r"(?:\A|/)(?:\w*Article|\w*Posting|Report|SpecialAnnouncement)\Z")
WRAPPING = re.compile(r"\A\s*(?:<!--|<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/|//\s*<!\[CDATA\[)|(?:-->|(?://\s*)?\]\]>|/\*\s*\]\]>\s*\*/)\s*\Z")
SCRIPTS_READ = 50
NAMES_READ = 20
LEVELS = 4  # a page that holds a graph that holds a page whose main entity is the article


def article_in(scripts: Iterable[str]) -> Mapping[str, Any]:
    """The first news article, else the first article; empty where there is none."""
    found = [node for script in list(scripts)[:SCRIPTS_READ] for node in nodes(parsed(script)) if is_article(node)]
    news = [node for node in found if any("News" in kind for kind in kinds(node))]
    return next(iter(news or found), {})


def parsed(script: str) -> Any:
    """The value of a script, also of one with line breaks in its strings; None for what is no JSON."""
    try:
        return json.loads(WRAPPING.sub("", script).strip().rstrip(";"), strict=False)
    except (ValueError, RecursionError):
        return None


def nodes(value: Any, level: int = 0) -> Iterator[Mapping[str, Any]]:
    """A node, and those for which it only stands: members of a graph, the main entity of a page."""
    if level > LEVELS:
        return
    if isinstance(value, list):
        for item in value:
            yield from nodes(item, level + 1)
    elif isinstance(value, Mapping):
        yield value
        for key in ("@graph", "mainEntity"):
            yield from nodes(value.get(key), level + 1)


def kinds(node: Mapping[str, Any]) -> list[str]:
    kind = node.get("@type")
    return [k for k in (kind if isinstance(kind, list) else [kind]) if isinstance(k, str)]


def is_article(node: Mapping[str, Any]) -> bool:
    return any(ARTICLE.search(kind) for kind in kinds(node))


def texts_of(value: Any, level: int = 0) -> list[str]:
    """The names or addresses that a value gives: it may be a text, a thing with a name, or a list of them."""
    if isinstance(value, list) and level <= LEVELS:
        return [text for item in value[:NAMES_READ] for text in texts_of(item, level + 1)]
    if isinstance(value, Mapping) and level <= LEVELS:
        return texts_of(next((value[key] for key in ("name", "@id", "url") if value.get(key)), None), level + 1)
    return [SURROGATE.sub("\ufffd", value.strip())] if isinstance(value, str) and value.strip() else []
