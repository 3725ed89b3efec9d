"""In: two series of codings in the order of articles' ids. Out: a ``Difference`` for each record that is not the same, and counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from dragoman.differing.aligning import paired, type_of
from dragoman.errors import DragomanError
from dragoman.schema import RECORDS, Coding, Model, Problem, Record

SAME, CHANGED, ONLY_A, ONLY_B = "same", "changed", "only_a", "only_b"
UNCOMPARED = frozenset({"record"})
KINDS = ("statements", "events", "relations", "expectations", "problems")


@dataclass(frozen=True, slots=True)
class Difference:
    """A record that is only in one, or whose ``fields`` differ."""

    article_id: str | None
    change: str
    a: Record | None
    b: Record | None
    fields: tuple[str, ...] = ()

    @property
    def one(self) -> Record:
        """The record, as A has it if it does."""
        found = self.a if self.a is not None else self.b
        assert found is not None
        return found

    @property
    def record(self) -> str:
        return self.one.record

    @property
    def type(self) -> str | None:
        return type_of(self.one)


@dataclass(slots=True)
class Comparison:
    """Compares, without the fields that are ``ignored``; the counts are complete when all differences have been taken."""

    ignored: Collection[str] = ()
    by_record: Counter[tuple[str, str]] = field(default_factory=Counter)  # record, change
    by_type: Counter[tuple[str, str]] = field(default_factory=Counter)  # type of event, change
    by_field: Counter[tuple[str, str]] = field(default_factory=Counter)  # record, field
    by_article: Counter[str] = field(default_factory=Counter)

    @property
    def is_equal(self) -> bool:
        return not self.by_article

    def differences(self, a: Iterator[Coding], b: Iterator[Coding]) -> Iterator[Difference]:
        """All differences, article by article."""
        for first, second in side_by_side(a, b):
            for one, other in pairs_of(first, second):
                difference = self._compared(one, other, first or second)
                if difference is not None:
                    yield difference

    def _compared(self, a: Record | None, b: Record | None, coding: Coding | None) -> Difference | None:
        fields = changed_fields(a, b, self.ignored) if a is not None and b is not None else ()
        change = ONLY_B if a is None else ONLY_A if b is None else CHANGED if fields else SAME
        article_id = coding.article.id if coding and coding.article else None
        difference = Difference(article_id, change, a, b, fields)
        self.by_record[difference.record, change] += 1
        if difference.record == "event":
            self.by_type[difference.type or "", change] += 1
        if change == SAME:
            return None
        self.by_field.update((difference.record, name) for name in fields)
        self.by_article[article_id or ""] += 1
        return difference


def side_by_side(a: Iterator[Coding], b: Iterator[Coding]) -> Iterator[tuple[Coding | None, Coding | None]]:
    """The codings of the same article together; those without an article come last."""
    first, second = next(a, None), next(b, None)
    while first is not None or second is not None:
        mine, theirs = order_of(first), order_of(second)
        yield (first if mine <= theirs else None), (second if theirs <= mine else None)
        if mine <= theirs:
            first = next(a, None)
        if theirs <= mine:
            second = next(b, None)


def order_of(coding: Coding | None) -> tuple[int, str]:
    if coding is None:
        return 2, ""
    article_id = id_of(coding)
    return (1, "") if article_id is None else (0, article_id)


def id_of(coding: Coding) -> str | None:
    """The article that a coding is of; the records say it where the article's own is missing."""
    if coding.article is not None:
        return coding.article.id
    return next((record.article_id for record in coding.records() if getattr(record, "article_id", None)), None)  # type: ignore[union-attr]


def pairs_of(first: Coding | None, second: Coding | None) -> Iterator[tuple[Record | None, Record | None]]:
    a, b = first or Coding(), second or Coding()
    if a.article is not None or b.article is not None:
        yield a.article, b.article
    for kind in KINDS:
        yield from paired(getattr(a, kind), getattr(b, kind))


def changed_fields(a: Record, b: Record, ignored: Collection[str]) -> tuple[str, ...]:
    """The names of the fields that differ. Of a problem the source does not count: files may lie elsewhere."""
    without = {*UNCOMPARED, *ignored, *({"source"} if isinstance(a, Problem) else ())}
    fields = type(a).model_fields
    return tuple(named(a, name) for name in fields if named(a, name) not in without and getattr(a, name) != getattr(b, name))


def known_fields(names: Collection[str]) -> frozenset[str]:
    """The same names. DragomanError for one that no record has."""
    known = sorted({field.alias or name for model in RECORDS for name, field in model.model_fields.items()} - UNCOMPARED)
    for name in names:
        if name not in known:
            raise DragomanError(f"no record has a field {name!r}, only {', '.join(known)} (--ignore)")
    return frozenset(names)


def named(record: Model, name: str) -> str:
    """A field as JSON has it."""
    return type(record).model_fields[name].alias or name
