"""Copies among the articles of a store. In: articles that were not compared yet. Out: rows of ``copies``, a batch in one transaction."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import duckdb

from dragoman.merge.copies import DAYS, Text, are_copies, places
from dragoman.merge.grouping import Groups
from dragoman.merge.reports import ordinal
from dragoman.merge.sketches import INDEXED, Sketch, sketch
from dragoman.merge.versions import version_of
from dragoman.store.merged import append, clear, replace
from dragoman.store.reading import rows
from dragoman.store.transactions import transaction

Connection = duckdb.DuckDBPyConnection
BATCH = 1_000  # articles; of so many the texts and candidates are in memory at once
PAIRS = 10_000  # candidates of which the sketches are in memory at once
LIKELY = 0.2  # of the shorter text's hashes in the index, below which it isn't half of another text but shares a site's small print
COMMON = 2_000  # texts that share a hash, above which it is the small print of a site and finds no candidates

WAITING = (
    "SELECT id FROM articles a WHERE NOT EXISTS (FROM merge_texts m WHERE m.article_id = a.id) AND id IN (SELECT article_id FROM texts)"
)
NEXT = f"{WAITING} ORDER BY id LIMIT {BATCH}"
ARTICLES = "SELECT id, sha256, publication, agency, published.value, headline FROM articles WHERE id IN (SELECT unnest(?)) ORDER BY id"
TEXTS = "SELECT article_id, text FROM texts WHERE article_id IN (SELECT unnest(?))"
CHANGED = """
    SELECT count(*) FROM merge_texts m LEFT JOIN articles a ON a.id = m.article_id WHERE a.sha256 IS DISTINCT FROM m.sha256
"""
INDEX = f"""
    INSERT INTO merge_index
    SELECT unnest(list_filter(hashes, lambda h: h % {INDEXED} = 0)), number, day FROM merge_texts WHERE number >= ?
"""
CANDIDATES = f"""
    WITH new AS (SELECT hash, number, day FROM merge_index WHERE number >= $first),
    known AS (SELECT hash, number, day FROM merge_index WHERE hash IN (SELECT hash FROM new)),
    common AS (SELECT hash FROM known GROUP BY hash HAVING count(*) > {COMMON}),
    pair AS (
        SELECT new.number AS one, known.number AS other, count(*) AS together FROM new JOIN known USING (hash)
        WHERE known.number < new.number AND hash NOT IN (FROM common) AND coalesce(abs(new.day - known.day) <= {DAYS}, true)
        GROUP BY ALL
    ),
    paired AS (SELECT one AS number FROM pair UNION SELECT other FROM pair),
    sizes AS (SELECT number, count(*) AS hashes FROM merge_index WHERE number IN (FROM paired) GROUP BY number)
    SELECT one, other FROM pair JOIN sizes a ON a.number = one JOIN sizes b ON b.number = other
    WHERE together >= {LIKELY} * least(a.hashes, b.hashes)
    UNION
    SELECT new.number, min(known.number) FROM merge_texts AS new JOIN merge_texts AS known USING (sha256)
    WHERE new.number >= $first AND known.number < new.number GROUP BY new.number
"""
FACTS = """
    SELECT number, article_id, publisher, is_agency, day, version, length FROM merge_texts
    WHERE number IN (SELECT unnest($numbers)) OR article_id IN (
        SELECT article_id FROM copies WHERE story IN (
            SELECT story FROM copies JOIN merge_texts USING (article_id) WHERE number IN (SELECT unnest($numbers))))
"""
STORIES = "SELECT article_id, story FROM copies WHERE article_id IN (SELECT unnest(?))"


def waiting(connection: Connection) -> int:
    """How many articles were not compared yet."""
    return count(connection, "SELECT count(*) FROM texts t WHERE NOT EXISTS (FROM merge_texts m WHERE m.article_id = t.article_id)")


def count(connection: Connection, sql: str) -> int:
    return sum(int(number) for (number,) in rows(connection, sql))


def forget_if_changed(connection: Connection) -> bool:
    """Articles that were taken out of the store, or have another text now, make all that was merged worthless."""
    if not count(connection, CHANGED):
        return False
    clear(connection)
    return True


def merge_batch(connection: Connection) -> int:
    """Compares the next articles with all that were before; how many they were."""
    batch = [name for (name,) in rows(connection, NEXT)]
    if not batch:
        return 0
    text_of = dict(rows(connection, TEXTS, [batch]))
    first = count(connection, "SELECT coalesce(max(number) + 1, 0) FROM merge_texts")
    with transaction(connection):
        articles = enumerate(rows(connection, ARTICLES, [batch]), first)
        append(connection, "merge_texts", [record(number, text_of[name], name, *facts) for number, (name, *facts) in articles])
        connection.execute(INDEX, [first])
        groups: Groups[int] = Groups()
        for one, other in copies_among(connection, connection.execute(CANDIDATES, {"first": first}).fetchall()):
            groups.link(one, other)
        write_stories(connection, groups)
    return len(batch)


def record(
    number: int, text: str, article_id: str, sha256: str, publication: str | None, agency: str | None, day: str | None, headline: str | None
) -> dict[str, Any]:
    """A row of ``merge_texts``."""
    by_agency = agency is not None and (publication is None or agency.casefold() in publication.casefold())
    return {
        "number": number,
        "article_id": article_id,
        "sha256": sha256,
        "publisher": publication,
        "is_agency": by_agency,
        "day": ordinal(day),
        "version": version_of(headline, text),
        "length": len(text),
        "hashes": sketch(text),
    }


def copies_among(connection: Connection, candidates: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Those of the pairs of numbers whose sketches say that one is a copy of the other; sketches of some pairs at a time are in memory."""
    ordered = sorted(candidates)
    for begin in range(0, len(ordered), PAIRS):
        page = ordered[begin : begin + PAIRS]
        sketches = dict(sketches_of(connection, sorted({number for pair in page for number in pair})))
        yield from (pair for pair in page if are_copies(sketches[pair[0]], sketches[pair[1]]))


def sketches_of(connection: Connection, numbers: list[int]) -> Iterator[tuple[int, Sketch]]:
    """The sketches of texts, four bytes a hash."""
    sql = "SELECT number, hashes FROM merge_texts WHERE number IN (SELECT unnest(?))"
    found = connection.sql(sql, params=[numbers]).to_arrow_table()
    for number, hashes in zip(found.column(0).to_pylist(), found.column(1), strict=True):
        yield number, hashes.values.to_numpy()


def write_stories(connection: Connection, groups: Groups[int]) -> None:
    """Writes the places of all texts of the stories that have grown, each story anew from its texts."""
    numbers = sorted(number for group in groups.all() for number in group)
    if not numbers:
        return
    found = connection.execute(FACTS, {"numbers": numbers}).fetchall()
    texts = {number: Text(*facts) for number, *facts in found}
    number_of = {text.id: number for number, text in texts.items()}
    heads: dict[str, int] = {}
    for article_id, story in connection.execute(STORIES, [sorted(number_of)]).fetchall():
        groups.link(heads.setdefault(story, number_of[article_id]), number_of[article_id])
    written = [place for group in groups.all() for place in places(texts[number] for number in group)]
    records = [{"article_id": p.id, "story": p.story, "role": p.role, "of": p.of} for p in written]
    replace(connection, "copies", [p.id for p in written], records)
