"""The index of a store. In: a store open for reading. Out: an SQLite file with its articles and statements, brought up to date in batches.

It lies beside the store (``events.duckdb.search``), or where that folder cannot be written in the user's cache, else in a temporary
folder. Each article carries a fingerprint of its text and records, so only what is new or changed is read again.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from itertools import islice
from pathlib import Path
from typing import Any

from dragoman.errors import DragomanError
from dragoman.schema import Coding
from dragoman.searching.layout import LAYOUT, SCHEMA
from dragoman.store import Store, reading
from dragoman.version import dragoman_version

ENDING = "search"
BATCH = 200  # articles in one transaction
BUSY = 30.0  # seconds to wait for another process that writes
FINGERPRINTS = """
    SELECT a.id, a.sha256 || '-' || coalesce(e.f, 0) || '-' || coalesce(s.f, 0)
    FROM articles AS a
    LEFT JOIN (SELECT article_id, bit_xor(hash(id, type, context, actor, recipient)) AS f FROM events GROUP BY 1) AS e
        ON e.article_id = a.id
    LEFT JOIN (SELECT article_id, bit_xor(hash(id, content, speaker)) AS f FROM statements GROUP BY 1) AS s ON s.article_id = a.id
"""
START, END = "\ue000", "\ue001"  # around what was found, in snippets; in texts they stand for nothing
NOTHING = {ord(START): " ", ord(END): " ", 0: " "}


class SearchError(DragomanError):
    """The index can neither be made nor read."""


class Index:
    """The index of a store's file, wherever it can lie."""

    def __init__(self, store: Path, folder: Path | None = None) -> None:
        self.path = folder / f"{store.name}.{ENDING}" if folder else place_of(store)

    @contextmanager
    def opened(self) -> Iterator[sqlite3.Connection]:
        """A connection whose tables are there. SearchError where there can be none."""
        try:
            with closing(sqlite3.connect(self.path, timeout=BUSY)) as connection:
                made(connection)
                yield connection
        except sqlite3.Error as error:
            raise SearchError(f"the index {self.path} cannot be used ({error}): remove it, it is made anew") from error

    def state(self) -> tuple[str, int]:
        """Version of the store that is wholly in, "" while it is not, and how many articles are."""
        with self.opened() as connection:
            ((count,),) = connection.execute("SELECT count(*) FROM articles").fetchall()
            version = connection.execute("SELECT value FROM meta WHERE key = 'store'").fetchone()
            return str(version[0]) if version else "", int(count)

    def update(self, store: Store, version: str) -> Iterator[int]:
        """Brings it up to date; gives after each batch how many articles are left to do. Nothing is read where the version is the same."""
        with self.opened() as connection:
            if connection.execute("SELECT 1 FROM meta WHERE key = 'store' AND value = ?", [version]).fetchone():
                return
            there = dict(connection.execute("SELECT id, fingerprint FROM articles"))
            wanted = {str(one): str(mark) for one, mark in reading.rows(store.connection, FINGERPRINTS)}
            remove(connection, [one for one in there if there[one] != wanted.get(one)])
            left = iter(sorted(one for one in wanted if there.get(one) != wanted[one]))
            waiting = sum(there.get(one) != mark for one, mark in wanted.items())
            while batch := list(islice(left, BATCH)):
                add(connection, store, batch, wanted)
                waiting -= len(batch)
                yield waiting
            with connection:
                connection.execute("INSERT OR REPLACE INTO meta VALUES ('store', ?)", [version])


def version_of(store: Path) -> str:
    """Changes whenever the file does."""
    stat = store.stat()
    return f"{stat.st_mtime_ns:x}-{stat.st_size:x}"


def data_version(store: Path) -> str:
    """Changes whenever the file or this program does: what was made of a store says which it was."""
    return f"{dragoman_version()}-{version_of(store)}"


def place_of(store: Path) -> Path:
    """Beside the store, else in the user's cache, else in a temporary folder: the first that can be written."""
    return writable_place(store, ENDING) or Path(tempfile.mkdtemp(prefix="dragoman-")) / f"{store.name}.{ENDING}"


def writable_place(store: Path, ending: str) -> Path | None:
    """Where what is made of a store is kept: beside it, else in the user's cache; None where neither can be written."""
    beside = store.with_name(f"{store.name}.{ending}")
    if os.access(beside if beside.exists() else store.parent, os.W_OK):
        return beside
    name = f"{hashlib.sha256(str(store.resolve()).encode()).hexdigest()[:16]}.{ending}"
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "dragoman"
    with suppress(OSError):
        cache.mkdir(parents=True, exist_ok=True)
        if os.access(cache, os.W_OK):
            return cache / name
    return None


def made(connection: sqlite3.Connection) -> None:
    """The tables, where there are none or those of another layout."""
    ((layout,),) = connection.execute("PRAGMA user_version").fetchall()
    if layout == LAYOUT:
        return
    connection.execute("PRAGMA journal_mode = WAL")  # who searches does not wait for who writes
    connection.executescript(SCHEMA)


def remove(connection: sqlite3.Connection, ids: Sequence[str]) -> None:
    """Takes articles out with their statements."""
    with connection:
        for one in ids:
            docs = "(SELECT doc FROM docs WHERE article_id = ?)"
            connection.execute(f"DELETE FROM words WHERE rowid IN {docs}", [one])
            connection.execute(f"DELETE FROM facets WHERE doc IN {docs}", [one])
            connection.execute("DELETE FROM docs WHERE article_id = ?", [one])
            connection.execute("DELETE FROM articles WHERE id = ?", [one])


def add(connection: sqlite3.Connection, store: Store, ids: Sequence[str], fingerprints: dict[str, str]) -> None:
    """Puts articles in, whole or not at all; one that another process has put in meanwhile is left as it is."""
    texts = reading.texts(store.connection, ids)
    codings = list(store.codings_of(ids))
    with connection:
        connection.execute("BEGIN IMMEDIATE")
        for coding in codings:
            if coding.article is None:
                continue
            row = (coding.article.id, fingerprints[coding.article.id])
            if connection.execute("INSERT OR IGNORE INTO articles VALUES (?, ?)", row).rowcount:
                add_article(connection, coding, texts.get(coding.article.id, ""))


def add_article(connection: sqlite3.Connection, coding: Coding, text: str) -> None:
    article = coding.article
    assert article is not None
    origin = [("publication", article.publication or article.agency), ("year", (article.published.value or "")[:4])]
    told = [("type", one.type) for one in coding.events] + [("context", name) for one in coding.events for name in one.context]
    sides = [("country", side.country) for one in coding.events for side in (*one.actor, *one.recipient)]
    common = (article.id, article.published.value, article.publication or article.agency)
    add_document(connection, ("article", article.id, *common), article.headline or "", text, [*origin, *told, *sides])
    for said in coding.statements:
        speaker = said.speaker
        about = [("country", speaker.country), ("speaker", speaker.name)] if speaker else []
        about.append(("attitude", said.attitude))
        name = (speaker.name or speaker.text) if speaker else ""
        add_document(connection, ("statement", said.id, *common), name, said.content.text, [*origin, *about])


def add_document(connection: sqlite3.Connection, row: tuple[Any, ...], title: str, body: str, facets: list[tuple[str, str | None]]) -> None:
    doc = connection.execute("INSERT INTO docs (kind, id, article_id, day, publication) VALUES (?, ?, ?, ?, ?)", row).lastrowid
    connection.execute("INSERT INTO words (rowid, title, body) VALUES (?, ?, ?)", [doc, title.translate(NOTHING), body.translate(NOTHING)])
    for facet, value in dict.fromkeys(facets):
        if value:
            connection.execute("INSERT OR IGNORE INTO facet_values (facet, value) VALUES (?, ?)", [facet, value])
            sql = "INSERT INTO facets SELECT ?, id FROM facet_values WHERE facet = ? AND value = ?"
            connection.execute(sql, [doc, facet, value])
