"""In: paragraphs and quotations. Out: drafts for speakers that a colon or a dash names.

"LEE: We agree." in a transcript, "Lee: tax cuts will fail" in a headline, "“We agree.” — Ann Lee" under a letter.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from dragoman.drafts import Range
from dragoman.language.tree import Tree
from dragoman.statements.cues import Cues
from dragoman.statements.drafting import Draft
from dragoman.statements.quotes import ENDS_SENTENCE, MARKS, Marked, is_speech

COLON = ":"
DASHES = frozenset({"—", "–", "―", "--", "-"})
LONGEST_LABEL = 5
LONGEST_SIGNATURE = 20
SAY = "say"


def labelled(tree: Tree, paragraphs: Sequence[Range], quotes: Sequence[Marked], cues: Cues) -> list[Draft]:
    """Drafts of transcripts, headlines and signed quotations."""
    names = [_name_before_colon(tree, paragraph, cues.unsigned) for paragraph in paragraphs]
    turns = Counter(tuple(tree.words[name.start : name.end]) for name in names if name is not None)
    found = []
    for number, (name, paragraph) in enumerate(zip(names, paragraphs, strict=True)):
        if name is not None and _speaks(tree, name, turns, number == 0):
            colon = name.end
            closes = name.start > paragraph.start and tree.words[paragraph.end - 1] in MARKS
            found.append(Draft(colon, Range(colon, colon + 1), SAY, [Range(colon + 1, paragraph.end - closes)], colon - 1))
    return found + [draft for quote in quotes for draft in _signature(tree, quote, paragraphs[quote.paragraph])]


def _name_before_colon(tree: Tree, paragraph: Range, unsigned: frozenset[str]) -> Range | None:
    """The few words before a colon with which a paragraph begins, an opening mark left out."""
    start = paragraph.start
    if tree.words[start] in MARKS and start + 1 < paragraph.end:
        start += 1
    colon = next((t for t in range(start + 1, min(start + LONGEST_LABEL + 1, paragraph.end)) if tree.words[t] == COLON), None)
    if colon is None or colon + 2 >= paragraph.end or not unsigned.isdisjoint(tree.lower[start:colon]):
        return None
    return Range(start, colon)


def _speaks(tree: Tree, name: Range, turns: Counter[tuple[str, ...]], is_headline: bool) -> bool:
    """Capitals, as in a transcript; a name that begins several paragraphs; a name that begins a headline."""
    words = tree.words[name.start : name.end]
    if _in_capitals(words):
        return True
    known = is_headline or (turns[tuple(words)] > 1 and tree.pos[name.end - 1] == "PROPN")
    return known and tree.pos[name.end - 1] in ("PROPN", "NOUN") and _capitalised(words)


def _in_capitals(name: Sequence[str]) -> bool:
    return len(name[-1]) > 1 and all(word.isupper() or word == "." for word in name)


def _capitalised(name: Sequence[str]) -> bool:
    return all(word[0].isupper() or not word[0].isalpha() for word in name)


def _signature(tree: Tree, quote: Marked, paragraph: Range) -> Iterator[Draft]:
    """Who signs a quotation that stands alone."""
    dash = quote.end
    if dash + 1 >= paragraph.end or tree.words[dash] not in DASHES or not is_speech(tree, quote):
        return
    rest = range(dash + 1, paragraph.end)
    if len(rest) <= LONGEST_SIGNATURE and tree.pos[dash + 1] == "PROPN" and not any(tree.words[t] in ENDS_SENTENCE for t in rest[:-1]):
        name = dash + 1
        while name + 1 < paragraph.end and tree.pos[name + 1] == "PROPN":
            name += 1
        yield Draft(dash, Range(dash, dash + 1), SAY, [quote.range], name)
