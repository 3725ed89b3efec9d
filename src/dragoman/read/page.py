"""In: the markup of one web page. Out: the article on it, or a Problem.

The text is what trafilatura extracts, a blank line between paragraphs; what the page says of itself is in the fields, and
``extra["found_in"]`` says where each of them stood.
"""

from __future__ import annotations

import logging
import re

from dragoman.read.base import Options, article_of, problem
from dragoman.read.page_fields import Facts, facts_of
from dragoman.read.page_text import Body, body_of, lists_others, plain_text, tree_of, without_scripts
from dragoman.schema import Article, Problem

MAX_MARKUP, MAX_TAGS = 2_000_000, 20_000  # without scripts; big pages of one article have 0.5 million and 8,000; at these 8 s and 300 MB
TAG = re.compile(r"<[a-zA-Z]")
FEWEST_WORDS = 12  # below which what is found on a page is a notice or a menu
NO_ARTICLE = "no article found on this page; if there is one, save its text as .txt"
NO_ARTICLE_FRAMED = "the page only frames others; save the page inside the frame"

logging.getLogger("trafilatura").addHandler(logging.NullHandler())  # what it logs is said by the Problem
logging.getLogger("trafilatura").propagate = False
logging.getLogger("htmldate").propagate = False


def page_of(markup: str, source: str, options: Options, address: str | None = None) -> Article | Problem:
    """The article of a page's markup that came from ``address``."""
    markup = without_scripts(markup)
    tags = len(TAG.findall(markup))
    if len(markup) > MAX_MARKUP or tags > MAX_TAGS:
        return problem(source, f"{len(markup):,} characters and {tags:,} tags, more than a page of one article has; save the article alone")
    tree = tree_of(markup)
    if tree is None:
        return problem(source, "it is empty; there is nothing to code")
    body = body_of(tree, tags)
    facts = facts_of(tree, address)
    text, from_json = text_and_origin(body, facts)
    if text is None:
        framed = next(tree.iter("frame", "iframe"), None) is not None
        return problem(source, NO_ARTICLE_FRAMED if framed else NO_ARTICLE)
    if not from_json and not facts.is_article and lists_others(tree, text):
        return problem(source, "a page of links to articles, none itself; give the pages it links to")
    try:
        return article_of(mapping(text, from_json, body, facts, options), options.published, source=source, max_chars=options.max_chars)
    except ValueError as error:
        return problem(source, str(error))


def text_and_origin(body: Body | None, facts: Facts) -> tuple[str | None, bool]:
    """The article's text, and whether it is that of JSON-LD because the page itself shows less than half of it."""
    shown = body.text if body else ""
    held = plain_text(facts.body) if facts.body else ""
    is_same = shown.split() == held.split() and held.count("\n\n") >= shown.count("\n\n")  # trafilatura looked there, and lost paragraphs
    from_json = len(held) > 2 * len(shown) or (is_same and bool(held))
    if from_json:
        shown = held
    return (shown if len(shown.split()) >= FEWEST_WORDS else None), from_json


def mapping(text: str, from_json: bool, body: Body | None, facts: Facts, options: Options) -> dict[str, object]:
    """The article as a mapping with the keys of JSONL input; ``found_in`` says where each field stood."""
    fields = facts.fields
    found_in = {field: found.where for field, found in sorted(fields.items())}
    given: dict[str, object] = {
        field: fields[field].values[0] for field in ("headline", "published", "publication", "url") if field in fields
    }
    if "headline" not in given and body is not None and body.heading:
        given["headline"], found_in["headline"] = body.heading, "page"
    if "author" in fields:
        given["author"] = fields["author"].values
    if "modified" in fields:
        given["modified"] = fields["modified"].values[0]
    return {"text": text, **given, "found_in": {**found_in, "text": "json-ld" if from_json else "page"}}
