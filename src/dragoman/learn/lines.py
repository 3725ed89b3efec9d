"""In: a file of JSON lines with labels. Out: its rows, made by whoever knows their shape; errors name file and line."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from dragoman.learn.errors import EvaluationError

Row = TypeVar("Row")


def json_rows(file: Path, make: Callable[[dict[str, Any]], Row], wanted: str) -> list[Row]:
    """A row for each line that is not empty. EvaluationError for a line of another shape than ``wanted``, and for a file without rows."""
    rows = []
    with file.open(encoding="utf-8-sig") as stream:
        for number, line in enumerate(stream, 1):
            if not line.strip():
                continue
            try:
                rows.append(make(json.loads(line)))
            except (ValueError, KeyError, TypeError) as error:
                raise EvaluationError(f"{file}:{number}: wanted {wanted} ({type(error).__name__}: {error})") from error
    if not rows:
        raise EvaluationError(f"{file}: no rows")
    return rows
