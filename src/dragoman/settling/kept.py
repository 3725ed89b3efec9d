"""What stories tell of promises, kept beside the store (SQLite): it does not depend on the question. In: promises. Out: what is known.

Of each promise it is kept which stories were held against it and what some of them tell, so that of a store that has grown only the new
ones are read. It is a cache: where it can be neither read nor written nothing is known, and the answer is the same.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from array import array
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import NamedTuple

from dragoman import expectations, knowledge
from dragoman.expectations.promises import Promise
from dragoman.expectations.telling import Told
from dragoman.searching.index import data_version, writable_place
from dragoman.store import Store

ENDING = "told"
NOWHERE = ":memory:"
BUSY = 5.0  # seconds to wait for another process that writes
LAYOUT = 1
SCHEMA = f"""
    BEGIN IMMEDIATE;
    DROP TABLE IF EXISTS promises;
    CREATE TABLE promises (id TEXT PRIMARY KEY, mark TEXT, store TEXT, held BLOB, told TEXT);
    PRAGMA user_version = {LAYOUT};
    COMMIT;
"""
CHANGING = ""  # the version of a store that may change while it is open


class Known(NamedTuple):
    """What is known of a promise: the marks of the stories that were held against it, in their order, and what some tell, by place in it.

    ``is_all`` where the store has not changed since.
    """

    is_all: bool
    held: array[int]
    told: dict[int, Told]


class Kept:
    """What is known of the promises of a store."""

    def __init__(self, connection: sqlite3.Connection, store: str) -> None:
        self.connection = connection
        self.store = store

    def known(self, promises: Sequence[Promise]) -> dict[str, Known]:
        """By the id of each promise that is still the same."""
        marks = {promise.id: mark_of(promise) for promise in promises}
        found: dict[str, Known] = {}
        with suppress(sqlite3.Error, ValueError):
            sql = "SELECT * FROM promises WHERE id IN (SELECT value FROM json_each(?))"
            for id, mark, store, held, told in self.connection.execute(sql, [json.dumps(list(marks))]):
                if mark == marks[id]:
                    is_all = store == self.store != CHANGING
                    found[id] = Known(is_all, array("Q", held), {place: Told(*rest) for place, *rest in json.loads(told)})
        return found

    def keep(self, some: Iterable[tuple[Promise, dict[int, Told | None]]]) -> None:
        """Of promises against which all stories that are in the store were held, by the marks of these."""
        rows = []
        for promise, held in some:
            told = [(place, *one) for place, one in enumerate(held.values()) if one is not None]
            rows.append((promise.id, mark_of(promise), self.store, array("Q", held).tobytes(), json.dumps(told)))
        with suppress(sqlite3.Error), self.connection:
            self.connection.executemany("INSERT OR REPLACE INTO promises VALUES (?, ?, ?, ?, ?)", rows)


@contextmanager
def opened(store: Store) -> Iterator[Kept]:
    """What is known of a store's promises. Of one that is open for writing nothing is taken for all that there is to know."""
    version = "-".join([data_version(store.path), *_journal(store.path)]) if store.readonly else CHANGING
    with closing(_connection(writable_place(store.path, ENDING))) as connection:
        yield Kept(connection, version)


def _journal(path: Path) -> Iterator[str]:
    """What tells of changes that are not in the store's file yet."""
    journal = path.with_name(f"{path.name}.wal")
    if journal.exists():
        yield data_version(journal)


def _connection(path: Path | None) -> sqlite3.Connection:
    """To the file, which is made anew if it is none of ours, or to nothing that lasts."""
    if path is None:
        return _made(NOWHERE)
    try:
        return _made(path)
    except sqlite3.OperationalError:  # it cannot be written, or not now
        return _made(NOWHERE)
    except sqlite3.DatabaseError:
        with suppress(OSError):
            path.unlink()
        with suppress(sqlite3.Error):
            return _made(path)
        return _made(NOWHERE)


def _made(place: Path | str) -> sqlite3.Connection:
    """A connection whose tables are there, made anew where they are of another layout."""
    connection = sqlite3.connect(place, timeout=BUSY)
    try:
        ((layout,),) = connection.execute("PRAGMA user_version").fetchall()
        if layout != LAYOUT:
            connection.execute("PRAGMA journal_mode = WAL")  # who reads does not wait for who writes
            connection.executescript(SCHEMA)
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def mark_of(promise: Promise) -> str:
    """Another one where the promise is, or what is read into it."""
    return hashlib.blake2b(f"{_program()}{tuple(promise)}".encode(), digest_size=12).hexdigest()


@cache
def _program() -> str:
    """Changes whenever that by which stories are read does, or what is known of the world."""
    folders = [Path(file).parent for file in (expectations.__file__, knowledge.__file__, __file__) if file]
    files = sorted(file for folder in folders for file in folder.rglob("*") if file.suffix in (".py", ".tsv", ".yaml", ".csv"))
    seen = "".join(f"{file.name}:{file.stat().st_size}:{file.stat().st_mtime_ns}" for file in files)
    return hashlib.blake2b(seen.encode(), digest_size=12).hexdigest()
