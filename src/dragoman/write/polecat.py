"""POLECAT's table: one event a row, tab-separated, lists joined by ";". In: codings. Out: the 40 columns of ``polecat.tsv``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import TextIO

from dragoman import codebook
from dragoman.schema import ArticleRecord, Entity, Event
from dragoman.version import dragoman_version
from dragoman.write.columns import Cell, Cells, ColumnsWriter, listed, place_cells
from dragoman.write.dates import first_day

JOIN = ";"


class PolecatWriter(ColumnsWriter):
    """Writes every event of a coding, those that did not happen, too: auxiliary modes stand among the modes."""

    def __init__(self, stream: TextIO) -> None:
        super().__init__(stream, "polecat", partial(polecat_rows, version=f"dragoman {dragoman_version()}"))


def polecat_rows(event: Event, article: ArticleRecord, version: str) -> Iterator[Cells]:
    yield {
        "id": event.id,
        "day": first_day(event.date),
        "type": event.type,
        "modes": joined([*event.mode, *event.aux]),
        "score": event.score,
        "quad": codebook.QUAD_NAMES.get(event.quad, "").upper(),
        "contexts": joined(event.context),
        **side("actor", event.actor),
        **side("recipient", event.recipient),
        **place_cells(event.place),
        "source": article.publication or article.agency,
        "published": article.published.value,
        "language": article.language,
        "version": version,
    }


def side(name: str, entities: Sequence[Entity]) -> dict[str, Cell]:
    """The columns of actor or recipient; lists that stand beside each other, one item an entity."""
    return {
        f"{name}_names": joined(e.name for e in entities),
        f"{name}_countries": joined(e.country for e in entities),
        f"{name}_sector": joined(e.sector for e in entities),
        f"{name}_sectors": joined(" ".join(filter(None, (e.sector, *e.other_sectors))) for e in entities),
        f"{name}_titles": joined(e.office for e in entities),
        f"{name}_texts": joined(e.text for e in entities),
    }


def joined(items: Iterable[str | None]) -> str:
    return listed(items, JOIN)
