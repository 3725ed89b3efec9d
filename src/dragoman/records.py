"""In: what the stages found, as positions in the parse. Out: the records of one article, with characters, ids and dates."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable

from dragoman import codebook
from dragoman.days import last_day
from dragoman.drafts import (
    Contradiction,
    DueDraft,
    Expected,
    Happening,
    Identity,
    Layout,
    Mention,
    PlaceMention,
    Quantified,
    Range,
    Said,
    Side,
    Standing,
    TimeMention,
)
from dragoman.language import Annotated
from dragoman.schema import (
    Article,
    ArticleRecord,
    Auxiliary,
    Content,
    Dateline,
    Dispute,
    Due,
    Entity,
    Event,
    Expectation,
    MentionKind,
    Place,
    Published,
    Quantity,
    Relation,
    Span,
    Statement,
    When,
    event_id,
    record_id,
    sha256_of,
    statement_id,
)

HISTORICAL_AFTER = datetime.timedelta(days=90)


def article_record(article: Article, layout: Layout, language: str | None) -> ArticleRecord:
    value = article.published or layout.published
    return ArticleRecord(
        id=article.id,
        headline=article.headline or _text(article, layout),
        publication=article.publication or layout.publication,
        agency=layout.agency,
        dateline=_dateline(article, layout),
        published=Published(value=value, source="given" if article.published else "document" if value else "none"),
        language=language,
        sha256=sha256_of(article.text),
        url=article.url,
        extra=article.extra,
    )


def _text(article: Article, layout: Layout) -> str | None:
    return article.text[layout.headline.start : layout.headline.end] if layout.headline else None


def _dateline(article: Article, layout: Layout) -> Dateline | None:
    draft = layout.dateline
    if draft is None:
        return None
    start, end = draft.stretch.start, draft.stretch.end
    return Dateline(text=article.text[start:end], start=start, end=end, place=draft.place, country=draft.country)


class Records:
    """Makes the records of one article."""

    def __init__(
        self,
        article_id: str,
        annotated: Annotated,
        mentions: Iterable[Mention],
        published: str | None,
        place_country: Callable[[str], str | None] = lambda _: None,
    ) -> None:
        """``place_country`` knows the country of a place by its name."""
        self.article_id = article_id
        self.annotated = annotated
        self.by_head = {m.head: m for m in mentions}
        self.published = published
        self.place_country = place_country

    def entities(self, mention: Mention) -> list[Entity]:
        """One entity for each of the identities of a mention ("they"), or one without a name where it is not known who is meant."""
        return [self._entity(mention.range, identity, mention.kind) for identity in mention.identities or (None,)]

    def _entity(self, tokens: Range, identity: Identity | None, kind: MentionKind) -> Entity:
        who = identity or Identity()
        return Entity(
            **self.annotated.span(tokens).model_dump(),
            name=who.name,
            country=who.country,
            sector=who.sector,
            other_sectors=list(who.other_sectors),
            office=who.office,
            wikidata=who.wikidata,
            mention=kind,
        )

    def _entity_at(self, tokens: Range | None, head: int | None) -> Entity | None:
        """Who a phrase of the text is: the mention at its head, else the bare phrase."""
        if head is not None and head in self.by_head:
            return self.entities(self.by_head[head])[0]
        if tokens is None:
            return None
        return Entity(**self.annotated.span(tokens).model_dump(), mention="description")

    def statement_id(self, said: Said) -> str:
        start, end = self.annotated.chars(said.content[0])
        return statement_id(self.article_id, start, end)

    def statement(self, said: Said, date: TimeMention | None, place: PlaceMention | None = None) -> Statement:
        spans = [self.annotated.chars(r) for r in said.content]
        return Statement(
            id=self.statement_id(said),
            article_id=self.article_id,
            kind=said.kind,
            speaker=self._entity_at(said.source, said.source_head),
            cue=None if said.cue is None else self.annotated.span(said.cue),
            content=Content(text=" ".join(self.annotated.text[a:b] for a, b in spans), spans=spans),
            addressee=self._entity_at(said.addressee, said.addressee_head),
            date=self.when(date),
            manner=said.manner,
            attitude=said.attitude,
            polarity=said.polarity,
            place=self._place(said.place, place),
            occasion=None if said.occasion is None else self.annotated.span(said.occasion),
            within=self._recorded(said.within),
            about=self._entity_at(said.about, said.about_head),
        )

    def _place(self, tokens: Range | None, named: PlaceMention | None) -> Place | None:
        """The span is the whole phrase, what is known that of the place named in it."""
        if tokens is None:
            return None
        if named is not None:
            return self.place(named, tokens)
        span = self.annotated.span(tokens)
        return Place(**span.model_dump(), country=self.place_country(span.text))

    def place(self, found: PlaceMention | None, tokens: Range | None = None) -> Place | None:
        if found is None:
            return None
        return Place(
            **self.annotated.span(tokens or found.range).model_dump(),
            name=found.name,
            country=found.country,
            lat=found.lat,
            lon=found.lon,
            geonameid=found.geonameid,
            kind=found.kind,
            region=found.region,
            uncertainty=found.uncertainty,
        )

    def event(self, happening: Happening, date: TimeMention | None, place: PlaceMention | None = None) -> Event:
        trigger = self.annotated.span(happening.trigger)
        book = codebook.load()
        aux: list[Auxiliary] = [*happening.aux]
        if date is not None and self._is_historical(date) and "historical" not in aux:
            aux.insert(0, "historical")
        label = happening.label
        name = happening.type if label is None else label.name
        return Event(
            id=self.event_id(happening),
            article_id=self.article_id,
            type=name,
            mode=happening.mode,
            context=happening.context,
            aux=aux,
            quad=book.type(happening.type).quad if label is None else label.quad,
            score=book.score(happening.type, happening.mode) if label is None else label.score,
            cameo=book.cameo(happening.type, happening.mode) if label is None else None,
            actor=[e for m in happening.actors for e in self.entities(m)],
            recipient=[e for m in happening.recipients for e in self.entities(m)],
            date=self.when(date),
            place=self.place(place),
            trigger=trigger,
            evidence=[self._evidence(s) for s in happening.sentences],
            status=happening.status,
            attributed_to=self._attributed_to(happening),
            statement_id=self._recorded(happening.said),
            disputed=[dispute for one in happening.disputed for dispute in self._disputes(one)],
            quantities=[self._quantity(q) for q in happening.quantities],
            confidence=round(happening.confidence, 3),
            because=[*happening.because, *self._reasons(happening)],
        )

    def expectation(self, expected: Expected) -> Expectation:
        trigger, act = self.annotated.span(expected.trigger), self.annotated.chars(Range(expected.head, expected.head + 1))
        mentions = (expected.doer, *filter(None, (expected.target, expected.holder)))
        return Expectation(
            id=record_id(self.article_id, "expectation", *act, expected.kind, self.annotated.chars(expected.doer.range)[0]),
            article_id=self.article_id,
            from_=self.entities(expected.doer)[0],  # type: ignore[call-arg] # by its name or alias
            to=None if expected.target is None else self.entities(expected.target)[0],
            type=expected.type,
            due=None if expected.due is None else self._due(expected.due),
            evidence=[self._evidence(s) for s in expected.sentences],
            kind=expected.kind,
            trigger=trigger,
            holder=None if expected.holder is None else self.entities(expected.holder)[0],
            condition=None if expected.condition is None else self.annotated.span(expected.condition),
            strength=expected.strength,
            event_id=None if expected.happening is None else self.event_id(expected.happening),
            statement_id=self._recorded(expected.said),
            because=list(dict.fromkeys([*expected.because, *(reason for m in mentions for reason in m.because)])),
        )

    def _due(self, due: DueDraft) -> Due:
        return Due(**self.annotated.span(due.range).model_dump(), value=due.value, until=due.until, precision=due.precision)

    def event_id(self, happening: Happening) -> str:
        start, end = self.annotated.chars(happening.trigger)
        name = happening.type if happening.label is None else happening.label.name
        return event_id(self.article_id, start, end, name)

    def _disputes(self, contradiction: Contradiction) -> list[Dispute]:
        """One for each who contradicts it ("both sides")."""
        span = self.annotated.span(contradiction.words).model_dump()
        event = None if contradiction.other is None else self.event_id(contradiction.other)
        by = [None] if contradiction.by is None else self.entities(contradiction.by)
        return [Dispute(**span, by=one, event_id=event) for one in by]

    def _quantity(self, found: Quantified) -> Quantity:
        by = None if found.said is None else self._entity_at(found.said.source, found.said.source_head)
        return Quantity(
            **self.annotated.span(found.range).model_dump(), kind=found.kind, low=found.low, high=found.high, unit=found.unit, by=by
        )

    def _recorded(self, said: Said | None) -> str | None:
        """The id of the statement that an event or another statement stands in, where that becomes a record."""
        return self.statement_id(said) if said is not None and said.is_statement else None

    def _attributed_to(self, happening: Happening) -> Entity | None:
        """On whose word an event rests that the paper does not report as its own; of a denied one that is who claims it, if known."""
        if happening.status == "reported" or happening.speaker is None:
            return None
        return self.entities(happening.speaker)[0]

    def _evidence(self, sentence: Range) -> Span:
        return self.annotated.span(sentence)

    def _reasons(self, happening: Happening) -> list[str]:
        """Why the participants are who they are; each reason once."""
        reasons = [reason for m in (*happening.actors, *happening.recipients) for reason in m.because]
        return list(dict.fromkeys(reasons))

    def _is_historical(self, date: TimeMention) -> bool:
        """Whether a date lies so far before the day of publication that it is background, not news."""
        if self.published is None or date.value is None:
            return False
        day = last_day(date.until or date.value)
        return day is not None and datetime.date.fromisoformat(self.published) - day > HISTORICAL_AFTER

    def relation(self, standing: Standing) -> Relation:
        start, end = self.annotated.chars(standing.trigger)
        sides = [self._side(standing.subject), None if standing.object is None else self._side(standing.object)]
        parts = [part for side in sides for part in ((side.start, side.end, side.name, side.country) if side else ("",))]
        claimed_by = None if standing.status == "reported" or standing.speaker is None else self.entities(standing.speaker)[0]
        fields = {
            "id": record_id(self.article_id, "relation", standing.kind, start, end, *parts, standing.title or ""),
            "article_id": self.article_id,
            "kind": standing.kind,
            "from": sides[0],
            "to": sides[1],
            "title": standing.title,
            "since": standing.since,
            "until": standing.until,
            "past": standing.past,
            "evidence": [self._evidence(sentence) for sentence in standing.sentences],
            "change": standing.change,
            "status": standing.status,
            "attributed_to": claimed_by,
            "known": standing.known,
            "because": list(dict.fromkeys(standing.because)),
        }
        return Relation.model_validate(fields)

    def _side(self, side: Side) -> Entity:
        return self._entity(side.range, side.identity, side.kind)

    def when(self, date: TimeMention | None) -> When | None:
        if date is None:
            return None
        return When(**self.annotated.span(date.range).model_dump(), value=date.value, until=date.until, precision=date.precision)
