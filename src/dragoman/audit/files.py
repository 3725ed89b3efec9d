"""The file of an audit. In: its JSON lines, which are only ever added to. Out: items, stories and what each judge last said of them."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TypeVar

from pydantic import TypeAdapter, ValidationError

from dragoman.audit.lines import Drawn, Item, Judgement, Line, Reading, Story, Withdrawn
from dragoman.errors import DataError, DragomanError
from dragoman.schema import Model
from dragoman.write.plain import one_json_line

Kind = TypeVar("Kind", Item, Story)
LINES: TypeAdapter[Line] = TypeAdapter(Line)


class Audit:
    """An audit file, read whole; what is added is written at once. DataError names the line that cannot be read."""

    def __init__(self, path: str | Path) -> None:
        self.path = path = Path(path)
        self.drawn: Drawn | None = None
        self.items: dict[str, Item] = {}
        self.stories: dict[str, Story] = {}
        self._judgements: dict[tuple[str, str], Judgement] = {}
        self._readings: dict[tuple[str, str], Reading] = {}
        for number, line in enumerate(lines_of(path), 1):
            self._check(line, f"{path}:{number}")
            self._take(line)
        if self.drawn is None:
            raise DataError(str(path), "no audit: dragoman audit draw makes one")
        wanted = sum(stratum.drawn for stratum in self.drawn.strata.values())
        if len(self.items) != wanted:
            raise DataError(str(path), f"{len(self.items):,} of {wanted:,} drawn events are there: take a whole copy, or draw again")

    @property
    def sample(self) -> Drawn:
        """What was drawn."""
        assert self.drawn is not None
        return self.drawn

    @property
    def judgements(self) -> list[Judgement]:
        """The last of each judge on each item, in the order in which they were made."""
        return list(self._judgements.values())

    @property
    def readings(self) -> list[Reading]:
        return list(self._readings.values())

    @property
    def judges(self) -> list[str]:
        return sorted({judge for judge, _ in (*self._judgements, *self._readings)})

    def judged_by(self, judge: str) -> dict[str, Judgement]:
        """What a judge says of items, the latest last."""
        return {item: found for (by, item), found in self._judgements.items() if by == judge}

    def read_by(self, judge: str) -> dict[str, Reading]:
        return {article: found for (by, article), found in self._readings.items() if by == judge}

    def add(self, line: Judgement | Reading | Withdrawn) -> None:
        """Writes a judgement behind the others. DragomanError for one of what was not drawn, or where nothing can be written."""
        self._check(line, str(self.path))
        append(self.path, [line])
        self._take(line)

    def _check(self, line: Line, where: str) -> None:
        """DataError for what does not belong to the sample."""
        match line:
            case Drawn() if self.drawn not in (None, line):
                raise DataError(where, "another sample begins here: only copies of one sample can be put together")
            case Judgement():
                known(line.item, self.items, where)
            case Reading():
                story = known(line.article_id, self.stories, where)
                if strange := {*line.right, *line.wrong} - set(story.events):
                    raise DataError(where, f"{line.article_id} has no event {min(strange)}")

    def _take(self, line: Line) -> None:
        match line:
            case Drawn():
                self.drawn = line
            case Item():
                self.items[line.event.id] = line
            case Story():
                self.stories[line.article_id] = line
            case Judgement():
                self._judgements.pop((line.judge, line.item), None)
                self._judgements[line.judge, line.item] = line
            case Reading():
                self._readings.pop((line.judge, line.article_id), None)
                self._readings[line.judge, line.article_id] = line
            case Withdrawn():
                self._judgements.pop((line.judge, line.about), None)
                self._readings.pop((line.judge, line.about), None)


def known(id: str, among: dict[str, Kind], where: str) -> Kind:
    if id not in among:
        raise DataError(where, f"{id} is not in this sample")
    return among[id]


def lines_of(path: Path) -> Iterable[Line]:
    """The lines of a file. One at its end that was cut off while it was written, perhaps within a letter, counts for nothing."""
    try:
        rows = path.read_bytes().split(b"\n")
    except OSError as error:
        raise DragomanError(f"{path} cannot be read: {error.strerror}") from error
    for number, row in enumerate(rows, 1):
        try:
            if row.strip():
                yield LINES.validate_json(row)
        except ValidationError as error:
            if number == len(rows):
                return
            raise DataError(f"{path}:{number}", f"no line of an audit: {error.errors()[0]['msg']}") from error


def create(path: Path, lines: Sequence[Model]) -> None:
    """A new file. DragomanError where there is one: judgements are not to be lost."""
    try:
        with path.open("xb") as stream:
            stream.write(encoded(lines))
    except FileExistsError as error:
        raise DragomanError(f"{path} is there already, perhaps with judgements: name another file with --out") from error
    except OSError as error:
        raise DragomanError(f"cannot write {path}: {error.strerror}; name another file") from error


def append(path: Path, lines: Sequence[Model]) -> None:
    """Adds lines in one piece, safe on the disk before it returns; a line that was cut off before is ended first."""
    try:
        with path.open("r+b") as stream:
            end = stream.seek(0, os.SEEK_END)
            stream.seek(max(0, end - 1))
            torn = end > 0 and stream.read(1) != b"\n"
            if torn:
                stream.truncate(whole_until(path))
        with path.open("ab", buffering=0) as stream:
            stream.write(encoded(lines))
            os.fsync(stream.fileno())
    except OSError as error:
        raise DragomanError(f"cannot write {path}: {error.strerror}") from error


def whole_until(path: Path) -> int:
    """How many bytes of a file are whole lines."""
    return path.read_bytes().rfind(b"\n") + 1


def encoded(lines: Sequence[Model]) -> bytes:
    return "".join(one_json_line(line.model_dump_json(by_alias=True)) + "\n" for line in lines).encode("utf-8")
