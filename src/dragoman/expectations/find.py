"""In: a parsed article, its actors, dates, events, who said what, a judge of what words would be. Out: what is expected.

``act`` judges a word as the event that it would be if it came (events/ahead.py). Type and sides are the judge's; whether something is
expected at all, of which kind and by when, is decided here, by grammar and the cues of cues.tsv.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from spacy.tokens import Token

from dragoman import codebook
from dragoman.drafts import Act, DueDraft, Expected, Happening, Mention, Range, Said, TimeMention
from dragoman.expectations.bodies import Bodies
from dragoman.expectations.conditions import condition
from dragoman.expectations.cues import load
from dragoman.expectations.dealings import CONFLICT, LIKELY, NAMED, SPOKEN, Dealings, is_political
from dragoman.expectations.due import Dues
from dragoman.expectations.prospects import Prospect, prospects
from dragoman.language import Annotated
from dragoman.language.en import grammar

COMING = frozenset({"deadline", "schedule"})
STRONG = frozenset({"commitment", "threat", "plan"})


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
        self.dealings = Dealings(self.by_head, self.words)
        self.bodies = Bodies(annotated, mentions, self.words)
        self.said = sorted(said, key=lambda s: sum(r.end - r.start for r in s.content))
        self.happenings = {h.head: h for h in happenings} | {h.trigger.start: h for h in happenings}
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
        head, cue = self._inner(prospect.head), prospect.cue
        around = self._around(prospect.head.i)
        holder, by_cue = self._speaker(around), self._side(cue)
        given = condition(prospect.head, cue, self.words)
        due = self.dues.of(head, cue, given, prospect.kind in COMING or _is_present(cue if cue is not None else head))
        if due is None and head.i != prospect.head.i:
            due = self.dues.of(prospect.head, cue, given)
        if cue is not None and due is None and self.dues.is_stale(cue):
            return []
        if (prospect.needs_due and not self._is_set(prospect, due)) or (around is not None and _is_denial(around)):
            return []
        act = self._act(head, due is not None)
        if act is not None and prospect.is_refused:
            act = self._refusal(head, act)
        if act is not None and self._is_gift(prospect, head, act):
            act = replace(act, type="AID", because=[f"“{head.text}” is a gift where it is offered or promised"])
        if act is not None and prospect.kind == "deadline" and act.type == "REQUEST":  # "must leave": what is asked, not the asking
            act = replace(act, type=self._named(head, act) or "CONCEDE")
        if act is None or not self.dealings.is_one(
            prospect, act, head, due is not None, given is not None, holder is not None and self._is_public(holder)
        ):
            return []
        doer = self._threatener(prospect, by_cue, holder) if prospect.is_else else self._doer(prospect, head, act, by_cue, holder)
        if doer is None and (due or given) is not None and around is not None and prospect.cue is None:
            doer = holder  # "Kyiv said the first ships would sail on Monday", "he told them that cities would burn unless"
        if doer is None or not self._is_public(doer := self.bodies.of(doer)):
            return []
        kind = self.dealings.kind(prospect, act, due is not None)
        happening = self.happenings.get(cue.i if cue is not None else head.i) or self.happenings.get(head.i)
        asker = by_cue if kind == "deadline" and by_cue is not None and not _same(by_cue, doer) else None
        first = Expected(
            trigger=Range(head.i, head.i + 1) if cue is None else Range(cue.i, cue.i + 1),
            head=head.i,
            kind=kind,
            strength=prospect.strength,
            type=self.dealings.type(kind, act, head),
            doer=doer,
            target=self._target(doer, act, happening) or asker or self._concerned(doer, head, cue, given),
            holder=asker or (by_cue if kind == "forecast" else None) or holder or by_cue or doer,
            due=due,
            condition=given,
            sentences=[self.annotated.sentence_of(head.i)],
            said=around,
            happening=happening,
            because=[prospect.because, *act.because],
        )
        is_given = kind == "deadline" and (cue is None or cue.lemma_ != "have")
        others = [] if act.reciprocal or is_given else self._joined(doer, act)
        return [first, *(replace(first, doer=o, target=self._other(o, first), sentences=list(first.sentences)) for o in others)]

    def _other(self, doer: Mention, first: Expected) -> Mention | None:
        """Towards whom one of several acts; each other where it was towards that one."""
        return first.doer if first.target is not None and _same(first.target, doer) else first.target

    def _joined(self, doer: Mention, act: Act) -> list[Mention]:
        """Who is to do the same: "Germany and Italy agreed"."""
        tokens = grammar.conjuncts(self.annotated[doer.head])[1:]
        found: list[Mention] = []
        for one in (*(self.by_head[t.i] for t in tokens if t.i in self.by_head), *(act.actors if doer in act.actors else ())):
            one = self.bodies.of(one)
            if self._is_public(one) and not any(_same(one, other) for other in (doer, *found)):
                found.append(one)
        return found

    def _is_public(self, mention: Mention) -> bool:
        """Of a known country, or a known body of a public sector; traders, and officials of nobody knows where, are not."""
        return any(i.country or (i.name and i.sector in self.words.lists["public_sectors"]) for i in mention.identities)

    def _is_set(self, prospect: Prospect, due: DueDraft | None) -> bool:
        """Whether there is a day, and of a deadline one by which, not on which."""
        if due is None or prospect.kind != "deadline" or (prospect.cue is not None and prospect.cue.lemma_ in self.words.lists["ordering"]):
            return due is not None
        return self.annotated[due.range.start].lower_ in self.words.lists["due_prepositions"]

    def _act(self, head: Token, is_due: bool) -> Act | None:
        """What the word would be; a journey to a place on a day is a visit, and talks that will go on are talks."""
        act = self.act(head.i)
        if act is not None and act.chance == 1.0 and act.type not in SPOKEN:
            return act
        if head.lemma_ in self.words.lists["happening"]:
            subjects = [*grammar.own_subjects(head)]
            for noun in subjects:
                told = self.act(noun.i) if noun.pos_ == "NOUN" else None
                if told is not None and told.chance >= LIKELY and told.type not in SPOKEN:
                    return told
        if is_due and head.lemma_ in self.words.lists["travel"]:
            places = grammar.prepositional(head)
            awaited = head.lemma_ in self.words.lists["awaited"]
            if any(awaited or t.pos_ == "PROPN" for name in self.words.lists["places"] for t in places.get(name, ())):
                because = [f"“{head.text}” to a place on a day is a visit"]
                return Act("CONSULT", [] if act is None else act.actors, [] if act is None else act.recipients, because=because)
        named = self._named(head, act)
        return (
            act
            if named is None or act is None
            else replace(act, type=named, chance=NAMED, because=[f"“{head.text}” is {named} where it lies ahead"])
        )

    def _is_gift(self, prospect: Prospect, head: Token, act: Act) -> bool:
        """Whether what is promised is a thing that helps, of which the model knows nothing: "offered coal"."""
        known = act.chance >= LIKELY or grammar.is_verbal(head) or prospect.kind != "commitment"
        return not known and head.lemma_.lower() in self.words.lists["aid"] | self.words.lists["money"]

    def _refusal(self, head: Token, act: Act) -> Act:
        """What it is not to do something: to keep the peace where it would be an attack, else to refuse."""
        spares = act.chance == 1.0 and codebook.load().type(act.type).quad == CONFLICT
        return replace(act, type="RETREAT" if spares else "REJECT", because=[f"“not {head.text}” is to refuse it", *act.because])

    def _named(self, head: Token, act: Act | None) -> str | None:
        """The type that acts.tsv has for a word."""
        particles = {c.lower_ for c in head.children if c.dep_ in ("prt", "advmod", "prep")}
        some = self.words.acts.get(("v" if grammar.is_verbal(head) else "n", head.lemma_.lower()), ())
        found = next((n for n in some if not n.particle or n.particle in particles), None)
        return None if found is None or (found.side and not self.dealings.others(head, act)) else found.type

    def _inner(self, head: Token) -> Token:
        """The act that begins, goes on or is resumed: "would begin to go"."""
        while head.lemma_ in self.words.lists["seen_through"]:
            below = [c for c in head.children if c.dep_ in ("xcomp", "prep")]
            deeper = [v for c in below for v in (c, *c.children) if v.dep_ in ("xcomp", "pcomp") and grammar.is_verbal(v)]
            if not deeper:
                break
            head = deeper[0]
        return head

    def _doer(self, prospect: Prospect, head: Token, act: Act, by_cue: Mention | None, holder: Mention | None) -> Mention | None:
        """Who is to act: the subject of the act, else who promises or plans it, else who speaks of what will be done to others."""
        sides = [*act.actors, *act.recipients]
        if prospect.kind == "deadline":
            return self._bound(prospect, head, act)
        if not grammar.is_verbal(head) and head.lemma_ not in self.words.lists["awaited"]:
            if prospect.is_refused:
                return holder  # "there will be no talks, X said"
            active = prospect.cue is not None and prospect.kind == "schedule" and not grammar.is_passive(prospect.cue)
            if by_cue is not None and (prospect.kind in STRONG or active):
                return by_cue
            known = next((m for m in act.actors if is_political(m)), None)
            if known is None and prospect.needs_due and prospect.kind == "schedule":
                known = self._comer(head)
            return known or (holder or next((m for m in act.recipients if is_political(m)), None) if prospect.kind == "schedule" else None)
        if grammar.is_passive(head) and head.lemma_ not in self.words.lists["awaited"]:
            done_to = {t.i for t in grammar.patients(head)}
            known = next((m for m in act.actors if is_political(m) and m.head not in done_to), None)
            return known or (by_cue if prospect.kind in STRONG else None) or holder
        verb = head if grammar.is_verbal(head) else head.head
        subjects = {t.i for t in grammar.surface_subjects(verb)}
        subject = next((self.by_head[i] for i in sorted(subjects) if i in self.by_head), None)
        if subject is None or not is_political(subject):
            subject = next((m for i in sorted(subjects) if (m := self._owner(self.annotated[i])) is not None), subject)
        if (
            prospect.cue is not None
            and prospect.kind in STRONG
            and head.dep_ == "ccomp"
            and (subject is None or not is_political(subject))
            and grammar.own_subjects(head)
        ):
            return None  # "warned that the clashes could spread": nothing that the one who warns will do
        if subject is not None and prospect.kind in STRONG and by_cue is not None and not self._is_named(subject):
            subject = by_cue  # "promised that the troops would go"
        if subject is not None and is_political(subject):
            named = next((m for m in sides if m.identities == subject.identities and m.kind != "pronoun"), None)
            return named or subject
        objects = {t.i for t in grammar.patients(head)}
        known = next((m for m in act.actors if is_political(m) and m.head not in objects), None)
        return known or (by_cue if prospect.kind in STRONG else None)

    def _threatener(self, prospect: Prospect, by_cue: Mention | None, holder: Mention | None) -> Mention | None:
        """Who would see to it that "or face a blockade" comes true: by whom, else who asks or gives a day, else who says so."""
        by = [t for noun in prospect.head.subtree for t in grammar.prepositional(noun).get("by", ())]
        by += grammar.agents(prospect.head) if grammar.is_passive(prospect.head) else []
        named = next((self.by_head[t.i] for t in by if t.i in self.by_head and self._is_named(self.by_head[t.i])), None)
        asks = prospect.cue is not None and prospect.cue.lemma_ != "have"
        return named or (by_cue if asks and by_cue is not None and is_political(by_cue) else None) or holder

    def _comer(self, noun: Token) -> Mention | None:
        """Who comes to a meeting: "flew to Rome for talks on Friday"."""
        verb = grammar.clause_head(noun)
        subjects = (self.by_head.get(t.i) for t in grammar.surface_subjects(verb)) if grammar.is_verbal(verb) else ()
        return next((m for m in subjects if m is not None and is_political(m)), None)

    def _bound(self, prospect: Prospect, head: Token, act: Act) -> Mention | None:
        """Who is given a day: who is to do it, or of whom it is demanded."""
        cue = prospect.cue
        own = grammar.own_subjects(head) if grammar.is_verbal(head) and not grammar.is_passive(head) else []
        if cue is not None and cue.i == head.i:
            own = []
        if cue is not None and cue.lemma_ == "have":
            own = grammar.surface_subjects(cue)
        if cue is not None and not own and grammar.is_verbal(cue):
            own = [*grammar.patients(cue), *(c for c in cue.children if c.dep_ == "dative")]
        known = next((self.by_head[t.i] for t in own if t.i in self.by_head and is_political(self.by_head[t.i])), None)
        if known is None and cue is not None and cue.lemma_ != "have":
            judged = self.act(cue.i)
            known = next((m for m in judged.recipients if is_political(m)), None) if judged is not None else None
            asked = self.happenings.get(cue.i)
            known = known or (next((m for m in asked.recipients if is_political(m)), None) if asked is not None else None)
        giver = () if cue is None or cue.i == head.i else act.actors
        return known or next((m for m in giver if is_political(m)), None)

    def _target(self, doer: Mention, act: Act, happening: Happening | None) -> Mention | None:
        """Towards whom: somebody of a known country or sector who is another than who acts."""
        sides = [*act.recipients, *act.actors, *((*happening.recipients, *happening.actors) if happening is not None else ())]
        return next((m for m in sides if _is_somebody(m) and not _same(m, doer) and not self._is_venue(m)), None)

    def _concerned(self, doer: Mention, head: Token, cue: Token | None, given: Range | None) -> Mention | None:
        """Who is named in what is to come ("Chinese goods", "soldiers to Haiti"), in its condition ("unless London apologises") or beside
        the cue ("told Paris it would")."""
        below = [t for t in head.subtree if t.i > head.i and (given is None or not given.start <= t.i < given.end)]
        inside = self.annotated.doc[given.start : given.end] if given is not None else ()
        beside = [c for c in cue.children if c.dep_ in (*grammar.OBJECT, "dative") and c.i > cue.i] if cue is not None else []
        for tokens in (below, inside, beside):
            for token in tokens:
                one = self.by_head.get(token.i)
                if one is not None and _is_somebody(one) and not _same(one, doer) and not self._is_venue(one):
                    return one
        return None

    def _is_venue(self, mention: Mention) -> bool:
        """Whether somebody is named only as where it is to take place: "meet in Geneva"."""
        token = self.annotated[mention.head]
        return token.dep_ == "pobj" and token.head.lower_ in ("in", "at") and mention.kind == "name"

    def _side(self, cue: Token | None) -> Mention | None:
        """Who promises, plans or forecasts."""
        if cue is None:
            return None
        subjects = grammar.agents(cue) if grammar.is_verbal(cue) else grammar.owners(cue) if cue.pos_ == "NOUN" else []
        if not subjects and cue.pos_ == "NOUN":
            beside = [c for c in cue.children if c.dep_ in ("amod", "compound", "nmod") and c.i in self.by_head]
            subjects = beside or (grammar.agents(cue.head) if cue.dep_ in grammar.OBJECT else [])
        known = next((m for t in subjects if (m := self._named_by(t)) is not None), None)
        if known is not None and known.identities:
            return known
        judged = self.act(cue.i)
        return next((m for m in judged.actors if m.identities), None) if judged is not None else None

    def _named_by(self, token: Token) -> Mention | None:
        """Who a word means: itself, or the name beside it ("the group's secretary-general, X")."""
        beside = (c.i for c in token.children if c.dep_ in ("appos", "npadvmod") and c.pos_ == "PROPN")
        return next((self.by_head[i] for i in (token.i, *beside) if i in self.by_head), None)

    def _is_named(self, mention: Mention) -> bool:
        """Whether it is said who somebody is; "the troops" are whose the story is taken to mean."""
        if mention.kind != "description":
            return is_political(mention)
        inside = range(mention.range.start, mention.range.end)
        return any(i in self.by_head and i != mention.head and is_political(self.by_head[i]) for i in inside)

    def _owner(self, noun: Token) -> Mention | None:
        """Whose something is that acts: "its aircraft", "Moscow's ban"."""
        owners = (self.by_head[c.i] for c in noun.children if c.dep_ == "poss" and c.i in self.by_head)
        return next((m for m in owners if is_political(m)), None)

    def _around(self, token: int) -> Said | None:
        return next((s for s in self.said if any(r.start <= token < r.end for r in s.content)), None)

    def _speaker(self, said: Said | None) -> Mention | None:
        if said is None or said.source_head is None:
            return None
        return self.by_head.get(said.source_head)


def _is_denial(said: Said) -> bool:
    return said.polarity == "negated" or said.attitude == "denies"


def _is_present(verb: Token) -> bool:
    return verb.tag_ in ("VBZ", "VBP", "VBG")


def _is_somebody(mention: Mention) -> bool:
    """Of a known country, or known by name; "a helicopter carrier" is nobody."""
    return any(i.country or (i.name and i.sector) for i in mention.identities)


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
