"""In: drafts and the stretches between quotation marks. Out: the drafts with whole quotations in their contents, and new ones for
quotations whose cue stands beside them; what follows in the same paragraph without a cue goes to the last speaker.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from dragoman.drafts import Range
from dragoman.statements import sources
from dragoman.statements.cues import Cue, Cues
from dragoman.statements.drafting import Draft, addressee, cue_range, fitting
from dragoman.statements.quotes import ENDS_SENTENCE, Marked, ends_as_speech, is_speech
from dragoman.statements.tree import Tree

FURTHEST_CUE = 40
BEFORE_QUOTE = frozenset({",", ":", "that", "—", "–", "--"})


def with_whole_quotes(drafts: Sequence[Draft], quotes: Sequence[Marked]) -> None:
    """Lengthen contents that break off within a quotation; the cue must stand outside it."""
    starts = [quote.start for quote in quotes]
    for draft in drafts:
        draft.content = [_lengthened(piece, draft.head, quotes, bisect_right(starts, piece.start) - 1) for piece in draft.content]


def _lengthened(piece: Range, cue: int, quotes: Sequence[Marked], first: int) -> Range:
    start, end = piece
    for quote in quotes[max(first, 0) :]:
        if quote.start >= piece.end:
            break
        if quote.end > piece.start and not quote.start <= cue < quote.end:
            start, end = min(start, quote.start), max(end, quote.end)
    return piece if start <= cue < end else Range(start, end)


def attach(tree: Tree, paragraphs: Sequence[Range], quotes: Sequence[Marked], drafts: list[Draft], cues: Cues) -> None:
    """Give every quotation of speech a draft where a cue or the paragraph's last speaker allows it."""
    by_cue = {draft.head: draft for draft in drafts}
    inside = bytearray(len(tree) + 1)
    for quote in quotes:
        inside[quote.start : quote.end] = b"\1" * (quote.end - quote.start)
    covered = bytearray(len(tree) + 1)
    for draft in drafts:
        if not inside[draft.head]:
            for piece in draft.content:
                covered[piece.start : piece.end] = b"\1" * (piece.end - piece.start)
    speaker: Draft | None = None
    before: Marked | None = None
    for quote in quotes:
        paragraph = paragraphs[quote.paragraph]
        if before is None or before.paragraph != quote.paragraph:
            runs_on = before is not None and not before.closed and before.paragraph + 1 == quote.paragraph and quote.start == paragraph.start
            if not runs_on:
                speaker = None
        before = quote
        if covered[quote.start + 1] and covered[quote.end - 2]:
            owner = _owner(drafts, quote)
            speaker = speaker if owner is None else owner
            continue
        if not ends_as_speech(tree, quote):
            continue
        verb = _cue_after(tree, quote, paragraph, inside, cues)
        if verb is None and is_speech(tree, quote):
            verb = _cue_before(tree, quote, paragraph, inside, cues) or _cue_of_block(tree, quote, paragraphs, cues)
        if verb is not None:
            head, cue = verb
            draft = by_cue.get(head)
            if draft is None:
                draft = Draft(head, cue_range(tree, head, cue), cue.manner, [], _source(tree, head, quote), None, True)
                by_cue[head] = draft
                drafts.append(draft)
            elif not draft.quotes:
                continue
            _add(draft, quote.range)
            draft.addressee = addressee(tree, head, draft.content)
            speaker = draft
        elif speaker is not None and _starts_sentence(tree, quote, paragraph):
            _add(speaker, quote.range)


def around(quotes: Sequence[Marked], token: int | None) -> Marked | None:
    """The quotation that a token stands in."""
    if token is None:
        return None
    at = bisect_right(quotes, token, key=lambda q: q.start) - 1
    return quotes[at] if at >= 0 and token < quotes[at].end else None


def within(draft: Draft, quotes: Sequence[Marked], tree: Tree) -> bool:
    """Whether the cue is itself among the words of a quotation, and so no word of the report; a label's colon is not."""
    quote = around(quotes, draft.head)
    return quote is not None and tree.words[draft.head] != ":" and quote.double and is_speech(tree, quote)


def _owner(drafts: Sequence[Draft], quote: Marked) -> Draft | None:
    for draft in drafts:
        if draft.quotes and any(p.start <= quote.start + 1 < p.end for p in draft.content) and not quote.start <= draft.head < quote.end:
            return draft
    return None


def _add(draft: Draft, quote: Range) -> None:
    kept = [p for p in draft.content if p.end <= quote.start or p.start >= quote.end]
    draft.content = sorted([*kept, quote])


def _starts_sentence(tree: Tree, quote: Marked, paragraph: Range) -> bool:
    return quote.start == paragraph.start or tree.words[quote.start - 1] in ENDS_SENTENCE


def _cue_after(tree: Tree, quote: Marked, paragraph: Range, inside: bytearray, cues: Cues) -> tuple[int, Cue] | None:
    """The verb of "...," he said: nothing but the speaker stands before it."""
    if tree.words[quote.end - 2] == "." and quote.closed:
        return None
    for token in range(quote.end, min(paragraph.end, quote.end + FURTHEST_CUE)):
        if inside[token] or tree.words[token] in ENDS_SENTENCE:
            return None
        cue = _quoting(tree, token, cues)
        if cue is not None:
            return token, cue
        if tree.pos[token] in ("VERB", "AUX") and tree.dep[token] not in ("aux", "relcl", "acl"):
            return None
    return None


def _cue_before(tree: Tree, quote: Marked, paragraph: Range, inside: bytearray, cues: Cues) -> tuple[int, Cue] | None:
    """The verb of he said, "...": the quotation follows a comma, a colon or the verb itself."""
    last = quote.start - 1
    if last < paragraph.start or (tree.words[last] not in BEFORE_QUOTE and _quoting(tree, last, cues) is None):
        return None
    for token in range(last, max(paragraph.start, quote.start - FURTHEST_CUE) - 1, -1):
        if inside[token] or tree.words[token] in ENDS_SENTENCE:
            return None
        cue = _quoting(tree, token, cues)
        if cue is not None:
            return token, cue
    return None


def _cue_of_block(tree: Tree, quote: Marked, paragraphs: Sequence[Range], cues: Cues) -> tuple[int, Cue] | None:
    """The verb of "He said:" at the end of the paragraph before."""
    if not quote.paragraph or quote.start != paragraphs[quote.paragraph].start:
        return None
    before = paragraphs[quote.paragraph - 1]
    if tree.words[before.end - 1] != ":":
        return None
    for token in range(before.end - 2, max(before.start, before.end - FURTHEST_CUE) - 1, -1):
        if tree.words[token] in ENDS_SENTENCE:
            return None
        cue = _quoting(tree, token, cues)
        if cue is not None:
            return token, cue
    return None


def _quoting(tree: Tree, token: int, cues: Cues) -> Cue | None:
    if tree.lemma[token] not in cues.verbs or tree.pos[token] != "VERB":
        return None
    return next((cue for cue in fitting(tree, token, cues.verbs[tree.lemma[token]]) if "quote" in cue.forms), None)


def _source(tree: Tree, verb: int, quote: Marked) -> int | None:
    found = sources.agent(tree, verb)
    return found if found is not None and not quote.start <= found < quote.end else None
