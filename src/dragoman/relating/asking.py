"""In: what ``dragoman relations`` and ``dragoman knowledge propose`` are asked. Out: rows written, or a table to import."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

from dragoman import knowledge as facts
from dragoman.errors import DragomanError
from dragoman.knowledge import Knowledge
from dragoman.relating.graph import Asked, graph, told
from dragoman.relating.proposing import COLUMNS, Proposal, proposals
from dragoman.relating.writing import FORMATS, write_rows
from dragoman.schema import RelationKind
from dragoman.store import Store
from dragoman.write.opening import implied_format, named_of, stream_to

KINDS = get_args(RelationKind)


def relations(store: Path, between: str, kind: str, on: str | None, format: str | None, out: Path | None) -> int:
    """Writes what stands between actors by the stories of a store; their number. DragomanError for what there is not."""
    if kind and kind not in KINDS:
        raise DragomanError(f"there is no kind {kind!r} of relation, only {', '.join(KINDS)}")
    name = named_of(format, FORMATS) if format is not None else implied_format(out, FORMATS, "table", "jsonl")
    asked = Asked(_sides(between, facts.load()), kind, on)
    with Store(store, readonly=True) as there:
        rows = graph(told(there.connection), asked)
    with stream_to(out) as stream:
        write_rows(rows, name, stream)
    return len(rows)


def _sides(between: str, knowledge: Knowledge) -> tuple[str, ...]:
    """Codes of the states that are named, and names of others."""
    named = [part.strip() for part in between.split(",") if part.strip()]
    if len(named) > 2:
        raise DragomanError("--between takes one side or two, with a comma between them")
    bodies = {name: [o.name for o in knowledge.cased.get(name) if isinstance(o, facts.Organisation)] for name in named}
    return tuple(knowledge.place_country(name) or (bodies[name][0] if bodies[name] else name) for name in named)


def propose(store: Path, knowledge: Path | None, out: Path | None, at_least: int) -> list[Proposal]:
    """Writes the holders that stories name and the tables have not, as a table to read and import."""
    with Store(store, readonly=True) as there:
        found = proposals(told(there.connection), facts.load(knowledge), at_least)
    with stream_to(out) as stream:
        stream.write("\t".join(COLUMNS) + "\n")
        for one in found:
            stream.write("\t".join(str(getattr(one, column)).replace("\t", " ") for column in COLUMNS) + "\n")
    return found
