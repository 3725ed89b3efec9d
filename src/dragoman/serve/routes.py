"""The API. In: a library. Out: a router whose answers are records as in the JSON lines, a page at a time."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any, Literal, TypeVar

from fastapi import APIRouter, Depends, HTTPException, Query, Request, Response
from fastapi.responses import StreamingResponse
from pydantic import BaseModel, Field

from dragoman import asking, codebook
from dragoman.columns import json_schema
from dragoman.errors import DragomanError
from dragoman.schema import (
    ArticleRecord,
    Attitude,
    Coding,
    Entity,
    Event,
    Expectation,
    ExpectationKind,
    Model,
    Relation,
    RelationKind,
    Statement,
)
from dragoman.searching import SearchError
from dragoman.searching.finding import FACETS
from dragoman.searching.finding import Kind as SearchKind
from dragoman.serve import exporting
from dragoman.serve.library import Library
from dragoman.serve.world import World
from dragoman.store.paging import Page
from dragoman.version import dragoman_version
from dragoman.write.marks import marks_of

if TYPE_CHECKING:
    from dragoman.coder import Coder

Kind = TypeVar("Kind", bound=Model)
Limit = Annotated[int, Query(ge=1, le=500, description="records on a page")]
Cursor = Annotated[str | None, Query(max_length=2000, description="`next` of the page before")]
Asked = Annotated[str, Query(max_length=2000, description='as in `dragoman query`: "JPN -> USA, SUPPORT, 2024"')]
Words = Annotated[str, Query(max_length=200)]
Country = Annotated[str, Query(max_length=3, description="ISO 3166 alpha-3, or a code in its place")]
RowsFormat = Literal["csv", "parquet", "jsonl"]
ExportFormat = Literal["jsonl", "csv", "plover", "parquet", "geojson", "polecat"]
AS_FILE: dict[int | str, dict[str, Any]] = {200: {"content": {"text/csv": {}, "application/jsonl": {}, "application/octet-stream": {}}}}
LONGEST = 100_000  # characters of a text to be tried


class Detail(BaseModel):
    """What is wrong, and what to do."""

    detail: str


REFUSED: dict[int | str, dict[str, Any]] = {
    400: {"model": Detail, "description": "not understood: the query, a cursor, a group"},
    401: {"model": Detail, "description": "a token is wanted"},
    421: {"model": Detail, "description": "asked under a name that is not this machine's own"},
}


class About(BaseModel):
    """What is served."""

    dragoman: str
    store: str
    version: str = Field(description="of the data: changes with the file")
    counts: dict[str, int]
    first: str | None
    last: str | None
    note: str | None = Field(description="what a reader should know of an older store")


class Articles(BaseModel):
    records: list[ArticleRecord]
    next: str | None


class Events(BaseModel):
    records: list[Event]
    next: str | None


class Statements(BaseModel):
    records: list[Statement]
    next: str | None


class Relations(BaseModel):
    records: list[Relation]
    next: str | None


class Expectations(BaseModel):
    records: list[Expectation]
    next: str | None


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


class Story(BaseModel):
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


def library_of(request: Request) -> Library:
    found: Library = request.app.state.library
    return found


Books = Annotated[Library, Depends(library_of)]
router = APIRouter(prefix="/api", responses=REFUSED)


@router.get("/about")
def about(books: Books) -> About:
    """What is served: version of the data, counts, first and last day."""
    first, last = books.period
    note = books.store.note_on_layout()
    return About(
        dragoman=dragoman_version(), store=books.path.name, version=books.version, counts=books.counts, first=first, last=last, note=note
    )


@router.get("/articles")
def articles(books: Books, q: Words = "", limit: Limit = 50, cursor: Cursor = None) -> Articles:
    """Articles by day of publication, with words in their headline."""
    return Articles(**fields(books.articles(q, limit, cursor)))


@router.get("/articles/{article_id:path}", responses={404: {"description": "no such article"}})
def article(books: Books, article_id: str) -> Story:
    """One article with its text, all its records and its marks."""
    found = books.story(article_id)
    if found is None:
        raise HTTPException(404, f"no article {article_id!r} in {books.path.name}")
    return story_of(*found)


@router.get("/events")
def events(
    books: Books, query: Asked = "", limit: Limit = 50, cursor: Cursor = None, unit: Literal["report", "event"] = "report"
) -> Events:
    """Events by date, undated last."""
    return Events(**fields(books.events(query, limit, cursor, unit)))


@router.get("/events/count")
def count(books: Books, query: Asked = "", unit: Literal["report", "event"] = "report") -> int:
    """How many events a query finds."""
    return books.store.count(query, unit)


@router.get("/export", response_class=StreamingResponse)
def export(books: Books, query: Asked = "", format: ExportFormat = "jsonl") -> StreamingResponse:
    """What a query finds as a file, with the query and the data's version in its headers."""
    books.store.check(query)
    headers = exporting.headers_of(books, "events", query, format)
    return StreamingResponse(exporting.events(books, query, format), media_type=exporting.media_of(format), headers=headers)


@router.get("/statements")
def statements(
    books: Books,
    speaker: Words = "",
    about: Words = "",
    attitude: Attitude | None = None,
    towards: Country = "",
    limit: Limit = 50,
    cursor: Cursor = None,
) -> Statements:
    """Who said what: by a country's code or a part of a name, with a word; towards a country, said to it or of what it takes part in."""
    return Statements(**fields(books.statements(speaker, about, attitude or "", towards, limit, cursor)))


@router.get("/relations")
def relations(
    books: Books, one: Country = "", other: Country = "", kind: RelationKind | None = None, limit: Limit = 50, cursor: Cursor = None
) -> Relations:
    """What stands between two countries."""
    return Relations(**fields(books.relations(one, other, kind or "", limit, cursor)))


@router.get("/expectations")
def expectations(
    books: Books, one: Country = "", other: Country = "", kind: ExpectationKind | None = None, limit: Limit = 50, cursor: Cursor = None
) -> Expectations:
    """What was promised or announced between two countries."""
    return Expectations(**fields(books.expectations(one, other, kind or "", limit, cursor)))


@router.get("/entities")
def entities(books: Books, q: Words = "", limit: Limit = 50) -> list[Entity]:
    """Actors and recipients by name, those of most events first."""
    return books.entities(q, limit)


@router.get("/search", response_model=Hits, responses=AS_FILE)
def search(
    books: Books,
    q: Words = "",
    kind: SearchKind = "article",
    facet: Annotated[list[str] | None, Query(max_length=20, description="`name:value`, such as country:FRA; all must hold")] = None,
    limit: Limit = 20,
    cursor: Cursor = None,
    format: RowsFormat | None = None,
) -> Any:
    """Full text of articles with their headlines, or of statements with their speakers; best first, without words the newest first.

    With a format all of it as a file.
    """
    if format is not None:
        narrowed = " ".join([q, *(facet or [])])
        headers = exporting.headers_of(books, f"{kind}s", narrowed, format)
        stream = exporting.rows(books.search_rows(kind, q, chosen(kind, facet or [])), narrowed, books.version, format)
        return StreamingResponse(stream, media_type=exporting.media_of(format), headers=headers)
    found = books.search(kind, q, chosen(kind, facet or []), limit, cursor)
    return Hits(
        count=found.count,
        records=[Hit.model_validate(asdict(hit)) for hit in found.hits],
        facets={name: [Value(value=value, count=count) for value, count in values] for name, values in found.facets.items()},
        next=found.next,
        waiting=books.waiting,
        trouble=books.trouble or None,
    )


@router.get("/panel", response_model=Panel, responses=AS_FILE)
def panel(
    books: Books,
    by: Annotated[str, Query(max_length=100, description="as in `dragoman panel`: dyad,month")] = "dyad,month",
    query: Asked = "",
    wide: Literal["type", "quad"] | None = None,
    score: bool = False,
    fill: bool = False,
    undirected: bool = False,
    format: RowsFormat | None = None,
) -> Any:
    """Counts of events, one row a group; with a format as a file."""
    layout = asking.layout(tuple(part.strip() for part in by.split(",")), wide, score, fill, None, undirected)
    if format is not None:
        batches = books.store.panel_batches(layout, query)
        headers = exporting.headers_of(books, f"counts {by}", query, format)
        stream = exporting.rows(batches, query, books.version, format)
        return StreamingResponse(stream, media_type=exporting.media_of(format), headers=headers)
    return Panel(rows=books.panel(layout, query))


@router.get("/world")
def world(books: Books, query: Asked = "", by: Literal["year", "month"] = "year") -> World:
    """Cooperation and conflict of each country and of the pairs with most events, by period."""
    return books.world(query, by)


@router.get("/codebook/terms")
def terms() -> Terms:
    """What a query can name: types, contexts, sectors."""
    book = codebook.load()
    return Terms(types=list(book.types), contexts=list(book.contexts), sectors=list(book.sectors))


@router.get("/codebook")
def types() -> list[dict[str, Any]]:
    """The event types, with quad class, score and modes."""
    return [{"name": name, "quad": t.quad, "score": t.score, "modes": list(t.modes)} for name, t in codebook.load().types.items()]


@router.get("/schema")
def schema() -> dict[str, Any]:
    """The JSON Schema of the records."""
    return json_schema()


@router.post("/code")
def code(request: Request, tried: Tried) -> Story:
    """A text coded as if it were an article; nothing of it is kept."""
    coder: Coder = request.app.state.coder()
    try:
        coding = coder.code(tried.text, tried.published)
    except ValueError as error:
        raise HTTPException(400, str(error)) from error
    return story_of(coding, tried.text)


def chosen(kind: SearchKind, facets: list[str]) -> dict[str, list[str]]:
    """Values by facet. SearchError for a facet that there is not."""
    found: dict[str, list[str]] = {}
    for one in facets:
        name, _, value = one.partition(":")
        if name not in FACETS[kind]:
            raise SearchError(f"{name!r} cannot be chosen: {', '.join(FACETS[kind])} can, as in {FACETS[kind][0]}:VALUE")
        found.setdefault(name, []).append(value)
    return found


def fields(page: Page[Any]) -> dict[str, Any]:
    return {"records": page.records, "next": page.next}


def story_of(coding: Coding, text: str | None) -> Story:
    marks = [Marked(start=m.start, end=m.end, kind=m.kind, label=m.label, says=m.says, quad=m.quad) for m in marks_of(coding)]
    return Story(text=text, coding=coding, marks=marks)


def refused(error: DragomanError) -> Response:
    """What a user can put right, in words that say how."""
    return Response(Detail(detail=str(error)).model_dump_json(), 400, media_type="application/json")
