"""In: the mentions of an article. Out: the body for which somebody acts who leads or belongs to one that is no state.

"Ali Ahmeti, leader of the National Liberation Army" and "M23 fighters" promise for their group; a president promises for a state, whose
code the mention has already.
"""

from __future__ import annotations

from dataclasses import replace

from dragoman import codebook
from dragoman.drafts import Identity, Mention
from dragoman.expectations.cues import Words
from dragoman.language import Annotated


class Bodies:
    """The bodies of one article by those who act for them."""

    def __init__(self, annotated: Annotated, mentions: list[Mention], words: Words) -> None:
        self.annotated, self.words = annotated, words
        self.by_head = {m.head: m for m in mentions}
        self.bodies = [m for m in mentions if self._is_body(m)]
        self.led: dict[Identity, Mention] = {}
        for mention in mentions:
            if mention.person and len(mention.identities) == 1 and self._acts_for_nobody(mention.identities[0]):
                body = self._within(mention) or self._commanded(mention)
                if body is not None:
                    self.led.setdefault(mention.identities[0], body)

    def of(self, mention: Mention) -> Mention:
        """The body for which somebody acts, else the mention itself."""
        if len(mention.identities) != 1 or not self._acts_for_nobody(mention.identities[0]):
            return mention
        identity = mention.identities[0]
        if identity.name is None:
            return self._within(mention) or self._owning(mention) or self._meant(mention)
        return self.led.get(identity, mention)

    def _owning(self, mention: Mention) -> Mention | None:
        """The body to which somebody belongs by a pronoun: "its four ministers", of who leads one also "his party"."""
        owners = [self.by_head[c.i] for c in self.annotated[mention.head].children if c.dep_ == "poss" and c.i in self.by_head]
        owner = next((o for o in owners if o.kind == "pronoun" and len(o.identities) == 1), None)
        if owner is None or not self._acts_for_nobody(owner.identities[0]):
            return None
        body = next((b for b in self.bodies if b.identities == owner.identities), None)
        return body or self.led.get(owner.identities[0])

    def _meant(self, mention: Mention) -> Mention:
        """Somebody of no known country as one of the country whose they are ("its parliament"), else the body that was last named with the
        same sector: "the rebels"."""
        identity = mention.identities[0]
        if identity.country is not None or identity.sector is None:
            return mention
        owners = [self.by_head[c.i] for c in self.annotated[mention.head].children if c.dep_ in ("poss", "amod") and c.i in self.by_head]
        owner = next((o.identities[0] for o in owners if len(o.identities) == 1 and o.identities[0].country), None)
        if owner is not None:
            return replace(mention, identities=(replace(identity, country=owner.country),))
        stateless = identity.sector in self.words.lists["stateless_sectors"]
        alike = [b for b in self.bodies if stateless and b.head < mention.head and b.identities[0].sector == identity.sector]
        return alike[-1] if alike else mention

    def _is_body(self, mention: Mention) -> bool:
        """A body that is named and no part of a state."""
        return (
            mention.kind in ("name", "description")
            and not mention.person
            and len(mention.identities) == 1
            and mention.identities[0].name is not None
            and self._acts_for_nobody(mention.identities[0])
        )

    def _acts_for_nobody(self, identity: Identity) -> bool:
        """Whether somebody is in no office of a state: of a country they have a sector that is none of a state's."""
        if identity.country is None or identity.country in codebook.load().international:
            return True
        return identity.sector in self.words.lists["stateless_sectors"]

    def _within(self, mention: Mention) -> Mention | None:
        """The first body that is named inside the words for somebody: "CGT leader X", "X of the Y movement", "fighters of Y"."""
        inside = (b for b in self.bodies if b is not mention and mention.range.start <= b.head < mention.range.end)
        return next((b for b in inside if b.head != mention.head), None)

    def _commanded(self, mention: Mention) -> Mention | None:
        """ "X, who commands the Y"."""
        for clause in self.annotated[mention.head].children:
            if clause.dep_ == "relcl" and clause.lemma_ in self.words.lists["leading"]:
                objects = {c.i for c in clause.children if c.dep_ == "dobj"}
                return next((b for b in self.bodies if b.head in objects), None)
        return None
