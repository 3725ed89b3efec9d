"""A sample of a store. In: a store, how many, stratified by what, a seed. Out: a new audit file; the store is only read.

An event's place in the sample is the SHA-256 of seed and id, so the same seed gives the same sample, in whatever order the store was
filled. Of rare strata a larger part is drawn, which then counts less in figures of the whole.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from dragoman.audit.files import Audit, create
from dragoman.audit.lines import Drawn, Item, Stratum
from dragoman.audit.lines import Story as WholeStory
from dragoman.errors import DragomanError
from dragoman.schema import ArticleRecord, Event
from dragoman.store import Store, reading
from dragoman.store.conditions import Condition
from dragoman.store.query import parsed
from dragoman.version import dragoman_version

BANDS = "CASE WHEN confidence IS NULL THEN 'none' WHEN confidence < 0.7 THEN '0.0-0.7' WHEN confidence < 0.8 THEN '0.7-0.8' \
WHEN confidence < 0.9 THEN '0.8-0.9' ELSE '0.9-1.0' END"
STRATA = {
    "none": "'all'",
    "type": "type",
    "confidence": BANDS,
    "publication": "coalesce((SELECT publication FROM articles WHERE id = article_id), 'none')",
}


class Chosen(NamedTuple):
    id: str
    stratum: str


def draw(store: Store, out: Path, size: int = 200, by: str = "none", seed: int = 0, query: str = "", stories: int = 0) -> Drawn:
    """Draws events, and articles to be read whole, and writes them to a new file. DragomanError where there is nothing to draw."""
    if by not in STRATA:
        raise DragomanError(f"a sample can be stratified by {', '.join(STRATA)}, not by {by}")
    asked = parsed(query, store.country_of, reading.types_in(store.connection))
    totals = totals_of(store, asked, by)
    if not totals:
        raise DragomanError("no event is found, so none can be drawn")
    shares = shared(totals, size)
    chosen = list(choose(store, asked, by, seed, shares))
    drawn = Drawn(
        dragoman=dragoman_version(),
        store=store.path.name,
        query=query,
        by=by,
        seed=seed,
        strata={name: Stratum(events=count, drawn=shares[name]) for name, count in totals.items()},
        articles=store.count_articles(),
    )
    create(out, [drawn, *items(store, chosen), *stories_of(store, stories, seed)])
    return drawn


def totals_of(store: Store, asked: Condition, by: str) -> dict[str, int]:
    """How many events each stratum has."""
    sql = f"SELECT {STRATA[by]} AS stratum, count(*) FROM events WHERE {asked.sql} GROUP BY stratum ORDER BY stratum"
    return {str(name): int(count) for name, count in reading.rows(store.connection, sql, asked.parameters)}


def shared(totals: dict[str, int], size: int) -> dict[str, int]:
    """How many of each stratum: in proportion to the square root of its events, at least one, at most all.

    As many of each would serve rare strata best, and figures of the whole worst (docs/decisions.md has the coverage of both).
    """
    shares = dict.fromkeys(totals, 0)
    for _ in range(min(size, sum(totals.values()))):  # each to whom most is due, as seats are given by Webster's method
        due = {name: math.sqrt(totals[name]) / (2 * share + 1) for name, share in shares.items() if share < totals[name]}
        empty = [name for name in due if not shares[name]]
        chosen = max(empty or due, key=lambda name: (due[name], name))
        shares[chosen] += 1
    return shares


def choose(store: Store, asked: Condition, by: str, seed: int, shares: dict[str, int]) -> Iterator[Chosen]:
    """Ids in the order of their hash, so that any beginning of the sample is a sample, too."""
    sql = f"""
        WITH placed AS (
            SELECT id, {STRATA[by]} AS stratum, sha256(? || ':' || id) AS hash FROM events WHERE {asked.sql}
        ),
        ranked AS (SELECT *, row_number() OVER (PARTITION BY stratum ORDER BY hash, id) AS place FROM placed)
        SELECT id, stratum FROM ranked WHERE place <= ? ORDER BY hash, id
    """
    taken = dict.fromkeys(shares, 0)
    for id, stratum in reading.rows(store.connection, sql, [str(seed), *asked.parameters, max(shares.values())]):
        if taken[stratum] < shares[stratum]:
            taken[stratum] += 1
            yield Chosen(id, stratum)


def items(store: Store, chosen: list[Chosen]) -> Iterator[Item]:
    ids = Condition("id IN (SELECT unnest(?))", (tuple(one.id for one in chosen),))
    events = {event.id: event for event in reading.records(store.connection, Event, ids, reading.BY_ID)}
    articles = Condition("id IN (SELECT unnest(?))", (tuple({event.article_id for event in events.values()}),))
    of = {article.id: article for article in reading.records(store.connection, ArticleRecord, articles, reading.BY_ID)}
    together = others(store, list(of))
    for id, stratum in chosen:
        event = events[id]
        article = of.get(event.article_id)
        beside = [other for other, start in together.get(event.article_id, []) if other != id and in_sentence(event, start)]
        yield Item(
            event=event,
            stratum=stratum,
            published=article.published.value if article else None,
            publication=article.publication if article else None,
            beside=beside,
        )


def others(store: Store, article_ids: list[str]) -> dict[str, list[tuple[str, int]]]:
    """Ids of the events of articles, with where their words begin."""
    sql = 'SELECT article_id, id, "trigger".start FROM events WHERE article_id IN (SELECT unnest(?)) ORDER BY id'
    found: dict[str, list[tuple[str, int]]] = {}
    for article, id, start in reading.rows(store.connection, sql, [article_ids]):
        found.setdefault(article, []).append((id, start))
    return found


def absent(store: Store, audit: Audit) -> int:
    """How many drawn events a store does not have: all of another store's, and those of articles that were coded anew since."""
    there = {id for (id,) in reading.rows(store.connection, "SELECT id FROM events WHERE id IN (SELECT unnest(?))", [list(audit.items)])}
    return len(audit.items.keys() - there)


def in_sentence(event: Event, at: int) -> bool:
    """Whether a place of the text is in the sentence that names the event."""
    return any(span.start <= at < span.end for span in event.evidence if span.start <= event.trigger.start < span.end)


def stories_of(store: Store, count: int, seed: int) -> Iterator[WholeStory]:
    """Articles that are stored with their text, whether anything was coded in them or not."""
    sql = "SELECT id, headline FROM articles WHERE id IN (SELECT article_id FROM texts) ORDER BY sha256(? || ':' || id), id LIMIT ?"
    found = list(reading.rows(store.connection, sql, [str(seed), count])) if count else []
    together = others(store, [id for id, _ in found])
    for id, headline in found:
        yield WholeStory(article_id=id, headline=headline, events=[event for event, _ in together.get(id, [])])
