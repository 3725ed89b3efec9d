"""Bytes -> Article, and the layout of an article: text, JSONL and their compressed forms; headline, dateline, credits, paragraphs."""

from dragoman.read.base import MAX_CHARS, article_of
from dragoman.read.layout import layout
from dragoman.read.sources import read, total_bytes

__all__ = ["MAX_CHARS", "article_of", "layout", "read", "total_bytes"]
