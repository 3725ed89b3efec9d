"""SQL of a user's own. In: a store's file and a query. Out: rows as Arrow batches; nothing is written, no other file or network is reached.

The file is opened read-only, with DuckDB's access to everything else switched off and its settings locked; only one query is run.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pyarrow as pa

from dragoman.store.database import Settings, opened
from dragoman.store.errors import StoreError

SHUT_IN: Settings = {
    "enable_external_access": "false",
    "python_enable_replacements": "false",  # else the names of tables would find variables of this program
    "lock_configuration": "true",
}
BATCH = 10_000  # rows in memory at once
ONLY_QUERIES = "only one query that reads is run: SELECT, WITH, FROM, VALUES, DESCRIBE, SUMMARIZE or SHOW"
UNDERLINED = re.compile(r"^LINE (\d+): (.*)\n( *)(\^+)", re.MULTILINE)
KIND = re.compile(r"^\w+(?: \w+)? Error: ")
HINT = re.compile(r"^(?:Did you mean|Candidate bindings).*$", re.MULTILINE)


@contextmanager
def answered(path: str | Path, sql: str) -> Iterator[pa.RecordBatchReader]:
    """The rows of a query, read while the block lasts. StoreError says in one line what is wrong, and with which word."""
    with opened(Path(path), readonly=True, settings=SHUT_IN) as connection:
        try:
            check_reads(sql)
            connection.execute(f"EXPLAIN {sql}")  # its errors have the place of the word, those of sql() do not
            yield connection.sql(sql).to_arrow_reader(BATCH)
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
