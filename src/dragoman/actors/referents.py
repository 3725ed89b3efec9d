"""In: nothing. Out: the two classes that the steps of this room share: who is meant (Referent) and where it is said (Found)."""

from __future__ import annotations

from dataclasses import dataclass, field

from dragoman.drafts import Identity, Mention, Range
from dragoman.schema import MentionKind


@dataclass(slots=True, eq=False)
class Referent:
    """Somebody or something the article speaks of. Mentions of the same one share it, so what one says of it the others know.

    ``office_code`` is the office as the tables name it, ``past`` those that the person once held.
    ``silent`` ones are no political actors: they are only here so that no pronoun is taken for somebody else.
    ``sort``: state, body (organisation or institution), person, people (role nouns).
    """

    sort: str
    name: str | None = None
    country: str | None = None
    sector: str | None = None
    other_sectors: tuple[str, ...] = ()
    office: str | None = None
    wikidata: str | None = None
    gender: str | None = None
    plural: bool = False
    collective: bool = False
    office_code: str | None = None
    silent: bool = False
    past: frozenset[str] = frozenset()
    roles: set[str] = field(default_factory=set)

    def identity(self) -> Identity:
        return Identity(self.name, self.country, self.sector, self.other_sectors, self.office, self.wikidata)


@dataclass(slots=True, eq=False)
class Found:
    """A mention in the making: tokens, and whom it means."""

    start: int
    end: int
    head: int
    kind: MentionKind
    referents: list[Referent] = field(default_factory=list)
    because: list[str] = field(default_factory=list)
    plural: bool = False
    modifier: bool = False

    @property
    def silent(self) -> bool:
        return any(r.silent for r in self.referents)

    @property
    def person(self) -> bool:
        return bool(self.referents) and all(r.sort == "person" for r in self.referents)

    def mention(self) -> Mention:
        identities = tuple(dict.fromkeys(r.identity() for r in self.referents))
        return Mention(
            range=Range(self.start, self.end),
            head=self.head,
            kind=self.kind,
            identities=identities,
            because=tuple(self.because),
            person=self.person,
            plural=self.plural or len(identities) > 1,
        )
