"""From tables to records. In: a connection and what is asked for. Out: iterators over rows and records, fetched a page at a time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any, TypeVar

import duckdb
import pyarrow as pa

from dragoman.columns import fields_of, quoted, table_of
from dragoman.rows import record_of
from dragoman.schema import ArticleRecord, Coding, Event, Expectation, Model, Problem, Relation, Statement
from dragoman.store.conditions import TRUE, Condition, all_of
from dragoman.store.errors import StoreError

Kind = TypeVar("Kind", bound=Model)
Part = TypeVar("Part", Statement, Event, Relation, Expectation, Problem)
Connection = duckdb.DuckDBPyConnection

PAGE = 500  # rows fetched at once
ARROW_ROWS = 10_000  # rows in one Arrow batch
AS_WRITTEN = "rowid"
BY_PUBLICATION = "published.value NULLS LAST, id"
BY_ID = "id"
BY_DATE = "date.value NULLS LAST, article_id, trigger.start, id"
NO_ARTICLE = Condition("(article_id IS NULL OR article_id NOT IN (SELECT id FROM articles))")
BY_SOURCE = "article_id NULLS LAST, source NULLS LAST, stage, message"


def rows(connection: Connection, sql: str, parameters: Sequence[Any] = (), page_of: int = PAGE) -> Iterator[tuple[Any, ...]]:
    """The rows of a query. StoreError if the file does not let it be answered."""
    try:
        with connection.cursor() as cursor:
            cursor.execute(sql, list(parameters))
            while page := cursor.fetchmany(page_of):
                yield from page
    except duckdb.Error as error:
        raise StoreError(f"the store cannot be read: {str(error).splitlines()[0]}") from error


def batches(connection: Connection, sql: str, parameters: Sequence[Any] = ()) -> pa.RecordBatchReader:
    """The same as Arrow batches."""
    try:
        return connection.cursor().sql(sql, params=list(parameters)).to_arrow_reader(ARROW_ROWS)
    except duckdb.Error as error:
        raise StoreError(f"the store cannot be read: {str(error).splitlines()[0]}") from error


def records(connection: Connection, model: type[Kind], where: Condition, order: str, limit: int | None = None) -> Iterator[Kind]:
    """The records of a table that fulfil a condition; columns that an older store lacks take their defaults."""
    columns = columns_there(connection, model)
    for row in rows(connection, select(model, columns, where, order), [*where.parameters, limit]):
        yield record_of(model, dict(zip(columns, row, strict=True)))


def record_batches(connection: Connection, model: type[Model], where: Condition, order: str, limit: int | None) -> pa.RecordBatchReader:
    """The same rows as Arrow batches."""
    sql = select(model, columns_there(connection, model), where, order)
    return batches(connection, sql, [*where.parameters, limit])


def select(model: type[Model], columns: Sequence[str], where: Condition, order: str) -> str:
    names = ", ".join(quoted(column) for column in columns)
    return f"SELECT {names} FROM {quoted(table_of(model))} WHERE {where.sql} ORDER BY {order} LIMIT ?"


def types_in(connection: Connection) -> list[str]:
    """The names of the event types that a store holds."""
    return [name for (name,) in rows(connection, f"SELECT DISTINCT type FROM {quoted(table_of(Event))}")]


def columns_there(connection: Connection, model: type[Model]) -> list[str]:
    there = {name for (name,) in rows(connection, "SELECT column_name FROM duckdb_columns() WHERE table_name = ?", [table_of(model)])}
    return [name for name in fields_of(model) if name in there]


def texts(connection: Connection, article_ids: Sequence[str]) -> dict[str, str]:
    """The texts of articles by id, of those that were stored with theirs."""
    return dict(rows(connection, "SELECT article_id, text FROM texts WHERE article_id IN (SELECT unnest(?))", [list(article_ids)]))


def first_events(where: Condition, limit: int | None) -> Condition:
    """The first events by date among those that fulfil a condition."""
    if limit is None:
        return where
    sql = f"rowid IN (SELECT rowid FROM events WHERE {where.sql} ORDER BY {BY_DATE} LIMIT ?)"
    return Condition(sql, (*where.parameters, limit))


def whole_codings(connection: Connection, order: str = BY_PUBLICATION) -> Iterator[Coding]:
    """Every article with all its records; last, if there are any, the problems that belong to no article."""
    yield from codings_where(connection, TRUE, order)
    homeless = list(records(connection, Problem, NO_ARTICLE, AS_WRITTEN))
    if homeless:
        yield Coding(problems=homeless)


def codings_where(connection: Connection, where: Condition, order: str = BY_PUBLICATION) -> Iterator[Coding]:
    """The articles that fulfil a condition, with all their records."""
    articles = records(connection, ArticleRecord, where, order)
    while page := list(islice(articles, PAGE)):
        among = in_articles(page)
        statements = by_article(records(connection, Statement, among, AS_WRITTEN))
        events = by_article(records(connection, Event, among, AS_WRITTEN))
        relations = by_article(records(connection, Relation, among, AS_WRITTEN))
        expectations = by_article(records(connection, Expectation, among, AS_WRITTEN))
        problems = by_article(records(connection, Problem, among, AS_WRITTEN))
        for article in page:
            yield Coding(
                article=article,
                statements=statements[article.id],
                events=events[article.id],
                relations=relations[article.id],
                expectations=expectations[article.id],
                problems=problems[article.id],
            )


def codings_of_events(connection: Connection, where: Condition) -> Iterator[Coding]:
    """Articles with the events that fulfil a condition and the statements that these rest on, nothing else."""
    having = Condition(f"id IN (SELECT article_id FROM events WHERE {where.sql})", where.parameters)
    articles = records(connection, ArticleRecord, having, BY_PUBLICATION)
    while page := list(islice(articles, PAGE)):
        chosen = all_of([in_articles(page), where])
        events = by_article(records(connection, Event, chosen, AS_WRITTEN))
        under = Condition(f"id IN (SELECT statement_id FROM events WHERE {chosen.sql})", chosen.parameters)
        statements = by_article(records(connection, Statement, under, AS_WRITTEN))
        for article in page:
            yield Coding(article=article, statements=statements[article.id], events=events[article.id])


def codings_of_statements(connection: Connection, published: Condition) -> Iterator[Coding]:
    """Articles that fulfil a condition, with their statements and nothing else."""
    articles = records(connection, ArticleRecord, published, BY_PUBLICATION)
    while page := list(islice(articles, PAGE)):
        statements = by_article(records(connection, Statement, in_articles(page), AS_WRITTEN))
        for article in page:
            yield Coding(article=article, statements=statements[article.id])


def in_articles(articles: Sequence[ArticleRecord]) -> Condition:
    return Condition("article_id IN (SELECT unnest(?))", (tuple(article.id for article in articles),))


def by_article(found: Iterator[Part]) -> dict[str | None, list[Part]]:
    grouped: dict[str | None, list[Part]] = defaultdict(list)
    for record in found:
        grouped[record.article_id].append(record)
    return grouped
