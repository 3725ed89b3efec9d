"""In: a file with the address of a feed a line, and an interval as it is typed. Out: the addresses, and seconds. Errors name the line."""

from __future__ import annotations

import re
from pathlib import Path

from dragoman.errors import DataError, DragomanError
from dragoman.read.addresses import Refused
from dragoman.read.fetching import normal
from dragoman.tables import text_of

INTERVAL = re.compile(r"(\d{1,6})\s*([smhd]?)")
SECONDS = {"s": 1, "": 60, "m": 60, "h": 3_600, "d": 86_400}
SHORTEST = 60  # seconds; nobody's feed is asked more often


def feeds_in(path: Path) -> list[str]:
    """The addresses in a file, each once; "#" begins a comment. DataError where a line is no address, or there is none."""
    found: dict[str, None] = {}
    for number, line in enumerate(text_of(path.parent, path.name).splitlines(), 1):
        written = line.partition(" #")[0].strip()
        if not written or written.startswith("#"):
            continue
        try:
            found[normal(written)] = None
        except Refused as error:
            raise DataError(f"{path.name}:{number}", str(error)) from error
    if not found:
        raise DataError(str(path), "there is no feed in it; write the address of one on each line")
    return list(found)


def seconds_of(interval: str) -> int:
    """Seconds of "90s", "15m" (or "15"), "2h", "1d". DragomanError for anything else, and for less than a minute."""
    match = INTERVAL.fullmatch(interval.strip().lower())
    if match is None:
        raise DragomanError(f"--every {interval!r} is no interval; write it as 15m, 2h or 1d")
    seconds = int(match[1]) * SECONDS[match[2]]
    if seconds < SHORTEST:
        raise DragomanError(f"--every {interval!r} is too often; give at least 1m")
    return seconds
