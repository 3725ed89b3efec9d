"""In: a store and which promises are asked for. Out: each with what became of it, as the events and words of later stories tell."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pyarrow as pa

from dragoman.expectations.outcomes import Deeds, Settled, settled
from dragoman.expectations.promises import Promise, apart
from dragoman.knowledge.loading import no_collecting
from dragoman.settling.following import told_in
from dragoman.store import Store, expected

OFTEN = frozenset({"actor", "other", "type", "published", "day"})  # columns of deeds in which the same texts stand again and again


def outcomes(store: Store, is_asked: Callable[[Promise], bool], as_of: str = "", shown: bool = False) -> list[tuple[Settled, str | None]]:
    """What became of those that are asked for, up to a day, else the last of publication; each with the words of its condition.

    In the order of publication. Only what stories and events tell of them is read; with ``shown`` a bar tells of the stories.
    """
    with no_collecting():
        as_of = as_of or expected.latest_day(store.connection) or ""
        promises, conditions = [], dict[str, str | None]()
        for *fields, text, one, other, condition, trigger in expected.expectations(store.connection):
            promises.append(Promise._make((*fields, text or "", apart(text or ""), (one, other), trigger)))
            conditions[fields[0]] = condition
        asked = [promise for promise in promises if is_asked(promise)]
        if not asked:
            return []
        told, read = told_in(store, asked, promises, shown)
        deeds = deeds_in(store, None if len(asked) == len(promises) else asked)
        found = settled(promises, deeds, as_of, told, read, {promise.id for promise in asked})
        return [(one, conditions[one.promise.id]) for one in found]


def deeds_in(store: Store, promises: list[Promise] | None = None) -> Deeds:
    """What is told in a store as having taken place; with promises, what may decide these."""
    among = None if promises is None else {(promise.from_, promise.to) for promise in promises}
    table = expected.deeds(store.connection, among)
    columns = {name: shared(table.column(name)) if name in OFTEN else table.column(name).to_pylist() for name in expected.DEED_COLUMNS[:-1]}
    return Deeds({**columns, "words": Words(table.column("sentence").combine_chunks())})


class Words(Sequence[Any]):
    """The words of sentences in a column, made when they are first asked for: most never are."""

    def __init__(self, sentences: pa.Array) -> None:
        self._sentences = sentences
        self._made: list[str | None] = [None] * len(sentences)

    def __len__(self) -> int:
        return len(self._made)

    def __getitem__(self, place: Any) -> str:
        words: str | None = self._made[place]
        if words is None:
            words = self._made[place] = apart(self._sentences[place].as_py())
        return words


def shared(column: pa.ChunkedArray) -> list[str | None]:
    """The texts of a column, equal ones as one object, which are made and compared faster."""
    encoded = column.combine_chunks().dictionary_encode()
    texts = [*encoded.dictionary.to_pylist(), None]
    return [texts[index] for index in encoded.indices.fill_null(-1).to_pylist()]
