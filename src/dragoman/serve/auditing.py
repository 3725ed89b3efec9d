"""Judging in the reading room. In: an audit file and a judge's name. Out: a router for its items and what the judge says of them.

Only with ``dragoman serve --audit`` is anything written, and only to that file. A judgement must come from a page of this address: another
page could make the browser send one, but not say that it comes from here.
"""

from __future__ import annotations

from pathlib import Path
from threading import Lock
from typing import Annotated, Any

from fastapi import APIRouter, Depends, HTTPException, Request
from pydantic import BaseModel, Field, ValidationError

from dragoman.audit import Audit
from dragoman.audit.lines import FIELDS, Item, Judged, Judgement, Missed, Reading, Story, Verdict, Withdrawn, known_of
from dragoman.schema import Event
from dragoman.serve import routes
from dragoman.serve.answers import Detail
from dragoman.serve.routes import Books

AROUND = 700  # characters of the story on either side of the sentence


class Desk:
    """An audit and who judges; one judgement is written after the other."""

    def __init__(self, path: Path, judge: str) -> None:
        self.audit = Audit(path)
        self.judge = judge
        self.lock = Lock()

    def add(self, line: Judgement | Reading | Withdrawn) -> None:
        with self.lock:
            self.audit.add(line)


class Progress(BaseModel):
    """What there is to do, in the order of the sample, and what is done."""

    judge: str
    file: str
    items: list[str]
    judged: list[str] = Field(description="ids of the events that the judge has judged, the latest last")
    stories: list[str]
    read: list[str] = Field(description="ids of the articles that the judge has read whole, the latest last")
    fields: list[Judged]
    known: dict[str, list[str]] = Field(description="the names that a field can take, where they are few")


class Shown(BaseModel):
    """An event with the words around it, and what the judge has said of it."""

    item: Item
    headline: str | None
    start: int = Field(description="where the text begins in the article")
    text: str | None = Field(description="null where the article was stored without it, or has another one now")
    mine: Judgement | None


class ShownStory(BaseModel):
    """An article with its events, and what the judge has said of it."""

    story: Story
    text: str | None
    events: list[Event]
    mine: Reading | None


class Said(BaseModel):
    """A judgement, but for who it is by."""

    item: str = Field(max_length=500)
    fields: dict[Judged, Verdict]
    note: str = Field(default="", max_length=2000)


class Read(BaseModel):
    article_id: str = Field(max_length=500)
    right: list[str] = Field(default=[], max_length=1000)
    wrong: list[str] = Field(default=[], max_length=1000)
    missed: list[Missed] = Field(default=[], max_length=500)


class Taken(BaseModel):
    about: str = Field(max_length=500, description="id of the event or article")


def desk_of(request: Request) -> Desk:
    """DragomanError's words where nothing is to be judged."""
    desk: Desk | None = getattr(request.app.state, "desk", None)
    if desk is None:
        raise HTTPException(404, "nothing is to be judged: serve with --audit FILE --judge NAME")
    return desk


def from_here(request: Request) -> None:
    """Refuses what no page of this address has sent."""
    own = f"{request.url.scheme}://{request.url.netloc}"
    if request.headers.get("sec-fetch-site") != "same-origin" and request.headers.get("origin") != own:
        raise HTTPException(403, f"a judgement must come from a page of {own}")


Desks = Annotated[Desk, Depends(desk_of)]
REFUSED: dict[int | str, dict[str, Any]] = {
    **routes.REFUSED,
    400: {
        "model": Detail,
        "description": "not in the sample, or not understood: no field judged, a correction that no field can have",
    },
    403: {"model": Detail, "description": "not from a page of this address"},
    404: {"model": Detail, "description": "nothing is to be judged, or no such thing was drawn"},
}
router = APIRouter(prefix="/api/audit", responses=REFUSED)
WRITES = [Depends(from_here)]


@router.get("")
def progress(desk: Desks) -> Progress:
    """What is to be judged, and how far the judge is."""
    audit = desk.audit
    return Progress(
        judge=desk.judge,
        file=audit.path.name,
        items=list(audit.items),
        judged=list(audit.judged_by(desk.judge)),
        stories=list(audit.stories),
        read=list(audit.read_by(desk.judge)),
        fields=list(FIELDS),
        known={name: list(names) for name in FIELDS if (names := known_of(name))},
    )


@router.get("/items/{item_id:path}")
def item(desk: Desks, books: Books, item_id: str) -> Shown:
    """An event of the sample."""
    found = desk.audit.items.get(item_id)
    if found is None:
        raise HTTPException(404, f"{item_id} is not in {desk.audit.path.name}")
    event = found.event
    text = books.store.text(event.article_id)
    if text is not None and not all(text[span.start : span.end] == span.text for span in (event.trigger, *event.evidence)):
        text = None  # another one came in its place since the sample was drawn
    first = min([event.trigger.start, *(span.start for span in event.evidence)])
    last = max([event.trigger.end, *(span.end for span in event.evidence)])
    start, end = around(text or "", first, last)
    article = next(iter(books.store.codings_of([event.article_id])), None)
    headline = article.article.headline if article and article.article else None
    mine = desk.audit.judged_by(desk.judge).get(item_id)
    return Shown(item=found, headline=headline, start=start, text=None if text is None else text[start:end], mine=mine)


def around(text: str, first: int, last: int) -> tuple[int, int]:
    """The part of a text that is shown with a stretch of it: whole words on either side."""
    start, end = max(0, first - AROUND), min(len(text), last + AROUND)
    before, after = (text.find(" ", start, first) + 1 or start) if start else 0, text.rfind(" ", last, end) if end < len(text) else end
    return before, after if after > 0 else end


@router.get("/stories/{article_id:path}")
def story(desk: Desks, books: Books, article_id: str) -> ShownStory:
    """An article of the sample."""
    found = desk.audit.stories.get(article_id)
    if found is None:
        raise HTTPException(404, f"{article_id} is not in {desk.audit.path.name}")
    coding, text = books.story(article_id) or (None, None)
    events = [event for event in coding.events if event.id in found.events] if coding else []
    return ShownStory(story=found, text=text, events=events, mine=desk.audit.read_by(desk.judge).get(article_id))


@router.post("/judgements", dependencies=WRITES)
def judge(desk: Desks, said: Said) -> Progress:
    """Writes what the judge says of an event; it takes the place of what was said before."""
    try:
        judgement = Judgement(judge=desk.judge, item=said.item, fields=said.fields, note=said.note)
    except ValidationError as error:
        raise HTTPException(400, error.errors()[0]["msg"].removeprefix("Value error, ")) from error
    desk.add(judgement)
    return progress(desk)


@router.post("/readings", dependencies=WRITES)
def read(desk: Desks, said: Read) -> Progress:
    """Writes what the judge says of a whole article."""
    desk.add(Reading(judge=desk.judge, article_id=said.article_id, right=said.right, wrong=said.wrong, missed=said.missed))
    return progress(desk)


@router.post("/withdrawn", dependencies=WRITES)
def withdraw(desk: Desks, taken: Taken) -> Progress:
    """Takes back what the judge said of an event or article."""
    desk.add(Withdrawn(judge=desk.judge, about=taken.about))
    return progress(desk)
