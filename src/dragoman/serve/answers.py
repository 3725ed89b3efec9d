"""What the API answers with, beside the records themselves. In: values. Out: models that its description is made from."""

from __future__ import annotations

from typing import Any, Generic, TypeVar

from pydantic import BaseModel, Field

from dragoman.schema import ArticleRecord, Coding, Event, Expectation, Model, Relation, Statement

Kind = TypeVar("Kind", bound=Model)
LONGEST = 100_000  # characters of a text to be tried


class Detail(BaseModel):
    """What is wrong, and what to do."""

    detail: str


class About(BaseModel):
    """What is served."""

    dragoman: str
    store: str
    version: str = Field(description="of the data: changes with the file")
    counts: dict[str, int]
    first: str | None
    last: str | None
    note: str | None = Field(description="what a reader should know of an older store")


class Records(BaseModel, Generic[Kind]):
    """A page of records; each kind has its own, so that the description can call it by a name."""

    records: list[Kind]
    next: str | None = Field(description="the `cursor` of the page behind; null on the last")


class Articles(Records[ArticleRecord]):
    """By day of publication."""


class Events(Records[Event]):
    """By date, undated last."""


class Statements(Records[Statement]):
    """By article."""


class Relations(Records[Relation]):
    """By article."""


class Expected(Expectation):
    """With its outcome as of the latest article, as ``dragoman expectations`` has it, not as the coder left it."""

    decided: str | None = Field(default=None, description="the day on which it was met or broken")
    told_in: str | None = Field(default=None, description="id of the article that tells so, or that its day was moved")
    told: str | None = Field(default=None, description="the words that tell so, where it was no event")


class Expectations(Records[Expected]):
    """By article."""

    as_of: str | None = Field(description="the day up to which outcomes are known, that of the latest article")


class Snippet(BaseModel):
    text: str
    hit: bool


class Hit(BaseModel):
    """An article, or a statement; what was looked for stands in the pieces that are hits."""

    id: str
    article_id: str
    day: str | None
    publication: str | None
    title: list[Snippet]
    snippet: list[Snippet]


class Value(BaseModel):
    value: str
    count: int


class Hits(BaseModel):
    count: int
    records: list[Hit]
    facets: dict[str, list[Value]] = Field(description="what else could be chosen, with how many of these have it")
    next: str | None
    waiting: int | None = Field(description="articles that are not in the index yet; null while that is not known")
    trouble: str | None = Field(description="why there is no index")


class Marked(BaseModel):
    """Characters start, ..., end - 1 and the record that rests on them."""

    start: int
    end: int
    kind: str
    label: str
    says: str
    quad: int


class MarkedStory(BaseModel):
    """An article with all its records, and where they stand in its text."""

    text: str | None
    coding: Coding
    marks: list[Marked]


class Tried(BaseModel):
    """A text to be coded."""

    text: str = Field(min_length=1, max_length=LONGEST)
    published: str | None = Field(default=None, pattern=r"^\d{4}-\d{2}-\d{2}$")


class Terms(BaseModel):
    types: list[str]
    contexts: list[str]
    sectors: list[str]


class Panel(BaseModel):
    rows: list[dict[str, Any]]
