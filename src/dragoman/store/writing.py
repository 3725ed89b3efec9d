"""From records to tables. In: a connection and a batch of codings. Out: rows, all of the batch or none of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from typing import NamedTuple, TypeAlias

import duckdb
import pyarrow as pa

from dragoman.columns import fields_of, quoted, table_of
from dragoman.rows import arrow_table, without_surrogates
from dragoman.schema import RECORDS, ArticleRecord, Coding, Event, Model, Problem, Record
from dragoman.store.errors import StoreError
from dragoman.store.reading import rows

Connection = duckdb.DuckDBPyConnection
Traced: TypeAlias = Coding | tuple[Coding, str | None]

STAGE = "store"
ANOTHER_TEXT = "same id, different text: the text that was stored first is kept, this one is left out; give it another id"
GIVEN = "given"
TEXT_SCHEMA = pa.schema([("article_id", pa.string()), ("text", pa.string())])


class Added(NamedTuple):
    """What was stored, and how many articles were left out because their id was there already."""

    articles: int = 0
    events: int = 0
    skipped: int = 0
    problems: int = 0


def sum_of(first: Added, second: Added) -> Added:
    return Added(*(one + other for one, other in zip(first, second, strict=True)))


def add_batch(connection: Connection, batch: Sequence[Traced]) -> Added:
    """Stores the articles that are new, whole; for one whose id is there with another text, a problem."""
    pairs = [traced if isinstance(traced, tuple) else (traced, None) for traced in batch]
    with transaction(connection):
        new = Sorted(known(connection, [coding.article.id for coding, _ in pairs if coding.article]))
        for coding, text in pairs:
            new.take(coding, text)
        for model in RECORDS:
            insert(connection, table_of(model), arrow_table(model, new.of(model)))
        insert(connection, "texts", pa.Table.from_pylist(new.texts, schema=TEXT_SCHEMA))
        more = insert_new_problems(connection, new.problems)
    count = Counter(type(record) for record in new.records)
    return Added(count[ArticleRecord], count[Event], new.skipped, count[Problem] + more)


class Sorted:
    """What of a batch is to be stored, when articles with the ids and SHA-256 of ``there`` are stored already."""

    def __init__(self, there: Mapping[str, str]) -> None:
        self.there = dict(there)
        self.records: list[Record] = []
        self.texts: list[dict[str, str]] = []
        self.problems: list[Problem] = []
        self.skipped = 0

    def take(self, coding: Coding, text: str | None) -> None:
        article = coding.article
        if article is None:
            self.problems += coding.problems
            return
        article_id = without_surrogates(article.id)
        if article_id in self.there:
            self.skipped += 1
            if self.there[article_id] != article.sha256:
                self.problems.append(Problem(article_id=article_id, stage=STAGE, message=ANOTHER_TEXT))
            return
        self.there[article_id] = article.sha256
        self.records += coding.records()
        if text is not None:
            self.texts.append({"article_id": article_id, "text": without_surrogates(text)})

    def of(self, model: type[Model]) -> list[Model]:
        return [record for record in self.records if isinstance(record, model)]


def add_problems(connection: Connection, problems: Sequence[Problem]) -> int:
    """Stores those problems that are not there already; how many these were."""
    with transaction(connection):
        return insert_new_problems(connection, problems)


@contextmanager
def transaction(connection: Connection) -> Iterator[None]:
    """All of what happens inside, or nothing of it. StoreError where the file cannot be written."""
    try:
        connection.begin()
        yield
        connection.commit()
    except BaseException as error:
        with suppress(duckdb.Error):
            connection.rollback()
        if isinstance(error, duckdb.Error):
            raise StoreError(f"the store cannot be written, nothing of this batch was: {str(error).splitlines()[0]}") from error
        raise


def known(connection: Connection, article_ids: Sequence[str] | None = None) -> dict[str, str]:
    """SHA-256 of the text of the articles that are there, by id: of all, or of those asked for."""
    if article_ids is None:
        return dict(rows(connection, "SELECT id, sha256 FROM articles ORDER BY id"))
    stored = [without_surrogates(article_id) for article_id in article_ids]
    return dict(rows(connection, "SELECT id, sha256 FROM articles WHERE id IN (SELECT unnest(?))", [stored]))


def insert(connection: Connection, table: str, given: pa.Table) -> None:
    if given.num_rows:
        with registered(connection, given):
            connection.execute(f"INSERT INTO {quoted(table)} BY NAME SELECT * FROM {GIVEN}")


def insert_new_problems(connection: Connection, problems: Sequence[Problem]) -> int:
    """How many of the problems were not there already, and now are."""
    if not problems:
        return 0
    once = list(dict.fromkeys(problems))
    given = arrow_table(Problem, once).append_column("position", pa.array(range(len(once)), pa.int64()))
    table = quoted(table_of(Problem))
    same = " AND ".join(f"there.{quoted(name)} IS NOT DISTINCT FROM {GIVEN}.{quoted(name)}" for name in fields_of(Problem))
    new = f"SELECT * FROM {GIVEN} WHERE NOT EXISTS (FROM {table} AS there WHERE {same}) ORDER BY position"
    with registered(connection, given):
        counted = connection.execute(f"INSERT INTO {table} BY NAME SELECT * EXCLUDE (position) FROM ({new})").fetchone()
    return int(counted[0]) if counted else 0


@contextmanager
def registered(connection: Connection, given: pa.Table) -> Iterator[None]:
    """Lets SQL see an Arrow table under the name GIVEN."""
    connection.register(GIVEN, given)
    try:
        yield
    finally:
        connection.unregister(GIVEN)
