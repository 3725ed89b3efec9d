"""The API. In: a library. Out: a router whose answers are records as in the JSON lines, a page at a time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Annotated, Any, Literal

from fastapi import APIRouter, Depends, HTTPException, Query, Request, Response
from fastapi.responses import StreamingResponse

from dragoman import asking, codebook
from dragoman.columns import json_schema, table_of
from dragoman.errors import DragomanError
from dragoman.schema import (
    ArticleRecord,
    Attitude,
    Coding,
    Entity,
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
from dragoman.serve.answers import (
    About,
    Articles,
    Detail,
    Events,
    Expectations,
    Hit,
    Hits,
    Marked,
    MarkedStory,
    Panel,
    Relations,
    Statements,
    Terms,
    Tried,
    Value,
)
from dragoman.serve.library import Library
from dragoman.serve.naming import Names, names_of_codes
from dragoman.serve.world import Of, Unit, World
from dragoman.store.asked import between, headlined, said
from dragoman.store.conditions import Condition
from dragoman.store.paging import Page
from dragoman.version import dragoman_version
from dragoman.write.marks import marks_of

if TYPE_CHECKING:
    from dragoman.coder import Coder

Limit = Annotated[int, Query(ge=1, le=500, description="records on a page")]
Cursor = Annotated[str | None, Query(max_length=2000, description="`next` of the page before")]
Asked = Annotated[str, Query(max_length=2000, description='as in `dragoman query`: "JPN -> USA, SUPPORT, 2024"')]
Words = Annotated[str, Query(max_length=200)]
Side = Annotated[str, Query(max_length=7, description="a country, JPN, or with a sector an actor, JPN GOV")]
RowsFormat = Literal["csv", "parquet", "jsonl"]
ExportFormat = Literal["jsonl", "csv", "plover", "parquet", "geojson", "polecat"]
AS_FILE: dict[int | str, dict[str, Any]] = {200: {"content": {"text/csv": {}, "application/jsonl": {}, "application/octet-stream": {}}}}


REFUSED: dict[int | str, dict[str, Any]] = {
    400: {"model": Detail, "description": "not understood: the query, a cursor, a group"},
    401: {"model": Detail, "description": "a token is wanted"},
    421: {"model": Detail, "description": "asked under a name that is not this machine's own"},
}


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
    return Articles(**fields(books.page(ArticleRecord, headlined(q), limit, cursor)))


@router.get("/articles/{article_id:path}", responses={404: {"description": "no such article"}})
def article(books: Books, article_id: str) -> MarkedStory:
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
    return as_file(books, "events", query, format, exporting.events(books, query, format))


@router.get("/statements", response_model=Statements, responses=AS_FILE)
def statements(
    books: Books,
    speaker: Words = "",
    about: Words = "",
    attitude: Attitude | None = None,
    towards: Side = "",
    limit: Limit = 50,
    cursor: Cursor = None,
    format: RowsFormat | None = None,
) -> Any:
    """Who said what: by codes or a part of a name, with a word; towards a country or actor, said to it or of what it takes part in.

    With a format all of them as a file.
    """
    asked = f"{speaker} on {towards}" if towards else " ".join(filter(None, (speaker, about, attitude)))
    return page_or_file(books, Statement, said(speaker, about, attitude or "", towards), asked, limit, cursor, format)


@router.get("/relations", response_model=Relations, responses=AS_FILE)
def relations(
    books: Books,
    one: Side = "",
    other: Side = "",
    kind: RelationKind | None = None,
    limit: Limit = 50,
    cursor: Cursor = None,
    format: RowsFormat | None = None,
) -> Any:
    """What stands between two countries or actors; with a format all of it as a file."""
    return page_or_file(books, Relation, between(one, other, kind or ""), pair(one, other, kind), limit, cursor, format)


@router.get("/expectations", response_model=Expectations, responses=AS_FILE)
def expectations(
    books: Books,
    one: Side = "",
    other: Side = "",
    kind: ExpectationKind | None = None,
    limit: Limit = 50,
    cursor: Cursor = None,
    format: RowsFormat | None = None,
) -> Any:
    """What was promised or announced between two countries or actors, and what became of it.

    With a format all of it as the table that `dragoman expectations` writes.
    """
    where, asked = between(one, other, kind or ""), pair(one, other, kind)
    if format is not None:
        return as_file(books, "expectations", asked, format, exporting.rows(books.settled_rows(where), asked, books.version, format))
    return Expectations(**fields(books.expectations(where, limit, cursor)), as_of=books.period[1])


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
        found_rows = books.search_rows(kind, q, chosen(kind, facet or []))
        return as_file(books, f"{kind}s", narrowed, format, exporting.rows(found_rows, narrowed, books.version, format))
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
    roles: Annotated[bool, Query(description="counts JPN GOV and JPN MIL apart")] = False,
    format: RowsFormat | None = None,
) -> Any:
    """Counts of events, one row a group; with a format as a file."""
    layout = replace(asking.layout(tuple(part.strip() for part in by.split(",")), wide, score, fill, None, undirected), roles=roles)
    if format is not None:
        stream = exporting.rows(books.store.panel_batches(layout, query), query, books.version, format)
        return as_file(books, f"counts {by}", query, format, stream)
    return Panel(rows=books.panel(layout, query))


@router.get("/world")
def world(books: Books, query: Asked = "", by: Unit = "year", of: Of = "country") -> World:
    """Cooperation and conflict of each country or actor and of the pairs with most events, by period."""
    return books.world(query, by, of)


@router.get("/codebook/terms")
def terms() -> Terms:
    """What a query can name: types, contexts, sectors."""
    book = codebook.load()
    return Terms(types=list(book.types), contexts=list(book.contexts), sectors=list(book.sectors))


@router.get("/codebook/names")
def names() -> Names:
    """What codes of countries and sectors are called."""
    return names_of_codes()


@router.get("/codebook")
def types() -> list[dict[str, Any]]:
    """The event types, with quad class, score and modes."""
    return [{"name": name, "quad": t.quad, "score": t.score, "modes": list(t.modes)} for name, t in codebook.load().types.items()]


@router.get("/schema")
def schema() -> dict[str, Any]:
    """The JSON Schema of the records."""
    return json_schema()


@router.post("/code")
def code(request: Request, tried: Tried) -> MarkedStory:
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


def fields(found: Page[Any]) -> dict[str, Any]:
    return {"records": found.records, "next": found.next}


def page_or_file(
    books: Library, model: type[Model], where: Condition, asked: str, limit: int, cursor: str | None, format: RowsFormat | None
) -> dict[str, Any] | StreamingResponse:
    if format is None:
        return fields(books.page(model, where, limit, cursor))
    stream = exporting.records(books.store, model, where, asked, books.version, format)
    return as_file(books, table_of(model), asked, format, stream)


def as_file(books: Library, what: str, asked: str, format: str, stream: Iterator[bytes]) -> StreamingResponse:
    """A file whose name and headers tell what was asked and of which data."""
    headers = exporting.headers_of(books, what, asked, format)
    return StreamingResponse(stream, media_type=exporting.media_of(format), headers=headers)


def pair(one: str, other: str, kind: str | None) -> str:
    return ", ".join(filter(None, (" <-> ".join(filter(None, (one, other))), kind)))


def story_of(coding: Coding, text: str | None) -> MarkedStory:
    marks = [Marked(start=m.start, end=m.end, kind=m.kind, label=m.label, says=m.says, quad=m.quad) for m in marks_of(coding)]
    return MarkedStory(text=text, coding=coding, marks=marks)


def refused(error: DragomanError) -> Response:
    """What a user can put right, in words that say how."""
    return Response(Detail(detail=str(error)).model_dump_json(), 400, media_type="application/json")
