"""In: a word that names something to come, the act that it would be, the mentions of an article. Out: who is to act, and towards whom."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from spacy.tokens import Token

from dragoman.drafts import Act, Expected, Happening, Mention, Range
from dragoman.expectations.bodies import Bodies
from dragoman.expectations.cues import Words
from dragoman.expectations.dealings import is_political
from dragoman.expectations.prospects import Prospect
from dragoman.language import Annotated
from dragoman.language.en import grammar

PLURAL = frozenset({"they", "we"})
STRONG = frozenset({"commitment", "threat", "plan"})


class Sides:
    """The sides of what is expected in one article."""

    def __init__(
        self,
        annotated: Annotated,
        mentions: list[Mention],
        happenings: dict[int, Happening],
        act: Callable[[int], Act | None],
        words: Words,
    ) -> None:
        self.annotated, self.happenings, self.act, self.words = annotated, happenings, act, words
        self.by_head = {m.head: m for m in mentions}
        self.bodies = Bodies(annotated, mentions, words)

    def doer(self, prospect: Prospect, head: Token, act: Act, by_cue: Mention | None, holder: Mention | None) -> Mention | None:
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
            return known or (by_cue if prospect.kind in STRONG else None) or (None if prospect.kind == "forecast" else holder)
        verb = head if grammar.is_verbal(head) else head.head
        subjects = {t.i for t in grammar.surface_subjects(verb) or _of_copula(prospect.cue)}
        subject = next((self.by_head[i] for i in sorted(subjects) if i in self.by_head), None)
        if subject is None or not is_political(subject):
            subject = next((m for i in sorted(subjects) if (m := self._owner(self.annotated[i])) is not None), subject)
        if (
            prospect.cue is not None
            and prospect.kind in STRONG
            and head.dep_ == "ccomp"
            and (subject is None or not is_political(subject))
            and (told := grammar.own_subjects(head))
        ):
            if prospect.kind == "commitment" and by_cue is not None and all(t.pos_ == "PRON" for t in told):
                return by_cue  # "assured Peru that it would"
            return None  # "warned that the clashes could spread": nothing that the one who warns will do
        if subject is not None and prospect.kind in STRONG and by_cue is not None and not self._is_named(subject):
            subject = by_cue  # "promised that the troops would go"
        if subject is not None and is_political(subject):
            named = next((m for m in sides if m.identities == subject.identities and m.kind != "pronoun"), None)
            return named or subject
        objects = {t.i for t in grammar.patients(head)}
        known = next((m for m in act.actors if is_political(m) and m.head not in objects), None)
        return known or (by_cue if prospect.kind in STRONG else None)

    def threatener(self, prospect: Prospect, by_cue: Mention | None, holder: Mention | None) -> Mention | None:
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
        giving = None if cue is None else cue if grammar.is_verbal(cue) else cue.head if cue.dep_ == "dobj" else None
        if giving is not None and not own:
            own = [*(grammar.patients(giving) if giving is cue else ()), *(c for c in giving.children if c.dep_ == "dative")]
        known = next((self.by_head[t.i] for t in own if t.i in self.by_head and is_political(self.by_head[t.i])), None)
        if known is None and cue is not None and cue.lemma_ != "have":
            judged = self.act(cue.i)
            known = next((m for m in judged.recipients if is_political(m)), None) if judged is not None else None
            asked = self.happenings.get(cue.i)
            known = known or (next((m for m in asked.recipients if is_political(m)), None) if asked is not None else None)
        giver = () if cue is None or cue.i == head.i else act.actors
        return known or next((m for m in giver if is_political(m)), None)

    def target(self, doer: Mention, act: Act, happening: Happening | None) -> Mention | None:
        """Towards whom: somebody of a known country or sector who is another than who acts."""
        sides = [*act.recipients, *act.actors, *((*happening.recipients, *happening.actors) if happening is not None else ())]
        known = next((m for m in sides if is_somebody(m) and not same(m, doer) and not self._is_venue(m)), None)
        if known is None and len(doer.identities) > 1 and (act.reciprocal or act.type == "CONSULT"):
            return replace(doer, identities=doer.identities[1:2])  # "they will meet again"
        return known

    def concerned(self, doer: Mention, head: Token, cue: Token | None, given: Range | None) -> Mention | None:
        """Who is named in what is to come ("Chinese goods", "soldiers to Haiti"), in its condition ("unless London apologises") or beside
        the cue ("told Paris it would")."""
        below = [t for t in head.subtree if t.i > head.i and (given is None or not given.start <= t.i < given.end)]
        inside = self.annotated.doc[given.start : given.end] if given is not None else ()
        beside = [c for c in cue.children if c.dep_ in (*grammar.OBJECT, "dative") and c.i > cue.i] if cue is not None else []
        for tokens in (below, inside, beside):
            for token in tokens:
                one = self.by_head.get(token.i)
                if one is not None and is_somebody(one) and not same(one, doer) and not self._is_venue(one):
                    return one
        return None

    def _is_venue(self, mention: Mention) -> bool:
        """Whether somebody is named only as where it is to take place: "meet in Geneva"."""
        token = self.annotated[mention.head]
        return token.dep_ == "pobj" and token.head.lower_ in ("in", "at") and mention.kind == "name"

    def of_cue(self, cue: Token | None) -> Mention | None:
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

    def is_public(self, mention: Mention) -> bool:
        """Of a known country, or a known body of a public sector; traders, and officials of nobody knows where, are not."""
        return any(i.country or (i.name and i.sector in self.words.lists["public_sectors"]) for i in mention.identities)

    def other(self, doer: Mention, first: Expected) -> Mention | None:
        """Towards whom one of several acts; each other where it was towards that one."""
        return first.doer if first.target is not None and same(first.target, doer) else first.target

    def joined(self, doer: Mention, whole: Mention, act: Act, tellers: tuple[Mention | None, ...]) -> list[Mention]:
        """Who is to do the same: "Germany and Italy agreed", "Germany and Italy warned that they would"."""
        is_they = doer.kind == "pronoun" and self.annotated[doer.head].lower_ in PLURAL
        heads = [doer.head, *(t.head for t in tellers if is_they and t is not None and same(t, doer))]
        tokens = [t for head in heads for t in _listed(self.annotated[head])]
        found: list[Mention] = []
        several = [replace(whole, identities=(i,)) for i in whole.identities[1:]]
        for one in (*several, *(self.by_head[t.i] for t in tokens if t.i in self.by_head), *(act.actors if doer in act.actors else ())):
            one = self.bodies.of(one)
            if self.is_public(one) and not any(same(one, other) for other in (doer, *found)):
                found.append(one)
        return found


def _of_copula(cue: Token | None) -> list[Token]:
    """Of whom an adjective tells: "looks set to buy"."""
    return grammar.surface_subjects(cue.head) if cue is not None and cue.dep_ in ("acomp", "oprd") else []


def _listed(head: Token) -> Iterator[Token]:
    """What is joined with a word, also where the parser takes a list of three for an apposition: "Australia, Fiji and Vanuatu"."""
    yield from grammar.conjuncts(head)[1:]
    for child in head.rights:
        if child.dep_ == "appos" and child.pos_ == "PROPN" and len(joined := grammar.conjuncts(child)) > 1:
            yield from joined


def is_somebody(mention: Mention) -> bool:
    """Of a known country, or known by name; "a helicopter carrier" is nobody."""
    return any(i.country or (i.name and i.sector) for i in mention.identities)


def same(one: Mention, other: Mention) -> bool:
    """Of one country, or one and the same."""
    return one.head == other.head or bool(
        {i.country or i.name for i in one.identities} & {i.country or i.name for i in other.identities} - {None}
    )
