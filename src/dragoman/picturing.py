"""``dragoman plot``: a picture without a server. In: a store and a question. Out: a timeline as SVG or PNG, which says what it shows."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from dragoman import asking
from dragoman.errors import DragomanError
from dragoman.searching.index import data_version
from dragoman.store import Store
from dragoman.store.periods import UNITS
from dragoman.version import dragoman_version
from dragoman.write.opening import bytes_to, stream_to
from dragoman.write.plain import one_line
from dragoman.write.png import png_of
from dragoman.write.svg import timeline

LONGEST = 1200  # bars of a picture that can still be told apart
SPANS = {"day": 62, "month": 120}  # a unit is chosen as long as a picture has no more bars than this; then years
ENDINGS = (".svg", ".png")


def plot(store: Path, question: str, unit: str, title: str | None, out: Path | None) -> None:
    """Writes a timeline as the file's name ends, without one as SVG. DragomanError for another format, or what cannot be drawn."""
    ending = ".svg" if out is None else out.suffix.lower()
    if ending not in ENDINGS:
        raise DragomanError(f"{out and out.name}: a picture's name ends in {' or '.join(ENDINGS)}")
    name = title or one_line(question) or "All events"
    with asking.opened(store) as there:
        drawn = picture(there, question, unit, name)
        said = told(there, question, name)
    if ending == ".png":
        pixels = png_of(drawn, in_png(said))
        with bytes_to(out) as file:
            file.write(pixels)
    else:
        with stream_to(out) as stream:
            stream.write(drawn)


def picture(store: Store, question: str, unit: str, title: str) -> str:
    """A timeline of what a query finds."""
    if unit not in UNITS:
        raise DragomanError(f"a picture can be by {', '.join(UNITS)}, not by {unit}")
    rows = counts(store, question, unit)
    if len(rows) > LONGEST:
        raise DragomanError(f"{len(rows):,} bars cannot be told apart: choose a longer unit than {unit}, or a period")
    return timeline(rows, unit, title, source_of(store, question), told(store, question, title))


def told(store: Store, question: str, title: str) -> dict[str, str]:
    """What a picture says to programs; the same names as in those that the reading room saves."""
    version = dragoman_version()
    return {"title": title, "query": question, "data": data_version(store.path), "store": store.path.name, "dragoman": version}


def in_png(said: dict[str, str]) -> dict[str, str]:
    """The same under PNG's own keywords where it has one."""
    own = {f"dragoman.{name}": said[name] for name in ("query", "data", "store")}
    return {"Title": said["title"], "Software": f"dragoman {said['dragoman']}", **own}


def counts(store: Store, question: str, unit: str) -> list[dict[str, Any]]:
    """Events by period and quad class, with zeros for periods without."""
    return store.panel((unit,), question, wide="quad", fill=True)


def source_of(store: Store, question: str) -> str:
    asked = f", “{one_line(question)}”" if question else ""
    return f"{store.path.name}{asked}, {store.count(question):,} events, dragoman {dragoman_version()}"


def unit_for(first: str, last: str) -> str:
    """The shortest unit that makes a picture of not too many bars."""
    if not first:
        return "year"
    months = (int(last[:4]) - int(first[:4])) * 12 + int(last[5:7] or 12) - int(first[5:7] or 1) + 1
    return "day" if months * 31 <= SPANS["day"] else "month" if months <= SPANS["month"] else "year"
