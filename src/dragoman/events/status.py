"""In: an event, its place in the text, and who said what. Out: whether it is reported, claimed or denied, and on whose word.

What somebody does by speaking (condemn, promise) and what a side says of itself is reported; what only a source says of others is
claimed; a claim that the other side denies in the article is denied.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from spacy.tokens import Doc, Token

from dragoman.drafts import Contradiction, Happening, Mention, Range, Said
from dragoman.events.lexicon import load
from dragoman.language.en import grammar

DENYING = "deny"
ACCUSING = "ACCUSE"
CITING = frozenset({"cite", "quote"})
NEUTRAL_SECTORS = frozenset({"GOV", "MIL", "COP", "LEG", "JUD", "SPY"})


class Attributions:
    """Who said what, by the tokens of what is said."""

    def __init__(self, said: Iterable[Said]) -> None:
        self._by_token: dict[int, list[Said]] = {}
        for attribution in sorted(said, key=lambda s: sum(r.end - r.start for r in s.content)):
            for token in {t for r in attribution.content for t in range(r.start, r.end)}:
                self._by_token.setdefault(token, []).append(attribution)

    def around(self, token: int) -> list[Said]:
        """The attributions whose content holds a token, the shortest first."""
        return self._by_token.get(token, [])


def judge(happening: Happening, own: bool) -> None:
    """Sets the status from the attribution that an event stands in; ``own``: the speaker is one of the actors.

    What is so only by hearsay ("reportedly") is claimed by nobody who is named.
    """
    if happening.said is None:
        return
    if happening.said.manner == DENYING or (own and "negation" in happening.aux):
        if happening.speaker is not None:
            note_denial(happening, happening.speaker, happening.said.cue or happening.trigger)
            happening.status, happening.speaker, happening.denier = "denied", None, happening.speaker
            happening.because.append("the one who is said to have done it denies it")
    elif not own:
        happening.status = "claimed"


def source_of(doc: Doc, said: Said, by_head: Mapping[int, Mention]) -> Mention | None:
    """On whose word it is: the source, or whom it cites; somebody who is no political actor by the words alone."""
    cited = None if said.cue_head is None else _cited(doc[said.cue_head])
    if cited is not None:
        known = by_head.get(cited.i)
        return known or Mention(Range(*grammar.phrase(cited)), cited.i, "description")
    if said.source_head is None:
        return None
    known = by_head.get(said.source_head)
    return known if known is not None or said.source is None else Mention(said.source, said.source_head, "description")


def _cited(cue: Token) -> Token | None:
    """ "the agency reported, quoting a police source": the source of the source."""
    beside = [*cue.children, *(k for subject in cue.children if subject.dep_ in grammar.SUBJECT for k in subject.children)]
    for verb in beside:
        if verb.lemma_ in CITING and verb.tag_ == "VBG" and verb.dep_ in ("advcl", "acl"):
            return next((kid for kid in verb.children if kid.dep_ == "dobj"), None)
    return None


def same_side(one: Mention, other: Mention) -> bool:
    """Whether one speaks for the other: the same person or body, or both officials of one state."""
    if one.head == other.head:
        return True
    for a in one.identities:
        for b in other.identities:
            if a.name is not None and a.name == b.name:
                return True
            if a.country is not None and a.country == b.country and {a.sector or "GOV", b.sector or "GOV"} <= NEUTRAL_SECTORS:
                return True
    return False


def deniers(doc: Doc, by_head: dict[int, Mention]) -> list[tuple[int, Mention]]:
    """(position, who) of denials that name no act: "denied it", "rejected the accusation", "denies any role"."""
    classes = load().classes
    found: list[tuple[int, Mention]] = []
    for token in doc:
        if token.pos_ == "VERB" and token.lemma_ in classes["denying"] and _names_no_act(token, classes["denied"]):
            found.extend((token.i, by_head[s.i]) for s in grammar.agents(token) if s.i in by_head)
    return found


def _names_no_act(verb: Token, denied: frozenset[str]) -> bool:
    objects = grammar.patients(verb)
    return any(o.lemma_.lower() in denied or o.lower_ in denied for o in objects)


def deny(happenings: list[Happening], denials: list[tuple[int, Mention]], nearby: int) -> None:
    """Turns claims into denied ones where a side that is said to have acted denies within ``nearby`` tokens after them.

    What the paper itself reports stays reported, and is disputed; so is the accusation where the act is no event of its own.
    """
    for at, who in denials:
        before = [h for h in happenings if 0 < at - h.head <= nearby]
        meant = [h for h in before if _is_deniable(h) and any(same_side(who, a) for a in h.actors)]
        for happening in meant or [h for h in before if h.type == ACCUSING and any(same_side(who, r) for r in h.recipients)][-1:]:
            if happening.status == "claimed":
                happening.status = "denied"
            note_denial(happening, who, Range(at, at + 1))
            happening.because.append(f"{who.identities[0].country or 'the other side'} denies it")


def _is_deniable(happening: Happening) -> bool:
    """No word of the denier's own: who accuses and threatens does not deny that."""
    return happening.status != "reported" or happening.said is None


def note_denial(happening: Happening, who: Mention, words: Range) -> None:
    """Notes in place that somebody denies an event; once for each side that does."""
    if not any(known.by is not None and same_side(known.by, who) for known in happening.disputed):
        happening.disputed.append(Contradiction(who, words))
