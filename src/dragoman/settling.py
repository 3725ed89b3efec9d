"""In: a store and which promises are asked for. Out: each with what became of it, as the events and words of later stories tell."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pyarrow as pa

from dragoman import knowledge
from dragoman.expectations.matter import Matter, matter_of
from dragoman.expectations.outcomes import Deeds, Settled, in_order, is_in_time, last_told, revisions, settled
from dragoman.expectations.promises import Promise, apart
from dragoman.expectations.stories import story_of
from dragoman.expectations.telling import Told
from dragoman.expectations.telling import told as told_of
from dragoman.knowledge.loading import no_collecting
from dragoman.store import Store, expected

OFTEN = frozenset({"actor", "other", "type", "published", "day"})  # columns of deeds in which the same texts stand again and again


def outcomes(store: Store, is_asked: Callable[[Promise], bool], as_of: str = "") -> list[tuple[Settled, str | None]]:
    """What became of those that are asked for, up to a day, else the last of publication; each with the words of its condition.

    In the order of publication. Only what stories and events tell of them is read.
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
        told, read = told_in(store, asked, promises, as_of)
        deeds = deeds_in(store, None if len(asked) == len(promises) else asked)
        found = settled(promises, deeds, as_of, told, read, {promise.id for promise in asked})
        return [(one, conditions[one.promise.id]) for one in found]


def told_in(store: Store, promises: list[Promise], among: list[Promise], as_of: str) -> tuple[dict[str, list[Told]], set[str]]:
    """What stories of a store that has texts say of promises in plain words, by their ids; and the articles that have texts.

    Of each promise the stories are read in the order of publication, up to the first that decides it. Where another ``among`` all
    promises moves its day, those that tell that it came are all read: which was in time is not known yet.
    """
    read = expected.with_texts(store.connection)
    if not read or not promises:
        return {}, read
    country, by_id = knowledge.load().country_name, {p.id: p for p in promises}
    names = [[country(side or "") or name for side, name in zip((p.from_, p.to), p.names, strict=True)] for p in promises]
    asked = pa.table(
        {
            "id": [p.id for p in promises],
            "article_id": [p.article_id for p in promises],
            "from": [p.from_ for p in promises],
            "to": pa.array([p.to for p in promises], pa.string()),
            "from_name": [one for one, _ in names],
            "to_name": pa.array([other for _, other in names], pa.string()),
            "published": [p.published for p in promises],
            "last": [min(as_of, last_told(p)) for p in promises],
        }
    )
    told: dict[str, list[Told]] = {}
    matters: dict[str, Matter] = {}
    revised = {earlier.id for _, earlier in revisions(in_order(among, as_of)).values()}
    ended = set[str]()
    for id, published, text, places, sides, wanted in expected.stories(store.connection, asked):
        if not (left := [one for one in wanted if one not in ended]):
            continue
        story = story_of(id, published, text, zip(places, sides, strict=True))
        for one in left:
            if one not in matters:
                matters[one] = matter_of(by_id[one])
            if (found := told_of(matters[one], story)) is not None:
                told.setdefault(one, []).append(found)
                if found.says == "broken" or (one not in revised and is_in_time(found, by_id[one].due)):
                    ended.add(one)
    return told, read


def deeds_in(store: Store, promises: list[Promise] | None = None) -> Deeds:
    """What is told in a store as having taken place; with promises, what may decide these."""
    among = None if promises is None else {(promise.from_, promise.to) for promise in promises}
    table = expected.deeds(store.connection, among)
    columns = {name: shared(table.column(name)) if name in OFTEN else table.column(name).to_pylist() for name in expected.DEED_COLUMNS[:-1]}
    return Deeds({**columns, "words": Words(table.column("sentence").combine_chunks())})


class Words(Sequence[Any]):
    """The words of sentences in a column, made when they are asked for: most never are."""

    def __init__(self, sentences: pa.Array) -> None:
        self.sentences = sentences

    def __len__(self) -> int:
        return len(self.sentences)

    def __getitem__(self, place: Any) -> str:
        return apart(self.sentences[place].as_py())


def shared(column: pa.ChunkedArray) -> list[str | None]:
    """The texts of a column, equal ones as one object, which are made and compared faster."""
    encoded = column.combine_chunks().dictionary_encode()
    texts = [*encoded.dictionary.to_pylist(), None]
    return [texts[index] for index in encoded.indices.fill_null(-1).to_pylist()]
