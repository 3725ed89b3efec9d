"""Who writes a store. In: the path of one that is open for writing. Out: a note beside it, which tells others whom they wait for.

DuckDB's own lock decides, and ends with its process, so a note that a killed process leaves behind keeps nobody out.
"""

from __future__ import annotations

import json
import os
import platform
from contextlib import suppress
from pathlib import Path

from dragoman.store.manifest import now


def note_of(path: Path) -> Path:
    """The file beside a store that says who writes it."""
    return path.with_name(path.name + ".writer")


def claim(path: Path) -> None:
    """Writes the note, once the store is open for writing. Where that is impossible others learn less, no more."""
    with suppress(OSError):
        note_of(path).write_text(json.dumps({"pid": os.getpid(), "host": platform.node(), "since": now()}) + "\n", encoding="utf-8")


def give_up(path: Path) -> None:
    """Takes one's own note away."""
    if holder(path).get("pid") == os.getpid():
        with suppress(OSError):
            note_of(path).unlink()


def holder(path: Path) -> dict[str, object]:
    """``pid``, ``host`` and ``since`` of who wrote the note last; empty where there is none."""
    try:
        found = json.loads(note_of(path).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def who(path: Path, pid: str | None) -> str:
    """Who has the store open, as far as DuckDB's message and the note tell."""
    noted = holder(path)
    if pid is None:
        return "another process"
    if str(noted.get("pid")) != pid:
        return f"process {pid}"
    return f"process {pid} on {noted.get('host')}, which has been writing it since {noted.get('since')}"
