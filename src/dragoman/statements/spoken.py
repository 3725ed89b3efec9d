"""In: drafts and the stretches between quotation marks. Out: the drafts with whole quotations in their contents, and new ones for
quotations whose cue stands beside them; what follows in the same paragraph without a cue goes to the last speaker.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from dragoman.drafts import Range
from dragoman.language.tree import PROPER_TAGS, Tree
from dragoman.statements import sources
from dragoman.statements.cues import Cue, Cues
from dragoman.statements.drafting import Draft, addressee, cue_range, fitting, saying
from dragoman.statements.quotes import ENDS_SENTENCE, MARKS, Marked, ends_as_speech, is_speech

DESCRIBE = "describe"
FURTHEST_CUE = 40
LONGEST_NICKNAME = 4
BEFORE_QUOTE = frozenset({",", ":", "that", "—", "–", "--"})
BEGINS_CLAUSE = frozenset({"when", "while", "after", "before", "because", "since", "although", "though", "until"})
Beside = tuple[int, Cue]


def with_whole_quotes(tree: Tree, drafts: Sequence[Draft], quotes: Sequence[Marked]) -> None:
    """Lengthen contents that break off within a quotation, and shorten those that begin before its colon; the cue stands outside it."""
    starts = [quote.start for quote in quotes]
    following = {quote.start: quote.end for quote in quotes}
    for draft in drafts:
        if draft.manner == DESCRIBE and draft.content and draft.content[-1].end in following:
            start, end = draft.content[-1]
            draft.content[-1] = Range(start, following[end])  # called the king "a fool", where the parser hangs the fool elsewhere
        draft.content = [_lengthened(tree, piece, draft.head, quotes, bisect_right(starts, piece.start) - 1) for piece in draft.content]


def _lengthened(tree: Tree, piece: Range, cue: int, quotes: Sequence[Marked], first: int) -> Range:
    start, end = piece
    for at in range(max(first, 0), len(quotes)):
        quote = quotes[at]
        if quote.start >= piece.end:
            break
        if quote.end > piece.start and not quote.start <= cue < quote.end:
            introduced = quote.end <= cue and tree.words[quote.start - 1] == ":"
            start, end = quote.start if introduced else min(start, quote.start), max(end, quote.end)
    return piece if start <= cue < end else Range(start, end)


class Attachment:
    """Gives quotations of speech to the cue beside them or to the paragraph's last speaker, from the first to the last."""

    def __init__(self, tree: Tree, paragraphs: Sequence[Range], quotes: Sequence[Marked], drafts: list[Draft], cues: Cues) -> None:
        self.tree, self.paragraphs, self.quotes, self.drafts, self.cues = tree, paragraphs, quotes, drafts, cues
        self.by_cue = {draft.head: draft for draft in drafts}
        self.inside = bytearray(len(tree) + 1)
        for quote in quotes:  # not a nickname: "Anna "Nan" Weber said"
            if not _is_nickname(tree, quote):
                self.inside[quote.start : quote.end] = b"\1" * (quote.end - quote.start)
        self.owner: list[Draft | None] = [None] * (len(tree) + 1)
        for draft in drafts:
            if not self.inside[draft.head]:
                for piece in draft.content:
                    self.owner[piece.start : piece.end] = [draft] * (piece.end - piece.start)

    def run(self) -> None:
        speaker: Draft | None = None
        before: Marked | None = None
        for quote in self.quotes:
            if before is not None and before.paragraph != quote.paragraph and not self._runs_on(before, quote):
                speaker = None
            before = quote
            speaker = self._given(quote, speaker) or speaker

    def _runs_on(self, before: Marked, quote: Marked) -> bool:
        """A quotation that stays open at the end of a paragraph goes on where the next one opens with a mark."""
        return not before.closed and before.paragraph + 1 == quote.paragraph and quote.start == self.paragraphs[quote.paragraph].start

    def _given(self, quote: Marked, speaker: Draft | None) -> Draft | None:
        """The draft whose content the quotation is, or becomes."""
        owner = self.owner[quote.start + 1]
        if owner is not None and self.owner[quote.end - 2] is not None:
            return owner if owner.quotes else None
        if not ends_as_speech(self.tree, quote):
            return None
        beside = self._beside(quote)
        if beside is not None:
            return self._taken(quote, *beside)
        if speaker is not None and self._starts_sentence(quote):
            _add(speaker, quote.range)
        return None

    def _beside(self, quote: Marked) -> Beside | None:
        after = self._after(quote)
        if after is not None or not (is_speech(self.tree, quote) or self._follows_verb(quote)):
            return after
        return self._before(quote) or self._before_block(quote)

    def _follows_verb(self, quote: Marked) -> bool:
        """Whether what is no sentence, as "Of course.", comes right after he replied: or he replied,"""
        verb = quote.start - 2
        return (
            verb >= self.paragraphs[quote.paragraph].start and self.tree.words[verb + 1] in (",", ":") and self._quoting(verb) is not None
        )

    def _taken(self, quote: Marked, verb: int, cue: Cue) -> Draft | None:
        draft = self.by_cue.get(verb)
        if draft is None:
            source = sources.agent(self.tree, verb)
            if source is not None and quote.start <= source < quote.end:
                source = None
            draft = self.by_cue[verb] = Draft(verb, cue_range(self.tree, verb, cue), cue.manner, [], source, None, True)
            self.drafts.append(draft)
        elif not draft.quotes:
            return None
        _add(draft, quote.range)
        draft.addressee = addressee(self.tree, verb, draft.content, self.cues)
        return draft

    def _starts_sentence(self, quote: Marked) -> bool:
        start, before = self.paragraphs[quote.paragraph].start, quote.start - 1
        if before - 1 >= start and self.tree.words[before] in MARKS:
            before -= 1
        return quote.start == start or self.tree.words[before] in ENDS_SENTENCE

    def _after(self, quote: Marked) -> Beside | None:
        """The verb of "...," he said: nothing but the speaker stands before it."""
        tree = self.tree
        if tree.words[quote.end - 2] == "." and quote.closed:
            return None
        for token in range(quote.end, min(self.paragraphs[quote.paragraph].end, quote.end + FURTHEST_CUE)):
            if self.inside[token] or tree.words[token] in ENDS_SENTENCE or tree.lower[token] in BEGINS_CLAUSE:
                return None
            if saying(tree, token, self.cues) is not None:
                continue
            cue = self._quoting(token)
            if cue is not None:
                return token, cue
            if tree.is_verb(token) and tree.dep[token] not in ("aux", "relcl", "acl"):
                return None
        return None

    def _before(self, quote: Marked) -> Beside | None:
        """The verb of he said, "...": the quotation follows a comma, a colon or the verb itself."""
        start, last = self.paragraphs[quote.paragraph].start, quote.start - 1
        if last < start or (self.tree.words[last] not in BEFORE_QUOTE and self._quoting(last) is None):
            return None
        return self._last_cue(start, last)

    def _before_block(self, quote: Marked) -> Beside | None:
        """The verb of "He said:" at the end of the paragraph before."""
        if not quote.paragraph or quote.start != self.paragraphs[quote.paragraph].start:
            return None
        before = self.paragraphs[quote.paragraph - 1]
        return self._last_cue(before.start, before.end - 2) if self.tree.words[before.end - 1] == ":" else None

    def _last_cue(self, start: int, last: int) -> Beside | None:
        """The last verb that can quote between two tokens, both included, in the last sentence and outside quotations."""
        for token in range(last, max(start, last - FURTHEST_CUE) - 1, -1):
            if self.inside[token] or self.tree.words[token] in ENDS_SENTENCE:
                return None
            cue = self._quoting(token)
            if cue is not None:
                return token, cue
        return None

    def _quoting(self, token: int) -> Cue | None:
        readings = self.cues.verbs.get(self.tree.lemma[token])
        if readings is None or self.tree.pos[token] != "VERB" or saying(self.tree, token, self.cues) is not None:
            return None
        return next((cue for cue in fitting(self.tree, token, readings) if "quote" in cue.forms), None)


def _is_nickname(tree: Tree, quote: Marked) -> bool:
    inner = quote.inner
    return quote.end - quote.start <= LONGEST_NICKNAME and quote.closed and all(tree.tag[t] in PROPER_TAGS for t in range(*inner))


def attach(tree: Tree, paragraphs: Sequence[Range], quotes: Sequence[Marked], drafts: list[Draft], cues: Cues) -> None:
    """Give every quotation of speech a draft where a cue or the paragraph's last speaker allows it; new drafts are appended."""
    Attachment(tree, paragraphs, quotes, drafts, cues).run()


def _add(draft: Draft, quote: Range) -> None:
    if not draft.content or draft.content[-1].end <= quote.start:
        draft.content.append(quote)
        return
    kept = [p for p in draft.content if p.end <= quote.start or p.start >= quote.end]
    draft.content = sorted([*kept, quote])


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
