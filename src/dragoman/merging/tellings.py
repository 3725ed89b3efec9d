"""Tellings in the texts of a store. In: texts that were not looked through yet. Out: rows of ``merge_tellings``, and of ``retold``.

The caller holds the transaction.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import duckdb

from dragoman.merge.reports import ordinal
from dragoman.merge.tellings import Recalled, Telling, places_in, telling_of
from dragoman.merge.window import Dated
from dragoman.store.merged import append
from dragoman.store.transactions import counted

Connection = duckdb.DuckDBPyConnection
BATCH = 1_000  # texts that are in memory at once

FIRST_TEXT = "SELECT coalesce(max(text) + 1, 0) FROM merge_tellings"
FIRST_NUMBER = "SELECT coalesce(max(number) + 1, 0) FROM merge_tellings"
NEXT = "SELECT article_id, number FROM merge_texts WHERE number BETWEEN ? AND ?"
PUBLISHED = "SELECT id, published.value FROM articles WHERE id IN (SELECT unnest(?))"
TEXTS = "SELECT article_id, text FROM texts WHERE article_id IN (SELECT unnest(?))"
TRIGGERS = "SELECT article_id, list(trigger.start) FROM events WHERE article_id IN (SELECT unnest(?)) GROUP BY article_id"
BETWEEN = """
    SELECT m.article_id, w.number, w.start, w."end", sentence_start, sentence_end, w.first, w.last
    FROM merge_tellings w JOIN merge_texts m ON m.number = w.text WHERE w.first BETWEEN ? AND ? ORDER BY w.number
"""
RETOLD = """
    INSERT INTO retold BY NAME
    WITH placed AS (
        SELECT m.article_id, w.start, w."end", coalesce(g.merged_id, d.event_id) AS merged_id, max(r.strength) AS strength
        FROM merge_retellings r JOIN merge_tellings w ON w.number = r.telling JOIN merge_texts m ON m.number = w.text
        JOIN merge_dates d ON d.number = r.event LEFT JOIN merge_members g ON g.event_id = d.event_id
        GROUP BY ALL
    ),
    of_one_event AS (
        FROM placed QUALIFY row_number() OVER (PARTITION BY article_id, start ORDER BY strength DESC, merged_id) = 1
    )
    FROM of_one_event o
    WHERE NOT EXISTS (
        FROM events e LEFT JOIN merge_members g ON g.event_id = e.id
        WHERE e.article_id = o.article_id AND coalesce(g.merged_id, e.id) = o.merged_id
    )
    QUALIFY row_number() OVER (PARTITION BY article_id, merged_id ORDER BY strength DESC, start) = 1
"""


def first_number(connection: Connection) -> int:
    return counted(connection, FIRST_NUMBER)


def first_text(connection: Connection) -> int:
    """The number of the first text that was not looked through; of texts without tellings at the end it is not known that they were."""
    return counted(connection, FIRST_TEXT)


def note_tellings(connection: Connection) -> Iterator[int]:
    """Notes where the next texts recall acts that the coder made no event of; yields how many texts were looked through."""
    begin, after = first_text(connection), counted(connection, "SELECT coalesce(max(number) + 1, 0) FROM merge_texts")
    number = first_number(connection)
    for first in range(begin, after, BATCH):
        page = dict(connection.execute(NEXT, [first, first + BATCH - 1]).fetchall())
        triggers = looked_up(connection, TRIGGERS, page)
        published = looked_up(connection, PUBLISHED, page)
        records: list[dict[str, Any]] = []
        for article, text in sorted(looked_up(connection, TEXTS, page).items()):
            for place in uncoded(text, published[article], triggers.get(article, [])):
                begins, ends = place.sentence
                records.append(
                    {
                        "number": number + len(records),
                        "text": page[article],
                        "start": place.start,
                        "end": place.end,
                        "sentence_start": begins,
                        "sentence_end": ends,
                        "first": place.days[0],
                        "last": place.days[1],
                    }
                )
        append(connection, "merge_tellings", records)
        number += len(records)
        yield len(page)


def uncoded(text: str, published: str | None, triggers: list[int]) -> Iterator[Recalled]:
    """The tellings of a text that are no trigger of an event."""
    for place in places_in(text, ordinal(published)):
        if not any(place.start <= trigger < place.end for trigger in triggers):
            yield place


def tellings_between(connection: Connection, begin: int, end: int, first_new: int) -> list[Dated[Telling]]:
    """The tellings of these days, by number."""
    rows = connection.execute(BETWEEN, [begin, end]).fetchall()
    texts = looked_up(connection, TEXTS, {article for article, *_ in rows})
    found = []
    for article, number, start, stop, *sentence, first, last in rows:
        place = Recalled(start, stop, (sentence[0], sentence[1]), (first, last))
        found.append(Dated(number, telling_of(article, texts[article][slice(*sentence)], place), number >= first_new))
    return found


def looked_up(connection: Connection, sql: str, articles: Iterable[str]) -> dict[str, Any]:
    """What a query says of each of some articles."""
    return dict(connection.execute(sql, [sorted(articles)]).fetchall())


def write_retold(connection: Connection) -> None:
    """Writes anew which articles recall which events: each telling the likeliest event, and of each event an article's likeliest word."""
    connection.execute("DELETE FROM retold")
    connection.execute(RETOLD)
