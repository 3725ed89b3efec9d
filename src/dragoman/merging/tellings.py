"""Tellings in the texts of a store. In: texts that were not looked through yet. Out: rows of ``merge_tellings``, and of ``retold``.

The caller holds the transaction.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
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
RECALLED = """
    SELECT w.text, w.start, w."end", r.event, r.strength
    FROM merge_retellings r JOIN merge_tellings w ON w.number = r.telling WHERE w.text BETWEEN ? AND ?
"""
NUMBERED = "SELECT number, event_id FROM merge_dates WHERE number IN (SELECT unnest(?))"
MERGED = "SELECT event_id, merged_id FROM merge_members WHERE event_id IN (SELECT unnest(?))"
REPORTED = "SELECT id, article_id FROM events WHERE article_id IN (SELECT unnest(?))"


def first_number(connection: Connection) -> int:
    return counted(connection, FIRST_NUMBER)


def first_text(connection: Connection) -> int:
    """The number of the first text that was not looked through; of texts without tellings at the end it is not known that they were."""
    return counted(connection, FIRST_TEXT)


def note_tellings(connection: Connection) -> Iterator[int]:
    """Notes where the next texts recall acts that the coder made no event of; yields how many texts were looked through."""
    number = first_number(connection)
    for page in pages_of_texts(connection, first_text(connection)):
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


def pages_of_texts(connection: Connection, begin: int) -> Iterator[dict[str, int]]:
    """The articles with texts from this number on, with their numbers."""
    after = counted(connection, "SELECT coalesce(max(number) + 1, 0) FROM merge_texts")
    for first in range(begin, after, BATCH):
        yield dict(connection.execute(NEXT, [first, first + BATCH - 1]).fetchall())


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


def looked_up(connection: Connection, sql: str, keys: Iterable[Any]) -> dict[Any, Any]:
    """What a query says of each of some articles, or whatever it asks for by a list."""
    return dict(connection.execute(sql, [sorted(keys)]).fetchall())


def write_retold(connection: Connection) -> Iterator[int]:
    """Writes anew which articles recall which events: each telling the likeliest event, and of each event an article's likeliest word.

    What the article reports itself it doesn't recall. Yields how many articles were looked at.
    """
    connection.execute("DELETE FROM retold")
    for page in pages_of_texts(connection, 0):
        append(connection, "retold", list(retold_in(connection, {number: article for article, number in page.items()})))
        yield len(page)


def retold_in(connection: Connection, article_of: Mapping[int, str]) -> Iterator[dict[str, Any]]:
    """The rows of some texts, by their numbers."""
    recalled = connection.execute(RECALLED, [min(article_of), max(article_of)]).fetchall()
    event_of = looked_up(connection, NUMBERED, {event for _, _, _, event, _ in recalled})
    reported = looked_up(connection, REPORTED, {article_of[text] for text, *_ in recalled})
    merged = looked_up(connection, MERGED, {*event_of.values(), *reported})
    own = {(article, merged.get(event, event)) for event, article in reported.items()}
    likeliest: dict[tuple[str, int], tuple[float, str, int]] = {}
    for text, start, end, event, strength in recalled:
        said, told = (article_of[text], start), merged.get(event_of[event], event_of[event])
        likeliest[said] = min(likeliest.get(said, (0.0, told, end)), (-strength, told, end))
    rows: dict[tuple[str, str], tuple[float, int, int]] = {}
    for (article, start), (negative, told, end) in likeliest.items():
        if (article, told) not in own:
            rows[article, told] = min(rows.get((article, told), (0.0, start, end)), (negative, start, end))
    for (article, told), (negative, start, end) in sorted(rows.items()):
        yield {"article_id": article, "start": start, "end": end, "merged_id": told, "strength": -negative}
