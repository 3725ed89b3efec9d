"""What the stages hand to each other before records are made of it: positions in the parse, not yet characters.

In: nothing. Out: the dataclasses below. Token positions are indices into ``Annotated.doc``; ranges are half open.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from dragoman.schema import (
    Attitude,
    Auxiliary,
    Change,
    ExpectationKind,
    MentionKind,
    PlaceKind,
    Polarity,
    Precision,
    QuantityKind,
    RelationKind,
    StatementKind,
    Status,
    Strength,
)


class Range(NamedTuple):
    """Tokens start, ..., end - 1."""

    start: int
    end: int


def is_among(token: int, ranges: Iterable[Range]) -> bool:
    """Whether a token stands in one of the ranges."""
    return any(one.start <= token < one.end for one in ranges)


@dataclass(frozen=True, slots=True)
class Identity:
    """Who somebody is on the day of the article, as far as is known."""

    name: str | None = None
    country: str | None = None
    sector: str | None = None
    other_sectors: tuple[str, ...] = ()
    office: str | None = None
    wikidata: str | None = None


@dataclass(slots=True)
class Mention:
    """An actor where the text names, describes or points at it.

    ``identities`` is empty when unresolved (a pronoun with two candidates) and holds several for "they" or "both leaders".
    """

    range: Range
    head: int
    kind: MentionKind
    identities: tuple[Identity, ...] = ()
    because: tuple[str, ...] = ()
    person: bool = False
    plural: bool = False


@dataclass(slots=True)
class Said:
    """One attribution: a source, a cue and the content, each as token ranges (content may be in pieces).

    ``manner`` says what kind of word the cue is (say, ask, promise, threaten, deny, believe, plan ...), from the cue data; ``speech``
    whether it reports words, ``stance`` whether it tells what somebody denies, promises, believes, wishes or plans, ``claim`` whether
    the content is true only on the source's word. ``attitude`` and ``polarity`` are those of the record; ``within`` is the attribution
    in whose content this one stands.
    """

    content: list[Range]
    kind: StatementKind
    source: Range | None = None
    source_head: int | None = None
    cue: Range | None = None
    cue_head: int | None = None
    addressee: Range | None = None
    addressee_head: int | None = None
    about: Range | None = None
    about_head: int | None = None
    manner: str = "say"
    speech: bool = True
    stance: bool = False
    claim: bool = True
    attitude: Attitude | None = "says"
    polarity: Polarity = "affirmed"
    place: Range | None = None
    occasion: Range | None = None
    within: Said | None = None

    @property
    def is_statement(self) -> bool:
        """Whether it becomes a record, and is not only whose word an event rests on."""
        return self.speech or self.stance


@dataclass(slots=True)
class Quote:
    """A stretch between quotation marks, marks excluded, with the tokens of who speaks, for "I" and "we" inside it."""

    range: Range
    speaker_head: int | None = None


@dataclass(slots=True)
class TimeMention:
    """A date expression with its value; ``value`` is null where the reference day is not known.

    ``fine`` is the value as TimeML writes it where that says more than a record does: a part of the day, a clock time, a season.
    ``ends`` are the two dates of an interval that is told by two. ``base`` is the date of what a date is counted from, where only that
    follows: "on Tuesday, a day after students stormed the ministry"; its head is the word for it.
    """

    range: Range
    head: int
    value: str | None = None
    until: str | None = None
    precision: Precision | None = None
    fine: str | None = None
    ends: tuple[TimeMention, ...] = ()
    base: TimeMention | None = None


@dataclass(slots=True)
class PlaceMention:
    """A name of a place where the text uses it as one; without coordinates where it is not known which one is meant.

    ``role``: at ("in Kharkiv"), modifier ("the Kharkiv attack"), owner ("Kharkiv's mayor"), dateline. ``named`` is
    false of what is no name ("Kabul airport") or may be that of no place.
    """

    range: Range
    head: int
    role: str
    kind: PlaceKind | None = None
    name: str | None = None
    country: str | None = None
    region: str | None = None
    lat: float | None = None
    lon: float | None = None
    geonameid: int | None = None
    uncertainty: float | None = None
    named: bool = True


class CustomLabel(NamedTuple):
    """A type of the user's own, with its quad class and score."""

    name: str
    quad: int
    score: float


@dataclass(slots=True)
class Contradiction:
    """Who contradicts an event and in which words; ``other`` is the event that tells the other version."""

    by: Mention | None
    words: Range
    other: Happening | None = None


class Quantified(NamedTuple):
    """A number of people or a sum of money, with its bounds, and the attribution in whose content it stands."""

    range: Range
    kind: QuantityKind
    low: float | None
    high: float | None
    unit: str | None
    said: Said | None


@dataclass(slots=True)
class Happening:
    """An event before its actors are turned into entities.

    ``acts`` are the lemmas that name it, ``named`` the heads of what it is done to, actors or not; ``promised`` says that it lies
    ahead. ``speaker`` is on whose word it rests where that is not the paper's, ``denier`` whoever says that it is not so. ``order`` is
    the number of its sentence. ``dated_by`` is the token whose clause tells the
    date: the event's own, or of a promise the word with which it is made; ``said_at`` that of the saying whose date it has where its
    own clause tells none.
    """

    trigger: Range
    head: int
    type: str
    label: CustomLabel | None = None
    mode: list[str] = field(default_factory=list)
    aux: list[Auxiliary] = field(default_factory=list)
    actors: list[Mention] = field(default_factory=list)
    recipients: list[Mention] = field(default_factory=list)
    sentences: list[Range] = field(default_factory=list)
    status: Status = "reported"
    said: Said | None = None
    dated_by: int | None = None
    said_at: int | None = None
    context: list[str] = field(default_factory=list)
    acts: tuple[str, ...] = ()
    named: tuple[int, ...] = ()
    promised: bool = False
    speaker: Mention | None = None
    denier: Mention | None = None
    disputed: list[Contradiction] = field(default_factory=list)
    quantities: list[Quantified] = field(default_factory=list)
    order: int = 0
    confidence: float = 0.5
    because: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Act:
    """What a word names that is still to be done: a type of the codebook, who would do it and towards whom.

    ``chance`` is how likely the word names a political act at all; 1 where the lexicon knows it.
    """

    type: str
    actors: list[Mention]
    recipients: list[Mention]
    reciprocal: bool = False
    chance: float = 1.0
    because: list[str] = field(default_factory=list)


@dataclass(slots=True)
class DueDraft:
    """The last day on which something is to have come, or the period; ``value`` and ``until`` as of dates."""

    range: Range
    value: str | None = None
    until: str | None = None
    precision: Precision | None = None


@dataclass(slots=True)
class Expected:
    """An expectation before its actors are turned into entities; ``head`` is the word that names what is to come."""

    trigger: Range
    head: int
    kind: ExpectationKind
    strength: Strength
    type: str
    doer: Mention
    target: Mention | None = None
    holder: Mention | None = None
    due: DueDraft | None = None
    condition: Range | None = None
    sentences: list[Range] = field(default_factory=list)
    said: Said | None = None
    happening: Happening | None = None
    because: list[str] = field(default_factory=list)


class Side(NamedTuple):
    """One side of a standing relation: the words of the text, and who that is; ``identity`` is null where it is not known."""

    range: Range
    identity: Identity | None = None
    kind: MentionKind = "description"


@dataclass(slots=True)
class Standing:
    """A relation that stands between two sides, before its sides are turned into entities. ``trigger`` are the words that name it."""

    kind: RelationKind
    subject: Side
    object: Side | None
    trigger: Range
    sentences: list[Range] = field(default_factory=list)
    title: str | None = None
    since: str | None = None
    until: str | None = None
    past: bool = False
    change: Change | None = None
    status: Status = "reported"
    speaker: Mention | None = None
    known: bool | None = None
    because: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Characters start, ..., end - 1 of the article as given."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class DatelineDraft:
    """A dateline: its characters, and the place they name."""

    stretch: Stretch
    place: str
    country: str | None = None
    day: str | None = None


@dataclass(frozen=True, slots=True)
class Layout:
    """Which characters of an article are headline, body paragraphs and masthead; what is left out is no running text."""

    headline: Stretch | None = None
    paragraphs: tuple[Stretch, ...] = ()
    dateline: DatelineDraft | None = None
    publication: str | None = None
    agency: str | None = None
    published: str | None = None
