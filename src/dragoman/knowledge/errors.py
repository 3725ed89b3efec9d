"""In: nothing. Out: the error that tells which line of the knowledge tables is wrong."""

from __future__ import annotations

from dragoman.errors import DragomanError


class KnowledgeError(DragomanError, ValueError):
    """A table is broken; the message starts with file and line."""

    def __init__(self, where: str, what: str) -> None:
        super().__init__(f"{where}: {what}")
        self.where = where
