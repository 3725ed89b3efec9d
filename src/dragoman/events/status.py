"""In: an event, its place in the text, and who said what. Out: whether it is reported, claimed or denied, and on whose word.

What somebody does by speaking (condemn, promise) and what a side says of itself is reported; what only a source says of others is
claimed; a claim that the other side denies in the article is denied.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from spacy.tokens import Doc, Token

from dragoman.drafts import Contradiction, Happening, Mention, Range, Said
from dragoman.language.en import grammar

DENYING = "deny"
CITING = frozenset({"cite", "quote"})


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
            words = happening.said.cue if happening.said.manner == DENYING else None
            happening.disputed.append(Contradiction(happening.speaker, words or happening.trigger))
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
