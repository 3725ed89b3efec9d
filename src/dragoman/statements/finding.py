"""In: a parsed article. Out: its attributions and its quotations. Grammar first, quotation marks after, nested ones dropped."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Set
from dataclasses import replace

from dragoman.drafts import Quote, Range, Said
from dragoman.language import Annotated
from dragoman.language.tree import FINITE_TAGS, Tree, tree
from dragoman.schema import StatementKind
from dragoman.statements import occasions, polarity, quotes, sources, spoken, topics
from dragoman.statements.cues import english, is_claim
from dragoman.statements.drafting import Draft, drafts
from dragoman.statements.labels import introduced, labelled
from dragoman.statements.nesting import outermost, parted, told_within, unquoted
from dragoman.statements.quotes import Marked
from dragoman.statements.speech import is_stance, reports_words

NEARLY_ALL = 0.9


def find(annotated: Annotated) -> tuple[list[Said], list[Quote]]:
    """Attributions in the order of their cues and the stretches between quotation marks, each with the token of its speaker."""
    words = tree(annotated)
    cues = english()
    marked = quotes.marked(words, annotated.paragraphs)
    found = drafts(words, cues)
    parted(words, found)
    spoken.with_whole_quotes(words, found, marked)
    spoken.attach(words, annotated.paragraphs, marked, found, cues)
    unquoted(found, marked)
    found += labelled(words, annotated.paragraphs, marked, cues)
    found += introduced(words, annotated.paragraphs, marked, found, cues)
    sourced(words, annotated, marked, found)
    found = [draft for draft in found if not spoken.within(draft, marked, words)]
    kept = outermost(found, len(words))
    inside = bytearray(len(words))
    for stretch in marked:
        if stretch.double or quotes.is_speech(words, stretch):
            inside[stretch.start : stretch.end] = b"\1" * (stretch.end - stretch.start)
    opening = {stretch.start for stretch in marked}
    said = {draft.head: _said(words, draft, inside, opening) for draft in kept}
    for draft, outer in told_within(found, kept):
        inner, around = _said(words, draft, inside, opening), said.get(outer.head)
        if inner is not None and around is not None and inner.is_statement:
            said[draft.head] = replace(inner, within=around)
    return [s for _, s in sorted(said.items()) if s is not None], _spoken(marked, kept, len(words))


def sourced(words: Tree, annotated: Annotated, marked: list[Marked], found: list[Draft]) -> None:
    """Mend sources that the parser got wrong: a subject it missed is the neighbour of the verb, one inside a quotation is its speaker."""
    speakers = _speakers([draft for draft in found if draft.quotes], len(words))
    for draft in found:
        if draft.source is None and draft.quotes and words.tag[draft.head] in FINITE_TAGS and not sources.is_passive(words, draft.head):
            around = annotated.paragraph_of(draft.head)
            draft.source = sources.neighbour(words, draft.head, around.start, around.end)
            if draft.source is not None:
                draft.addressee = None if draft.addressee == draft.source else draft.addressee
                gap = _unquoted(words.span(draft.source), draft.source, marked)
                draft.content = [piece for old in draft.content for piece in without(old, gap)]
        quote = spoken.around(marked, draft.source)
        if (
            quote is not None
            and draft.source is not None
            and spoken.around(marked, draft.head) is not quote
            and quotes.is_speech(words, quote)
        ):
            draft.source = speakers[draft.source]


def _unquoted(span: Range, head: int, marked: list[Marked]) -> Range:
    """A noun phrase up to the quotation that the parser hung on it: "Said Ellis: "I see nothing.""."""
    after = bisect_right(marked, head, key=lambda quote: quote.start)
    return Range(span.start, min(span.end, marked[after].start)) if after < len(marked) else span


def without(piece: Range, gap: Range) -> list[Range]:
    if gap.end <= piece.start or gap.start >= piece.end:
        return [piece]
    return [r for r in (Range(piece.start, gap.start), Range(gap.end, piece.end)) if r.end > r.start]


def _said(words: Tree, draft: Draft, inside: bytearray, opening: Set[int]) -> Said | None:
    content = [r for r in (_trimmed(words, piece, opening) for piece in _apart(draft.content)) if r is not None]
    if not content:
        return None
    said = [t for piece in content for t in range(piece.start, piece.end) if words.pos[t] not in ("PUNCT", "SPACE")]
    quoted = [t for t in said if inside[t]]
    kind = _kind(len(quoted), len(said))
    setting = occasions.of(words, draft.head, draft.source, content)
    told = setting.addressee if draft.addressee is None else draft.addressee
    withheld = polarity.withheld(words, draft.head)
    topic = topics.of(words, draft.head, content)
    attitude, affirmed_or_not = polarity.stance(words, draft.head, draft.manner, content, withheld)
    return Said(
        content=content,
        kind=kind,
        source=None if draft.source is None else _source(words, draft, content, draft.source),
        source_head=draft.source,
        cue=draft.cue if withheld is None else Range(draft.cue.start, withheld + 1),
        cue_head=draft.head,
        addressee=None if told is None else sources.phrase(words, told),
        addressee_head=told,
        about=None if topic is None else topics.phrase(words, topic),
        about_head=topic,
        manner=draft.manner,
        speech=reports_words(words, draft, content, quoted),
        stance=is_stance(words, draft, content, withheld is not None),
        claim=is_claim(draft.manner),
        attitude=attitude,
        polarity=affirmed_or_not,
        place=setting.place,
        occasion=setting.occasion,
    )


def _source(words: Tree, draft: Draft, content: list[Range], head: int) -> Range:
    """The source as it is written, up to the content that the parser hung on it."""
    start, end = sources.phrase(words, head, draft.head)
    for piece in content:
        if head < piece.start < end:
            end = piece.start
            while end - 1 > head and words.pos[end - 1] == "PUNCT":
                end -= 1
    return Range(start, end)


def _apart(pieces: list[Range]) -> list[Range]:
    """The pieces in text order; those that overlap become one."""
    found: list[Range] = []
    for piece in sorted(pieces):
        if found and piece.start < found[-1].end:
            found[-1] = Range(found[-1].start, max(found[-1].end, piece.end))
        else:
            found.append(piece)
    return found


def _trimmed(words: Tree, piece: Range, opening: Set[int]) -> Range | None:
    """A piece without marks at its edges that belong to what is beside it; None where nothing is left."""
    start, end = piece
    if end - 1 in opening:
        end -= 1
    while start < end and words.words[start] in (",", ";", ":", "—", "–", "--", "-"):
        start += 1
    while end > start and words.words[end - 1] in (",", ";", ":", "—", "–", "--", "-", "."):
        end -= 1
    if end < len(words) and words.dep[end] == "punct" and words.words[end][0].isalpha():
        end += 1  # "a.m.", which also ends the sentence
    return Range(start, end) if end > start else None


def _kind(quoted: int, said: int) -> StatementKind:
    if not quoted:
        return "indirect"
    return "direct" if quoted >= NEARLY_ALL * said else "mixed"


def _speakers(drafts: list[Draft], length: int) -> list[int | None]:
    """Per token, whose words it is among, as far as the drafts say."""
    speakers: list[int | None] = [None] * length
    for draft in drafts:
        for piece in draft.content:
            if draft.source is not None:
                speakers[piece.start : piece.end] = [draft.source] * (piece.end - piece.start)
    return speakers


def _spoken(marked: list[Marked], kept: list[Draft], length: int) -> list[Quote]:
    speakers = _speakers(kept, length)
    return [Quote(stretch.inner, speakers[stretch.inner.start]) for stretch in marked if stretch.inner.end > stretch.inner.start]
