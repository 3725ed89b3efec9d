"""In: an article's text, its layout and a spaCy pipeline. Out: one parsed Doc for the whole article that knows its characters.

Paragraphs are tokenised apart and joined without the white space and the masthead between them, so no sentence runs across
a paragraph, and every token still knows where it stands in the text as given.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from spacy.language import Language
from spacy.tokens import Doc, Token

from dragoman.drafts import Layout, Range
from dragoman.schema import Span

APOSTROPHES = frozenset("'’‘´`")


@dataclass(slots=True)
class Annotated:
    """A parsed article. ``starts[i]`` and ``ends[i]`` are the code points of token i in ``text``."""

    text: str
    doc: Doc
    starts: list[int]
    ends: list[int]
    paragraphs: list[Range]
    sentences: list[Range]

    def chars(self, tokens: Range) -> tuple[int, int]:
        return self.starts[tokens.start], self.ends[tokens.end - 1]

    def span(self, tokens: Range) -> Span:
        start, end = self.chars(tokens)
        return Span(text=self.text[start:end], start=start, end=end)

    def sentence_of(self, token: int) -> Range:
        return self.sentences[bisect_right(self.sentences, token, key=lambda s: s.start) - 1]

    def paragraph_of(self, token: int) -> Range:
        return self.paragraphs[bisect_right(self.paragraphs, token, key=lambda p: p.start) - 1]

    def tokens_within(self, start: int, end: int) -> Range | None:
        """The tokens that overlap the given characters, or None where there are none."""
        first = bisect_right(self.ends, start)
        last = first
        while last < len(self.starts) and self.starts[last] < end:
            last += 1
        return Range(first, last) if last > first else None

    def __getitem__(self, token: int) -> Token:
        return self.doc[token]


def tokenise(nlp: Language, text: str, layout: Layout) -> tuple[Doc, list[int], list[int], list[Range]]:
    """The unparsed Doc of an article's paragraphs, with the characters of each token and the paragraphs as token ranges.

    A genitive that untidy copy writes apart ("Iran’ s") is one token, so that the parser sees whose something is.
    """
    words: list[str] = []
    spaces: list[bool] = []
    starts: list[int] = []
    ends: list[int] = []
    opens: list[bool | int | None] = []
    paragraphs: list[Range] = []
    for stretch in layout.paragraphs:
        first = len(words)
        for token in nlp.tokenizer(text[stretch.start : stretch.end]):
            if token.is_space:
                continue
            start = stretch.start + token.idx
            if token.text == "s" and len(words) > first and words[-1] in APOSTROPHES and text[ends[-1] : start].isspace():
                words[-1], spaces[-1], ends[-1] = "'s", bool(token.whitespace_), start + 1
                continue
            words.append(token.text)
            spaces.append(bool(token.whitespace_))
            starts.append(start)
            ends.append(start + len(token.text))
            opens.append(True if len(words) == first + 1 else None)
        if len(words) > first:
            spaces[-1] = True
            paragraphs.append(Range(first, len(words)))
    return Doc(nlp.vocab, words=words, spaces=spaces, sent_starts=opens), starts, ends, paragraphs


def annotate(nlp: Language, texts: Sequence[tuple[str, Layout]], batch_size: int = 16) -> list[Annotated]:
    """Parse articles together; the order is kept."""
    drafts = [tokenise(nlp, text, layout) for text, layout in texts]
    docs = nlp.pipe((doc for doc, *_ in drafts), batch_size=batch_size)
    return [
        Annotated(text, doc, starts, ends, paragraphs, [Range(s.start, s.end) for s in doc.sents])
        for (text, _), (_, starts, ends, paragraphs), doc in zip(texts, drafts, docs, strict=True)
    ]
