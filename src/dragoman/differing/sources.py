"""In: a store, or a file of JSON lines as ``dragoman code`` writes it (also .gz). Out: its codings in the order of their articles' ids."""

from __future__ import annotations

import gzip
import json
import shutil
import tempfile
import zlib
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from pydantic import TypeAdapter, ValidationError

from dragoman.errors import DragomanError
from dragoman.schema import AnyRecord, ArticleRecord, Coding, Event, Expectation, Model, Problem, Record, Relation, Statement
from dragoman.store import Store, is_store

RECORD: TypeAdapter[Record] = TypeAdapter(AnyRecord)
GZIP = b"\x1f\x8b"
FIELD_OF: dict[type[Model], str] = {
    Statement: "statements",
    Event: "events",
    Relation: "relations",
    Expectation: "expectations",
    Problem: "problems",
}
NO_ARTICLE = ""  # of problems that belong to none


@contextmanager
def codings_by_id(path: Path) -> Iterator[Iterator[Coding]]:
    """The codings of a store or file, an article at a time in the order of ids, then what belongs to no article.

    DragomanError where it is neither, here or as they are read.
    """
    if is_store(path):
        with Store(path, readonly=True) as store:
            yield store.codings_by_id()
        return
    try:
        with path.open("rb") as file, plain(file) as lines:
            yield codings_in(lines, path)
    except (OSError, EOFError, zlib.error) as error:
        what = getattr(error, "strerror", None) or error
        raise DragomanError(f"{path} cannot be read: {what}; name a store or a file that dragoman code --format jsonl wrote") from error


@contextmanager
def plain(file: BinaryIO) -> Iterator[BinaryIO]:
    """A file in which one can go back; one that is packed is unpacked first, beside."""
    packed = file.read(2) == GZIP
    file.seek(0)
    if not packed:
        yield file
        return
    with tempfile.TemporaryFile() as unpacked, gzip.open(file) as content:
        shutil.copyfileobj(content, unpacked)
        unpacked.seek(0)
        yield unpacked


def codings_in(lines: BinaryIO, path: Path) -> Iterator[Coding]:
    """Only where each article's lines begin is kept in memory."""
    places: dict[str, list[tuple[int, int]]] = defaultdict(list)
    start = 0
    for number, line in enumerate(lines, 1):
        if line.strip():
            places[article_id_of(line, path, number)].append((start, number))
        start += len(line)
    if not places:
        raise DragomanError(f"{path} is empty: name a store or a file that dragoman code --format jsonl wrote")
    for article_id in sorted(places, key=lambda id: (id == NO_ARTICLE, id)):
        yield coding_of([record_at(lines, place, path, number) for place, number in places[article_id]])


def article_id_of(line: bytes, path: Path, number: int) -> str:
    try:
        fields = json.loads(line)
        return str((fields["id"] if fields["record"] == "article" else fields["article_id"]) or NO_ARTICLE)
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise not_a_record(path, number) from error


def record_at(lines: BinaryIO, place: int, path: Path, number: int) -> Record:
    lines.seek(place)
    try:
        return RECORD.validate_json(lines.readline())
    except ValidationError as error:
        where = ".".join(str(part) for part in error.errors()[0]["loc"])
        raise not_a_record(path, number, f" ({where}: {error.errors()[0]['msg']})") from error


def not_a_record(path: Path, number: int, why: str = "") -> DragomanError:
    return DragomanError(f"{path}:{number} is no record of dragoman{why}: name a store or what dragoman code --format jsonl wrote")


def coding_of(records: list[Record]) -> Coding:
    parts: dict[str, list[Record]] = defaultdict(list)
    for record in records:
        if not isinstance(record, ArticleRecord):
            parts[FIELD_OF[type(record)]].append(record)
    article = next((record for record in records if isinstance(record, ArticleRecord)), None)
    return Coding.model_validate({"article": article, **parts})
