"""In: a parsed article, its actors, dates, events and who said what, and a judge of what words would be. Out: what is expected, in text order.

``act`` judges a word as the event that it would be if it came (events/ahead.py). Type and sides are the judge's; whether something is
expected at all, of which kind and by when, is decided here, by grammar and the cues of cues.tsv.
"""

from __future__ import annotations

from collections.abc import Callable

from dragoman import codebook
from dragoman.drafts import Act, Expected, Happening, Mention, Range, Said, TimeMention
from dragoman.expectations.conditions import condition
from dragoman.expectations.cues import Words, load
from dragoman.expectations.due import Dues, last_day
from dragoman.expectations.prospects import Prospect, prospects
from dragoman.language import Annotated
from dragoman.language.en import grammar
from dragoman.schema import ExpectationKind

LIKELY = 0.3  # the least chance that a word which only a tense puts ahead, and which the lexicon does not know, is a political act
CONFLICT = 4
SPOKEN = frozenset({"AGREE", "THREATEN"})  # types of the promise itself, not of what is promised
STRONG = frozenset({"commitment", "threat", "plan"})
RANK: dict[str, int] = {"deadline": 0, "threat": 1, "commitment": 2, "plan": 3, "schedule": 4, "forecast": 5}


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
        self.annotated, self.act, self.words = annotated, act, load()
        self.by_head = {m.head: m for m in mentions}
        self.said = sorted(said, key=lambda s: sum(r.end - r.start for r in s.content))
        self.happenings = {h.head: h for h in happenings} | {h.trigger.start: h for h in happenings}
        self.dues = Dues(annotated, times, published, self.words)

    def found(self) -> list[Expected]:
        told = [r for s in self.said for r in s.content]
        best: dict[int, tuple[int, Expected]] = {}
        for prospect in prospects(self.annotated.doc, told, self.words):
            one = self._expected(prospect)
            if one is None:
                continue
            rank = 0 if prospect.cue is not None else 1
            if one.head not in best or rank < best[one.head][0]:
                best[one.head] = (rank, one)
        return _each_once([one for _, one in sorted(best.values(), key=lambda pair: pair[1].head)], self.annotated)

    def _expected(self, prospect: Prospect) -> Expected | None:
        head, cue = prospect.head, prospect.cue
        inner = self._inner(head)
        act = self.act(inner.i)
        if act is None:
            return None
        around = self._around(head.i)
        holder = self._speaker(around)
        by_cue = self._side(cue)
        doer = self._doer(prospect, act, by_cue, holder)
        if doer is None or not _is_political(doer):
            return None
        given = condition(head, cue, self.words)
        due = self.dues.of(inner, cue, given) or (self.dues.of(head, cue, given) if inner is not head else None)
        if prospect.needs_due and due is None:
            return None
        if not self._is_dealing(prospect, act, inner.lemma_.lower(), bool(due or given)):
            return None
        kind = self._kind(prospect, act, due is not None, doer, holder, by_cue)
        target = next((m for m in (*act.recipients, *act.actors) if m.identities and not _same(m, doer)), None)
        happening = self.happenings.get(cue.i if cue is not None else head.i) or self.happenings.get(head.i)
        if target is None and happening is not None:
            target = next((m for m in (*happening.recipients, *happening.actors) if m.identities and not _same(m, doer)), None)
        asker = by_cue if kind == "deadline" and by_cue is not None and not _same(by_cue, doer) else None
        return Expected(
            trigger=Range(head.i, head.i + 1) if cue is None else Range(cue.i, cue.i + 1),
            head=inner.i,
            kind=kind,
            strength=prospect.strength,
            type=self._type(kind, act, inner.subtree, happening),
            doer=doer,
            target=target or asker,
            holder=asker or (by_cue if kind == "forecast" else None) or holder or by_cue or doer,
            due=due,
            condition=given,
            sentences=[self.annotated.sentence_of(head.i)],
            said=around,
            happening=happening,
            because=[prospect.because, *act.because],
        )

    def _inner(self, head):  # type: ignore[no-untyped-def]
        """The act that begins, goes on or is resumed: "would begin to go"."""
        while head.lemma_ in self.words.lists["seen_through"] and (deeper := [c for c in head.children if c.dep_ == "xcomp"]):
            head = deeper[0]
        return head

    def _doer(self, prospect: Prospect, act: Act, by_cue: Mention | None, holder: Mention | None) -> Mention | None:
        """Who is to act: by grammar, else who promises or plans it, else who speaks of what will be done to others."""
        if prospect.kind == "deadline" and not act.actors:
            return None
        if act.actors and act.actors[0].identities:
            return act.actors[0]
        if prospect.kind in STRONG and by_cue is not None:
            return by_cue
        passive = grammar.is_verbal(prospect.head) and grammar.is_passive(prospect.head)
        return holder if passive and not act.actors else None

    def _side(self, cue) -> Mention | None:  # type: ignore[no-untyped-def]
        """Who promises, plans or forecasts."""
        if cue is None:
            return None
        subjects = grammar.agents(cue) if grammar.is_verbal(cue) else grammar.owners(cue) if cue.pos_ == "NOUN" else []
        if not subjects and cue.pos_ == "NOUN" and cue.dep_ in grammar.OBJECT:
            subjects = grammar.agents(cue.head)
        known = next((self.by_head[t.i] for t in subjects if t.i in self.by_head), None)
        if known is not None and known.identities:
            return known
        judged = self.act(cue.i)
        return next((m for m in judged.actors if m.identities), None) if judged is not None else None

    def _around(self, token: int) -> Said | None:
        return next((s for s in self.said if any(r.start <= token < r.end for r in s.content)), None)

    def _speaker(self, said: Said | None) -> Mention | None:
        if said is None or said.source_head is None:
            return None
        return self.by_head.get(said.source_head)

    def _is_dealing(self, prospect: Prospect, act: Act, lemma: str, is_bound: bool) -> bool:
        """Whether it is a political act of which a later story can tell."""
        if act.chance == 1.0 and act.type not in SPOKEN:
            return True
        if lemma in self.words.lists["unpolitical"]:
            return False
        if prospect.cue is not None:
            cue = self.act(prospect.cue.i)
            return prospect.kind in ("commitment", "threat") and cue is not None and cue.chance >= LIKELY or act.chance >= LIKELY
        return act.chance >= LIKELY

    def _kind(
        self, prospect: Prospect, act: Act, is_due: bool, doer: Mention, holder: Mention | None, by_cue: Mention | None
    ) -> ExpectationKind:
        kind = prospect.kind
        quad = codebook.load().type(act.type).quad
        if kind == "commitment" and (quad == CONFLICT or act.type == "THREATEN") and act.type != "MOBILIZE":
            return "threat"
        if act.type == "CONSULT" and is_due and (kind == "forecast" or prospect.cue is None or prospect.cue.lemma_ == "be"):
            return "schedule"
        return kind

    def _type(self, kind: str, act: Act, words, happening: Happening | None) -> str:  # type: ignore[no-untyped-def]
        """The type of what is to come; where only the promise or threat has one, what it most often is."""
        if act.type not in SPOKEN:
            return act.type
        if kind == "threat":
            return "COERCE"
        lemmas = {t.lemma_.lower() for t in words}
        return "AID" if lemmas & (self.words.lists["aid"] | self.words.lists["money"]) else "COOPERATE"


def _is_political(mention: Mention) -> bool:
    return any(i.country or i.sector for i in mention.identities)


def _same(one: Mention, other: Mention) -> bool:
    """Of one country, or one and the same."""
    return one.head == other.head or bool(
        {i.country or i.name for i in one.identities} & {i.country or i.name for i in other.identities} - {None}
    )


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
