"""What stories tell of promises, kept beside the store (SQLite): it does not depend on the question. In: promises. Out: what is known.

Of each promise it is kept which stories were held against it and what some of them tell, so that of a store that has grown only the new
ones are read, for promises of which they may tell. It is a cache: where it can be neither read nor written nothing is known, and the
answer is the same.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from array import array
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import NamedTuple

from dragoman import expectations, knowledge
from dragoman.expectations.promises import Promise
from dragoman.expectations.telling import Told
from dragoman.searching.index import data_version, writable_place
from dragoman.store import Store, expected

ENDING = "told"
NOWHERE = ":memory:"
BUSY = 5.0  # seconds to wait for another process that writes
LAYOUT = 1
SCHEMA = f"""
    BEGIN IMMEDIATE;
    DROP TABLE IF EXISTS meta; DROP TABLE IF EXISTS stories; DROP TABLE IF EXISTS promises;
    CREATE TABLE meta (store TEXT);
    CREATE TABLE stories (id TEXT PRIMARY KEY, published TEXT, mark INTEGER);
    CREATE TABLE promises (id TEXT PRIMARY KEY, mark TEXT, published TEXT, last TEXT, is_all INTEGER, held BLOB, told TEXT);
    PRAGMA user_version = {LAYOUT};
    COMMIT;
"""
CHANGED = """
    UPDATE promises SET is_all = 0 WHERE EXISTS (SELECT 1 FROM temp.changed WHERE day BETWEEN promises.published AND promises.last)
"""
CHANGING = ""  # the version of a store that may change while it is open


class Known(NamedTuple):
    """What is known of a promise: the marks of the stories that were held against it, in their order, and what some tell, by place in it.

    ``is_all`` where no other story of the store can tell of it.
    """

    is_all: bool
    held: array[int]
    told: dict[int, Told]


class Holding(NamedTuple):
    """A promise, by its id and mark, the first and last day on which stories may tell of it, and what these tell, by their marks."""

    id: str
    mark: str
    published: str
    last: str
    held: dict[int, Told | None]


class Kept:
    """What is known of the promises of a store of which this is the version."""

    def __init__(self, connection: sqlite3.Connection, version: str) -> None:
        self.connection = connection
        self.version = version

    def update(self, store: Store) -> None:
        """Finds which stories are new, changed or gone: what is known of promises of which these may tell is not all any more."""
        with suppress(sqlite3.Error):
            if self.version == CHANGING or self._is_up_to_date():
                return
            now = expected.story_marks(store.connection)
            with self.connection:
                self.connection.execute("BEGIN IMMEDIATE")
                sql = "SELECT id, published, mark FROM stories"
                before = {id: (day, mark) for id, day, mark in self.connection.execute(sql)}
                changed = [id for id in now.keys() | before.keys() if now.get(id) != before.get(id)]
                days = {there[id][0] for there in (now, before) for id in changed if id in there}
                self.connection.execute("CREATE TEMP TABLE changed (day TEXT PRIMARY KEY)")
                self.connection.executemany("INSERT INTO temp.changed VALUES (?)", [(day,) for day in days])
                self.connection.execute(CHANGED)
                self.connection.executemany("DELETE FROM stories WHERE id = ?", [(id,) for id in changed])
                self.connection.executemany("INSERT INTO stories VALUES (?, ?, ?)", [(id, *now[id]) for id in changed if id in now])
                self.connection.execute("DELETE FROM meta")
                self.connection.execute("INSERT INTO meta VALUES (?)", [self.version])

    def _is_up_to_date(self) -> bool:
        return self.connection.execute("SELECT 1 FROM meta WHERE store = ?", [self.version]).fetchone() is not None

    def known(self, marks: Mapping[str, str]) -> dict[str, Known]:
        """By their ids, of promises that still have these marks."""
        found: dict[str, Known] = {}
        with suppress(sqlite3.Error, ValueError):
            sql = """
                SELECT id, mark, is_all AND EXISTS (SELECT 1 FROM meta WHERE store = ?), held, told
                FROM promises WHERE id IN (SELECT value FROM json_each(?))
            """
            for id, mark, is_all, held, told in self.connection.execute(sql, [self.version, json.dumps(list(marks))]):
                if mark == marks[id]:
                    found[id] = Known(bool(is_all), array("q", held), {place: Told(*rest) for place, *rest in json.loads(told)})
        return found

    def keep(self, some: Iterable[Holding]) -> None:
        """Of promises against which all stories of this version were held; they count as such if the store has no later one yet."""
        rows = []
        for id, mark, published, last, held in some:
            told = [(place, *one) for place, one in enumerate(held.values()) if one is not None]
            rows.append((id, mark, published, last, self.version, array("q", held).tobytes(), json.dumps(told)))
        sql = "INSERT OR REPLACE INTO promises VALUES (?, ?, ?, ?, EXISTS (SELECT 1 FROM meta WHERE store = ?), ?, ?)"
        with suppress(sqlite3.Error), self.connection:
            self.connection.executemany(sql, rows)


@contextmanager
def opened(store: Store) -> Iterator[Kept]:
    """What is known of a store's promises. Of one that is open for writing nothing is taken for all that there is to know."""
    path = writable_place(store.path, ENDING)
    lasts = store.readonly and path is not None
    version = "-".join([data_version(store.path), *_journal(store.path)]) if lasts else CHANGING
    with closing(_connection(path)) as connection:
        there = Kept(connection, version)
        there.update(store)
        yield there


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


def mark_of(promise: Promise, is_moved: bool) -> str:
    """Another one where the promise is, or what is read into it, or where another begins to move its day."""
    return hashlib.blake2b(f"{_program()}{tuple(promise)}{is_moved}".encode(), digest_size=12).hexdigest()


@cache
def _program() -> str:
    """Changes whenever that by which stories are read does, or what is known of the world."""
    folders = [Path(file).parent for file in (expectations.__file__, knowledge.__file__, __file__) if file]
    files = sorted(file for folder in folders for file in folder.rglob("*") if file.suffix in (".py", ".tsv", ".yaml", ".csv"))
    seen = "".join(f"{file.name}:{file.stat().st_size}:{file.stat().st_mtime_ns}" for file in files)
    return hashlib.blake2b(seen.encode(), digest_size=12).hexdigest()
