"""PLOVER JSON, as its manual of 2022 publishes it. In: codings. Out: one event a line.

Required keys are always there, the others where something is known. ``date`` is required, but null where the text does not give one.
Auxiliary modes stand among the modes. What PLOVER has no key for, the status and its source, stands in ``comment``.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any, TextIO

from dragoman.schema import ArticleRecord, Coding, Entity, Event, Place, Quantity, Span
from dragoman.version import dragoman_version
from dragoman.write.plain import one_json_line

REQUIRED = ("id", "date", "actor", "event")
REQUIRED_OF_ENTITY = ("code", "sector", "entity_text")
SIZES = {"killed": "dead", "injured": "injured", "arrested": "arrested"}
CODEBOOK = "PLOVER"


class PloverWriter:
    """Writes the events of a coding; statements, relations and problems have no place in PLOVER."""

    def __init__(self, stream: TextIO) -> None:
        self.stream = stream
        self.coder = f"dragoman {dragoman_version()}"

    def write(self, coding: Coding) -> None:
        for record in plover_records(coding, self.coder):
            self.stream.write(one_json_line(json.dumps(record, ensure_ascii=False)) + "\n")

    def close(self) -> None:
        self.stream.flush()


def plover_records(coding: Coding, coder: str) -> Iterator[dict[str, Any]]:
    cited = citation(coding.article) if coding.article else {}
    for event in coding.events:
        yield plover_record(event, cited, coder)


def plover_record(event: Event, cited: dict[str, Any], coder: str) -> dict[str, Any]:
    record = {
        "id": event.id,
        "date": event.date.value if event.date else None,
        "enddate": event.date.until if event.date else None,
        "actor": [party(entity) for entity in event.actor],
        "recipient": [party(entity) for entity in event.recipient],
        "event": event.type,
        "quad_code": event.quad,
        "event_scale": event.score,
        "mode": [*event.mode, *event.aux],
        "context": event.context,
        "event_loc": location(event.place) if event.place else None,
        "event_text": event.trigger.text,
        "size": size(event.quantities),
        "text": " ".join(span.text for span in event.evidence),
        "text_info": extent(event.evidence or [event.trigger]),
        "cite_info": cited,
        "coder": coder,
        "comment": comment_on(event),
    }
    return known(record, REQUIRED)


def party(entity: Entity) -> dict[str, Any]:
    record = {
        "code": entity.country,
        "sector": entity.sector,
        "entity_text": entity.text,
        "identifier_id": entity.wikidata,
        "identifier_text": entity.name,
        "office": entity.office,
    }
    return known(record, REQUIRED_OF_ENTITY)


def location(place: Place) -> dict[str, Any]:
    return known(place.model_dump(exclude={"start", "end"}), ("text",))


def size(quantities: list[Quantity]) -> dict[str, int]:
    """PLOVER's counts: the sum of what one source gives ("12 soldiers and 3 civilians"), where sources differ the highest."""
    totals: dict[str, Counter[str | None]] = {}
    for one in quantities:
        bound = one.low if one.low is not None else one.high
        if one.kind in SIZES and bound is not None:
            totals.setdefault(SIZES[one.kind], Counter())[one.by.text if one.by else None] += int(bound)
    return {name: max(of_source.values()) for name, of_source in totals.items()}


def extent(spans: list[Span]) -> dict[str, int]:
    """From the first to the last character of the article that the event rests on."""
    return {"start": min(span.start for span in spans), "end": max(span.end for span in spans)}


def citation(article: ArticleRecord) -> dict[str, Any]:
    record = {"url": article.url, "title": article.headline, "language": article.language, "publication": article.publication}
    return known({**record, "codebook": CODEBOOK}, ())


def comment_on(event: Event) -> str | None:
    """Whose word the event rests on, where it is not the reporter's own."""
    if event.status == "reported" and event.attributed_to is None:
        return None
    source = event.attributed_to
    return f"{event.status} by {source.name or source.text}" if source else event.status


def known(record: dict[str, Any], required: tuple[str, ...]) -> dict[str, Any]:
    """What is required or not empty."""
    return {key: value for key, value in record.items() if key in required or value not in (None, "", [], {})}
