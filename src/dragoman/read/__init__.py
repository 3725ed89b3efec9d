"""Bytes -> Article, and the layout of an article: text, JSONL and their compressed forms; headline, dateline, credits, paragraphs."""

from dragoman.read.layout import layout

__all__ = ["layout"]
