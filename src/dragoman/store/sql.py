"""SQL of a user's own. In: a connection that only reads, and a query. Out: rows as Arrow batches, or an error that names the word.

The connection reaches nothing but its store (``database.SHUT_IN``); here it is made sure that one query is run and nothing else.
"""

from __future__ import annotations

import re

import duckdb
import pyarrow as pa

from dragoman.store.errors import StoreError
from dragoman.store.reading import ARROW_ROWS, Connection

ONLY_QUERIES = "only one query that reads is run: SELECT, WITH, FROM, VALUES, DESCRIBE, SUMMARIZE or SHOW"
UNDERLINED = re.compile(r"^LINE (\d+): (.*)\n( *)(\^+)", re.MULTILINE)
KIND = re.compile(r"^\w+(?: \w+)? Error: ")
HINT = re.compile(r"^(?:Did you mean|Candidate bindings).*$", re.MULTILINE)


def answered(connection: Connection, sql: str) -> pa.RecordBatchReader:
    """The rows of a query, computed while they are read. StoreError says in one line what is wrong, and with which word."""
    try:
        check_reads(sql)
        connection.execute(f"EXPLAIN {sql}")  # its errors have the place of the word, those of sql() do not
        return connection.cursor().sql(sql).to_arrow_reader(ARROW_ROWS)
    except duckdb.Error as error:
        raise StoreError(why_not(str(error))) from error


def check_reads(sql: str) -> None:
    statements = duckdb.extract_statements(sql)
    if len(statements) != 1 or statements[0].type != duckdb.StatementType.SELECT:
        raise StoreError(ONLY_QUERIES)


def why_not(message: str) -> str:
    """DuckDB's message in one line: what is wrong, with which word, and what may have been meant."""
    what = KIND.sub("", message.splitlines()[0])
    parts = [f"the SQL cannot be run: {what}"]
    if place := UNDERLINED.search(message):
        start = len(place[3]) - len(f"LINE {place[1]}: ")
        parts.append(f"see {place[2][start : start + len(place[4])]!r} in line {place[1]}")
    parts += (hint.rstrip("?") for hint in HINT.findall(message))
    return "; ".join(parts)
