"""``dragoman expectations`` and ``dragoman ledger``. In: a store and what is asked. Out: what was expected, what became of it, who keeps.

Outcomes are computed from the store when they are asked for, as of a day; records stay as the coder wrote them.
"""

from __future__ import annotations

import datetime
from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple, get_args

import typer

from dragoman.console import shows_progress
from dragoman.errors import DragomanError
from dragoman.options import OutOption, StoreArgument
from dragoman.schema import ExpectationKind, Outcome

if TYPE_CHECKING:  # what is asked for here is loaded when it is: every other command would wait for it, too
    import pyarrow as pa

    from dragoman.expectations.outcomes import Settled
    from dragoman.expectations.promises import Promise
    from dragoman.store import Store

KINDS, OUTCOMES = get_args(ExpectationKind), get_args(Outcome)
COLUMNS = (
    "published",
    "from",
    "to",
    "kind",
    "type",
    "due",
    "outcome",
    "decided",
    "met_by",
    "revises",
    "told_in",
    "told",
    "condition",
    "words",
    "article_id",
    "id",
)
LEDGER = ("actor", "met", "broken", "lapsed", "open", "settled", "kept")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked for; an empty field asks for nothing. DragomanError, when made, for what there is not."""

    due: str = ""
    between: str = ""
    by: str = ""
    kind: str = ""
    type: str = ""
    outcome: str = ""
    as_of: str = ""

    def __post_init__(self) -> None:
        from dragoman import codebook
        from dragoman.store.query import days_of

        for what, asked, known in (
            ("kind of expectation", self.kind, KINDS),
            ("outcome", self.outcome, OUTCOMES),
            ("type", self.type, codebook.load().types),
        ):
            if unknown := [one for one in parts(asked) if one not in known]:
                raise DragomanError(f"there is no {what} {unknown[0]!r}, only {', '.join(known)}")
        if len(parts(self.between)) not in (0, 2):
            raise DragomanError(f"{self.between!r} are not two sides: write --between JPN,USA")
        if self.due:
            days_of(self.due)
        if self.as_of and not is_day(self.as_of):
            raise DragomanError(f"{self.as_of!r} is no day: YYYY-MM-DD")

    def is_about(self, promise: Promise) -> bool:
        """Whether a promise is asked for, whatever became of it."""
        return (
            (not self.kind or promise.kind in parts(self.kind))
            and (not self.type or promise.type in parts(self.type))
            and (not self.by or side_asked(self.by) == promise.from_)
            and (not self.between or {promise.from_, promise.to} == {side_asked(part) for part in parts(self.between)})
        )

    def takes(self, one: Settled) -> bool:
        """Whether a promise that is asked for became what is asked for."""
        from dragoman.store.query import days_of

        return (not self.outcome or one.outcome in parts(self.outcome)) and (
            not self.due or (one.due is not None and days_of(self.due)[0] <= one.due <= days_of(self.due)[1])
        )


def parts(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]


def is_day(text: str) -> bool:
    try:
        return datetime.date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def side_asked(text: str) -> str:
    """The side that a code or name means: JPN, Japan, NATO."""
    from dragoman import codebook, knowledge

    if len(text) == 3 and text.isupper() and text.isalpha() and text in codebook.load().international:
        return text.lower()
    return knowledge.load().place_country(text) or (text if len(text) == 3 and text.isupper() else text.lower())


class Row(NamedTuple):
    """An expectation with its outcome and the words that are shown of it."""

    settled: Settled
    condition: str | None

    def cells(self) -> dict[str, Any]:
        one, promise = self.settled, self.settled.promise
        sides = (shown(promise.from_, promise.names[0]), shown(promise.to, promise.names[1]))
        told = (None, None) if one.told is None else (one.told.article_id, one.told.text)
        values = (promise.published, *sides, promise.kind, promise.type, one.due, one.outcome, one.decided, one.met_by, one.revises, *told)
        return dict(zip(COLUMNS, (*values, self.condition, promise.text, promise.article_id, promise.id), strict=True))


def shown(side: str | None, name: str | None) -> str | None:
    """A side as people write it: the code of a state, and any other name as it was written, not in small letters."""
    return name if side is not None and name is not None and name.lower() == side else side


def found(store: Store, wanted: Wanted, shown: bool = False) -> list[Row]:
    """What is asked for, in the order of publication; with ``shown`` a bar tells how many stories were read for it."""
    from dragoman import settling
    from dragoman.knowledge.loading import no_collecting

    with no_collecting():
        found = settling.outcomes(store, wanted.is_about, wanted.as_of, shown)
        if wanted.outcome or wanted.due:
            found = [pair for pair in found if wanted.takes(pair[0])]
        return [Row(one, condition) for one, condition in found]


def ledger_of(rows: list[Row], least: int = 1) -> list[dict[str, Any]]:
    """One row for each who was to act: how many were met, broken, lapsed and are open, and the rate kept; most settled first."""
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    names: dict[str, str | None] = {}
    for row in rows:
        promise = row.settled.promise
        counts[promise.from_][row.settled.outcome] += 1
        names.setdefault(promise.from_, promise.names[0])
    table: list[dict[str, Any]] = []
    for side, by_outcome in counts.items():
        actor = shown(side, names[side])
        done = by_outcome["met"] + by_outcome["broken"] + by_outcome["lapsed"]
        kept = round(by_outcome["met"] / done, 3) if done else None
        table.append({"actor": actor, **{name: by_outcome[name] for name in OUTCOMES}, "settled": done, "kept": kept})
    some = [row for row in table if row["settled"] >= least or not least]
    return sorted(some, key=lambda row: (-row["settled"], -row["open"], row["actor"]))


def expectations_table(rows: list[Row]) -> pa.Table:
    import pyarrow as pa

    return pa.Table.from_pylist([row.cells() for row in rows], schema=pa.schema([(name, pa.string()) for name in COLUMNS]))


def ledger_table(rows: list[Row], least: int = 0) -> pa.Table:
    import pyarrow as pa

    numbers = [(name, pa.int64()) for name in LEDGER[1:-1]]
    return pa.Table.from_pylist(ledger_of(rows, least), schema=pa.schema([("actor", pa.string()), *numbers, ("kept", pa.float64())]))


def write(table: pa.Table, format: str | None, out: Path | None) -> None:
    from dragoman.write import results

    results.write_rows(table.to_reader(), format, out)


ROW_FORMATS = "table, csv, tsv, jsonl, arrow or parquet."
DueOption = Annotated[str, typer.Option("--due", help="Due in a period: 2024-12, 2024-12-01..2025-01-31.")]
BetweenOption = Annotated[str, typer.Option("--between", metavar="A,B", help="Of two sides towards each other: JPN,USA.")]
KindsOption = Annotated[str, typer.Option("--kind", help=f"{', '.join(KINDS)}; several with commas.")]
TypesOption = Annotated[str, typer.Option("--type", help="What is to come: AID, CONSULT ...; several with commas.")]
AsOfOption = Annotated[str, typer.Option("--as-of", help="Outcomes as of this day; without it the latest publication in the store.")]
RowFormatOption = Annotated[str | None, typer.Option("--format", "-f", help=ROW_FORMATS)]


def expectations(
    store: StoreArgument,
    due: DueOption = "",
    between: BetweenOption = "",
    by: Annotated[str, typer.Option("--by", help="Who is to act: a code or a name.")] = "",
    kind: KindsOption = "",
    type: TypesOption = "",
    outcome: Annotated[str, typer.Option("--outcome", help=f"{', '.join(OUTCOMES)}; several with commas.")] = "",
    as_of: AsOfOption = "",
    format: RowFormatOption = None,
    out: OutOption = None,
) -> None:
    """List what was promised, planned, threatened, scheduled or forecast, and whether it came.

    Examples:

        dragoman expectations events.duckdb --due 2024-12 --between JPN,USA

        dragoman expectations events.duckdb --kind threat --outcome met,broken --format csv -o threats.csv

        dragoman expectations events.duckdb --by Kenya --as-of 2024-06-30

    Outcomes are looked up in the later events of the store each time. docs/expectations.md tells how.
    """
    from dragoman import asking

    wanted = Wanted(due, between, by, kind, type, outcome, as_of)
    with asking.opened(store) as there:
        rows = found(there, wanted, shows_progress(quiet=False))
    table = expectations_table(rows)
    if (format is None and out is None) or format == "table":
        table = table.drop_columns(["decided", "revises", "told_in", "told", "condition", "article_id", "id"])
    write(table, format, out)


def ledger(
    store: StoreArgument,
    due: DueOption = "",
    between: BetweenOption = "",
    kind: KindsOption = "",
    type: TypesOption = "",
    as_of: AsOfOption = "",
    least: Annotated[int, typer.Option("--min", min=0, help="Only actors of whom so many are settled.")] = 0,
    format: RowFormatOption = None,
    out: OutOption = None,
) -> None:
    """Count by actor what was expected of it: met, broken, lapsed, open, and the rate kept, met / (met + broken + lapsed).

    Examples:

        dragoman ledger events.duckdb --kind commitment,plan --min 5

        dragoman ledger events.duckdb --due 2024 --format csv -o kept.csv

        dragoman ledger events.duckdb --between RUS,UKR --as-of 2022-12-31
    """
    from dragoman import asking

    wanted = Wanted(due, between, "", kind, type, "", as_of)
    with asking.opened(store) as there:
        rows = found(there, wanted, shows_progress(quiet=False))
    write(ledger_table(rows, least), format, out)
