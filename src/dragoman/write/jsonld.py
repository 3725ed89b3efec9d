"""JSON-LD with W3C provenance (PROV-O) and annotations (Web Annotation). In: codings. Out: one document, one node of the graph a line.

An event is derived from its article by a run of dragoman, and its evidence are quotations with their characters. Terms without a
vocabulary of others, and all ids, are relative: they get their address from where the document is published.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, TextIO

from dragoman.schema import ArticleRecord, Coding, Entity, Event, Span, Statement
from dragoman.version import dragoman_version
from dragoman.write.jsonl import finite
from dragoman.write.plain import one_json_line

CONTEXT = {
    "@version": 1.1,
    "@vocab": "#",
    "prov": "http://www.w3.org/ns/prov#",
    "oa": "http://www.w3.org/ns/oa#",
    "schema": "https://schema.org/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "derived_from": {"@id": "prov:wasDerivedFrom", "@type": "@id"},
    "generated_by": {"@id": "prov:wasGeneratedBy", "@type": "@id"},
    "evidence": {"@id": "prov:wasQuotedFrom", "@container": "@set"},
    "source": {"@id": "oa:hasSource", "@type": "@id"},
    "selector": "oa:hasSelector",
    "start": {"@id": "oa:start", "@type": "xsd:nonNegativeInteger"},
    "end": {"@id": "oa:end", "@type": "xsd:nonNegativeInteger"},
    "exact": "oa:exact",
    "refined_by": "oa:refinedBy",
    "stated_in": {"@type": "@id"},
    "actor": {"@container": "@list"},
    "recipient": {"@container": "@list"},
}
RUN, AGENT = "#coding", "#dragoman"
UNRESERVED = re.compile(r"[^A-Za-z0-9._~-]")
HEAD, FOOT = '{"@context":%s,"@graph":[', "]}\n"


class JsonLdWriter:
    """Writes articles, statements and events as they come."""

    def __init__(self, stream: TextIO) -> None:
        self.stream = stream
        self.before = "\n"
        stream.write(HEAD % json.dumps(CONTEXT, separators=(",", ":")))
        self._node({"@id": AGENT, "@type": "prov:SoftwareAgent", "schema:name": "dragoman", "schema:softwareVersion": dragoman_version()})
        self._node({"@id": RUN, "@type": "prov:Activity", "prov:wasAssociatedWith": {"@id": AGENT}})

    def write(self, coding: Coding) -> None:
        if coding.article is None:
            return
        self._node(article_node(coding.article))
        for statement in coding.statements:
            self._node(statement_node(statement))
        for event in coding.events:
            self._node(event_node(event))

    def close(self) -> None:
        self.stream.write("\n" + FOOT)
        self.stream.flush()

    def _node(self, node: dict[str, Any]) -> None:
        line = json.dumps(finite(known(node)), ensure_ascii=False, separators=(",", ":"))
        self.stream.write(self.before + one_json_line(line))
        self.before = ",\n"


def article_node(article: ArticleRecord) -> dict[str, Any]:
    return {
        "@id": iri("article", article.id),
        "@type": ["prov:Entity", "schema:NewsArticle"],
        "schema:identifier": article.id,
        "schema:headline": article.headline,
        "schema:datePublished": article.published.value,
        "schema:publisher": article.publication or article.agency,
        "schema:url": article.url,
        "schema:inLanguage": article.language,
        "sha256": article.sha256,
    }


def statement_node(statement: Statement) -> dict[str, Any]:
    return {
        "@id": iri("statement", statement.id),
        "@type": ["prov:Entity", "Statement"],
        "kind": statement.kind,
        "exact": statement.content.text,
        "prov:wasAttributedTo": party(statement.speaker),
        "addressee": party(statement.addressee),
        "derived_from": iri("article", statement.article_id),
        "generated_by": RUN,
        "characters": [{"start": start, "end": end} for start, end in statement.content.spans],
    }


def event_node(event: Event) -> dict[str, Any]:
    return {
        "@id": iri("event", event.id),
        "@type": ["prov:Entity", "Event"],
        "type": event.type,
        "mode": event.mode,
        "context": event.context,
        "auxiliary": event.aux,
        "quad": event.quad,
        "score": event.score,
        "cameo": event.cameo,
        "actor": [party(entity) for entity in event.actor],
        "recipient": [party(entity) for entity in event.recipient],
        "date": event.date.value if event.date else None,
        "until": event.date.until if event.date else None,
        "place": event.place and known(event.place.model_dump(exclude={"start", "end"})),
        "status": event.status,
        "prov:wasAttributedTo": party(event.attributed_to),
        "stated_in": iri("statement", event.statement_id) if event.statement_id else None,
        "confidence": event.confidence,
        "because": event.because,
        "trigger": quotation(event.trigger, event.article_id),
        "evidence": [quotation(span, event.article_id) for span in event.evidence],
        "derived_from": iri("article", event.article_id),
        "generated_by": RUN,
    }


def party(entity: Entity | None) -> dict[str, Any] | None:
    """An actor as it is mentioned: an agent without an id, since one name may be two persons'."""
    if entity is None:
        return None
    facts = entity.model_dump(include={"name", "country", "sector", "other_sectors", "office", "wikidata"})
    return known({"@type": "prov:Agent", **facts, "exact": entity.text, "start": entity.start, "end": entity.end})


def quotation(span: Span, article_id: str) -> dict[str, Any]:
    """A piece of an article: its words and its characters."""
    place = {"@type": "oa:TextPositionSelector", "start": span.start, "end": span.end}
    words = {"@type": "oa:TextQuoteSelector", "exact": span.text, "refined_by": place}
    return {"@type": "oa:SpecificResource", "source": iri("article", article_id), "selector": words}


def iri(kind: str, name: str) -> str:
    """A relative address, whatever is in an id."""
    return f"#{kind}-{UNRESERVED.sub(lambda found: ''.join(escapes(found[0])), name)}"


def escapes(letter: str) -> Iterator[str]:
    return (f"%{byte:02X}" for byte in letter.encode("utf-8", "surrogatepass"))


def known(node: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in node.items() if value not in (None, "", [], {})}
