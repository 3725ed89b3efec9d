"""Temporal knowledge graphs. In: codings. Out: quadruples (subject, relation, object, day), one a line, repeated ones of a day once.

``quadruples`` writes names to a text; ``tkg`` a folder as forecasting benchmarks read it: the quadruples as numbers, with their ids.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import TextIO

from dragoman.write.edges import EdgesWriter
from dragoman.write.plain import no_formula

NAMED, NUMBERED, ENTITIES, RELATIONS, SIZES = "quadruples.tsv", "quadruples.txt", "entity2id.txt", "relation2id.txt", "stat.txt"


class QuadruplesWriter(EdgesWriter):
    """Writes subject, relation, object and YYYY-MM-DD with tabs between, by day; there is no header."""

    def __init__(self, stream: TextIO) -> None:
        super().__init__()
        self.stream = stream

    def close(self) -> None:
        write_lines(self.stream, self.edges.quadruples())
        self.edges.close()
        self.stream.flush()


class TkgWriter(EdgesWriter):
    """Writes ``quadruples.txt`` (subject, relation, object, day as numbers), the ids, their number, and the quadruples with names.

    Days count from the first one. Ids follow the alphabet, so the order of articles does not matter.
    """

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.folder = folder

    def close(self) -> None:
        names, relations, first = set[str](), set[str](), None
        for subject, relation, object, day in self.edges.quadruples():
            names |= {subject, object}
            relations.add(relation)
            first = first or date.fromisoformat(day)
        ids = {name: number for number, name in enumerate(sorted(names))}
        kinds = {name: number for number, name in enumerate(sorted(relations))}
        numbered = (
            (ids[q.subject], kinds[q.relation], ids[q.object], (date.fromisoformat(q.day) - (first or date.min)).days)
            for q in self.edges.quadruples()
        )
        self._file(NAMED, self.edges.quadruples())
        self._file(NUMBERED, numbered)
        self._file(ENTITIES, ids.items())
        self._file(RELATIONS, kinds.items())
        self._file(SIZES, [(len(ids), len(kinds))])
        self.edges.close()

    def _file(self, name: str, lines: Iterable[Sequence[str | int]]) -> None:
        with (self.folder / name).open("w", encoding="utf-8", newline="") as stream:
            write_lines(stream, lines)


def write_lines(stream: TextIO, lines: Iterable[Sequence[str | int]]) -> None:
    writer = csv.writer(stream, delimiter="\t", lineterminator="\n")
    writer.writerows([no_formula(str(cell)) for cell in line] for line in lines)
