"""How CAMEO's users rate an act. In: ``goldstein.tsv``. Out: the Goldstein value of a CAMEO code."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from dragoman.errors import DataError
from dragoman.tables import Folder, rows


def goldstein(code: str) -> float | None:
    """-10 (conflict) to 10 (cooperation); of a code that is not listed, the value of the code above it. None for no CAMEO code."""
    values = _values()
    above = (code[:length] for length in range(len(code), 1, -1))
    return next((values[part] for part in above if part in values), None)


@cache
def _values() -> dict[str, float]:
    return read(files("dragoman.codebook"))


def read(folder: Folder) -> dict[str, float]:
    """Code to value. DataError names file and line of what is wrong."""
    found: dict[str, float] = {}
    for where, (code, value) in rows(folder, "goldstein.tsv", ("cameo", "value")):
        try:
            found[code] = float(value)
        except ValueError as error:
            raise DataError(where, f"a number was expected, found {value!r}") from error
        if not code.isdecimal() or abs(found[code]) > 10:
            raise DataError(where, f"a CAMEO code and a value from -10 to 10 were expected, found {code!r} and {value!r}")
    return found
