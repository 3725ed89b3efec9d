"""The records: what dragoman reads in (Article) and what it hands back (one model a record).

JSON Schema, the DuckDB tables, the Arrow schema and every writer are derived from these models; nothing else defines a field.
Offsets count Unicode code points in the article's text as given, and ``given[start:end] == text`` for every span.
"""

from __future__ import annotations

import hashlib
from typing import Annotated, Any, ClassVar, Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, Field

Sector: TypeAlias = str
MentionKind = Literal["name", "title", "pronoun", "description"]
StatementKind = Literal["direct", "indirect", "mixed"]
Attitude = Literal["says", "asks", "promises", "threatens", "denies", "believes", "wishes", "plans"]
Polarity = Literal["affirmed", "negated"]
Auxiliary = Literal["historical", "future", "hypothetical", "negation"]
Precision = Literal["day", "week", "month", "quarter", "year", "decade"]
Status = Literal["reported", "claimed", "denied"]
RelationKind = Literal[
    "alliance", "partner", "threat_perceived", "dispute", "member_of", "office",
    "treaty", "occupation", "rivalry", "sanctions", "ties_cut", "sponsorship",
]  # fmt: skip
Change = Literal["appointed", "elected", "resigned", "removed", "died", "began", "ended"]
ExpectationKind = Literal["commitment", "plan", "schedule", "deadline", "threat", "forecast"]
Strength = Literal["firm", "intended", "possible"]
Outcome = Literal["open", "met", "broken", "lapsed"]
QuantityKind = Literal["killed", "injured", "missing", "arrested", "captured", "displaced", "protesters", "troops", "money"]
PlaceKind = Literal["country", "region", "city", "facility", "water", "border", "area"]


class Model(BaseModel):
    """Base of all records: immutable, and a misspelt field is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Span(Model):
    """A piece of the article as given."""

    text: str
    start: int = Field(description="first code point")
    end: int = Field(description="one past the last code point")


class Entity(Span):
    """An actor as it is mentioned, with what is known of who it is on the day."""

    name: str | None = Field(default=None, description="full name, where the mention could be resolved")
    country: str | None = Field(default=None, description="ISO 3166 alpha-3 of a state, or IGO, UNO, EUR, NGO, ISM, IMG, MNC")
    sector: Sector | None = None
    other_sectors: list[Sector] = []
    office: str | None = None
    wikidata: str | None = None
    mention: MentionKind = "name"


class Dateline(Span):
    """The place a report is filed from, as its first line gives it."""

    place: str
    country: str | None = None


class Published(Model):
    """The day of publication and who says so."""

    value: str | None = Field(default=None, description="YYYY-MM-DD")
    source: Literal["given", "document", "none"] = "none"


class Content(Model):
    """What is said; several spans where the speaker interrupts the quotation."""

    text: str
    spans: list[tuple[int, int]]


class When(Model):
    """A date of the text. ``value`` is null when it cannot be known."""

    text: str
    start: int
    end: int
    value: str | None = Field(default=None, description="YYYY, YYYY-MM or YYYY-MM-DD, as precise as the text")
    until: str | None = Field(default=None, description="last day of an interval")
    precision: Precision | None = None


class Place(Model):
    """Where an event took place. ``lat`` and ``lon`` are degrees, WGS 84."""

    text: str
    start: int
    end: int
    name: str | None = None
    country: str | None = None
    lat: float | None = None
    lon: float | None = None
    geonameid: int | None = None
    kind: PlaceKind | None = None
    region: str | None = Field(default=None, description="first-level region that it lies in")
    uncertainty: float | None = Field(default=None, description="km around the coordinates within which it lies")


class Quantity(Span):
    """A number of people or a sum of money that an event is told with. Both bounds are null where only "many" is said."""

    kind: QuantityKind
    low: float | None = Field(default=None, description="at least so many")
    high: float | None = Field(default=None, description="at most so many; null where the text sets no upper bound")
    unit: str | None = Field(default=None, description="of money: ISO 4217")
    by: Entity | None = Field(default=None, description="on whose word; null in the paper's own voice")


class Due(Model):
    """When something promised is expected."""

    text: str
    value: str | None = None
    until: str | None = None
    start: int | None = None
    end: int | None = None
    precision: Precision | None = None


class ArticleRecord(Model):
    """One article as it was understood."""

    table: ClassVar[str] = "articles"

    record: Literal["article"] = "article"
    id: str
    headline: str | None = None
    publication: str | None = None
    agency: str | None = None
    dateline: Dateline | None = None
    published: Published = Published()
    language: str | None = None
    sha256: str
    url: str | None = None
    extra: dict[str, Any] = Field(default={}, description="input keys that dragoman does not know, kept as given")


class Statement(Model):
    """Who said what to whom."""

    table: ClassVar[str] = "statements"

    record: Literal["statement"] = "statement"
    id: str
    article_id: str
    kind: StatementKind
    speaker: Entity | None = None
    cue: Span | None = None
    content: Content
    addressee: Entity | None = None
    date: When | None = None
    manner: str | None = Field(default=None, description="what kind of word the cue is: say, claim, deny, ask, urge, warn ...")
    attitude: Attitude | None = Field(default=None, description="what the source does by it; of words, a state of mind or an intention")
    polarity: Polarity = Field(default="affirmed", description="negated: the source is said not to say, believe or plan it")
    place: Place | None = Field(default=None, description="where it was said")
    occasion: Span | None = Field(default=None, description="at or in what it was said: a press conference, an interview, a letter")
    within: str | None = Field(default=None, description="id of the statement that this one is told in")
    about: Entity | None = Field(default=None, description="whom or what it is about by grammar: who is said to do it, what is feared")


class Dispute(Span):
    """Words of the article that contradict an event: a denial, or another version of it."""

    by: Entity | None = Field(default=None, description="who contradicts it")
    event_id: str | None = Field(default=None, description="the event that tells the other version, where it is one")


class Event(Model):
    """Who did what to whom, when, where, on whose word."""

    table: ClassVar[str] = "events"

    record: Literal["event"] = "event"
    id: str
    article_id: str
    type: str
    mode: list[str] = []
    context: list[str] = []
    aux: list[Auxiliary] = []
    quad: int = Field(description="1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict")
    score: float = Field(description="-10 (conflict) to 10 (cooperation)")
    cameo: str | None = None
    actor: list[Entity] = []
    recipient: list[Entity] = []
    date: When | None = None
    place: Place | None = None
    trigger: Span
    evidence: list[Span] = []
    status: Status = "reported"
    attributed_to: Entity | None = None
    statement_id: str | None = None
    disputed: list[Dispute] = Field(default=[], description="who contradicts it in the article, and in which words")
    quantities: list[Quantity] = Field(default=[], description="how many were killed, arrested, marching; how much was pledged")
    confidence: float | None = None
    because: list[str] = []


class Relation(Model):
    """What stands between two entities beyond a single event."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True, serialize_by_alias=True)
    table: ClassVar[str] = "relations"

    record: Literal["relation"] = "relation"
    id: str
    article_id: str
    kind: RelationKind
    from_: Entity = Field(alias="from")
    to: Entity | None = None
    title: str | None = None
    since: str | None = Field(default=None, description="YYYY, YYYY-MM or YYYY-MM-DD, where the story says so")
    until: str | None = None
    evidence: list[Span] = []
    change: Change | None = Field(
        default=None, description="where the story tells that it changes: who is elected, resigns, dies; what begins, ends"
    )
    status: Status = "reported"
    attributed_to: Entity | None = None
    known: bool | None = Field(
        default=None, description="whether dragoman's own knowledge of the day holds it too; null where it has no such facts"
    )
    past: bool = Field(default=False, description='the story says that it is over: "former president", a term that ended; else it stands')
    because: list[str] = []


class Expectation(Model):
    """What was promised, planned, threatened, scheduled or forecast, and whether it came."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True, serialize_by_alias=True)
    table: ClassVar[str] = "expectations"

    record: Literal["expectation"] = "expectation"
    id: str
    article_id: str
    from_: Entity = Field(alias="from")
    to: Entity | None = None
    type: str
    due: Due | None = None
    evidence: list[Span] = []
    outcome: Outcome = "open"
    met_by: str | None = None
    kind: ExpectationKind | None = None
    trigger: Span | None = None
    holder: Entity | None = Field(default=None, description="on whose word it is expected; for a forecast not who is to act")
    condition: Span | None = Field(default=None, description="if, unless or once what it is to happen")
    strength: Strength | None = Field(default=None, description="firm: will, vowed; intended: plans, wants; possible: may, is considering")
    event_id: str | None = Field(default=None, description="the event of the article that is this promise or threat, where there is one")
    statement_id: str | None = None
    revises: str | None = Field(default=None, description="id of the earlier expectation that this one moves or changes")
    because: list[str] = []


class Problem(Model):
    """What could not be read or coded, and why."""

    table: ClassVar[str] = "problems"

    record: Literal["problem"] = "problem"
    article_id: str | None = None
    source: str | None = Field(default=None, description="file and line, where the article has no id")
    stage: str
    message: str


Record: TypeAlias = ArticleRecord | Statement | Event | Relation | Expectation | Problem
AnyRecord = Annotated[Record, Field(discriminator="record")]
RECORDS: tuple[type[Model], ...] = (ArticleRecord, Statement, Event, Relation, Expectation, Problem)


class Source(Model):
    """An article that reports something, and where and when it was published."""

    article_id: str
    publication: str | None = None
    published: str | None = Field(default=None, description="YYYY-MM-DD")


class Disagreement(Model):
    """What one side of those who differ says: the date, the status, or a number such as that of the killed."""

    about: str
    value: str
    event_ids: list[str]
    publications: list[str]


class MergedEvent(Model):
    """One event with all that report it, as ``dragoman merge`` finds them; ``event`` is the report that says most."""

    id: str
    event: Event
    reports: int = Field(description="articles that tell it, copies and earlier versions included")
    stories: int = Field(description="articles that are no copies or versions of one another")
    publications: list[str] = []
    earliest: Source
    disagreements: list[Disagreement] = []


class Article(Model):
    """What the readers hand to the coder: a text as given and what is known about it."""

    id: str
    text: str
    headline: str | None = None
    published: str | None = Field(default=None, description="YYYY-MM-DD")
    publication: str | None = None
    url: str | None = None
    language: str | None = None
    dateline: str | None = None
    source: str | None = Field(default=None, description="where it was read: file, or file and line")
    kind: str | None = Field(default=None, description="the reader that read it: text, jsonl, html ...")
    extra: dict[str, Any] = {}


class Coding(Model):
    """All records of one article, in the order in which they are written; only problems where it could not be read at all."""

    article: ArticleRecord | None = None
    statements: list[Statement] = []
    events: list[Event] = []
    relations: list[Relation] = []
    expectations: list[Expectation] = []
    problems: list[Problem] = []

    def records(self) -> list[Record]:
        article = [] if self.article is None else [self.article]
        return [*article, *self.statements, *self.events, *self.relations, *self.expectations, *self.problems]


def sha256_of(text: str) -> str:
    """Hex digest of the text in UTF-8; lone surrogates, which JSON can carry, do not raise."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def article_id_of(text: str) -> str:
    """The id of an article that brings none: first 16 hex digits of its text's SHA-256."""
    return sha256_of(text)[:16]


def statement_id(article_id: str, start: int, end: int) -> str:
    """The id of the statement whose content begins with these characters."""
    return record_id(article_id, "statement", start, end)


def event_id(article_id: str, start: int, end: int, type: str) -> str:
    """The id of the event of a type with these characters for a trigger."""
    return record_id(article_id, "event", start, end, type)


def record_id(article_id: str, record: str, *parts: object) -> str:
    """An id that the same article, offsets and kind of record always give again."""
    key = "\x1f".join([article_id, record, *map(str, parts)])
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:16]
