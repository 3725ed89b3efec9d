"""From tables to records. In: a connection and what is asked for. Out: iterators over rows and records, fetched a page at a time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from itertools import islice
from typing import Any, TypeVar

import duckdb
import pyarrow as pa

from dragoman.columns import fields_of, quoted, table_of
from dragoman.rows import record_of
from dragoman.schema import ArticleRecord, Coding, Event, Expectation, Model, Problem, Relation, Statement
from dragoman.store import lookup
from dragoman.store.conditions import TRUE, Condition
from dragoman.store.errors import StoreError

Kind = TypeVar("Kind", bound=Model)
Part = TypeVar("Part", Statement, Event, Relation, Expectation, Problem)
Connection = duckdb.DuckDBPyConnection

PAGE = 500  # rows fetched at once
ARROW_ROWS = 10_000  # rows in one Arrow batch
ONE_IN = 2_000  # of the events: so few are fetched faster one by one than in a pass over all of them
FEW = 20
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
    for row in rows(connection, select(connection, model, columns, where, order), [*where.parameters, limit]):
        yield record_of(model, dict(zip(columns, row, strict=True)))


def record_batches(connection: Connection, model: type[Model], where: Condition, order: str, limit: int | None) -> pa.RecordBatchReader:
    """The same rows as Arrow batches."""
    sql = select(connection, model, columns_there(connection, model), where, order)
    return batches(connection, sql, [*where.parameters, limit])


def select(connection: Connection, model: type[Model], columns: Sequence[str], where: Condition, order: str) -> str:
    names = ", ".join(quoted(column) for column in columns)
    source = looked_up(connection) if model is Event else quoted(table_of(model))
    return f"SELECT {names} FROM {source} WHERE {where.sql} ORDER BY {order} LIMIT ?"


def types_in(connection: Connection) -> list[str]:
    """The names of the event types that a store holds."""
    return [name for (name,) in rows(connection, f"SELECT DISTINCT type FROM {quoted(table_of(Event))}")]


def columns_there(connection: Connection, model: type[Model]) -> list[str]:
    there = set(columns_of(connection, table_of(model)))
    return [name for name in fields_of(model) if name in there]


def columns_of(connection: Connection, table: str) -> list[str]:
    return [name for (name,) in rows(connection, f"SELECT name FROM pragma_table_info('{table}')")]


def looked_up(connection: Connection) -> str:
    """What stands behind FROM where conditions on events are asked."""
    return lookup.events_with(columns_of(connection, lookup.TABLE))


def texts(connection: Connection, article_ids: Sequence[str]) -> dict[str, str]:
    """The texts of articles by id, of those that were stored with theirs."""
    return dict(rows(connection, "SELECT article_id, text FROM texts WHERE article_id IN (SELECT unnest(?))", [list(article_ids)]))


def events_by_date(connection: Connection, where: Condition, limit: int | None = None) -> Iterator[Event]:
    """Events that fulfil a condition, in the order of their dates. Few are fetched by their articles, many are read in one go."""
    chosen = f"SELECT article_id, id FROM {looked_up(connection)} WHERE {where.sql} ORDER BY {BY_DATE} LIMIT ?"
    ((all_of_them,),) = rows(connection, f"SELECT count(*) FROM {lookup.TABLE}")
    few = max(FEW, all_of_them // ONE_IN)
    found = list(islice(rows(connection, chosen, [*where.parameters, limit]), few + 1))
    if len(found) > few:
        yield from records(connection, Event, where, BY_DATE, limit)
        return
    for first in range(0, len(found), PAGE):
        page = found[first : first + PAGE]
        events = {event.id: event for event in of_articles(connection, Event, {article for article, _ in page}, {id for _, id in page})}
        yield from (events[id] for _, id in page)


def of_articles(connection: Connection, model: type[Kind], article_ids: Collection[str], ids: Collection[str]) -> Iterator[Kind]:
    """Those records of some articles that have one of the ids, in the order in which they were written.

    Articles are named one by one, and nothing else is asked of the table, since only then DuckDB uses its index.
    """
    columns = columns_there(connection, model)
    names, among = ", ".join(map(quoted, columns)), ", ".join("?" * len(article_ids))
    sql = f"SELECT {names} FROM {quoted(table_of(model))} WHERE article_id IN ({among}) ORDER BY {AS_WRITTEN}"
    at = columns.index("id")
    for row in rows(connection, sql, sorted(article_ids)) if article_ids else ():
        if row[at] in ids:
            yield record_of(model, dict(zip(columns, row, strict=True)))


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


def codings_of_events(connection: Connection, where: Condition, limit: int | None = None) -> Iterator[Coding]:
    """Articles with the events that fulfil a condition (the first ones by date) and the statements that these rest on, nothing else."""
    first = "" if limit is None else f"ORDER BY {BY_DATE} LIMIT {limit}"
    sql = f"""
        SELECT id, events, statements FROM articles JOIN (
            SELECT article_id, list(id) AS events, list(statement_id) AS statements
            FROM (SELECT article_id, id, statement_id FROM {looked_up(connection)} WHERE {where.sql} {first}) GROUP BY article_id
        ) ON article_id = id ORDER BY {BY_PUBLICATION}
    """
    found = rows(connection, sql, where.parameters)
    while page := list(islice(found, PAGE)):
        ids = [id for id, _, _ in page]
        among = Condition(f"id IN ({', '.join('?' * len(ids))})", tuple(ids))
        articles = {article.id: article for article in records(connection, ArticleRecord, among, BY_ID)}
        events = by_article(of_articles(connection, Event, ids, {id for _, wanted, _ in page for id in wanted}))
        under = {id for _, _, wanted in page for id in wanted if id is not None}
        resting = {event.article_id for some in events.values() for event in some if event.statement_id is not None}
        statements = by_article(of_articles(connection, Statement, resting, under))
        for id in ids:
            yield Coding(article=articles[id], statements=statements[id], events=events[id])


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
