"""In: a name of the codebook. Out: something that Rich prints, which says what the name means and what it is easily confused with.

A name may be a type (also an older one), a mode (also after its type: "THREATEN violence"), a context, an auxiliary mode, a quad class, a
sector, an international code, a CAMEO code, or one of the lists in ``LISTS``; where it is several of these, all are shown.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial

from rich.console import Group, RenderableType

from dragoman.codebook import panels
from dragoman.codebook.errors import UnknownName
from dragoman.codebook.loading import load
from dragoman.codebook.model import Codebook

Show = Callable[[], RenderableType]
Named = Iterator[tuple[str, Show]]

OVERVIEW = "list"
LISTS: dict[str, Callable[[Codebook], RenderableType]] = {
    OVERVIEW: panels.overview,
    "types": panels.overview,
    "quads": panels.quads_table,
    "contexts": panels.contexts_table,
    "auxiliary": panels.auxiliary_table,
    "sectors": panels.sectors_table,
    "international": panels.international_table,
    "cameo": panels.cameo_table,
}


def explain(name: str | None = None, codebook: Codebook | None = None) -> RenderableType:
    """What ``name`` means, whatever its case; without a name, an overview. UnknownName with the nearest names if nothing has that name."""
    book = codebook or load()
    asked = key_of(name or "") or OVERVIEW
    found = [show() for known, show in everything(book) if key_of(known) == asked]
    if not found:
        names = [known for known, _ in everything(book)]
        raise UnknownName("name", (name or "").strip(), names, f"'dragoman codebook {OVERVIEW}' shows what there is")
    return Group(*found)


def key_of(name: str) -> str:
    """The name in lower case, its words joined by one space, however they were joined."""
    return " ".join(re.split(r"[\W_]+", name.casefold())).strip()


def everything(book: Codebook) -> Named:
    """Every name that ``explain`` takes, types first, each with what shows it."""
    for list_name, show in LISTS.items():
        yield list_name, partial(show, book)
    yield from types_and_modes(book)
    yield from contexts_and_classes(book)
    for older in book.older.values():
        yield older.older, partial(panels.older_panel, book, older)
    for entry in book.crosswalk.values():
        yield entry.code, partial(panels.cameo_panel, book, entry)


def types_and_modes(book: Codebook) -> Named:
    for event_type in book.types.values():
        yield event_type.name, partial(panels.type_panel, book, event_type)
    for event_type in book.types.values():
        for mode in event_type.modes.values():
            for name in (mode.name, f"{event_type.name} {mode.name}"):
                yield name, partial(panels.mode_panel, book, event_type, mode)


def contexts_and_classes(book: Codebook) -> Named:
    for context in book.contexts.values():
        yield context.name, partial(panels.context_panel, context)
    for auxiliary in book.auxiliary.values():
        yield auxiliary.name, partial(panels.auxiliary_panel, book, auxiliary)
    for quad in book.quads.values():
        for name in (quad.name, f"quad {quad.number}", str(quad.number)):
            yield name, partial(panels.quad_panel, book, quad)
    for kind, classes in (("sector", book.sectors), ("in place of a country", book.international)):
        for actor_class in classes.values():
            for name in (actor_class.code, actor_class.name):
                yield name, partial(panels.actor_class_panel, kind, actor_class)
