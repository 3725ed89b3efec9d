"""In: a parsed article, its actors, dates, events, who said what, a judge of what words would be. Out: what is expected.

``act`` judges a word as the event that it would be if it came (events/ahead.py). Type and sides are the judge's; whether something is
expected at all, of which kind and by when, is decided here, by grammar and the cues of cues.tsv.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from spacy.tokens import Token

from dragoman.drafts import Act, DueDraft, Expected, Happening, Mention, Range, Said, TimeMention
from dragoman.expectations.coming import Coming
from dragoman.expectations.conditions import condition
from dragoman.expectations.cues import load
from dragoman.expectations.dealings import Dealings
from dragoman.expectations.due import Dues
from dragoman.expectations.prospects import Prospect, had, prospects
from dragoman.expectations.sides import Sides, same
from dragoman.language import Annotated

COMING = frozenset({"deadline", "schedule"})


def find(
    annotated: Annotated,
    mentions: list[Mention],
    said: list[Said],
    happenings: list[Happening],
    times: list[TimeMention],
    published: str | None,
    act: Callable[[int], Act | None],
) -> list[Expected]:
    """What was promised, planned, threatened, scheduled, demanded by a day or forecast; each once, with all its sentences."""
    return _Finder(annotated, mentions, said, happenings, times, published, act).found()


class _Finder:
    def __init__(
        self,
        annotated: Annotated,
        mentions: list[Mention],
        said: list[Said],
        happenings: list[Happening],
        times: list[TimeMention],
        published: str | None,
        act: Callable[[int], Act | None],
    ) -> None:
        self.annotated, self.words = annotated, load()
        self.by_head = {m.head: m for m in mentions}
        self.dealings = Dealings(self.by_head, self.words)
        self.coming = Coming(act, self.dealings, self.words)
        self.said = sorted(said, key=lambda s: sum(r.end - r.start for r in s.content))
        self.happenings = {h.head: h for h in happenings} | {h.trigger.start: h for h in happenings}
        self.sides = Sides(annotated, mentions, self.happenings, act, self.words)
        self.dues = Dues(annotated, times, published, self.words)

    def found(self) -> list[Expected]:
        told = [r for s in self.said for r in s.content]
        best: dict[int, tuple[int, list[Expected]]] = {}
        for prospect in prospects(self.annotated, told, self.words):
            found = self._expected(prospect)
            rank = 0 if prospect.cue is not None else 1
            if found and (found[0].head not in best or rank < best[found[0].head][0]):
                best[found[0].head] = (rank, found)
        return _each_once([one for _, head in sorted(best.items()) for one in head[1]], self.annotated)

    def _expected(self, prospect: Prospect) -> list[Expected]:
        """One for each who is to act alone; nothing where it is no dealing of anybody political."""
        head, cue = self.coming.inner(prospect.head), prospect.cue
        around = self._around(prospect.head.i)
        holder, by_cue = self._speaker(around), self.sides.of_cue(cue)
        given = condition(prospect.head, cue, self.words)
        due = self.dues.of(head, cue, given, prospect.kind in COMING or _is_present(cue if cue is not None else head))
        if due is None and head.i != prospect.head.i:
            due = self.dues.of(prospect.head, cue, given)
        if cue is None and due is None and around is not None and around.cue_head is not None and had(self.annotated[around.cue_head]):
            return []  # "had said it would"
        if cue is not None and due is None and self.dues.is_stale(cue):
            return []
        if (prospect.needs_due and not self._is_set(prospect, due)) or self._is_denied(prospect.head.i):
            return []
        act = self.coming.of(prospect, head, due is not None)
        if act is None or not self.dealings.is_one(
            prospect, act, head, due is not None, given is not None, holder is not None and self.sides.is_public(holder)
        ):
            return []
        doer = self.sides.threatener(prospect, by_cue, holder) if prospect.is_else else self.sides.doer(prospect, head, act, by_cue, holder)
        is_told = around is not None and prospect.cue is None and prospect.strength != "possible"
        if doer is None and (due or given) is not None and is_told:
            doer = holder  # "Kyiv said the first ships would sail on Monday", "he told them that cities would burn unless"
        if doer is None or not self.sides.is_public(doer := self.sides.bodies.of(doer)):
            return []
        whole, doer = doer, replace(doer, identities=doer.identities[:1])  # "they" are several
        kind = self.dealings.kind(prospect, act, due is not None)
        happening = self.happenings.get(cue.i if cue is not None else head.i) or self.happenings.get(head.i)
        asker = by_cue if kind == "deadline" and by_cue is not None and not same(by_cue, doer) else None
        first = Expected(
            trigger=Range(head.i, head.i + 1) if cue is None else Range(cue.i, cue.i + 1),
            head=head.i,
            kind=kind,
            strength=prospect.strength,
            type=self.dealings.type(kind, act, head),
            doer=doer,
            target=self.sides.target(whole, act, happening) or asker or self.sides.concerned(doer, head, cue, given),
            holder=asker or (by_cue if kind == "forecast" else None) or holder or by_cue or doer,
            due=due,
            condition=given,
            sentences=[self.annotated.sentence_of(head.i)],
            said=around,
            happening=happening,
            because=[prospect.because, *act.because],
        )
        is_given = kind == "deadline" and (cue is None or cue.lemma_ != "have")
        others = [] if act.reciprocal or is_given else self.sides.joined(doer, whole, act, (by_cue, holder))
        return [first, *(replace(first, doer=o, target=self.sides.other(o, first), sentences=list(first.sentences)) for o in others)]

    def _is_set(self, prospect: Prospect, due: DueDraft | None) -> bool:
        """Whether there is a day, and of a deadline one by which, not on which."""
        if due is None or prospect.kind != "deadline" or (prospect.cue is not None and prospect.cue.lemma_ in self.words.lists["ordering"]):
            return due is not None
        return self.annotated[due.range.start].lower_ in self.words.lists["due_prepositions"]

    def _around(self, token: int) -> Said | None:
        return next((s for s in self.said if any(r.start <= token < r.end for r in s.content)), None)

    def _is_denied(self, token: int) -> bool:
        """Whether a word stands in what somebody denies, also at one remove: "denied that it planned to"."""
        return any(
            (s.polarity == "negated" or s.attitude == "denies") and any(r.start <= token < r.end for r in s.content) for s in self.said
        )

    def _speaker(self, said: Said | None) -> Mention | None:
        if said is None or said.source_head is None:
            return None
        return self.by_head.get(said.source_head)


def _is_present(verb: Token) -> bool:
    return verb.tag_ in ("VBZ", "VBP", "VBG")


def _each_once(found: list[Expected], annotated: Annotated) -> list[Expected]:
    """What is told again (same kind of act, same sides, same word) as one, with all its sentences; the first that has a day keeps it."""
    by_key: dict[object, Expected] = {}
    for one in found:
        key = (one.type, one.doer.identities, one.target.identities if one.target else None, annotated[one.head].lemma_)
        first = by_key.setdefault(key, one)
        if first is not one:
            first.sentences = [*first.sentences, *(s for s in one.sentences if s not in first.sentences)]
            first.due, first.condition = first.due or one.due, first.condition or one.condition
    return list(by_key.values())
