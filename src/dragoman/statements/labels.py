"""In: paragraphs and quotations. Out: drafts for speakers that a colon or a dash names.

"LEE: We agree." in a transcript, "Lee: tax cuts will fail" in a headline, "“We agree.” — Ann Lee" under a letter.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from dragoman.drafts import Range
from dragoman.knowledge import load
from dragoman.language.tree import Tree
from dragoman.statements.cues import Cues
from dragoman.statements.drafting import Draft
from dragoman.statements.quotes import ENDS_SENTENCE, MARKS, Marked, is_speech

COLON = ":"
DASHES = frozenset({"—", "–", "―", "--", "-"})
LONGEST_LABEL = 5
LONGEST_SIGNATURE = 20
SAY = "say"
SUBORDINATE = frozenset({"relcl", "acl", "advcl", "ccomp", "csubj"})
SOMEBODY = frozenset({"he", "she", "they"})


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


def introduced(tree: Tree, paragraphs: Sequence[Range], quotes: Sequence[Marked], taken: Sequence[Draft], cues: Cues) -> list[Draft]:
    """Drafts for quotations of nobody yet that a colon ties to who speaks: "The minister was blunt: "We will not pay.""" ""
    owned = bytearray(len(tree) + 1)
    for draft in taken:
        for piece in draft.content:
            owned[piece.start : piece.end] = b"\1" * (piece.end - piece.start)
    found = []
    for quote in quotes:
        colon = _colon_before(tree, paragraphs, quote)
        if colon is None or owned[quote.start + 1] or not is_speech(tree, quote):
            continue
        speaker = _introduced(tree, colon, cues)
        if speaker is not None:
            found.append(Draft(colon, Range(colon, colon + 1), SAY, [quote.range], speaker, None, True))
    return found


def _colon_before(tree: Tree, paragraphs: Sequence[Range], quote: Marked) -> int | None:
    """The colon that a quotation follows, in its paragraph or at the end of the one before."""
    first = quote.start == paragraphs[quote.paragraph].start
    if first and not quote.paragraph:
        return None
    last = (paragraphs[quote.paragraph - 1].end if first else quote.start) - 1
    return last if tree.words[last] == COLON else None


def _introduced(tree: Tree, colon: int, cues: Cues) -> int | None:
    """Who is blunt, or makes a statement, in the sentence before a colon; somebody, not something."""
    start = colon
    while start > 0 and tree.words[start - 1] not in ENDS_SENTENCE | MARKS and tree.pos[start - 1] != "SPACE":
        start -= 1
    for verb in range(start, colon):
        who = tree.first(verb, "nsubj")
        under = tree.dep[verb] in SUBORDINATE and tree.head[verb] < colon
        if who is None or who < start or under or not tree.is_verb(verb):
            continue
        what = tree.first(verb, "acomp") if tree.lemma[verb] == "be" else _made(tree, verb, cues)
        return who if what is not None and _is_somebody(tree, who) else None
    return None


def _made(tree: Tree, verb: int, cues: Cues) -> int | None:
    """The "statement" of "made the following statement"."""
    thing = tree.first(verb, "dobj")
    speaks = thing is not None and (tree.lemma[thing] in cues.documents or tree.lemma[thing] in cues.nouns)
    return thing if speaks and tree.lemma[verb] in cues.owning else None


def _is_somebody(tree: Tree, token: int) -> bool:
    return tree.pos[token] == "PROPN" or tree.lower[token] in SOMEBODY or bool(load().roles.get(tree.lower[token]))


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
