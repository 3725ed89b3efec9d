"""In: a parsed article, its dates and attributions. Out: the date of an event or a saying; a quotation that goes on has that of its start.

"Earlier Wednesday, Hayashi said ... ." and then "'We will ...,' Hayashi said." are one saying; grammar alone sees a date in the first only.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise

from dragoman.drafts import Said, TimeMention
from dragoman.language import Annotated
from dragoman.when.link import date_of
from dragoman.when.words import Words

QUOTED = frozenset({"direct", "mixed"})
PRONOUNS = frozenset({"he", "she"})


@dataclass(slots=True)
class Dates:
    """The dates of an article's events and sayings, by the token whose clause tells them."""

    annotated: Annotated
    times: list[TimeMention]
    words: Words
    continued: dict[int, int] = field(default_factory=dict)

    def of(self, head: int | None) -> TimeMention | None:
        """None where neither grammar nor the saying that is continued links a date to the token."""
        while head is not None:
            found = date_of(self.annotated, head, self.times, self.words)
            if found is not None:
                return found
            head = self.continued.get(head)
        return None


def dates_of(annotated: Annotated, times: list[TimeMention], sayings: list[Said], words: Words) -> Dates:
    told = sorted((s for s in sayings if s.speech and s.within is None and s.cue_head is not None), key=lambda s: s.cue_head or 0)
    continued = {
        after.cue_head: before.cue_head
        for before, after in pairwise(told)
        if before.cue_head is not None and after.cue_head is not None and continues(annotated, before, after)
    }
    return Dates(annotated, times, words, continued)


def continues(annotated: Annotated, before: Said, after: Said) -> bool:
    """Whether a quotation goes on in the next sentence: the same speaker, by the same name or a pronoun, nobody else in between."""
    if after.kind not in QUOTED or before.source is None or after.source_head is None:
        return False
    name = annotated[after.source_head].lower_
    if name not in PRONOUNS and name not in {annotated[i].lower_ for i in range(*before.source)}:
        return False
    return sentences(annotated, after)[0] == sentences(annotated, before)[1]


def sentences(annotated: Annotated, saying: Said) -> tuple[int, int]:
    """The token at which the words and the cue of a saying begin, and that behind their last sentence."""
    at = [saying.cue_head or 0, *(token for part in saying.content for token in (part.start, part.end - 1))]
    return annotated.sentence_of(min(at)).start, annotated.sentence_of(max(at)).end
