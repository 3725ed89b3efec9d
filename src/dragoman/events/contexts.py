"""In: a paragraph. Out: the PLOVER contexts whose cue words stand in it."""

from __future__ import annotations

from functools import cache

from spacy.tokens import Doc, Token

from dragoman import codebook
from dragoman.drafts import Range

Cue = tuple[tuple[str, ...], str]


@cache
def _cues() -> dict[str, tuple[Cue, ...]]:
    """(remaining words, context) by the first word of each cue."""
    found: dict[str, list[Cue]] = {}
    for context in codebook.load().contexts.values():
        for cue in context.words:
            first, *rest = cue.split()
            found.setdefault(first, []).append((tuple(rest), context.name))
    return {first: tuple(cues) for first, cues in found.items()}


class Contexts:
    """The contexts of the paragraphs of one article, each worked out once."""

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self._known: dict[Range, list[str]] = {}

    def of(self, paragraph: Range) -> list[str]:
        """Names in the order of the codebook."""
        if paragraph not in self._known:
            self._known[paragraph] = self._found(paragraph)
        return list(self._known[paragraph])

    def _found(self, paragraph: Range) -> list[str]:
        words = [_forms(t) for t in self.doc[paragraph.start : paragraph.end] if t.text != "-"]
        cues = _cues()
        found = {
            context
            for at, forms in enumerate(words)
            for form in set(forms)
            for rest, context in cues.get(form, ())
            if len(rest) < len(words) - at and all(word in words[at + 1 + n] for n, word in enumerate(rest))
        }
        return [name for name in codebook.load().contexts if name in found]


def _forms(token: Token) -> tuple[str, str]:
    return token.lower_, str(token.lemma_).lower()
