"""In: a parsed article, its events and who said what. Out: nothing; each event gets the numbers that belong to it, in text order.

A number belongs to the event whose own words count it ("killed 37"), else to the nearest event above it in its clause, else to the
nearest of its sentence that is told with such numbers. A toll in a sentence of its own ("Nine civilians died, hospital sources said")
belongs to the last such deed before it, where the story told one just before. One that fits none is left out: its event was not coded.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Sequence

from dragoman.drafts import Happening, Quantified, Said, is_among
from dragoman.language import Annotated
from dragoman.language.tree import Tree, tree
from dragoman.quantities.counting import Counted, counted
from dragoman.quantities.numbers import numbers
from dragoman.quantities.words import Words, load

JUST_BEFORE = 3  # sentences, with the number's own


def find(annotated: Annotated, happenings: Sequence[Happening], said: Sequence[Said]) -> None:
    """Fills ``quantities`` of the events."""
    words, parsed = load(), tree(annotated)
    by_sentence: dict[int, list[Happening]] = {}
    for happening in happenings:
        for sentence in happening.sentences:
            by_sentence.setdefault(sentence.start, []).append(happening)
    before: deque[list[Happening]] = deque(maxlen=JUST_BEFORE)
    for sentence in parsed.sentences:
        told = by_sentence.get(sentence.start, [])
        before.appendleft(told)
        if not any(before):
            continue
        for number in numbers(parsed.lower, sentence, words):
            found = counted(parsed, number, words)
            if found is None:
                continue
            whose = owner(parsed, found, told, words) or earlier(found, before, words)
            if whose is not None:
                source = source_at(said, number.core.start)
                whose.quantities.append(Quantified(found.phrase, found.kind, number.low, number.high, found.unit, source))


def owner(parsed: Tree, found: Counted, told: Sequence[Happening], words: Words) -> Happening | None:
    """The event that a number belongs to."""
    fitting = [h for h in told if h.type in words.events[found.kind]]
    own = [h for h in told if h.head == found.by or is_among(found.by, [h.trigger])]
    if own:
        return own[0]
    for above in parsed.path(found.by):
        for happening in fitting:
            if happening.head == above:
                return happening
    return min(fitting, key=lambda h: (abs(h.head - found.by), h.head), default=None)


def earlier(found: Counted, before: Iterable[Sequence[Happening]], words: Words) -> Happening | None:
    """The deed of the sentences before that a toll is of: one that took place, the nearest first."""
    for told in before:
        deeds = [h for h in told if h.type in words.deeds.get(found.kind, ()) and not h.aux]
        if deeds:
            return deeds[-1]
    return None


def source_at(said: Sequence[Said], token: int) -> Said | None:
    """The innermost statement around a token."""
    around = [s for s in said if s.is_statement and s.claim and s.source is not None and is_among(token, s.content)]
    return max(around, key=lambda s: max(r.start for r in s.content if r.start <= token), default=None)
