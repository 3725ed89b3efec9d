"""Whether a store is what it says. In: its path. Out: a ``Fault`` for each span, id, reference or count that is not as it must be."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from dragoman.schema import Coding, Content, Event, Statement, event_id, sha256_of, statement_id
from dragoman.store import Fault, Store

REPLACED = "\ufffd"  # stands for half a character, which no store can hold
ANOTHER = "the text or the record was changed after it was coded: code the article into a new store and compare with dragoman diff"
OnArticle = Callable[[int], None]


def faults(path: str | Path, on_article: OnArticle = lambda events: None) -> Iterator[Fault]:
    """All faults of a store, those of its tables first. ``on_article`` is called with the number of events of each article, once looked at.

    StoreError where the store cannot be opened or read.
    """
    with Store(path, readonly=True) as store:
        yield from store.structural_faults()
        for coding, text in store.with_texts():
            if coding.article is not None:
                yield from faults_of(coding, text)
                on_article(len(coding.events))


def faults_of(coding: Coding, text: str | None) -> Iterator[Fault]:
    """What is wrong with the records of one article; without its text, spans and hash cannot be looked at."""
    assert coding.article is not None
    article = coding.article
    if text is not None and REPLACED not in text and sha256_of(text) != article.sha256:
        yield Fault("text", f"articles {article.id}", "its text has another SHA-256 than the article", ANOTHER)
    for record in coding.records():
        where = f"{getattr(type(record), 'table')} {getattr(record, 'id', None) or article.id}"  # noqa: B009
        if text is not None:
            for path, problem in wrong_spans(record, text):
                yield Fault("span", where, f"{path}: {problem}", ANOTHER)
        derived = derived_id(record)
        if derived not in (None, getattr(record, "id", None)):
            yield Fault("id", where, f"from article and characters follows {derived}", ANOTHER)


def derived_id(record: BaseModel) -> str | None:
    """The id that a record must have; None where it is given, or follows from more than the record."""
    if isinstance(record, Event):
        return event_id(record.article_id, record.trigger.start, record.trigger.end, record.type)
    if isinstance(record, Statement) and record.content.spans:
        return statement_id(record.article_id, *record.content.spans[0])
    return None


def wrong_spans(value: Any, text: str, path: str = "") -> Iterator[tuple[str, str]]:
    """Field and fault of each piece of a record that is not what stands in the text."""
    if isinstance(value, list | tuple):
        for number, item in enumerate(value):
            yield from wrong_spans(item, text, f"{path}[{number}]")
    if not isinstance(value, BaseModel):
        return
    if isinstance(value, Content):
        if value.text != " ".join(text[start:end] for start, end in value.spans):
            yield path, f"{shortened(value.text)} is not what stands at {value.spans}"
        return
    fields = type(value).model_fields
    if {"text", "start", "end"} <= fields.keys() and text[value.start : value.end] != value.text:  # type: ignore[attr-defined]
        found = text[value.start : value.end]  # type: ignore[attr-defined]
        yield path, f"{shortened(value.text)} is not what stands at {value.start} to {value.end}: {shortened(found)}"  # type: ignore[attr-defined]
    for name in fields:
        yield from wrong_spans(getattr(value, name), text, f"{path}.{name}" if path else name)


def shortened(text: str) -> str:
    return repr(text if len(text) <= 40 else text[:37] + "...")
