"""In: the rows of a table, whose columns are found by their names or as the user has told. Out: an article or a Problem for each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from dragoman.read.base import Options, article_of, problem
from dragoman.read.mapping import known_columns, mapped
from dragoman.schema import Article, Problem


def columns_in(names: Iterable[str], options: Options) -> dict[str, str]:
    """Which column holds which field: those that the user names, the others by their names. ValueError where there is none for the text."""
    names = list(names)
    told = dict(options.columns)
    found = {field: name for field, name in known_columns(names).items() if name not in told.values()} | told
    if "text" not in found:
        there = ", ".join(map(repr, names[:8])) or "none"
        raise ValueError(f"no column is known to hold the text (there are {there}); name it, as with: --map text={(names or ['body'])[0]}")
    top = found["text"].split(".")[0]
    if "text" in told and found["text"] not in names and top not in names:
        raise ValueError(f"no column {found['text']!r}, which --map names for the text; there are {', '.join(map(repr, names[:8]))}")
    return found


def article_in(
    row: Mapping[str, Any], columns: Mapping[str, str], where: str, options: Options, note: Mapping[str, Any] | None = None
) -> Article | Problem:
    """The article of a row; empty cells count as missing. ``note`` is kept in its ``extra``."""
    filled = {name: value for name, value in row.items() if name == columns["text"] or (value is not None and value != "")}
    try:
        fields = mapped(filled, columns)
        return article_of({**fields, **(note or {})}, options.published, source=where, max_chars=options.max_chars)
    except ValueError as error:
        given = filled.get(columns.get("id", ""))
        return problem(where, str(error), str(given) if isinstance(given, str | int) else None)
