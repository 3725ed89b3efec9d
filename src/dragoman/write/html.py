"""Records in a notebook. In: records of any kinds. Out: a small HTML table for each kind, all text of the article escaped."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from dragoman.schema import ArticleRecord, Coding, Entity, Event, Expectation, Problem, Record, Relation, Statement
from dragoman.write import wording
from dragoman.write.marked import marked_html
from dragoman.write.plain import one_line

HEADINGS = {
    "article": ("headline", "origin"),
    "event": ("date", "who", "what", "whom", "on whose word", "text"),
    "statement": ("speaker", "to", "said"),
    "relation": ("from", "kind", "to", "title", "since", "until"),
    "expectation": ("from", "what", "to", "due", "outcome"),
    "problem": ("where", "stage", "message"),
}


def html_of(records: Iterable[Record]) -> str:
    """One table for each kind of record among them, in the order of the schema."""
    all_records = list(records)
    tables = (table([record for record in all_records if record.record == kind], kind) for kind in HEADINGS)
    return "".join(tables) or "<p>no records</p>"


def coding_html(coding: Coding, text: str | None = None) -> str:
    """The story with its evidence marked, above the tables of its records."""
    return marked_html(coding, text) + html_of(coding.records())


def table(records: Sequence[Record], kind: str) -> str:
    if not records:
        return ""
    head = row("th", HEADINGS[kind])
    body = "".join(row("td", cells(record)) for record in records)
    return f'<table class="dragoman {kind}"><thead>{head}</thead><tbody>{body}</tbody></table>'


def row(tag: str, cells: Iterable[str | None]) -> str:
    written = (f"<{tag}>{escape(one_line(cell or ''))}</{tag}>" for cell in cells)
    return f"<tr>{''.join(written)}</tr>"


def cells(record: Record) -> tuple[str | None, ...]:
    """What stands under the headings of the record's kind."""
    match record:
        case ArticleRecord():
            return record.headline or record.id, wording.origin(record)
        case Event():
            return event_cells(record)
        case Statement():
            return wording.party(record.speaker), wording.party(record.addressee), record.content.text
        case Relation():
            return wording.party(record.from_), record.kind, wording.party(record.to), record.title, record.since, record.until
        case Expectation():
            due = (record.due.value or record.due.text) if record.due else None
            return wording.party(record.from_), record.type, wording.party(record.to), due, record.outcome
        case Problem():
            return record.source or record.article_id, record.stage, record.message


def event_cells(event: Event) -> tuple[str, ...]:
    return (
        "–".join(wording.days(event.date)),
        parties(event.actor),
        " ".join(wording.what(event)),
        parties(event.recipient),
        wording.on_whose_word(event),
        wording.sentence(event),
    )


def parties(entities: Sequence[Entity]) -> str:
    return "; ".join(wording.party(entity) for entity in entities)
