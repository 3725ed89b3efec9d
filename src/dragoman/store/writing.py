"""From records to tables. In: a connection and a batch of codings. Out: rows, all of the batch or none of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple, TypeAlias

import duckdb
import pyarrow as pa

from dragoman.columns import fields_of, quoted, table_of
from dragoman.rows import arrow_table, without_surrogates
from dragoman.schema import RECORDS, ArticleRecord, Coding, Event, Model, Problem, Record
from dragoman.store import lookup
from dragoman.store.ledger import CODED, KNOWN, RECODED, Became, of_problem
from dragoman.store.log import Log
from dragoman.store.reading import rows
from dragoman.store.transactions import GIVEN, changed, counted, insert, transaction

Connection = duckdb.DuckDBPyConnection
Traced: TypeAlias = Coding | tuple[Coding, str | None]

STAGE = "store"
ANOTHER_TEXT = "same id, different text: the text that was stored first is kept, this one is left out; give it another id"
TEXT_SCHEMA = pa.schema([("article_id", pa.string()), ("text", pa.string())])


class Added(NamedTuple):
    """What was stored, and how many articles were left out because their id was there already."""

    articles: int = 0
    events: int = 0
    skipped: int = 0
    problems: int = 0


def sum_of(first: Added, second: Added) -> Added:
    return Added(*(one + other for one, other in zip(first, second, strict=True)))


def add_batch(connection: Connection, batch: Sequence[Traced], log: Log) -> Added:
    """Stores the articles that are new, whole; for one whose id is there with another text, a problem. The log says so, too."""
    pairs = [traced if isinstance(traced, tuple) else (traced, None) for traced in batch]
    with transaction(connection):
        ids = [without_surrogates(coding.article.id) for coding, _ in pairs if coding.article]
        new = Sorted(known(connection, ids), log.replaced)
        became = [new.take(coding, text) for coding, text in pairs]
        changes = Counter({table: -count for table, count in delete_articles(connection, new.replaced).items()})
        for model in RECORDS:
            rows_of = {"rows": lookup.with_columns(GIVEN)} if model is Event else {}
            insert(connection, table_of(model), arrow_table(model, new.of(model)), **rows_of)
        insert(connection, "texts", pa.Table.from_pylist(new.texts, schema=TEXT_SCHEMA))
        more = insert_new_problems(connection, new.problems)
        changes.update(table_of(type(record)) for record in new.records)
        changes["problems"] += more
        log.write(became, changes)
    log.written(len(batch))
    count = Counter(type(record) for record in new.records)
    return Added(count[ArticleRecord], count[Event], new.skipped, count[Problem] + more)


class Sorted:
    """What of a batch is to be stored, when articles with the ids and SHA-256 of ``there`` are stored already.

    Those of ``replaceable`` are stored again, in place of what is there.
    """

    def __init__(self, there: Mapping[str, str], replaceable: Collection[str] = ()) -> None:
        self.there = dict(there)
        self.replaceable = replaceable
        self.replaced: list[str] = []
        self.records: list[Record] = []
        self.texts: list[dict[str, str]] = []
        self.problems: list[Problem] = []
        self.skipped = 0

    def take(self, coding: Coding, text: str | None) -> Became:
        """What becomes of a coding."""
        if coding.article is None:
            self.problems += coding.problems
            return of_problem(coding.problems[0]) if coding.problems else Became(KNOWN)
        article_id = without_surrogates(coding.article.id)
        there = self.there.get(article_id)
        if there == coding.article.sha256 and article_id in self.replaceable and article_id not in self.replaced:
            self.replaced.append(article_id)
            return self._kept(article_id, coding, text, RECODED)
        if there is None:
            return self._kept(article_id, coding, text, CODED)
        self.skipped += 1
        if there == coding.article.sha256:
            return Became(KNOWN)
        self.problems.append(Problem(article_id=article_id, stage=STAGE, message=ANOTHER_TEXT))
        return of_problem(self.problems[-1])

    def _kept(self, article_id: str, coding: Coding, text: str | None, outcome: str) -> Became:
        assert coding.article is not None
        self.there[article_id] = coding.article.sha256
        self.records += coding.records()
        if text is not None:
            self.texts.append({"article_id": article_id, "text": without_surrogates(text)})
        return of_problem(coding.problems[0], outcome) if coding.problems else Became(outcome)

    def of(self, model: type[Model]) -> list[Model]:
        return [record for record in self.records if isinstance(record, model)]


def delete_articles(connection: Connection, article_ids: Sequence[str]) -> Counter[str]:
    """Takes articles out with all their records but those problems that say another text has their id; how many rows of which table."""
    gone: Counter[str] = Counter()
    for table, column in [*((table_of(m), "id" if m is ArticleRecord else "article_id") for m in RECORDS), ("texts", "article_id")]:
        if article_ids:
            kept = f" AND stage <> '{STAGE}'" if table == table_of(Problem) else ""
            sql = f"DELETE FROM {quoted(table)} WHERE {column} IN (SELECT unnest(?)){kept}"
            gone[table] += counted(connection, sql, [list(article_ids)])
    return gone


def add_problems(connection: Connection, problems: Sequence[Problem], log: Log) -> int:
    """Stores those problems that are not there already; how many these were."""
    with transaction(connection):
        added = insert_new_problems(connection, problems)
        log.write([], Counter(problems=added))
    log.written(0)
    return added


def known(connection: Connection, article_ids: Sequence[str] | None = None) -> dict[str, str]:
    """SHA-256 of the text of the articles that are there, by id: of all, or of those asked for."""
    if article_ids is None:
        return dict(rows(connection, "SELECT id, sha256 FROM articles ORDER BY id"))
    stored = [without_surrogates(article_id) for article_id in article_ids]
    return dict(rows(connection, "SELECT id, sha256 FROM articles WHERE id IN (SELECT unnest(?))", [stored]))


def insert_new_problems(connection: Connection, problems: Sequence[Problem]) -> int:
    """How many of the problems were not there already, and now are."""
    if not problems:
        return 0
    once = list(dict.fromkeys(problems))
    given = arrow_table(Problem, once).append_column("position", pa.array(range(len(once)), pa.int64()))
    table = quoted(table_of(Problem))
    same = " AND ".join(f"there.{quoted(name)} IS NOT DISTINCT FROM {GIVEN}.{quoted(name)}" for name in fields_of(Problem))
    new = f"SELECT * FROM {GIVEN} WHERE NOT EXISTS (FROM {table} AS there WHERE {same}) ORDER BY position"
    return changed(connection, given, f"INSERT INTO {table} BY NAME SELECT * EXCLUDE (position) FROM ({new})")
