"""dragoman as a component of spaCy. In: docs of any pipeline, blank ones too. Out: the same docs, with their records in ``doc._``.

>>> nlp = spacy.blank("en")
>>> nlp.add_pipe("dragoman", config={"published": "2024-11-06"})
>>> doc = nlp("PARIS - France condemned Iran on Tuesday.")
>>> doc._.events[0].type
'ACCUSE'

Offsets are those of ``doc.text``. The text is parsed once more by dragoman's own pipeline, whatever the doc's has done.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import islice
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc
from spacy.tokens import Span as DocSpan

from dragoman.coder import Coder, Item
from dragoman.read import article_of
from dragoman.schema import Coding, Event, Problem, Span, Statement

NAME = "dragoman"
CODED = "dragoman_coding"  # where a doc keeps its records, as JSON: so it can be written, and sent between processes
BATCH = 256
OPTIONS = {"published": None, "types": None, "knowledge": None}


@Language.factory(
    NAME,
    default_config=OPTIONS,
    assigns=["doc._.dragoman", "doc._.events", "doc._.statements", "doc.spans"],
    retokenizes=False,
)
def make(nlp: Language, name: str, published: str | None, types: str | None, knowledge: str | None) -> Dragoman:
    """The component: ``published`` is the day (YYYY-MM-DD) of docs that bring none; ``types``, ``knowledge`` as in ``Coder``."""
    return Dragoman(Coder(types=types, knowledge=knowledge), published)


class Dragoman:
    """Codes docs. The day of a doc is ``doc._.published``, else that of the context in ``nlp.pipe(..., as_tuples=True)``, else the option.

    A context is a day, or a mapping with keys of JSONL input: id, published, headline, publication, url, language, dateline.
    What cannot be coded has no events, and a problem in ``doc._.dragoman.problems``.
    """

    def __init__(self, coder: Coder, published: str | None = None) -> None:
        set_extensions()
        self.coder = coder
        self.published = published

    def __call__(self, doc: Doc) -> Doc:
        return next(self.pipe([doc]))

    def pipe(self, stream: Iterable[Doc], batch_size: int = BATCH) -> Iterator[Doc]:
        """The docs in their order, a batch of them coded together."""
        docs = iter(stream)
        while batch := list(islice(docs, batch_size)):
            for doc, coding in zip(batch, self.coder.pipe(self._item(doc) for doc in batch), strict=True):
                doc.user_data[CODED] = coding.model_dump_json()
                doc.spans[NAME] = list(labelled(doc, coding))
                yield doc

    def _item(self, doc: Doc) -> Item:
        """What the coder is given: an Article, or what is wrong with it."""
        context = getattr(doc, "_context", None)
        told: Mapping[str, Any] = context if isinstance(context, Mapping) else {}
        day = doc._.published or (context if isinstance(context, str | date) else told.get("published")) or self.published
        known = {key: told[key] for key in ("id", "headline", "publication", "url", "language", "dateline") if key in told}
        try:
            return article_of({**known, "text": doc.text}, day)
        except ValueError as error:
            return Problem(stage="read", message=str(error))


def set_extensions() -> None:
    """Gives every Doc ``published``, ``dragoman``, ``events``, ``statements`` and ``span_of``."""
    if not Doc.has_extension("published"):
        Doc.set_extension("published", default=None)
    Doc.set_extension(NAME, getter=coding_of, force=True)
    Doc.set_extension("events", getter=events_of, force=True)
    Doc.set_extension("statements", getter=statements_of, force=True)
    Doc.set_extension("span_of", method=span_of, force=True)


def coding_of(doc: Doc) -> Coding | None:
    """All records of a doc; None of one that was not coded."""
    written = doc.user_data.get(CODED)
    return None if written is None else Coding.model_validate_json(written)


def events_of(doc: Doc) -> list[Event]:
    coding = coding_of(doc)
    return coding.events if coding else []


def statements_of(doc: Doc) -> list[Statement]:
    coding = coding_of(doc)
    return coding.statements if coding else []


def span_of(doc: Doc, span: Span) -> DocSpan | None:
    """The tokens of the doc that a record's span touches: ``doc._.span_of(event.trigger)``."""
    return doc.char_span(span.start, span.end, alignment_mode="expand")


def labelled(doc: Doc, coding: Coding) -> Iterator[DocSpan]:
    """The triggers, labelled by type, and the actors and recipients of events, each once."""
    found: dict[tuple[int, int, str], None] = {}
    for event in coding.events:
        found[event.trigger.start, event.trigger.end, event.type] = None
        found.update(dict.fromkeys((actor.start, actor.end, "ACTOR") for actor in event.actor))
        found.update(dict.fromkeys((recipient.start, recipient.end, "RECIPIENT") for recipient in event.recipient))
    spans = (doc.char_span(start, end, label=label, alignment_mode="expand") for start, end, label in sorted(found))
    return (span for span in spans if span is not None)
