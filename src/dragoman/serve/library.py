"""A store as the reading room asks it. In: its file. Out: pages of records, whole stories, and a version that changes with it.

One connection for the whole process; each question has a cursor of its own, so that threads can ask at once.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, replace
from functools import cached_property, lru_cache
from pathlib import Path
from threading import Event as Signal
from typing import TYPE_CHECKING, Any, TypeVar

import pyarrow as pa

from dragoman import asking
from dragoman.errors import DragomanError
from dragoman.expecting import Row, expectations_table
from dragoman.schema import Coding, Entity, Event, Expectation, Model
from dragoman.searching import Found, Hit, Index, Piece, find
from dragoman.searching.finding import Kind as SearchKind
from dragoman.searching.index import data_version
from dragoman.serve.answers import Expected
from dragoman.serve.indexing import brought_up_to_date
from dragoman.serve.world import Of, Unit, World, world_of
from dragoman.store import reading
from dragoman.store.asked import contains
from dragoman.store.conditions import TRUE, Condition, all_of
from dragoman.store.paging import Page
from dragoman.store.panel import Panel

if TYPE_CHECKING:
    from dragoman.expectations.outcomes import Settled

Kind = TypeVar("Kind", bound=Model)
KEPT = 64  # maps
TITLE = 90  # letters of a headline, where the words of the text stand for it
EXPORTED = 100_000  # hits of a search
HITS = pa.schema([(name, pa.string()) for name in ("id", "article_id", "day", "publication", "title", "snippet")])
TABLES = ("articles", "statements", "events", "relations", "expectations", "problems")


class Library:
    """A store that is only read. StoreError for a file that is none.

    While it is open nobody can write to it: answers are kept (answering.py), and here the map, which is larger than those may be.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.store = asking.opened(path)
        self.index = Index(path)
        self.waiting: int | None = None  # articles that are not in the index yet; None before that is known
        self.trouble = ""
        self.closing = Signal()
        self.world = lru_cache(KEPT)(self._world)

    def close(self) -> None:
        self.closing.set()
        self.store.close()

    def bring_index_up_to_date(self) -> None:
        """Puts articles into the index until all are there, or the library is closed; a failure is told to whoever searches."""
        try:
            for waiting in brought_up_to_date(self.store, self.index, self.closing):
                self.waiting = waiting
                if self.closing.is_set():
                    return
            self.waiting = 0
        except DragomanError as error:
            self.trouble = str(error)

    @cached_property
    def version(self) -> str:
        """Changes whenever the file or this program does: an answer holds until then."""
        return data_version(self.path)

    @cached_property
    def counts(self) -> dict[str, int]:
        """How many records of each kind there are."""
        union = " UNION ALL ".join(f"SELECT '{name}', count(*) FROM {name}" for name in TABLES)
        found = {str(name): int(count) for name, count in reading.rows(self.store.connection, union)}
        return {name: found[name] for name in TABLES}

    @cached_property
    def period(self) -> tuple[str | None, str | None]:
        """First and last day of publication."""
        ((first, last),) = reading.rows(self.store.connection, "SELECT min(published.value), max(published.value) FROM articles")
        return first, last

    def events(self, query: str, limit: int, cursor: str | None, unit: str) -> Page[Event]:
        """QueryError for a query that is not understood."""
        return self.store.event_page(query, limit, cursor, unit)

    def page(self, model: type[Kind], where: Condition, limit: int, cursor: str | None) -> Page[Kind]:
        """StoreError for a cursor that is none."""
        return self.store.page(model, where, limit, cursor)

    def expectations(self, where: Condition, limit: int, cursor: str | None) -> Page[Expected]:
        """With their outcomes. StoreError for a cursor that is none."""
        page = self.store.page(Expectation, where, limit, cursor)
        known = {row.settled.promise.id: row.settled for row in self.settled([one.id for one in page.records])}
        deeds = self.articles_of([one.met_by for one in known.values() if one.met_by])
        return Page([expected_of(one, known.get(one.id), deeds) for one in page.records], page.next)

    def settled(self, ids: Collection[str]) -> list[Row]:
        """What became of promises, computed for these alone."""
        from dragoman import settling  # asked for late: the server answers without it

        among = frozenset(ids)
        return [Row(one, condition) for one, condition in settling.outcomes(self.store, lambda promise: promise.id in among)]

    def settled_rows(self, where: Condition) -> pa.RecordBatchReader:
        """The same as the table that ``dragoman expectations`` writes."""
        found = reading.rows(self.store.connection, f"SELECT id FROM expectations WHERE {where.sql}", where.parameters)
        return expectations_table(self.settled([str(id) for (id,) in found])).to_reader()

    def articles_of(self, events: list[str]) -> dict[str, str]:
        """By the id of each event the article that tells it."""
        return dict(
            reading.rows(self.store.connection, "SELECT id, article_id FROM events WHERE id IN (SELECT unnest(?::VARCHAR[]))", (events,))
        )

    def search(self, kind: SearchKind, words: str, chosen: Mapping[str, Sequence[str]], limit: int, cursor: str | None) -> Found:
        """Full text; SearchError for a cursor that is none, or an index that cannot be used."""
        with self.index.opened() as connection:
            found = find(connection, kind, words, chosen, limit, cursor)
        return replace(found, hits=self.titled(found.hits)) if kind == "article" else found

    def titled(self, hits: Sequence[Hit]) -> list[Hit]:
        """Articles without a headline have the first words of their text for one."""
        bare = [hit.article_id for hit in hits if not hit.title]
        sql = "SELECT article_id, left(text, ?) FROM texts WHERE article_id IN (SELECT unnest(?::VARCHAR[]))"
        texts = dict(reading.rows(self.store.connection, sql, (2 * TITLE, bare))) if bare else {}
        titles = {id: [Piece(first_words(text), False)] for id, text in texts.items()}
        return [hit if hit.title or hit.article_id not in titles else replace(hit, title=titles[hit.article_id]) for hit in hits]

    def story(self, article_id: str) -> tuple[Coding, str | None] | None:
        """All records of an article, and its text if it was stored with it."""
        found = next(self.store.codings_of([article_id]), None)
        return None if found is None else (found, self.store.text(article_id))

    def _world(self, query: str, by: Unit, of: Of) -> World:
        """Who deals with whom."""
        return world_of(self.store, query, by, of)

    def panel(self, layout: Panel, query: str) -> list[dict[str, Any]]:
        """Counts of events, one row a group."""
        return [row for batch in self.store.panel_batches(layout, query) for row in batch.to_pylist()]

    def search_rows(self, kind: SearchKind, words: str, chosen: Mapping[str, Sequence[str]]) -> pa.RecordBatchReader:
        """All that ``search`` finds, as a table; the first ``EXPORTED``."""
        found = self.search(kind, words, chosen, EXPORTED, None)
        plain = [{**asdict(hit), **{name: text_of(getattr(hit, name)) for name in ("title", "snippet")}} for hit in found.hits]
        return pa.RecordBatchReader.from_batches(HITS, pa.Table.from_pylist(plain, HITS).to_batches())

    def entities(self, words: str, limit: int) -> list[Entity]:
        """Actors and recipients by name or country, those of most events first."""
        condition = all_of([contains("e.name", words)]) if words else TRUE
        sql = f"""
            WITH sides AS (SELECT unnest(list_concat(actor, recipient)) AS e FROM events)
            SELECT min(e.text), e.name, e.country, any_value(e.sector), any_value(e.wikidata)
            FROM sides WHERE e.name IS NOT NULL AND {condition.sql}
            GROUP BY e.name, e.country ORDER BY count(*) DESC, e.name, e.country LIMIT ?
        """
        rows = reading.rows(self.store.connection, sql, [*condition.parameters, limit])
        return [
            Entity(text=text, start=0, end=len(text), name=name, country=country, sector=sector, wikidata=wikidata)
            for text, name, country, sector, wikidata in rows
        ]


def expected_of(one: Expectation, settled: Settled | None, deeds: Mapping[str, str]) -> Expected:
    """A record with what became of it; one without a day of publication is as the coder left it."""
    found = {name: getattr(one, name) for name in type(one).model_fields}
    if settled is not None:
        told = settled.told
        more = {
            "decided": settled.decided,
            "told": told and told.text,
            "told_in": told.article_id if told else deeds.get(settled.met_by or ""),
        }
        found |= {"outcome": settled.outcome, "met_by": settled.met_by, "revises": settled.revises or one.revises, **more}
    return Expected.model_construct(**found)


def first_words(text: str) -> str:
    """As many whole words as a title has."""
    words = " ".join(text.split())
    return words if len(words) <= TITLE else f"{words[:TITLE].rsplit(' ', 1)[0]} …"


def text_of(pieces: Sequence[Piece]) -> str:
    return "".join(piece.text for piece in pieces)
