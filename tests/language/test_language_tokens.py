"""Tokens of untidy copy: a genitive written apart is one token that still knows its characters."""

from __future__ import annotations

import pytest

from dragoman import language
from dragoman.drafts import Layout, Stretch


@pytest.mark.parametrize("genitive", ["’ s", "' s", "´ s"])
def test_a_genitive_apart_is_one_token(genitive: str) -> None:
    text = f"Chad{genitive} army left."
    layout = Layout(paragraphs=(Stretch(0, len(text)),))
    found = language.annotate(language.load(), [(text, layout)])[0]
    token = next(t for t in found.doc if t.tag_ == "POS")
    assert text[found.starts[token.i] : found.ends[token.i]] == genitive
    assert (token.head.text, token.head.head.text) == ("Chad", "army")


def test_a_letter_after_a_closing_quotation_mark_stays_apart() -> None:
    text = "They wrote 'plan's' on it."
    layout = Layout(paragraphs=(Stretch(0, len(text)),))
    found = language.annotate(language.load(), [(text, layout)])[0]
    assert all(text[a:b] == t.text for t, a, b in zip(found.doc, found.starts, found.ends, strict=True))
